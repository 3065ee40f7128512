//! A value is written into a tree as into any other format: the fields and types keep the names that serde says.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use super::{Data, Field, Held, Key, Tree};

/// Appends a value as the root.
pub(super) fn write<T: Serialize + ?Sized>(tree: &mut Tree, value: &T) -> Result<(), Fault> {
    value.serialize(Writer { tree, key: Key::Root, parent: 0 })
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
        Open { tree: self.tree, at, count: 0, entry: Key::Root, fields: 0 }
    }
}

/// A list, map or struct whose values are being written.
struct Open<'t> {
    tree: &'t mut Tree,
    at: u32,
    count: u32,
    entry: Key,
    fields: u64,
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
pub(super) struct Fault;

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
        Ok(self.put(Data::Struct(name, 0)))
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
        self.fields |= Field::named(key).bit;
        self.value(Key::Field(key), value)
    }

    fn end(self) -> Result<(), Fault> {
        if let Data::Struct(_, fields) = &mut self.tree.values[self.at as usize].data {
            *fields = self.fields;
        }
        self.close();
        Ok(())
    }
}
