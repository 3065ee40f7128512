//! The fields of k8s-openapi's structs: what a literal of one is written by.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

/// A struct.
#[derive(Debug)]
pub struct Struct {
    /// Its path in k8s-openapi.
    pub path: &'static str,
    /// Its fields, in their order.
    pub fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its name in JSON.
    pub json: &'static str,
    /// Its type.
    pub kind: Type,
}

/// A type, in the table's notation: `?` an option, `[` a list, `{` a map from texts, a path.
#[derive(Debug, Clone, Copy)]
pub struct Type(&'static str);

/// What a type is.
pub enum Shape {
    Option(Type),
    List(Type),
    Map(Type),
    /// A struct of the table.
    Struct(&'static Struct),
    /// Any other, by the last part of its path.
    Leaf(&'static str),
}

impl Type {
    pub fn shape(self) -> Shape {
        let inner = || Type(&self.0[1..]);
        match self.0.as_bytes().first() {
            Some(b'?') => Shape::Option(inner()),
            Some(b'[') => Shape::List(inner()),
            Some(b'{') => Shape::Map(inner()),
            _ => match TABLE.structs.get(self.0) {
                Some(found) => Shape::Struct(found),
                None => Shape::Leaf(last(self.0)),
            },
        }
    }

    fn holds(self, value: &Value) -> bool {
        match (self.shape(), value) {
            (Shape::Option(inner), value) => inner.holds(value),
            (Shape::List(inner), Value::Array(items)) => items.iter().all(|item| inner.holds(item)),
            (Shape::Map(inner), Value::Object(entries)) => entries.values().all(|value| inner.holds(value)),
            (Shape::Struct(found), Value::Object(_)) => found.holds(value),
            (Shape::Leaf(name), _) => {
                ["String", "bool", "i32", "i64", "Quantity", "IntOrString", "ByteString"].contains(&name)
            }
            _ => false,
        }
    }

    /// Its path in k8s-openapi.
    pub fn path(self) -> &'static str {
        self.0
    }
}

impl Struct {
    /// Its name without its module.
    pub fn name(&self) -> &'static str {
        last(self.path)
    }

    /// Whether a value can be written as literals: it has no points in time and nothing that is open.
    pub fn holds(&self, value: &Value) -> bool {
        let is_type = |key: &str| ["apiVersion", "kind"].contains(&key);
        let mut fields = value.as_object().into_iter().flatten();
        fields.all(|(key, value)| is_type(key) || self.field(key).is_some_and(|field| field.kind.holds(value)))
    }

    pub fn field(&self, json: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.json == json)
    }
}

/// The struct of a kind of objects.
pub fn object(api_version: &str, kind: &str) -> Option<&'static Struct> {
    let (path, _) = TABLE.objects.get(&(api_version, kind))?;
    TABLE.structs.get(path)
}

/// A struct that objects of an apiVersion are made of, by its name.
pub fn of_kind(api_version: &str, name: &str) -> Option<&'static Struct> {
    let in_version = |((version, _), (path, _)): (&(&'static str, _), &(&'static str, _))| {
        (*version == api_version).then(|| path.rsplit_once("::").map(|(module, _)| module)).flatten()
    };
    let module = TABLE.objects.iter().find_map(in_version)?;
    TABLE.structs.get(format!("{module}::{name}").as_str())
}

/// Whether objects of a kind are in namespaces; none where that is not known.
pub fn is_namespaced(api_version: &str, kind: &str) -> Option<bool> {
    TABLE.objects.get(&(api_version, kind)).map(|(_, scope)| *scope == "namespace")
}

/// The last part of a path.
pub fn last(path: &'static str) -> &'static str {
    path.rsplit("::").next().unwrap_or(path)
}

struct Table {
    structs: HashMap<&'static str, Struct>,
    /// The path and scope of each kind, by its apiVersion and name.
    objects: HashMap<(&'static str, &'static str), (&'static str, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { structs: HashMap::new(), objects: HashMap::new() };
    let mut open: Option<Struct> = None;
    for line in include_str!("types.txt").lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&'static str> = line.split_whitespace().collect();
        match (line.starts_with(' '), &words[..]) {
            (true, [name, json, kind]) => {
                if let Some(open) = &mut open {
                    open.fields.push(Field { name, json, kind: Type(kind) });
                }
            }
            (_, [path, object @ ..]) => {
                if let [api_version, kind, scope] = object {
                    table.objects.insert((api_version, kind), (path, scope));
                }
                let done = open.replace(Struct { path, fields: Vec::new() });
                table.structs.extend(done.map(|done| (done.path, done)));
            }
            _ => {}
        }
    }
    table.structs.extend(open.map(|done| (done.path, done)));
    table
});
