//! What the API server makes of an object that is applied over the one that is there.

mod kept;
mod values;

pub use kept::{bytes, is_kept, refused, way_out};
pub use values::{Difference, differences, fact, in_text};
