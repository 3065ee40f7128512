use super::Rule::*;
use super::{Faults, TypeRules, syntax};
use crate::check::api::tree::Value;

const RBAC: &str = "rbac.authorization.k8s.io";

pub(super) const RULES: &[TypeRules] = &[
    ("PolicyRule", &[("verbs", Required), ("", By(policy))]),
    ("RoleRef", &[("name", Must(syntax::path_segment)), ("apiGroup", OneOf(&[RBAC])), ("kind", By(role_kind))]),
    ("Subject", &[("", By(subject))]),
    ("AggregationRule", &[("clusterRoleSelectors", Required)]),
];

fn policy(rule: Value<'_>, faults: &mut Faults) {
    let urls = rule.get("nonResourceURLs");
    if urls.len() > 0 {
        if rule.root().type_name() == "Role" {
            faults.forbidden(urls, "in a Role: URLs are in no namespace");
        }
        for field in ["apiGroups", "resources", "resourceNames"] {
            if rule.get(field).len() > 0 {
                faults.forbidden(rule.get(field), "beside nonResourceURLs");
            }
        }
        return;
    }
    for field in ["apiGroups", "resources"] {
        if rule.get(field).len() == 0 {
            let why = if field == "apiGroups" { "(\"\" is the group of pods and services)" } else { "" };
            faults.missing(rule, field, why);
        }
    }
}

fn role_kind(kind: Value<'_>, faults: &mut Faults) {
    let known: &[&str] =
        if kind.root().type_name() == "ClusterRoleBinding" { &["ClusterRole"] } else { &["Role", "ClusterRole"] };
    match kind.text() {
        "" => faults.missing(kind.parent(), "kind", ""),
        _ => OneOf(known).check(kind, kind.parent(), "kind", faults),
    }
}

fn subject(subject: Value<'_>, faults: &mut Faults) {
    let (kind, name, group) = (subject.get("kind"), subject.get("name"), subject.get("apiGroup"));
    if subject.root().get("roleRef").is_set() && name.is_blank() {
        faults.missing(subject, "name", "");
    }
    match kind.text() {
        _ if !subject.root().get("roleRef").is_set() => {}
        "ServiceAccount" => {
            Is(syntax::dns_name).check(name, subject, "name", faults);
            if !group.is_blank() {
                faults.forbidden(group, "for a ServiceAccount");
            }
            if subject.root().type_name() == "ClusterRoleBinding" && subject.get("namespace").is_blank() {
                faults.missing(subject, "namespace", "for a ServiceAccount");
            }
        }
        // Without a group it is RBAC's own.
        "User" | "Group" => OneOf(&[RBAC]).check(group, subject, "apiGroup", faults),
        "" => faults.missing(subject, "kind", ""),
        _ => faults.unknown(kind, &["ServiceAccount", "User", "Group"]),
    }
}
