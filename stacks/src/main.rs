//! The clusters of this repository.

fn main() {}
