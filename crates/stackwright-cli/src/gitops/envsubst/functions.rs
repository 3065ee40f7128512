//! What is done with the value of a variable: parts of it, and replacements in it.

/// What an operator makes of a value.
pub fn changed(operator: &str, value: &str, arguments: &[String]) -> String {
    let first = arguments.first().map(String::as_str);
    let with = arguments.get(1).map_or("", String::as_str);
    let cased = |change: fn(char) -> String| {
        let mut letters = value.chars();
        letters.next().map(change).into_iter().chain([letters.as_str().to_owned()]).collect()
    };
    match (operator, first) {
        (",", _) => cased(|letter| letter.to_lowercase().collect()),
        (",,", _) => value.to_lowercase(),
        ("^", _) => cased(|letter| letter.to_uppercase().collect()),
        ("^^", _) => value.to_uppercase(),
        ("#", None) => value.len().to_string(),
        ("#" | "##", Some(pattern)) => value[trimmed(value, pattern, operator == "##")..].to_owned(),
        ("%" | "%%", Some(pattern)) => {
            let reverse = |text: &str| text.chars().rev().collect::<String>();
            let backwards = reverse(value);
            reverse(&backwards[trimmed(&backwards, &reverse(pattern), operator == "%%")..])
        }
        (":", Some(_)) => part(value, arguments),
        ("/", Some(old)) => value.replacen(old, with, 1),
        ("//", Some(old)) => value.replace(old, with),
        ("/#", Some(old)) if arguments.len() == 2 && value.starts_with(old) => value.replacen(old, with, 1),
        ("/%", Some(old)) if arguments.len() == 2 && value.ends_with(old) => {
            format!("{}{with}", &value[..value.len() - old.len()])
        }
        _ => value.to_owned(),
    }
}

/// How many bytes at the beginning of a value a pattern matches, at least or at most.
fn trimmed(value: &str, pattern: &str, longest: bool) -> usize {
    let ends = value.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let mut matching = ends.filter(|end| glob(pattern, &value[..*end]));
    let found = if longest { matching.next_back() } else { matching.next() };
    found.unwrap_or_default()
}

/// Whether a pattern with `*` and `?` matches a whole text.
fn glob(pattern: &str, text: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return text.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    let mut letters = text.chars();
    match first {
        '*' => text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| glob(rest, &text[at..])),
        '?' => letters.next().is_some() && glob(rest, letters.as_str()),
        '\\' if !rest.is_empty() => {
            let wanted = rest.chars().next();
            letters.next() == wanted && glob(&rest[wanted.map_or(0, char::len_utf8)..], letters.as_str())
        }
        _ => letters.next() == Some(first) && glob(rest, letters.as_str()),
    }
}

/// `${NAME:from}` and `${NAME:from:length}`, in bytes.
fn part(value: &str, arguments: &[String]) -> String {
    let Ok(from) = arguments[0].parse::<i64>() else { return value.to_owned() };
    let length = i64::try_from(value.len()).unwrap_or(i64::MAX);
    let from = if from < 0 { (length + from).max(0) } else { from.min(length) };
    let to = match arguments.get(1).map(|text| text.parse::<i64>()) {
        None => length,
        Some(Err(_)) => return value.to_owned(),
        Some(Ok(count)) => (from.saturating_add(count)).clamp(from, length),
    };
    let index = |at: i64| usize::try_from(at).unwrap_or_default();
    String::from_utf8_lossy(&value.as_bytes()[index(from)..index(to)]).into_owned()
}
