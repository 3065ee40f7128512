use serde_json::{Map, Value, json};

use crate::links::Item;
use crate::yaml::{self, Node, Path, Problem};

/// Values of a chart, as an object has them.
pub(crate) struct Written<'a> {
    /// The object.
    pub item: Item<'a>,
    /// The field.
    pub path: String,
    /// The values, unless they can't be read.
    pub values: Result<Value, Fault>,
    /// Whether the fields of the object are the values', so that each of them has its place.
    is_tree: bool,
}

/// Why values can't be read.
pub(crate) enum Fault {
    /// The text is no YAML.
    Syntax(Box<Problem>),
    /// It is YAML, and no map.
    NoMap,
    /// Something is put into it before it is read.
    Unknown,
}

impl<'a> Written<'a> {
    /// Values that are fields of an object; none where they are no map, which its definition would refuse.
    pub(super) fn tree(item: Item<'a>, path: &str, values: &Node) -> Option<Self> {
        let values = serde_json::to_value(values).ok().filter(Value::is_object)?;
        Some(Self { item, path: path.to_owned(), values: Ok(values), is_tree: true })
    }

    /// Values that are YAML in a text.
    pub(super) fn text(item: Item<'a>, path: &str, text: &str) -> Self {
        Self { item, path: path.to_owned(), values: read(text), is_tree: false }
    }

    /// One value, by its path as `helm --set` takes it.
    pub(super) fn parameter(item: Item<'a>, path: String, name: &str, value: &Node) -> Self {
        // What is in a list belongs to it.
        let (name, is_in_list) = name.split_once('[').map_or((name, false), |(name, _)| (name, true));
        let value = match (is_in_list, value.text()) {
            (true, _) => json!([]),
            (false, Some("true")) => json!(true),
            (false, Some("false")) => json!(false),
            (false, _) => serde_json::to_value(value).unwrap_or_default(),
        };
        let value =
            keys(name).into_iter().rev().fold(value, |below, key| Value::Object(Map::from_iter([(key, below)])));
        Self { item, path, values: Ok(value), is_tree: false }
    }

    /// The field of the object that has a value, by the value's path as `helm --set` takes it.
    pub(crate) fn field(&self, value: &str) -> String {
        if !self.is_tree {
            return self.path.clone();
        }
        let mut path = self.path.clone();
        for key in keys(value) {
            let step = Path::Field(&Path::Root, &key).to_string();
            if !step.starts_with('[') {
                path.push('.');
            }
            path.push_str(&step);
        }
        path
    }
}

fn read(text: &str) -> Result<Value, Fault> {
    match yaml::read(text) {
        Ok(stream) => match stream.documents.first().map(serde_json::to_value) {
            None => Ok(Value::Null),
            Some(Ok(values @ (Value::Object(_) | Value::Null))) => Ok(values),
            Some(_) if yaml::may_have_unknown(text) => Err(Fault::Unknown),
            Some(_) => Err(Fault::NoMap),
        },
        Err(_) if yaml::may_have_unknown(text) => Err(Fault::Unknown),
        Err(problems) => {
            problems.into_iter().next().map_or(Ok(Value::Null), |first| Err(Fault::Syntax(Box::new(first))))
        }
    }
}

/// The keys of a path in which a backslash stands before a dot that belongs to a key.
fn keys(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '.' => keys.push(String::new()),
            letter => {
                let letter = if letter == '\\' { letters.next() } else { Some(letter) };
                if let Some(key) = keys.last_mut() {
                    key.extend(letter);
                }
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn a_dot_may_belong_to_a_key() {
        assert_eq!(keys(r"grafana\.ini.server.root_url"), ["grafana.ini", "server", "root_url"]);
        assert_eq!(keys("image"), ["image"]);
    }
}
