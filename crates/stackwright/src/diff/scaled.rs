//! How many pods there are, and whether they may run.

use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::batch::v1::Job;

use super::Consequence;
use crate::Object;
use crate::check::Item;

/// What comes of a change of this field, if it says how many pods there are.
pub(super) fn effect(item: Item<'_>, old: &Object, path: &str) -> Option<(Consequence, Option<String>)> {
    if path == "spec.suspend" && item.object.get::<Job>()?.spec.as_ref()?.suspend == Some(true) {
        return Some((Consequence::Outage, Some("its pods that run are deleted".to_owned())));
    }
    if path == "spec.parallelism" && item.object.get::<Job>()?.spec.as_ref()?.parallelism == Some(0) {
        return Some((Consequence::Outage, Some("its pods that run are deleted".to_owned())));
    }
    if path == "spec.ordinals.start" {
        let claims = item.object.get::<StatefulSet>().and_then(|set| claims_that_go(set, -1..0));
        let then = "pods of other numbers take the place of some that there are";
        return Some(match claims {
            Some(claims) => {
                (Consequence::DataLoss, Some(format!("{then}, whose claims are deleted, such as {claims}")))
            }
            None => (Consequence::Restart, Some(format!("{then}, with claims of their own"))),
        });
    }
    let (was, is) = (replicas(old)?, replicas(item.object)?);
    if path != "spec.replicas" || was == is {
        return None;
    }
    let pods = |count: i32| if count == 1 { "1 pod".to_owned() } else { format!("{count} pods") };
    if is > was {
        return Some((Consequence::InPlace, Some(format!("{} more", pods(is - was)))));
    }
    let goes = if is == 0 { "all of its pods end".to_owned() } else { format!("{} fewer", pods(was - is)) };
    if let Some(claims) = item.object.get::<StatefulSet>().and_then(|set| claims_that_go(set, is..was)) {
        return Some((Consequence::DataLoss, Some(format!("{goes}, and their claims are deleted: {claims}"))));
    }
    Some((if is == 0 { Consequence::Outage } else { Consequence::InPlace }, Some(goes)))
}

/// How many pods a workload is to have; one, where it doesn't say so.
fn replicas(object: &Object) -> Option<i32> {
    let said = match object.kind() {
        "Deployment" => object.get::<Deployment>()?.spec.replicas,
        "StatefulSet" => object.get::<StatefulSet>()?.spec.replicas,
        "ReplicaSet" => object.get::<ReplicaSet>()?.spec.replicas,
        _ => return None,
    };
    Some(said.unwrap_or(1))
}

/// The claims of these pods, if they are deleted with them.
fn claims_that_go(set: &StatefulSet, pods: std::ops::Range<i32>) -> Option<String> {
    let policy = set.spec.persistent_volume_claim_retention_policy.as_ref()?;
    let templates = set.spec.volume_claim_templates.as_ref()?;
    let set_name = set.metadata.name.as_deref().unwrap_or_default();
    let first = set.spec.ordinals.as_ref().and_then(|ordinals| ordinals.start).unwrap_or(0);
    let claims = templates.iter().flat_map(|template| {
        let name = template.metadata.name.as_deref().unwrap_or_default();
        pods.clone().map(move |pod| format!("{name}-{set_name}-{}", first + pod))
    });
    let claims: Vec<_> = claims.collect();
    (policy.when_scaled.as_deref() == Some("Delete") && !claims.is_empty()).then(|| claims.join(", "))
}
