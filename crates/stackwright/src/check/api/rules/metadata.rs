use super::Rule::*;
use super::{Faults, Taken, TypeRules, VALUE, cluster, label_key, labels};
use crate::check::api::syntax::{self, Syntax};
use crate::check::api::tree::Value;
use crate::check::references::built_in::api_group;
use crate::check::{GroupKind, is_cluster_wide, is_cluster_wide_to_kustomize};
use crate::yaml;

pub(super) const RULES: &[TypeRules] = &[
    (
        "ObjectMeta",
        &[
            ("labels", By(own_labels)),
            ("annotations", By(annotations)),
            ("finalizers", By(finalizers)),
            ("ownerReferences", By(owners)),
        ],
    ),
    (
        "OwnerReference",
        &[("apiVersion", Must(syntax::api_version)), ("kind", Required), ("name", Required), ("uid", Required)],
    ),
];

/// What the name of a kind looks like; of most it is a DNS name.
fn syntax_of(kind: &str) -> Syntax {
    match kind {
        "Namespace" | "StatefulSet" => syntax::dns_label,
        "Service" => syntax::dns_1035_label,
        "Role"
        | "ClusterRole"
        | "RoleBinding"
        | "ClusterRoleBinding"
        | "APIService"
        | "PodDisruptionBudget"
        | "CertificateSigningRequest"
        | "Event"
        | "IPAddress" => syntax::path_segment,
        _ => syntax::dns_name,
    }
}

/// The object's own metadata, which has a name.
pub(super) fn check(object: Value<'_>, faults: &mut Faults) {
    let kind = object.type_name();
    if kind == "CustomResource" {
        // Files of programs, such as a Kustomization or a kubeconfig, look like objects but have no metadata.
        if object.get("metadata").is_blank() {
            return;
        }
        known(object, faults);
    }
    let metadata = object.get("metadata");
    let (name, generated) = (metadata.get("name"), metadata.get("generateName"));
    // A version of Kubernetes' own that isn't served is named as the served one is.
    let group = GroupKind::new(object.get("apiVersion").text(), "").group;
    let is_own = kind == "CustomResource" && api_group(group);
    let syntax = syntax_of(if is_own { object.get("kind").text() } else { kind });
    let namespace = metadata.get("namespace");
    if !name.is_blank() {
        faults.malformed(name, syntax);
    } else if generated.is_blank() && kind != "LimitRange" {
        faults.add("name-syntax", metadata, "has no name", "give it a name");
    }
    if !generated.is_blank() {
        let prefix = generated.text().strip_suffix('-').filter(|prefix| !prefix.is_empty()).unwrap_or(generated.text());
        if let Some(why) = syntax(prefix) {
            faults.add("name-syntax", generated, format!("is {generated}"), why);
        }
    }
    if namespace.is_blank() {
        // It is told when it is applied.
    } else if is_cluster_wide(GroupKind::new(object.get("apiVersion").text(), object.get("kind").text())) {
        let own = (object.get("apiVersion").text(), object.get("kind").text());
        if is_cluster_wide_to_kustomize(own.0, own.1) {
            // k8s.io/apiserver pkg/registry/rest/create.go, BeforeCreate.
            faults.add(VALUE, namespace, format!("is {namespace}; a {} is in no namespace", own.1), "remove it");
            faults.last_is_taken(Taken::Dropped);
        }
    } else {
        faults.malformed(namespace, syntax::dns_label);
        // No slip makes `_` of a name: a kustomization replaces it.
        if !namespace.text().contains(|letter: char| letter.is_ascii_alphanumeric()) {
            faults.last_is_taken(Taken::WhenCompleted);
        }
    }
    lengths(kind, name, object, faults);
}

/// The server looks at these only when it makes the objects.
fn is_template(metadata: Value<'_>) -> bool {
    let holder = metadata.parent();
    holder.type_name() == "JobTemplateSpec" || holder.parent().key() == "volumeClaimTemplates"
}

fn own_labels(map: Value<'_>, faults: &mut Faults) {
    if !is_template(map.parent()) {
        labels(map, faults);
    }
}

/// Names that others are made of have to leave them room.
fn lengths(kind: &str, name: Value<'_>, object: Value<'_>, faults: &mut Faults) {
    let length = name.text().len();
    match kind {
        "CronJob" if length > 52 => {
            faults.add(
                "name-syntax",
                name,
                format!("is {length} characters long"),
                "52 are the most: its Jobs' names are 11 longer",
            );
        }
        "CSIDriver" if length > 63 => {
            faults.add("name-syntax", name, format!("is {length} characters long"), "63 are the most");
        }
        // Its pods carry labels of its name: app=NAME-HASH, statefulset.kubernetes.io/pod-name and controller-revision-hash.
        "StatefulSet" if length > 52 => {
            let help = "52 are the most: the label controller-revision-hash is its name and 11 characters";
            faults.add(
                "generated-name-long",
                name,
                format!("is {length} characters long; its pods can't be made"),
                help,
            );
        }
        "Job" if length > 63 => {
            let help = "63 are the most: its pods have its name as a label";
            faults.add(
                "generated-name-long",
                name,
                format!("is {length} characters long; its pods can't be made"),
                help,
            );
        }
        "DaemonSet" | "Deployment" if length > 63 && !object.is_blank() => {
            let help = "63 are the most for names that pods and their hosts can have whole";
            faults.add(
                "generated-name-long",
                name,
                format!("is {length} characters long; its pods' names are cut"),
                help,
            );
        }
        _ => {}
    }
}

/// All annotations of an object together hold so many bytes at most.
pub const MOST_ANNOTATIONS: usize = 256 * 1024;

fn annotations(annotations: Value<'_>, faults: &mut Faults) {
    if is_template(annotations.parent()) {
        return;
    }
    let mut bytes = 0;
    for annotation in annotations.items() {
        label_key(annotation, &annotation.key().to_ascii_lowercase(), faults);
        bytes += annotation.key().len() + annotation.text().len();
    }
    if bytes > MOST_ANNOTATIONS {
        let fact = format!("are {bytes} bytes long");
        faults.add("object-too-large", annotations, fact, format!("{MOST_ANNOTATIONS} bytes are the most"));
    }
}

fn finalizers(finalizers: Value<'_>, faults: &mut Faults) {
    finalizers.items().for_each(|name| cluster::finalizer(name, faults));
    let has = |kind: &str| finalizers.items().any(|name| name.text() == kind);
    if has("orphan") && has("foregroundDeletion") {
        faults.add(VALUE, finalizers, "has orphan and foregroundDeletion", "keep one of them");
    }
}

fn owners(owners: Value<'_>, faults: &mut Faults) {
    // The same owner may be there twice.
    let mut controllers = owners.items().filter(|owner| owner.get("controller").is_true());
    let first = controllers.next().map(|owner| owner.get("uid").text());
    for more in controllers.filter(|owner| Some(owner.get("uid").text()) != first) {
        faults.add(VALUE, more.get("controller"), "is true a second time", "one owner is the controller");
    }
}

/// Kinds that are sent to the API server but are no objects that it keeps, so that they have no struct.
const REQUESTS: [(&str, &str); 6] = [
    ("apiextensions.k8s.io/v1", "ConversionReview"),
    ("autoscaling/v1", "Scale"),
    ("policy/v1", "Eviction"),
    ("v1", "Binding"),
    ("v1", "ComponentStatus"),
    ("v1", "List"),
];

/// Versions that are served only when the API server is told to.
const PREVIEW: &str = include_str!("preview.txt");

/// A kind without a struct is a custom one, whose group has a dot, unless the group is one of Kubernetes' own.
fn known(object: Value<'_>, faults: &mut Faults) {
    let (version, kind) = (object.get("apiVersion"), object.get("kind"));
    let is_it = |(api_version, name): (&str, &str)| api_version == version.text() && name == kind.text();
    if REQUESTS.into_iter().any(is_it) {
        return;
    }
    let group = GroupKind::new(version.text(), kind.text()).group;
    let served = yaml::api_versions_in(group);
    if served.contains(&version.text()) {
        let fact = format!("is {kind}, which {} has not", version.text());
        faults.add(VALUE, kind, fact, "correct the kind or the apiVersion");
    } else if PREVIEW.lines().filter_map(|line| line.split_once(' ')).any(is_it) {
        let help = "enable it by --runtime-config of the API server, or use a stable version";
        faults.add("deprecated-api", version, format!("is {version}, which is served only when told to"), help);
        faults.last_is_taken(Taken::WhenTold);
    } else if !served.is_empty() || !group.contains('.') || syntax::dns_name(group).is_some() {
        let is_of_group = |known: &&str| group.is_empty() || !group.contains('.') || served.contains(known);
        let help = match yaml::api_versions_of(kind.text()).filter(is_of_group).last() {
            Some(served) => {
                format!("write {served}, the version that is served now, and compare its fields: they may have changed")
            }
            None if !served.is_empty() => format!("{group} is served as {}", served.join(" and ")),
            None => "the group of a custom kind has a dot; one of Kubernetes' own with this name is gone".to_owned(),
        };
        faults.add("deprecated-api", version, format!("is {version}, which is not served"), help);
    }
}
