//! A typed object as the API server's rules see it: a tree in which every struct still knows the name of its API type.

use std::fmt::{self, Display, Write as _};

use serde::ser::{self, Serialize, Serializer};

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
    Struct(&'static str),
}

impl Tree {
    /// Makes it the tree of another value.
    pub fn read<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.values.clear();
        self.text.clear();
        // The only error is a value that is no Kubernetes object, such as a map whose keys are lists: then there is nothing to say.
        if value.serialize(Writer { tree: self, key: Key::Root, parent: 0 }).is_err() {
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
            Some(Data::Struct(_)) => self.items().all(Self::is_blank),
        }
    }

    /// The name of the API type of a struct.
    pub fn type_name(self) -> &'static str {
        match self.held() {
            Some(Held { data: Data::Struct(name), .. }) => name,
            _ => "",
        }
    }

    /// The field of a struct, or the value of a map's key.
    pub fn get(self, key: &str) -> Value<'t> {
        let sought_in = if self.is_set() { self.at } else { self.sought_in };
        self.items().find(|item| item.key() == key).unwrap_or(Value { at: MISSING, sought_in, ..self })
    }

    /// The value at a path of fields, such as `spec.template.spec`.
    pub fn at(self, path: &str) -> Value<'t> {
        path.split('.').fold(self, Value::get)
    }

    /// The items of a list, the values of a map, or the fields of a struct.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        let (mut next, end) = match self.held() {
            Some(Held { end, data: Data::List | Data::Map | Data::Struct(_), .. }) => (self.at + 1, *end),
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
        !matches!(self.held(), Some(Held { data: Data::List | Data::Map | Data::Struct(_), .. }))
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

struct Writer<'t> {
    tree: &'t mut Tree,
    key: Key,
    parent: u32,
}

impl<'t> Writer<'t> {
    #[allow(clippy::cast_possible_truncation)] // the reader takes no text over 3 MiB
    fn put(self, data: Data) -> Open<'t> {
        let at = self.tree.values.len() as u32;
        self.tree.values.push(Held { key: self.key, parent: self.parent, end: at + 1, data });
        Open { tree: self.tree, at, count: 0, entry: Key::Root }
    }
}

/// A list, map or struct whose values are being written.
struct Open<'t> {
    tree: &'t mut Tree,
    at: u32,
    count: u32,
    entry: Key,
}

impl Open<'_> {
    fn value<T: Serialize + ?Sized>(&mut self, key: Key, value: &T) -> Result<(), Fault> {
        value.serialize(Writer { tree: self.tree, key, parent: self.at })
    }

    #[allow(clippy::cast_possible_truncation)] // the reader takes no text over 3 MiB
    fn close(self) {
        self.tree.values[self.at as usize].end = self.tree.values.len() as u32;
    }
}

/// Appends text, and says where it is.
#[allow(clippy::cast_possible_truncation)] // the reader takes no text over 3 MiB
fn pushed(all: &mut String, text: &str) -> (u32, u32) {
    let start = all.len() as u32;
    all.push_str(text);
    (start, all.len() as u32)
}

#[derive(Debug)]
struct Fault;

impl Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no value of Kubernetes")
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

macro_rules! integers {
    ($($method:ident $type:ty)*) => {
        $(fn $method(self, value: $type) -> Result<(), Fault> {
            self.put(Data::Int(i64::try_from(value).unwrap_or(i64::MAX)));
        Ok(())
        })*
    };
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Open<'t>;
    type SerializeTuple = Open<'t>;
    type SerializeTupleStruct = Open<'t>;
    type SerializeTupleVariant = ser::Impossible<(), Fault>;
    type SerializeMap = Open<'t>;
    type SerializeStruct = Open<'t>;
    type SerializeStructVariant = ser::Impossible<(), Fault>;

    integers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.put(Data::Bool(value));
        Ok(())
    }

    /// The rules have no fractions; those of custom resources are text, so that they are not lost.
    fn serialize_f32(self, value: f32) -> Result<(), Fault> {
        self.serialize_str(&value.to_string())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Fault> {
        self.serialize_str(&value.to_string())
    }

    fn serialize_char(self, value: char) -> Result<(), Fault> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Fault> {
        let (start, end) = pushed(&mut self.tree.text, value);
        self.put(Data::Text(start, end));
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Fault> {
        Err(Fault)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.put(Data::Null);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.put(Data::Null);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.put(Data::Null);
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Fault> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Fault> {
        let at = self.tree.values.len();
        let values = &mut *self.tree;
        value.serialize(Writer { tree: values, ..self })?;
        if let (true, Some(Held { data, .. })) = (name == "Quantity", values.values.get_mut(at))
            && let Data::Text(start, end) = *data
        {
            *data = Data::Amount(start, end);
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'t>, Fault> {
        Ok(self.put(Data::List))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'t>, Fault> {
        Ok(self.put(Data::List))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'t>, Fault> {
        Ok(self.put(Data::List))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(Fault)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'t>, Fault> {
        Ok(self.put(Data::Map))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Open<'t>, Fault> {
        Ok(self.put(Data::Struct(name)))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(Fault)
    }
}

macro_rules! list {
    ($($trait:ident $method:ident)*) => {
        $(impl ser::$trait for Open<'_> {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.count += 1;
                self.value(Key::Item(self.count - 1), value)
            }

            fn end(self) -> Result<(), Fault> {
                self.close();
                Ok(())
            }
        })*
    };
}

list! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        // A key is written as a value and taken back: it is text.
        key.serialize(Writer { tree: self.tree, key: Key::Root, parent: self.at })?;
        match self.tree.values.pop().map(|held| held.data) {
            Some(Data::Text(start, end)) => self.entry = Key::Entry(start, end),
            _ => return Err(Fault),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.value(self.entry, value)
    }

    fn end(self) -> Result<(), Fault> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Fault> {
        self.value(Key::Field(key), value)
    }

    fn end(self) -> Result<(), Fault> {
        self.close();
        Ok(())
    }
}
