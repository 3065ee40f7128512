//! What is wrong with a cluster, found before anything is written.
//!
//! A check is one file with one constant and one function, listed once in its group. It reads the [`Index`], which is made
//! once, and pushes [`Finding`]s. A check of your own is a [`Check`] value beside ours: [`findings`] takes any of them.

mod allowance;
mod alternatives;
mod api;
mod beyond;
mod capacity;
mod consequence;
mod finding;
mod hosts;
mod index;
mod input;
pub(crate) mod network;
mod objects;
mod operators;
pub(crate) mod references;
mod rollout;
mod scale;
mod security;
mod storage;
pub(crate) mod tls;
mod told;
pub(crate) mod topology;
mod world;

use std::{fmt, thread};

use crate::{Cluster, HashMap, HashSet};

pub use crate::links::{
    ContainerPath, GroupKind, Item, ObjectId, PodSet, Pods, Purpose, Reference, is_cluster_wide,
    is_cluster_wide_to_kustomize,
};
pub use allowance::Allowance;
pub(crate) use allowance::allowances;
pub(crate) use api::tree;
pub use api::unreadable;
pub(crate) use capacity::quota_exceeded::refusal as quota_refusal;
pub use finding::{Finding, Place, Severity};
pub use index::Index;
pub use input::{Given, Input};
pub use objects::{Objects, PART_OF};
pub(crate) use references::traffic;
pub(crate) use scale::{Steps, fewest, rolls, steps};
pub(crate) use security::controls;
pub use tls::is_for;
pub(crate) use tree::Tree;

/// Every check, in the order in which their findings are reported.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    let groups = [
        api::CHECKS,
        references::CHECKS,
        capacity::CHECKS,
        network::CHECKS,
        tls::CHECKS,
        storage::CHECKS,
        hosts::CHECKS,
        rollout::CHECKS,
        security::CHECKS,
    ];
    groups.into_iter().flatten()
}

/// A rule about clusters.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its stable name in kebab-case.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// Whether it is run without being asked for.
    pub profile: Profile,
    /// How bad what it finds is, as a rule.
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub about: &'static str,
    /// Finds it.
    pub run: fn(&Index<'_>, &mut Vec<Finding>),
}

/// What checks are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Group {
    References,
    Api,
    Capacity,
    Network,
    Tls,
    Storage,
    Hosts,
    Rollout,
    Security,
}

/// When a check is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Profile {
    /// Always: it finds what does not fit together.
    Link,
    /// When it is asked for: it gives advice on reliability and security, which would drown the rest.
    Lint,
}

impl fmt::Display for Group {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::References => "references",
            Self::Api => "api",
            Self::Capacity => "capacity",
            Self::Network => "network",
            Self::Tls => "tls",
            Self::Storage => "storage",
            Self::Hosts => "hosts",
            Self::Rollout => "rollout",
            Self::Security => "security",
        })
    }
}

impl Check {
    /// A finding of this check: the fact, and what to do.
    pub fn finding(&self, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding {
            id: self.id,
            severity: self.severity,
            place: None,
            message: message.into(),
            why: None,
            help: help.into(),
            related: Vec::new(),
        }
    }
}

/// Everything that is wrong with a cluster, in the order of [`checks`]; empty when nothing is. Advice ([`Profile::Lint`]) is not part of it.
///
/// In a test of your own clusters: `assert_eq!(stackwright::check(&cluster), []);`.
///
/// ```
/// let cluster = stackwright::Cluster::new("lab", "1.35.4");
/// let findings = stackwright::check(&cluster);
/// assert_eq!(findings[0].message, "cluster lab has no control plane");
/// ```
pub fn check(cluster: &Cluster) -> Vec<Finding> {
    findings(&Index::of(cluster), checks().filter(|check| check.profile == Profile::Link))
}

/// What these checks find, in their order, without what is allowed and what may only follow from text that could not be read.
pub fn findings<'c>(index: &Index<'_>, checks: impl IntoIterator<Item = &'c Check>) -> Vec<Finding> {
    let checks: Vec<_> = checks.into_iter().collect();
    let mut findings = found(index, &checks);
    findings.retain(|finding| !beyond::is_beyond(index, finding));
    consequence::remove(index, &checks, &mut findings);
    alternatives::rate(index, &mut findings);
    allowance::apply(index, &checks, &mut findings);
    references::name_makers(index, &mut findings);
    findings
}

/// Whether a finding of a check stands: it is about what somebody wrote, and follows from nothing that could not be read. What is allowed
/// stands, too.
pub(crate) fn stands(index: &Index<'_>, check: &Check, finding: &Finding) -> bool {
    let mut findings = vec![finding.clone()];
    findings.retain(|finding| !beyond::is_beyond(index, finding));
    consequence::remove(index, &[check], &mut findings);
    !findings.is_empty()
}

/// What these checks find, in their order. The rules about values take as long as all else, so that a second thread looks at them.
fn found(index: &Index<'_>, checks: &[&Check]) -> Vec<Finding> {
    let of_group = |is_wanted: fn(Group) -> bool| {
        let wanted = checks.iter().enumerate().filter(|(_, check)| is_wanted(check.group));
        let found = wanted.map(|(number, check)| {
            let mut findings = Vec::new();
            (check.run)(index, &mut findings);
            (number, findings)
        });
        found.collect::<Vec<_>>()
    };
    let mut found = thread::scope(|scope| {
        let of_values = scope.spawn(|| of_group(|group| group == Group::Api));
        let mut found = of_group(|group| group != Group::Api);
        found.extend(of_values.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        found
    });
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().flat_map(|(_, findings)| findings).collect()
}
