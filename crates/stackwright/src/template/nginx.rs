use super::fill::between_quotes;
use super::place::Within;
use super::plain::{comment, is_name, no_controls};
use super::{Language, Place, Quotes};

/// nginx: each value is one argument of a directive.
pub const NGINX: Language = Language {
    name: "nginx",
    files: &[
        "nginx.conf",
        "*.nginx",
        "nginx/*.conf",
        "nginx/conf.d/*.conf",
        "nginx/sites-available/*",
        "nginx/sites-enabled/*",
    ],
    booleans: ["off", "on"],
    literal,
    ..Language::PLAIN
};

/// Arguments are quoted as a whole, and as long as nginx allows.
const ARGUMENTS: Language = Language {
    quotes: &[Quotes { mark: "\"", escapes: true, lines: true }, Quotes { mark: "'", escapes: true, lines: true }],
    comments: &[("#", "\n")],
    ..NGINX
};

/// These read more in a quoted argument than its text: `~` begins a regular expression, `=` a modifier, `*` a pattern, and `listen` an
/// address with options.
const PATTERNS: &[&str] =
    &["location", "server_name", "if", "rewrite", "include", "valid_referers", "listen", "map", "geo"];

/// What is no key in a `map` or a `geo`.
const PARAMETERS: &[&str] = &["default", "hostnames", "include", "volatile", "delete", "proxy", "ranges"];

/// An argument is read into a buffer of 4096 bytes (`NGX_CONF_BUFFER` in src/core/ngx_conf_file.c), quotes and escapes with it.
const MOST_BYTES: usize = 4000;

/// `ngx_conf_read_token` takes `\"` and `\\` between quotes as their second character, and `\n`, `\r`, `\t` as what they are called. Of
/// `$` it knows no escape, and most directives expand it later.
fn literal(text: &str, place: Place<'_>) -> Result<String, String> {
    no_controls(text)?;
    if text.contains('$') || place.before.ends_with(['$', '\\']) {
        return Err("nginx expands `$` between quotes too, and has no escape for it".into());
    }
    let quoted = format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""));
    if quoted.len() > MOST_BYTES {
        return Err("it is longer than an argument that nginx reads".into());
    }
    let (within, statement) = ARGUMENTS.scan(place.before, &[';', '{', '}']);
    match within {
        Within::Comment => return comment(text),
        Within::Quotes => return between_quotes(text, place),
        Within::Code => {}
    }
    let directive = directive(statement);
    match directive {
        "" if is_name(text) && !PARAMETERS.contains(&text) => return Ok(text.to_owned()),
        "" => return Err("it would be a directive, or a key that is more than a name".into()),
        _ if is_name(text) => return Ok(text.to_owned()),
        _ if PATTERNS.contains(&directive) => return Err(format!("`{directive}` reads more in it than a text")),
        _ => {}
    }
    if !place.is_word(&[], &[';', '{']) {
        return Err("it needs quotes, which nginx knows around whole arguments only".into());
    }
    Ok(quoted)
}

/// The first word of a statement, behind the comments before it.
fn directive(statement: &str) -> &str {
    let mut lines = statement.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = lines.next().unwrap_or_default();
    line.split_whitespace().next().unwrap_or_default()
}
