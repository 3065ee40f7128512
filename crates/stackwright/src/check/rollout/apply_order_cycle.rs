use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimSpec, Service};
use k8s_openapi::api::storage::v1::StorageClass;

use super::webhook_fail_closed::{backends, closed_webhooks};
use crate::check::{Check, Finding, Group, HashMap, Index, Pods, Profile, Severity};
use crate::order::Cycle;

pub(super) const CHECK: Check = Check {
    id: "apply-order-cycle",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Workloads wait for one another before they start, so that none does; or Helm releases need each other.",
    run,
};

/// What pods wait for before they start: the other pods, by their number in the index, the field that says so and what it says.
struct Wait {
    on: usize,
    path: String,
    what: String,
}

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    if let Some(cycle) = index.cluster().and_then(Cycle::of) {
        findings.push(CHECK.finding(cycle.fact(), Cycle::HELP).why(cycle.reasons()));
    }
    let waits = waits(index);
    let mut state = vec![State::New; index.pods.len()];
    for start in 0..index.pods.len() {
        let Some(cycle) = cycle(&waits, &mut state, start) else { continue };
        let names: Vec<_> = cycle.iter().map(|(number, _)| index.pods[*number].item.label()).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} waits for itself before it starts"),
            names => format!("{} wait for one another before they start", names.join(" and ")),
        };
        let (first, wait) = cycle[0];
        let mut finding =
            CHECK.finding(message, "let one of them start without the other").at(index.pods[first].item, &wait.path);
        finding = finding.why(format!("{} {}", names[0], wait.what));
        for (number, wait) in &cycle[1..] {
            finding = finding.see(index.pods[*number].item, &wait.path, &wait.what);
        }
        findings.push(finding);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// A cycle that can be reached from these pods and was not yet seen.
fn cycle<'w>(waits: &'w [Vec<Wait>], state: &mut [State], start: usize) -> Option<Vec<(usize, &'w Wait)>> {
    // Depth first, without recursion: a chain of workloads may be long.
    let mut path: Vec<(usize, usize)> = Vec::new();
    let mut found = None;
    if state[start] == State::New {
        state[start] = State::Open;
        path.push((start, 0));
    }
    while let Some((number, next)) = path.last_mut() {
        let (number, wait) = (*number, waits[*number].get(*next));
        *next += 1;
        match wait {
            None => {
                state[number] = State::Done;
                path.pop();
            }
            Some(wait) if state[wait.on] == State::New => {
                state[wait.on] = State::Open;
                path.push((wait.on, 0));
            }
            Some(wait) if state[wait.on] == State::Open && found.is_none() => {
                let from = path.iter().position(|(number, _)| *number == wait.on).unwrap_or_default();
                found = Some(path[from..].iter().map(|(number, next)| (*number, &waits[*number][*next - 1])).collect());
            }
            Some(_) => {}
        }
    }
    found
}

fn waits(index: &Index<'_>) -> Vec<Vec<Wait>> {
    let numbers: HashMap<_, _> =
        index.pods.iter().enumerate().map(|(number, pods)| (pods.item.index, number)).collect();
    let provisioners = provisioners(index, &numbers);
    let mut webhooks = closed_webhooks(index);
    // One that asks about its own pods is found by webhook-fail-closed.
    webhooks.retain(|webhook| !backends(index, webhook).iter().any(|pods| webhook.asks_about(index, pods)));
    let waits = index.pods.iter().map(|pods| {
        let mut waits = Vec::new();
        for_services(index, pods, &numbers, &mut waits);
        for (path, class) in classes(index, pods) {
            let provisioner = index.get::<StorageClass>("", &class).map(|(_, class)| class.provisioner.as_str());
            if let Some(on) = provisioner.and_then(|name| provisioners.get(name)) {
                waits.push(Wait {
                    on: *on,
                    path,
                    what: format!("mounts a claim of class {class}, which those pods provide"),
                });
            }
        }
        for webhook in webhooks.iter().filter(|webhook| webhook.asks_about(index, pods)) {
            for answers in backends(index, webhook) {
                let what = format!("is made only when {} allows it", webhook.item.label());
                waits.push(Wait { on: numbers[&answers.item.index], path: "metadata.name".to_owned(), what });
            }
        }
        waits
    });
    waits.collect()
}

/// The Services that initialising containers wait for in a loop.
fn for_services(index: &Index<'_>, pods: &Pods<'_>, numbers: &HashMap<usize, usize>, waits: &mut Vec<Wait>) {
    let namespace = pods.item.namespace;
    for (number, container) in pods.spec.init_containers.iter().flatten().enumerate() {
        for (field, words) in [("command", &container.command), ("args", &container.args)] {
            let text = words.as_deref().unwrap_or_default().join(" ");
            let loops = ["until ", "while ", "wait-for", "wait4x", "dockerize"].iter().any(|word| text.contains(word));
            if !loops || container.restart_policy.is_some() {
                continue;
            }
            let resolves = ["nslookup", "getent", "dig "].iter().any(|word| text.contains(word));
            let hosts = text.split(|letter: char| {
                !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && !"-.".contains(letter)
            });
            for host in hosts {
                let parts: Vec<_> = host.trim_end_matches('.').split('.').collect();
                let service = match parts.as_slice() {
                    [name] => index.get::<Service>(namespace, name),
                    [name, namespace] | [name, namespace, "svc", ..] => index.get::<Service>(namespace, name),
                    _ => None,
                };
                let Some(spec) = service.and_then(|(_, service)| service.spec.as_ref()) else { continue };
                // A name resolves before the pods answer, but for that of a headless Service, and there too where it lists pods that are
                // not ready.
                let headless = spec.cluster_ip.as_deref() == Some("None");
                if spec.publish_not_ready_addresses == Some(true) || (resolves && !headless) {
                    continue;
                }
                let Some((at, labels)) = service.map(|(at, _)| at).zip(spec.selector.as_ref()) else { continue };
                let selected = index.selected(at.namespace, labels);
                // The pods of a StatefulSet may wait for those before them, and of several workloads any may answer.
                let own = pods.item.object.kind() == "StatefulSet"
                    && selected.iter().any(|other| other.item.index == pods.item.index);
                if let ([only], false) = (selected.as_slice(), own) {
                    let path = pods.spec_path(&format!("initContainers[{number}].{field}"));
                    waits.push(Wait { on: numbers[&only.item.index], path, what: format!("waits for {}", at.label()) });
                }
            }
        }
    }
}

/// The pods that provide volumes, by the name that storage classes give: the one in their environment or arguments.
fn provisioners<'a>(index: &Index<'a>, numbers: &HashMap<usize, usize>) -> HashMap<&'a str, usize> {
    let wanted: Vec<_> = index.all::<StorageClass>().map(|(_, class)| class.provisioner.as_str()).collect();
    let mut provisioners = HashMap::default();
    if wanted.is_empty() {
        return provisioners;
    }
    for pods in &index.pods {
        for (_, container) in pods.containers() {
            let values = container.env.iter().flatten().filter_map(|variable| variable.value.as_deref());
            let arguments = container.args.iter().flatten().map(|word| word.rsplit('=').next().unwrap_or(word));
            for name in values.chain(arguments) {
                if let Some(name) = wanted.iter().find(|known| **known == name) {
                    provisioners.entry(*name).or_insert(numbers[&pods.item.index]);
                }
            }
        }
    }
    provisioners
}

/// The storage classes of the claims that pods mount, with the field that names the claim.
fn classes(index: &Index<'_>, pods: &Pods<'_>) -> Vec<(String, String)> {
    let class = |spec: Option<&PersistentVolumeClaimSpec>| {
        spec.filter(|spec| spec.volume_name.is_none())?.storage_class_name.clone()
    };
    let mut classes = Vec::new();
    for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
        let Some(claim) = &volume.persistent_volume_claim else { continue };
        let found = index.get::<PersistentVolumeClaim>(pods.item.namespace, &claim.claim_name);
        if let Some(class) = found.and_then(|(_, claim)| class(claim.spec.as_ref())) {
            classes.push((pods.spec_path(&format!("volumes[{number}].persistentVolumeClaim.claimName")), class));
        }
    }
    let set = pods.item.object.get::<StatefulSet>();
    let templates = set.iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten()).enumerate();
    classes.extend(templates.filter_map(|(number, claim)| {
        Some((format!("spec.volumeClaimTemplates[{number}].spec.storageClassName"), class(claim.spec.as_ref())?))
    }));
    classes
}
