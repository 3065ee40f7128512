//! Why a workload isn't ready: what its pods, their owners and the events of both say.

use serde_json::Value;
use stackwright::Error;

use super::id::Id;
use super::kubectl::Kubectl;
use super::readiness::condition;

/// A fact, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub fact: String,
    pub help: String,
}

impl Reason {
    fn new(fact: impl Into<String>, help: impl Into<String>) -> Self {
        Self { fact: fact.into(), help: help.into() }
    }

    /// A StatefulSet that was mended doesn't replace a pod that never became ready:
    /// <https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback>.
    fn unless_stuck(self, workload: &Value, pod: &Value) -> Self {
        let revision = pod["metadata"]["labels"]["controller-revision-hash"].as_str();
        let is_old = revision.is_some() && revision != workload["status"]["updateRevision"].as_str();
        if workload["kind"] != "StatefulSet" || !is_old || workload["spec"]["podManagementPolicy"] == "Parallel" {
            return self;
        }
        let id = Id::of(pod);
        let help = format!(
            "a StatefulSet doesn't replace a pod that isn't ready: `kubectl delete pod -n {} {}`",
            id.namespace, id.name
        );
        Self { fact: format!("{}; it is an old one", self.fact), help }
    }
}

/// The pods, their owners and the events of a namespace.
#[derive(Default)]
pub struct Surroundings(Vec<Value>);

impl Surroundings {
    pub fn read(kubectl: &Kubectl, namespace: &str) -> Result<Self, Error> {
        let kinds = "pods,replicasets.apps,events";
        kubectl.objects(&["get", kinds, "-n", namespace, "--output=json"], "").map(Self)
    }

    /// Why an object of the namespace isn't ready, if anything says so.
    pub fn reason(&self, object: &Value) -> Option<Reason> {
        let owner = if object["kind"] == "Deployment" { self.newest_set(object) } else { Some(object) };
        let pods = match object["kind"].as_str() {
            Some("Pod") => vec![object],
            _ => owner.map(|owner| self.owned("Pod", owner).collect()).unwrap_or_default(),
        };
        // The worst is what the others wait for.
        let told = pods.iter().filter_map(|pod| self.of_pod(pod).map(|(rank, reason)| (rank, pod, reason)));
        let worst = told.min_by_key(|(rank, ..)| *rank).map(|(_, pod, reason)| reason.unless_stuck(object, pod));
        let refused = || owner.into_iter().chain([object]).find_map(|owner| self.refused(owner));
        worst.or_else(refused)
    }

    fn owned<'s>(&'s self, kind: &'s str, owner: &'s Value) -> impl Iterator<Item = &'s Value> {
        let uid = &owner["metadata"]["uid"];
        let is_owned = move |object: &&Value| {
            let owners = object["metadata"]["ownerReferences"].as_array();
            object["kind"] == kind && owners.into_iter().flatten().any(|owner| &owner["uid"] == uid)
        };
        self.0.iter().filter(is_owned)
    }

    fn newest_set<'s>(&'s self, deployment: &'s Value) -> Option<&'s Value> {
        let revision = |set: &&Value| {
            let text = set["metadata"]["annotations"]["deployment.kubernetes.io/revision"].as_str();
            text.and_then(|text| text.parse::<u64>().ok())
        };
        self.owned("ReplicaSet", deployment).max_by_key(revision)
    }

    /// What keeps a pod from being ready; the lower the number, the earlier in its life.
    fn of_pod(&self, pod: &Value) -> Option<(usize, Reason)> {
        let name = Id::of(pod).name;
        if let Some(("False", reason, message)) = condition(pod, "PodScheduled") {
            let help = "make room, or change what it asks for: `capacity` says which pods fit where";
            return Some((0, Reason::new(format!("pod {name} has no node: {reason}: {message}"), help)));
        }
        let statuses = ["/status/initContainerStatuses", "/status/containerStatuses"];
        let containers = statuses.iter().filter_map(|path| pod.pointer(path)?.as_array()).flatten();
        let of_container = containers.filter_map(|status| of_container(pod, status)).min_by_key(|(rank, _)| *rank);
        let of_events = || {
            let (reason, message) = self.warning(pod)?;
            let (rank, help) = match reason {
                "FailedMount" | "FailedAttachVolume" => {
                    (1, "see that what is mounted is there: a claim, a Secret, a ConfigMap, a server")
                }
                "FailedCreatePodSandBox" => (1, "see to the node's container runtime and network plugin"),
                "Unhealthy" => (4, "see why it doesn't answer its probe as it should, or change the probe"),
                _ => return None,
            };
            Some((rank, Reason::new(format!("pod {name}: {reason}: {message}"), help)))
        };
        let is_ready = matches!(condition(pod, "Ready"), Some(("True", ..)));
        if is_ready { None } else { of_container.or_else(of_events) }
    }

    /// Why an owner's pods aren't made.
    fn refused(&self, owner: &Value) -> Option<Reason> {
        let failure = condition(owner, "ReplicaFailure").filter(|(status, ..)| *status == "True");
        let message = failure.map(|(_, _, message)| message.to_owned());
        let (reason, event) = self.warning(owner).unzip();
        let event = event.filter(|_| matches!(reason, Some("FailedCreate" | "FailedDaemonPod")));
        let message = message.or(event)?;
        let help = if message.contains("exceeded quota") {
            "raise the ResourceQuota of its namespace, or ask for less"
        } else if message.contains("PodSecurity") {
            "change the pods as it says, or the namespace's label pod-security.kubernetes.io/enforce"
        } else {
            "change the pods as it says"
        };
        Some(Reason::new(format!("its pods are refused: {}", first_line(&message)), help))
    }

    /// The last warning about an object: its reason and message.
    fn warning<'s>(&'s self, object: &Value) -> Option<(&'s str, String)> {
        let uid = &object["metadata"]["uid"];
        let is_it = |event: &&Value| {
            event["kind"] == "Event" && event["type"] == "Warning" && &event["involvedObject"]["uid"] == uid
        };
        let time = |event: &&Value| {
            let places = ["/series/lastObservedTime", "/lastTimestamp", "/eventTime", "/metadata/creationTimestamp"];
            places.iter().find_map(|path| event.pointer(path)?.as_str()).unwrap_or_default().to_owned()
        };
        let last = self.0.iter().filter(is_it).max_by_key(time)?;
        Some((last["reason"].as_str()?, first_line(last["message"].as_str().unwrap_or_default())))
    }
}

fn of_container(pod: &Value, status: &Value) -> Option<(usize, Reason)> {
    let id = Id::of(pod);
    let name = status["name"].as_str().unwrap_or_default();
    let text = |path: &str| status.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let message = first_line(text("/state/waiting/message"));
    let waiting = text("/state/waiting/reason");
    match waiting {
        "ErrImagePull" | "ImagePullBackOff" | "InvalidImageName" | "ErrImageNeverPull" | "RegistryUnavailable" => {
            let image = text("/image");
            let fact = format!("pod {}: image {image} can't be pulled: {waiting}: {message}", id.name);
            return Some((
                2,
                Reason::new(fact, "see that the image is there under this name, and that the node may pull it"),
            ));
        }
        "CreateContainerConfigError" | "CreateContainerError" | "RunContainerError" => {
            let fact = format!("pod {}: container {name} can't be made: {waiting}: {message}", id.name);
            return Some((2, Reason::new(fact, "see that what it names is there, and that its command can be run")));
        }
        _ => {}
    }
    let ended = ["/lastState/terminated", "/state/terminated"].iter().find_map(|path| status.pointer(path))?;
    let code = ended["exitCode"].as_i64().unwrap_or_default();
    if code == 0 && waiting != "CrashLoopBackOff" {
        return None;
    }
    let (reason, restarts) =
        (ended["reason"].as_str().unwrap_or("Error"), status["restartCount"].as_i64().unwrap_or(0));
    let fact =
        format!("pod {}: container {name} ends with exit code {code} ({reason}), {restarts} restarts so far", id.name);
    let help = if reason == "OOMKilled" {
        "raise its memory limit, or have it use less".to_owned()
    } else {
        format!("see what it says: `kubectl logs -n {} {} -c {name} --previous`", id.namespace, id.name)
    };
    Some((3, Reason::new(fact, help)))
}

/// The first line, and no more than a sentence of it: programs put what they like into it.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pod(status: &Value) -> Value {
        json!({ "kind": "Pod", "apiVersion": "v1", "status": status,
            "metadata": { "name": "web-1", "namespace": "shop", "uid": "p", "ownerReferences": [{ "uid": "r" }] } })
    }

    fn event(uid: &str, reason: &str, message: &str) -> Value {
        json!({ "kind": "Event", "type": "Warning", "reason": reason, "message": message,
            "involvedObject": { "uid": uid }, "lastTimestamp": "2026-01-01T00:00:00Z" })
    }

    fn told(around: Vec<Value>) -> Option<(String, String)> {
        let set = json!({ "kind": "ReplicaSet", "metadata": { "uid": "r", "ownerReferences": [{ "uid": "d" }],
            "annotations": { "deployment.kubernetes.io/revision": "2" } } });
        let old = json!({ "kind": "ReplicaSet", "metadata": { "uid": "o", "ownerReferences": [{ "uid": "d" }],
            "annotations": { "deployment.kubernetes.io/revision": "1" } } });
        let deployment =
            json!({ "kind": "Deployment", "metadata": { "uid": "d", "name": "web", "namespace": "shop" } });
        let surroundings = Surroundings([vec![set, old], around].concat());
        surroundings.reason(&deployment).map(|reason| (reason.fact, reason.help))
    }

    fn container(state: &Value, last: &Value) -> Value {
        json!({ "containerStatuses": [{ "name": "main", "image": "shop:2", "restartCount": 3, "state": state, "lastState": last }] })
    }

    #[test]
    fn what_is_wrong_with_pods_is_told() {
        let waiting = |reason: &str| json!({ "waiting": { "reason": reason, "message": "no such thing\nmore" } });
        let ended = |reason: &str, code| json!({ "terminated": { "reason": reason, "exitCode": code } });
        let unscheduled = json!({ "conditions": [{ "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
            "message": "0/3 nodes are available: 3 Insufficient cpu." }] });
        let cases = [
            (
                vec![pod(&unscheduled)],
                "pod web-1 has no node: Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.",
            ),
            (
                vec![pod(&container(&waiting("ImagePullBackOff"), &json!({})))],
                "pod web-1: image shop:2 can't be pulled: ImagePullBackOff: no such thing",
            ),
            (
                vec![pod(&container(&waiting("CreateContainerConfigError"), &json!({})))],
                "pod web-1: container main can't be made: CreateContainerConfigError: no such thing",
            ),
            (
                vec![pod(&container(&waiting("CrashLoopBackOff"), &ended("Error", 7)))],
                "pod web-1: container main ends with exit code 7 (Error), 3 restarts so far",
            ),
            (
                vec![
                    pod(&container(&waiting("ContainerCreating"), &json!({}))),
                    event("p", "FailedMount", "no Secret tls"),
                ],
                "pod web-1: FailedMount: no Secret tls",
            ),
            (
                vec![
                    pod(&container(&json!({ "running": {} }), &json!({}))),
                    event("p", "Unhealthy", "Readiness probe failed: 500"),
                ],
                "pod web-1: Unhealthy: Readiness probe failed: 500",
            ),
            (
                vec![event("r", "FailedCreate", "pods \"web-1\" is forbidden: exceeded quota: few")],
                "its pods are refused: pods \"web-1\" is forbidden: exceeded quota: few",
            ),
            (
                vec![event("d", "FailedCreate", "violates PodSecurity \"restricted:latest\"")],
                "its pods are refused: violates PodSecurity \"restricted:latest\"",
            ),
        ];
        for (around, fact) in cases {
            assert_eq!(told(around).map(|(fact, _)| fact).as_deref(), Some(fact));
        }
        let mut old = pod(&container(&waiting("CrashLoopBackOff"), &ended("Error", 7)));
        old["metadata"]["labels"] = json!({ "controller-revision-hash": "web-1" });
        let set = |revision| json!({ "kind": "StatefulSet", "metadata": { "uid": "r" }, "status": { "updateRevision": revision } });
        let help_of = |revision| Surroundings(vec![old.clone()]).reason(&set(revision)).map(|reason| reason.help);
        let stuck = "a StatefulSet doesn't replace a pod that isn't ready: `kubectl delete pod -n shop web-1`";
        assert_eq!(help_of("web-2").as_deref(), Some(stuck));
        assert_ne!(help_of("web-1").as_deref(), Some(stuck));
        let killed = told(vec![pod(&container(&json!({ "running": {} }), &ended("OOMKilled", 137)))]);
        assert_eq!(killed.map(|(_, help)| help).as_deref(), Some("raise its memory limit, or have it use less"));
        assert_eq!(told(vec![pod(&json!({ "conditions": [{ "type": "Ready", "status": "True" }] }))]), None);
        assert_eq!(told(Vec::new()), None);
    }
}
