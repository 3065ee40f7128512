use super::{Language, Place, Quotes};

/// Python 3: each value is one string, `True` or `False`, or a number.
pub const PYTHON: Language = Language {
    name: "Python",
    files: &["*.py"],
    booleans: ["False", "True"],
    quotes: &[
        Quotes { mark: "\"\"\"", escapes: true, lines: true },
        Quotes { mark: "'''", escapes: true, lines: true },
        Quotes { mark: "\"", escapes: true, lines: false },
        Quotes { mark: "'", escapes: true, lines: false },
    ],
    comments: &[("#", "\n")],
    literal,
    ..Language::PLAIN
};

/// Both quotes are escaped, so that nothing in the text could end a string that goes on for many lines either.
#[expect(clippy::unnecessary_wraps, reason = "other languages refuse")]
fn literal(text: &str, _: Place<'_>) -> Result<String, String> {
    let escaped: String = text.chars().map(|char| escaped(char, &['"', '\\'])).collect();
    Ok(format!("\"{escaped}\""))
}

/// A character in a string of Python or JavaScript: these are escaped by a backslash, and what cannot be seen by its number.
pub(super) fn escaped(char: char, marks: &[char]) -> String {
    match char {
        '\n' => r"\n".into(),
        '\r' => r"\r".into(),
        '\t' => r"\t".into(),
        char if marks.contains(&char) => format!("\\{char}"),
        char if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
            format!("\\u{:04x}", u32::from(char))
        }
        char => char.into(),
    }
}
