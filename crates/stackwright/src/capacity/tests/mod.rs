//! Every answer against all orders in which pods can come and all nodes that can take them, on clusters small enough to try them.

mod live;
mod placement;
mod provided;
mod rules;

use std::collections::HashSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Analysis, Input};
use super::{Answer, Capacity};
use crate::links::Item;
use crate::yaml;

fn capacity(manifests: &str) -> Capacity {
    let objects = yaml::objects(manifests).expect("manifests");
    with_input(&objects, |input| Capacity::of(&Analysis::new(input)))
}

/// What is found out about objects on no cluster of ours.
fn with_input<T>(objects: &[yaml::Located], find: impl Fn(&Input) -> T) -> T {
    let items = Item::all(objects.iter().map(|located| &located.object), "default");
    find(&Input::new(None, &items, &|_| false))
}

/// A node with so much, in a zone, tainted or not.
#[derive(Debug, Clone)]
struct SmallNode {
    cpu: i64,
    memory: i64,
    pods: i64,
    zone: u8,
    tainted: bool,
}

/// Pods that are alike: how many, and what they ask for.
#[derive(Debug, Clone)]
struct SmallPods {
    number: usize,
    daemon: bool,
    cpu: i64,
    memory: i64,
    tolerates: bool,
    zone: Option<u8>,
    port: Option<u16>,
    /// Apart from the pods of a workload, by host (false) or zone (true).
    apart: Option<(usize, bool)>,
    /// Near to the pods of a workload, by host or zone.
    near: Option<(usize, bool)>,
    /// Spread among themselves, by host or zone, with at most this skew.
    spread: Option<(bool, usize)>,
}

/// Counts of pods, by workload and node.
type Placed = Vec<Vec<usize>>;

struct Brute<'a> {
    nodes: &'a [SmallNode],
    workloads: &'a [SmallPods],
}

impl Brute<'_> {
    fn selects(&self, workload: usize, node: usize) -> bool {
        self.workloads[workload].zone.is_none_or(|zone| zone == self.nodes[node].zone)
    }

    fn is_open(&self, workload: usize, node: usize) -> bool {
        self.selects(workload, node) && (self.workloads[workload].tolerates || !self.nodes[node].tainted)
    }

    fn number(&self, workload: usize) -> usize {
        let open = || (0..self.nodes.len()).filter(|node| self.is_open(workload, *node)).count();
        if self.workloads[workload].daemon { open() } else { self.workloads[workload].number }
    }

    fn same(&self, by_zone: bool, one: usize, other: usize) -> bool {
        if by_zone { self.nodes[one].zone == self.nodes[other].zone } else { one == other }
    }

    fn around(&self, placed: &Placed, by_zone: bool, node: usize, workload: usize) -> usize {
        (0..self.nodes.len())
            .filter(|other| self.same(by_zone, node, *other))
            .map(|other| placed[workload][other])
            .sum()
    }

    fn takes(&self, placed: &Placed, workload: usize, node: usize) -> bool {
        let (pods, at) = (&self.workloads[workload], &self.nodes[node]);
        let sum = |of: fn(&SmallPods) -> i64| -> i64 {
            self.workloads.iter().zip(placed).map(|(pods, on)| of(pods) * i64::try_from(on[node]).unwrap()).sum()
        };
        let enough = |asked: i64, used: i64, has: i64| asked == 0 || used + asked <= has;
        let ports = |pods: &SmallPods| pods.port;
        if !self.is_open(workload, node)
            || pods.daemon && placed[workload][node] > 0
            || !enough(pods.cpu, sum(|pods| pods.cpu), at.cpu)
            || !enough(pods.memory, sum(|pods| pods.memory), at.memory)
            || !enough(1, sum(|_| 1), at.pods)
            || self
                .workloads
                .iter()
                .zip(placed)
                .any(|(other, on)| on[node] > 0 && ports(other).is_some() && ports(other) == pods.port)
        {
            return false;
        }
        if let Some((other, by_zone)) = pods.apart
            && self.around(placed, by_zone, node, other) > 0
        {
            return false;
        }
        for (number, other) in self.workloads.iter().enumerate() {
            if let Some((from, by_zone)) = other.apart
                && from == workload
                && self.around(placed, by_zone, node, number) > 0
            {
                return false;
            }
        }
        if let Some((other, by_zone)) = pods.near {
            let first = other == workload && placed[workload].iter().all(|number| *number == 0);
            if !first && self.around(placed, by_zone, node, other) == 0 {
                return false;
            }
        }
        if let Some((by_zone, skew)) = pods.spread {
            let counted = (0..self.nodes.len()).filter(|node| self.selects(workload, *node));
            let fewest = counted.map(|node| self.around(placed, by_zone, node, workload)).min().unwrap_or(0);
            if self.around(placed, by_zone, node, workload) + 1 > fewest + skew {
                return false;
            }
        }
        true
    }

    /// For each workload, whether all of its pods are placed in some end, and in every end, of all ways; none where there are too many ways.
    fn ends(&self) -> Option<Vec<(bool, bool)>> {
        let mut found = vec![(false, true); self.workloads.len()];
        let mut seen: HashSet<Placed> = HashSet::new();
        let mut open: Vec<Placed> = vec![vec![vec![0; self.nodes.len()]; self.workloads.len()]];
        while let Some(placed) = open.pop() {
            if !seen.insert(placed.clone()) {
                continue;
            }
            if seen.len() > 20_000 {
                return None;
            }
            let mut ended = true;
            for workload in 0..self.workloads.len() {
                if placed[workload].iter().sum::<usize>() == self.number(workload) {
                    continue;
                }
                for node in 0..self.nodes.len() {
                    if self.takes(&placed, workload, node) {
                        ended = false;
                        let mut next = placed.clone();
                        next[workload][node] += 1;
                        open.push(next);
                    }
                }
            }
            if ended {
                for (workload, found) in found.iter_mut().enumerate() {
                    let all = placed[workload].iter().sum::<usize>() == self.number(workload);
                    *found = (found.0 || all, found.1 && all);
                }
            }
        }
        Some(found)
    }

    fn manifests(&self) -> String {
        let mut out = String::new();
        for (number, node) in self.nodes.iter().enumerate() {
            let taints = if node.tainted { "[{key: t, effect: NoSchedule}]" } else { "[]" };
            _ = writeln!(
                out,
                "apiVersion: v1\nkind: Node\nmetadata: {{name: n{number}, labels: {{kubernetes.io/hostname: n{number}, zone: z{}}}}}\n\
                 spec: {{taints: {taints}}}\nstatus: {{allocatable: {{cpu: '{}', memory: {}Mi, pods: '{}'}}}}\n---",
                node.zone, node.cpu, node.memory, node.pods
            );
        }
        for (number, pods) in self.workloads.iter().enumerate() {
            let key = |by_zone: bool| if by_zone { "zone" } else { "kubernetes.io/hostname" };
            let term = |(other, by_zone): (usize, bool)| {
                format!(
                    "{{requiredDuringSchedulingIgnoredDuringExecution: [{{topologyKey: {}, labelSelector: {{matchLabels: {{app: w{other}}}}}}}]}}",
                    key(by_zone)
                )
            };
            let mut affinity = Vec::new();
            affinity.extend(pods.apart.map(|apart| format!("podAntiAffinity: {}", term(apart))));
            affinity.extend(pods.near.map(|near| format!("podAffinity: {}", term(near))));
            let spread = pods.spread.map(|(by_zone, skew)| {
                format!(
                    "[{{maxSkew: {skew}, topologyKey: {}, whenUnsatisfiable: DoNotSchedule, labelSelector: {{matchLabels: {{app: w{number}}}}}}}]",
                    key(by_zone)
                )
            });
            let selector = pods.zone.map_or_else(String::new, |zone| format!("zone: z{zone}"));
            let tolerations = if pods.tolerates { "[{key: t, operator: Exists}]" } else { "[]" };
            let port =
                pods.port.map_or_else(String::new, |port| format!("{{containerPort: {port}, hostPort: {port}}}"));
            let (kind, replicas) = if pods.daemon {
                ("DaemonSet", String::new())
            } else {
                ("Deployment", format!("replicas: {}, ", pods.number))
            };
            _ = writeln!(
                out,
                "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: w{number}}}\nspec: {{{replicas}selector: {{matchLabels: {{app: w{number}}}}}, \
                 template: {{metadata: {{labels: {{app: w{number}}}}}, spec: {{nodeSelector: {{{selector}}}, tolerations: {tolerations}, \
                 affinity: {{{}}}, topologySpreadConstraints: {}, containers: [{{name: c, ports: [{port}], \
                 resources: {{requests: {{cpu: '{}', memory: {}Mi}}}}}}]}}}}}}\n---",
                affinity.join(", "),
                spread.unwrap_or_else(|| "[]".to_owned()),
                pods.cpu,
                pods.memory
            );
        }
        out
    }
}

fn node() -> impl Strategy<Value = SmallNode> {
    (1..7_i64, 1..7_i64, 1..6_i64, 0..2_u8, prop::bool::weighted(0.2))
        .prop_map(|(cpu, memory, pods, zone, tainted)| SmallNode { cpu, memory, pods, zone, tainted })
}

/// Pods, of which so many have rules about other pods.
fn pods(rules: f64) -> impl Strategy<Value = SmallPods> {
    let rules = rules.max(1e-6);
    let other = || (0..3_usize, any::<bool>());
    (
        (1..4_usize, prop::bool::weighted(0.2), 0..4_i64, 0..4_i64, prop::bool::weighted(0.3)),
        prop::option::weighted(0.15, 0..2_u8),
        prop::option::weighted(rules / 2.0, 80..82_u16),
        prop::option::weighted(rules, other()),
        prop::option::weighted(rules / 2.0, other()),
        prop::option::weighted(rules, (any::<bool>(), 1..3_usize)),
    )
        .prop_map(|((number, daemon, cpu, memory, tolerates), zone, port, apart, near, spread)| SmallPods {
            number,
            daemon,
            cpu,
            memory,
            tolerates,
            zone,
            port,
            apart,
            near,
            spread,
        })
}

/// Compares the answers with what is so; how many of them were certain.
fn compare(nodes: &[SmallNode], workloads: &[SmallPods]) -> Result<[usize; 4], TestCaseError> {
    let brute = Brute { nodes, workloads };
    let Some(ends) = brute.ends() else { return Ok([0; 4]) };
    let capacity = capacity(&brute.manifests());
    let mut counts = [0; 4];
    for (number, ((some, every), workload)) in ends.into_iter().zip(&capacity.workloads).enumerate() {
        prop_assert_eq!(brute.number(number), workload.pods as usize);
        match workload.fits {
            Answer::Yes => prop_assert!(every, "yes for w{}, which may be left out\n{}", number, brute.manifests()),
            Answer::No => prop_assert!(!some, "no for w{}, which may fit\n{}", number, brute.manifests()),
            Answer::Depends => {}
        }
        counts[match (workload.fits, some == every) {
            (Answer::Depends, false) => 2,
            (Answer::Depends, true) => 3,
            (Answer::Yes, _) => 0,
            (Answer::No, _) => 1,
        }] += 1;
    }
    if capacity.fits == Answer::Yes {
        prop_assert!(capacity.workloads.iter().all(|workload| workload.reasons.is_empty()));
    }
    Ok(counts)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_by_resources(nodes in prop::collection::vec(node(), 1..4), workloads in prop::collection::vec(pods(0.0), 1..4)) {
        compare(&nodes, &workloads)?;
    }

    #[test]
    fn answers_by_rules(nodes in prop::collection::vec(node(), 1..4), workloads in prop::collection::vec(pods(0.4), 3..4)) {
        compare(&nodes, &workloads)?;
    }
}

/// Every kind of answer is given, and most of what is so is said to be.
#[test]
fn most_is_certain() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let strategy = (prop::collection::vec(node(), 1..4), prop::collection::vec(pods(0.2), 3..4));
    let mut sum = [0; 4];
    for _ in 0..500 {
        let (nodes, workloads) = strategy.new_tree(&mut runner).expect("a cluster").current();
        for (sum, count) in sum.iter_mut().zip(compare(&nodes, &workloads).expect("answers that are so")) {
            *sum += count;
        }
    }
    let [yes, no, depends, unproved] = sum;
    eprintln!("yes {yes}, no {no}, depends {depends}, certain but not proved {unproved}");
    assert!(yes > 50 && no > 50 && depends > 50);
    assert!(unproved * 50 < yes + no, "yes {yes}, no {no}, depends {depends}, certain but not proved {unproved}");
}
