//! ClusterRoles that only RoleBindings give, and whose rules are all about what is in no namespace.

use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, RoleBinding};

use super::{CHECK, Lack, Rule};
use crate::check::references::rights::{Defined, Rights, is_of_kubernetes, joined};
use crate::check::{Finding, HashMap, HashSet, Index, Item, Severity};

/// Of so many other bindings the places are told.
const SOME: usize = 3;

/// The label that puts a role's rules into another one.
const AGGREGATED: &str = "rbac.authorization.k8s.io/aggregate-to-";

pub(super) fn run(index: &Index<'_>, defined: &Defined<'_>, findings: &mut Vec<Finding>) {
    let mut bindings: Vec<(&str, Vec<Item<'_>>)> = Vec::new();
    let mut places = HashMap::default();
    for (item, binding) in index.all::<RoleBinding>().filter(|(_, binding)| binding.role_ref.kind == "ClusterRole") {
        let name = binding.role_ref.name.as_str();
        let place = *places.entry(name).or_insert(bindings.len());
        match bindings.get_mut(place) {
            Some((_, items)) => items.push(item),
            None => bindings.push((name, vec![item])),
        }
    }
    let everywhere: HashSet<_> =
        index.all::<ClusterRoleBinding>().map(|(_, binding)| &*binding.role_ref.name).collect();
    for (name, items) in bindings.iter().filter(|(name, _)| !everywhere.contains(name)) {
        let Some((role, found)) = index.get::<ClusterRole>("", name) else { continue };
        let (Some(names), [first, others @ ..]) = (of_no_namespace(defined, role, found), &items[..]) else { continue };
        let message = format!(
            "{} gives {} for its namespace, and {} {} in none",
            first.label(),
            role.label(),
            joined(&names),
            if names.len() == 1 { "is" } else { "are" }
        );
        let finding = CHECK.finding(message, "give it by a ClusterRoleBinding").rated(Severity::Warning);
        let finding =
            finding.why("who relies on it gets error 403").at(*first, "roleRef").see(role, "rules", "the role");
        let others = others.iter().take(SOME);
        findings.push(others.fold(finding, |finding, other| finding.see(*other, "roleRef", "so does this")));
    }
}

/// What the rules of a role are about, where a RoleBinding gives nothing of it.
fn of_no_namespace<'r>(defined: &Defined<'_>, item: Item<'r>, role: &'r ClusterRole) -> Option<Vec<&'r str>> {
    let mut labels = role.metadata.labels.iter().flatten();
    if role.aggregation_rule.is_some() || is_of_kubernetes(item) || labels.any(|(key, _)| key.starts_with(AGGREGATED)) {
        return None;
    }
    let rules = role.rules.as_deref().unwrap_or_default();
    // In a namespace it gives what a Role does.
    let rights = Rights { item, rules, is_of_namespace: true };
    let mut names: Vec<&str> = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        for name in lost(defined, &rights, number, rule)? {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The resources of a rule, where all of them are in no namespace.
fn lost<'r>(defined: &Defined<'_>, rights: &Rights<'r>, number: usize, rule: &'r PolicyRule) -> Option<Vec<&'r str>> {
    let written = rule.resources.as_deref().unwrap_or_default();
    let known = Rule::of(defined, rights, number, rule)?;
    let is_lost = known.resources.iter().all(|(_, resource)| known.lack(resource) == Some(Lack::Namespace));
    (is_lost && known.resources.len() == written.len()).then(|| written.iter().map(String::as_str).collect())
}
