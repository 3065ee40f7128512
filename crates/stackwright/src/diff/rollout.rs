//! What a change of a pod template does to the pods that run.

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::Consequence;
use crate::Object;
use crate::check::{Item, Steps, steps};

/// What comes of a change of this field in a workload of so many pods, if it makes other ones.
pub(super) fn effect(item: Item<'_>, old: &Object, pods: i32, path: &str) -> Option<(Consequence, Option<String>)> {
    let object = item.object;
    if object.kind() == "Pod" && path.starts_with("spec.containers") {
        return Some((Consequence::Outage, Some("its container is started anew, in the same pod".to_owned())));
    }
    if path == "spec.strategy.type"
        && let (Some(old), Some(new)) = (old.get::<Deployment>(), object.get::<Deployment>())
    {
        return keeps_what_was_filled_in(old, new).then(|| {
            let then = "Flux, Argo CD and `kubectl apply --server-side` are refused, since the server keeps the rollingUpdate that it \
                        filled in; plain `kubectl apply` removes it";
            (Consequence::Refused, Some(then.to_owned()))
        });
    }
    if !path.starts_with("spec.template") {
        return None;
    }
    let (consequence, then) = match object.kind() {
        "Deployment" => deployment(object.get()?, pods),
        "StatefulSet" => stateful_set(object.get()?, pods),
        "DaemonSet" => daemon_set(object.get()?),
        "ReplicaSet" => {
            object.get::<ReplicaSet>()?;
            (Consequence::ByHand, "its pods stay as they are until they are deleted".to_owned())
        }
        _ => return None,
    };
    // What doesn't run yet can't be away.
    let had_none = replicas_of(old) == Some(0);
    Some((if had_none { Consequence::InPlace } else { consequence }, Some(then)))
}

/// Whether rolling updates give way to Recreate, and nobody wrote what the API server filled in for them.
fn keeps_what_was_filled_in(old: &Deployment, new: &Deployment) -> bool {
    let recreates = |deployment: &Deployment| {
        let strategy = deployment.spec.strategy.as_ref();
        strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("Recreate")
    };
    let was_written = old.spec.strategy.as_ref().is_some_and(|strategy| strategy.rolling_update.is_some());
    recreates(new) && !recreates(old) && (!was_written || old.metadata.uid.is_some())
}

fn replicas_of(object: &Object) -> Option<i32> {
    object
        .get::<Deployment>()
        .and_then(|deployment| deployment.spec.replicas)
        .or_else(|| object.get::<StatefulSet>()?.spec.replicas)
}

fn deployment(deployment: &Deployment, pods: i32) -> (Consequence, String) {
    let spec = &deployment.spec;
    let strategy = spec.strategy.as_ref();
    if spec.paused == Some(true) {
        return (Consequence::ByHand, "it is paused: nothing is rolled out until `kubectl rollout resume`".to_owned());
    }
    if pods == 0 {
        return (Consequence::InPlace, "it has no pods".to_owned());
    }
    if strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("Recreate") {
        return (Consequence::Outage, format!("{} before the first new one starts: Recreate", all_end(pods)));
    }
    let Steps { missing, surge } = steps(deployment, pods);
    if missing >= pods {
        return (Consequence::Outage, format!("{} at once: maxUnavailable", all_end(pods)));
    }
    let missing = if missing == 0 { "none is missing".to_owned() } else { format!("{missing} may be missing") };
    let which = if pods == 1 { "its pod is".to_owned() } else { format!("its {pods} pods are") };
    (Consequence::Restart, format!("{which} replaced, up to {surge} more at a time: {missing}"))
}

fn stateful_set(set: &StatefulSet, pods: i32) -> (Consequence, String) {
    let strategy = set.spec.update_strategy.as_ref();
    if strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("OnDelete") {
        return (Consequence::ByHand, "its pods stay as they are until they are deleted: OnDelete".to_owned());
    }
    let partition = strategy.and_then(|strategy| strategy.rolling_update.as_ref()?.partition).unwrap_or(0);
    match pods {
        0 => (Consequence::InPlace, "it has no pods".to_owned()),
        _ if partition >= pods => {
            (Consequence::ByHand, format!("its pods stay as they are: the partition begins at {partition}"))
        }
        1 => (Consequence::Outage, "its only pod ends before the new one starts".to_owned()),
        _ => {
            let replaced = pods - partition;
            (Consequence::Restart, format!("{replaced} of its {pods} pods are replaced, one after the other"))
        }
    }
}

fn daemon_set(set: &DaemonSet) -> (Consequence, String) {
    let strategy = set.spec.update_strategy.as_ref();
    if strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("OnDelete") {
        return (Consequence::ByHand, "its pods stay as they are until they are deleted: OnDelete".to_owned());
    }
    let missing = strategy.and_then(|strategy| strategy.rolling_update.as_ref()?.max_unavailable.as_ref());
    if matches!(missing, Some(IntOrString::String(all)) if all == "100%") {
        return (Consequence::Outage, "all of its pods end at once: maxUnavailable".to_owned());
    }
    (Consequence::Restart, "a node after the other is without its pod until the new one is ready".to_owned())
}

fn all_end(pods: i32) -> String {
    if pods == 1 { "its only pod ends".to_owned() } else { format!("all of its {pods} pods end") }
}
