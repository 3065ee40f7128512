//! Decoding of nodes into typed values, as strict as the API server's field validation.

use std::cell::RefCell;
use std::fmt::{self, Display};

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer, StringDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Entry, Node, Path, Value};
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
    let problems = RefCell::default();
    let decoded = T::deserialize(Decoder { node, path: &Path::Root, problems: &problems, field: None });
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
    /// Whether the author probably forgot quotes.
    unquoted: bool,
    problem: Option<Box<Problem>>,
}

impl Fault {
    fn from_message(message: String) -> Self {
        Self { message, unquoted: false, problem: None }
    }

    fn at(mut self, node: &Node, path: &Path<'_>) -> Self {
        if self.problem.is_none() {
            let help = self.unquoted.then(|| "put it in quotes".to_owned());
            self.problem = Some(Box::new(problem_at(node, path, self.message.clone(), help)));
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
        // The value itself stays out of the message: it may be a password.
        let (found, scalar) = match found {
            Unexpected::Bool(_) => ("a boolean", true),
            Unexpected::Signed(_) | Unexpected::Unsigned(_) => ("an integer", true),
            Unexpected::Float(_) => ("a number", true),
            Unexpected::Str(_) => ("a string", false),
            Unexpected::Unit => ("null", false),
            Unexpected::Seq => ("a list", false),
            _ => ("a map", false),
        };
        let expected = expected.to_string();
        Self {
            message: format!("expected {expected}, found {found}"),
            unquoted: scalar && expected == "a string",
            problem: None,
        }
    }
}

#[derive(Clone, Copy)]
struct Decoder<'de, 'p> {
    node: &'de Node,
    path: &'p Path<'p>,
    problems: &'p RefCell<Vec<Problem>>,
    /// The entry whose value this is, and the fields that its struct knows.
    field: Option<(&'de Entry, &'static [&'static str])>,
}

impl<'de, 'p> Decoder<'de, 'p> {
    fn any<V: Visitor<'de>>(self, known: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
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

    fn fields(self, entries: &'de [Entry], known: &'static [&'static str]) -> Fields<'de, 'p> {
        Fields { decoder: self, entries: entries.iter(), entry: None, known }
    }

    /// Kubernetes reads null as nothing where a value is expected: an empty string.
    fn string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Null => visitor.visit_str("").map_err(|fault: Fault| fault.at(self.node, self.path)),
            _ => self.any(&[], visitor),
        }
    }

    /// To JSON, 80.0 is the integer 80.
    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            // As the items of a list, where nothing else says what null is.
            Value::Null => visitor.visit_u64(0).map_err(|fault: Fault| fault.at(self.node, self.path)),
            Value::Number(ref number) if number.is_f64() => match integral(number.as_f64().unwrap_or_default()) {
                Some(number) => visitor.visit_i64(number).map_err(|fault: Fault| fault.at(self.node, self.path)),
                None => self.any(&[], visitor),
            },
            _ => self.any(&[], visitor),
        }
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
        self.any(&[], visitor)
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
        outcome.map_err(|_: Fault| Fault::from_message(format!("expected {expected}")).at(self.node, self.path))
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
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.node.value {
            // The items of a list can be null: they are structs with nothing in them.
            Value::Null => visitor.visit_map(self.fields(&[], fields)).map_err(|fault| fault.at(self.node, self.path)),
            _ => self.any(fields, visitor),
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
                MapAccessDeserializer::new(self.fields(entries, variants)).deserialize_enum(name, variants, visitor)
            }
            _ => return self.any(&[], visitor),
        };
        outcome.map_err(|fault| fault.at(self.node, self.path))
    }

    /// A struct asks for this when it doesn't know a field: what others drop in silence is an error here.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some((entry, known)) = self.field {
            let help = nearest(&entry.key, known.iter().copied()).map(|name| format!("did you mean {name}?"));
            let problem = Problem { path: self.path.to_string(), help, ..Problem::new(entry.key_span, "unknown field") };
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
        let Some((index, node)) = self.items.next() else { return Ok(None) };
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
    known: &'static [&'static str],
}

impl<'de> de::MapAccess<'de> for Fields<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.entry = self.entries.next();
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
