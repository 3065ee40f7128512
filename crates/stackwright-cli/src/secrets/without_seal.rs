//! What stands for `seal` in a program that was built without it.

use std::time::SystemTime;

use camino::Utf8Path;
use stackwright::{Cluster, Error};

pub fn seal(_: &Utf8Path, _: &Cluster, _: &[String], _: bool, _: SystemTime) -> Result<Vec<String>, Error> {
    Err(without())
}

pub fn open(_: &Utf8Path, _: &Cluster, _: &str, _: bool) -> Result<Vec<String>, Error> {
    Err(without())
}

fn without() -> Error {
    Error::new(
        "this program was built without what seals secrets",
        "build it with that: `cargo run --features seal -- ...`; its package passes the feature on: seal = [\"stackwright-cli/seal\"]",
    )
}
