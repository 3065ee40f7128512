//! A map's key: text, a number or a boolean, on one line.

use std::fmt::Write as _;

use serde::ser::{self, Serialize};

use crate::yaml::Error;
use crate::yaml::scalar::{Style, key_style, write_double_quoted, write_single_quoted};

/// Appends a key that is text.
pub(super) fn write_key(out: &mut String, key: &str) {
    match key_style(key) {
        Style::Plain => out.push_str(key),
        Style::Single => write_single_quoted(out, key),
        Style::Double | Style::Literal => write_double_quoted(out, key),
    }
}

/// Writes a map's key.
pub(super) struct Key<'o>(pub(super) &'o mut String);

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
