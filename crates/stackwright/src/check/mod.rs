//! What is wrong with a cluster, found before anything is written.
//!
//! A check is one file with one constant and one function, listed once in [`CHECKS`].

mod duplicate_object;
mod host_identity_duplicate;
mod host_minimum;

use std::fmt;

use crate::Cluster;

/// Every check, in the order in which their findings are reported.
pub const CHECKS: &[Check] = &[duplicate_object::CHECK, host_identity_duplicate::CHECK, host_minimum::CHECK];

/// A rule about clusters.
pub struct Check {
    /// Its stable name in kebab-case.
    pub id: &'static str,
    /// What it is about, in a line.
    pub about: &'static str,
    run: fn(&Cluster, &mut Vec<Finding>),
}

/// Something wrong with a cluster: the fact, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The [`Check`] that found it.
    pub id: &'static str,
    /// Whether the cluster can work in spite of it.
    pub severity: Severity,
    /// The fact, naming what it is about.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot work; nothing is written.
    Error,
    /// It works until something happens.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Everything that is wrong with a cluster, in the order of [`CHECKS`]; empty when nothing is.
///
/// ```
/// # fn cluster() -> stackwright::Cluster { stackwright::Cluster {
/// #     name: "lab".into(), about: String::new(), kubernetes: "1.35.4".into(),
/// #     network: stackwright::Network::new("192.168.56.0/24").unwrap(), machines: vec![], hosts: vec![], steps: vec![], stacks: vec![] } }
/// let findings = stackwright::check(&cluster());
/// assert_eq!(findings[0].message, "cluster lab has no control plane");
/// ```
pub fn check(cluster: &Cluster) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in CHECKS {
        (check.run)(cluster, &mut findings);
    }
    findings
}
