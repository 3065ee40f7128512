//! The schema of a custom kind, and its rules in CEL.

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, cel};
use crate::check::HashSet;
use crate::check::api::cel::{Names, RESERVED, Type};
use crate::check::api::tree::Value;

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

pub(super) const RULES: &[TypeRules] = &[
    ("CustomResourceValidation", &[("openAPIV3Schema", By(root_schema))]),
    ("JSONSchemaProps", &[("", By(schema))]),
    (
        "ValidationRule",
        &[
            ("rule", By(rule)),
            ("message", By(one_line)),
            ("messageExpression", By(message)),
            ("fieldPath", By(field_path)),
            (
                "reason",
                OneOfIfSet(&["FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate"]),
            ),
        ],
    ),
];

fn root_schema(schema: Value<'_>, faults: &mut Faults) {
    let kind = schema.get("type");
    let is_open = kind.is_blank() && schema.get("x-kubernetes-preserve-unknown-fields").is_true();
    if schema.is_set() && kind.text() != "object" && !is_open {
        faults.add(VALUE, schema, "is not of type: object", "write type: object");
    }
    if schema.get("nullable").is_true() {
        faults.forbidden(schema.get("nullable"), "at the root");
    }
}

/// Whether a schema is in one of allOf, anyOf, oneOf and not, and whether the one around it is an integer or a string, whose types
/// these may repeat.
fn in_logic(schema: Value<'_>) -> (bool, bool) {
    let (mut is_logic, mut repeats) = (false, false);
    let mut holder = schema;
    while !holder.is_root() && holder.type_name() != "CustomResourceValidation" {
        is_logic |= matches!(holder.key(), "allOf" | "anyOf" | "oneOf" | "not");
        holder = holder.parent();
        repeats |= holder.get("x-kubernetes-int-or-string").is_true();
    }
    (is_logic, is_logic && repeats)
}

fn schema(schema: Value<'_>, faults: &mut Faults) {
    let kind = schema.get("type");
    let (is_logic, repeats) = in_logic(schema);
    let int_or_string = schema.get("x-kubernetes-int-or-string").is_true();
    let preserve = schema.get("x-kubernetes-preserve-unknown-fields").is_true();
    if kind.is_blank() && !is_logic && !int_or_string && !preserve {
        faults.missing(schema, "type", "");
    } else if !kind.is_blank() && is_logic && !repeats {
        faults.forbidden(kind, "inside allOf, anyOf, oneOf and not");
    } else {
        OneOf(TYPES).check(kind, schema, "type", faults);
    }
    let (items, properties, additional) =
        (schema.get("items"), schema.get("properties"), schema.get("additionalProperties"));
    // The reverse, items of what is no array, the server takes.
    if kind.text() == "array" && !items.is_set() && !is_logic {
        faults.missing(schema, "items", "with type: array");
    }
    if items.is_set() && items.type_name() != "JSONSchemaProps" {
        faults.forbidden(items, "to a list of schemas");
    }
    if properties.len() > 0 && additional.is_set() {
        faults.forbidden(additional, "beside properties");
    }
    if schema.get("uniqueItems").is_true() {
        faults.forbidden(schema.get("uniqueItems"), "to true: use x-kubernetes-list-type: set");
    }
    for field in ["$ref", "definitions", "dependencies", "patternProperties", "id", "additionalItems"] {
        if schema.get(field).is_set() {
            faults.forbidden(schema.get(field), "in the schema of a definition");
        }
    }
    for amount in ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"] {
        super::in_range(schema.get(amount), i64::MIN, i64::MAX, faults);
    }
    if int_or_string && schema.get("anyOf").len() > 0 {
        let kinds: Vec<_> = schema.get("anyOf").items().map(|one| one.get("type").text()).collect();
        let has_kinds = kinds.iter().any(|kind| !kind.is_empty());
        if has_kinds && kinds != ["integer", "string"] {
            faults.add(
                VALUE,
                schema.get("anyOf"),
                "is not integer and string",
                "write type: integer, then type: string",
            );
        }
    }
    let embedded = schema.get("x-kubernetes-embedded-resource");
    if embedded.is_true() && kind.text() != "object" {
        faults.forbidden(embedded, "without type: object");
    }
    if embedded.is_true() && !preserve && properties.len() == 0 {
        faults.missing(
            schema,
            "properties or x-kubernetes-preserve-unknown-fields",
            "with x-kubernetes-embedded-resource",
        );
    }
    pattern(schema.get("pattern"), faults);
    default_value(schema, faults);
    list_kind_of(schema, faults);
}

/// A default has the schema's own type, and is in its bounds.
fn default_value(schema: Value<'_>, faults: &mut Faults) {
    let (value, kind) = (schema.get("default"), schema.get("type").text());
    if !value.is_set() || kind.is_empty() {
        return;
    }
    let is_one = match kind {
        "integer" => value.int().is_some(),
        "string" => value.is_text(),
        "array" | "object" => !value.is_leaf(),
        "boolean" => value.is_leaf() && !value.is_text() && value.int().is_none(),
        _ => true,
    };
    if !is_one {
        faults.add(VALUE, value, format!("is {value}, which is no {kind}"), format!("write a default of type {kind}"));
    }
    let known = schema.get("enum");
    if known.len() > 0 && !known.items().any(|known| known.to_string() == value.to_string()) {
        let fact = format!("is {value}, which is none of the schema's enum");
        faults.add(VALUE, value, fact, "write one of the enum");
    }
    let excludes = |field: &str| schema.get(field).is_true();
    let is_out = value.int().is_some_and(|number| {
        let below = |least: i64| number < least || number == least && excludes("exclusiveMinimum");
        let above = |most: i64| number > most || number == most && excludes("exclusiveMaximum");
        bound(schema, "minimum").is_some_and(below) || bound(schema, "maximum").is_some_and(above)
    });
    if is_out {
        let fact = format!("is {value}, which is out of the schema's bounds");
        faults.add(VALUE, value, fact, "write a default in its bounds");
    }
}

/// A bound of whole numbers, as the server takes it: without its fraction, and of numbers too large the least.
#[allow(clippy::cast_possible_truncation)]
fn bound(schema: Value<'_>, field: &str) -> Option<i64> {
    const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
    let bound: f64 = schema.get(field).text().parse().ok()?;
    Some(if bound >= TOO_LARGE { i64::MIN } else { bound as i64 })
}

fn pattern(pattern: Value<'_>, faults: &mut Faults) {
    let text = pattern.text();
    let opens = |open: char, close: char| {
        let mut depth = 0_i32;
        let mut escaped = false;
        let mut in_class = false;
        for c in text.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' if !in_class => in_class = true,
                ']' if in_class => in_class = false,
                c if c == open && !in_class => depth += 1,
                c if c == close && !in_class => depth -= 1,
                _ => {}
            }
            if depth < 0 {
                return false;
            }
        }
        depth == 0 && !in_class && !escaped
    };
    if !text.is_empty() && (!opens('(', ')') || text.starts_with(['*', '+', '?'])) {
        faults.add(VALUE, pattern, format!("is {pattern}, which is no regular expression"), "close what it opens");
    }
}

fn list_kind_of(schema: Value<'_>, faults: &mut Faults) {
    let (kind, list, keys, map) = (
        schema.get("type").text(),
        schema.get("x-kubernetes-list-type"),
        schema.get("x-kubernetes-list-map-keys"),
        schema.get("x-kubernetes-map-type"),
    );
    OneOfIfSet(&["atomic", "set", "map"]).check(list, schema, "x-kubernetes-list-type", faults);
    OneOfIfSet(&["atomic", "granular"]).check(map, schema, "x-kubernetes-map-type", faults);
    if list.is_set() && kind != "array" {
        faults.forbidden(list, "without type: array");
    }
    if map.is_set() && kind != "object" {
        faults.forbidden(map, "without type: object");
    }
    if list.text() == "map" {
        if keys.len() == 0 {
            faults.missing(schema, "x-kubernetes-list-map-keys", "with x-kubernetes-list-type: map");
        }
        let items = schema.get("items");
        let required: HashSet<_> = items.get("required").items().map(Value::text).collect();
        for key in keys.items() {
            let property = items.get("properties").get(key.text());
            if !property.is_set() {
                faults.add(
                    VALUE,
                    key,
                    format!("is {key}, which the items have not"),
                    "name one of the items' properties",
                );
            } else if !required.contains(key.text()) && !property.get("default").is_set() {
                faults.add(
                    VALUE,
                    key,
                    format!("is {key}, which the items need not have"),
                    "require it, or give it a default",
                );
            }
        }
        Unique("").check(keys, schema, "", faults);
    } else if keys.len() > 0 {
        faults.forbidden(keys, "without x-kubernetes-list-type: map");
    }
}

/// The schema that a rule is of.
fn schema_of(field: Value<'_>) -> Value<'_> {
    field.parent().parent().parent()
}

fn rule(rule: Value<'_>, faults: &mut Faults) {
    expression(rule, &[Type::Bool], faults);
}

fn message(message: Value<'_>, faults: &mut Faults) {
    if !message.is_blank() {
        expression(message, &[Type::String], faults);
    }
}

fn expression(text: Value<'_>, wanted: &[Type], faults: &mut Faults) {
    let schema = schema_of(text);
    let field = |path: &[&str]| match path {
        ["self" | "oldSelf", fields @ ..] => {
            fields.iter().try_fold(schema, |schema, name| property(schema, name)).map(kind_of)
        }
        _ => Some(Type::Unknown),
    };
    cel::check_fields(text, &Names { variables: &["self", "oldSelf"], field: &field }, wanted, faults);
}

/// The schema of a field, if there can be one; where a schema says nothing of fields, itself.
fn property<'t>(schema: Value<'t>, name: &str) -> Option<Value<'t>> {
    let name = unescaped(name);
    let (properties, others) = (schema.get("properties"), schema.get("additionalProperties"));
    let own = properties.get(&name);
    let is_of_every_object = matches!(name.as_str(), "metadata" | "apiVersion" | "kind" | "name" | "generateName");
    match () {
        () if own.is_set() => Some(own),
        () if others.get("type").is_set() => Some(others),
        () if properties.len() == 0 || others.is_set() || is_of_every_object => Some(schema.get("x")),
        () if !schema.is_set() => Some(schema),
        () => None,
    }
}

/// Names that CEL can't write as they are are escaped.
fn unescaped(name: &str) -> String {
    let plain = [("__underscores__", "__"), ("__dot__", "."), ("__dash__", "-"), ("__slash__", "/")];
    let name = plain.iter().fold(name.to_owned(), |name, (escaped, plain)| name.replace(escaped, plain));
    match name.strip_prefix("__").and_then(|name| name.strip_suffix("__")) {
        Some(word) if RESERVED.contains(&word) => word.to_owned(),
        _ => name,
    }
}

fn kind_of(schema: Value<'_>) -> Type {
    match (schema.get("type").text(), schema.get("format").text()) {
        _ if schema.get("nullable").is_true() => Type::Unknown,
        ("boolean", _) => Type::Bool,
        ("integer" | "number", _) => Type::Number,
        ("string", "") => Type::String,
        ("array", _) => Type::List,
        ("object", _) => Type::Map,
        _ => Type::Unknown,
    }
}

/// The schema at a path such as `.spec.owner` or `['a-b'].c`, if there is one.
pub(super) fn schema_at<'t>(schema: Value<'t>, path: &str) -> Option<Value<'t>> {
    let mut schema = schema;
    let mut rest = path;
    while !rest.is_empty() {
        let (name, behind) = if let Some(quoted) = rest.strip_prefix("['") {
            quoted.split_once("']")?
        } else {
            let field = rest.strip_prefix('.')?;
            field.split_at(field.find(['.', '[']).unwrap_or(field.len()))
        };
        let own = schema.get("properties").get(name);
        schema = if own.is_set() { own } else { schema.get("additionalProperties") };
        if name.is_empty() || !schema.is_set() {
            return None;
        }
        rest = behind;
    }
    Some(schema).filter(|_| !path.is_empty())
}

fn field_path(path: Value<'_>, faults: &mut Faults) {
    if !path.is_blank() && schema_at(schema_of(path), path.text()).is_none() {
        faults.add(VALUE, path, format!("is {path}, which the schema does not have"), "write a path below: .host");
    }
}

fn one_line(message: Value<'_>, faults: &mut Faults) {
    if message.text().contains(['\n', '\r']) {
        faults.add(VALUE, message, "has a line break", "write it on one line");
    }
    if message.is_set() && message.text().trim().is_empty() && !message.text().is_empty() {
        faults.add(VALUE, message, "is empty", "say what is wrong, or remove it");
    }
}
