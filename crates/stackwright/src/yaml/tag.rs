use granit_parser::Tag;
use k8s_openapi::ByteString;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StringDeserializer};

use super::node::{Span, Value};
use super::problem::Problem;
use super::resolve::{Scalar, scalar};

/// What the tags of YAML itself begin with: `!!int`.
const CORE: &str = "tag:yaml.org,2002:";

/// A tag that means nothing to kubectl, as it is written.
pub(super) fn foreign_tag(tag: &Tag) -> Option<String> {
    const KNOWN: [&str; 10] = ["null", "bool", "int", "float", "binary", "str", "map", "seq", "timestamp", "merge"];
    let tag = tag.to_string();
    match tag.strip_prefix(CORE) {
        Some(name) => (!KNOWN.contains(&name)).then(|| format!("!!{name}")),
        None => (tag != "!").then_some(tag),
    }
}

/// What kubectl makes of a scalar with a tag. One that it doesn't know, as other programs have them, leaves the text.
pub(super) fn tagged(tag: &Tag, text: String, span: Span) -> Result<Value, Problem> {
    let tag = tag.to_string();
    let fits = match (tag.strip_prefix(CORE), scalar(&text)) {
        (Some("null"), Scalar::Null) => Some(Value::Null),
        (Some("bool"), Scalar::Bool(value)) => Some(Value::Bool(value)),
        (Some("int"), Scalar::Number(number)) if !number.is_f64() => Some(Value::Number(number)),
        (Some("float"), Scalar::Number(number)) => Some(Value::Number(number)),
        (Some("binary"), _) => decoded(&text).map(Value::String),
        (Some("null" | "bool" | "int" | "float"), _) => None,
        _ => return Ok(Value::String(text)),
    };
    fits.ok_or_else(|| {
        Problem::new(span, format!("the value is not what its tag {tag} says")).help("write the value without a tag")
    })
}

/// The text that is written in base64.
fn decoded(text: &str) -> Option<String> {
    let text: StringDeserializer<Error> = text.replace(['\n', '\r'], "").into_deserializer();
    let ByteString(bytes) = ByteString::deserialize(text).ok()?;
    String::from_utf8(bytes).ok()
}
