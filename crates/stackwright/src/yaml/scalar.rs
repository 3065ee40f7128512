//! How a string is written so that YAML 1.1 and 1.2 readers read the same string.

use std::fmt::Write as _;

/// The ways to write a string, from the one that is nicest to read to the one that can hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// `|`, for text of more than one line.
    Literal,
    /// `'...'`, where double quotes would have to escape quotes or backslashes (JSON, regular expressions).
    Single,
    Double,
}

// What a byte can mean to a reader. A string's classes are the union of its bytes' classes.
const SPACE: u8 = 1;
const COLON: u8 = 2;
const HASH: u8 = 4;
const ESCAPED: u8 = 8;
const TAB: u8 = 16;
const BREAK: u8 = 32;
const CONTROL: u8 = 64;
const NON_ASCII: u8 = 128;

static CLASS: [u8; 256] = {
    let mut class = [NON_ASCII; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        class[byte as usize] = match byte {
            b' ' => SPACE,
            b':' => COLON,
            b'#' => HASH,
            b'"' | b'\\' => ESCAPED,
            b'\t' => TAB,
            b'\n' => BREAK,
            0..0x20 | 0x7f => CONTROL,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// The style of a string that stands where a block may stand.
pub(super) fn style(text: &str) -> Style {
    style_of(text, true)
}

/// The style of a map's key, which has to fit on one line.
pub(super) fn key_style(text: &str) -> Style {
    style_of(text, false)
}

fn style_of(text: &str, block: bool) -> Style {
    let bytes = text.as_bytes();
    let classes = bytes.iter().fold(0, |classes, byte| classes | CLASS[usize::from(*byte)]);
    if classes & CONTROL != 0 || classes & NON_ASCII != 0 && text.chars().any(must_be_escaped) {
        Style::Double
    } else if classes & BREAK != 0 {
        // kustomize writes a block that begins with a tab without its indentation, and then refuses it.
        let can_be_block = block && !text.starts_with('\t') && !text.trim().is_empty();
        if can_be_block { Style::Literal } else { Style::Double }
    } else if classes & TAB != 0 {
        Style::Double
    } else if is_plain(bytes, classes) {
        Style::Plain
    } else if classes & ESCAPED != 0 {
        Style::Single
    } else {
        Style::Double
    }
}

/// Whether a printable line means itself without quotes, to every reader.
fn is_plain(bytes: &[u8], classes: u8) -> bool {
    let Some(first) = bytes.first() else { return false };
    let starts_plain = match first {
        b'y' | b'Y' | b'n' | b'N' | b'o' | b'O' | b't' | b'T' | b'f' | b'F' => !is_word(bytes),
        b'0'..=b'9' | b'+' => !is_number_or_time(bytes),
        b'-' => {
            !is_number_or_time(bytes) && bytes.get(1).is_some_and(|next| *next != b' ') && !bytes.starts_with(b"---")
        }
        b'.' => !is_number_or_time(bytes) && !bytes.starts_with(b"..."),
        b'~' => bytes.len() > 1,
        b'=' => bytes != b"=",
        b'<' => bytes != b"<<",
        b' ' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
        | b'"' | b'%' | b'@' | b'`' => false,
        _ => true,
    };
    starts_plain
        && (classes & SPACE == 0 || bytes.last() != Some(&b' '))
        && (classes & COLON == 0 || bytes.last() != Some(&b':') && !has_pair(bytes, *b": "))
        && (classes & HASH == 0 || !has_pair(bytes, *b" #"))
}

fn has_pair(bytes: &[u8], pair: [u8; 2]) -> bool {
    bytes.windows(2).any(|window| window == pair)
}

/// The booleans and nulls of YAML 1.1, in any case: readers differ in which cases they accept.
fn is_word(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [b"y", b"n", b"yes", b"no", b"on", b"off", b"true", b"false", b"null"];
    bytes.len() <= 5 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(bytes))
}

/// Whether a reader could take the text for a number, a time of day or a date. Readers differ in the details (underscores, exponents
/// without a sign, digits after `0o`), so this accepts the union of their grammars and a little more.
fn is_number_or_time(bytes: &[u8]) -> bool {
    // Go's readers drop underscores wherever they are, and then look: `0_x1`, `1e_+3`.
    if bytes.contains(&b'_') {
        let without: Vec<_> = bytes.iter().copied().filter(|byte| *byte != b'_').collect();
        return is_number_or_time(&without);
    }
    let digits = bytes.strip_prefix(b"+").or(bytes.strip_prefix(b"-")).unwrap_or(bytes);
    is_decimal(digits) || is_radix(digits) || is_infinite(digits) || is_sexagesimal(digits) || is_timestamp(bytes)
}

/// `12`, `1,000`, `.5`, `1.`, `6.02e23`.
fn is_decimal(bytes: &[u8]) -> bool {
    let after_digits = |bytes: &mut &[u8]| {
        let end = bytes.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b',')).unwrap_or(bytes.len());
        *bytes = &bytes[end..];
    };
    let mut rest = bytes;
    after_digits(&mut rest);
    if let Some(fraction) = rest.strip_prefix(b".") {
        rest = fraction;
        after_digits(&mut rest);
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        rest = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        after_digits(&mut rest);
    }
    rest.is_empty()
}

/// `0x1F`, `0o17`, `0b101`, and `0b-1`, which kubectl reads as -1.
fn is_radix(bytes: &[u8]) -> bool {
    let signed = |digits: &[u8], is_digit: fn(&u8) -> bool| {
        digits.iter().all(|byte| is_digit(byte) || matches!(byte, b'+' | b'-'))
    };
    match bytes {
        [b'0', b'x' | b'X', digits @ ..] => signed(digits, u8::is_ascii_hexdigit),
        [b'0', b'o' | b'O' | b'b' | b'B', digits @ ..] => signed(digits, u8::is_ascii_digit),
        _ => false,
    }
}

/// `.inf` and `.nan`.
fn is_infinite(bytes: &[u8]) -> bool {
    bytes.eq_ignore_ascii_case(b".inf") || bytes.eq_ignore_ascii_case(b".nan")
}

/// `12:30:00`, which YAML 1.1 reads as a number to the base of 60.
fn is_sexagesimal(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.'))
        && bytes.contains(&b':')
}

/// `2026-11-21`, `2026-11-21T09:30:00Z`, `2026-11-21 09:30:00.5 +01:00`.
fn is_timestamp(bytes: &[u8]) -> bool {
    matches!(bytes, [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', b'0'..=b'9', ..])
        && bytes
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b':' | b'.' | b'+' | b' ' | b'T' | b't' | b'Z' | b'z'))
}

/// Characters that some reader refuses or takes for a line break, and those that reorder what a reviewer sees.
fn must_be_escaped(character: char) -> bool {
    matches!(character,
        '\0'..'\t' | '\u{b}'..' ' | '\u{7f}'..'\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

pub(super) fn write_single_quoted(out: &mut String, text: &str) {
    out.push('\'');
    let mut parts = text.split('\'');
    out.extend(parts.next());
    for part in parts {
        out.push_str("''");
        out.push_str(part);
    }
    out.push('\'');
}

pub(super) fn write_double_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut written = 0;
    for (at, character) in text.char_indices() {
        let escape = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\t' => "\\t",
            '\r' => "\\r",
            _ if must_be_escaped(character) => "",
            _ => continue,
        };
        out.push_str(&text[written..at]);
        written = at + character.len_utf8();
        if escape.is_empty() {
            let code = u32::from(character);
            // A `String` takes any text: there is no error to report.
            let _ = if code < 0x100 { write!(out, "\\x{code:02x}") } else { write!(out, "\\u{code:04x}") };
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(&text[written..]);
    out.push('"');
}

/// Writes text as a literal block: the header after what stands on the line already, then the lines, each indented.
pub(super) fn write_literal(out: &mut String, text: &str, indent: usize) {
    out.push('|');
    // A reader finds the indentation in the first line that isn't empty, unless that line itself begins with white space.
    if text.trim_start_matches('\n').starts_with([' ', '\t']) {
        out.push('2');
    }
    let body = text.strip_suffix('\n');
    match body {
        None => out.push('-'),
        Some(body) if body.ends_with('\n') => out.push('+'),
        Some(_) => {}
    }
    out.push('\n');
    for line in body.unwrap_or(text).split('\n') {
        if !line.is_empty() {
            write_spaces(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

pub(super) fn write_spaces(out: &mut String, count: usize) {
    const SPACES: &str = "                                                                ";
    let mut left = count;
    while left > SPACES.len() {
        out.push_str(SPACES);
        left -= SPACES.len();
    }
    out.push_str(&SPACES[..left]);
}

/// Writes a number so that every reader reads a float: YAML 1.1 wants a point, and a sign in the exponent.
pub(super) fn write_float(out: &mut String, shortest: &str) {
    match shortest {
        "NaN" => out.push_str(".nan"),
        "inf" => out.push_str(".inf"),
        "-inf" => out.push_str("-.inf"),
        _ => match shortest.split_once('e') {
            None => out.push_str(shortest),
            Some((mantissa, exponent)) => {
                out.push_str(mantissa);
                if !mantissa.contains('.') {
                    out.push_str(".0");
                }
                out.push('e');
                if !exponent.starts_with('-') {
                    out.push('+');
                }
                out.push_str(exponent);
            }
        },
    }
}

#[cfg(test)]
mod tests;
