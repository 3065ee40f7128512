use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use k8s_openapi::api::storage::v1::StorageClass;

use super::tree::{Tree, Value};
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::{Object, Quantity};

pub(super) const CHECK: Check = Check {
    id: "immutable-change",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A field differs from what is applied, and the API server never changes it in an object that is there.",
    run,
};

/// What the API server keeps, by kind: its validation of updates says so, and a proof asks a real one.
const KEPT: &[(&str, &[(&str, Kept)])] = &[
    ("ClusterRoleBinding", &[("roleRef", Kept::Whole)]),
    ("CustomResourceDefinition", &[("spec.scope", Kept::Whole), ("spec.names.kind", Kept::Whole)]),
    ("DaemonSet", &[("spec.selector", Kept::Whole)]),
    ("Deployment", &[("spec.selector", Kept::Whole)]),
    ("EndpointSlice", &[("addressType", Kept::Whole)]),
    ("IngressClass", &[("spec.controller", Kept::Whole)]),
    (
        "Job",
        &[
            ("spec.selector", Kept::Whole),
            ("spec.template", Kept::Whole),
            ("spec.completionMode", Kept::Whole),
            ("spec.podFailurePolicy", Kept::Whole),
            ("spec.successPolicy", Kept::Whole),
            ("spec.backoffLimitPerIndex", Kept::Whole),
            ("spec.managedBy", Kept::Whole),
            ("spec.podReplacementPolicy", Kept::OnceSet),
        ],
    ),
    (
        "PersistentVolume",
        &[
            (
                "spec",
                Kept::But(&[
                    "capacity",
                    "accessModes",
                    "claimRef",
                    "mountOptions",
                    "nodeAffinity",
                    "persistentVolumeReclaimPolicy",
                    "storageClassName",
                    "volumeAttributesClassName",
                ]),
            ),
            ("spec.nodeAffinity", Kept::OnceSet),
        ],
    ),
    (
        "PersistentVolumeClaim",
        &[
            ("spec", Kept::But(&["resources", "storageClassName", "volumeName", "volumeAttributesClassName"])),
            ("spec.storageClassName", Kept::OnceSet),
            ("spec.volumeName", Kept::OnceSet),
        ],
    ),
    (
        "Pod",
        &[
            (
                "spec",
                Kept::But(&["activeDeadlineSeconds", "containers", "initContainers", "schedulingGates", "tolerations"]),
            ),
            ("spec.initContainers", Kept::But(&["image", "resources"])),
            ("spec.containers", Kept::But(&["image", "resources"])),
        ],
    ),
    ("PriorityClass", &[("value", Kept::Whole), ("preemptionPolicy", Kept::Whole)]),
    ("ReplicaSet", &[("spec.selector", Kept::Whole)]),
    ("RoleBinding", &[("roleRef", Kept::Whole)]),
    ("RuntimeClass", &[("handler", Kept::Whole)]),
    ("Secret", &[("type", Kept::Whole)]),
    (
        "StatefulSet",
        &[
            ("spec.selector", Kept::Whole),
            ("spec.serviceName", Kept::Whole),
            ("spec.podManagementPolicy", Kept::Whole),
            ("spec.volumeClaimTemplates", Kept::Whole),
        ],
    ),
    (
        "StorageClass",
        &[
            ("provisioner", Kept::Whole),
            ("parameters", Kept::Whole),
            ("reclaimPolicy", Kept::Whole),
            ("volumeBindingMode", Kept::Whole),
        ],
    ),
];

/// How much of a field the API server keeps.
#[derive(Clone, Copy)]
enum Kept {
    Whole,
    /// All of it, once it is there.
    OnceSet,
    /// All but these fields of it, or of its items.
    But(&'static [&'static str]),
}

/// What the API server fills in where a field of a type is not set, so that writing it out changes nothing.
const DEFAULTS: &[(&str, &[(&str, &str)])] = &[
    ("ConfigMapVolumeSource", &[("defaultMode", "420")]),
    ("Container", &[("terminationMessagePath", "/dev/termination-log"), ("terminationMessagePolicy", "File")]),
    ("ContainerPort", &[("protocol", "TCP")]),
    ("DownwardAPIVolumeSource", &[("defaultMode", "420")]),
    ("HTTPGetAction", &[("path", "/"), ("scheme", "HTTP")]),
    ("JobSpec", &[("completionMode", "NonIndexed"), ("managedBy", "kubernetes.io/job-controller")]),
    ("ObjectFieldSelector", &[("apiVersion", "v1")]),
    ("PersistentVolumeClaimSpec", &[("volumeMode", "Filesystem")]),
    ("PersistentVolumeSpec", &[("volumeMode", "Filesystem")]),
    (
        "PodSpec",
        &[
            ("dnsPolicy", "ClusterFirst"),
            ("enableServiceLinks", "true"),
            ("restartPolicy", "Always"),
            ("schedulerName", "default-scheduler"),
            ("terminationGracePeriodSeconds", "30"),
        ],
    ),
    ("PriorityClass", &[("preemptionPolicy", "PreemptLowerPriority")]),
    (
        "Probe",
        &[("failureThreshold", "3"), ("periodSeconds", "10"), ("successThreshold", "1"), ("timeoutSeconds", "1")],
    ),
    ("ProjectedVolumeSource", &[("defaultMode", "420")]),
    ("RoleRef", &[("apiGroup", "rbac.authorization.k8s.io")]),
    ("Secret", &[("type", "Opaque")]),
    ("SecretVolumeSource", &[("defaultMode", "420")]),
    ("ServiceAccountTokenProjection", &[("expirationSeconds", "3600")]),
    ("StatefulSetSpec", &[("podManagementPolicy", "OrderedReady")]),
    ("StorageClass", &[("reclaimPolicy", "Delete"), ("volumeBindingMode", "Immediate")]),
];

const WHY: &str =
    "the API server keeps it as it was for as long as the object is there, and `kubectl apply` would stop at it";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let (mut before, mut after) = (Tree::default(), Tree::default());
    for item in &index.items {
        let kind = item.object.kind();
        let kept = KEPT.iter().find(|(kept, _)| *kept == kind).map_or(&[][..], |(_, kept)| *kept);
        let has_more = matches!(kind, "ConfigMap" | "PersistentVolumeClaim" | "Secret" | "Service");
        if kept.is_empty() && !has_more {
            continue;
        }
        // The cluster's own, where its file is as it was.
        let Some(old) = index.previous(*item).filter(|old| !std::ptr::eq(*old, item.object)) else { continue };
        old.write_tree(&mut before);
        item.object.write_tree(&mut after);
        let (old_root, new_root) = (before.root(), after.root());
        // What the API server has filled in is no decision of the author's, so that leaving it out takes nothing back.
        let is_live = old.metadata().uid.is_some();
        let changes = kept.iter().filter_map(|(path, kept)| {
            let (old, new) = (old_root.at(path), new_root.at(path));
            let (old, new) = match kept {
                Kept::OnceSet if old.is_blank() => None,
                Kept::Whole | Kept::OnceSet => change(old, new, &[], is_live),
                Kept::But(free) => change(old, new, free, is_live),
            }?;
            Some((new, fact(old, new)))
        });
        for (place, fact) in changes.chain(more(index, *item, old, old_root, new_root)) {
            let finding = CHECK.finding(format!("{}: {fact}", item.label()), help(index, *item));
            // A Job with a time to live has gone by itself, unless it runs.
            let goes = before.root().at("spec.ttlSecondsAfterFinished").is_set();
            let severity = if goes { Severity::Information } else { CHECK.severity };
            findings.push(finding.why(WHY).rated(severity).at(*item, in_text(place).path()));
        }
    }
    // A Job ends by itself.
    for item in index.removed().into_iter().filter(|item| item.object.kind() != "Job") {
        let GroupKind { group, kind } = item.kind();
        let (dot, kind) = (if group.is_empty() { "" } else { "." }, kind.to_lowercase());
        let place = if item.namespace.is_empty() { String::new() } else { format!(" --namespace {}", item.namespace) };
        let command = format!("kubectl delete {kind}{dot}{group} {}{place}", item.object.name());
        let message = format!("{} is applied and no longer among the objects", item.label());
        let finding = CHECK.finding(message, format!("`{command}` removes it from the cluster"));
        findings.push(finding.why("`kubectl apply` leaves it running").rated(Severity::Information));
    }
}

/// The first value in one that is another in the other, the API server's defaults and these fields of it or of its items aside.
fn change<'t>(old: Value<'t>, new: Value<'t>, free: &[&str], is_live: bool) -> Option<(Value<'t>, Value<'t>)> {
    if is_live && !new.is_set() {
        return None;
    }
    if old.is_leaf() && new.is_leaf() {
        return (value(old) != value(new)).then_some((old, new));
    }
    if old.items().chain(new.items()).any(|item| item.key().is_empty()) {
        let (mut olds, mut news) = (old.items(), new.items());
        return loop {
            match (olds.next(), news.next()) {
                (None, None) => break None,
                (Some(old), Some(new)) => {
                    if let Some(found) = change(old, new, free, is_live) {
                        break Some(found);
                    }
                }
                // The list got longer or shorter: that is what is to be seen, not the first field of an item.
                _ => break Some((old, new)),
            }
        };
    }
    let gone = old.items().filter(|field| !new.get(field.key()).is_set());
    let keys = new.items().chain(gone).map(Value::key).filter(|key| !free.contains(key));
    keys.into_iter().find_map(|key| change(old.get(key), new.get(key), &[], is_live))
}

/// What a value means to the API server: nothing for an empty one or a default, amounts by their size.
fn value(leaf: Value<'_>) -> Option<Meaning<'_>> {
    if leaf.is_amount() {
        return Some(Meaning::Amount(Quantity::parse(leaf.text())));
    }
    if leaf.is_blank() || is_default(leaf) {
        return None;
    }
    Some(match leaf.int() {
        Some(number) => Meaning::Number(number),
        None => Meaning::Text(leaf.text()),
    })
}

#[derive(PartialEq, Eq)]
enum Meaning<'t> {
    Amount(Option<Quantity>),
    Number(i64),
    /// Text; empty for `true`.
    Text(&'t str),
}

fn is_default(leaf: Value<'_>) -> bool {
    let kind = leaf.parent().type_name();
    let default = |(field, default): &(&str, &str)| {
        *field == leaf.key()
            && match leaf.int() {
                Some(number) => number.to_string() == *default,
                None => leaf.text() == *default || leaf.is_true() && *default == "true",
            }
    };
    let is_pull_policy =
        kind == "Container" && leaf.key() == "imagePullPolicy" && leaf.text() == pull_policy(leaf.parent());
    is_pull_policy || DEFAULTS.iter().any(|(of, fields)| *of == kind && fields.iter().any(default))
}

/// When an image is pulled if nothing says so.
fn pull_policy(container: Value<'_>) -> &'static str {
    let image = container.get("image").text();
    let name = image.rsplit('/').next().unwrap_or_default();
    if name.ends_with(":latest") || !name.contains([':', '@']) { "Always" } else { "IfNotPresent" }
}

/// What no table says.
fn more<'t>(
    index: &Index<'_>,
    item: Item<'_>,
    old: &Object,
    before: Value<'t>,
    after: Value<'t>,
) -> Option<(Value<'t>, String)> {
    match item.object.kind() {
        "ConfigMap" => {
            let (old, new) = (old.get::<ConfigMap>()?, item.object.get::<ConfigMap>()?);
            let is_other = old.data != new.data || old.binary_data != new.binary_data;
            frozen(old.immutable, new.immutable, is_other, after)
        }
        "Secret" => {
            let (old, new) = (old.get::<Secret>()?, item.object.get::<Secret>()?);
            frozen(old.immutable, new.immutable, bytes(old) != bytes(new), after)
        }
        "Service" => {
            let (old, new) = (before.at("spec.clusterIP"), after.at("spec.clusterIP"));
            let had_none = before.at("spec.type").text() == "ExternalName";
            (!had_none && !new.is_blank() && old.text() != new.text()).then(|| (new, fact(old, new)))
        }
        "PersistentVolumeClaim" => {
            let size = |root: Value<'t>| root.at("spec.resources.requests.storage");
            let (old, new) = (size(before), size(after));
            let (was, is) = (Quantity::parse(old.text())?, Quantity::parse(new.text())?);
            let class = index.get::<StorageClass>("", after.at("spec.storageClassName").text());
            let is_fixed = class.is_some_and(|(_, class)| class.allow_volume_expansion != Some(true));
            (is < was || is > was && is_fixed).then(|| (new, fact(old, new)))
        }
        _ => None,
    }
}

fn frozen(old: Option<bool>, new: Option<bool>, is_other: bool, after: Value<'_>) -> Option<(Value<'_>, String)> {
    if old != Some(true) {
        None
    } else if new != Some(true) {
        Some((after.get("immutable"), "immutable is taken back".to_owned()))
    } else {
        is_other.then(|| (after.get("immutable"), "what was declared immutable is changed".to_owned()))
    }
}

/// A Secret's values, in whichever of its two fields they are.
fn bytes(secret: &Secret) -> BTreeMap<&str, &[u8]> {
    let data = secret.data.iter().flatten().map(|(key, value)| (key.as_str(), value.0.as_slice()));
    let text = secret.string_data.iter().flatten().map(|(key, value)| (key.as_str(), value.as_bytes()));
    data.chain(text).collect()
}

/// A clause about the change of a value.
fn fact(old: Value<'_>, new: Value<'_>) -> String {
    let path = if new.is_set() { new.path() } else { old.path() };
    match (old.is_blank() && !old.is_amount(), new.is_blank() && !new.is_amount()) {
        (false, false) if old.is_leaf() && new.is_leaf() => format!("{path} changes from {old} to {new}"),
        (true, false) if new.is_leaf() => format!("{path} is set to {new}"),
        (true, false) => format!("{path} is added"),
        (false, true) => format!("{path} is removed"),
        _ => format!("{path} changes"),
    }
}

/// The value, or where it would be.
fn in_text(mut value: Value<'_>) -> Value<'_> {
    while !value.is_set() {
        value = value.parent();
    }
    value
}

fn help(index: &Index<'_>, item: Item<'_>) -> String {
    let (kind, name) = (item.object.kind().to_lowercase(), item.object.name());
    let namespace = if item.namespace.is_empty() { String::new() } else { format!(" -n {}", item.namespace) };
    let deleted = format!("`kubectl delete {kind} {name}{namespace}`");
    let help = match item.object.kind() {
        "ConfigMap" | "Secret" => {
            format!("give it another name, which its readers then refer to, or delete it first: {deleted}")
        }
        "CustomResourceDefinition" => {
            "take the change back: deleting the definition would delete every object of its kind".to_owned()
        }
        "Job" => format!("give it a name that changes with what it does, or delete it first: {deleted}"),
        "PersistentVolumeClaim" => {
            "take the change back, or make a claim of another name and copy the data: deleting this one deletes its data".to_owned()
        }
        "StatefulSet" => {
            let orphaned = format!("`kubectl delete {kind} {name}{namespace} --cascade=orphan`");
            format!("take the change back, or delete it first, which leaves its pods and claims: {orphaned}")
        }
        _ => format!("take the change back, or delete it first: {deleted}"),
    };
    match index.cluster() {
        Some(_) => format!("{help}; then remove its file, which stands for what is applied, and render again"),
        None => help,
    }
}
