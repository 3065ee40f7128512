//! Which objects a patch is for: names and kinds by regular expressions, labels and annotations by selectors.

use regex_lite::Regex;
use stackwright::yaml::Node;

use super::kustomize::Built;
use super::node::text_at;

/// A patch's `target`.
pub struct Selector<'n> {
    /// Patterns of what tells objects from others; none where any will do.
    group: Option<Pattern<'n>>,
    version: Option<Pattern<'n>>,
    kind: Option<Pattern<'n>>,
    name: Option<Pattern<'n>>,
    namespace: Option<Pattern<'n>>,
    labels: Option<&'n str>,
    annotations: Option<&'n str>,
}

impl<'n> Selector<'n> {
    pub fn of(target: &'n Node) -> Self {
        let pattern = |field| text_at(target, field).map(Pattern::of);
        Self {
            group: pattern("group"),
            version: pattern("version"),
            kind: pattern("kind"),
            name: pattern("name"),
            namespace: pattern("namespace"),
            labels: text_at(target, "labelSelector"),
            annotations: text_at(target, "annotationSelector"),
        }
    }

    /// Whether an object is meant, as it is called now or was before.
    pub fn selects(&self, built: &Built) -> bool {
        let is =
            |pattern: &Option<Pattern<'_>>, text: &str| pattern.as_ref().is_none_or(|pattern| pattern.matches(text));
        let (group, version) = built.group_version();
        let map = |field: &str| built.document.node.at(field).map(super::node::pairs).unwrap_or_default();
        is(&self.kind, built.kind())
            && is(&self.group, group)
            && is(&self.version, version)
            && built.ids().any(|(_, name)| is(&self.name, name))
            && built.ids().any(|(own, _)| is(&self.namespace, if own.is_empty() { "default" } else { own }))
            && self.labels.is_none_or(|selector| carries(selector, &map("metadata.labels")))
            && self.annotations.is_none_or(|selector| carries(selector, &map("metadata.annotations")))
    }
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

/// A regular expression of Go's, which has to match all of a text. One that is none matches what is written as it is.
struct Pattern<'n> {
    text: &'n str,
    regex: Option<Regex>,
}

impl<'n> Pattern<'n> {
    fn of(text: &'n str) -> Self {
        let is_plain = text.chars().all(|letter| letter.is_alphanumeric() || "-_/".contains(letter));
        let regex = if is_plain { None } else { Regex::new(&format!("^(?:{text})$")).ok() };
        Self { text, regex }
    }

    fn matches(&self, text: &str) -> bool {
        self.text == text || self.regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use stackwright::yaml::Span;

    use super::{Pattern, carries};

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
            assert_eq!(Pattern::of(pattern).matches(text), is_match, "{pattern} {text}");
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
