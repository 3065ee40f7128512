//! Why two small workers did not bear the large figures, and that they bear the lean ones.
//!
//! Somebody installed kube-prometheus-stack on a control plane and two workers, saw all pods run, and a little later both workers `NotReady`.
//! The figures that were blamed are [`Sizes::LARGE`]. The workers' own size is told nowhere, and the chart's own values ask for nothing and
//! limit nothing. So these tests say from which size on what holds, and not what happened that day.

use stackwright::capacity::{Answer, Capacity, NodeCapacity};
use stackwright::check::Index;
use stackwright::prelude::*;
use stackwright_addons::monitoring::{self, Charts, Config, Nodes, Sizes};

use crate::monitoring::{at_home, cluster, home};

/// What is found of workers with so much memory, in MiB: where the pods fit, and the checks' findings.
fn found(memory: u32, charts: Charts, sizes: &Sizes, nodes: Nodes<'_>) -> (Capacity, Vec<String>) {
    let platform = home((4, memory));
    let config = Config { nodes, ..at_home(&platform, charts, sizes) };
    let cluster = cluster(&platform, vec![monitoring::stack(&config)]);
    let findings = stackwright::check(&cluster).into_iter();
    let messages = findings.map(|finding| format!("{}: {}", finding.id, finding.message)).collect();
    (Index::of(&cluster).capacity(), messages)
}

fn large(memory: u32) -> (Capacity, Vec<String>) {
    found(memory, Charts::KubePrometheusStack, &Sizes::LARGE, Nodes::Untainted)
}

/// The smallest memory of the workers, by steps of 64 MiB, with which something is so.
fn from(is_so: impl Fn(u32) -> bool) -> u32 {
    (16..512).map(|step| step * 64).find(|memory| is_so(*memory)).expect("a size with which it is so")
}

/// Requests too large for a node leave a pod waiting. That takes no memory, and no node goes `NotReady` by it.
#[test]
fn requests_that_do_not_fit_leave_pods_waiting() {
    let holds = from(|memory| large(memory).0.fits == Answer::Yes);
    assert_eq!(holds, 2880);
    let (capacity, findings) = large(2048);
    assert_eq!(capacity.fits, Answer::No);
    let waiting: Vec<_> =
        capacity.workloads.iter().filter(|pods| pods.fits == Answer::No).map(|pods| &*pods.name).collect();
    assert_eq!(waiting, ["prometheus-prometheus"]);
    assert_eq!(findings, ["pod-fits-no-node: a pod of prometheus-prometheus fits on no node"]);
}

/// Limits are promises that nobody adds up: where the requests fit, one pod may still take all that its node has. Then the kubelet has
/// none left, and its node is the one that does not answer.
#[test]
fn limits_beyond_a_node_are_what_breaks_it() {
    let (capacity, findings) = large(4096);
    assert_eq!(capacity.fits, Answer::Yes);
    assert_eq!(
        findings,
        [
            "limit-overcommit: a pod of prometheus-prometheus may use 8256Mi of memory, and its nodes have at most 3792Mi"
        ]
    );
    let silent = from(|memory| large(memory).1.is_empty());
    assert_eq!(silent, 8832);
    // Of all that is on a worker together nothing is found, but `capacity` shows it.
    let overcommitted = |node: &NodeCapacity| node.name != "master" && node.memory.limits > node.memory.allocatable;
    assert!(capacity.nodes.iter().any(overcommitted), "{capacity}");
}

/// As the chart comes, nothing is asked for: every pod is placed on whatever node, and nothing holds it.
#[test]
fn without_figures_everything_is_placed_and_nothing_is_held() {
    let platform = home((4, 1024));
    let config = Config { nodes: Nodes::Untainted, ..at_home(&platform, Charts::KubePrometheusStack, &Sizes::LARGE) };
    let mut stack = monitoring::stack(&config);
    for pods in stack.releases.iter_mut().flat_map(|release| &mut release.pods) {
        pods.containers = vec![default()];
    }
    let capacity = Index::of(&cluster(&platform, vec![stack])).capacity();
    assert_eq!(capacity.fits, Answer::Yes);
    assert!(capacity.nodes.iter().all(|node| node.memory.limits == 0));
}

/// Half a gibibyte each for Prometheus and Grafana, and the control plane too: workers of 1 GiB bear it.
#[test]
fn lean_figures_fit() {
    let (capacity, findings) = found(1024, Charts::Separate, &Sizes::LEAN, Nodes::Any);
    assert_eq!((capacity.fits, findings), (Answer::Yes, vec![]));
}
