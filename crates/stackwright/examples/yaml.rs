//! Reads a JSON value per line and writes its YAML, as a JSON string per line: how `e2e/yaml` asks other readers what
//! the emitter wrote. With `read`, the lines are texts, and what comes out is the documents that they hold.

use std::error::Error;
use std::io::{self, BufRead, Write};

use serde_json::Value as Json;
use stackwright::yaml::{self, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let reads = std::env::args().nth(1).is_some_and(|argument| argument == "read");
    let mut out = io::BufWriter::new(io::stdout());
    for line in io::stdin().lock().lines() {
        let value: Json = serde_json::from_str(&line?)?;
        let answer =
            if reads { documents(value.as_str().unwrap_or_default())? } else { yaml::to_string(&value)?.into() };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

/// The documents, or why the text is refused.
fn documents(text: &str) -> Result<Json, Box<dyn Error>> {
    Ok(match yaml::read(text) {
        Ok(stream) if !stream.documents.iter().all(|document| matches!(document.value, Value::Map(_))) => "no object".into(),
        Ok(stream) => serde_json::to_value(stream.documents)?,
        Err(problems) => problems[0].to_string().into(),
    })
}
