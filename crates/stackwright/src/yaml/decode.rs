//! Decoding of nodes into typed values, as strict as the API server's field validation.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::{self, Display};

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer, StringDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Entry, Node, Path, Span, Value};
use super::problem::Problem;
use crate::nearest::nearest;

/// The typed value of a node.
///
/// # Errors
/// Every unknown field, and the first value of a wrong type.
///
/// ```
/// use k8s_openapi::api::core::v1::Service;
///
/// let service = &stackwright::yaml::read("spec:\n  ports:\n  - prot: 80\n").unwrap().documents[0];
/// let problems = stackwright::yaml::decode::<Service>(service).unwrap_err();
/// assert_eq!(problems[0].to_string(), "3:5: spec.ports[0].prot: unknown field (did you mean port?)");
/// ```
pub fn decode<'de, T: Deserialize<'de>>(node: &'de Node) -> Result<T, Vec<Problem>> {
    decode_without(node, &HashSet::new())
}

/// The typed value of a node as if what stands in the wrong places weren't there. In paths, the items of lists keep their numbers.
pub(super) fn decode_without<'de, T: Deserialize<'de>>(
    node: &'de Node,
    wrong: &HashSet<Span>,
) -> Result<T, Vec<Problem>> {
    let problems = RefCell::default();
    let decoded = T::deserialize(Decoder { node, path: &Path::Root, problems: &problems, wrong, field: None });
    let mut problems = problems.into_inner();
    match decoded {
        Ok(value) if problems.is_empty() => return Ok(value),
        Ok(_) => {}
        Err(fault) => problems.extend(fault.at(node, &Path::Root).problem.map(|problem| *problem)),
    }
    problems.sort_by_key(|problem| problem.span);
    Err(problems)
}

fn problem_at(node: &Node, path: &Path<'_>, message: String, help: Option<String>) -> Problem {
    Problem { path: path.to_string(), help, ..Problem::new(node.span, message) }
}

/// An error of serde, which learns where it happened on its way out.
#[derive(Debug)]
struct Fault {
    message: String,
    help: Option<String>,
    problem: Option<Box<Problem>>,
}

impl Fault {
    fn from_message(message: String) -> Self {
        Self { message, help: None, problem: None }
    }

    fn at(mut self, node: &Node, path: &Path<'_>) -> Self {
        if self.problem.is_none() {
            self.problem = Some(Box::new(problem_at(node, path, self.message.clone(), self.help.take())));
        }
        self
    }
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::from_message(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = Expectation::of(&expected.to_string());
        // The value itself stays out of the message: it may be a password.
        let name = match found {
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Signed(_) | Unexpected::Unsigned(_) => "an integer",
            Unexpected::Float(_) => "a number",
            Unexpected::Str(_) => "a string",
            Unexpected::Unit => "null",
            Unexpected::Seq => "a list",
            _ => "a map",
        };
        let help = match (&expected, found) {
            (
                Expectation::String,
                Unexpected::Bool(_) | Unexpected::Signed(_) | Unexpected::Unsigned(_) | Unexpected::Float(_),
            ) => Some("put it in quotes"),
            (Expectation::Integer(_), Unexpected::Str(text)) if text.parse::<i64>().is_ok() => {
                Some("remove the quotes")
            }
            (Expectation::Boolean, Unexpected::Str("true" | "false")) => Some("remove the quotes"),
            (Expectation::Boolean, _) => Some("write true or false"),
            (Expectation::List, _) => Some("write each item in a line of its own that begins with -"),
            (Expectation::Fields(_) | Expectation::Map, Unexpected::Seq) => Some("remove the - in front of the fields"),
            _ => None,
        };
        Self { message: format!("expected {expected}, found {name}"), help: help.map(str::to_owned), problem: None }
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match Expectation::of(&expected.to_string()) {
            Expectation::Integer(bits) => Self::from_message(format!("the integer is out of the range of {bits} bits")),
            expected => Self::from_message(format!("expected {expected}")),
        }
    }
}

/// What a type asks for, in the words of who writes manifests.
enum Expectation {
    Boolean,
    Integer(String),
    List,
    Map,
    /// The fields of a type of the API.
    Fields(String),
    String,
    Other(String),
}

impl Expectation {
    fn of(expected: &str) -> Self {
        match expected {
            "a boolean" => Self::Boolean,
            "a string" => Self::String,
            "a sequence" => Self::List,
            "a map" => Self::Map,
            "f32" | "f64" => Self::Other("a number".to_owned()),
            "IntOrString" => Self::Other("an integer or a string".to_owned()),
            _ => match expected.strip_prefix(['i', 'u']) {
                Some(bits) if bits.bytes().all(|byte| byte.is_ascii_digit()) => Self::Integer(bits.to_owned()),
                _ if expected.starts_with(|c: char| c.is_ascii_uppercase()) => Self::Fields(expected.to_owned()),
                _ => Self::Other(expected.to_owned()),
            },
        }
    }
}

impl Display for Expectation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => formatter.write_str("true or false"),
            Self::Integer(_) => formatter.write_str("an integer"),
            Self::List => formatter.write_str("a list"),
            Self::Map => formatter.write_str("a map"),
            Self::Fields(of) => write!(formatter, "the fields of {of}"),
            Self::String => formatter.write_str("a string"),
            Self::Other(other) => formatter.write_str(other),
        }
    }
}

/// A struct's name and the fields that it knows.
#[derive(Clone, Copy)]
struct Struct {
    name: &'static str,
    fields: &'static [&'static str],
}

/// What isn't a struct.
const NONE: Struct = Struct { name: "", fields: &[] };

#[derive(Clone, Copy)]
struct Decoder<'de, 'p> {
    node: &'de Node,
    path: &'p Path<'p>,
    problems: &'p RefCell<Vec<Problem>>,
    wrong: &'p HashSet<Span>,
    /// The entry whose value this is, and the struct that it is in.
    field: Option<(&'de Entry, Struct)>,
}

impl<'de, 'p> Decoder<'de, 'p> {
    fn any<V: Visitor<'de>>(self, known: Struct, visitor: V) -> Result<V::Value, Fault> {
        let outcome = match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., number) => visitor.visit_f64(number.unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visitor.visit_seq(Items { decoder: self, items: items.iter().enumerate() }),
            Value::Map(entries) => visitor.visit_map(self.fields(entries, known)),
        };
        outcome.map_err(|fault| fault.at(self.node, self.path))
    }

    fn fields(self, entries: &'de [Entry], known: Struct) -> Fields<'de, 'p> {
        Fields { decoder: self, entries: entries.iter(), entry: None, known }
    }

    /// Kubernetes reads null as nothing where a value is expected: an empty string.
    fn string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Null => visitor.visit_str("").map_err(|fault: Fault| fault.at(self.node, self.path)),
            _ => self.any(NONE, visitor),
        }
    }

    /// To JSON, 80.0 is the integer 80.
    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            // As the items of a list, where nothing else says what null is.
            Value::Null => visitor.visit_u64(0).map_err(|fault: Fault| fault.at(self.node, self.path)),
            Value::Number(ref number) if number.is_f64() => match integral(number.as_f64().unwrap_or_default()) {
                Some(number) => visitor.visit_i64(number).map_err(|fault: Fault| fault.at(self.node, self.path)),
                None => self.any(NONE, visitor),
            },
            _ => self.any(NONE, visitor),
        }
    }
}

fn help_with_unknown(key: &str, Struct { name, fields }: Struct) -> Option<String> {
    const FEW: usize = 9;
    match nearest(key, fields.iter().copied()) {
        Some(nearest) => Some(format!("did you mean {nearest}?")),
        None if fields.is_empty() => None,
        None if fields.len() <= FEW => Some(format!("{name} has {}", fields.join(", "))),
        None => Some(format!(
            "see {name} in the Kubernetes API reference, and whether the line is indented as it should be"
        )),
    }
}

#[allow(clippy::cast_possible_truncation)] // what is within the range of exact integers of a float fits
fn integral(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.integer(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Decoder<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.any(NONE, visitor)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    /// Kubernetes' types ask for a `str` where text has a form of its own: times, and base64, in which line breaks are
    /// allowed.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Some(text) = self.node.text() else { return self.string(visitor) };
        let expected = (&visitor as &dyn Expected).to_string();
        let outcome = if text.contains(['\n', '\r']) {
            visitor.visit_string(text.replace(['\n', '\r'], ""))
        } else {
            visitor.visit_borrowed_str(text)
        };
        outcome.map_err(|_: Fault| {
            let help = expected.contains("base64").then(|| "write plain text under stringData".to_owned());
            Fault { help, ..Fault::from_message(format!("expected {expected}")) }.at(self.node, self.path)
        })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let outcome = match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        };
        outcome.map_err(|fault: Fault| fault.at(self.node, self.path))
    }

    /// The API server takes a number for a quantity: `cpu: 1`.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        let outcome = match &self.node.value {
            // As it takes null for none.
            Value::Null if name == "Quantity" => {
                let text: StrDeserializer<'_, Fault> = "0".into_deserializer();
                visitor.visit_newtype_struct(text)
            }
            Value::Number(number) if name == "Quantity" => {
                let text: StringDeserializer<Fault> = number.to_string().into_deserializer();
                visitor.visit_newtype_struct(text)
            }
            _ => visitor.visit_newtype_struct(self),
        };
        outcome.map_err(|fault| fault.at(self.node, self.path))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let known = Struct { name, fields };
        match self.node.value {
            // The items of a list can be null: they are structs with nothing in them.
            Value::Null => visitor.visit_map(self.fields(&[], known)).map_err(|fault| fault.at(self.node, self.path)),
            _ => self.any(known, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let outcome = match &self.node.value {
            Value::String(text) => {
                let text: StrDeserializer<'_, Fault> = text.as_str().into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
            Value::Map(entries) => {
                MapAccessDeserializer::new(self.fields(entries, NONE)).deserialize_enum(name, variants, visitor)
            }
            _ => return self.any(NONE, visitor),
        };
        outcome.map_err(|fault| fault.at(self.node, self.path))
    }

    /// A struct asks for this when it doesn't know a field: what others drop in silence is an error here.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some((entry, known)) = self.field {
            let help = help_with_unknown(&entry.key, known);
            let problem =
                Problem { path: self.path.to_string(), help, ..Problem::new(entry.key_span, "unknown field") };
            self.problems.borrow_mut().push(problem);
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
    }
}

struct Items<'de, 'p> {
    decoder: Decoder<'de, 'p>,
    items: std::iter::Enumerate<std::slice::Iter<'de, Node>>,
}

impl<'de> de::SeqAccess<'de> for Items<'de, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let wrong = self.decoder.wrong;
        let Some((index, node)) = self.items.find(|(_, item)| !wrong.contains(&item.span)) else { return Ok(None) };
        let path = Path::Item(self.decoder.path, index);
        seed.deserialize(Decoder { node, path: &path, field: None, ..self.decoder }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Fields<'de, 'p> {
    decoder: Decoder<'de, 'p>,
    entries: std::slice::Iter<'de, Entry>,
    entry: Option<&'de Entry>,
    known: Struct,
}

impl<'de> de::MapAccess<'de> for Fields<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let wrong = self.decoder.wrong;
        self.entry = self.entries.find(|entry| !entry.is_at(wrong));
        let Some(entry) = self.entry else { return Ok(None) };
        let path = Path::Field(self.decoder.path, &entry.key);
        let key: BorrowedStrDeserializer<'de, Fault> = BorrowedStrDeserializer::new(&entry.key);
        seed.deserialize(key).map(Some).map_err(|fault| fault.at(&entry.value, &path))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some(entry) = self.entry else { return Err(de::Error::custom("a value without a key")) };
        let path = Path::Field(self.decoder.path, &entry.key);
        seed.deserialize(Decoder { node: &entry.value, path: &path, field: Some((entry, self.known)), ..self.decoder })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

#[cfg(test)]
mod tests;
