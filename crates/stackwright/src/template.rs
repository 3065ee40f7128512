//! Text files from templates, with every value escaped for the language of the file.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, UndefinedBehavior, Value};
use serde::Serialize;

use crate::{Error, File, error};

/// A file whose text is a minijinja template filled with values.
///
/// The file's name says its language, and each `{{ value }}` becomes a whole literal of it: a quoted word in a shell script
/// (`.sh`), a string literal in Ruby (`Vagrantfile`, `.rb`). Other formats have no quoting that all their readers agree on, so
/// there a value is taken as it is, or refused where it is more than letters, digits and `. _ - / : , = @ % + *`.
/// Loops and conditions work as in Jinja; a name that the values lack is an error.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// let values = std::collections::BTreeMap::from([("name", "$(reboot)")]);
/// let file = stackwright::template::template("greet.sh", "echo {{ name }}\n", &values)?;
/// assert_eq!(file.text, "echo '$(reboot)'\n");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the template does not parse, names a value that is not there, or a value cannot be written safely in its language.
#[expect(clippy::missing_panics_doc, reason = "the default delimiters are valid")]
pub fn template(path: &str, source: &str, values: impl Serialize) -> Result<File, Error> {
    let language = Language::of(path);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the default delimiters are valid"));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(move |out, _, value| literal(out, language, value));
    let text = environment.render_named_str(path, source, Value::from(Serde(values))).map_err(|error| {
        let line = error.line().map(|line| format!(" line {line}")).unwrap_or_default();
        let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Error::of(
            error::ErrorKind::Template,
            format!("template of `{path}`{line}: {detail}"),
            "every value must be given, and must be one that the file's language can hold",
        )
    })?;
    Ok(if language == Language::Shell { File::script(path, text) } else { File::new(path, text) })
}

/// What the values of a template are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Shell,
    Ruby,
    Plain,
}

impl Language {
    fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match (name, extension) {
            (_, "sh") => Self::Shell,
            ("Vagrantfile", _) | (_, "rb") => Self::Ruby,
            _ => Self::Plain,
        }
    }
}

fn literal(out: &mut Output<'_>, language: Language, value: &Value) -> Result<(), minijinja::Error> {
    let refused = |why: &str| Err(minijinja::Error::new(ErrorKind::BadEscape, why.to_owned()));
    let text = match value.kind() {
        ValueKind::Number | ValueKind::Bool => return Ok(write!(out, "{value}")?),
        ValueKind::String => value.as_str().unwrap_or_default(),
        ValueKind::Undefined => return refused("a value is not there"),
        kind => return refused(&format!("a {kind} is not one value: write its parts")),
    };
    let quoted = match language {
        _ if text.contains('\0') => return refused("a value holds a NUL character"),
        Language::Shell if text.starts_with('-') => {
            return refused(&format!("`{text}` would be read as an option"));
        }
        Language::Shell => shell_word(text),
        Language::Ruby => ruby_string(text),
        Language::Plain if is_plain(text) => text.to_owned(),
        Language::Plain => return refused(&format!("`{}` cannot stand in this file", text.escape_debug())),
    };
    Ok(out.write_str(&quoted)?)
}

/// A word of a POSIX shell that stands for exactly this text: nothing is special between single quotes but the quote itself.
pub fn shell_word(text: &str) -> String {
    if is_plain(text) && !text.contains(['*', '=']) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A Ruby string literal of exactly this text: between single quotes only the quote and the backslash are special, so that `#{}` is inert.
fn ruby_string(text: &str) -> String {
    let needs_single = text.chars().any(|char| matches!(char, '"' | '\\' | '#') || char.is_control());
    if needs_single { format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")) } else { format!("\"{text}\"") }
}

/// Whether every format takes the text as one word.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(['-', '='])
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/:,=@%+*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::template;

    /// What a value becomes in a file of that name.
    fn written(path: &str, value: &str) -> Result<String, String> {
        let values = BTreeMap::from([("value", value)]);
        template(path, "{{ value }}", &values).map(|file| file.text).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn assert_written(path: &str, cases: &[(&str, &str)]) {
        for (value, expected) in cases {
            assert_eq!(written(path, value).as_deref(), Ok(*expected), "{value:?} in {path}");
        }
    }

    #[track_caller]
    fn assert_refused(path: &str, values: &[&str]) {
        for value in values {
            assert!(written(path, value).is_err(), "{value:?} in {path} is not refused");
        }
    }

    #[test]
    fn a_shell_reads_each_value_as_one_inert_word() {
        assert_written(
            "run.sh",
            &[
                ("kube-node1", "kube-node1"),
                ("192.168.56.0/24", "192.168.56.0/24"),
                ("", "''"),
                ("two words", "'two words'"),
                ("$(reboot)", "'$(reboot)'"),
                ("`reboot`", "'`reboot`'"),
                ("$HOME", "'$HOME'"),
                ("it's", r"'it'\''s'"),
                ("a\nb", "'a\nb'"),
                ("*", "'*'"),
                ("A=b", "'A=b'"),
                ("~root", "'~root'"),
            ],
        );
        assert_refused("run.sh", &["-rf", "--help", "a\0b"]);
    }

    #[test]
    fn ruby_reads_each_value_as_one_string() {
        assert_written(
            "machines/Vagrantfile",
            &[
                ("kube-node1", "\"kube-node1\""),
                ("", "\"\""),
                ("it's", "\"it's\""),
                ("#{reboot}", "'#{reboot}'"),
                ("say \"hi\"", "'say \"hi\"'"),
                (r"C:\temp", r"'C:\\temp'"),
                ("\"it's\"", r#"'"it\'s"'"#),
                ("a\nb", "'a\nb'"),
                ("-rf", "\"-rf\""),
            ],
        );
        assert_refused("x.rb", &["a\0b"]);
    }

    #[test]
    fn formats_without_quoting_take_plain_words_only() {
        for path in ["inventory.ini", "exports", "hosts"] {
            assert_written(path, &[("kube-node1", "kube-node1"), ("192.168.56.0/24", "192.168.56.0/24")]);
            assert_refused(path, &["", "two words", "a\nb", "$(reboot)", "it's", "#x", "-x", "{{ x }}", "[group]"]);
        }
    }

    #[test]
    fn a_name_without_a_value_is_an_error() {
        let none: BTreeMap<&str, &str> = BTreeMap::new();
        let error = template("run.sh", "#!/bin/sh\necho {{ missing }}\n", &none).unwrap_err();
        assert!(error.to_string().starts_with("template of `run.sh` line 2"), "{error}");
    }

    #[test]
    fn a_list_is_not_one_value() {
        let values = BTreeMap::from([("value", vec!["a"])]);
        assert!(template("run.sh", "{{ value }}", &values).is_err());
    }
}
