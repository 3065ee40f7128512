//! The pods that answer: whether there are any, and what tells that they are ready.

use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::core::v1::{ContainerPort, Probe, ReplicationController};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::trail::{Trail, fault};
use super::{Hop, Stage};
use crate::check::traffic::Port;
use crate::check::{Finding, Pods};

/// What keeps pods from starting.
const STARTING: [&str; 8] = [
    "configmap-missing",
    "configmap-key-missing",
    "secret-missing",
    "secret-key-missing",
    "pvc-missing",
    "service-account-missing",
    "volume-mount-undefined",
    "selector-template-mismatch",
];

/// Takes the hops of pods that a request ends at, at one of these ports, where something may be in doubt about their image.
pub(super) fn answer(
    trail: &mut Trail<'_, '_>,
    selected: &[&Pods<'_>],
    ports: &[Port<'_>],
    doubt: Option<&Finding>,
) -> Option<()> {
    // Where some are there, those answer.
    let there: Vec<_> = selected.iter().filter(|pods| replicas(pods) != Some(0)).collect();
    let Some(first) = there.first() else {
        let pods = selected.first()?;
        return trail.take(none(trail, pods));
    };
    for pods in &there {
        let numbers: Vec<_> = ports.iter().map(|(number, _)| number.to_string()).collect();
        let what = format!("{} answers at port {}", counted(pods), numbers.join(" or "));
        let hop = Hop::new(Stage::Pods, what).at(pods.item, "");
        let unable = STARTING.iter().find_map(|id| {
            let found = trail.finding(id, pods.item, "")?;
            (found.severity == crate::Severity::Error).then_some(found)
        });
        let hop = match unable {
            Some(unable) => trail.judged(hop, Some(unable)),
            None => trail.doubted(hop, doubt.cloned()),
        };
        trail.take(hop)?;
    }
    ready(trail, first)
}

/// That a workload is to have no pods.
fn none(trail: &Trail<'_, '_>, pods: &Pods<'_>) -> Hop {
    let label = pods.item.label();
    let hop = Hop::new(Stage::Pods, format!("{label} has no pods")).at(pods.item, "spec.replicas");
    let scaled = trail.index.within("ScaledObject.keda.sh", pods.item.namespace).next();
    match scaled {
        Some(item) => hop.unknown(format!("{} may give it some", item.label())),
        None => {
            hop.is(fault(format!("{label} is to have 0 pods, so that nobody answers"), "set its replicas to 1 or more"))
        }
    }
}

/// `Deployment shop/web (2 pods)`.
fn counted(pods: &Pods<'_>) -> String {
    let label = pods.item.label();
    match (pods.item.object.kind(), replicas(pods)) {
        ("Pod", _) => label,
        ("DaemonSet", _) => format!("{label} (a pod of each node)"),
        ("Job" | "CronJob", _) => format!("{label} (while it runs)"),
        (_, Some(1)) => format!("{label} (1 pod)"),
        (_, Some(count)) => format!("{label} ({count} pods)"),
        (_, None) => label,
    }
}

/// How many pods there are to be, where that is written: without a word it is one, or an autoscaler's to say.
fn replicas(pods: &Pods<'_>) -> Option<i32> {
    let object = pods.item.object;
    match object.kind() {
        "Deployment" => object.get::<Deployment>()?.spec.replicas,
        "StatefulSet" => object.get::<StatefulSet>()?.spec.replicas,
        "ReplicaSet" => object.get::<ReplicaSet>()?.spec.replicas,
        "ReplicationController" => object.get::<ReplicationController>()?.spec.as_ref()?.replicas,
        _ => None,
    }
}

/// Takes the hop of the probes that say whether a pod gets requests.
fn ready(trail: &mut Trail<'_, '_>, pods: &Pods<'_>) -> Option<()> {
    let mut asked = Vec::new();
    let mut broken = None;
    for (path, container) in pods.containers().filter(|(path, _)| !path.initialises) {
        let path = path.to_string();
        for (field, probe) in
            [("startupProbe", &container.startup_probe), ("readinessProbe", &container.readiness_probe)]
        {
            let Some(probe) = probe else { continue };
            if field == "readinessProbe" {
                asked.push(format!("{} says so to {}", container.name, shown(probe)));
            }
            broken = broken.or_else(|| trail.finding("probe-port-name", pods.item, &format!("{path}.{field}")));
        }
    }
    let hop = if asked.is_empty() {
        let hop = Hop::new(Stage::Ready, "each gets requests as soon as its containers run");
        hop.note("no readiness probe: it gets some before its program answers, too")
    } else {
        Hop::new(Stage::Ready, format!("each gets requests once {}", asked.join(" and ")))
    };
    let hop = trail.judged(hop.at(pods.item, pods.spec_path("containers")), broken);
    trail.take(hop)
}

/// What a probe asks.
fn shown(probe: &Probe) -> String {
    let port = |port: &IntOrString| match port {
        IntOrString::Int(number) => number.to_string(),
        IntOrString::String(name) => name.clone(),
    };
    if let Some(http) = &probe.http_get {
        let path = http.path.as_deref().unwrap_or("/");
        return format!("GET {path} at port {}", port(&http.port));
    }
    if let Some(tcp) = &probe.tcp_socket {
        return format!("a connection at port {}", port(&tcp.port));
    }
    if let Some(grpc) = &probe.grpc {
        return format!("gRPC's health check at port {}", grpc.port);
    }
    "its own command".to_owned()
}

/// The ports that pods declare.
pub(super) fn declared<'a>(pods: &Pods<'a>) -> impl Iterator<Item = &'a ContainerPort> {
    pods.containers().flat_map(|(_, container)| container.ports.iter().flatten())
}
