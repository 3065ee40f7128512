//! Names in Rust, of names in JSON.

use std::collections::HashSet;

use crate::rust;

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
    rust::distinct(name, if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" }, taken)
}

/// The name of a field or module.
pub fn snake(name: &str) -> String {
    rust::field(name).unwrap_or_else(|| "field".to_owned())
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
