//! What kubectl makes of the keys of maps, which are strings in JSON.

use super::node::{Node, Value};
use super::problem::Problem;

/// Numbers and booleans become strings.
pub(super) fn key_text(node: &Node) -> Result<String, Problem> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) if number.is_i64() => Ok(number.to_string()),
        Value::Number(number) if number.is_f64() => Ok(float_key(number.as_f64().unwrap_or_default())),
        _ => Err(Problem::new(node.span, "the key of a map must be a string")),
    }
}

/// A number as Go prints it for kubectl, with as many digits as a number of 32 bits has.
fn float_key(number: f64) -> String {
    #[allow(clippy::cast_possible_truncation)] // as kubectl does
    let number = number as f32;
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    match scientific.split_once('e').and_then(|(digits, exponent)| Some((digits, exponent.parse::<i32>().ok()?))) {
        Some((digits, exponent)) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        _ => number.to_string(),
    }
}
