use super::Rule::*;
use super::{Faults, TypeRules, VALUE, cel, syntax};
use crate::check::HashSet;
use crate::check::api::cel::Type;
use crate::check::api::tree::Value;

const OPERATIONS: &[&str] = &["*", "CREATE", "UPDATE", "DELETE", "CONNECT"];

const WEBHOOK: &[(&str, super::Rule)] = &[
    ("name", Must(qualified)),
    ("failurePolicy", OneOfIfSet(&["Ignore", "Fail"])),
    ("matchPolicy", OneOfIfSet(&["Exact", "Equivalent"])),
    ("reinvocationPolicy", OneOfIfSet(&["Never", "IfNeeded"])),
    ("sideEffects", Required),
    ("sideEffects", OneOfIfSet(&["None", "NoneOnDryRun"])),
    ("timeoutSeconds", Range(1, 30)),
    ("admissionReviewVersions", By(versions)),
    ("matchConditions", Unique("name")),
    ("matchConditions", AtMost(64)),
];

/// Which requests are meant.
pub(super) const RULE: &[(&str, super::Rule)] = &[
    ("operations", Required),
    ("operations", EachOneOf(OPERATIONS)),
    ("operations", By(alone)),
    ("apiGroups", Required),
    ("apiGroups", By(alone)),
    ("apiVersions", Required),
    ("apiVersions", By(alone)),
    ("apiVersions", By(not_empty)),
    ("resources", Required),
    ("resources", By(resources)),
    ("scope", OneOfIfSet(&["Cluster", "Namespaced", "*"])),
];

pub(super) const RULES: &[TypeRules] = &[
    ("ValidatingWebhook", WEBHOOK),
    ("MutatingWebhook", WEBHOOK),
    ("ValidatingWebhookConfiguration", &[("webhooks", Unique("name"))]),
    ("MutatingWebhookConfiguration", &[("webhooks", Unique("name"))]),
    ("WebhookClientConfig", &[("", ExactlyOne(&["url", "service"])), ("url", By(url)), ("service", By(service))]),
    ("MatchCondition", &[("name", Must(syntax::qualified_name)), ("expression", By(condition))]),
    ("RuleWithOperations", RULE),
];

fn qualified(name: &str) -> Option<&'static str> {
    syntax::dns_name(name).or((name.split('.').count() < 3).then_some("it has three parts at least: pods.example.org"))
}

/// Those of a policy know more names.
fn condition(expression: Value<'_>, faults: &mut Faults) {
    if expression.root().type_name() != "ValidatingAdmissionPolicy" {
        cel::check(
            expression,
            &["object", "oldObject", "request", "namespaceObject", "authorizer"],
            &[Type::Bool],
            faults,
        );
    }
}

fn versions(versions: Value<'_>, faults: &mut Faults) {
    if versions.len() == 0 {
        faults.missing(versions.parent(), "admissionReviewVersions", "");
        return;
    }
    let mut all = versions.items();
    if !versions.items().any(|version| matches!(version.text(), "v1" | "v1beta1")) {
        faults.add(VALUE, versions, "has neither v1 nor v1beta1", "add v1");
    }
    Unique("").check(versions, versions.parent(), "", faults);
    all.by_ref().for_each(|version| faults.malformed(version, syntax::dns_1035_label));
}

/// `*` stands for all others.
fn alone(list: Value<'_>, faults: &mut Faults) {
    if list.len() > 1 && list.items().any(|item| item.text() == "*") {
        faults.add(VALUE, list, "has * beside others", "keep * alone, or the others");
    }
}

fn not_empty(list: Value<'_>, faults: &mut Faults) {
    if let Some(empty) = list.items().find(|item| item.text().is_empty()) {
        faults.add(VALUE, empty, "is empty", "write a version, or *");
    }
}

/// Resources and their parts, `*` for any; none may be one that an earlier `*` stands for, or that `*` alone does.
fn resources(resources: Value<'_>, faults: &mut Faults) {
    let (mut all_parts_of, mut part_of_all) = (HashSet::default(), HashSet::default());
    let mut last_whole = "*";
    let is_there = |name: &str| resources.items().any(|item| item.text() == name);
    for item in resources.items() {
        let name = item.text();
        let Some((resource, part)) = name.split_once('/') else {
            if name.is_empty() {
                faults.add(VALUE, item, "is empty", "write a resource, or *");
            }
            last_whole = name;
            continue;
        };
        if all_parts_of.contains(resource) || part_of_all.contains(part) || is_there("*/*") && resources.len() > 1 {
            faults.add(VALUE, item, format!("is {item} beside a * that has it"), "keep one of the two");
        }
        if part == "*" {
            all_parts_of.insert(resource);
        }
        if resource == "*" {
            part_of_all.insert(part);
        }
    }
    if is_there("*/*") && resources.len() > 1 && last_whole != "*" || is_there("*") && last_whole != "*" {
        faults.add(VALUE, resources, "has * beside others", "keep * alone, or the others");
    }
}

fn url(url: Value<'_>, faults: &mut Faults) {
    if !url.is_set() {
        return;
    }
    let host = url.text().strip_prefix("https://").map(|rest| rest.split('/').next().unwrap_or_default());
    let rest = url.text().contains(['#', '?']) || host.is_some_and(|host| host.contains('@'));
    if host.is_none_or(str::is_empty) || rest || url.text().contains([' ', '\n']) {
        faults.add(VALUE, url, format!("is {url}"), "write https://host:port/path, without a query");
    }
}

pub(super) fn service(service: Value<'_>, faults: &mut Faults) {
    if !service.is_set() {
        return;
    }
    for field in ["name", "namespace"] {
        if service.get(field).is_blank() {
            faults.missing(service, field, "");
        }
    }
    Port.check(service.get("port"), service, "port", faults);
    let path = service.get("path");
    if matches!(path.text(), "" | "/") {
        return;
    }
    let text = path.text();
    let steps = text.strip_prefix('/').map(|rest| rest.strip_suffix('/').unwrap_or(rest));
    let is_path =
        steps.is_some_and(|steps| steps.split('/').all(|step| !step.is_empty() && syntax::dns_name(step).is_none()));
    if !is_path {
        faults.add(VALUE, path, format!("is {path}"), "write /a/b of lower-case letters, digits and `-`");
    }
}
