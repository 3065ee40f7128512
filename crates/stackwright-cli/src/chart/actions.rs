//! The actions of a Go template, `{{ … }}`, as tokens.

/// A token of an action, as far as paths of values are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A function or a keyword, or a number.
    Word(String),
    /// `.a.b`, or `$root.a.b`: the root is empty for `$` itself.
    Path {
        root: Option<String>,
        keys: Vec<String>,
    },
    /// The `.a.b` of `(…).a.b`.
    Fields(Vec<String>),
    /// A text in quotes.
    Text(String),
    Open,
    Close,
    Pipe,
    Assign,
}

/// The actions of a template, in their order, without comments. What is no template has none.
pub fn actions(text: &str) -> Vec<Vec<Token>> {
    let mut actions = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let after = after.strip_prefix('-').unwrap_or(after);
        if let Some(comment) = after.trim_start().strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
            continue;
        }
        let (tokens, end) = tokens(after);
        actions.push(tokens);
        rest = &after[end..];
    }
    actions
}

/// The tokens up to `}}`, and where what follows it begins.
fn tokens(text: &str) -> (Vec<Token>, usize) {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with("}}") {
            return (tokens, at + 2);
        }
        let (token, length) = match first {
            '"' | '`' => quoted(rest, first),
            '(' => (Some(Token::Open), 1),
            ')' => (Some(Token::Close), 1),
            '|' => (Some(Token::Pipe), 1),
            '=' => (Some(Token::Assign), 1),
            '.' if text[..at].ends_with(')') => match path(rest) {
                (Some(Token::Path { keys, .. }), length) => (Some(Token::Fields(keys)), length),
                other => other,
            },
            '.' | '$' => path(rest),
            _ if is_of_name(first) => {
                let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
                (Some(Token::Word(rest[..end].to_owned())), end)
            }
            _ => (None, first.len_utf8()),
        };
        tokens.extend(token);
        at += length;
    }
    (tokens, text.len())
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn quoted(rest: &str, quote: char) -> (Option<Token>, usize) {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == quote {
            return (Some(Token::Text(text)), at + 1);
        }
        let is_escape = c == '\\' && quote == '"';
        text.extend(if is_escape { characters.next().map(|(_, c)| c) } else { Some(c) });
    }
    (None, rest.len())
}

fn path(rest: &str) -> (Option<Token>, usize) {
    let end = rest[1..].find(|c| !is_of_name(c) && c != '.').map_or(rest.len(), |end| end + 1);
    let mut parts = rest[..end].split('.');
    let first = parts.next().unwrap_or_default();
    let root = first.strip_prefix('$').map(str::to_owned);
    let keys = parts.filter(|key| !key.is_empty()).map(str::to_owned).collect();
    (Some(Token::Path { root, keys }), end)
}
