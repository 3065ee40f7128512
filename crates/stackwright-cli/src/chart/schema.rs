//! What a `values.schema.json` says of a value.

use serde_json::Value;

/// A part of a schema, and the whole that its references are into.
#[derive(Clone, Copy)]
pub struct Schema<'s> {
    root: &'s Value,
    part: &'s Value,
}

/// The form of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Bool,
    Integer,
    Number,
    Text,
    List,
    Map,
}

/// References that lead further are a circle.
const MOST_STEPS: usize = 16;

impl<'s> Schema<'s> {
    pub fn of(root: &'s Value) -> Self {
        Self { root, part: root }.resolved()
    }

    fn at(self, part: &'s Value) -> Self {
        Self { part, ..self }.resolved()
    }

    /// What references lead to. Those into other files lead to nothing: nobody fetches them.
    fn resolved(mut self) -> Self {
        for _ in 0..MOST_STEPS {
            let only = |key: &str| self.part.get(key)?.as_array().filter(|all| all.len() == 1)?.first();
            let alone =
                ["allOf", "anyOf", "oneOf"].into_iter().find_map(only).filter(|_| self.part.get("type").is_none());
            let Some(next) = self.reference().or(alone) else { return self };
            self.part = next;
        }
        self
    }

    fn reference(self) -> Option<&'s Value> {
        let reference = self.part.get("$ref")?.as_str()?;
        Some(reference.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)).unwrap_or(&Value::Null))
    }

    /// The form, where it is one.
    pub fn form(self) -> Option<Form> {
        let form = |name: &Value| match name.as_str()? {
            "boolean" => Some(Form::Bool),
            "integer" => Some(Form::Integer),
            "number" => Some(Form::Number),
            "string" => Some(Form::Text),
            "array" => Some(Form::List),
            "object" => Some(Form::Map),
            _ => None,
        };
        match self.part.get("type") {
            Some(Value::Array(names)) => {
                let mut forms = names.iter().filter(|name| name.as_str() != Some("null"));
                forms.next().filter(|_| forms.next().is_none()).and_then(form)
            }
            Some(name) => form(name),
            None => self.part.get("properties").map(|_| Form::Map),
        }
    }

    /// Whether it takes values of several forms.
    pub fn is_mixed(self) -> bool {
        let forms = self.part.get("type").and_then(Value::as_array).into_iter().flatten();
        let is_choice = ["anyOf", "oneOf"].iter().any(|key| self.part.get(key).is_some());
        forms.filter(|name| name.as_str() != Some("null")).count() > 1 || is_choice && self.form().is_none()
    }

    /// The keys that it knows.
    pub fn keys(self) -> impl Iterator<Item = &'s str> {
        self.part.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// What it says of a key.
    pub fn key(self, key: &str) -> Option<Self> {
        self.part.get("properties")?.get(key).map(|part| self.at(part))
    }

    /// What it says of keys that it doesn't know by name, where it has them.
    pub fn others(self) -> Option<Self> {
        self.part.get("additionalProperties").filter(|others| **others != Value::Bool(false)).map(|part| self.at(part))
    }

    /// What it says of a list's items.
    pub fn items(self) -> Option<Self> {
        self.part.get("items").map(|part| self.at(part))
    }

    /// What it says for people.
    pub fn about(self) -> Option<&'s str> {
        self.part.get("description").or_else(|| self.part.get("title"))?.as_str()
    }

    /// The values that there are.
    pub fn choices(self) -> Option<Vec<String>> {
        let choices = self.part.get("enum")?.as_array()?;
        Some(choices.iter().map(Value::to_string).collect())
    }
}
