//! The fields of k8s-openapi's structs, and of stackwright-crds': what a literal of one is written by.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Number, Value};

/// A struct.
#[derive(Debug)]
pub struct Struct {
    /// Its path in k8s-openapi, or that of another crate.
    pub path: &'static str,
    /// Its fields, in their order.
    pub fields: Vec<Field>,
    /// The feature of stackwright-crds that it takes, if it is not k8s-openapi's.
    pub feature: Option<&'static str>,
}

/// An enum of texts.
#[derive(Debug)]
pub struct Enum {
    pub path: &'static str,
    /// The name of each in Rust, by its text.
    pub variants: HashMap<&'static str, &'static str>,
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
    /// An enum of the table.
    Enum(&'static Enum),
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
            _ => match (TABLE.structs.get(self.0), TABLE.enums.get(self.0)) {
                (Some(found), _) => Shape::Struct(found),
                (_, Some(found)) => Shape::Enum(found),
                _ => Shape::Leaf(last(self.0)),
            },
        }
    }

    /// The path of what has no literal in a value of this type; none where all of it has.
    fn misfit(self, value: &Value) -> Option<String> {
        match (self.shape(), value) {
            (Shape::Option(inner), value) => inner.misfit(value),
            (Shape::List(inner), Value::Array(items)) => {
                let misfit = |(number, item)| Some(format!("[{number}]{}", inner.misfit(item)?));
                items.iter().enumerate().find_map(misfit)
            }
            (Shape::Map(inner), Value::Object(entries)) => {
                entries.iter().find_map(|(key, value)| Some(format!(".{key}{}", inner.misfit(value)?)))
            }
            (Shape::Struct(found), Value::Object(_)) => found.misfit(value),
            (Shape::Enum(found), Value::String(text)) if found.variants.contains_key(text.as_str()) => None,
            (Shape::Leaf("String" | "Quantity" | "IntOrString" | "ByteString"), Value::String(_))
            | (Shape::Leaf("bool"), Value::Bool(_))
            | (Shape::Leaf("Value"), _) => None,
            (Shape::Leaf("i64"), Value::Number(number)) if number.is_i64() => None,
            (Shape::Leaf("i32" | "IntOrString"), Value::Number(number)) if is_small(number) => None,
            _ => Some(String::new()),
        }
    }

    /// Its path in k8s-openapi, or that of another crate.
    pub fn path(self) -> &'static str {
        self.0
    }
}

impl Struct {
    /// Its name without its module.
    pub fn name(&self) -> &'static str {
        last(self.path)
    }

    /// The path of what has no literal in a value: what the struct has no field for, a point in time, what its type can't be, and what is
    /// required and not there.
    pub fn misfit(&self, value: &Value) -> Option<String> {
        let entries = value.as_object()?;
        let missing = self
            .fields
            .iter()
            .find(|field| !matches!(field.kind.shape(), Shape::Option(_)) && !entries.contains_key(field.json));
        if let Some(missing) = missing {
            return Some(format!(".{}", missing.json));
        }
        let mut fields = entries.iter().filter(|(key, _)| !["apiVersion", "kind"].contains(&key.as_str()));
        fields.find_map(|(key, value)| {
            let below = self.field(key).map_or(Some(String::new()), |field| field.kind.misfit(value))?;
            Some(format!(".{key}{below}"))
        })
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

/// A path as a program has it: k8s-openapi's begin with no crate.
pub fn whole(path: &str) -> String {
    if path.starts_with(CRDS) { path.to_owned() } else { format!("k8s_openapi::{path}") }
}

/// What paths of stackwright-crds begin with.
const CRDS: &str = "stackwright_crds::";

/// Whether a number is one of 32 bits.
fn is_small(number: &Number) -> bool {
    number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
}

#[derive(Default)]
struct Table {
    structs: HashMap<&'static str, Struct>,
    enums: HashMap<&'static str, Enum>,
    /// The path and scope of each kind, by its apiVersion and name.
    objects: HashMap<(&'static str, &'static str), (&'static str, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    let (mut feature, mut open) = (None, "");
    let lines = include_str!("types.txt").lines().chain(include_str!("crds.txt").lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("= ") {
            feature = Some(name);
        } else if let Some(line) = line.strip_prefix(' ') {
            match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
                [name, "=", text] => {
                    let found =
                        table.enums.entry(open).or_insert_with(|| Enum { path: open, variants: HashMap::new() });
                    found.variants.insert(text, name);
                }
                [name, json, kind] => {
                    let found =
                        table.structs.entry(open).or_insert_with(|| Struct { path: open, fields: vec![], feature });
                    found.fields.push(Field { name, json, kind: Type(kind) });
                }
                _ => {}
            }
        } else {
            let words: Vec<&'static str> = line.split(' ').collect();
            open = words[0];
            if let [path, api_version, kind, scope] = words[..] {
                table.objects.insert((api_version, kind), (path, scope));
            }
        }
    }
    table
});
