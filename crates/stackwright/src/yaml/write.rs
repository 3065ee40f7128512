use std::fmt::Write as _;

use serde::ser::{self, Serialize};

use super::Error;
use super::scalar::{
    Style, key_style, style, write_double_quoted, write_float, write_literal, write_single_quoted, write_spaces,
};

/// The YAML document of a value, without a `---`.
///
/// # Errors
/// The value holds bytes, or a map whose key isn't a string, a number or a boolean, or its `Serialize` fails.
///
/// ```
/// use std::collections::BTreeMap;
///
/// let labels = BTreeMap::from([("app", "web"), ("on", "yes")]);
/// assert_eq!(stackwright::yaml::to_string(&labels)?, "app: web\n\"on\": \"yes\"\n");
/// # Ok::<(), stackwright::yaml::Error>(())
/// ```
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut out = String::new();
    write(&mut out, value)?;
    Ok(out)
}

/// Appends the YAML document of a value, without a `---`.
///
/// # Errors
/// As [`to_string`]; `out` then ends with part of the document.
pub fn write<T: Serialize + ?Sized>(out: &mut String, value: &T) -> Result<(), Error> {
    value.serialize(&mut Emitter { out, indent: 0, place: Place::Root })
}

/// What stands on the line before the next value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    /// `key:`
    Key,
    /// `-`
    Dash,
}

/// Every value ends its own line; a key and a dash begin one.
struct Emitter<'o> {
    out: &'o mut String,
    /// The column of the keys or dashes of the innermost block.
    indent: usize,
    place: Place,
}

impl Emitter<'_> {
    fn end_scalar(&mut self, scalar: &str) {
        self.space();
        self.out.push_str(scalar);
        self.out.push('\n');
    }

    fn space(&mut self) {
        if self.place != Place::Root {
            self.out.push(' ');
        }
    }

    fn number(&mut self, number: impl std::fmt::Display) {
        self.space();
        // A `String` takes any text: there is no error to report.
        let _ = writeln!(self.out, "{number}");
    }

    fn float(&mut self, shortest: &str) {
        self.space();
        write_float(self.out, shortest);
        self.out.push('\n');
    }
}

/// A map or a list that is being written.
struct Block<'e, 'o> {
    emitter: &'e mut Emitter<'o>,
    /// The indentation to go back to.
    outer: usize,
    place: Place,
    /// What to write if there is no entry.
    empty: Option<&'static str>,
    /// In an object of Kubernetes, where its `kind` ends.
    kind_end: Option<usize>,
}

impl<'e, 'o> Block<'e, 'o> {
    fn map(emitter: &'e mut Emitter<'o>) -> Self {
        let indent = if emitter.place == Place::Root { 0 } else { emitter.indent + 2 };
        Self::at(emitter, indent, "{}")
    }

    /// A list's dashes stand under the first letter of its key, as kubectl prints them.
    fn list(emitter: &'e mut Emitter<'o>) -> Self {
        let indent = if emitter.place == Place::Dash { emitter.indent + 2 } else { emitter.indent };
        Self::at(emitter, indent, "[]")
    }

    /// An enum's variant with content: a map of one key.
    fn variant(emitter: &'e mut Emitter<'o>, variant: &'static str) -> Self {
        let mut block = Self::map(emitter);
        block.key(variant);
        block
    }

    fn at(emitter: &'e mut Emitter<'o>, indent: usize, empty: &'static str) -> Self {
        let outer = std::mem::replace(&mut emitter.indent, indent);
        let place = emitter.place;
        Self { emitter, outer, place, empty: Some(empty), kind_end: None }
    }

    /// The list or map in a variant: the variant's indentation is left together with it.
    fn inside(self, block: impl FnOnce(&'e mut Emitter<'o>) -> Self) -> Self {
        let outer = self.outer;
        Self { outer, ..block(self.emitter) }
    }

    fn begin_entry(&mut self) {
        if self.empty.take().is_some() {
            match self.place {
                Place::Root => return,
                Place::Dash => return self.emitter.out.push(' '),
                Place::Key => self.emitter.out.push('\n'),
            }
        }
        write_spaces(self.emitter.out, self.emitter.indent);
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.begin_entry();
        self.emitter.out.push('-');
        self.emitter.place = Place::Dash;
        value.serialize(&mut *self.emitter)
    }

    fn key(&mut self, key: &str) {
        self.begin_entry();
        let start = self.emitter.out.len();
        write_key(self.emitter.out, key);
        self.end_key(start);
    }

    fn end_key(&mut self, start: usize) {
        const LONGEST_SIMPLE_KEY: usize = 1000; // readers give up looking for the colon after 1024 characters
        let out = &mut *self.emitter.out;
        if out.len() - start > LONGEST_SIMPLE_KEY {
            out.insert_str(start, "? ");
            out.push('\n');
            write_spaces(out, self.emitter.indent);
        }
        out.push(':');
        self.emitter.place = Place::Key;
    }

    /// People look for an object's metadata at its top: k8s-openapi has it among the other fields, in alphabetical order.
    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        let start = self.emitter.out.len();
        self.key(key);
        value.serialize(&mut *self.emitter)?;
        if self.place == Place::Root {
            match (key, self.kind_end) {
                ("kind", _) => self.kind_end = Some(self.emitter.out.len()),
                ("metadata", Some(kind_end)) if kind_end < start => {
                    let metadata = self.emitter.out.split_off(start);
                    self.emitter.out.insert_str(kind_end, &metadata);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn finish(self) {
        if let Some(empty) = self.empty {
            self.emitter.place = self.place;
            self.emitter.end_scalar(empty);
        }
        self.emitter.indent = self.outer;
    }
}

fn write_key(out: &mut String, key: &str) {
    match key_style(key) {
        Style::Plain => out.push_str(key),
        Style::Single => write_single_quoted(out, key),
        Style::Double | Style::Literal => write_double_quoted(out, key),
    }
}

impl<'e, 'o> ser::Serializer for &'e mut Emitter<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Block<'e, 'o>;
    type SerializeTuple = Block<'e, 'o>;
    type SerializeTupleStruct = Block<'e, 'o>;
    type SerializeTupleVariant = Block<'e, 'o>;
    type SerializeMap = Block<'e, 'o>;
    type SerializeStruct = Block<'e, 'o>;
    type SerializeStructVariant = Block<'e, 'o>;

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.space();
        match style(text) {
            Style::Plain => self.out.push_str(text),
            Style::Single => write_single_quoted(self.out, text),
            Style::Double => write_double_quoted(self.out, text),
            Style::Literal => {
                write_literal(self.out, text, self.indent + 2);
                return Ok(());
            }
        }
        self.out.push('\n');
        Ok(())
    }

    fn serialize_char(self, character: char) -> Result<(), Error> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.end_scalar(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, number: i8) -> Result<(), Error> {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<(), Error> {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<(), Error> {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Error> {
        self.number(number);
        Ok(())
    }

    fn serialize_i128(self, number: i128) -> Result<(), Error> {
        self.number(number);
        Ok(())
    }

    fn serialize_u8(self, number: u8) -> Result<(), Error> {
        self.serialize_u64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<(), Error> {
        self.serialize_u64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<(), Error> {
        self.serialize_u64(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Error> {
        self.number(number);
        Ok(())
    }

    fn serialize_u128(self, number: u128) -> Result<(), Error> {
        self.number(number);
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.float(&format!("{number:?}"));
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        self.float(&format!("{number:?}"));
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        Err(Error::bytes())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.end_scalar("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let block = Block::variant(self, variant);
        value.serialize(&mut *block.emitter)?;
        block.finish();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::list(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::list(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::list(self))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::variant(self, variant).inside(Block::list))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::map(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::map(self))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Block<'e, 'o>, Error> {
        Ok(Block::variant(self, variant).inside(Block::map))
    }
}

impl ser::SerializeMap for Block<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.begin_entry();
        let start = self.emitter.out.len();
        key.serialize(Key(self.emitter.out))?;
        self.end_key(start);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.emitter)
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

macro_rules! list {
    ($trait:ident, $item:ident) => {
        impl ser::$trait for Block<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        }
    };
}
list!(SerializeSeq, serialize_element);
list!(SerializeTuple, serialize_element);
list!(SerializeTupleStruct, serialize_field);
list!(SerializeTupleVariant, serialize_field);

macro_rules! fields {
    ($trait:ident) => {
        impl ser::$trait for Block<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish();
                Ok(())
            }
        }
    };
}
fields!(SerializeStruct);
fields!(SerializeStructVariant);

/// Writes a map's key.
struct Key<'o>(&'o mut String);

type Impossible = ser::Impossible<(), Error>;

macro_rules! number_keys {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, number: $number) -> Result<(), Error> {
            let _ = write!(self.0, "{number}");
            Ok(())
        })*
    };
}

impl ser::Serializer for Key<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Impossible;
    type SerializeTuple = Impossible;
    type SerializeTupleStruct = Impossible;
    type SerializeTupleVariant = Impossible;
    type SerializeMap = Impossible;
    type SerializeStruct = Impossible;
    type SerializeStructVariant = Impossible;

    number_keys! {
        serialize_bool: bool,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    }

    fn serialize_str(self, key: &str) -> Result<(), Error> {
        write_key(self.0, key);
        Ok(())
    }

    fn serialize_char(self, key: char) -> Result<(), Error> {
        self.serialize_str(key.encode_utf8(&mut [0; 4]))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, key: &T) -> Result<(), Error> {
        key.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, key: &T) -> Result<(), Error> {
        key.serialize(self)
    }

    fn serialize_f32(self, _: f32) -> Result<(), Error> {
        Err(Error::key("a float"))
    }

    fn serialize_f64(self, _: f64) -> Result<(), Error> {
        Err(Error::key("a float"))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        Err(Error::bytes())
    }

    fn serialize_none(self) -> Result<(), Error> {
        Err(Error::key("null"))
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Err(Error::key("null"))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        Err(Error::key("null"))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error::key("a map"))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Impossible, Error> {
        Err(Error::key("a list"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Impossible, Error> {
        Err(Error::key("a list"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible, Error> {
        Err(Error::key("a list"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Impossible, Error> {
        Err(Error::key("a list"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Impossible, Error> {
        Err(Error::key("a map"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Impossible, Error> {
        Err(Error::key("a map"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Impossible, Error> {
        Err(Error::key("a map"))
    }
}

#[cfg(test)]
mod tests;
