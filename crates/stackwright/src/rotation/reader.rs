use k8s_openapi::api::apps::v1::{DaemonSet, StatefulSet};

use crate::Step;
use crate::links::Item;

/// The longest that a restart may take: a database that recovers takes minutes.
const TIMEOUT: &str = "--timeout=10m";

/// Something that reads a secret. Readers are restarted in their order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reader<'c> {
    /// Whether it rather logs in with it than lets others in: a StatefulSet is taken for a server, which comes before its clients.
    logs_in: bool,
    reads: Reads,
    namespace: &'c str,
    kind: &'c str,
    name: &'c str,
}

/// When it reads.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reads {
    /// When each of these members starts; the first is started before the next.
    AtStartOfMembers(Vec<i32>),
    /// When its pods start, which `kubectl rollout` restarts.
    AtStart,
    /// When its pods start, which nothing restarts but a person.
    AtStartOnly,
    /// At every run.
    AtEachRun,
    /// When it ran.
    Once,
    /// Its controller sees the change.
    Always,
    /// When an image is pulled.
    AtEachPull,
    /// As its chart does.
    AsTheChart,
    /// As its controller does.
    AsItsController,
}

impl<'c> Reader<'c> {
    pub fn of(item: Item<'c>, pulls: bool) -> Self {
        let object = item.object;
        let reads = match object.kind() {
            _ if pulls => Reads::AtEachPull,
            "StatefulSet" => object.get().map_or(Reads::AtStart, of_stateful_set),
            "DaemonSet" if object.get().is_some_and(is_replaced_by_hand) => Reads::AtStartOnly,
            "Deployment" | "DaemonSet" => Reads::AtStart,
            "CronJob" => Reads::AtEachRun,
            "Job" => Reads::Once,
            "Ingress" | "Gateway" => Reads::Always,
            _ => Reads::AtStartOnly,
        };
        let kind = object.kind();
        Self { logs_in: kind != "StatefulSet", reads, namespace: item.namespace, kind, name: object.name() }
    }

    pub fn release(namespace: &'c str, name: &'c str) -> Self {
        Self { logs_in: true, reads: Reads::AsTheChart, namespace, kind: "release", name }
    }

    /// An object of somebody else's kind, which only its controller knows how to read.
    pub fn custom(item: Item<'c>) -> Self {
        let (kind, name) = (item.object.kind(), item.object.name());
        Self { logs_in: true, reads: Reads::AsItsController, namespace: item.namespace, kind, name }
    }

    /// `Deployment web/api`, as a person would say it.
    pub fn label(&self) -> String {
        format!("{} {}/{}", self.kind, self.namespace, self.name)
    }

    /// Whether it is restarted, by a command or by hand.
    pub fn is_restarted(&self, is_covered: bool) -> bool {
        match self.reads {
            Reads::AtStartOfMembers(_) | Reads::AtStart | Reads::AtStartOnly => true,
            Reads::AsTheChart => !is_covered,
            Reads::AtEachRun | Reads::Once | Reads::Always | Reads::AtEachPull | Reads::AsItsController => false,
        }
    }

    /// The commands that restart it, if some do.
    pub fn restart(&self) -> Vec<Step> {
        let (kubectl, label, name) = (format!("kubectl --namespace {}", self.namespace), self.label(), self.name);
        match &self.reads {
            Reads::AtStart => {
                let workload = format!("{}/{name}", self.kind.to_lowercase());
                vec![
                    Step::new(
                        &format!("restart {label}, whose pods read it when they start"),
                        &format!("{kubectl} rollout restart {workload}"),
                    ),
                    Step::new(
                        &format!("wait until all pods of {label} are new"),
                        &format!("{kubectl} rollout status {TIMEOUT} {workload}"),
                    ),
                ]
            }
            Reads::AtStartOfMembers(ordinals) => {
                let member = |ordinal: &i32| {
                    let pod = format!("{name}-{ordinal}");
                    // Until the controller has made it anew, there is no pod whose condition could be waited for.
                    [
                        Step::new(
                            &format!("restart member {ordinal} of {label}, which reads it when it starts"),
                            &format!("{kubectl} delete pod {pod}"),
                        ),
                        Step::new(
                            "wait until it is there again",
                            &format!("{kubectl} wait --for=create {TIMEOUT} pod/{pod}"),
                        ),
                        Step::new(
                            "wait until it is ready",
                            &format!("{kubectl} wait --for=condition=Ready {TIMEOUT} pod/{pod}"),
                        ),
                    ]
                };
                ordinals.iter().flat_map(member).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Why there is no command for it, if there is none. It is covered where the secret's declaration has steps of its own.
    pub fn note(&self, is_covered: bool) -> Option<String> {
        let label = self.label();
        match self.reads {
            Reads::AtStartOfMembers(_) | Reads::AtStart => None,
            Reads::AtStartOnly if self.kind == "Pod" => {
                Some(format!("{label} reads it when it starts: delete it, and see that it is made again"))
            }
            Reads::AtStartOnly => Some(format!(
                "the pods of {label} read it when they start: delete them, and see that they are made again"
            )),
            Reads::AtEachRun => Some(format!("{label} reads it at its next run")),
            Reads::Once if is_covered => Some(format!("{label} read it when it ran")),
            Reads::Once => Some(format!(
                "{label} read it when it ran: if what it made depends on it, delete the Job and apply again"
            )),
            Reads::Always => Some(format!("the controller of {label} takes it by itself")),
            Reads::AtEachPull => Some(format!("{label} uses it when its next image is pulled")),
            Reads::AsItsController => Some(format!("{label} names it: see that its controller takes the new one")),
            Reads::AsTheChart if is_covered => None,
            Reads::AsTheChart => {
                Some(format!("{label} names it in its values: restart those of its pods that read it"))
            }
        }
    }
}

/// `kubectl rollout restart` goes from the last member to the first, and waits for each to be ready. A last one with a new password
/// would never be let in by a first one with the old one. Nor may the first one be restarted alone before: while a member is not
/// ready, the controller replaces none (<https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback>, and
/// `processReplica` in kubernetes' `stateful_set_control.go`). A member that is deleted is always made again.
fn of_stateful_set(set: &StatefulSet) -> Reads {
    let spec = &set.spec;
    let in_order = spec.pod_management_policy.as_deref() != Some("Parallel");
    let by_hand = spec.update_strategy.as_ref().and_then(|strategy| strategy.type_.as_deref()) == Some("OnDelete");
    let first = spec.ordinals.as_ref().and_then(|ordinals| ordinals.start).unwrap_or(0);
    match spec.replicas.unwrap_or(1) {
        count if by_hand || in_order && count > 1 => {
            Reads::AtStartOfMembers((first..first.saturating_add(count)).collect())
        }
        _ => Reads::AtStart,
    }
}

fn is_replaced_by_hand(set: &DaemonSet) -> bool {
    set.spec.update_strategy.as_ref().and_then(|strategy| strategy.type_.as_deref()) == Some("OnDelete")
}
