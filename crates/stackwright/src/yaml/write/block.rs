//! Maps and lists, entry by entry.

use serde::ser::{self, Serialize};

use super::key::{Key, write_key};
use super::{Emitter, Place};
use crate::yaml::Error;
use crate::yaml::scalar::write_spaces;

/// A map or a list that is being written.
pub(super) struct Block<'e, 'o> {
    pub(super) emitter: &'e mut Emitter<'o>,
    /// The indentation to go back to.
    outer: usize,
    place: Place,
    /// What to write if there is no entry.
    empty: Option<&'static str>,
    /// In an object of Kubernetes, where its `kind` ends.
    kind_end: Option<usize>,
}

impl<'e, 'o> Block<'e, 'o> {
    pub(super) fn map(emitter: &'e mut Emitter<'o>) -> Self {
        let indent = if emitter.place == Place::Root { 0 } else { emitter.indent + 2 };
        Self::at(emitter, indent, "{}")
    }

    /// A list's dashes stand under the first letter of its key, as kubectl prints them.
    pub(super) fn list(emitter: &'e mut Emitter<'o>) -> Self {
        let indent = if emitter.place == Place::Dash { emitter.indent + 2 } else { emitter.indent };
        Self::at(emitter, indent, "[]")
    }

    /// An enum's variant with content: a map of one key.
    pub(super) fn variant(emitter: &'e mut Emitter<'o>, variant: &'static str) -> Self {
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
    pub(super) fn inside(self, block: impl FnOnce(&'e mut Emitter<'o>) -> Self) -> Self {
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

    pub(super) fn finish(self) {
        if let Some(empty) = self.empty {
            self.emitter.place = self.place;
            self.emitter.end_scalar(empty);
        }
        self.emitter.indent = self.outer;
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
