use super::fill::between_quotes;
use super::place::Within;
use super::plain::{comment, is_name, is_plain, no_controls};
use super::shell::{self, SHELL};
use super::{Language, Place, Quotes};

/// Dockerfiles: each value is an argument of a command, the value of a variable or a label, or a plain word.
pub const DOCKERFILE: Language = Language {
    name: "a Dockerfile",
    files: &["Dockerfile", "Containerfile", "Dockerfile.*", "*.Dockerfile"],
    heredocs: true,
    literal,
    ..Language::PLAIN
};

/// How arguments are quoted, also those in JSON.
const QUOTED: Language = Language {
    quotes: &[Quotes { mark: "\"", escapes: true, lines: false }, Quotes { mark: "'", escapes: false, lines: false }],
    ..Language::PLAIN
};
const JSON: Language = Language { quotes: &[Quotes { mark: "\"", escapes: true, lines: false }], ..Language::PLAIN };

/// What each instruction does with its arguments is in BuildKit's frontend/dockerfile: `parser/line_parsers.go` and `shell/lex.go`.
fn literal(text: &str, place: Place<'_>) -> Result<String, String> {
    let line = logical_line(place.before);
    if line.starts_with('#') {
        return comment(text);
    }
    if is_changed(place.before) {
        return Err("the file sets another shell or another escape, whose quoting is not known here".into());
    }
    let (instruction, arguments) = instruction(&line);
    let is_command = matches!(instruction.as_str(), "RUN" | "CMD" | "ENTRYPOINT");
    match instruction.as_str() {
        _ if is_command && arguments.starts_with('[') => json(text, place, arguments),
        _ if is_command => command(text, place, arguments),
        "ENV" | "LABEL" | "ARG" if !is_name(text) => variable(text, arguments),
        _ if is_plain(text) && !text.contains('*') => Ok(text.to_owned()),
        _ => Err("only commands, variables and labels take more than a plain word".into()),
    }
}

/// The instruction up to the value: a line, and those before it that end in a backslash. Comments between them are no part of it.
fn logical_line(before: &str) -> String {
    let mut lines = before.rsplit('\n');
    let mut line = lines.next().unwrap_or_default().to_owned();
    for previous in lines.filter(|line| !line.trim_start().starts_with('#')) {
        let Some(previous) = previous.trim_end().strip_suffix('\\') else { break };
        line = format!("{previous}{line}");
    }
    line.trim_start().to_owned()
}

/// Whether an earlier line makes another character the escape, or another program the shell.
fn is_changed(before: &str) -> bool {
    let mut lines = before.lines().map(|line| line.trim().to_ascii_lowercase());
    lines.any(|line| line.starts_with("shell") || line.starts_with('#') && line.replace(' ', "").contains("#escape="))
}

/// The instruction that reads the arguments, and these without its options.
fn instruction(line: &str) -> (String, &str) {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = name.to_ascii_uppercase();
    let mut rest = rest.trim_start();
    while let Some((_, arguments)) = rest.strip_prefix("--").and_then(|option| option.split_once(char::is_whitespace)) {
        rest = arguments.trim_start();
    }
    if matches!(name.as_str(), "ONBUILD" | "HEALTHCHECK") { instruction(rest) } else { (name, rest) }
}

fn json(text: &str, place: Place<'_>, arguments: &str) -> Result<String, String> {
    if text.contains('\0') {
        return Err("no argument holds a NUL".into());
    }
    match JSON.within(arguments) {
        Within::Code => serde_json::to_string(text).map_err(|error| error.to_string()),
        _ => between_quotes(text, place),
    }
}

/// Without JSON a command is one line for `/bin/sh -c`, which the builder does not look into.
fn command(text: &str, place: Place<'_>, arguments: &str) -> Result<String, String> {
    no_controls(text)?;
    match SHELL.within(arguments) {
        Within::Code => shell::literal(text, place),
        _ => between_quotes(text, place),
    }
}

/// NAME=value: between double quotes a backslash takes the meaning of `"`, `$` and itself.
fn variable(text: &str, arguments: &str) -> Result<String, String> {
    no_controls(text)?;
    let is_value = arguments.ends_with(|char: char| !char.is_whitespace()) && arguments.contains('=');
    if !is_value || QUOTED.within(arguments) != Within::Code {
        return Err("only the whole value of NAME= can be quoted".into());
    }
    let escaped =
        text.chars().map(|char| if matches!(char, '"' | '\\' | '$') { format!("\\{char}") } else { char.into() });
    Ok(format!("\"{}\"", escaped.collect::<String>()))
}
