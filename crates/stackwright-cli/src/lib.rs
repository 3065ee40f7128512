//! The command line of a Stackwright program.
