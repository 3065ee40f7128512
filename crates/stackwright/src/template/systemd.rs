use super::fill::between_quotes;
use super::place::Within;
use super::plain::{comment, is_name, is_plain, no_controls};
use super::{Language, Place, Quotes};

/// systemd's units: each value is a word of a command or of `Environment=`, or the text of a `Description=`.
pub const SYSTEMD: Language = Language {
    name: "systemd",
    files: &[
        "*.service",
        "*.timer",
        "*.socket",
        "*.mount",
        "*.automount",
        "*.path",
        "*.target",
        "*.slice",
        "*.swap",
        "*.service.d/*.conf",
        "*.timer.d/*.conf",
        "*.socket.d/*.conf",
    ],
    literal,
    ..Language::PLAIN
};

/// How a value of several words is read (`extract_first_word` in src/basic/extract-word.c).
const WORDS: Language = Language {
    quotes: &[Quotes { mark: "\"", escapes: true, lines: false }, Quotes { mark: "'", escapes: true, lines: false }],
    ..SYSTEMD
};

const COMMANDS: &[&str] = &[
    "ExecStart",
    "ExecStartPre",
    "ExecStartPost",
    "ExecCondition",
    "ExecReload",
    "ExecStop",
    "ExecStopPre",
    "ExecStopPost",
];

/// Which reader a key has is in src/core/load-fragment-gperf.gperf.in. Of the many, three are known here, and take any text; others
/// take a word without quotes or specifiers in it.
fn literal(text: &str, place: Place<'_>) -> Result<String, String> {
    // A whole assignment with one is left out as no UTF-8 (`unichar_is_valid` in src/basic/utf8.c).
    if text.chars().any(|char| matches!(u32::from(char), 0xFDD0..=0xFDEF) || u32::from(char) & 0xFFFE == 0xFFFE) {
        return Err("it holds a code point that is no character".into());
    }
    let line = logical_line(place.before);
    if line.starts_with(['#', ';']) {
        return comment(text);
    }
    let Some((key, value)) = line.split_once('=') else {
        return if is_name(text) { Ok(text.to_owned()) } else { Err("it would be a section or a key".into()) };
    };
    let key = key.trim();
    if (key == "Environment" || COMMANDS.contains(&key)) && WORDS.within(value) == Within::Quotes {
        return between_quotes(text, place);
    }
    match key {
        "Environment" => variable(text, value),
        key if COMMANDS.contains(&key) => argument(text, value),
        "Description" | "SyslogIdentifier" => line_of_text(text),
        "OnCalendar" if text.split(' ').all(|word| is_plain(word) && !word.contains('%')) => Ok(text.to_owned()),
        _ if is_plain(text) && !text.contains('%') => Ok(text.to_owned()),
        key => Err(format!("how `{key}=` reads more than a plain word is not known here")),
    }
}

/// The line up to the value, with those before it that end in a backslash.
fn logical_line(before: &str) -> String {
    let mut lines = before.rsplit('\n');
    let mut line = lines.next().unwrap_or_default().to_owned();
    for previous in lines {
        let Some(previous) = previous.strip_suffix('\\') else { break };
        line = format!("{previous} {line}");
    }
    line.trim_start().to_owned()
}

/// A word of a command line: after unquoting, specifiers are expanded, and variables when it is run (man systemd.service, "Command lines").
fn argument(text: &str, value: &str) -> Result<String, String> {
    let program = value.trim_start();
    let prefix = &program[..program.len() - program.trim_start_matches(['@', '-', ':', '+', '!', '|']).len()];
    if !program.contains(char::is_whitespace) {
        let is_program = is_name(text);
        return if is_program { Ok(text.to_owned()) } else { Err("no program has such a path".into()) };
    }
    // Where a colon is before the program, nothing expands variables, and two dollars stay two.
    word(text, !prefix.contains(':'))
}

fn variable(text: &str, value: &str) -> Result<String, String> {
    let is_begun = value.ends_with(|char: char| !char.is_whitespace()) && !value.is_empty();
    let name = text.split_once('=').map_or("", |(name, _)| name);
    let is_variable = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.starts_with(|char: char| !char.is_ascii_digit());
    // What is no assignment is left out with no more than a warning.
    if !is_begun && !is_variable {
        return Err("it is no NAME=value".into());
    }
    word(text, false)
}

fn word(text: &str, expands_variables: bool) -> Result<String, String> {
    if text.contains('\0') {
        return Err("no argument and no variable holds a NUL".into());
    }
    if is_name(text) {
        return Ok(text.to_owned());
    }
    let escaped = text.chars().map(|char| match char {
        '"' | '\\' => format!("\\{char}"),
        '%' => "%%".into(),
        '$' if expands_variables => "$$".into(),
        '\n' => r"\n".into(),
        '\t' => r"\t".into(),
        char if char.is_ascii_control() => format!("\\x{:02x}", u32::from(char)),
        char => char.into(),
    });
    Ok(format!("\"{}\"", escaped.collect::<String>()))
}

/// A value that is taken whole: without white space at its ends, which is cut off, and the backslash that joins lines.
fn line_of_text(text: &str) -> Result<String, String> {
    no_controls(text)?;
    if text.trim() != text || text.is_empty() || text.ends_with('\\') {
        return Err("systemd would take something of its ends away".into());
    }
    Ok(text.replace('%', "%%"))
}
