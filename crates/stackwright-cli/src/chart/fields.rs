//! A chart's values as types: what each can be, as far as that is known.

use serde_json::Value;

/// What a value can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Anything: nobody says.
    Any,
    Bool,
    Integer,
    Number,
    Text,
    List(Box<Type>),
    /// A map whose keys are the person's own.
    Map(Box<Type>),
    /// A type of Kubernetes' own, by its path in `k8s_openapi::api`.
    Kubernetes(&'static str),
    Struct(Fields),
}

/// The values of a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    pub known: Vec<Field>,
    /// Whether there may be others: the map is passed on to something that is not looked into.
    pub is_open: bool,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub key: String,
    /// What the chart says of it.
    pub about: Vec<String>,
    /// What it is where nobody sets it; none where the chart has no such key.
    pub default: Option<Value>,
    pub of: Type,
}

impl Fields {
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.known.iter().find(|field| field.key == key)
    }
}

impl Type {
    /// Whether a value is one of the type: what `null` stands for is the chart's own default.
    pub fn takes(&self, value: &Value) -> bool {
        self.refused(value, "").is_none()
    }

    /// The first part of a value that the type has no place for, by its path.
    pub fn refused(&self, value: &Value, path: &str) -> Option<String> {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match (self, value) {
            (Self::Any | Self::Kubernetes(_), _)
            | (_, Value::Null)
            | (Self::Bool, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::Text, Value::String(_)) => None,
            (Self::Integer, Value::Number(number)) if !number.is_f64() => None,
            (Self::List(of), Value::Array(items)) => {
                items.iter().enumerate().find_map(|(at, item)| of.refused(item, &format!("{path}[{at}]")))
            }
            (Self::Map(of), Value::Object(members)) => {
                members.iter().find_map(|(key, value)| of.refused(value, &below(key)))
            }
            (Self::Struct(fields), Value::Object(members)) => {
                members.iter().find_map(|(key, value)| match fields.get(key) {
                    Some(field) => field.of.refused(value, &below(key)),
                    None if fields.is_open => None,
                    None => Some(below(key)),
                })
            }
            _ => Some(path.to_owned()),
        }
    }

    /// What people call it.
    pub fn name(&self) -> String {
        match self {
            Self::Any => "anything".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Integer => "an integer".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) | Self::Struct(_) => "a map".to_owned(),
            Self::Kubernetes(path) => format!("Kubernetes' {}", path.rsplit("::").next().unwrap_or(path)),
        }
    }
}
