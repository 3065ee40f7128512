//! What bindings bind: roles to subjects. Two checks.

use std::cell::LazyCell;

use k8s_openapi::api::rbac::v1::{ClusterRoleBinding, RoleBinding, RoleRef, Subject};

use super::built_in;
use super::missing::{is_slip, missing, misspelt};
use crate::check::{Check, Finding, Group, GroupKind, HashSet, Index, Item, Profile, Severity};
use crate::yaml::is_unknown;

pub(super) const ROLE: Check = Check {
    id: "rbac-role-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A RoleBinding or ClusterRoleBinding gives a role that is not there.",
    run: run_role,
};

pub(super) const SUBJECT: Check = Check {
    id: "rbac-subject-missing",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A RoleBinding or ClusterRoleBinding gives rights to a ServiceAccount that is not there.",
    run: run_subject,
};

fn run_role(index: &Index<'_>, findings: &mut Vec<Finding>) {
    each_binding(index, |item, role, _| {
        let name = role.name.as_str();
        let (namespace, is_known) = match role.kind.as_str() {
            "Role" => (item.namespace, built_in::role(item.namespace, name)),
            "ClusterRole" => ("", built_in::cluster_role(name)),
            _ => return,
        };
        let kind = GroupKind { group: "rbac.authorization.k8s.io", kind: &role.kind };
        if is_known || index.named(kind, namespace, name).is_some() {
            return;
        }
        let place = if namespace.is_empty() { String::new() } else { format!(" in {namespace}") };
        let message = format!("{} gives {} {name}, which is not there{place}", item.label(), role.kind);
        let found = missing(&ROLE, index, (kind, namespace, name), message);
        findings.extend(found.map(|finding| finding.at(item, "roleRef.name")));
    });
}

fn run_subject(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let bound = LazyCell::new(|| bound(index));
    each_binding(index, |item, _, subjects| {
        for (number, subject) in subjects.iter().enumerate().filter(|(_, subject)| subject.kind == "ServiceAccount") {
            let namespace = subject.namespace.as_deref().unwrap_or(item.namespace);
            if built_in::service_account(&subject.name)
                || index.named("ServiceAccount", namespace, &subject.name).is_some()
            {
                continue;
            }
            let message = format!(
                "{} gives rights to ServiceAccount {namespace}/{}, which is not there",
                item.label(),
                subject.name
            );
            let account = ("ServiceAccount".into(), namespace, subject.name.as_str());
            let found = if built_in::is_of_kubernetes(namespace) {
                // Kubernetes has accounts of its own there.
                misspelt(&SUBJECT, index, account, message.clone())
            } else {
                missing(&SUBJECT, index, account, message.clone())
            };
            let found = match meant(index, &bound, account) {
                // One without a namespace is applied to whichever is given.
                Some(other) if other.object.namespace().is_none() => {
                    found.or_else(|| later(index, other, &message, namespace))
                }
                Some(other) => {
                    let help = format!("{} has no rights yet: write namespace: {}", other.label(), other.namespace);
                    let found = found.unwrap_or_else(|| SUBJECT.finding(message, ""));
                    let severity = found.severity.min(SUBJECT.severity);
                    Some(Finding { help, ..found }.rated(severity))
                }
                None => found,
            };
            findings.extend(found.map(|finding| finding.at(item, format!("subjects[{number}].name"))));
        }
    });
}

/// The account that is meant by one which is not there: it has that name in another namespace, and no binding gives it anything.
fn meant<'a>(
    index: &Index<'a>,
    bound: &HashSet<(&str, &str)>,
    (kind, namespace, name): (GroupKind<'_>, &str, &str),
) -> Option<Item<'a>> {
    if is_unknown(namespace) || is_unknown(name) || index.world.makes(kind, namespace, name) {
        return None;
    }
    let other = index.anywhere(kind, name).filter(|other| !bound.contains(&(other.namespace, name)))?;
    (!is_slip(index, kind, namespace, name)).then_some(other)
}

/// That an account without a namespace has to be applied to the one that a binding names.
fn later(index: &Index<'_>, account: Item<'_>, message: &str, namespace: &str) -> Option<Finding> {
    let is_later = !index.is_closed() && !index.is_open(namespace);
    let help = format!(
        "{} names no namespace and has no rights yet: apply it with --namespace {namespace}, or write namespace: {}",
        account.label(),
        account.namespace
    );
    is_later.then(|| SUBJECT.finding(message, help).rated(Severity::Information))
}

/// The accounts that some binding gives rights to, by namespace and name.
fn bound<'a>(index: &Index<'a>) -> HashSet<(&'a str, &'a str)> {
    let mut bound = HashSet::default();
    let mut add = |item: Item<'a>, subjects: &'a Option<Vec<Subject>>| {
        let accounts = subjects.iter().flatten().filter(|subject| subject.kind == "ServiceAccount");
        let namespace = |subject: &'a Subject| subject.namespace.as_deref().unwrap_or(item.namespace);
        bound.extend(accounts.map(|subject| (namespace(subject), subject.name.as_str())));
    };
    for (item, binding) in index.all::<RoleBinding>() {
        add(item, &binding.subjects);
    }
    for (item, binding) in index.all::<ClusterRoleBinding>() {
        add(item, &binding.subjects);
    }
    bound
}

/// Every binding, with its role and subjects.
fn each_binding(index: &Index<'_>, mut look: impl FnMut(Item<'_>, &RoleRef, &[Subject])) {
    for (item, binding) in index.all::<RoleBinding>() {
        look(item, &binding.role_ref, binding.subjects.as_deref().unwrap_or_default());
    }
    for (item, binding) in index.all::<ClusterRoleBinding>() {
        look(item, &binding.role_ref, binding.subjects.as_deref().unwrap_or_default());
    }
}
