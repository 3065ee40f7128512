//! Names of Rust's own for the keys of a chart.

use std::collections::HashSet;

use crate::rust;

/// The names of structs: each is given once.
#[derive(Default)]
pub struct Names(HashSet<String>);

/// What a module uses by these names.
const USED: [&str; 12] =
    ["Chart", "Release", "Map", "Value", "Serialize", "String", "Vec", "Option", "Some", "None", "Clone", "Default"];

impl Names {
    /// The name of a struct, from words with anything between them.
    pub fn new_name(&mut self, words: &str) -> String {
        let mut name: String = rust::words(words).iter().map(|part| capitalised(part)).collect();
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            name.insert_str(0, "Of");
        }
        if USED.contains(&name.as_str()) {
            name.push_str("Values");
        }
        rust::distinct(&name, "", &mut self.0)
    }
}

/// The name of a struct's field: none has it yet.
pub fn field_name(key: &str, taken: &mut HashSet<String>) -> String {
    rust::distinct(&rust::field(key).unwrap_or_else(|| "_key".to_owned()), "_", taken)
}

fn capitalised(part: &str) -> String {
    let mut characters = part.chars();
    characters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + characters.as_str())
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
