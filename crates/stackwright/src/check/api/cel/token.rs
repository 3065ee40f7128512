use std::fmt::{self, Display};

/// A word of an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token<'t> {
    Name(&'t str),
    Number,
    Text,
    Bytes,
    Sign(&'t str),
}

impl Display for Token<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(word) | Self::Sign(word) => formatter.write_str(word),
            Self::Number => formatter.write_str("a number"),
            Self::Text => formatter.write_str("a string"),
            Self::Bytes => formatter.write_str("bytes"),
        }
    }
}

/// Longer ones before those that they begin with.
const SIGNS: [&str; 24] = [
    "||", "&&", "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]",
    "{", "}",
];

/// The words of an expression.
pub fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, rest)| rest);
            continue;
        }
        let Some(first) = rest.chars().next() else { return Ok(found) };
        let (token, length) = if let Some((token, length)) = quoted(rest)? {
            (token, length)
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (if &rest[..length] == "in" { Token::Sign("in") } else { Token::Name(&rest[..length]) }, length)
        } else if first == '`' {
            let length = rest[1..].find('`').ok_or("a ` is not closed")?;
            (Token::Name(&rest[1..=length]), length + 2)
        } else if first.is_ascii_digit() || first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
            (Token::Number, number(rest))
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            return Err(format!("{first} is no sign of the language"));
        };
        found.push(token);
        rest = &rest[length..];
    }
}

/// How long the number is that a text begins with.
fn number(text: &str) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with("0x") || text.starts_with("0X") {
        let length = 2 + text[2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        return length + usize::from(text[length..].starts_with(['u', 'U']));
    }
    let mut length = digits(0);
    if text[length..].starts_with('.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    if let Some(exponent) = text[length..].strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        if digits(length + 1 + sign) > 0 {
            length += 1 + sign + digits(length + 1 + sign);
        }
    }
    length + usize::from(text[length..].starts_with(['u', 'U']))
}

/// The string or the bytes that a text begins with, and how long they are.
fn quoted(text: &str) -> Result<Option<(Token<'_>, usize)>, String> {
    let prefix = text
        .find(['"', '\''])
        .filter(|at| *at <= 2 && text[..*at].bytes().all(|byte| matches!(byte, b'r' | b'R' | b'b' | b'B')));
    let Some(prefix) = prefix else { return Ok(None) };
    let is_raw = text[..prefix].contains(['r', 'R']);
    let token = if text[..prefix].contains(['b', 'B']) { Token::Bytes } else { Token::Text };
    let body = &text[prefix..];
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| body.starts_with(quote)).unwrap_or("\"");
    let mut at = quote.len();
    while at < body.len() {
        if body[at..].starts_with(quote) {
            return Ok(Some((token, prefix + at + quote.len())));
        }
        let c = body[at..].chars().next().unwrap_or_default();
        if c == '\n' && quote.len() == 1 {
            break;
        }
        at += c.len_utf8();
        if c == '\\' && !is_raw {
            at += body[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    Err(format!("a {quote} is not closed"))
}
