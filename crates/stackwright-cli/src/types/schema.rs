//! The types that a schema asks for.

use std::collections::{BTreeSet, HashSet};

use stackwright::Error;
use stackwright::yaml::{Entry, Node, Value};

use super::{broken, names};

/// A struct or an enum.
pub struct Item {
    pub name: String,
    pub description: String,
    pub body: Body,
}

pub enum Body {
    Struct(Fields),
    Enum(Vec<Variant>),
}

/// The fields of a struct.
pub struct Fields {
    pub fields: Vec<Field>,
    /// The field that keeps what the schema doesn't name, and its type.
    pub rest: Option<(String, String)>,
}

pub struct Field {
    /// In JSON.
    pub key: String,
    /// In Rust.
    pub name: String,
    pub type_: String,
    pub is_optional: bool,
    pub description: String,
}

pub struct Variant {
    pub value: String,
    pub name: String,
    pub is_default: bool,
}

/// The types of k8s-openapi and of Rust that a module imports, by their names.
pub const IMPORTS: &[(&str, &str)] = &[
    ("Affinity", "k8s_openapi::api::core::v1::Affinity"),
    ("BTreeMap", "std::collections::BTreeMap"),
    ("Deserialize", "serde::Deserialize"),
    ("IntOrString", "k8s_openapi::apimachinery::pkg::util::intstr::IntOrString"),
    ("LabelSelector", "k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector"),
    ("ObjectMeta", "k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta"),
    ("Quantity", "k8s_openapi::apimachinery::pkg::api::resource::Quantity"),
    ("ResourceRequirements", "k8s_openapi::api::core::v1::ResourceRequirements"),
    ("Serialize", "serde::Serialize"),
    ("Toleration", "k8s_openapi::api::core::v1::Toleration"),
];

/// Objects that are a struct of k8s-openapi, whatever they are called: those that constructors of ours make, or that are large, and that
/// never had other fields.
const KNOWN: &[(&[&str], &str)] = &[
    (&["matchExpressions", "matchLabels"], "LabelSelector"),
    (&["claims", "limits", "requests"], "ResourceRequirements"),
    (&["effect", "key", "operator", "tolerationSeconds", "value"], "Toleration"),
    (&["nodeAffinity", "podAffinity", "podAntiAffinity"], AFFINITY),
];
const AFFINITY: &str = "Affinity";
/// What an affinity has deep inside since Kubernetes 1.29: that of an older CRD has fewer fields.
const OF_AFFINITY: &[&str] = &[
    "properties",
    "podAffinity",
    "properties",
    "requiredDuringSchedulingIgnoredDuringExecution",
    "items",
    "properties",
    "matchLabelKeys",
];

/// How a quantity's pattern begins, whoever made the CRD.
const QUANTITY: &str = "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))";
/// What is no field of its own in a kind's struct: it is the same for all, or written by a controller.
const OF_EVERY_OBJECT: [&str; 4] = ["apiVersion", "kind", "metadata", "status"];
const PRESERVED: &str = "x-kubernetes-preserve-unknown-fields";
const OPEN: &str = "serde_json::Value";

/// The types of one version of a group.
pub struct Types<'a> {
    pub items: Vec<Item>,
    pub imports: BTreeSet<&'static str>,
    taken: HashSet<String>,
    /// The file that the CRD is in.
    file: &'a str,
}

impl<'a> Types<'a> {
    /// None yet. Names of kinds are taken first, so that no field's type has one.
    pub fn new() -> Self {
        let imported = IMPORTS.iter().map(|(name, _)| *name);
        let taken = imported.chain(["Option", "Self", "String", "Vec"]).map(str::to_owned).collect();
        Self { items: Vec::new(), imports: BTreeSet::new(), taken, file: "" }
    }

    /// The name of a kind's type.
    pub fn kind(&mut self, kind: &str) -> String {
        names::distinct(&names::pascal(kind), &mut self.taken)
    }

    /// The fields of a kind's object beside its `apiVersion`, `kind` and `metadata`, and without its status, which a controller writes.
    pub fn object(&mut self, file: &'a str, name: &str, schema: Option<&Node>) -> Result<Fields, Error> {
        self.file = file;
        let Some(schema) = schema else {
            return Ok(Fields { fields: Vec::new(), rest: Some(("rest".to_owned(), self.map(OPEN))) });
        };
        let mut fields = self.fields(schema, name, true)?;
        if fields.fields.is_empty() && fields.rest.is_none() && self.properties(schema)?.is_empty() {
            fields.rest = Some(("rest".to_owned(), self.map(OPEN)));
        }
        Ok(fields)
    }

    /// The type of a value. Where it is new it is called `name`, and those below it begin with `below`, where that is another.
    fn type_of(&mut self, schema: &Node, name: &str, below: Option<&str>) -> Result<String, Error> {
        if is_true(schema, "x-kubernetes-int-or-string") || self.word(schema, "format")? == Some("int-or-string") {
            let is_quantity = self.word(schema, "pattern")?.is_some_and(|pattern| pattern.starts_with(QUANTITY));
            return Ok(self.import(if is_quantity { "Quantity" } else { "IntOrString" }));
        }
        let type_ = self.word(schema, "type")?;
        let format = self.word(schema, "format")?;
        let is_object = !self.properties(schema)?.is_empty() || schema.get("additionalProperties").is_some();
        match type_ {
            Some("string") => Ok(self.enumeration(schema, name).unwrap_or_else(|| "String".to_owned())),
            Some("boolean") => Ok("bool".to_owned()),
            Some("integer") => {
                let sized = ["int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64"];
                let format = format.filter(|format| sized.contains(format)).unwrap_or("int64");
                Ok(format.replace("uint", "u").replace("int", "i"))
            }
            Some("number") => Ok("f64".to_owned()),
            Some("array") => match schema.get("items") {
                Some(items) if !items.entries().is_empty() => Ok(format!("Vec<{}>", self.type_of(items, name, below)?)),
                _ => Ok(format!("Vec<{OPEN}>")),
            },
            Some("object") => self.object_type(schema, name, below),
            // Only `apiextensions.k8s.io/v1` asks for a type.
            None if is_object => self.object_type(schema, name, below),
            _ => Ok(OPEN.to_owned()),
        }
    }

    fn object_type(&mut self, schema: &Node, name: &str, below: Option<&str>) -> Result<String, Error> {
        let properties = self.properties(schema)?;
        if properties.is_empty() {
            return match schema.get("additionalProperties") {
                Some(values) if !values.entries().is_empty() => {
                    let values = self.type_of(values, name, below)?;
                    Ok(self.map(&values))
                }
                _ if is_open(schema) => Ok(OPEN.to_owned()),
                _ => Ok(self.map(OPEN)),
            };
        }
        let mut keys: Vec<_> = properties.iter().map(|property| property.key.as_str()).collect();
        keys.sort_unstable();
        let known = KNOWN.iter().find(|(fields, _)| *fields == keys);
        let is_newest = || OF_AFFINITY.iter().try_fold(schema, |at, key| at.get(key)).is_some();
        if let Some((_, known)) = known.filter(|(_, name)| !is_open(schema) && (*name != AFFINITY || is_newest())) {
            return Ok(self.import(known));
        }
        let name = names::distinct(name, &mut self.taken);
        self.imports.insert("Serialize");
        let at = self.items.len();
        let body = Body::Enum(Vec::new());
        // Before those of its fields, so that a file is read from the outside to the inside.
        self.items.push(Item { name: name.clone(), description: description(schema), body });
        self.items[at].body = Body::Struct(self.fields(schema, below.unwrap_or(&name), false)?);
        Ok(name)
    }

    /// The fields of a struct; those of a whole object without what each object has.
    fn fields(&mut self, schema: &Node, name: &str, is_object: bool) -> Result<Fields, Error> {
        let required = schema.get("required").map(Node::items).unwrap_or_default();
        let mut taken = HashSet::new();
        if is_object {
            taken.insert("metadata".to_owned());
        }
        let mut fields = Vec::new();
        for Entry { key, value, .. } in self.properties(schema)? {
            if is_object && OF_EVERY_OBJECT.contains(&key.as_str()) {
                continue;
            }
            if !matches!(value.value, Value::Map(_)) {
                return Err(broken(self.file, value, format!("the schema of {key} is no map")));
            }
            // What is in a kind's `spec` is called after the kind: `CertificateIssuerRef`.
            let below = (is_object && key == "spec").then_some(name);
            let type_ = self.type_of(value, &format!("{name}{}", names::pascal(key)), below)?;
            // Defaults are filled in before it is seen whether something is missing.
            let is_required = required.iter().any(|required| required.text() == Some(key));
            let is_optional = !is_required || value.get("default").is_some();
            let is_nullable = is_true(value, "nullable") && type_ != OPEN;
            let type_ = if is_optional || is_nullable { format!("Option<{type_}>") } else { type_ };
            let name = names::distinct(&names::snake(key), &mut taken);
            fields.push(Field { key: key.to_owned(), name, type_, is_optional, description: description(value) });
        }
        let values = schema.get("additionalProperties").filter(|values| values.value != Value::Bool(false));
        let rest = match values {
            Some(values) if !values.entries().is_empty() => Some(self.type_of(values, &format!("{name}Rest"), None)?),
            Some(_) => Some(OPEN.to_owned()),
            None => (is_open(schema) || self.says_more(schema)).then(|| OPEN.to_owned()),
        };
        let rest = rest.map(|values| (names::distinct("rest", &mut taken), self.map(&values)));
        Ok(Fields { fields, rest })
    }

    /// Whether what a value must be like names fields that its properties don't: a schema that is not structural.
    fn says_more(&self, schema: &Node) -> bool {
        let own = self.properties(schema).unwrap_or_default();
        let alternatives = ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| schema.get(key)).flat_map(Node::items);
        alternatives
            .filter_map(|alternative| alternative.get("properties"))
            .flat_map(Node::entries)
            .any(|property| own.iter().all(|own| own.key != property.key))
    }

    /// An enum of texts. None where a value is no text, or there are no values.
    fn enumeration(&mut self, schema: &Node, name: &str) -> Option<String> {
        let values = schema.get("enum")?.items();
        let texts: Vec<&str> = values.iter().filter_map(Node::text).collect();
        let others = values.iter().filter(|value| value.text().is_none() && value.value != Value::Null).count();
        if texts.is_empty() || others > 0 {
            return None;
        }
        let default =
            schema.get("default").and_then(Node::text).filter(|default| texts.contains(default)).unwrap_or(texts[0]);
        let (mut taken, mut seen) = (HashSet::new(), HashSet::new());
        let variants = texts.iter().filter(|value| seen.insert(**value)).map(|value| Variant {
            value: (*value).to_owned(),
            name: names::distinct(&names::pascal(value), &mut taken),
            is_default: *value == default,
        });
        let body = Body::Enum(variants.collect());
        let name = names::distinct(name, &mut self.taken);
        self.imports.insert("Serialize");
        self.items.push(Item { name: name.clone(), description: description(schema), body });
        Some(name)
    }

    fn properties<'n>(&self, schema: &'n Node) -> Result<&'n [Entry], Error> {
        match schema.get("properties").map(|properties| (properties, &properties.value)) {
            None | Some((_, Value::Null)) => Ok(&[]),
            Some((_, Value::Map(entries))) => Ok(entries),
            Some((properties, _)) => Err(broken(self.file, properties, "properties of a schema are no map")),
        }
    }

    /// The text of one of a schema's own words.
    fn word<'n>(&self, schema: &'n Node, key: &str) -> Result<Option<&'n str>, Error> {
        match schema.get(key).map(|word| (word, &word.value)) {
            None | Some((_, Value::Null)) => Ok(None),
            Some((_, Value::String(text))) => Ok(Some(text)),
            Some((word, _)) => Err(broken(self.file, word, format!("{key} of a schema is no text"))),
        }
    }

    fn import(&mut self, name: &'static str) -> String {
        self.imports.insert(name);
        name.to_owned()
    }

    fn map(&mut self, values: &str) -> String {
        format!("{}<String, {values}>", self.import("BTreeMap"))
    }
}

fn is_true(schema: &Node, key: &str) -> bool {
    schema.get(key).is_some_and(|value| value.value == Value::Bool(true))
}

/// Whether an object may have fields that its schema doesn't name, and the API server keeps them.
fn is_open(schema: &Node) -> bool {
    is_true(schema, PRESERVED) || is_true(schema, "x-kubernetes-embedded-resource")
}

/// What a schema says of its values, for people.
pub fn description(schema: &Node) -> String {
    schema.get("description").and_then(Node::text).unwrap_or_default().to_owned()
}
