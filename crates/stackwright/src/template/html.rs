use super::fill::between_quotes;
use super::javascript::JAVASCRIPT;
use super::place::Within;
use super::plain::comment;
use super::{Language, Place};

/// HTML: each value is text or the value of a quoted attribute, and in a `script` a value of JavaScript.
pub const HTML: Language = Language { name: "HTML", files: &["*.html", "*.htm"], literal, ..Language::PLAIN };

/// What the end of a text is part of, by the states of the tokenizer (https://html.spec.whatwg.org/multipage/parsing.html).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State<'t> {
    Text,
    Comment,
    /// A tag, outside of an attribute's quotes.
    Tag,
    /// The name of an attribute, and what is there of its value between quotes.
    Attribute(&'t str, &'t str),
    /// The name of an element whose content is no HTML, and that content.
    Raw(&'t str, &'t str),
}

/// Attributes that a browser goes to, or reads as something else than text.
const ADDRESSES: &[&str] =
    &["href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", "ping", "background"];
const CODE: &[&str] = &["style", "srcdoc", "srcset", "http-equiv"];
/// Elements whose content is not read as HTML; a reader that runs scripts reads `noscript` so, too.
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

fn literal(text: &str, place: Place<'_>) -> Result<String, String> {
    if text.contains('\0') {
        return Err("HTML has no NUL".into());
    }
    match state(place.before) {
        State::Text => text_or_attribute(text, place),
        State::Comment => comment(text),
        State::Attribute(name, begun) => attribute(&name.to_ascii_lowercase(), begun, text, place),
        State::Tag => Err("an attribute's value is to be quoted".into()),
        State::Raw("script", script) => match JAVASCRIPT.within(script) {
            Within::Code => (JAVASCRIPT.literal)(text, Place { before: script, ..place }),
            _ => between_quotes(text, place),
        },
        State::Raw(element, _) => Err(format!("nothing can be quoted in `{element}`")),
    }
}

fn attribute(name: &str, begun: &str, text: &str, place: Place<'_>) -> Result<String, String> {
    let tag = place.before.rsplit('<').next().unwrap_or_default().to_ascii_lowercase();
    let is_refresh = name == "content"
        && (tag.contains("http-equiv")
            || place.after.split('>').next().is_some_and(|rest| rest.contains("http-equiv")));
    if name.starts_with("on") || CODE.contains(&name) || is_refresh {
        return Err(format!("`{name}` is read as more than text"));
    }
    if ADDRESSES.contains(&name) {
        let address = format!("{begun}{text}").to_ascii_lowercase();
        let first = address.split(['/', '?', '#']).next().unwrap_or_default();
        let is_known = first.split_once(':').is_none_or(|(scheme, _)| matches!(scheme, "http" | "https" | "mailto"));
        if !is_known || text.contains(char::is_control) {
            return Err("an address that does not begin with http, https or mailto may be a script".into());
        }
    }
    text_or_attribute(text, place)
}

/// One escaping for both, as the reader takes references back in both.
fn text_or_attribute(text: &str, place: Place<'_>) -> Result<String, String> {
    let tag = place.before.rsplit('<').next().unwrap_or_default().to_ascii_lowercase();
    let is_first =
        ["pre", "listing", "textarea"].iter().any(|name| tag.starts_with(name)) && place.before.ends_with('>');
    if is_first && text.starts_with('\n') {
        return Err("a line break at the beginning of this element is dropped".into());
    }
    let escaped = text.chars().map(|char| match char {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&#34;".into(),
        '\'' => "&#39;".into(),
        // A reader makes a line feed of each before it looks for anything else.
        '\r' => "&#13;".into(),
        char => char.to_string(),
    });
    Ok(escaped.collect())
}

fn state(before: &str) -> State<'_> {
    let mut rest = before;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            match comment.find("-->") {
                Some(end) => rest = &comment[end + 3..],
                None => return State::Comment,
            }
        } else if rest[1..].starts_with(|char: char| char.is_ascii_alphabetic() || "/!?".contains(char)) {
            let (name, end) = match tag(&rest[1..]) {
                Ok(found) => found,
                Err(state) => return state,
            };
            rest = &rest[1 + end..];
            if let Some(element) = RAW.iter().find(|element| name.eq_ignore_ascii_case(element)) {
                match closing(rest, element) {
                    Some(end) => rest = &rest[end..],
                    None => return State::Raw(element, rest),
                }
            }
        } else {
            rest = &rest[1..];
        }
    }
    State::Text
}

/// The name of a tag and where it ends, or where in it the text ends.
fn tag(text: &str) -> Result<(&str, usize), State<'_>> {
    let ends_name = |char: char| char.is_whitespace() || "/>".contains(char);
    let name = text.split(ends_name).next().unwrap_or_default();
    let mut rest = &text[name.len()..];
    while let Some(at) = rest.find(['>', '=']) {
        if rest[at..].starts_with('>') {
            return Ok((name, text.len() - rest.len() + at + 1));
        }
        let attribute = rest[..at].trim_end().rsplit(ends_name).next().unwrap_or_default();
        rest = rest[at + 1..].trim_start();
        rest = match rest.strip_prefix(['"', '\'']) {
            Some(value) => match value.split_once(&rest[..1]) {
                Some((_, after)) => after,
                None => return Err(State::Attribute(attribute, value)),
            },
            // A quote in a value without quotes is one of its characters.
            None => rest.trim_start_matches(|char: char| !char.is_whitespace() && char != '>'),
        };
    }
    Err(State::Tag)
}

/// Where the end tag of a raw element begins.
fn closing(text: &str, element: &str) -> Option<usize> {
    let mut ends = text.match_indices("</");
    ends.find(|(at, _)| text[at + 2..].get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element)))
        .map(|(at, _)| at)
}
