//! Values as YAML: scalars here, maps and lists in [`block`], the keys of maps in [`key`].

mod block;
mod key;

use std::fmt::Write as _;

use serde::ser::{self, Serialize};

use super::Error;
use super::scalar::{Style, style, write_double_quoted, write_float, write_literal, write_single_quoted};
use block::Block;

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

macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, number: $number) -> Result<(), Error> {
            self.number(number);
            Ok(())
        })*
    };
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

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
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

#[cfg(test)]
mod tests;
