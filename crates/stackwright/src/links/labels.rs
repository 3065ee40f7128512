//! Which labels a selector matches.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

/// Whether a selector matches these labels; one without requirements matches all.
pub fn selects(selector: &LabelSelector, labels: &BTreeMap<String, String>) -> bool {
    let value = |key: &String| labels.get(key).map(String::as_str);
    selector.match_labels.iter().flatten().all(|(key, wanted)| value(key) == Some(wanted))
        && selector.match_expressions.iter().flatten().all(|wanted| fulfils(value(&wanted.key), wanted))
}

/// Whether a label's value, or that there is none, is what an expression asks for.
pub fn fulfils(value: Option<&str>, wanted: &LabelSelectorRequirement) -> bool {
    let listed = || value.is_some_and(|value| wanted.values.iter().flatten().any(|known| known == value));
    match wanted.operator.as_str() {
        "In" => listed(),
        "NotIn" => !listed(),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}
