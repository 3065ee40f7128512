//! How many pods a workload has, and what scales it.

use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::core::v1::ReplicationController;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::{HashMap, Index, Item};
use crate::links::Autoscaler;

/// Every autoscaler.
pub(super) fn autoscalers<'a>(index: &Index<'a>) -> impl Iterator<Item = Autoscaler<'a>> {
    index.of_kind("HorizontalPodAutoscaler.autoscaling").filter_map(Autoscaler::of)
}

/// The object that an autoscaler scales.
pub(super) fn target<'a>(index: &Index<'a>, scaler: &Autoscaler<'_>) -> Option<Item<'a>> {
    index.named(scaler.target.kind, scaler.target.namespace, scaler.target.name)
}

/// The `replicas` that a workload says; none where it has no such field or nothing filled it.
pub(super) fn replicas(item: Item<'_>) -> Option<i32> {
    let object = item.object;
    match object.kind() {
        "Deployment" => object.get::<Deployment>()?.spec.replicas,
        "StatefulSet" => object.get::<StatefulSet>()?.spec.replicas,
        "ReplicaSet" => object.get::<ReplicaSet>()?.spec.replicas,
        "ReplicationController" => object.get::<ReplicationController>()?.spec.as_ref()?.replicas,
        _ => None,
    }
}

/// The fewest pods that each workload has in normal times, by its position: its autoscaler's minimum, else its `replicas`, else one.
pub fn fewest(index: &Index<'_>) -> HashMap<usize, i32> {
    numbers(index, |scaler| scaler.minimum)
}

/// The most pods that each workload may come to have, by its position: its autoscaler's maximum, else its `replicas`, else one.
pub(super) fn most(index: &Index<'_>) -> HashMap<usize, i32> {
    numbers(index, |scaler| scaler.maximum)
}

fn numbers(index: &Index<'_>, of: impl Fn(&Autoscaler) -> i32) -> HashMap<usize, i32> {
    let kinds = ["Deployment.apps", "StatefulSet.apps", "ReplicaSet.apps", "ReplicationController"];
    let workloads = kinds.into_iter().flat_map(|kind| index.of_kind(kind));
    let mut numbers: HashMap<_, _> = workloads.map(|item| (item.index, replicas(item).unwrap_or(1))).collect();
    // What its autoscaler wrote into it says nothing.
    let scaled = autoscalers(index).filter_map(|scaler| Some((target(index, &scaler)?.index, of(&scaler))));
    numbers.extend(scaled);
    numbers
}

/// How many of so many pods a number or a percentage is, cut off: so Kubernetes takes `maxUnavailable`.
pub fn share(of: &IntOrString, pods: i32) -> i32 {
    rounded(of, pods, 0)
}

/// The same with so much added before it is cut off: 99 rounds up, as it takes `maxSurge`.
fn rounded(of: &IntOrString, pods: i32, added: i32) -> i32 {
    match of {
        IntOrString::Int(number) => *number,
        IntOrString::String(text) => {
            let percent = text.strip_suffix('%').and_then(|percent| percent.parse::<i32>().ok());
            (percent.and_then(|percent| pods.checked_mul(percent)).unwrap_or(0) + added) / 100
        }
    }
}

/// How many pods a rolling update has come and go at a time.
#[derive(Debug, Clone, Copy)]
pub struct Steps {
    /// As many may be missing.
    pub missing: i32,
    /// As many there may be beside the wanted ones.
    pub surge: i32,
}

/// Whether a Deployment is rolled out in steps, rather than all at once, or not at all while it is paused.
pub fn rolls(deployment: &Deployment) -> bool {
    let strategy = deployment.spec.strategy.as_ref();
    let recreates = strategy.is_some_and(|strategy| strategy.type_.as_deref() == Some("Recreate"));
    deployment.spec.paused != Some(true) && !recreates
}

/// The steps in which a Deployment of so many pods is rolled out.
///
/// Kubernetes rounds what may be missing down and the surge up, and lets one be missing if neither leaves room.
pub fn steps(deployment: &Deployment, pods: i32) -> Steps {
    let strategy = deployment.spec.strategy.as_ref();
    let rolling = strategy.and_then(|strategy| strategy.rolling_update.as_ref());
    let quarter = IntOrString::String("25%".to_owned());
    let missing = rolling.and_then(|rolling| rolling.max_unavailable.as_ref()).unwrap_or(&quarter);
    let surge = rolling.and_then(|rolling| rolling.max_surge.as_ref()).unwrap_or(&quarter);
    let (missing, surge) = (share(missing, pods), rounded(surge, pods, 99));
    Steps { missing: if surge == 0 { missing.max(1) } else { missing }, surge }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::check::{Finding, Index, Input, checks, findings};
    use crate::yaml;

    /// What an autoscaler makes from 2 to 5 of, on two nodes that have room for so many. `replicas` is what it wrote, if that was read from
    /// a cluster that runs.
    fn manifests(rooms: [u32; 2], replicas: Option<u32>) -> String {
        let pod = "containers: [{name: web, image: 'web:1', resources: {requests: {cpu: 10m, memory: 900Mi}}}]";
        let live = |uid: &str| {
            let fields = "{'f:spec': {'f:replicas': {}}}";
            replicas.map_or_else(String::new, |_| {
                format!(", uid: {uid}, managedFields: [{{manager: kube-controller-manager, fieldsV1: {fields}}}]")
            })
        };
        let workload = |kind: &str, metadata: &str| {
            let replicas = replicas.map_or_else(String::new, |number| format!("replicas: {number}, "));
            format!(
                "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: web, {metadata}}}\nspec: {{{replicas}selector: {{matchLabels: \
                 {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {{{pod}}}}}}}\n---\n"
            )
        };
        let made_by = |kind: &str| {
            format!("ownerReferences: [{{apiVersion: apps/v1, kind: {kind}, name: web, uid: a, controller: true}}]")
        };
        let mut text = autoscaler("Deployment");
        for (name, room) in ["n1", "n2"].into_iter().zip(rooms) {
            let memory = room * 1000;
            _ = write!(
                text,
                "apiVersion: v1\nkind: Node\nmetadata: {{name: {name}}}\nstatus: {{allocatable: {{cpu: '2', memory: {memory}Mi, pods: '110'}}}}\n---\n"
            );
        }
        text += &workload("Deployment", &format!("namespace: default{}", live("a")));
        if let Some(replicas) = replicas {
            text += &workload("ReplicaSet", &(made_by("Deployment") + &live("b")));
            for number in 0..replicas {
                let (node, phase) = match number {
                    _ if number < rooms[0] => ("n1", "Running"),
                    _ if number < rooms[0] + rooms[1] => ("n2", "Running"),
                    _ => ("", "Pending"),
                };
                _ = write!(
                    text,
                    "apiVersion: v1\nkind: Pod\nmetadata: {{name: web-{number}, labels: {{app: web}}, {}{}}}\nspec: {{nodeName: \
                     '{node}', {pod}}}\nstatus: {{phase: {phase}}}\n---\n",
                    made_by("ReplicaSet"),
                    live("c")
                );
            }
        }
        text
    }

    fn autoscaler(kind: &str) -> String {
        format!(
            "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {{name: web}}\nspec: {{minReplicas: 2, maxReplicas: 5, \
             targetCPUUtilizationPercentage: 70, scaleTargetRef: {{apiVersion: apps/v1, kind: {kind}, name: web}}}}\n---\n"
        )
    }

    fn found(manifests: &str) -> Vec<String> {
        let objects = yaml::objects(manifests).expect("manifests");
        let findings = findings(&Index::new(Input::new(&objects)), checks());
        let line = |found: &Finding| {
            let path = found.place.as_ref().map_or("", |place| &place.path);
            format!("{} {} at {path}: {}", found.severity, found.id, found.message)
        };
        findings.iter().map(line).collect()
    }

    #[test]
    fn what_an_autoscaler_wrote_changes_no_finding() {
        for (rooms, said) in [([2, 2], "as many as they may"), ([1, 0], "only 1 of 2 pods")] {
            let decided = found(&manifests(rooms, None));
            assert!(decided.iter().any(|finding| finding.contains(said)), "{decided:#?}");
            for replicas in 2..=5 {
                assert_eq!(found(&manifests(rooms, Some(replicas))), decided, "at {replicas}");
            }
        }
    }

    #[test]
    fn an_autoscaled_set_is_never_alone() {
        let manifests = |replicas: &str| {
            autoscaler("StatefulSet")
                + "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n"
                + "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web, uid: a}\nspec: {serviceName: web, "
                + replicas
                + "selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, \
                   image: 'web:1', resources: {requests: {cpu: 10m}}}]}}}\n"
        };
        let decided = found(&manifests(""));
        assert!(decided.iter().any(|finding| finding.starts_with("warning statefulset-service")), "{decided:#?}");
        assert_eq!(found(&manifests("replicas: 1, ")), decided);
        assert_eq!(found(&manifests("replicas: 4, ")), decided);
    }
}
