//! Where pods may run, and which objects a selector means.

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, label_key, syntax};
use crate::check::api::tree::Value;

const SELECTORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist"];
const NODE_SELECTORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];
const UNSATISFIABLE: &[&str] = &["DoNotSchedule", "ScheduleAnyway"];

pub(super) const RULES: &[TypeRules] = &[
    (
        "Toleration",
        &[
            ("key", Is(syntax::qualified_name)),
            ("operator", OneOf(&["Equal", "Exists"])),
            ("effect", OneOf(EFFECTS)),
            ("", By(toleration)),
        ],
    ),
    ("NodeSelector", &[("nodeSelectorTerms", Required)]),
    ("NodeSelectorTerm", &[("matchFields", By(node_fields)), ("matchExpressions", By(node_labels))]),
    ("PreferredSchedulingTerm", &[("weight", Range(1, 100))]),
    ("WeightedPodAffinityTerm", &[("weight", Range(1, 100))]),
    (
        "PodAffinityTerm",
        &[
            ("topologyKey", Must(syntax::qualified_name)),
            ("namespaces", EachMust(syntax::dns_label)),
            ("matchLabelKeys", By(label_keys)),
            ("mismatchLabelKeys", By(label_keys)),
        ],
    ),
    (
        "TopologySpreadConstraint",
        &[
            ("maxSkew", Range(1, i64::MAX)),
            ("topologyKey", Required),
            ("whenUnsatisfiable", Required),
            ("whenUnsatisfiable", OneOf(UNSATISFIABLE)),
            ("minDomains", Range(1, i64::MAX)),
            ("minDomains", By(min_domains)),
            ("nodeAffinityPolicy", OneOfIfSet(&["Ignore", "Honor"])),
            ("nodeTaintsPolicy", OneOfIfSet(&["Ignore", "Honor"])),
            ("matchLabelKeys", By(label_keys)),
            ("", By(repeated_spread)),
        ],
    ),
    ("LabelSelector", &[("matchLabels", By(match_labels))]),
    ("LabelSelectorRequirement", &[("key", Must(syntax::qualified_name)), ("", By(requirement))]),
];

fn toleration(toleration: Value<'_>, faults: &mut Faults) {
    let (operator, value) = (toleration.get("operator").text(), toleration.get("value"));
    if toleration.get("key").is_blank() && operator != "Exists" {
        faults.missing(toleration, "key", "unless its operator is Exists");
    }
    if toleration.get("tolerationSeconds").is_set() && toleration.get("effect").text() != "NoExecute" {
        faults.forbidden(toleration.get("tolerationSeconds"), "without effect: NoExecute");
    }
    match operator {
        "Exists" if !value.is_blank() => faults.forbidden(value, "beside operator: Exists"),
        "" | "Equal" => faults.malformed(value, syntax::label_value),
        _ => {}
    }
}

fn node_labels(expressions: Value<'_>, faults: &mut Faults) {
    let is_required = expressions.parent().parent().key() == "nodeSelectorTerms";
    for expression in expressions.items() {
        let (key, operator, values) = (expression.get("key"), expression.get("operator"), expression.get("values"));
        match key.text() {
            "" => faults.missing(expression, "key", ""),
            _ => faults.malformed(key, syntax::qualified_name),
        }
        match operator.text() {
            "In" | "NotIn" if values.len() == 0 => faults.missing(expression, "values", "with In or NotIn"),
            "Exists" | "DoesNotExist" if values.len() > 0 => faults.forbidden(values, "with Exists or DoesNotExist"),
            "Gt" | "Lt" if values.len() != 1 => {
                faults.add(VALUE, values, "needs one value with Gt or Lt", "write one number");
            }
            known if NODE_SELECTORS.contains(&known) => {}
            _ => faults.unknown(operator, NODE_SELECTORS),
        }
        if is_required {
            values.items().for_each(|value| faults.malformed(value, syntax::label_value));
        }
    }
}

fn node_fields(expressions: Value<'_>, faults: &mut Faults) {
    for expression in expressions.items() {
        let (key, operator, values) = (expression.get("key"), expression.get("operator"), expression.get("values"));
        if key.text() != "metadata.name" {
            faults.unknown(key, &["metadata.name"]);
        }
        if !matches!(operator.text(), "In" | "NotIn") {
            faults.unknown(operator, &["In", "NotIn"]);
        } else if values.len() != 1 {
            faults.add(VALUE, values, "needs one value", "write one name");
        }
        values.items().for_each(|value| faults.malformed(value, syntax::dns_name));
    }
}

/// Keys whose values are taken from the pod itself.
fn label_keys(keys: Value<'_>, faults: &mut Faults) {
    if keys.len() == 0 {
        return;
    }
    let term = keys.parent();
    let selector = term.get("labelSelector");
    if !selector.is_set() {
        faults.forbidden(keys, "without labelSelector");
    }
    for key in keys.items() {
        label_key(key, key.text(), faults);
        let is_selected = selector.get("matchLabels").get(key.text()).is_set()
            || selector.get("matchExpressions").items().any(|expression| expression.get("key").text() == key.text());
        // A term of an affinity may name it once more; a spread may not.
        if is_selected && term.type_name() == "TopologySpreadConstraint" {
            faults.forbidden(key, "beside the same key in labelSelector");
        }
    }
    if keys.key() == "matchLabelKeys" {
        let other = term.get("mismatchLabelKeys");
        for key in keys.items().filter(|key| other.items().any(|mismatch| mismatch.text() == key.text())) {
            faults.forbidden(key, "in both matchLabelKeys and mismatchLabelKeys");
        }
    }
}

fn min_domains(number: Value<'_>, faults: &mut Faults) {
    if number.is_set() && number.parent().get("whenUnsatisfiable").text() != "DoNotSchedule" {
        faults.forbidden(number, "without whenUnsatisfiable: DoNotSchedule");
    }
}

fn repeated_spread(constraint: Value<'_>, faults: &mut Faults) {
    let identity = |it: Value<'_>| (it.get("topologyKey").to_string(), it.get("whenUnsatisfiable").to_string());
    let earlier = constraint.parent().items().take(constraint.position());
    if earlier.into_iter().any(|other| identity(other) == identity(constraint)) {
        faults.add(
            VALUE,
            constraint,
            "repeats an earlier one's topologyKey and whenUnsatisfiable",
            "remove one of them",
        );
    }
}

/// Those of a metric are the business of who measures it.
fn match_labels(labels: Value<'_>, faults: &mut Faults) {
    if labels.parent().parent().type_name() != "MetricIdentifier" {
        super::labels(labels, faults);
    }
}

fn requirement(requirement: Value<'_>, faults: &mut Faults) {
    if requirement.parent().parent().parent().type_name() == "MetricIdentifier" {
        return;
    }
    let (operator, values) = (requirement.get("operator"), requirement.get("values"));
    match operator.text() {
        "In" | "NotIn" if values.len() == 0 => faults.missing(requirement, "values", "with In or NotIn"),
        "Exists" | "DoesNotExist" if values.len() > 0 => faults.forbidden(values, "with Exists or DoesNotExist"),
        known if SELECTORS.contains(&known) => {}
        _ => faults.unknown(operator, SELECTORS),
    }
    values.items().for_each(|value| faults.malformed(value, syntax::label_value));
}
