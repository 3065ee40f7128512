//! Whether a value fits a structural schema, as the API server sees it: what it does not know, what is missing, and what has
//! another type, form or size.

mod format;
mod value;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSONSchemaProps as Schema, JSONSchemaPropsOrArray as Items, JSONSchemaPropsOrBool as Additional,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use regex_lite::Regex;

use super::syntax;
use crate::check::HashMap;
use crate::nearest::nearest;
use crate::yaml::{self, Node, Value};
use format::fault as format_fault;
use value::{is_of_type, is_same, kind, of_type, shown, shown_node};

/// What does not fit, and where.
pub struct Fault {
    /// The path of the value; of the map that lacks a field.
    pub path: String,
    /// The path of the schema that it does not fit, below the root's.
    pub schema: String,
    /// A clause about the value.
    pub fact: String,
    /// What to do.
    pub help: String,
}

/// The patterns of schemas, each of which is read once; none where it is of a kind that is not known here.
#[derive(Default)]
pub struct Schemas<'s> {
    patterns: HashMap<&'s str, Option<Regex>>,
}

/// Fields of every object.
const OF_OBJECTS: [&str; 3] = ["apiVersion", "kind", "metadata"];

impl<'s> Schemas<'s> {
    /// What in an object does not fit the schema of its version.
    pub fn faults(&mut self, schema: &'s Schema, node: &Node, drops_status: bool, keeps_unknown: bool) -> Vec<Fault> {
        let mut walk = Walk {
            patterns: &mut self.patterns,
            faults: Vec::new(),
            path: String::new(),
            schema: String::new(),
            is_dropped: false,
            keeps_unknown,
        };
        walk.map(node, schema, Some(schema), true, drops_status);
        walk.faults
    }
}

struct Walk<'w, 's> {
    patterns: &'w mut HashMap<&'s str, Option<Regex>>,
    faults: Vec<Fault>,
    path: String,
    schema: String,
    /// Whether the server drops what is here when the object is made: then only its fields have to be known.
    is_dropped: bool,
    /// Whether the server keeps fields that the schema does not know.
    keeps_unknown: bool,
}

impl<'s> Walk<'_, 's> {
    fn add(&mut self, fact: impl Into<String>, help: impl Into<String>) {
        if !self.is_dropped {
            let (path, schema) = (self.path.clone(), self.schema.clone());
            self.faults.push(Fault { path, schema, fact: fact.into(), help: help.into() });
        }
    }

    /// Looks at what is in a value: one step on in its path and in the schema's.
    fn within(&mut self, step: Step<'_>, schema_step: &str, look: impl FnOnce(&mut Self)) {
        let (path, schema) = (self.path.len(), self.schema.len());
        step.push(&mut self.path);
        self.schema.push_str(schema_step);
        look(self);
        self.path.truncate(path);
        self.schema.truncate(schema);
    }

    /// A value and the schema of it. In the logic of a schema (`anyOf` and so on) `whole` is the schema around it, which has the
    /// defaults; a value that is reported there is not reported again.
    fn value(&mut self, node: &Node, schema: &'s Schema, whole: Option<&'s Schema>) {
        if node.value == Value::Null {
            let any = schema.type_.is_none() && schema.x_kubernetes_int_or_string != Some(true);
            if schema.nullable != Some(true) && !any {
                self.add(format!("is null, not {}", of_type(schema)), "write a value, or remove it");
            }
            return;
        }
        if !is_of_type(node, schema) {
            let mut help = format!("write {}", of_type(schema));
            if schema.type_.as_deref() == Some("string") && matches!(node.value, Value::Number(_) | Value::Bool(_)) {
                "put it in quotes".clone_into(&mut help);
            }
            self.add(format!("is {}, not {}", kind(node), of_type(schema)), help);
            return;
        }
        if let Some(known) = schema.enum_.as_ref().filter(|known| !known.iter().any(|known| is_same(node, &known.0))) {
            let names: Vec<_> = known.iter().map(|known| shown(&known.0)).collect();
            let meant = node.text().and_then(|text| nearest(text, known.iter().filter_map(|known| known.0.as_str())));
            let help = meant
                .map_or_else(|| format!("it is one of {}", names.join(", ")), |meant| format!("did you mean {meant}?"));
            self.add(format!("is {}, which the schema does not know", shown_node(node)), help);
        }
        match &node.value {
            Value::String(text) => self.text(text, schema),
            Value::Number(number) => self.number(number.as_f64().unwrap_or_default(), schema),
            Value::List(items) => self.list(items, schema, whole),
            Value::Map(_) => self.map(node, schema, whole, false, false),
            Value::Null | Value::Bool(_) => {}
        }
        self.logic(node, schema, whole);
    }

    fn logic(&mut self, node: &Node, schema: &'s Schema, whole: Option<&'s Schema>) {
        for (number, part) in schema.all_of.iter().flatten().enumerate() {
            self.within(Step::Here, &format!(".allOf[{number}]"), |walk| walk.value(node, part, whole));
        }
        let fitting =
            |walk: &mut Self, schemas: &'s [Schema]| schemas.iter().filter(|part| walk.fits(node, part, whole)).count();
        if let Some(any) = &schema.any_of
            && fitting(self, any) == 0
        {
            self.add("fits none of the schema's anyOf", "see what the schema allows there");
        }
        if let Some(one) = &schema.one_of {
            match fitting(self, one) {
                1 => {}
                0 => self.add(format!("fits none of the schema's oneOf{}", choices(one)), "write one of them"),
                _ => self.add(format!("fits more than one of the schema's oneOf{}", choices(one)), "keep one of them"),
            }
        }
        if let Some(not) = &schema.not
            && self.fits(node, not, whole)
        {
            self.add("is what the schema's not excludes", "see what the schema allows there");
        }
    }

    fn fits(&mut self, node: &Node, schema: &'s Schema, whole: Option<&'s Schema>) -> bool {
        let (before, was_dropped) = (self.faults.len(), self.is_dropped);
        self.is_dropped = false;
        // What the logic does not name is no field that is unknown.
        self.value(node, schema, whole);
        self.is_dropped = was_dropped;
        let fits = self.faults.len() == before;
        self.faults.truncate(before);
        fits
    }

    fn text(&mut self, text: &str, schema: &'s Schema) {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        self.bounds(length, schema.min_length, schema.max_length, "characters");
        if let Some(pattern) = &schema.pattern {
            let matches = self.patterns.entry(pattern).or_insert_with(|| Regex::new(pattern).ok());
            if matches.as_ref().is_some_and(|regex| !regex.is_match(text)) {
                self.add(format!("is {text:?}"), format!("it has to match {pattern}"));
            }
        }
        if let Some(why) = schema.format.as_deref().and_then(|format| format_fault(text, format)) {
            self.add(format!("is {text:?}"), why);
        }
    }

    fn bounds(&mut self, count: i64, least: Option<i64>, most: Option<i64>, what: &str) {
        if let Some(least) = least.filter(|least| count < *least) {
            self.add(format!("has {count} {what}"), format!("{least} is the least"));
        }
        if let Some(most) = most.filter(|most| count > *most) {
            self.add(format!("has {count} {what}"), format!("{most} is the most"));
        }
    }

    fn number(&mut self, number: f64, schema: &Schema) {
        let (above, below) = (schema.exclusive_minimum == Some(true), schema.exclusive_maximum == Some(true));
        if let Some(least) = schema.minimum.filter(|least| number < *least || above && number <= *least) {
            self.add(
                format!("is {number}"),
                if above { format!("it is above {least}") } else { format!("{least} is the least") },
            );
        }
        if let Some(most) = schema.maximum.filter(|most| number > *most || below && number >= *most) {
            self.add(
                format!("is {number}"),
                if below { format!("it is below {most}") } else { format!("{most} is the most") },
            );
        }
        if let Some(factor) =
            schema.multiple_of.filter(|factor| *factor > 0.0 && (number / factor).fract().abs() > 1e-9)
        {
            self.add(format!("is {number}"), format!("it is a multiple of {factor}"));
        }
        if schema.format.as_deref() == Some("int32") && (number < f64::from(i32::MIN) || number > f64::from(i32::MAX)) {
            self.add(format!("is {number}"), "it is a number of 32 bits");
        }
    }

    fn list(&mut self, items: &[Node], schema: &'s Schema, whole: Option<&'s Schema>) {
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        self.bounds(count, schema.min_items, schema.max_items, "items");
        let own = items_of(schema);
        let of_whole = whole.and_then(items_of);
        for (number, item) in items.iter().enumerate() {
            if let Some(own) = own {
                self.within(Step::Item(number), ".items", |walk| walk.value(item, own, of_whole));
            }
        }
        let keys = schema.x_kubernetes_list_map_keys.as_deref().unwrap_or_default();
        let identity = |item: &Node| match schema.x_kubernetes_list_type.as_deref() {
            Some("set") => Some(shown_node(item)),
            Some("map") => Some(
                keys.iter()
                    .map(|key| format!("{key}: {}", value_or_default(item, key, own)))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            _ => None,
        };
        let mut seen = BTreeMap::new();
        for (number, identity) in items.iter().enumerate().filter_map(|(number, item)| Some((number, identity(item)?)))
        {
            if let Some(first) = seen.insert(identity.clone(), number) {
                self.within(Step::Item(number), "", |walk| {
                    walk.add(format!("is {identity} again, as item {first}"), "remove or change one of them");
                });
            }
        }
    }

    fn map(&mut self, node: &Node, schema: &'s Schema, whole: Option<&'s Schema>, is_root: bool, drops_status: bool) {
        let entries = node.entries();
        let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        if !is_root {
            self.bounds(count, schema.min_properties, schema.max_properties, "fields");
        }
        let has_default =
            |key: &str| whole.and_then(|whole| property(whole, key)).is_some_and(|own| own.default.is_some());
        for key in schema.required.iter().flatten() {
            let is_object_field = is_root && OF_OBJECTS.contains(&key.as_str());
            // Null is nothing, unless the schema says that it is a value.
            let is_there = node.get(key).is_some_and(|value| {
                let is_nullable =
                    || whole.and_then(|whole| property(whole, key)).is_some_and(|own| own.nullable == Some(true));
                value.value != Value::Null || is_nullable()
            });
            if !is_there && !has_default(key) && !is_object_field {
                self.add(format!("needs {key}"), format!("set {key}"));
            }
        }
        let is_embedded = schema.x_kubernetes_embedded_resource == Some(true);
        if is_embedded {
            self.embedded(node);
        }
        // Logic does not say what fields there are.
        let is_logic = whole.is_none_or(|whole| !std::ptr::eq(whole, schema));
        let is_open = is_logic || self.keeps_unknown || schema.x_kubernetes_preserve_unknown_fields == Some(true);
        for entry in entries {
            let key = entry.key.as_str();
            if (is_root || is_embedded) && OF_OBJECTS.contains(&key) {
                continue;
            }
            let own = schema.properties.as_ref().and_then(|known| known.get(key));
            let (inner, step) = match (own, &schema.additional_properties) {
                (Some(own), _) => (Some(own), properties_step(key)),
                (None, Some(Additional::Schema(others))) => (Some(&**others), ".additionalProperties".to_owned()),
                (None, Some(Additional::Bool(true))) => (None, String::new()),
                _ if is_open => (None, String::new()),
                _ => {
                    self.unknown(key, schema, is_root);
                    (None, String::new())
                }
            };
            if entry.value.value == Value::Null && inner.is_some_and(|inner| inner.nullable != Some(true)) {
                continue;
            }
            if let Some(inner) = inner {
                let of_whole = if is_logic { whole.and_then(|whole| property(whole, key)) } else { Some(inner) };
                let was_dropped = self.is_dropped;
                self.is_dropped |= is_root && drops_status && key == "status";
                self.within(Step::Field(key), &step, |walk| walk.value(&entry.value, inner, of_whole));
                self.is_dropped = was_dropped;
            }
        }
        if is_root {
            self.logic(node, schema, whole);
            self.metadata(node, schema);
        }
    }

    fn unknown(&mut self, key: &str, schema: &Schema, is_root: bool) {
        let known = schema.properties.iter().flat_map(BTreeMap::keys).map(String::as_str);
        let of_objects = if is_root { &OF_OBJECTS[..] } else { &[] };
        let help = match nearest(key, known.chain(of_objects.iter().copied())) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "remove it, or correct its name".to_owned(),
        };
        let mut path = self.path.clone();
        Step::Field(key).push(&mut path);
        let (schema, fact) = (self.schema.clone(), "the schema does not know this field".to_owned());
        self.faults.push(Fault { path, schema, fact, help });
    }

    /// An object in an object has what every object has.
    fn embedded(&mut self, node: &Node) {
        for key in ["apiVersion", "kind"] {
            if node.get(key).and_then(Node::text).is_none_or(str::is_empty) {
                self.add(format!("needs {key}"), format!("set {key}"));
            }
        }
        let why =
            node.get("kind").and_then(Node::text).and_then(|kind| syntax::dns_1035_label(&kind.to_ascii_lowercase()));
        if let Some(why) = why {
            self.within(Step::Field("kind"), "", |walk| walk.add("is no kind", why));
        }
        let Some(metadata) = node.get("metadata") else { return };
        let name = metadata.get("name").and_then(Node::text);
        if let Some(why) = name.and_then(syntax::path_segment) {
            self.within(Step::Path("metadata", "name"), "", |walk| {
                walk.add(format!("is {:?}", name.unwrap_or_default()), why);
            });
        }
        for entry in metadata.get("labels").map(Node::entries).unwrap_or_default() {
            let value = entry.value.text().unwrap_or_default();
            if let Some(why) = syntax::qualified_name(&entry.key).or_else(|| syntax::label_value(value)) {
                self.within(Step::Path("metadata", "labels"), "", |walk| {
                    walk.add(format!("has {}: {value:?}", entry.key), why);
                });
            }
        }
        for problem in yaml::decode::<ObjectMeta>(metadata).err().into_iter().flatten() {
            let help = problem.help.unwrap_or_else(|| "see the metadata of any object".to_owned());
            self.within(Step::Path("metadata", &problem.path), "", |walk| walk.add(problem.message, help));
        }
    }

    /// A definition can say what names look like.
    fn metadata(&mut self, node: &Node, schema: &'s Schema) {
        // Of metadata that says anything, the name is looked at as that of any object.
        if node
            .get("metadata")
            .is_none_or(|metadata| metadata.entries().iter().all(|entry| entry.value.text().is_none_or(str::is_empty)))
        {
            self.add("needs metadata.name", "give it a name");
        }
        let (Some(metadata), Some(own)) = (node.get("metadata"), property(schema, "metadata")) else { return };
        for key in ["name", "generateName"] {
            if let (Some(value), Some(own)) = (metadata.get(key), property(own, key)) {
                self.within(Step::Path("metadata", key), &format!(".properties.metadata.properties.{key}"), |walk| {
                    walk.value(value, own, Some(own));
                });
            }
        }
    }
}

/// The way from a value to one in it.
enum Step<'k> {
    Here,
    Field(&'k str),
    Item(usize),
    Path(&'k str, &'k str),
}

impl Step<'_> {
    fn push(self, path: &mut String) {
        match self {
            Self::Here => {}
            Self::Item(number) => _ = write!(path, "[{number}]"),
            Self::Field(key) => push_field(path, key),
            Self::Path(field, rest) => {
                push_field(path, field);
                let dot = if rest.is_empty() || rest.starts_with('[') { "" } else { "." };
                _ = write!(path, "{dot}{rest}");
            }
        }
    }
}

fn push_field(path: &mut String, key: &str) {
    let is_plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-$".contains(&byte)) && !key.is_empty();
    let dot = if path.is_empty() { "" } else { "." };
    _ = if is_plain { write!(path, "{dot}{key}") } else { write!(path, "[\"{key}\"]") };
}

fn properties_step(key: &str) -> String {
    let mut step = ".properties".to_owned();
    push_field(&mut step, key);
    step
}

fn property<'s>(schema: &'s Schema, key: &str) -> Option<&'s Schema> {
    match (schema.properties.as_ref().and_then(|known| known.get(key)), &schema.additional_properties) {
        (Some(own), _) => Some(own),
        (None, Some(Additional::Schema(others))) => Some(others),
        _ => None,
    }
}

fn items_of(schema: &Schema) -> Option<&Schema> {
    match &schema.items {
        Some(Items::Schema(items)) => Some(items),
        _ => None,
    }
}

fn value_or_default(item: &Node, key: &str, schema: Option<&Schema>) -> String {
    let default =
        || schema.and_then(|schema| property(schema, key)?.default.as_ref()).map(|default| default.0.to_string());
    item.get(key).map(shown_node).or_else(default).unwrap_or_default()
}

/// What a oneOf chooses between, where each part asks for fields.
fn choices(parts: &[Schema]) -> String {
    let fields: Vec<_> =
        parts.iter().filter_map(|part| part.required.as_deref()?.first()).map(String::as_str).collect();
    if fields.len() == parts.len() { format!(": {}", fields.join(", ")) } else { String::new() }
}
