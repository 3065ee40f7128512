//! What holds up a rolling restart, what doesn't though it may seem so, and what lets a version through that doesn't work.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Container, PersistentVolumeClaim};

use super::{Consequence, Effect};
use crate::check::{Check, Finding, Index, Item, Pods, checks, findings, quota_refusal, rolls, steps};
use crate::{HashMap, Severity};

/// What checks find of workloads that is about their rollout, by the position of the object.
pub(super) type Found = HashMap<usize, Vec<Effect>>;

/// What the checks about budgets and volumes find.
pub(super) fn found(index: &Index<'_>) -> Found {
    let wanted: Vec<&Check> =
        checks().filter(|check| ["pdb-blocks-drain", "rwo-rolling-update"].contains(&check.id)).collect();
    let mut found = Found::default();
    for finding in findings(index, wanted).into_iter().filter(|finding| finding.severity < Severity::Information) {
        if let Some((workload, effect)) = effect(finding) {
            found.entry(workload).or_default().push(effect);
        }
    }
    found
}

fn effect(Finding { id, place, message, related, why, .. }: Finding) -> Option<(usize, Effect)> {
    if id == "pdb-blocks-drain" {
        let (pods, _) = related.first()?;
        let then = "that holds up `kubectl drain`, and no rollout: a rollout deletes pods, and evicts none";
        return Some((pods.index, Effect::new(Consequence::Restart, "", message).then(then)));
    }
    let place = place?;
    Some((place.index, Effect { then: why, ..Effect::new(Consequence::Restart, &place.path, message) }))
}

/// What is to be known about the rolling restart of a workload of so many pods, beside what checks found.
pub(super) fn effects(index: &Index<'_>, item: Item<'_>, pods: i32, found: &mut Found) -> Vec<Effect> {
    let Some(made) = index.pods_of(item) else { return Vec::new() };
    let mut effects = found.remove(&item.index).unwrap_or_default();
    if let Some(deployment) = item.object.get::<Deployment>() {
        let keeps_all = rolls(deployment) && steps(deployment, pods).missing == 0;
        effects.extend(held_claim(index, made).filter(|_| keeps_all));
        effects.extend(quota_refusal(index, made).filter(|_| keeps_all).map(|why| {
            let then = "the rollout waits: the new pod is refused, and maxUnavailable lets no old one go";
            Effect::new(Consequence::Restart, "spec.strategy", why).then(then)
        }));
    }
    effects.extend(unprobed(made));
    effects
}

/// A claim that one pod at a time may use, which the new pod waits for.
fn held_claim(index: &Index<'_>, pods: &Pods<'_>) -> Option<Effect> {
    let mut volumes = pods.spec.volumes.iter().flatten().enumerate();
    let (number, item) = volumes.find_map(|(number, volume)| {
        let name = &volume.persistent_volume_claim.as_ref()?.claim_name;
        let (item, claim) = index.get::<PersistentVolumeClaim>(pods.item.namespace, name)?;
        let mut modes = claim.spec.iter().flat_map(|spec| spec.access_modes.iter().flatten());
        modes.any(|mode| mode == "ReadWriteOncePod").then_some((number, item))
    })?;
    let fact = format!("its new pod needs {}, which one pod at a time may use: ReadWriteOncePod", item.label());
    let field = pods.spec_path(&format!("volumes[{number}].persistentVolumeClaim.claimName"));
    let then = "the rollout waits, as the old pod stays until the new one is ready; set strategy.type: Recreate";
    Some(Effect::new(Consequence::Restart, &field, fact).then(then))
}

/// That nothing asks the pods whether they are ready.
fn unprobed(pods: &Pods<'_>) -> Option<Effect> {
    let is_asked = |container: &Container| container.readiness_probe.is_some() || container.startup_probe.is_some();
    let has_gates = pods.spec.readiness_gates.as_ref().is_some_and(|gates| !gates.is_empty());
    if has_gates || pods.containers().any(|(_, container)| is_asked(container)) {
        return None;
    }
    let then = "a version that starts and doesn't work is rolled out to the end";
    let field = pods.spec_path("containers");
    Some(Effect::new(Consequence::Restart, &field, "no container has a readinessProbe").then(then))
}

#[cfg(test)]
mod tests {
    use crate::check::{Index, Input};
    use crate::{Effect, changes, yaml};

    /// What is told of the rollout of another image of a Deployment with these fields, beside other objects.
    fn told(fields: &str, container: &str, others: &str) -> Vec<String> {
        let manifests = format!(
            "{others}apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: shop}}\nspec: {{{fields}, selector: {{matchLabels: \
             {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [{{name: web, image: 'web:1', \
             {container}}}], volumes: [{{name: data, persistentVolumeClaim: {{claimName: data}}}}]}}}}}}\n"
        );
        let [before, after] =
            [manifests.clone(), manifests.replace("web:1", "web:2")].map(|text| yaml::objects(&text).unwrap());
        let previous = Some(before.iter().map(|located| &located.object).collect());
        let index = Index::new(Input { previous, ..Input::new(&after) });
        let changes = changes(&index);
        let told = |effect: &Effect| format!("{}; {}", effect.fact, effect.then.as_deref().unwrap_or_default());
        changes[0].effects.iter().skip(1).map(told).collect()
    }

    const PROBED: &str = "readinessProbe: {tcpSocket: {port: 80}}";

    #[test]
    fn a_version_that_nothing_asks_is_rolled_out_to_the_end() {
        let told_of = told("replicas: 2", "args: [serve]", "");
        assert_eq!(
            told_of,
            ["no container has a readinessProbe; a version that starts and doesn't work is rolled out to the end"]
        );
        assert!(told("replicas: 2", PROBED, "").is_empty());
        assert!(told("replicas: 2", "startupProbe: {tcpSocket: {port: 80}}", "").is_empty());
    }

    #[test]
    fn a_budget_holds_up_a_drain_and_no_rollout() {
        let budget = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: shop}\nspec: {minAvailable: 2, \
                      selector: {matchLabels: {app: web}}}\n---\n";
        assert_eq!(
            told("replicas: 2", PROBED, budget),
            [
                "PodDisruptionBudget shop/web never lets a pod be evicted: minAvailable is 2, and Deployment shop/web has 2; that holds up \
              `kubectl drain`, and no rollout: a rollout deletes pods, and evicts none"
            ]
        );
        assert!(told("replicas: 3", PROBED, budget).is_empty());
    }

    #[test]
    fn a_new_pod_waits_for_a_claim_that_the_old_one_holds() {
        let claim = |mode: &str| {
            format!(
                "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data, namespace: shop}}\nspec: {{accessModes: [{mode}], \
                 resources: {{requests: {{storage: 1Gi}}}}}}\n---\n"
            )
        };
        let told_of = told("replicas: 1", PROBED, &claim("ReadWriteOncePod"));
        assert_eq!(
            told_of,
            [
                "its new pod needs PersistentVolumeClaim shop/data, which one pod at a time may use: ReadWriteOncePod; the rollout waits, as \
              the old pod stays until the new one is ready; set strategy.type: Recreate"
            ]
        );
        let one_may_go = "replicas: 2, strategy: {rollingUpdate: {maxUnavailable: 1}}";
        assert!(told(one_may_go, PROBED, &claim("ReadWriteOncePod")).is_empty());
        assert!(told("replicas: 1", PROBED, &claim("ReadWriteMany")).is_empty());
    }

    #[test]
    fn a_quota_refuses_the_surge() {
        let quota = |pods: u32| {
            format!(
                "apiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: all, namespace: shop}}\nspec: {{hard: {{pods: {pods}}}}}\n---\n"
            )
        };
        assert_eq!(
            told("replicas: 2", PROBED, &quota(2)),
            [
                "ResourceQuota shop/all allows pods 2, and 2 of it is taken: a pod more is refused; the rollout waits: the new pod is \
              refused, and maxUnavailable lets no old one go"
            ]
        );
        assert!(told("replicas: 2", PROBED, &quota(3)).is_empty());
        assert!(told("replicas: 2, strategy: {rollingUpdate: {maxSurge: 0}}", PROBED, &quota(2)).is_empty());
    }
}
