//! Names in Rust, of names in JSON.

use std::collections::HashSet;

/// The words that no field or module can have as its name.
const KEYWORDS: &[&str] = &[
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Signs by their names, for values that have neither letters nor digits.
const SIGNS: &[(char, &str)] = &[
    ('=', "Equal"),
    ('!', "Not"),
    ('~', "Tilde"),
    ('*', "Star"),
    ('<', "Less"),
    ('>', "Greater"),
    ('+', "Plus"),
    ('-', "Minus"),
    ('/', "Slash"),
    ('.', "Dot"),
    ('^', "Caret"),
    ('|', "Bar"),
    ('&', "And"),
    ('%', "Percent"),
    ('_', "Underscore"),
    (' ', "Space"),
];

/// A name that is not taken, and is from now on: itself, or with the first number from 2 on.
pub fn distinct(name: &str, taken: &mut HashSet<String>) -> String {
    let between = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    let (mut free, mut number) = (name.to_owned(), 1);
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{name}{between}{number}");
    }
    free
}

/// The name of a field or module: `cluster_ips` of `clusterIPs`, `type_` of `type`.
pub fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            if !snake.is_empty() && !snake.ends_with('_') {
                snake.push('_');
            }
            continue;
        }
        let before = at.checked_sub(1).map(|at| letters[at]);
        if letter.is_ascii_uppercase()
            && before.is_some_and(|before| begins_word(before, &letters[at + 1..]))
            && !snake.ends_with('_')
        {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    let snake = snake.trim_end_matches('_');
    match snake {
        "" => "field".to_owned(),
        _ if KEYWORDS.contains(&snake) => format!("{snake}_"),
        _ if snake.starts_with(|c: char| c.is_ascii_digit()) => format!("_{snake}"),
        _ => snake.to_owned(),
    }
}

/// Whether a capital begins a word: after a small letter or digit, or as the first of what is no abbreviation.
fn begins_word(before: char, after: &[char]) -> bool {
    // The plural of an abbreviation is one word: `IPs`.
    let is_plural = after.first() == Some(&'s') && after.get(1).is_none_or(|next| !next.is_ascii_lowercase());
    let starts_small = after.first().is_some_and(char::is_ascii_lowercase) && !is_plural;
    before.is_ascii_lowercase() || before.is_ascii_digit() || (before.is_ascii_uppercase() && starts_small)
}

/// What serde makes of a field's name by `rename_all = "camelCase"`.
pub fn camel(snake: &str) -> String {
    let mut camel = String::new();
    let mut capital = false;
    for letter in snake.chars() {
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

/// The name of a type or variant: `IssuerRef` of `issuerRef`, `V1_2` of `1.2`, `NotEqual` of `!=`.
pub fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        if is_digit(pascal.chars().last()) && is_digit(word.chars().next()) {
            pascal.push('_');
        }
        pascal.push_str(&word[..1].to_ascii_uppercase());
        pascal.push_str(&word[1..]);
    }
    if pascal.is_empty() {
        let sign = |letter: char| SIGNS.iter().find(|(sign, _)| *sign == letter).map_or("Other", |(_, name)| *name);
        pascal = if name.is_empty() { "Empty".to_owned() } else { name.chars().map(sign).collect() };
    }
    match pascal.as_str() {
        "Self" => "Self_".to_owned(),
        _ if pascal.starts_with(|c: char| c.is_ascii_digit()) => format!("V{pascal}"),
        _ => pascal,
    }
}
