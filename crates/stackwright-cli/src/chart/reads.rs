//! What a chart's templates read of its values.
//!
//! A template is not run. Its actions are followed as far as their paths go: fields, variables, `with`, and the functions that pick a
//! value out of another. Where that ends, such as in what a helper is given, the value is known to be passed on, and stays open.

mod reader;

use std::collections::BTreeMap;

use self::reader::Reader;
use super::actions::actions;

/// The values that templates read, by their paths.
#[derive(Debug, Default)]
pub struct Reads(BTreeMap<Vec<String>, Use>);

/// How a value is read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// It is written out as it is, with all that it holds, as `toYaml` does.
    pub is_written_whole: bool,
    /// It is passed on, and what is read of it there is not followed.
    pub is_passed_on: bool,
    /// It switches a subchart on or off.
    pub is_switch: bool,
}

impl Reads {
    /// Adds what a template reads.
    pub fn template(&mut self, text: &str) {
        let mut reader = Reader::new(self);
        for action in actions(text) {
            reader.action(&action);
        }
    }

    /// Adds a value that is read.
    pub fn add(&mut self, path: &[String]) -> &mut Use {
        self.0.entry(path.to_vec()).or_default()
    }

    /// How the value of a path is read itself.
    pub fn of(&self, path: &[String]) -> Use {
        self.0.get(path).copied().unwrap_or_default()
    }

    /// Adds what others read.
    pub fn extend(&mut self, others: &Reads) {
        for (path, other) in &others.0 {
            let own = self.add(path);
            own.is_written_whole |= other.is_written_whole;
            own.is_passed_on |= other.is_passed_on;
            own.is_switch |= other.is_switch;
        }
    }

    /// The keys that are read of the value of a path, in the order of the alphabet.
    pub fn keys_below(&self, path: &[String]) -> Vec<&str> {
        let below = self.0.range(path.to_vec()..).take_while(|(read, _)| read.starts_with(path));
        let mut keys: Vec<_> = below.filter_map(|(read, _)| read.get(path.len())).map(String::as_str).collect();
        keys.dedup();
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths that a template reads, those that are written whole with a star.
    fn read(template: &str) -> Vec<String> {
        let mut reads = Reads::default();
        reads.template(template);
        let named = |(path, read): (&Vec<String>, &Use)| path.join(".") + if read.is_written_whole { "*" } else { "" };
        reads.0.iter().map(named).collect()
    }

    #[test]
    fn paths_are_followed() {
        assert_eq!(read("{{ .Values.a.b }}{{- $.Values.c -}}"), ["a.b", "c"]);
        assert_eq!(
            read("{{ with .Values.a }}{{ .b }}{{ else }}{{ .Values.c }}{{ end }}{{ .Values.d }}"),
            ["a", "a.b", "c", "d"]
        );
        assert_eq!(
            read("{{ $web := .Values.web }}{{ if $web.on }}{{ toYaml $web.labels | indent 2 }}{{ end }}"),
            ["web", "web.labels*", "web.on"]
        );
        assert_eq!(read(r#"{{ index .Values "a-b" "c" | quote }}{{ (.Values.d).e }}"#), ["a-b.c", "d", "d.e"]);
        assert_eq!(
            read(r#"{{ dig "a" "b" "none" .Values.top }}{{ (get .Values "x").y }}"#),
            ["top", "top.a.b", "x", "x.y"]
        );
        assert_eq!(read("{{ define \"x\" }}{{ .root.Values.a | toYaml }}{{ end }}"), ["a*"]);
        assert_eq!(read("{{/* .Values.no */}}{{ printf \"%s }} .Values.no\" .Values.yes }}"), ["yes"]);
    }

    #[test]
    fn items_have_fields_of_their_own() {
        assert_eq!(
            read("{{ range $k, $v := .Values.list }}{{ .x }}{{ $v.y }}{{ $.Values.z }}{{ end }}"),
            ["list", "z"]
        );
        assert_eq!(read("{{ with .Values.a | default .Values.b }}{{ toYaml . }}{{ end }}"), ["a*", "b"]);
    }

    #[test]
    fn no_text_is_too_broken() {
        for text in
            ["{{", "{{ (", "{{ ) }}{{ end }}{{ end }}", "{{ .Values. }}", "{{ \"", "{{ `x }}", "{{ $ := }}", "}}"]
        {
            read(text);
        }
    }
}
