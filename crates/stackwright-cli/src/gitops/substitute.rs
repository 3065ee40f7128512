//! A Kustomization's variables in what it applies. Flux writes an object as YAML, replaces, and reads it again: so a value may become another type.

use std::collections::HashMap;

use stackwright::yaml::{self, Node, Problem, Span, Value};

use super::envsubst::{Known, replaced};
use super::generate::decoded;
use super::node::{pairs, text_at};

/// ConfigMaps and Secrets by kind, namespace and name.
pub type Data = HashMap<(String, String, String), Node>;

/// The variables of a Kustomization.
#[derive(Default)]
pub struct Variables {
    /// Their values; none of those whose value nobody can know.
    values: HashMap<String, Option<String>>,
    /// Whether others may be set where nobody sees it.
    is_open: bool,
}

impl Variables {
    pub fn of(kustomization: &Node, data: &Data) -> Self {
        let mut all = Self::default();
        let namespace = text_at(kustomization, "metadata.namespace").unwrap_or_default();
        for from in kustomization.at("spec.postBuild.substituteFrom").map(Node::items).unwrap_or_default() {
            let (Some(kind), Some(name)) = (text_at(from, "kind"), text_at(from, "name")) else { continue };
            let Some(object) = data.get(&(kind.to_owned(), namespace.to_owned(), name.to_owned())) else {
                all.is_open = true;
                continue;
            };
            for (field, is_encoded) in [("data", kind == "Secret"), ("stringData", false)] {
                for (key, value, _) in object.get(field).map(pairs).unwrap_or_default() {
                    let value = if yaml::is_unknown(&value) { None } else { Some(value) };
                    let value = value.and_then(|value| if is_encoded { decoded(&value) } else { Some(value) });
                    all.values.insert(key.to_owned(), value.map(|value| value.replace('\n', "")));
                }
            }
        }
        for (key, value, _) in kustomization.at("spec.postBuild.substitute").map(pairs).unwrap_or_default() {
            let value = Some(value).filter(|value| !yaml::is_unknown(value));
            all.values.insert(key.to_owned(), value.map(|value| value.replace('\n', "")));
        }
        all
    }

    fn known(&self, name: &str) -> Known<'_> {
        match self.values.get(name) {
            Some(Some(value)) => Known::Value(value),
            Some(None) => Known::Unknown,
            None if self.is_open => Known::Unknown,
            None => Known::Unset,
        }
    }

    /// Replaces them in an object, and says what cannot be.
    pub fn replace_in(&self, object: &mut Node, problems: &mut Vec<Problem>) {
        let disabled = ["labels", "annotations"].iter().any(|field| {
            text_at(object, &format!("metadata.{field}[\"kustomize.toolkit.fluxcd.io/substitute\"]"))
                == Some("disabled")
        });
        if disabled || (self.values.is_empty() && !self.is_open) {
            return;
        }
        self.replace(object, problems);
    }

    fn replace(&self, node: &mut Node, problems: &mut Vec<Problem>) {
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.replace(item, problems)),
            Value::Map(entries) => {
                for entry in entries {
                    if entry.key.contains('$')
                        && let Ok(key) = replaced(&entry.key, &|name| self.known(name))
                    {
                        entry.key = key;
                    }
                    self.replace(&mut entry.value, problems);
                }
            }
            Value::String(text) if text.contains("${") || text.contains("$$") => match self.value(text, node.span) {
                Ok(value) => node.value = value,
                Err(why) => {
                    let fact = format!("Flux can't replace the variables in this text: {why}");
                    let help = "write $${ where no variable is meant, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled";
                    problems.push(Problem::new(node.span, fact).help(help));
                }
            },
            _ => {}
        }
    }

    /// What the text becomes when it is written, replaced and read.
    fn value(&self, text: &str, span: Span) -> Result<Value, &'static str> {
        let known = |name: &str| self.known(name);
        if text.contains('\n') {
            return Ok(Value::String(replaced(text, &known)?));
        }
        let written = if is_plain(text) {
            replaced(text, &known)?
        } else {
            format!("'{}'", replaced(&text.replace('\'', "''"), &known)?)
        };
        if written == text {
            return Ok(Value::String(text.to_owned()));
        }
        let read = yaml::read(&format!("v: {written}\n")).map_err(|_| "the result is no YAML")?;
        let mut value =
            read.documents.first().and_then(|document| document.get("v")).cloned().ok_or("the result is no YAML")?;
        super::node::at_spans(&mut value, &mut |place| *place = span);
        Ok(value.value)
    }
}

/// Whether Go's emitter writes a line without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    !"-?:,[]{}#&*!|>'\"%@` ".contains(first)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.chars().any(char::is_control)
}
