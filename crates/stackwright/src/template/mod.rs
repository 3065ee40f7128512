//! Text files from templates, with every value escaped for the language of the file.
//!
//! A template is minijinja's, and `{{ value }}` in it becomes a whole literal of the file's [`Language`]. There is no filter to
//! forget: the name of the file tells the language, and the text around the value tells the place. Where a language cannot say a
//! value, or it is not sure that it can, the value is refused.
//!
//! A language of one's own is a value like those in [`LANGUAGES`]:
//!
//! ```
//! use stackwright::template::{Language, Place};
//!
//! /// Lua between double quotes: escapes in decimal are known to every version.
//! fn lua_string(text: &str, _: Place<'_>) -> Result<String, String> {
//!     let escaped: String = text
//!         .chars()
//!         .map(|char| match char {
//!             '"' | '\\' => format!("\\{char}"),
//!             char if char.is_ascii_control() => format!("\\{:03}", u32::from(char)),
//!             char => char.to_string(),
//!         })
//!         .collect();
//!     Ok(format!("\"{escaped}\""))
//! }
//!
//! const LUA: Language = Language { name: "Lua", files: &["*.lua"], literal: lua_string, ..Language::PLAIN };
//!
//! let values = std::collections::BTreeMap::from([("name", "\"..os.exit()..")]);
//! let file = LUA.template("cache/init.lua", "local name = {{ name }}\n", &values)?;
//! assert_eq!(file.text, "local name = \"\\\"..os.exit()..\"\n");
//! # Ok::<(), stackwright::Error>(())
//! ```

mod dockerfile;
mod fill;
mod html;
mod javascript;
mod language;
mod mermaid;
mod nftables;
mod nginx;
mod place;
mod plain;
mod python;
mod ruby;
mod shell;
mod systemd;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::{Error, File};

pub use dockerfile::DOCKERFILE;
pub use html::HTML;
pub use javascript::JAVASCRIPT;
pub use language::Language;
pub use mermaid::mermaid_text;
pub use nftables::NFTABLES;
pub use nginx::NGINX;
pub use place::{Place, Quotes};
pub use python::PYTHON;
pub use ruby::RUBY;
pub use shell::{SHELL, shell_word};
pub use systemd::SYSTEMD;

/// The languages that a file's name can tell.
pub const LANGUAGES: &[Language] = &[SHELL, RUBY, PYTHON, JAVASCRIPT, HTML, NGINX, SYSTEMD, NFTABLES, DOCKERFILE];

/// A file whose text is a minijinja template filled with values.
///
/// The file's name says its language, and each `{{ value }}` becomes a whole literal of it: a quoted word in a shell script
/// (`.sh`), a string in Ruby (`Vagrantfile`, `.rb`), Python (`.py`) and JavaScript (`.js`), text in HTML, an argument in nginx
/// (`nginx.conf`), systemd's units (`.service`), nftables (`.nft`) and a `Dockerfile`. Other formats have no quoting that all their
/// readers agree on, so there a value is taken as it is, or refused where it is more than letters, digits and
/// `. _ - / : , = @ % + *`. Data has types and no template: YAML, JSON and TOML are refused.
///
/// Loops and conditions work as in Jinja; a name that the values lack is an error. [`Language::template`] is for files whose names
/// don't tell their language, and for other languages.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// let values = std::collections::BTreeMap::from([("name", "$(reboot)")]);
/// let file = stackwright::template::template("greet.sh", "echo {{ name }}\n", &values)?;
/// assert_eq!(file.text, "echo '$(reboot)'\n");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the template does not parse, names a value that is not there, or a value cannot be written safely where it stands.
pub fn template(path: &str, source: &str, values: impl Serialize) -> Result<File, Error> {
    LANGUAGES.iter().find(|language| language.is_of(path)).unwrap_or(&Language::PLAIN).template(path, source, values)
}
