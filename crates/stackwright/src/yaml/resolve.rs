//! What a plain scalar means to kubectl: YAML 1.1 as the Go reader of Kubernetes reads it.

use serde_json::Number;

use super::node::{Span, Value};
use super::problem::Problem;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Number(Number),
    String,
    /// `<<`
    Merge,
    /// `.inf` and `.nan`, which JSON, and so Kubernetes, doesn't have.
    NotFinite,
}

impl Scalar {
    pub(super) fn into_value(self, text: &str, span: Span) -> Result<Value, Problem> {
        match self {
            Self::Null => Ok(Value::Null),
            Self::Bool(value) => Ok(Value::Bool(value)),
            Self::Number(number) => Ok(Value::Number(number)),
            Self::String | Self::Merge => Ok(Value::String(text.to_owned())),
            Self::NotFinite => Err(Problem::new(span, format!("{text} is no number that Kubernetes knows"))
                .help(format!("write \"{text}\" if the text is meant"))),
        }
    }
}

/// Whether readers of YAML 1.2, and people, read another value: `on`, `012`, `1_000`.
pub(super) fn is_doubtful(text: &str, scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Bool(value) => !text.eq_ignore_ascii_case(if *value { "true" } else { "false" }),
        Scalar::Number(number) if !number.is_f64() => {
            let unsigned = text.trim_start_matches(['+', '-']);
            let is_octal = unsigned.len() > 1 && unsigned.starts_with('0') && !unsigned.starts_with("0x");
            text.contains('_') || is_octal && !unsigned.starts_with("0o")
        }
        Scalar::Number(_) => text.contains('_'),
        _ => false,
    }
}

pub(super) fn scalar(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf"
        | "-.INF" => Scalar::NotFinite,
        "<<" => Scalar::Merge,
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            number(text).map_or(Scalar::String, Scalar::Number)
        }
        _ => Scalar::String,
    }
}

fn number(text: &str) -> Option<Number> {
    if text.starts_with('.') {
        // Go's own rule for underscores, where YAML's would take them anywhere.
        let separates_digits = |at: usize| {
            let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
            digit(at.checked_sub(1)) && digit(at.checked_add(1))
        };
        let separated = text.match_indices('_').all(|(at, _)| separates_digits(at));
        return if separated { float(&text.replace('_', "")) } else { None };
    }
    let digits = text.replace('_', "");
    integer(&digits).or_else(|| float(&digits))
}

/// A leading `0` means octal, as in C.
fn integer(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    if !digits.starts_with(|c: char| c.is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if text.starts_with('-') {
        0_i64.checked_sub_unsigned(magnitude).map(Number::from)
    } else if text.starts_with('+') {
        i64::try_from(magnitude).ok().map(Number::from)
    } else {
        Some(magnitude.into())
    }
}

/// Rust's grammar of floats is Go's, but for the words `inf` and `nan`. A number too large for a float is a string.
fn float(text: &str) -> Option<Number> {
    let numeric = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if numeric { Number::from_f64(text.parse().ok()?) } else { None }
}
