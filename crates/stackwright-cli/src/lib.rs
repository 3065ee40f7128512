//! The command line of a Stackwright program.

pub mod secrets;
