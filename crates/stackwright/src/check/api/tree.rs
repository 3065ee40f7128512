//! A typed object as the API server's rules see it: a tree in which every struct still knows the name of its API type.

mod write;

use std::fmt::{self, Display, Write as _};

use serde::Serialize;

use write::write;

/// The values of one object, one after the other, each before what is in it.
#[derive(Default)]
pub struct Tree {
    values: Vec<Held>,
    /// All texts and keys of maps, one after the other.
    text: String,
}

struct Held {
    key: Key,
    parent: u32,
    /// The position after the last value in it.
    end: u32,
    data: Data,
}

#[derive(Clone, Copy)]
enum Key {
    Root,
    Field(&'static str),
    /// A key of a map: where its text is.
    Entry(u32, u32),
    Item(u32),
}

#[derive(Clone, Copy)]
enum Data {
    Null,
    Bool(bool),
    Int(i64),
    /// Where the text is.
    Text(u32, u32),
    /// The text of a quantity.
    Amount(u32, u32),
    List,
    Map,
    /// The name of its API type, and a bit for each of its fields.
    Struct(&'static str, u64),
}

impl Tree {
    /// Makes it the tree of another value.
    pub fn read<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.values.clear();
        self.text.clear();
        // The only error is a value that is no Kubernetes object, such as a map whose keys are lists: then there is nothing to say.
        if write(self, value).is_err() {
            self.values.clear();
        }
    }

    /// A number of bytes that it does not have more of as JSON, found without looking: every character escaped, and room for what is
    /// around each value.
    pub fn json_is_at_most(&self) -> usize {
        6 * self.text.len() + 64 * self.values.len()
    }

    /// The object itself.
    pub fn root(&self) -> Value<'_> {
        Value { tree: self, at: if self.values.is_empty() { MISSING } else { 0 }, sought_in: 0 }
    }
}

const MISSING: u32 = u32::MAX;

/// The name of a field, with one of 64 bits by which most fields that are not set are known without a search.
#[derive(Clone, Copy)]
pub struct Field<'n> {
    name: &'n str,
    bit: u64,
}

impl<'n> Field<'n> {
    /// The field of this name; empty for a value itself.
    pub fn named(name: &'n str) -> Self {
        let (first, last) = (name.as_bytes().first(), name.as_bytes().last());
        let letters = usize::from(*first.unwrap_or(&0)) * 7 + usize::from(*last.unwrap_or(&0)) * 3;
        Self { name, bit: 1 << ((letters + name.len()) % 64) }
    }
}

/// A value in a tree, or a field that is not set. As in Go, what is not set is empty text and no items.
#[derive(Clone, Copy)]
pub struct Value<'t> {
    tree: &'t Tree,
    at: u32,
    /// The value in which it was looked for.
    sought_in: u32,
}

impl<'t> Value<'t> {
    fn held(self) -> Option<&'t Held> {
        self.tree.values.get(self.at as usize)
    }

    /// Whether it is set.
    pub fn is_set(self) -> bool {
        self.at != MISSING
    }

    /// Whether it is not set or holds nothing but zeros, empty text and empty lists.
    pub fn is_blank(self) -> bool {
        match self.held().map(|held| held.data) {
            None | Some(Data::Null | Data::Bool(false) | Data::Int(0)) => true,
            Some(Data::Bool(true) | Data::Int(_)) => false,
            Some(Data::Text(start, end) | Data::Amount(start, end)) => start == end,
            Some(Data::List | Data::Map) => self.items().next().is_none(),
            Some(Data::Struct(..)) => self.items().all(Self::is_blank),
        }
    }

    /// The name of the API type of a struct.
    pub fn type_name(self) -> &'static str {
        match self.held() {
            Some(Held { data: Data::Struct(name, _), .. }) => name,
            _ => "",
        }
    }

    /// The field of a struct, or the value of a map's key.
    pub fn get(self, key: &str) -> Value<'t> {
        self.field(Field::named(key))
    }

    /// The field of a struct, or the value of a map's key.
    pub fn field(self, field: Field<'_>) -> Value<'t> {
        let values = &self.tree.values;
        let (mut next, end) = match self.held() {
            Some(Held { data: Data::Struct(_, fields), .. }) if fields & field.bit == 0 => (0, 0),
            Some(Held { end, data: Data::Map | Data::Struct(..), .. }) => (self.at + 1, *end),
            _ => (0, 0),
        };
        while next < end {
            let value = Value { at: next, ..self };
            if value.key() == field.name {
                return value;
            }
            next = values[next as usize].end;
        }
        Value { at: MISSING, sought_in: if self.is_set() { self.at } else { self.sought_in }, ..self }
    }

    /// The value at a path of fields, such as `spec.template.spec`.
    pub fn at(self, path: &str) -> Value<'t> {
        path.split('.').fold(self, Value::get)
    }

    /// The items of a list, the values of a map, or the fields of a struct.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        let (mut next, end) = match self.held() {
            Some(Held { end, data: Data::List | Data::Map | Data::Struct(..), .. }) => (self.at + 1, *end),
            _ => (0, 0),
        };
        std::iter::from_fn(move || {
            let item = Value { at: next, ..self };
            (next < end).then(|| {
                next = item.held().map_or(end, |held| held.end);
                item
            })
        })
    }

    /// How many items, keys or fields it has.
    pub fn len(self) -> usize {
        self.items().count()
    }

    /// The name of the field or the key that holds it; empty for the item of a list.
    pub fn key(self) -> &'t str {
        match self.held().map(|held| held.key) {
            Some(Key::Field(name)) => name,
            Some(Key::Entry(start, end)) => &self.tree.text[start as usize..end as usize],
            _ => "",
        }
    }

    /// Its position in a list.
    pub fn position(self) -> usize {
        match self.held().map(|held| held.key) {
            Some(Key::Item(position)) => position as usize,
            _ => 0,
        }
    }

    /// Its text; empty if it is none.
    pub fn text(self) -> &'t str {
        match self.held().map(|held| held.data) {
            Some(Data::Text(start, end) | Data::Amount(start, end)) => &self.tree.text[start as usize..end as usize],
            _ => "",
        }
    }

    /// Whether it is a quantity.
    pub fn is_amount(self) -> bool {
        matches!(self.held(), Some(Held { data: Data::Amount(..), .. }))
    }

    /// Whether it is text, even if empty.
    pub fn is_text(self) -> bool {
        matches!(self.held(), Some(Held { data: Data::Text(..), .. }))
    }

    /// Whether there is nothing in it because it is text, a number, a boolean or null.
    pub fn is_leaf(self) -> bool {
        !matches!(self.held(), Some(Held { data: Data::List | Data::Map | Data::Struct(..), .. }))
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.held(), Some(Held { data: Data::List, .. }))
    }

    /// Its number.
    pub fn int(self) -> Option<i64> {
        match self.held()?.data {
            Data::Int(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is true.
    pub fn is_true(self) -> bool {
        matches!(self.held(), Some(Held { data: Data::Bool(true), .. }))
    }

    /// Whether it is false, and not only not set.
    pub fn is_false(self) -> bool {
        matches!(self.held(), Some(Held { data: Data::Bool(false), .. }))
    }

    /// What holds it, or would hold it if it were set; the root holds itself.
    pub fn parent(self) -> Value<'t> {
        Value { at: self.held().map_or(self.sought_in, |held| held.parent), ..self }
    }

    /// Whether it is the object itself.
    pub fn is_root(self) -> bool {
        self.at == 0
    }

    /// The object that it is in.
    pub fn root(self) -> Value<'t> {
        self.tree.root()
    }

    /// Its field path, such as `spec.ports[0].name`.
    pub fn path(self) -> String {
        let mut keys = Vec::new();
        let mut value = self;
        while let Some(held) = value.held().filter(|held| !matches!(held.key, Key::Root)) {
            keys.push(held.key);
            value = value.parent();
        }
        let mut path = String::new();
        for key in keys.into_iter().rev() {
            match key {
                Key::Root => {}
                Key::Item(position) => _ = write!(path, "[{position}]"),
                Key::Field(name) => push_field(&mut path, name),
                Key::Entry(start, end) => push_field(&mut path, &self.tree.text[start as usize..end as usize]),
            }
        }
        path
    }
}

fn push_field(path: &mut String, name: &str) {
    if name.contains(|c: char| !c.is_ascii_alphanumeric() && !"_-$".contains(c)) {
        _ = write!(path, "[\"{name}\"]");
    } else {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    }
}

/// Text in quotes, a number or a boolean as it is written.
impl Display for Value<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.held().map(|held| held.data) {
            Some(Data::Int(number)) => write!(formatter, "{number}"),
            Some(Data::Bool(value)) => write!(formatter, "{value}"),
            Some(Data::Text(..) | Data::Amount(..)) => match self.text().char_indices().nth(60) {
                Some((end, _)) => write!(formatter, "{:?}...", &self.text()[..end]),
                None => write!(formatter, "{:?}", self.text()),
            },
            _ => formatter.write_str("empty"),
        }
    }
}
