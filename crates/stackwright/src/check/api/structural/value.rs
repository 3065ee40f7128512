use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSONSchemaProps as Schema;

use crate::yaml::{Node, Value};

/// Whether a value is of the type that a schema asks for.
pub fn is_of_type(node: &Node, schema: &Schema) -> bool {
    if schema.x_kubernetes_int_or_string == Some(true) {
        return matches!(node.value, Value::String(_)) || is_whole(node);
    }
    match schema.type_.as_deref() {
        Some("object") => matches!(node.value, Value::Map(_)),
        Some("array") => matches!(node.value, Value::List(_)),
        // The server does not look into a list where the string has a format.
        Some("string") => {
            matches!(node.value, Value::String(_)) || schema.format.is_some() && matches!(node.value, Value::List(_))
        }
        Some("boolean") => matches!(node.value, Value::Bool(_)),
        Some("number") => matches!(node.value, Value::Number(_)),
        Some("integer") => is_whole(node),
        _ => true,
    }
}

/// To JSON, 80.0 is the integer 80.
fn is_whole(node: &Node) -> bool {
    match &node.value {
        Value::Number(number) => number.as_i64().is_some() || number.as_f64().is_some_and(is_exact),
        _ => false,
    }
}

/// Whether a float is an integer that floats tell from its neighbours.
fn is_exact(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0
}

/// The type that a schema asks for.
pub fn of_type(schema: &Schema) -> &'static str {
    match schema.type_.as_deref() {
        _ if schema.x_kubernetes_int_or_string == Some(true) => "an integer or a string",
        Some("object") => "a map",
        Some("array") => "a list",
        Some("string") => "a string",
        Some("boolean") => "a boolean",
        Some("integer") => "an integer",
        Some("number") => "a number",
        _ => "a value",
    }
}

/// What kind of value it is.
pub fn kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) if is_whole(node) => "an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
    }
}

/// Whether a value is that of a schema's enum.
pub fn is_same(node: &Node, known: &serde_json::Value) -> bool {
    match (&node.value, known) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(one), serde_json::Value::Bool(other)) => one == other,
        (Value::String(one), serde_json::Value::String(other)) => one == other,
        (Value::Number(one), serde_json::Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::List(one), serde_json::Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Map(one), serde_json::Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|entry| other.get(&entry.key).is_some_and(|other| is_same(&entry.value, other)))
        }
        _ => false,
    }
}

/// A value of a schema, as a person would write it.
pub fn shown(known: &serde_json::Value) -> String {
    known.as_str().map_or_else(|| known.to_string(), str::to_owned)
}

/// A scalar as it is written; of anything else, all of it.
pub fn shown_node(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(shown_node).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let mut fields: Vec<_> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, shown_node(&entry.value))).collect();
            fields.sort();
            format!("{{{}}}", fields.join(", "))
        }
    }
}
