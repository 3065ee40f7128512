//! Pods that are alike: how many there are, what each asks for and what it asks of a node.

use std::collections::HashMap;

use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::batch::v1::{CronJob, Job, JobSpec};
use k8s_openapi::api::core::v1::{Pod, PodSpec, ReplicationController, Toleration};
use k8s_openapi::api::node::v1::Scheduling;

use super::classes;
use super::host_port::{HostPort, host_ports};
use super::node::Node;
use super::request::{self, Resources};
use super::volumes::{Claims, Volumes};
use crate::check::GroupKind;
use crate::check::{Index, Pods};
use crate::{Cluster, ProvidedPods, Spread};

/// Pods that are alike.
#[derive(Debug, Clone)]
pub(crate) struct Workload<'a> {
    /// Where they come from; none where the installer or a release makes them.
    pub(crate) pods: Option<Pods<'a>>,
    /// `Deployment web/api`, or what the installer or release calls them.
    pub(crate) name: String,
    /// How many there are.
    pub(crate) count: Count,
    /// How many there are when an autoscaler has made as many as it may.
    pub(crate) most: Option<u32>,
    /// Of two pods, the scheduler takes the one of higher priority first.
    pub(crate) priority: i32,
    /// Whether they push out pods of lower priority.
    pub(crate) preempts: bool,
    /// What each asks for.
    pub(crate) resources: Resources<'a>,
    /// What taints they bear.
    pub(crate) tolerations: Vec<Toleration>,
    /// What runs them asks this of nodes.
    pub(crate) runtime: Option<&'a Scheduling>,
    /// What their claims ask of nodes, and of one another.
    pub(crate) claims: Claims<'a>,
    /// The ports that they take of their node.
    pub(crate) ports: Vec<HostPort>,
    /// What the installer's pods go to.
    pub(crate) spread: Option<Spread>,
    /// Whether they are on their node already.
    pub(crate) is_bound: bool,
    /// Whether they are held back by a scheduling gate: then it is as if there were none, until someone lifts it.
    pub(crate) is_gated: bool,
    /// Why the scheduler does not look at them, if it does not.
    pub(crate) waits: Option<String>,
}

/// How many pods there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    /// One on every node where they may run.
    EveryNode,
    /// So many.
    Pods(u32),
}

/// Why a node is none for a pod, however empty it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// The pod names another node.
    Name,
    /// The pod's selector or affinity asks for labels that the node lacks.
    Selector,
    /// The node has a taint that the pod does not tolerate.
    Taint,
    /// A volume of the pod's is on other nodes.
    Volume,
}

impl Workload<'_> {
    /// What they run; none where the installer or a release makes them.
    pub(crate) fn spec(&self) -> Option<&PodSpec> {
        self.pods.map(|pods| pods.spec)
    }

    /// The most pods that there may be, if there are so many.
    pub(crate) fn most(&self) -> u32 {
        match self.count {
            Count::EveryNode => 0,
            Count::Pods(number) => self.most.unwrap_or(number).max(number),
        }
    }

    /// Why a node is none for them.
    pub(crate) fn refusal(&self, node: &Node) -> Option<Refusal> {
        if let Some(spread) = self.spread {
            let control_plane = node.machine.is_some_and(crate::Machine::is_control_plane);
            let elsewhere = match spread {
                Spread::EveryNode | Spread::Anywhere(_) => false,
                Spread::EveryControlPlane => !control_plane,
                Spread::EveryWorker | Spread::Workers(_) => control_plane,
            };
            return elsewhere.then_some(Refusal::Selector);
        }
        let spec = self.spec()?;
        if let Some(name) = spec.node_name.as_deref().filter(|name| !name.is_empty()) {
            return (name != node.name).then_some(Refusal::Name);
        }
        if !self.selects(node) {
            Some(Refusal::Selector)
        } else if node.taint_against(&self.tolerations).is_some() {
            Some(Refusal::Taint)
        } else if !self.claims.are_met_on(node) {
            Some(Refusal::Volume)
        } else {
            None
        }
    }

    /// Whether a node is one that they select: by their own `nodeSelector`, that of what runs them, and required node affinity.
    pub(crate) fn selects(&self, node: &Node) -> bool {
        let runtime = self.runtime.and_then(|runtime| runtime.node_selector.as_ref());
        self.selects_by_itself(node) && runtime.into_iter().flatten().all(|(key, value)| node.carries(key, value))
    }

    /// Whether a pod is made for a node, where every node gets one. Who makes them knows neither of volumes nor of what runs
    /// them: it is the API server that adds what a runtime class says, to the pods.
    pub(crate) fn is_wanted_on(&self, node: &Node) -> bool {
        if self.spread.is_some() {
            return self.refusal(node).is_none();
        }
        let added = self.runtime.and_then(|runtime| runtime.tolerations.as_ref()).map_or(0, Vec::len);
        let tolerations = &self.tolerations[..self.tolerations.len() - added];
        self.selects_by_itself(node) && node.taint_against(tolerations).is_none()
    }

    fn selects_by_itself(&self, node: &Node) -> bool {
        let own = self.spec().and_then(|spec| spec.node_selector.as_ref());
        let affinity = self.spec().and_then(|spec| spec.affinity.as_ref()?.node_affinity.as_ref());
        let required =
            affinity.and_then(|affinity| affinity.required_during_scheduling_ignored_during_execution.as_ref());
        own.into_iter().flatten().all(|(key, value)| node.carries(key, value))
            && required.is_none_or(|required| required.node_selector_terms.iter().any(|term| node.matches(term)))
    }
}

/// Everything that makes pods, in the order in which it is there: what the installer brings, the objects, the releases.
pub(crate) fn workloads<'a>(index: &Index<'a>) -> Vec<Workload<'a>> {
    let autoscalers = autoscalers(index);
    let defaults = request::defaults(index);
    let priorities = classes::priorities(index);
    let volumes = Volumes::new(index);

    let installed = index.cluster().into_iter().flat_map(|cluster| &cluster.provided.pods);
    let mut workloads: Vec<_> = installed.map(provided).collect();
    for pods in index.pods.iter().filter(|pods| !is_made_by_another(index, pods)) {
        let item = pods.item;
        let name = (item.object.kind(), item.namespace, item.object.name());
        let (mut count, mut most) = (count(pods), None);
        if let (Some((least, highest)), Count::Pods(given)) = (autoscalers.get(&name), count)
            && given > 0
        {
            (count, most) = (Count::Pods(*least), Some(*highest));
        }
        let (priority, preempts) = priorities.of(pods.spec);
        let class = classes::runtime(index, pods.spec);
        let runtime = class.and_then(|class| class.scheduling.as_ref());
        let overhead = class.and_then(|class| class.overhead.as_ref()?.pod_fixed.as_ref());
        workloads.push(Workload {
            pods: Some(*pods),
            name: item.label(),
            count,
            most,
            priority,
            preempts,
            resources: request::of_pod(pods.spec, defaults.get(item.namespace), overhead),
            tolerations: tolerations(pods, runtime),
            runtime,
            claims: volumes.claims(pods),
            ports: host_ports(pods),
            spread: None,
            is_bound: is_bound(pods),
            is_gated: pods.spec.scheduling_gates.as_ref().is_some_and(|gates| !gates.is_empty()),
            waits: waits(pods.spec),
        });
    }
    let releases =
        index.cluster().into_iter().flat_map(|cluster: &Cluster| &cluster.stacks).flat_map(|stack| &stack.releases);
    workloads.extend(releases.flat_map(|release| &release.pods).map(|pods| Workload { priority: 0, ..provided(pods) }));
    workloads
}

/// Pods of the installer, which have the priority of what the cluster needs.
fn provided(pods: &ProvidedPods) -> Workload<'_> {
    let mut resources = Resources::default();
    for container in &pods.containers {
        resources.add(&request::of_container(Some(container), None));
    }
    Workload {
        pods: None,
        name: pods.name.clone(),
        count: match pods.spread {
            Spread::EveryNode | Spread::EveryControlPlane | Spread::EveryWorker => Count::EveryNode,
            Spread::Workers(number) | Spread::Anywhere(number) => Count::Pods(number),
        },
        most: None,
        priority: 2_000_000_000,
        preempts: true,
        resources,
        tolerations: Vec::new(),
        runtime: None,
        claims: Claims::default(),
        ports: Vec::new(),
        spread: Some(pods.spread),
        is_bound: false,
        is_gated: false,
        waits: None,
    }
}

/// Whether what makes these pods is itself made by another of the objects, as in `kubectl get all`, or has run already.
fn is_made_by_another(index: &Index, pods: &Pods) -> bool {
    let owners = pods.item.object.metadata().owner_references.iter().flatten();
    let owned = owners.filter(|owner| owner.controller == Some(true)).any(|owner| {
        index.named(GroupKind::new(&owner.api_version, &owner.kind), pods.item.namespace, &owner.name).is_some()
    });
    let phase = pods.item.object.get::<Pod>().and_then(|pod| pod.status.as_ref()?.phase.as_deref());
    owned || matches!(phase, Some("Succeeded" | "Failed"))
}

fn count(pods: &Pods) -> Count {
    let object = pods.item.object;
    let replicas = match object.kind() {
        "DaemonSet" => return Count::EveryNode,
        "Deployment" => object.get::<Deployment>().map(|deployment| deployment.spec.replicas),
        "StatefulSet" => object.get::<StatefulSet>().map(|set| set.spec.replicas),
        "ReplicaSet" => object.get::<ReplicaSet>().map(|set| set.spec.replicas),
        "ReplicationController" => {
            object.get::<ReplicationController>().map(|controller| controller.spec.as_ref()?.replicas)
        }
        "Job" => object.get::<Job>().map(|job| job.spec.as_ref().map(at_once)),
        "CronJob" => object.get::<CronJob>().map(|job| {
            let runs = job.spec.suspend != Some(true);
            job.spec.job_template.spec.as_ref().map(|spec| if runs { at_once(spec) } else { 0 })
        }),
        _ => None,
    };
    Count::Pods(u32::try_from(replicas.flatten().unwrap_or(1)).unwrap_or(0))
}

/// How many pods of a Job run at once.
fn at_once(job: &JobSpec) -> i32 {
    let parallelism = job.parallelism.unwrap_or(1);
    if job.suspend == Some(true) {
        0
    } else {
        job.completions.map_or(parallelism, |completions| parallelism.min(completions))
    }
}

/// The fewest and most pods of what autoscalers scale, by kind, namespace and name.
fn autoscalers<'a>(index: &Index<'a>) -> HashMap<(&'a str, &'a str, &'a str), (u32, u32)> {
    let scaled = index.all::<HorizontalPodAutoscaler>().filter_map(|(item, autoscaler)| {
        let spec = &autoscaler.spec;
        let target = &spec.scale_target_ref;
        let least = u32::try_from(spec.min_replicas.unwrap_or(1)).ok()?;
        Some((
            (target.kind.as_str(), item.namespace, target.name.as_str()),
            (least, u32::try_from(spec.max_replicas).ok()?.max(least)),
        ))
    });
    scaled.collect()
}

/// Whether a pod is on its node already, as `kubectl get` shows it.
fn is_bound(pods: &Pods) -> bool {
    let pod = pods.item.object.get::<Pod>();
    let has_phase = pod.is_some_and(|pod| pod.status.as_ref().is_some_and(|status| status.phase.is_some()));
    has_phase && pods.spec.node_name.as_ref().is_some_and(|name| !name.is_empty())
}

/// Why Kubernetes' own scheduler does not look at these pods.
fn waits(spec: &PodSpec) -> Option<String> {
    let scheduler = spec.scheduler_name.as_deref().filter(|name| !["", "default-scheduler"].contains(name));
    match (spec.scheduling_gates.iter().flatten().next(), scheduler) {
        (Some(gate), _) => Some(format!("they wait for their scheduling gate {} to be lifted", gate.name)),
        (None, Some(scheduler)) => Some(format!("they wait for another scheduler, {scheduler}")),
        (None, None) => None,
    }
}

/// The pods' own tolerations, those that Kubernetes gives and, last, those of what runs them.
fn tolerations(pods: &Pods, runtime: Option<&Scheduling>) -> Vec<Toleration> {
    let given = |key: &str, effect: &str| Toleration {
        key: Some(format!("node.kubernetes.io/{key}")),
        operator: Some("Exists".to_owned()),
        effect: Some(effect.to_owned()),
        ..Toleration::default()
    };
    let mut tolerations = pods.spec.tolerations.clone().unwrap_or_default();
    // The API server lets every pod stay for some minutes on a node that fails.
    tolerations.extend(["not-ready", "unreachable"].map(|key| given(key, "NoExecute")));
    if pods.item.object.kind() == "DaemonSet" {
        let pressures = ["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"];
        let network = (pods.spec.host_network == Some(true)).then_some("network-unavailable");
        tolerations.extend(pressures.into_iter().chain(network).map(|key| given(key, "NoSchedule")));
    }
    tolerations.extend(runtime.into_iter().flat_map(|runtime| runtime.tolerations.iter().flatten()).cloned());
    tolerations
}
