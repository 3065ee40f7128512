//! Values as the literals of their types.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Given;
use super::comments::Comments;
use super::constructors::{self, Base};
use super::expression::{Code, Item, quoted};
use super::files::Files;
use super::module::{Bound, Scope};
use super::needs::Needs;
use super::objects;
use super::references::{Site, Target};
use super::types::{self, Shape, Struct, Type};

/// Writes one object.
pub struct Writer<'a> {
    pub given: &'a Given,
    /// All objects, by their places.
    pub all: &'a [Given],
    pub scope: &'a mut Scope,
    pub needs: &'a mut Needs,
    pub comments: Comments,
    /// What its fields refer to, by their paths.
    pub sites: HashMap<String, Site>,
    /// The paths of references that became references in Rust.
    pub recovered: HashSet<String>,
    /// What has to be bound before it: the volumes of its pods.
    pub lets: Vec<(String, Code)>,
    /// The variables of the volumes that are bound, by their names.
    pub volumes: HashMap<String, String>,
}

impl<'a> Writer<'a> {
    /// A value of a type; none where there is no literal of it.
    pub fn value(&mut self, kind: Type, value: &Value, path: &str) -> Option<Code> {
        match kind.shape() {
            Shape::Option(inner) => {
                if let Some(reference) = self.reference(path, true) {
                    return Some(reference);
                }
                Some(Code::some(self.value(inner, value, path)?))
            }
            Shape::List(inner) => {
                let mut items = Vec::new();
                for (number, item) in value.as_array()?.iter().enumerate() {
                    let path = format!("{path}/{number}");
                    let comments = self.comments.take(&path);
                    items.push(Item { comments, code: self.value(inner, item, &path)? });
                }
                Some(Code::vector(items))
            }
            Shape::Map(inner) => self.map(inner, value, path),
            Shape::Struct(found) => self.structure(found, value, path),
            Shape::Enum(found) => {
                let variant = found.variants.get(value.as_str()?)?;
                Some(Code::Plain(format!("{}::{variant}", self.needs.named(found.path))))
            }
            Shape::Leaf(name) => self.leaf(kind, name, value, path),
        }
    }

    fn map(&mut self, inner: Type, value: &Value, path: &str) -> Option<Code> {
        let entries = value.as_object()?;
        if let Some(code) = constructors::map(self, inner, entries, path) {
            return Some(code);
        }
        let mut items = Vec::new();
        for (key, value) in entries {
            let path = format!("{path}/{key}");
            let comments = self.comments.take(&path);
            let code = self.value(inner, value, &path)?;
            items.push(Item { comments, code: Code::pair(Code::Plain(format!("{}.into()", quoted(key))), code) });
        }
        if items.is_empty() {
            return Some(Code::plain("default()"));
        }
        self.needs.others.insert("std::collections::BTreeMap");
        Some(Code::call("BTreeMap::from", vec![Code::array(items)]))
    }

    /// A struct: by a constructor where one makes it, or most of it; else by its fields.
    pub fn structure(&mut self, kind: &'static Struct, value: &Value, path: &str) -> Option<Code> {
        let base = constructors::base(self, kind, value, path);
        self.structure_over(kind, value, path, base)
    }

    /// A struct by the fields in which it differs from a base.
    pub fn structure_over(
        &mut self,
        kind: &'static Struct,
        value: &Value,
        path: &str,
        base: Option<Base>,
    ) -> Option<Code> {
        let entries = value.as_object()?;
        let is_known = |key: &String| ["apiVersion", "kind"].contains(&key.as_str()) || kind.field(key).is_some();
        if !entries.keys().all(is_known) {
            return None;
        }
        let mut fields = Vec::new();
        for field in &kind.fields {
            let Some(value) = entries.get(field.json) else { continue };
            if base.as_ref().is_some_and(|base| base.value.get(field.json) == Some(value)) {
                continue;
            }
            let path = format!("{path}/{}", field.json);
            if base.is_none() && is_default(field.kind, value) {
                continue;
            }
            let comments = self.comments.take(&path);
            fields.push((field.name.to_owned(), Item { comments, code: self.value(field.kind, value, &path)? }));
        }
        let base = base.map(|base| base.code);
        Some(match (fields.len(), base) {
            (0, base) => base.unwrap_or_else(|| Code::plain("default()")),
            (count, None) if count == kind.fields.len() => {
                Code::Struct { name: self.needs.named(kind.path), fields, base: None }
            }
            (_, base) => {
                let base = base.unwrap_or_else(|| Code::plain("default()"));
                Code::Struct { name: self.needs.named(kind.path), fields, base: Some(Box::new(base)) }
            }
        })
    }

    fn leaf(&mut self, kind: Type, name: &str, value: &Value, path: &str) -> Option<Code> {
        Some(match (name, value) {
            ("String", Value::String(text)) => match self.reference(path, false) {
                Some(code) => code,
                None => self.text(text, path, ".into()"),
            },
            ("Value", value) if objects::is_short(value) => {
                self.needs.others.insert("serde_json::json");
                Code::call("json!", vec![objects::json(value)])
            }
            ("bool", Value::Bool(value)) => Code::plain(value.to_string()),
            ("i32" | "i64", Value::Number(number)) if number.is_i64() => Code::plain(number.to_string()),
            ("Quantity", Value::String(text)) => {
                Code::Plain(format!("{}({}.into())", self.needs.named(kind.path()), quoted(text)))
            }
            ("IntOrString", Value::Number(number)) => {
                Code::Plain(format!("{}::Int({number})", self.needs.named(kind.path())))
            }
            ("IntOrString", Value::String(text)) => {
                let name = self.needs.named(kind.path());
                let text = self.port(text, path).unwrap_or_else(|| quoted(text));
                Code::Plain(format!("{name}::String({text}.into())"))
            }
            ("ByteString", Value::String(text)) => {
                self.needs.others.insert("k8s_openapi::ByteString");
                let bytes: k8s_openapi::ByteString = serde_json::from_value(text.as_str().into()).ok()?;
                let code = match String::from_utf8(bytes.0) {
                    Ok(text) => self.text(&text, path, ".into()"),
                    Err(error) => {
                        let bytes = error.as_bytes().iter().map(|byte| Code::plain(byte.to_string()).into());
                        Code::vector(bytes.collect())
                    }
                };
                Code::call("ByteString", vec![code])
            }
            _ => return None,
        })
    }

    /// A text, in a file of its own where it is long.
    pub fn text(&mut self, text: &str, path: &str, after: &str) -> Code {
        if let Some(constant) = self.shared(text, path) {
            return Code::Plain(format!("{constant}{after}"));
        }
        if !Files::is_long(text) {
            return Code::Plain(format!("{}{after}", quoted(text)));
        }
        let (above, key) = path.rsplit_once('/').unwrap_or_default();
        // A ConfigMap's keys are mostly names of files; what else is long is called after its object and field.
        let name = if above.ends_with("/data") || above.ends_with("/binaryData") {
            if key.contains('.') { key.to_owned() } else { format!("{}-{key}", self.given.name()) }
        } else {
            let field = path.split('/').rfind(|part| part.parse::<usize>().is_err() && !part.is_empty());
            format!("{}-{}", self.given.name(), field.unwrap_or("text"))
        };
        let file = self.needs.files.path(&name, text);
        Code::Plain(format!("include_str!({}){after}", quoted(&file)))
    }

    /// The constant of a text that objects share, where the field is one that names it.
    fn shared(&mut self, text: &str, path: &str) -> Option<String> {
        let (above, field) = path.rsplit_once('/')?;
        if field == "namespace" || path == "/metadata/name" && self.given.kind == "Namespace" {
            return self.needs.constants.namespace(text).map(str::to_owned);
        }
        let is_port = field == "name" && (above.rsplit('/').nth(1) == Some("ports") || above.ends_with("/port"));
        if is_port { self.port(text, path) } else { None }
    }

    /// The constant of a port's name.
    pub fn port(&mut self, text: &str, path: &str) -> Option<String> {
        let constant = self.needs.constants.port(text)?;
        self.recovered.insert(path.to_owned());
        Some(constant.to_owned())
    }

    /// What a field refers to, by the variable that holds it.
    pub fn reference(&mut self, path: &str, is_option: bool) -> Option<Code> {
        let site = self.sites.get(path)?;
        let code = match &site.target {
            Target::Name(key) => {
                let bound = self.scope.bound(key)?;
                Some(match (bound.is_secret, is_option) {
                    (true, false) => format!("{}.name.clone()", bound.variable),
                    (true, true) => format!("Some({}.name.clone())", bound.variable),
                    (false, true) => format!("{}.metadata.name.clone()", bound.variable),
                    (false, false) => format!("{}.metadata.name.clone().unwrap_or_default()", bound.variable),
                })
            }
            Target::Selector { workload, is_exact: true, is_map } if is_option => {
                let bound = self.scope.bound(workload)?;
                Some(if *is_map {
                    format!("{}.spec.selector.match_labels.clone()", bound.variable)
                } else {
                    format!("Some({}.spec.selector.clone())", bound.variable)
                })
            }
            _ => None,
        }?;
        self.recovered.insert(path.to_owned());
        Some(Code::Plain(code))
    }

    /// The object that a field refers to, as an argument, if it is bound.
    pub fn referred(&self, path: &str) -> Option<Bound> {
        match &self.sites.get(path)?.target {
            Target::Name(key) => self.scope.bound(key).cloned(),
            _ => None,
        }
    }

    /// What a bound object is.
    pub fn value_of(&self, bound: &Bound) -> &'a Value {
        &self.all[bound.place].value
    }

    /// The workload that a selector is the own one of, if it is bound.
    pub fn selected(&self, path: &str) -> Option<Bound> {
        match &self.sites.get(path)?.target {
            Target::Selector { workload, is_exact: true, .. } => self.scope.bound(workload).cloned(),
            _ => None,
        }
    }

    /// The type of a field of this struct, or of the items that it lists.
    pub fn value_kind(&self, name: &str, field: &str) -> Option<Type> {
        let mut kind = types::of_kind(&self.given.api_version, name)?.field(field)?.kind;
        while let Shape::Option(inner) | Shape::List(inner) = kind.shape() {
            kind = inner;
        }
        Some(kind)
    }

    /// Notes that a constructor makes the references at and below a path.
    pub fn recover(&mut self, path: &str) {
        let below = self.sites.keys().filter(|at| at.starts_with(path)).cloned();
        self.recovered.extend(below);
    }
}

/// Whether a value is what `default()` gives for a field that is no option.
fn is_default(kind: Type, value: &Value) -> bool {
    match (kind.shape(), value) {
        (Shape::Option(_) | Shape::Enum(_), _) => false,
        (Shape::Leaf("Value"), value) => value.is_null(),
        (_, Value::String(text)) => text.is_empty(),
        (_, Value::Array(items)) => items.is_empty(),
        (_, Value::Object(entries)) => entries.is_empty(),
        (_, Value::Bool(value)) => !value,
        (_, Value::Number(number)) => number.as_i64() == Some(0),
        (_, Value::Null) => true,
    }
}
