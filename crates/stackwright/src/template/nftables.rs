use super::plain::{is_name, no_controls};
use super::{Language, Place, Quotes};

/// nftables: each value is a name, an address or a number, or the quoted text of a comment, an interface or a log's prefix.
pub const NFTABLES: Language = Language {
    name: "nftables",
    files: &["*.nft", "nftables.conf"],
    quotes: &[Quotes { mark: "\"", escapes: false, lines: true }],
    comments: &[("#", "\n")],
    literal,
    ..Language::PLAIN
};

/// What is followed by the name of an interface.
const INTERFACES: &[&str] = &["iifname", "oifname", "iif", "oif", "ibrname", "obrname", "device"];

/// The kernel's `IFNAMSIZ`, `NF_LOG_PREFIXLEN` and nft's `NFTNL_UDATA_COMMENT_MAXLEN`, the first two without the NUL at their end.
const MOST_BYTES: [usize; 3] = [15, 127, 128];

/// A quoted text of nft has no escapes (`quotedstring` in src/scanner.l), so that a quote cannot be said at all.
fn literal(text: &str, place: Place<'_>) -> Result<String, String> {
    let [interface, prefix, comment] = MOST_BYTES;
    match subject(place.line()) {
        "comment" => quoted(text, place, comment),
        // Between these quotes nft expands `$name`.
        "prefix" if text.contains('$') => Err("nft expands `$` in a log's prefix, and has no escape for it".into()),
        "prefix" => quoted(text, place, prefix),
        "include" if is_name(text) => quoted(text, place, usize::MAX),
        word if INTERFACES.contains(&word) => {
            if !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"/:\"*\\$@".contains(&byte)) || text.is_empty() {
                return Err("no interface has such a name".into());
            }
            quoted(text, place, interface)
        }
        _ if is_name(text) => Ok(text.to_owned()),
        _ => Err("nft takes quotes for comments, interfaces and the prefixes of logs only".into()),
    }
}

/// The word that says what the value is: the one before it, or before the list that it is in.
fn subject(line: &str) -> &str {
    let mut words = line.split_whitespace().rev().filter(|word| !matches!(*word, "!=" | "==" | "="));
    let last = words.next().unwrap_or_default();
    let opened = line.rfind('{').filter(|at| !line[*at..].contains('}'));
    match opened {
        Some(at) if last.ends_with(['{', ',']) => subject(&line[..at]),
        _ => last,
    }
}

fn quoted(text: &str, place: Place<'_>, most_bytes: usize) -> Result<String, String> {
    no_controls(text)?;
    if text.contains('"') {
        return Err("it holds a quote, for which nft has no escape".into());
    }
    if text.len() > most_bytes {
        return Err(format!("it has {} bytes, and nft takes {most_bytes}", text.len()));
    }
    if !place.is_word(&['{', ','], &['}', ',', ';']) {
        return Err("it needs quotes, which nft knows around whole words only".into());
    }
    Ok(format!("\"{text}\""))
}
