use serde::Serialize;

use super::{Place, Quotes, SHELL, fill, plain};
use crate::error::ErrorKind;
use crate::{Error, File};

/// A language that templates are written in: how a value is said in it, and in which files.
///
/// End the literal of one's own with `..Language::PLAIN`: what is not said is as in a file whose language nobody knows.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    /// What people call it, for messages.
    pub name: &'static str,
    /// Names of its files. Folders before the name count where they are written, and one `*` stands for any text of a name.
    pub files: &'static [&'static str],
    /// What false and true are called.
    pub booleans: [&'static str; 2],
    /// What quotes a text: between these, a template takes plain words only, since a value brings its own.
    pub quotes: &'static [Quotes],
    /// What begins and ends a comment, in which a value is no literal but text.
    pub comments: &'static [(&'static str, &'static str)],
    /// Whether `<<WORD` begins a text that ends with a line of that word.
    pub heredocs: bool,
    /// The literal of a text at this place, or why there is none. The reason follows "cannot stand there:".
    pub literal: fn(&str, Place<'_>) -> Result<String, String>,
}

/// What has a writer: a template could only make it wrong.
const DATA: &[&str] = &["*.yaml", "*.yml", "*.json", "*.toml"];

impl Language {
    /// A file whose language has no quoting that all its readers agree on, or that nobody knows.
    pub const PLAIN: Self = Self {
        name: "plain text",
        files: &[],
        booleans: ["false", "true"],
        quotes: &[],
        comments: &[],
        heredocs: false,
        literal: plain::literal,
    };

    /// A file of this language, whatever its name is: see [`template`](super::template()).
    ///
    /// ```
    /// use stackwright::template::NGINX;
    ///
    /// let values = std::collections::BTreeMap::from([("realm", "staff; only")]);
    /// let file = NGINX.template("edge/sites/course", "auth_basic {{ realm }};\n", &values)?;
    /// assert_eq!(file.text, "auth_basic \"staff; only\";\n");
    /// # Ok::<(), stackwright::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the template does not parse, names a value that is not there, or a value cannot be written safely where it stands.
    pub fn template(&self, path: &str, source: &str, values: impl Serialize) -> Result<File, Error> {
        if DATA.iter().any(|pattern| is_match(pattern, path)) {
            return Err(Error::of(
                ErrorKind::Template,
                format!("`{path}` is data, and has no template"),
                "write a struct of its values, and serialise that, as `yaml::to_string` does",
            ));
        }
        let text = fill::fill(self, path, source, values)?;
        // What a shell sources may lack the line that says what runs it.
        let is_script = self.name == SHELL.name || text.starts_with("#!");
        Ok(if is_script { File::script(path, text) } else { File::new(path, text) })
    }

    /// Whether the name of a file says that it is of this language.
    pub fn is_of(&self, path: &str) -> bool {
        self.files.iter().any(|pattern| is_match(pattern, path))
    }
}

/// Whether a path ends with these names, each of which may hold one star.
fn is_match(pattern: &str, path: &str) -> bool {
    let mut names = path.rsplit('/');
    pattern.rsplit('/').all(|wanted| {
        names.next().is_some_and(|name| match wanted.split_once('*') {
            Some((first, last)) => {
                name.len() >= first.len() + last.len() && name.starts_with(first) && name.ends_with(last)
            }
            None => name == wanted,
        })
    })
}
