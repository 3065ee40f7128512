//! What is true of other people's programs: data, each entry with its source and the day on which it was read there.

pub(crate) mod charts;
