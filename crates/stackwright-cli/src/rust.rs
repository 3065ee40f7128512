//! Words and names of Rust, for the commands that write it.

use std::collections::HashSet;

/// The words that no field, module, variable or crate can have as its name.
pub const KEYWORDS: &[&str] = &[
    "_", "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The words of a name, as they are in it: `cluster` and `IPs` of `clusterIPs`, `node` and `port` of `node-port`.
pub fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            is_new = true;
            continue;
        }
        let before = at.checked_sub(1).map(|at| letters[at]);
        let begins =
            letter.is_ascii_uppercase() && before.is_some_and(|before| begins_word(before, &letters[at + 1..]));
        if is_new || begins {
            words.push(String::new());
        }
        is_new = false;
        words.last_mut().expect("the first letter begins a word").push(letter);
    }
    words
}

/// Whether a capital begins a word: after a small letter or digit, or as the first of what is no abbreviation.
fn begins_word(before: char, after: &[char]) -> bool {
    // The plural of an abbreviation is one word: `IPs`.
    let is_plural = after.first() == Some(&'s') && after.get(1).is_none_or(|next| !next.is_ascii_lowercase());
    let starts_small = after.first().is_some_and(char::is_ascii_lowercase) && !is_plural;
    before.is_ascii_lowercase() || before.is_ascii_digit() || (before.is_ascii_uppercase() && starts_small)
}

/// The words of a name in small letters: `cluster_ips` of `clusterIPs`.
pub fn snake(name: &str) -> String {
    words(name).join("_").to_ascii_lowercase()
}

/// The name of a field or module: `node_port` of `nodePort`, `type_` of `type`, `_2fa` of `2fa`. None where there is no letter or digit.
pub fn field(name: &str) -> Option<String> {
    let snake = snake(name);
    match snake.chars().next()? {
        '0'..='9' => Some(format!("_{snake}")),
        _ if KEYWORDS.contains(&snake.as_str()) => Some(format!("{snake}_")),
        _ => Some(snake),
    }
}

/// What serde makes of a field's name by `rename_all = "camelCase"`.
pub fn camel(field: &str) -> String {
    let mut camel = String::new();
    let mut capital = false;
    for letter in field.chars() {
        match letter {
            '_' => capital = !camel.is_empty(),
            _ if capital => {
                camel.push(letter.to_ascii_uppercase());
                capital = false;
            }
            _ => camel.push(letter),
        }
    }
    camel
}

/// A name that is not taken, and is from now on: itself, or with the first number from 2 on.
pub fn distinct(name: &str, between: &str, taken: &mut HashSet<String>) -> String {
    let (mut free, mut number) = (name.to_owned(), 1);
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{name}{between}{number}");
    }
    free
}
