use super::{Language, Place, Quotes};

/// Ruby: each value is one string.
pub const RUBY: Language = Language {
    name: "Ruby",
    files: &["Vagrantfile", "*.rb"],
    quotes: &[Quotes { mark: "'", escapes: true, lines: true }, Quotes { mark: "\"", escapes: true, lines: true }],
    comments: &[("#", "\n")],
    heredocs: true,
    literal,
    ..Language::PLAIN
};

/// Between single quotes only the quote and the backslash are special, so that `#{}` is inert.
fn literal(text: &str, _: Place<'_>) -> Result<String, String> {
    if text.contains('\0') {
        return Err("it holds a NUL, which no file's or machine's name does".into());
    }
    // Ruby reads `\r\n` in its source as one line break, also between quotes.
    if text.contains('\r') {
        let escaped = text.replace('\\', r"\\").replace('"', "\\\"").replace('#', r"\#");
        return Ok(format!("\"{}\"", escaped.replace('\r', r"\r").replace('\n', r"\n")));
    }
    let needs_single = text.chars().any(|char| matches!(char, '"' | '\\' | '#') || char.is_control());
    Ok(if needs_single {
        format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
    } else {
        format!("\"{text}\"")
    })
}
