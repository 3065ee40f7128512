//! How `e2e/yaml` asks other readers: reads JSON values, one per line, and answers each with one.
//!
//! - Without an argument: the YAML of the value, as a string.
//! - `read`: the documents of a text, or why it is refused, as a string.
//! - `fmt`: the canonical form of a text, as a string, or why it is refused, in a list.

use std::error::Error;
use std::io::{self, BufRead, Write};

use serde_json::Value as Json;
use stackwright::yaml::{self, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let mut out = io::BufWriter::new(io::stdout());
    for line in io::stdin().lock().lines() {
        let value: Json = serde_json::from_str(&line?)?;
        let answer = match mode.as_str() {
            "read" => documents(value.as_str().unwrap_or_default())?,
            "fmt" => formatted(value.as_str().unwrap_or_default()),
            _ => yaml::to_string(&value)?.into(),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn formatted(text: &str) -> Json {
    match yaml::format(text) {
        Ok(formatted) => formatted.text.into(),
        Err(problems) => vec![problems[0].to_string()].into(),
    }
}

/// The documents, or why the text is refused.
fn documents(text: &str) -> Result<Json, Box<dyn Error>> {
    Ok(match yaml::read(text) {
        Ok(stream) if !stream.documents.iter().all(|document| matches!(document.value, Value::Map(_))) => {
            "no object".into()
        }
        Ok(stream) => serde_json::to_value(stream.documents)?,
        Err(problems) => problems[0].to_string().into(),
    })
}
