//! Names of Rust's own for the keys of a chart.

use std::collections::HashSet;

/// Words that no field can have as its name. `crate`, `self`, `super` and `Self` can't be raw names either.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The names of structs: each is given once.
#[derive(Default)]
pub struct Names(HashSet<String>);

/// What a module uses by these names.
const USED: [&str; 12] =
    ["Chart", "Release", "Map", "Value", "Serialize", "String", "Vec", "Option", "Some", "None", "Clone", "Default"];

impl Names {
    /// The name of a struct, from words with anything between them.
    pub fn new_name(&mut self, words: &str) -> String {
        let mut name: String = parts(words).iter().map(|part| capitalised(part)).collect();
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            name.insert_str(0, "Of");
        }
        if USED.contains(&name.as_str()) {
            name.push_str("Values");
        }
        free(&name, "", &mut self.0)
    }
}

/// The name of a struct's field: none has it yet.
pub fn field_name(key: &str, taken: &mut HashSet<String>) -> String {
    let parts: Vec<_> = parts(key).iter().map(|part| part.to_lowercase()).collect();
    let mut name = if parts.is_empty() { "_key".to_owned() } else { parts.join("_") };
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    free(&name, "_", taken)
}

fn free(name: &str, between: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}{between}{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    let free = names.find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

/// How serde writes a field in camel case.
pub fn camel_case(field: &str) -> String {
    let mut parts = field.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &capitalised(part))
}

fn capitalised(part: &str) -> String {
    let mut characters = part.chars();
    characters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + characters.as_str())
}

/// The words of a key: `nodePort`, `node-port`, `loadBalancerIP`.
fn parts(key: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let characters: Vec<char> = key.chars().collect();
    let mut is_new = true;
    for (at, c) in characters.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            is_new = true;
            continue;
        }
        let is_upper = |c: Option<&char>| c.is_some_and(char::is_ascii_uppercase);
        let is_lower = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
        let before = at.checked_sub(1).and_then(|at| characters.get(at));
        // `IP` is one word, and ends before `IPAddress`'s second.
        let begins = c.is_ascii_uppercase() && (!is_upper(before) || is_lower(characters.get(at + 1)));
        if is_new || begins && !parts.is_empty() {
            parts.push(String::new());
        }
        is_new = false;
        if let Some(part) = parts.last_mut() {
            part.push(*c);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names() {
        let mut taken = HashSet::new();
        let mut of = |key| field_name(key, &mut taken);
        assert_eq!(of("nodePort"), "node_port");
        assert_eq!(of("loadBalancerIP"), "load_balancer_ip");
        assert_eq!(of("IPAddress"), "ip_address");
        assert_eq!(of("type"), "type_");
        assert_eq!(of("type_"), "type__2");
        assert_eq!(of("grafana.ini"), "grafana_ini");
        assert_eq!(of("self"), "self_");
        assert_eq!(of("2fa"), "_2fa");
        assert_eq!((of("-"), of("ü")), ("_key".to_owned(), "_key_2".to_owned()));
    }

    #[test]
    fn structs_have_names_of_their_own() {
        let mut names = Names::default();
        assert_eq!(names.new_name("web_node-port"), "WebNodePort");
        assert_eq!(names.new_name("web-nodePort"), "WebNodePort2");
        assert_eq!(names.new_name("chart"), "ChartValues");
        assert_eq!(names.new_name("1"), "Of1");
    }
}
