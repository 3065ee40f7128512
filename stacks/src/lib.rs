//! The stacks of this repository.
