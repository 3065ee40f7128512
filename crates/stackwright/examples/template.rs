//! How `e2e/templates` has templates filled: reads JSON objects with `path`, `source` and `values`, one per line, and answers each
//! with one that has its `text`, or the `error` that refuses it.

use std::error::Error;
use std::io::{self, BufRead, Write};

use serde_json::{Value, json};
use stackwright::template::template;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::BufWriter::new(io::stdout());
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| asked[name].as_str().ok_or_else(|| format!("`{name}` is no text"));
        let answer = match template(text("path")?, text("source")?, &asked["values"]) {
            Ok(file) => json!({ "text": file.text }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
