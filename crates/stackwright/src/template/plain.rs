use super::Place;

/// A text as it is, where it is one plain word.
pub(super) fn literal(text: &str, _: Place<'_>) -> Result<String, String> {
    if is_plain(text) { Ok(text.to_owned()) } else { Err("nothing in such a file quotes it".into()) }
}

/// Whether every format takes the text as one word.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(['-', '='])
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/:,=@%+*".contains(&byte))
}

/// Whether no language finds more than a name, an address or a path in the text: nothing that is a placeholder anywhere.
pub(super) fn is_name(text: &str) -> bool {
    is_plain(text) && !text.contains(['=', '@', '%', '+', '*', ','])
}

/// A text in a comment: anything that cannot end it, whatever the comment is in.
pub(super) fn comment(text: &str) -> Result<String, String> {
    let ends = |char: char| char.is_control() || matches!(char, '<' | '>' | '*' | '\\' | '\u{2028}' | '\u{2029}');
    if text.contains(ends) { Err("it could end the comment that it is in".into()) } else { Ok(text.to_owned()) }
}

/// Refuses a text with a control character, which has no place in a line of configuration.
pub(super) fn no_controls(text: &str) -> Result<(), String> {
    let found = text.chars().find(|char| char.is_control() && *char != '\t');
    found.map_or(Ok(()), |char| Err(format!("it holds the control character {}, and is to be one line", name(char))))
}

fn name(char: char) -> String {
    match char {
        '\n' => "of a line break".into(),
        '\0' => "NUL".into(),
        char => format!("U+{:04X}", u32::from(char)),
    }
}
