//! Pods that are alike: how many there are, what each asks for and what it asks of a node.

use std::sync::LazyLock;

use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::{CronJob, Job, JobCondition, JobSpec, JobStatus};
use k8s_openapi::api::core::v1::{PodSpec, ReplicationController, Toleration};
use k8s_openapi::api::node::v1::Scheduling;

use super::binding::Lack;
use super::classes;
use super::host_port::{HostPort, host_ports};
use super::input::Input;
use super::node::Node;
use super::provided;
use super::request::{self, Resources};
use super::running;
use super::volumes::{Claims, Volumes};
use crate::links::{Autoscaler, ObjectId, Pods};
use crate::{HashMap, Spread};

/// Pods that are alike.
#[derive(Debug, Clone)]
pub(crate) struct Workload<'a> {
    /// Where they come from; none where the installer or a release makes them.
    pub(crate) pods: Option<Pods<'a>>,
    /// The number of the workload that made them: that is where their successors come from.
    pub(crate) made_by: Option<usize>,
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
    pub(crate) tolerations: Vec<&'a Toleration>,
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
    /// The pod's claim gets no volume.
    Claim,
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
            let control_plane = node.declared.is_some_and(|node| node.control_plane);
            let elsewhere = match spread {
                Spread::EveryNode | Spread::Anywhere(_) => false,
                Spread::EveryControlPlane => !control_plane,
                Spread::EveryWorker | Spread::Workers(_) => control_plane,
            };
            return elsewhere.then_some(Refusal::Selector);
        }
        let spec = self.spec()?;
        if let Some(name) = spec.node_name.as_deref().filter(|name| !name.is_empty()) {
            let unbound = self.claims.unbound.map(|_| Refusal::Claim);
            return if name == node.name { unbound } else { Some(Refusal::Name) };
        }
        if !self.selects(node) {
            Some(Refusal::Selector)
        } else if node.taint_against(&self.tolerations).is_some() {
            Some(Refusal::Taint)
        } else if self.claims.unbound.is_some() {
            Some(Refusal::Claim)
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
        let name = self.spec().and_then(|spec| spec.node_name.as_deref()).filter(|name| !name.is_empty());
        name.is_none_or(|name| name == node.name)
            && self.selects_by_itself(node)
            && node.taint_against(tolerations).is_none()
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

/// Everything that makes pods, in the order in which it is there: what the installer brings, the objects, the releases. With it, the
/// claims that are more than the volumes for them.
pub(crate) fn workloads<'a>(input: &Input<'_, 'a>) -> (Vec<Workload<'a>>, Vec<Lack<'a>>) {
    let autoscalers = autoscalers(input);
    let defaults = request::defaults(input.all());
    let priorities = classes::priorities(input);
    let runtimes = classes::runtimes(input);
    let counted = running::counted(input, |item| autoscalers.contains_key(&item.id()));
    let numbers = counted.pods.iter().map(|(pods, _)| {
        let item = pods.item;
        // Those that run are there by themselves.
        let more = |number: u32| number.saturating_sub(counted.running(item));
        match (count(pods), autoscalers.get(&item.id())) {
            (Count::Pods(given), Some((least, most))) if given > 0 => (Count::Pods(more(*least)), Some(more(*most))),
            (Count::Pods(given), _) => (Count::Pods(more(given)), None),
            (Count::EveryNode, _) => (Count::EveryNode, None),
        }
    });
    let numbers: Vec<_> = numbers.collect();
    let numbered = counted.pods.iter().zip(&numbers).map(|((pods, _), (count, most))| {
        let (least, most) = match count {
            Count::EveryNode => (1, u32::MAX),
            Count::Pods(number) => (*number, most.unwrap_or(*number)),
        };
        let is_gated = pods.spec.scheduling_gates.as_ref().is_some_and(|gates| !gates.is_empty());
        (*pods, most, least > 0 && !is_gated)
    });
    let numbered: Vec<_> = numbered.collect();
    let volumes = Volumes::new(input, &numbered);

    let mut workloads: Vec<_> = provided::installed(input).collect();
    let before = workloads.len();
    let positions = counted.pods.iter().enumerate().map(|(number, (pods, _))| (pods.item.index, before + number));
    let positions: HashMap<_, _> = positions.collect();
    for (((pods, made_by), (count, most)), (_, at_most, _)) in counted.pods.iter().zip(numbers).zip(&numbered) {
        let item = pods.item;
        let (priority, preempts) = priorities.of(pods.spec);
        let class = pods.spec.runtime_class_name.as_deref().and_then(|name| runtimes.get(name));
        let runtime = class.and_then(|class| class.scheduling.as_ref());
        let overhead = class.and_then(|class| class.overhead.as_ref()?.pod_fixed.as_ref());
        workloads.push(Workload {
            pods: Some(*pods),
            made_by: made_by.and_then(|index| positions.get(&index).copied()),
            name: item.label(),
            count,
            most,
            priority,
            preempts,
            resources: request::of_pod(pods.spec, defaults.get(item.namespace), overhead),
            tolerations: tolerations(pods, runtime),
            runtime,
            claims: volumes.claims(pods, *at_most),
            ports: host_ports(pods),
            spread: None,
            is_bound: running::is_bound(pods),
            is_gated: pods.spec.scheduling_gates.as_ref().is_some_and(|gates| !gates.is_empty()),
            waits: waits(pods.spec),
        });
    }
    workloads.extend(provided::released(input));
    (workloads, volumes.into_lacks())
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
        "Job" => object.get::<Job>().map(|job| Some(at_once(job.spec.as_ref()?, job.status.as_ref()))),
        "CronJob" => object.get::<CronJob>().map(|job| {
            let runs = job.spec.suspend != Some(true);
            job.spec.job_template.spec.as_ref().map(|spec| if runs { at_once(spec, None) } else { 0 })
        }),
        _ => None,
    };
    Count::Pods(u32::try_from(replicas.flatten().unwrap_or(1)).unwrap_or(0))
}

/// How many pods of a Job run at once; none where it has run.
fn at_once(job: &JobSpec, status: Option<&JobStatus>) -> i32 {
    let ended =
        |condition: &JobCondition| condition.status == "True" && ["Complete", "Failed"].contains(&&*condition.type_);
    let has_ended = status.is_some_and(|status| status.conditions.iter().flatten().any(ended));
    let succeeded = status.and_then(|status| status.succeeded).unwrap_or(0);
    let parallelism = job.parallelism.unwrap_or(1);
    if job.suspend == Some(true) || has_ended {
        0
    } else {
        job.completions.map_or(parallelism, |completions| parallelism.min(completions.saturating_sub(succeeded)))
    }
}

/// The fewest and most pods of what autoscalers scale.
fn autoscalers<'a>(input: &Input<'_, 'a>) -> HashMap<ObjectId<'a>, (u32, u32)> {
    let scaled = input.items.iter().filter_map(|item| {
        let Autoscaler { target, minimum, maximum, .. } = Autoscaler::of(*item)?;
        let least = u32::try_from(minimum).ok()?;
        Some((target, (least, u32::try_from(maximum).ok()?.max(least))))
    });
    scaled.collect()
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
fn tolerations<'a>(pods: &Pods<'a>, runtime: Option<&'a Scheduling>) -> Vec<&'a Toleration> {
    // The API server lets every pod stay for some minutes on a node that fails.
    static FAILING: LazyLock<Vec<Toleration>> = LazyLock::new(|| given("NoExecute", &["not-ready", "unreachable"]));
    static PRESSED: LazyLock<Vec<Toleration>> =
        LazyLock::new(|| given("NoSchedule", &["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"]));
    static UNCONNECTED: LazyLock<Vec<Toleration>> = LazyLock::new(|| given("NoSchedule", &["network-unavailable"]));

    let is_daemon = pods.item.object.kind() == "DaemonSet";
    let pressed = PRESSED.iter().filter(|_| is_daemon);
    let unconnected = UNCONNECTED.iter().filter(|_| is_daemon && pods.spec.host_network == Some(true));
    let of_runtime = runtime.into_iter().flat_map(|runtime| runtime.tolerations.iter().flatten());
    let own = pods.spec.tolerations.iter().flatten();
    own.chain(&*FAILING).chain(pressed).chain(unconnected).chain(of_runtime).collect()
}

/// What Kubernetes has pods tolerate.
fn given(effect: &str, keys: &[&str]) -> Vec<Toleration> {
    let tolerations = keys.iter().map(|key| Toleration {
        key: Some(format!("node.kubernetes.io/{key}")),
        operator: Some("Exists".to_owned()),
        effect: Some(effect.to_owned()),
        ..Toleration::default()
    });
    tolerations.collect()
}
