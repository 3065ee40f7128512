//! What is wrong with a cluster, found before anything is written.
//!
//! A check is one file with one constant and one function, listed once in [`CHECKS`]. It reads the [`Index`], which is made
//! once, and pushes [`Finding`]s. A check of your own is a [`Check`] value beside ours: [`findings`] takes any list.

mod duplicate_object;
mod finding;
mod host_identity_duplicate;
mod host_minimum;
mod index;

use crate::Cluster;

pub use finding::{Finding, Place, Severity};
pub use index::{Index, Item, Pods, is_cluster_wide};

/// Every check, in the order in which their findings are reported.
pub const CHECKS: &[Check] = &[duplicate_object::CHECK, host_identity_duplicate::CHECK, host_minimum::CHECK];

/// A rule about clusters.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its stable name in kebab-case.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
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
pub enum Group {
    References,
    Api,
    Capacity,
    Network,
    Tls,
    Storage,
    Machines,
    Rollout,
    Security,
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

/// Everything that is wrong with a cluster, in the order of [`CHECKS`]; empty when nothing is.
///
/// In a test of your own clusters: `assert_eq!(stackwright::check(&cluster), []);`.
///
/// ```
/// # fn cluster() -> stackwright::Cluster { stackwright::Cluster {
/// #     name: "lab".into(), about: String::new(), kubernetes: "1.35.4".into(),
/// #     network: stackwright::Network::new("192.168.56.0/24").unwrap(), machines: vec![], hosts: vec![], steps: vec![], stacks: vec![] } }
/// let findings = stackwright::check(&cluster());
/// assert_eq!(findings[0].message, "cluster lab has no control plane");
/// ```
pub fn check(cluster: &Cluster) -> Vec<Finding> {
    let objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
    findings(&Index::new(objects, "default", Some(cluster)), CHECKS)
}

/// What these checks find, in their order.
pub fn findings(index: &Index<'_>, checks: &[Check]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in checks {
        (check.run)(index, &mut findings);
    }
    findings
}
