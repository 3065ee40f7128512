mod excluded;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::missing::{missing, of_none};
use crate::capacity::Node;
use crate::check::topology::Advertisement;
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::links::fulfils;

pub(super) const CHECK: Check = Check {
    id: "lb-advertisement-empty",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An advertisement of MetalLB's names a pool that is not there, selects no pool or no node, or is \
            for nodes that all are excluded.",
    run,
};

const POOL: GroupKind<'_> = GroupKind { group: "metallb.io", kind: "IPAddressPool" };

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for advertisement in &index.topology().advertisements {
        let item = advertisement.item;
        for (name, path) in &advertisement.pools {
            if index.named(POOL, item.namespace, name).is_none() {
                let message = format!("{} is for IPAddressPool {name}, which is not there", item.label());
                let finding = missing(&CHECK, index, (POOL, item.namespace, name), message);
                findings.extend(finding.map(|finding| finding.at(item, path.clone())));
            }
        }
        findings.extend(without_pool(index, advertisement));
        findings.extend(without_node(index, advertisement));
    }
    findings.extend(excluded::finding(index));
}

/// An advertisement that selects pools by labels which none of its namespace's has.
fn without_pool(index: &Index<'_>, advertisement: &Advertisement<'_>) -> Option<Finding> {
    let item = advertisement.item;
    if advertisement.selectors.is_empty() || !advertisement.pools.is_empty() {
        return None;
    }
    let mut pools = index.within(POOL, item.namespace).peekable();
    let first: Item<'_> = *pools.peek()?;
    if pools.any(|pool| advertisement.selects(pool)) {
        return None;
    }
    let message = format!("{} selects no IPAddressPool of {}", item.label(), item.namespace);
    let finding = CHECK.finding(message, "give the pool these labels, or name it in spec.ipAddressPools");
    let finding = finding.rated(of_none(&CHECK, index)).at(item, "spec.ipAddressPoolSelectors");
    Some(finding.see(first, "metadata.name", "a pool that has other labels"))
}

/// An advertisement that no node makes.
fn without_node(index: &Index<'_>, advertisement: &Advertisement<'_>) -> Option<Finding> {
    if advertisement.nodes.is_empty() {
        return None;
    }
    let nodes = &index.analysis().model.nodes;
    let is_made = |node: &Node<'_>| advertisement.nodes.iter().any(|selector| may_select(selector, node));
    if nodes.is_empty() || nodes.iter().any(is_made) {
        return None;
    }
    let item = advertisement.item;
    let message = format!("{} is announced by no node: none has the labels that it selects", item.label());
    let help = "give nodes these labels, or leave spec.nodeSelectors out, so that all announce";
    // Another may announce the same pools.
    let is_only = index.topology().advertisements.len() == 1;
    let severity = if is_only { CHECK.severity } else { Severity::Warning };
    Some(CHECK.finding(message, help).rated(severity).at(item, "spec.nodeSelectors"))
}

/// Whether a selector matches a node: some labels of one that doesn't run yet are not known.
fn may_select(selector: &LabelSelector, node: &Node<'_>) -> bool {
    let expressions = selector.match_expressions.iter().flatten();
    let mut expressions = expressions.map(|wanted| (wanted, node.labels.get(&wanted.key).map(String::as_str)));
    selector.match_labels.iter().flatten().all(|(key, value)| node.carries(key, value))
        && expressions.all(|(wanted, value)| fulfils(value, wanted) || value.is_none() && node.declared.is_some())
}
