//! Names of Rust for what has a name in Kubernetes.

use std::collections::{HashMap, HashSet};

use crate::rust::{self, KEYWORDS};

/// What a variable can't be called beside Rust's keywords: the functions that the code may call after it.
const TAKEN: &[&str] = &[
    "default",
    "include_bytes",
    "include_str",
    "json",
    "objects",
    "rbac",
    "yaml",
    // The prelude's.
    "address_peer",
    "all_keys",
    "all_secret_keys",
    "allow_api_server",
    "allow_dns",
    "allow_egress",
    "allow_ingress",
    "amounts",
    "any_pod",
    "anyone",
    "app_peer",
    "autoscaler",
    "backend",
    "claim",
    "claim_template",
    "claim_volume",
    "cluster_dns",
    "config_map",
    "config_volume",
    "connect",
    "connect_outside",
    "container_port",
    "cpu_utilization",
    "cron_job",
    "daemon_set",
    "default_deny",
    "deployment",
    "disruption_budget",
    "dns_name",
    "empty_volume",
    "env_var",
    "env_var_from",
    "exec_probe",
    "forward",
    "forward_to",
    "headless_service",
    "http_probe",
    "ingress",
    "ingress_tls",
    "internet_except",
    "job",
    "labels_selector",
    "memory_volume",
    "mount",
    "mount_claim",
    "mount_read_only",
    "namespace",
    "pod_field",
    "resources",
    "restricted_container",
    "restricted_pod",
    "scale_target",
    "rolls_with",
    "secret_key",
    "secret_volume",
    "service_account",
    "service_for",
    "service_outside",
    "service_port",
    "spread_over_nodes",
    "stack",
    "stateful_set",
    "subnet_peer",
    "tcp",
    "tcp_named",
    "tcp_probe",
    "template",
];

/// Whether a module can be called so.
pub fn is_module(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && !is_taken(name)
}

fn is_taken(name: &str) -> bool {
    KEYWORDS.contains(&name) || TAKEN.contains(&name)
}

/// The names that are given in one scope.
#[derive(Debug, Default)]
pub struct Names {
    given: HashSet<String>,
    /// Those in the order in which they were given.
    order: Vec<String>,
    /// The first number that may be free, by the name that it makes another.
    next: HashMap<String, usize>,
}

impl Names {
    /// Names without these, which are given already.
    pub fn without<const N: usize>(names: [&str; N]) -> Self {
        Self { given: names.map(str::to_owned).into(), ..Self::default() }
    }

    /// The first of these that is free; else the last of them with a number.
    pub fn name<const N: usize>(&mut self, wanted: [&str; N]) -> String {
        let mut wanted = wanted.map(snake).into_iter();
        let last = wanted.clone().next_back().unwrap_or_default();
        let is_free = |name: &String| !is_taken(name) && !self.given.contains(name);
        let name = wanted.find(is_free).unwrap_or_else(|| {
            let mut number = self.next.get(&last).copied().unwrap_or(2);
            while !is_free(&format!("{last}_{number}")) {
                number += 1;
            }
            let name = format!("{last}_{number}");
            self.next.insert(last, number + 1);
            name
        });
        self.given.insert(name.clone());
        self.order.push(name.clone());
        name
    }

    /// How many were given.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// Frees the names that were given after so many.
    pub fn forget_after(&mut self, count: usize) {
        for name in self.order.drain(count..) {
            if let Some((stem, number)) = name.rsplit_once('_')
                && let (Some(next), Ok(number)) = (self.next.get_mut(stem), number.parse::<usize>())
            {
                *next = number.min(*next);
            }
            self.given.remove(&name);
        }
    }
}

/// A name of Kubernetes in Rust's small letters: `kube-state-metrics` is `kube_state_metrics`.
pub fn snake(name: &str) -> String {
    let snake = rust::snake(name);
    if snake.starts_with(|c: char| c.is_ascii_alphabetic()) { snake } else { format!("n{snake}") }
}

/// The same as the name of a constant.
pub fn shouted(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rusts_and_each_is_given_once() {
        let mut names = Names::default();
        assert_eq!(names.name(["kube-state-metrics"]), "kube_state_metrics");
        assert_eq!(names.name(["kube.state.metrics", "ksm"]), "ksm");
        assert_eq!(names.name(["job", "sweep-job"]), "sweep_job");
        assert_eq!(names.name(["Job", "sweep-job"]), "sweep_job_2");
        assert_eq!(names.name(["2fa"]), "n2fa");
        assert_eq!(names.name(["..."]), "n");
        assert_eq!(shouted("httpMetrics"), "HTTP_METRICS");
    }

    #[test]
    fn names_that_are_forgotten_are_free() {
        let mut names = Names::default();
        assert_eq!(["web", "web", "web"].map(|name| names.name([name])), ["web", "web_2", "web_3"]);
        let before = names.count();
        assert_eq!(["web", "web-7", "web"].map(|name| names.name([name])), ["web_4", "web_7", "web_5"]);
        names.forget_after(before);
        assert_eq!(["web", "web-7"].map(|name| names.name([name])), ["web_4", "web_7"]);
    }

    /// A variable hides a function: none is called like one that the code may call after it.
    #[test]
    fn no_function_of_the_prelude_is_hidden() {
        let prelude = include_str!("../../../stackwright/src/prelude.rs");
        let exported =
            prelude.split("pub use crate::").skip(1).filter_map(|line| line.split(';').next()?.split_once("::"));
        let names = exported.flat_map(|(_, names)| names.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
        let functions = names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()) && *name != "self");
        let open: Vec<_> = functions.filter(|name| !TAKEN.contains(name)).collect();
        assert_eq!(open, [""; 0]);
    }
}
