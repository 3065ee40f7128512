use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PersistentVolumeClaim, ResourceQuota, ResourceQuotaSpec};

use crate::Quantity;
use crate::capacity::{Defaults, Workload, amounts, defaults, of_container};
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Pods, Profile, Severity, is_cluster_wide};

pub(super) const CHECK: Check = Check {
    id: "quota-exceeded",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The objects of a namespace take more together than its ResourceQuota allows, or do not say how much \
            they take.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let quotas: Vec<_> = index.all::<ResourceQuota>().collect();
    if quotas.is_empty() {
        return;
    }
    let mut workloads: BTreeMap<&str, Vec<(usize, &Workload, &Pods)>> = BTreeMap::new();
    for (number, workload) in index.analysis().workloads() {
        if let Some(pods) = &workload.pods {
            workloads.entry(pods.item.namespace).or_default().push((number, workload, pods));
        }
    }
    let defaults = defaults(index.all());
    for (item, spec) in quotas.into_iter().filter_map(unscoped) {
        let here = workloads.get(item.namespace).map_or(&[][..], Vec::as_slice);
        for (name, hard) in amounts(spec.hard.as_ref()) {
            let text = spec.hard.as_ref().and_then(|hard| hard.get(name)).map(|quantity| quantity.0.as_str());
            let exceeded = |used: Quantity, who: &str| {
                let message = format!(
                    "{who} of namespace {} come to {name} {}, and its quota is {}",
                    item.namespace,
                    shown(name, used),
                    text.unwrap_or_default()
                );
                CHECK.finding(message, "ask for less, or raise the quota").at(item, "spec.hard")
            };
            let Some(used) = used(index, item, here, name, false) else { continue };
            if used > hard {
                let finding = exceeded(used, "the objects");
                findings.push(if is_of_others(index, item) { finding.rated(Severity::Information) } else { finding });
            } else if let Some(most) = self::used(index, item, here, name, true).filter(|most| *most > hard) {
                let who = "the pods that autoscalers may make and the others";
                findings.push(exceeded(most, who).rated(Severity::Warning));
            }
            findings.extend(here.iter().filter_map(|(_, _, pods)| unsaid(&defaults, item, pods, name)));
        }
    }
}

/// Whether what is counted may be applied to another namespace: it lies in another folder than the quota, and names none.
pub(in crate::check) fn is_of_others(index: &Index, quota: Item) -> bool {
    let in_namespace = |item: &&Item| item.namespace == quota.namespace && !is_cluster_wide(item.kind());
    !index.is_closed()
        && index
            .items
            .iter()
            .filter(in_namespace)
            .any(|item| item.object.namespace().is_none() && index.folder(*item) != index.folder(quota))
}

/// How much of what a quota counts is taken; none where that is not known from the objects.
fn used(
    index: &Index,
    item: Item,
    workloads: &[(usize, &Workload, &Pods)],
    name: &str,
    most: bool,
) -> Option<Quantity> {
    let model = &index.analysis().model;
    let pods = |number: usize| model.pods(number, most);
    let kind = match name {
        "services" | "count/services" => "Service",
        "configmaps" | "count/configmaps" => "ConfigMap",
        "secrets" | "count/secrets" => "Secret",
        "persistentvolumeclaims" | "count/persistentvolumeclaims" => "PersistentVolumeClaim",
        "count/deployments.apps" => "Deployment.apps",
        "count/statefulsets.apps" => "StatefulSet.apps",
        "count/jobs.batch" => "Job.batch",
        "count/cronjobs.batch" => "CronJob.batch",
        "requests.storage" => {
            let claims = index.all_within::<PersistentVolumeClaim>(item.namespace);
            let asked = claims.filter_map(|(_, claim)| {
                amounts(claim.spec.as_ref()?.resources.as_ref()?.requests.as_ref()).get("storage").copied()
            });
            return Some(asked.sum());
        }
        _ => "",
    };
    if !kind.is_empty() {
        // Every namespace has the certificate authority's ConfigMap.
        let own = i64::from(kind == "ConfigMap");
        let number = i64::try_from(index.names(kind, item.namespace).len()).unwrap_or(i64::MAX);
        return Some(Quantity::of_units(number + own));
    }
    let is_compute = |name: &str| matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.contains('/');
    let resource = name.strip_prefix("requests.").or_else(|| name.strip_prefix("limits.")).unwrap_or(name);
    (is_pod_count(name) || is_compute(resource) && !name.starts_with("count/"))
        .then(|| workloads.iter().map(|(number, workload, _)| of_pod(workload, name).times(pods(*number))).sum())
}

fn is_pod_count(name: &str) -> bool {
    matches!(name, "pods" | "count/pods")
}

/// How much of what a quota counts one pod takes.
fn of_pod(workload: &Workload, name: &str) -> Quantity {
    let Workload { resources, .. } = workload;
    let amount = match name.strip_prefix("limits.") {
        Some(resource) => resources.limits.get(resource),
        None if is_pod_count(name) => return Quantity::of_units(1),
        None => resources.requests.get(name.strip_prefix("requests.").unwrap_or(name)),
    };
    amount.copied().unwrap_or_default()
}

/// The quotas of a namespace, and what is left of them.
pub(in crate::check) struct Room<'i, 'a> {
    limits: Vec<Limit<'a>>,
    /// The workloads, by the positions of their objects.
    workloads: HashMap<usize, &'i Workload<'a>>,
}

/// What a quota says of one resource.
pub(in crate::check) struct Limit<'a> {
    pub quota: Item<'a>,
    name: &'a str,
    hard: Quantity,
    taken: Quantity,
}

/// A workload with its number and its pods.
type Numbered<'i, 'a> = (usize, &'i Workload<'a>, &'i Pods<'a>);

impl<'i, 'a> Room<'i, 'a> {
    /// That of each namespace that has quotas, without what ends by itself.
    pub(in crate::check) fn lasting(index: &'i Index<'a>) -> HashMap<&'a str, Self> {
        let quotas = index.all::<ResourceQuota>();
        let mut here: HashMap<&str, Vec<Numbered<'_, '_>>> =
            quotas.map(|(quota, _)| (quota.namespace, Vec::new())).collect();
        if here.is_empty() {
            return HashMap::default();
        }
        for numbered in numbered(index) {
            if let Some(workloads) = here.get_mut(numbered.2.item.namespace) {
                workloads.push(numbered);
            }
        }
        let ends = |pods: &Pods<'_>| matches!(pods.item.object.kind(), "Job" | "CronJob" | "Pod");
        let rooms = here.into_iter().map(|(namespace, mut workloads)| {
            workloads.retain(|(.., pods)| !ends(pods));
            (namespace, Self::of(index, namespace, workloads))
        });
        rooms.collect()
    }

    fn of(index: &'i Index<'a>, namespace: &str, workloads: Vec<Numbered<'i, 'a>>) -> Self {
        let mut limits = Vec::new();
        for (quota, spec) in index.all_within::<ResourceQuota>(namespace).filter_map(unscoped) {
            for (name, hard) in amounts(spec.hard.as_ref()) {
                let taken = used(index, quota, &workloads, name, false);
                limits.extend(taken.map(|taken| Limit { quota, name, hard, taken }));
            }
        }
        let workloads = workloads.into_iter().map(|(_, own, pods)| (pods.item.index, own));
        Self { limits, workloads: workloads.collect() }
    }

    /// The quota that refuses one pod more of a workload; none where there is room for it, or too little without it already.
    pub(in crate::check) fn refuses(&self, pods: &Pods<'_>) -> Option<&Limit<'a>> {
        let own = self.workloads.get(&pods.item.index)?;
        self.limits.iter().find(|Limit { name, hard, taken, .. }| {
            let each = of_pod(own, name);
            let more: Quantity = [*taken, each].into_iter().sum();
            each > Quantity::default() && taken <= hard && more > *hard
        })
    }
}

impl Limit<'_> {
    /// Why it refuses a pod.
    pub(in crate::check) fn fact(&self) -> String {
        let [hard, taken] = [self.hard, self.taken].map(|amount| shown(self.name, amount));
        format!("{} allows {} {hard}, and {taken} of it is taken", self.quota.label(), self.name)
    }
}

/// Why a quota refuses one pod more of a workload.
pub(crate) fn refusal(index: &Index, pods: &Pods) -> Option<String> {
    let namespace = pods.item.namespace;
    index.all_within::<ResourceQuota>(namespace).next()?;
    let here = numbered(index).filter(|(.., pods)| pods.item.namespace == namespace);
    let room = Room::of(index, namespace, here.collect());
    room.refuses(pods).map(|limit| format!("{}: a pod more is refused", limit.fact()))
}

fn numbered<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = Numbered<'i, 'a>> {
    let all = index.analysis().workloads();
    all.filter_map(|(number, workload)| Some((number, workload, workload.pods.as_ref()?)))
}

/// A quota that counts everything in its namespace.
fn unscoped<'a>((item, quota): (Item<'a>, &'a ResourceQuota)) -> Option<(Item<'a>, &'a ResourceQuotaSpec)> {
    let spec = quota.spec.as_ref().filter(|spec| spec.scopes.is_none() && spec.scope_selector.is_none())?;
    Some((item, spec))
}

/// A container that does not say how much it takes of the CPU or memory that a quota counts: then its pod is refused.
fn unsaid(defaults: &BTreeMap<&str, Defaults>, item: Item, pods: &Pods, name: &str) -> Option<Finding> {
    if pods.spec.resources.is_some() {
        return None;
    }
    let (field, resource) = match name {
        "cpu" | "memory" => ("requests", name),
        "requests.cpu" | "limits.cpu" => (name.split_once('.')?.0, "cpu"),
        "requests.memory" | "limits.memory" => (name.split_once('.')?.0, "memory"),
        _ => return None,
    };
    let (path, container) = pods.containers().find(|(_, container)| {
        let found = of_container(container.resources.as_ref(), defaults.get(pods.item.namespace));
        let said = if field == "limits" { &found.limits } else { &found.requests };
        !said.contains_key(resource)
    })?;
    let message = format!(
        "container {} of {} has no {field}.{resource}, which the quota of its namespace counts",
        container.name,
        pods.item.label()
    );
    let finding = CHECK.finding(message, format!("set it, or a default for it in a LimitRange ({field}.{resource})"));
    Some(finding.why("the API server refuses the pod").at(pods.item, path).see(item, "spec.hard", "the quota"))
}

fn shown(name: &str, used: Quantity) -> String {
    let resource = name.strip_prefix("requests.").or_else(|| name.strip_prefix("limits.")).unwrap_or(name);
    match resource {
        "cpu" => crate::capacity::amount("cpu", used.thousandths()),
        "memory" | "ephemeral-storage" | "storage" => crate::capacity::amount("memory", used.units()),
        _ => used.units().to_string(),
    }
}
