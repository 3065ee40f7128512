use std::sync::{Arc, Mutex};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, UndefinedBehavior, Value};
use serde::Serialize;

use super::place::Within;
use super::{Language, Place, plain};
use crate::{Error, error};

/// Stands around the number of a value until all that is before it is written: no character, so nobody's text has it.
const MARK: char = '\u{FDD0}';

/// The text of a template. What a value is part of shows only in the text around it: so it is rendered with marks, which then
/// become literals from the first to the last.
pub(super) fn fill(language: &Language, path: &str, source: &str, values: impl Serialize) -> Result<String, Error> {
    let values = Value::from(Serde(values));
    let found = Arc::new(Mutex::new(Vec::new()));
    let finds = Arc::clone(&found);
    let marked = render(path, source, &values, move |out, value| {
        let mut found = finds.lock().expect("a render is one thread");
        write!(out, "{MARK}{}{MARK}", found.len())?;
        found.push(value.clone());
        Ok(())
    });
    let marked = marked.map_err(|error| failure(path, source, &error))?;

    let found = found.lock().expect("a render is one thread");
    // Text, number, text, number, text.
    let mut pieces = marked.split(MARK);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    while let (Some(number), Some(after)) = (pieces.next(), pieces.next()) {
        let number: usize = number.parse().unwrap_or(usize::MAX);
        let literal = match found.get(number) {
            Some(value) => literal(language, value, Place { before: &text, after }),
            None => Err("the template holds U+FDD0, which is no character".into()),
        };
        match literal {
            Ok(literal) => text.push_str(&literal),
            Err(why) => return Err(refusal(path, source, &values, number, &why)),
        }
        text.push_str(after);
    }
    Ok(text)
}

/// Renders once more up to the value that was refused, as only the renderer knows where that is in the template.
fn refusal(path: &str, source: &str, values: &Value, number: usize, why: &str) -> Error {
    let passed = Mutex::new(0);
    let reason = why.to_owned();
    let refused = render(path, source, values, move |_, _| {
        let mut passed = passed.lock().expect("a render is one thread");
        *passed += 1;
        if *passed <= number { Ok(()) } else { Err(minijinja::Error::new(ErrorKind::BadEscape, reason.clone())) }
    });
    refused.map_or_else(|error| failure(path, source, &error), |_| unplaced(path, "", why))
}

fn render(
    path: &str,
    source: &str,
    values: &Value,
    write: impl Fn(&mut Output<'_>, &Value) -> Result<(), minijinja::Error> + Send + Sync + 'static,
) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the default delimiters are valid"));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_debug(true);
    environment.set_formatter(move |out, _, value| write(out, value));
    environment.render_named_str(path, source, values.clone())
}

fn failure(path: &str, source: &str, error: &minijinja::Error) -> Error {
    let line = error.line().map(|line| format!(" line {line}")).unwrap_or_default();
    let value = match error.kind() {
        ErrorKind::BadEscape => error.range().and_then(|range| source.get(range)),
        _ => None,
    };
    let value = value.map(|value| format!(", value `{value}`")).unwrap_or_default();
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    unplaced(path, &format!("{line}{value}"), &detail)
}

fn unplaced(path: &str, place: &str, detail: &str) -> Error {
    Error::of(
        error::ErrorKind::Template,
        format!("template of `{path}`{place}: {detail}"),
        "every value must be given, and must be one that the file's language can hold",
    )
}

/// A value at its place, or why it cannot stand there.
fn literal(language: &Language, value: &Value, place: Place<'_>) -> Result<String, String> {
    let text = match value.kind() {
        ValueKind::Bool => return Ok(language.booleans[usize::from(value.is_true())].into()),
        ValueKind::Number => {
            let number = value.to_string();
            let is_finite = number.ends_with(|char: char| char.is_ascii_digit());
            return if is_finite { Ok(number) } else { Err(format!("{number} is no number in {}", language.name)) };
        }
        ValueKind::String => value.as_str().unwrap_or_default(),
        ValueKind::Undefined => return Err("a value is not there".into()),
        kind => return Err(format!("a {kind} is not one value: write its parts")),
    };
    let literal = if text.contains(MARK) {
        Err("it holds U+FDD0, which is no character, or is a block that has values of its own".into())
    } else {
        match language.within(place.before) {
            Within::Comment => plain::comment(text),
            Within::Quotes => between_quotes(text, place),
            Within::Code => (language.literal)(text, place),
        }
    };
    literal.map_err(|why| format!("`{}` cannot stand there: {why}", text.escape_debug()))
}

/// Between quotes that the template has itself, a plain word needs none of its own.
pub(super) fn between_quotes(text: &str, place: Place<'_>) -> Result<String, String> {
    if plain::is_name(text) && !place.before.ends_with(['$', '\\', '%', '#', '@', '&']) {
        Ok(text.to_owned())
    } else {
        Err("the template quotes it, and a value brings its own quotes".into())
    }
}
