use super::python::escaped;
use super::{Language, Place, Quotes};

/// JavaScript, in a file or in a page's `script`: each value is one string, a boolean or a number.
pub const JAVASCRIPT: Language = Language {
    name: "JavaScript",
    files: &["*.js", "*.mjs", "*.cjs"],
    quotes: &[
        Quotes { mark: "`", escapes: true, lines: true },
        Quotes { mark: "\"", escapes: true, lines: false },
        Quotes { mark: "'", escapes: true, lines: false },
    ],
    comments: &[("//", "\n"), ("/*", "*/")],
    literal,
    ..Language::PLAIN
};

/// A page's reader looks for `</script` and `<!--` before JavaScript's does, in strings too.
#[expect(clippy::unnecessary_wraps, reason = "other languages refuse")]
fn literal(text: &str, _: Place<'_>) -> Result<String, String> {
    let escaped = text.chars().map(|char| match char {
        '<' | '>' | '&' | '`' => format!("\\u{:04x}", u32::from(char)),
        char => escaped(char, &['"', '\\']),
    });
    Ok(format!("\"{}\"", escaped.collect::<String>()))
}
