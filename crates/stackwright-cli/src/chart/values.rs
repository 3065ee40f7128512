//! The types of a chart's values: from its schema, else from its defaults, else from what its templates read.

use k8s_openapi::api::core::v1;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use stackwright::Error;
use stackwright::yaml::{self, Node};

use super::chart::Chart;
use super::comments::{Comments, place};
use super::fields::{Field, Fields, Type};
use super::reads::Reads;
use super::schema::{Form, Schema};

/// The values of a chart, those of its subcharts below their names.
pub fn values(chart: &Chart) -> Result<Fields, Error> {
    let text = chart.text("values.yaml").unwrap_or_default();
    let defaults = chart.yaml("values.yaml")?;
    let schema = chart.text("values.schema.json").map(|text| {
        serde_json::from_str::<Value>(&text).map_err(|error| {
            let help = "Helm would refuse it, too: see whether the chart has a newer version";
            Error::new(format!("{}/values.schema.json is no JSON: {error}", chart.place), help)
        })
    });
    let schema = schema.transpose()?;
    let mut reads = Reads::default();
    read(chart, &mut reads);
    let whole = Whole { comments: Comments::of(&text), reads: &reads };
    let mut fields = whole.fields(&[], defaults.as_ref(), schema.as_ref().map(Schema::of), false);
    for (name, subchart) in &chart.subcharts {
        let mut own = if subchart.is_library { Fields::default() } else { values(subchart)? };
        // What is global is the whole chart's.
        if let Some(at) = own.known.iter().position(|field| field.key == "global") {
            let global = own.known.remove(at);
            merge(&mut fields, global);
        }
        if !subchart.is_library {
            let about = vec![format!("Values of the subchart {} {}.", subchart.name, subchart.version)];
            merge(&mut fields, Field { key: name.clone(), about, default: None, of: Type::Struct(own) });
        }
    }
    for field in &mut fields.known {
        // Subcharts that are not at hand, and whoever reads it next.
        let is_foreign = field.key == "global" || chart.missing.contains(&field.key);
        match &mut field.of {
            Type::Struct(fields) if is_foreign => fields.is_open = true,
            Type::Any if is_foreign => field.of = Type::Map(Box::new(Type::Any)),
            _ => {}
        }
    }
    Ok(fields)
}

/// What the templates of a chart read, those of libraries that it includes, too, and what switches its subcharts.
fn read(chart: &Chart, reads: &mut Reads) {
    for (path, text) in chart.texts("templates/") {
        if !path.starts_with("templates/tests/") || chart.is_library {
            reads.template(&text);
        }
    }
    for path in &chart.conditions {
        reads.add(path).is_switch = true;
    }
    for name in &chart.missing {
        reads.add(std::slice::from_ref(name)).is_passed_on = true;
    }
    for (_, library) in chart.subcharts.iter().filter(|(_, subchart)| subchart.is_library) {
        let mut own = Reads::default();
        read(library, &mut own);
        reads.extend(&own);
    }
}

/// Puts a subchart's field among the chart's: what the chart says of a value comes first.
fn merge(fields: &mut Fields, other: Field) {
    let Some(own) = fields.known.iter_mut().find(|field| field.key == other.key) else {
        fields.known.push(other);
        return;
    };
    if own.about.is_empty() {
        own.about = other.about;
    }
    own.of = match (std::mem::replace(&mut own.of, Type::Any), other.of) {
        (Type::Struct(mut own), Type::Struct(others)) => {
            own.is_open = others.is_open;
            others.known.into_iter().for_each(|field| merge(&mut own, field));
            Type::Struct(own)
        }
        (of, Type::Any) => of,
        // A default of the chart that the subchart's own type takes says no more than it does.
        (_, of) if own.default.as_ref().is_none_or(|default| of.takes(default)) => of,
        (of, Type::Text | Type::Bool | Type::Integer | Type::Number) => of,
        _ => Type::Any,
    };
    own.default = own.default.take().or(other.default);
}

struct Whole<'a> {
    comments: Comments<'a>,
    reads: &'a Reads,
}

impl Whole<'_> {
    fn fields(&self, path: &[String], default: Option<&Node>, schema: Option<Schema<'_>>, is_open: bool) -> Fields {
        let mut keys: Vec<&str> =
            default.map(Node::entries).unwrap_or_default().iter().map(|entry| &*entry.key).collect();
        let others = schema.into_iter().flat_map(Schema::keys).chain(self.reads.keys_below(path));
        for key in others {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let known = keys.into_iter().map(|key| {
            let path = [path, &[key.to_owned()]].concat();
            let schema = schema.and_then(|schema| schema.key(key));
            let (line, column) = place(default, key);
            let mut about = self.comments.about(&path, line, column);
            if about.is_empty() {
                about = schema.and_then(Schema::about).into_iter().flat_map(str::lines).map(str::to_owned).collect();
            }
            if let Some(choices) = schema.and_then(Schema::choices) {
                about.push(format!("One of {}.", choices.join(", ")));
            }
            let default = default.and_then(|node| node.get(key));
            let value = default.map(json);
            Field { of: self.of(&path, default, schema, is_open), key: key.to_owned(), about, default: value }
        });
        Fields { known: known.collect(), is_open }
    }

    fn of(&self, path: &[String], node: Option<&Node>, schema: Option<Schema<'_>>, is_open: bool) -> Type {
        let default = node.map_or(Value::Null, json);
        let by_schema = schema.and_then(|schema| self.by_schema(path, node, schema, is_open));
        match by_schema {
            // A schema that its own defaults break is no help.
            Some(of) if of.takes(&default) => return of,
            _ if schema.is_some_and(Schema::is_mixed) => return Type::Any,
            _ => {}
        }
        let read = self.reads.of(path);
        if let Some(of) = kubernetes(path.last().map_or("", String::as_str), &default)
            && (read.is_written_whole || read.is_passed_on)
        {
            return of;
        }
        match &default {
            Value::Bool(_) => Type::Bool,
            Value::Number(number) if number.is_f64() => Type::Number,
            Value::Number(_) => Type::Integer,
            // Where an empty one stands for nothing, what comes may be more than a text.
            Value::String(text) if text.is_empty() && read.is_written_whole => Type::Any,
            Value::String(_) => Type::Text,
            Value::Array(items) => Type::List(Box::new(scalar(items))),
            Value::Null if read.is_switch => Type::Bool,
            Value::Object(_) | Value::Null => self.map(path, node, schema, is_open),
        }
    }

    fn map(&self, path: &[String], node: Option<&Node>, schema: Option<Schema<'_>>, is_open: bool) -> Type {
        let read = self.reads.of(path);
        let is_read = !self.reads.keys_below(path).is_empty();
        let has_keys = schema.is_some_and(|schema| schema.keys().next().is_some());
        let is_map = node.is_some_and(|node| matches!(node.value, yaml::Value::Map(_)));
        let is_open = is_open || read.is_written_whole || read.is_passed_on;
        if is_read || has_keys {
            return Type::Struct(self.fields(
                path,
                node,
                schema,
                is_open || schema.is_some_and(|schema| schema.others().is_some()),
            ));
        }
        if !is_map {
            return Type::Any;
        }
        // What is written out as it is has keys of the person's own.
        let is_empty = node.is_none_or(|node| node.entries().is_empty());
        if is_empty || read.is_written_whole || is_open && path.len() > 1 && !read.is_passed_on {
            return Type::Map(Box::new(Type::Any));
        }
        Type::Struct(self.fields(path, node, schema, is_open))
    }

    fn by_schema(&self, path: &[String], node: Option<&Node>, schema: Schema<'_>, is_open: bool) -> Option<Type> {
        Some(match schema.form()? {
            Form::Bool => Type::Bool,
            Form::Integer => Type::Integer,
            Form::Number => Type::Number,
            Form::Text => Type::Text,
            Form::List => {
                let path = [path, &["item".to_owned()]].concat();
                let item = schema.items().filter(|_| path.len() < MOST_DEEP);
                let of = item.and_then(|item| match item.form()? {
                    // Its keys are the item's own, and none of what templates read here.
                    Form::Map if item.keys().next().is_none() => Some(Type::Map(Box::new(Type::Any))),
                    _ => of_item(&path, item),
                });
                Type::List(Box::new(of.unwrap_or(Type::Any)))
            }
            Form::Map if path.len() >= MOST_DEEP => Type::Map(Box::new(Type::Any)),
            Form::Map => match (schema.keys().next(), schema.others()) {
                (None, Some(others)) if self.reads.keys_below(path).is_empty() => {
                    let of = of_item(&[path, &["item".to_owned()]].concat(), others);
                    Type::Map(Box::new(of.unwrap_or(Type::Any)))
                }
                (Some(_), _) => self.map(path, node, Some(schema), is_open),
                (None, _) => return None,
            },
        })
    }
}

/// What a schema says deeper than this is a circle.
const MOST_DEEP: usize = 24;

/// The type of what lists and maps hold: comments and templates' reads say nothing of it.
fn of_item(path: &[String], schema: Schema<'_>) -> Option<Type> {
    Whole { comments: Comments::default(), reads: &Reads::default() }.by_schema(path, None, schema, false)
}

/// The type of scalars that are all of one.
fn scalar(items: &[Value]) -> Type {
    let of = match items.first() {
        Some(Value::String(_)) => Type::Text,
        Some(Value::Bool(_)) => Type::Bool,
        Some(Value::Number(_)) => Type::Integer,
        _ => return Type::Any,
    };
    if items.iter().all(|item| !item.is_null() && of.takes(item)) { of } else { Type::Any }
}

/// Kubernetes' own type of a value that charts pass on to it under this name, if its default is one.
fn kubernetes(key: &str, default: &Value) -> Option<Type> {
    let is_null = default.is_null()
        || default.as_object().is_some_and(Map::is_empty)
        || default.as_array().is_some_and(Vec::is_empty);
    let (of, is_one) = match key {
        "resources" => ("core::v1::ResourceRequirements", is_same::<v1::ResourceRequirements>(default)),
        "affinity" => ("core::v1::Affinity", is_same::<v1::Affinity>(default)),
        "tolerations" => ("core::v1::Toleration", is_same::<Vec<v1::Toleration>>(default)),
        "topologySpreadConstraints" => {
            ("core::v1::TopologySpreadConstraint", is_same::<Vec<v1::TopologySpreadConstraint>>(default))
        }
        "podSecurityContext" => ("core::v1::PodSecurityContext", is_same::<v1::PodSecurityContext>(default)),
        "containerSecurityContext" => ("core::v1::SecurityContext", is_same::<v1::SecurityContext>(default)),
        "nodeSelector" => {
            let is_one = default.is_null() || default.as_object().is_some_and(|map| map.values().all(Value::is_string));
            return is_one.then(|| Type::Map(Box::new(Type::Text)));
        }
        _ => return None,
    };
    let is_list = matches!(key, "tolerations" | "topologySpreadConstraints");
    let fits = if is_list { !default.is_object() } else { !default.is_array() };
    let of = Type::Kubernetes(of);
    (fits && (is_null || is_one)).then(|| if is_list { Type::List(Box::new(of)) } else { of })
}

/// Whether a value is what a type would write: nothing of it is lost.
fn is_same<T: DeserializeOwned + Serialize>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone())
        .is_ok_and(|read| serde_json::to_value(read).is_ok_and(|same| same == *value))
}

/// A node as JSON.
pub fn json(node: &Node) -> Value {
    serde_json::to_value(node).unwrap_or_default()
}
