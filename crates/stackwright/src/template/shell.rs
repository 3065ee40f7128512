use super::plain::is_plain;
use super::{Language, Place, Quotes};

/// POSIX shells and Bash: each value is one inert word.
pub const SHELL: Language = Language {
    name: "a shell",
    files: &["*.sh"],
    quotes: &[Quotes { mark: "'", escapes: false, lines: true }, Quotes { mark: "\"", escapes: true, lines: true }],
    comments: &[("#", "\n")],
    heredocs: true,
    literal,
    ..Language::PLAIN
};

/// Both sides of these are arithmetic.
const COMPARISONS: &[&str] = &["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

pub(super) fn literal(text: &str, place: Place<'_>) -> Result<String, String> {
    if text.contains('\0') {
        return Err("no word of a shell holds a NUL".into());
    }
    if text.starts_with('-') {
        return Err("it would be read as an option".into());
    }
    if place.before.ends_with(['$', '\\']) {
        return Err("with the character before it, it would be more than a word".into());
    }
    let word = shell_word(text);
    // Bash evaluates what is quoted there too, `a[$(reboot)]` with it, and backticks take backslashes away once more.
    let line = place.line();
    let compares = |text: &str| COMPARISONS.contains(&text.trim());
    let is_arithmetic = line.rfind("((") > line.rfind("))")
        || line.trim_start().starts_with("let ")
        || compares(line.trim_end().rsplit(' ').next().unwrap_or_default())
        || compares(place.after.trim_start().split(' ').next().unwrap_or_default());
    let is_substituted = line.matches('`').count() % 2 == 1;
    if word != text && (is_arithmetic || is_substituted) {
        return Err(
            "a shell reads quotes otherwise in arithmetic and between backticks: give it a variable first".into()
        );
    }
    Ok(word)
}

/// A word of a POSIX shell that stands for exactly this text: nothing is special between single quotes but the quote itself.
pub fn shell_word(text: &str) -> String {
    if is_plain(text) && !text.contains(['*', '=']) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
