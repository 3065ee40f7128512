//! Which objects a patch is for: names and kinds by regular expressions, labels and annotations by selectors.

use regex_lite::Regex;
use stackwright::yaml::Node;

use super::kustomize::Built;
use super::node::text_at;

/// Whether an object is one that a patch's `target` names, now or before it was renamed.
pub fn selects(target: &Node, built: &Built) -> bool {
    let is = |field: &str, value: &str| text_at(target, field).is_none_or(|pattern| matches(pattern, value));
    let (group, version) = built.group_version();
    let map = |field: &str| built.document.node.at(field).map(super::node::pairs).unwrap_or_default();
    is("group", group)
        && is("version", version)
        && is("kind", built.kind())
        && built.ids().any(|(_, name)| is("name", name))
        && built.ids().any(|(namespace, _)| is("namespace", if namespace.is_empty() { "default" } else { namespace }))
        && text_at(target, "labelSelector").is_none_or(|selector| carries(selector, &map("metadata.labels")))
        && text_at(target, "annotationSelector").is_none_or(|selector| carries(selector, &map("metadata.annotations")))
}

/// Whether labels fulfil a selector as kubectl takes it: `a=b,c!=d,e in (f,g),h,!i`.
fn carries(selector: &str, labels: &[(&str, String, stackwright::yaml::Span)]) -> bool {
    let value =
        |key: &str| labels.iter().find(|(known, _, _)| *known == key.trim()).map(|(_, value, _)| value.as_str());
    let mut depth = 0;
    let parts = selector.split(|letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth == 0
    });
    let among = |list: &str, value: &str| {
        list.trim().trim_start_matches('(').trim_end_matches(')').split(',').any(|one| one.trim() == value)
    };
    parts.map(str::trim).filter(|part| !part.is_empty()).all(|part| {
        if let Some((key, list)) = part.split_once(" notin ") {
            value(key).is_none_or(|value| !among(list, value))
        } else if let Some((key, list)) = part.split_once(" in ") {
            value(key).is_some_and(|value| among(list, value))
        } else if let Some((key, wanted)) = part.split_once("!=") {
            value(key) != Some(wanted.trim())
        } else if let Some((key, wanted)) = part.split_once("==").or_else(|| part.split_once('=')) {
            value(key) == Some(wanted.trim())
        } else if let Some(key) = part.strip_prefix('!') {
            value(key).is_none()
        } else {
            value(part).is_some()
        }
    })
}

/// Whether a regular expression of Go's matches all of a text. One that is none matches nothing.
fn matches(pattern: &str, text: &str) -> bool {
    pattern == text || Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use stackwright::yaml::Span;

    use super::{carries, matches};

    #[test]
    fn names_match_as_in_go() {
        for (pattern, text, is_match) in [
            (".*", "anything", true),
            ("app|web", "web", true),
            ("app|web", "webs", false),
            ("cluster-(apps|infra)", "cluster-infra", true),
            ("^(?:a+b?)[0-9]*$", "aab42", true),
            ("[^a-c]\\d", "d7", true),
            ("[^a-c]\\d", "a7", false),
            ("a{2}", "aa", true),
            ("a(", "a(", true),
            ("a(", "a", false),
            ("(a*)*", "aaab", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), is_match, "{pattern} {text}");
        }
    }

    #[test]
    fn labels_are_selected_as_by_kubectl() {
        let labels = [("app", "web".to_owned(), Span::default()), ("tier", "front".to_owned(), Span::default())];
        for (selector, is_selected) in [
            ("app=web", true),
            ("app==web,tier!=back", true),
            ("app in (api, web),!other", true),
            ("app notin (api, web)", false),
            ("tier,app=api", false),
        ] {
            assert_eq!(carries(selector, &labels), is_selected, "{selector}");
        }
    }
}
