//! What stands in a Secret.

use super::tree::Value;

/// The bytes that base64 stands for, if it is base64.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - body.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(body.len() * 3 / 4);
    let (mut pending, mut bits) = (0_u32, 0);
    for byte in body.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        pending = pending << 6 | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// Whether bytes are text that a person can have written: one line, or several.
fn printable(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_printable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    (!text.is_empty() && text.chars().all(is_printable)).then_some(text)
}

/// Values that their author can't have meant: those that end with a line break, and base64 in base64. Values are never shown.
pub fn contents(
    data: Value<'_>,
    text: Value<'_>,
    mut report: impl FnMut(&'static str, Value<'_>, &'static str, &'static str),
) {
    let values = data.items().map(|value| (value, bytes(value.text()).unwrap_or_default()));
    let values = values.chain(text.items().map(|value| (value, value.text().as_bytes().to_vec())));
    for (value, bytes) in values {
        let Some(text) = printable(&bytes) else { continue };
        if is_one_line_with_break(text) && is_credential(value.key()) && !is_login(text) {
            report(
                "secret-newline",
                value,
                "ends with a line break, which is a part of it",
                "encode it without one: printf %s, not echo",
            );
        }
        let inner = text.trim_end();
        let is_long = inner.len() >= 8 && inner.len().is_multiple_of(4);
        let is_data = value.parent().key() == "data";
        if is_data && is_long && inner.bytes().any(|byte| byte == b'=' || byte.is_ascii_uppercase()) {
            let decoded = self::bytes(inner);
            if decoded.as_deref().and_then(printable).is_some_and(str::is_ascii) {
                report(
                    "secret-double-base64",
                    value,
                    "is base64 of base64",
                    "encode it once, or write it as stringData",
                );
            }
        }
    }
}

fn is_one_line_with_break(text: &str) -> bool {
    text.strip_suffix('\n').is_some_and(|line| !line.is_empty() && !line.contains('\n'))
}

/// Whether a text is a line of a file of logins, as htpasswd writes it: `name:$2y$05$…`. Such a file is read line by line.
fn is_login(text: &str) -> bool {
    let is_hash = |hash: &str| hash.starts_with('$') || hash.starts_with("{SHA}");
    text.split_once(':').is_some_and(|(name, hash)| !name.contains(char::is_whitespace) && is_hash(hash))
}

/// Whether a value of this name is used as it is, so that a line break breaks it; files may end with one.
fn is_credential(key: &str) -> bool {
    const WORDS: [&str; 7] = ["password", "passwd", "username", "user", "token", "apikey", "secret"];
    let name = key.to_ascii_lowercase().replace(['-', '_', '.'], "");
    // A file of logins is one whatever their form.
    !name.ends_with("htpasswd") && WORDS.iter().any(|word| name.ends_with(word))
}
