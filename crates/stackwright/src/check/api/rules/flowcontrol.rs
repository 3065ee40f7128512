use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::tree::Value;

const VERBS: &[&str] = &["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];
const SUBJECTS: &[(&str, &str)] = &[("ServiceAccount", "serviceAccount"), ("User", "user"), ("Group", "group")];

pub(super) const RULES: &[TypeRules] = &[
    ("FlowSchema", &[("", By(sound))]),
    ("FlowSchemaSpec", &[("matchingPrecedence", Range(0, 10_000))]),
    ("FlowDistinguisherMethod", &[("type", Required), ("type", OneOf(&["ByUser", "ByNamespace"]))]),
    ("PriorityLevelConfigurationReference", &[("name", Must(syntax::dns_name))]),
    ("PolicyRulesWithSubjects", &[("subjects", Required), ("", By(rules))]),
    ("Subject", &[("", By(subject))]),
    ("ServiceAccountSubject", &[("name", By(account)), ("namespace", Must(syntax::dns_label))]),
    ("UserSubject", &[("name", Required)]),
    ("GroupSubject", &[("name", Required)]),
    (
        "ResourcePolicyRule",
        &[
            ("verbs", Required),
            ("verbs", By(verbs)),
            ("apiGroups", Required),
            ("apiGroups", By(alone)),
            ("resources", Required),
            ("resources", By(alone)),
            ("namespaces", By(alone)),
            ("", By(namespaces)),
        ],
    ),
    (
        "NonResourcePolicyRule",
        &[
            ("verbs", Required),
            ("verbs", By(verbs)),
            ("nonResourceURLs", Required),
            ("nonResourceURLs", By(alone)),
            ("nonResourceURLs", By(urls)),
        ],
    ),
    ("PriorityLevelConfiguration", &[("", By(level))]),
    (
        "LimitedPriorityLevelConfiguration",
        &[
            ("nominalConcurrencyShares", Range(0, i64::MAX)),
            ("lendablePercent", Range(0, 100)),
            ("borrowingLimitPercent", Range(0, i64::MAX)),
            ("", By(response)),
        ],
    ),
    (
        "ExemptPriorityLevelConfiguration",
        &[("nominalConcurrencyShares", Range(0, i64::MAX)), ("lendablePercent", Range(0, 100))],
    ),
    (
        "QueuingConfiguration",
        &[("queues", Range(0, 10_000_000)), ("queueLengthLimit", Range(0, i64::MAX)), ("", By(hands))],
    ),
];

fn sound(schema: Value<'_>, faults: &mut Faults) {
    let spec = schema.get("spec");
    let precedence = spec.get("matchingPrecedence");
    if !spec.at("priorityLevelConfiguration.name").is_set() {
        faults.missing(schema, "spec.priorityLevelConfiguration.name", "");
    }
    if precedence.int() == Some(1) && schema.at("metadata.name").text() != "exempt" {
        faults.add(VALUE, precedence, "is 1, which the schema exempt alone has", "write a larger number");
    }
}

fn rules(rule: Value<'_>, faults: &mut Faults) {
    if rule.get("resourceRules").len() + rule.get("nonResourceRules").len() == 0 {
        faults.missing(rule, "resourceRules or nonResourceRules", "");
    }
}

/// Its name is RBAC's too, whose subjects are in bindings.
fn subject(subject: Value<'_>, faults: &mut Faults) {
    if subject.root().type_name() != "FlowSchema" {
        return;
    }
    let kind = subject.get("kind");
    let Some((_, field)) = SUBJECTS.iter().find(|(known, _)| *known == kind.text()) else {
        faults.unknown(kind, &["ServiceAccount", "User", "Group"]);
        return;
    };
    for (_, other) in SUBJECTS.iter().filter(|(_, other)| other != field && subject.get(other).is_set()) {
        faults.forbidden(subject.get(other), &format!("with kind: {}", kind.text()));
    }
    if !subject.get(field).is_set() {
        faults.missing(subject, field, &format!("with kind: {}", kind.text()));
    }
}

fn account(name: Value<'_>, faults: &mut Faults) {
    if name.text() != "*" {
        Must(syntax::dns_name).check(name, name.parent(), "name", faults);
    }
}

fn has_star(list: Value<'_>) -> bool {
    list.items().any(|item| item.text() == "*")
}

/// `*` stands for all others.
fn alone(list: Value<'_>, faults: &mut Faults) {
    if list.len() > 1 && has_star(list) {
        faults.add(VALUE, list, "has * beside others", "keep * alone, or the others");
    }
}

fn verbs(verbs: Value<'_>, faults: &mut Faults) {
    alone(verbs, faults);
    if !has_star(verbs) {
        EachOneOf(VERBS).check(verbs, verbs.parent(), "verbs", faults);
    }
}

fn namespaces(rule: Value<'_>, faults: &mut Faults) {
    let namespaces = rule.get("namespaces");
    if namespaces.len() == 0 && !rule.get("clusterScope").is_true() {
        faults.missing(rule, "namespaces", "unless clusterScope is true");
    } else if !has_star(namespaces) {
        EachMust(syntax::dns_label).check(namespaces, rule, "namespaces", faults);
    }
}

fn urls(urls: Value<'_>, faults: &mut Faults) {
    if has_star(urls) {
        return;
    }
    for url in urls.items() {
        let path = url.text();
        let stars = path.matches('*').count();
        let is_path = path.starts_with('/') && !path.contains(' ') && !path.contains("//");
        if !is_path || stars > 1 || stars == 1 && !path.ends_with("/*") {
            faults.add(VALUE, url, format!("is {url}"), "write a path such as /metrics or /healthz/*");
        }
    }
}

/// The level `exempt` alone has no limits.
fn level(level: Value<'_>, faults: &mut Faults) {
    let spec = level.get("spec");
    let (kind, name) = (spec.get("type"), level.at("metadata.name"));
    if !matches!(kind.text(), "Exempt" | "Limited") {
        faults.unknown(kind, &["Limited", "Exempt"]);
        return;
    }
    let (own, other) = if kind.text() == "Exempt" { ("exempt", "limited") } else { ("limited", "exempt") };
    if spec.get(other).is_set() {
        faults.forbidden(spec.get(other), &format!("with type: {}", kind.text()));
    }
    if own == "limited" && !spec.get(own).is_set() {
        faults.missing(spec, own, "with type: Limited");
    }
    if (name.text() == "exempt") != (own == "exempt") {
        faults.add(VALUE, kind, format!("is {kind} for the level {name}"), "the level exempt, and no other, is Exempt");
    }
}

fn response(limited: Value<'_>, faults: &mut Faults) {
    let response = limited.get("limitResponse");
    let (kind, queuing) = (response.get("type"), response.get("queuing"));
    match kind.text() {
        "Queue" if !queuing.is_set() => faults.missing(response, "queuing", "with type: Queue"),
        "Reject" if queuing.is_set() => faults.forbidden(queuing, "with type: Reject"),
        "Queue" | "Reject" => {}
        "" => faults.missing(limited, "limitResponse.type", ""),
        _ => faults.unknown(kind, &["Queue", "Reject"]),
    }
}

/// Each flow is dealt a hand of queues; all hands together have to be told apart by 60 bits.
fn hands(queuing: Value<'_>, faults: &mut Faults) {
    const MOST_BITS: f64 = 60.0;
    // What is not written has a default.
    let number = |field: &str, default: i32| match queuing.get(field).int() {
        None | Some(0) => default,
        Some(number) => i32::try_from(number).unwrap_or(i32::MAX),
    };
    let (queues, hand) = (number("queues", 64), number("handSize", 8));
    let place = queuing.get("handSize");
    if hand < 1 || hand > queues {
        faults.add(VALUE, place, format!("is {hand} of {queues} queues"), "write a number from 1 to queues");
        return;
    }
    let bits: f64 = (0..hand).take(64).map(|dealt| f64::from(queues - dealt).log2()).sum();
    if bits.ceil() > MOST_BITS {
        faults.add(VALUE, place, format!("of {hand} from {queues} queues is too large"), "write a smaller number");
    }
}
