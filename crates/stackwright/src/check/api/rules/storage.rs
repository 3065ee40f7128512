use std::collections::{BTreeMap, BTreeSet};

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax, volume};
use crate::check::api::tree::Value;

const MODES: &[&str] = &["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const VOLUME_MODES: &[&str] = &["Filesystem", "Block"];
const SOURCES: &[&str] = &[
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "csi",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "glusterfs",
    "hostPath",
    "iscsi",
    "local",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

pub(super) const RULES: &[TypeRules] = &[
    ("PersistentVolume", &[("spec", Required)]),
    (
        "PersistentVolumeSpec",
        &[
            ("accessModes", Required),
            ("accessModes", By(modes)),
            ("capacity", By(capacity)),
            ("", ExactlyOne(SOURCES)),
            ("", By(affinity)),
            ("persistentVolumeReclaimPolicy", OneOf(&["Retain", "Delete", "Recycle"])),
            ("storageClassName", Is(syntax::dns_name)),
            ("volumeMode", OneOfIfSet(VOLUME_MODES)),
        ],
    ),
    ("PersistentVolumeClaim", &[("spec", Required)]),
    (
        "PersistentVolumeClaimSpec",
        &[
            ("accessModes", Required),
            ("accessModes", By(modes)),
            ("", By(storage)),
            ("", By(data)),
            ("storageClassName", Is(syntax::dns_name)),
            ("volumeAttributesClassName", Is(syntax::dns_name)),
            ("volumeMode", OneOfIfSet(VOLUME_MODES)),
        ],
    ),
    ("TypedObjectReference", &[("kind", Required), ("name", Required), ("apiGroup", Is(syntax::dns_name))]),
    (
        "StorageClass",
        &[
            ("provisioner", Must(provisioner)),
            ("reclaimPolicy", OneOf(&["Delete", "Retain"])),
            ("volumeBindingMode", OneOfIfSet(&["Immediate", "WaitForFirstConsumer"])),
            ("parameters", By(parameters)),
            ("allowedTopologies", By(repeated)),
        ],
    ),
    ("TopologySelectorTerm", &[("matchLabelExpressions", Unique("key"))]),
    (
        "TopologySelectorLabelRequirement",
        &[("key", Must(syntax::qualified_name)), ("values", Required), ("values", Unique(""))],
    ),
    (
        "CSIDriverSpec",
        &[
            ("fsGroupPolicy", OneOfIfSet(&["None", "File", "ReadWriteOnceWithFSType"])),
            ("volumeLifecycleModes", EachOneOf(&["Persistent", "Ephemeral"])),
            ("tokenRequests", By(audiences)),
            ("nodeAllocatableUpdatePeriodSeconds", Range(10, i64::MAX)),
        ],
    ),
    ("TokenRequest", &[("expirationSeconds", Range(600, 1 << 32))]),
    ("CSINodeSpec", &[("drivers", Unique("name"))]),
    (
        "CSINodeDriver",
        &[
            ("name", Must(volume::driver)),
            ("nodeID", Required),
            ("nodeID", By(node_id)),
            ("topologyKeys", EachMust(syntax::qualified_name)),
            ("topologyKeys", Unique("")),
        ],
    ),
    ("VolumeNodeResources", &[("count", Range(0, i64::MAX))]),
    ("CSIStorageCapacity", &[("storageClassName", Must(syntax::dns_name)), ("capacity", Amount)]),
    ("VolumeAttachment", &[("spec", Required)]),
    (
        "VolumeAttachmentSpec",
        &[("attacher", Must(volume::driver)), ("nodeName", Must(syntax::dns_name)), ("", By(source))],
    ),
    (
        "VolumeAttributesClass",
        &[
            ("driverName", Must(provisioner)),
            ("parameters", Required),
            ("parameters", AtMost(512)),
            ("parameters", By(parameters)),
        ],
    ),
];

fn modes(modes: Value<'_>, faults: &mut Faults) {
    EachOneOf(MODES).check(modes, modes.parent(), "accessModes", faults);
    let alone = modes.items().find(|mode| mode.text() == "ReadWriteOncePod");
    if let Some(alone) = alone.filter(|_| modes.items().any(|mode| mode.text() != "ReadWriteOncePod")) {
        faults.forbidden(alone, "beside other modes");
    }
}

fn capacity(capacity: Value<'_>, faults: &mut Faults) {
    if !capacity.get("storage").is_set() {
        faults.missing(capacity.parent(), "capacity.storage", "");
    }
    for amount in capacity.items() {
        if amount.key() != "storage" {
            faults.add(VALUE, capacity, format!("has the key {:?}", amount.key()), "a volume has storage alone");
        }
        SomeAmount.check(amount, capacity, "storage", faults);
    }
}

fn affinity(spec: Value<'_>, faults: &mut Faults) {
    let affinity = spec.get("nodeAffinity");
    if affinity.is_set() && !affinity.get("required").is_set() {
        faults.missing(affinity, "required", "");
    }
    if spec.get("local").is_set() && !affinity.is_set() {
        faults.missing(spec, "nodeAffinity", "for a local volume");
    }
    let class = spec.get("volumeAttributesClassName");
    if class.is_set() && (class.text().is_empty() || !spec.get("csi").is_set()) {
        faults.forbidden(class, "without csi, or to nothing");
    }
    if spec.at("hostPath.path").text() == "/" && spec.get("persistentVolumeReclaimPolicy").text() == "Recycle" {
        faults.forbidden(spec.get("persistentVolumeReclaimPolicy"), "to Recycle for the path /");
    }
}

fn storage(spec: Value<'_>, faults: &mut Faults) {
    let asked = spec.at("resources.requests.storage");
    if asked.is_set() {
        SomeAmount.check(asked, spec, "storage", faults);
        // One of a volume that is there already asks for no amount of its own, as a rule.
        let (volume, class) = (spec.get("volumeName"), spec.get("storageClassName"));
        if volume.is_blank() && !(class.is_set() && class.is_blank()) {
            super::quantity::unit(asked, faults);
        }
    } else {
        faults.missing(spec, "resources.requests.storage", "");
    }
}

fn data(spec: Value<'_>, faults: &mut Faults) {
    let (source, reference) = (spec.get("dataSource"), spec.get("dataSourceRef"));
    let is_claim = reference.get("kind").text() == "PersistentVolumeClaim";
    if reference.is_set() && reference.get("apiGroup").is_blank() && !is_claim {
        faults.missing(reference, "apiGroup", "unless its kind is PersistentVolumeClaim");
    }
    // Of a claim the server drops a source that it does not know; in a template it refuses it.
    if source.is_set() && spec.root().type_name() == "StatefulSet" {
        for field in ["kind", "name"] {
            Required.check(source.get(field), source, field, faults);
        }
        Is(syntax::dns_name).check(source.get("apiGroup"), source, "apiGroup", faults);
        if source.get("apiGroup").is_blank() && source.get("kind").text() != "PersistentVolumeClaim" {
            faults.missing(source, "apiGroup", "unless its kind is PersistentVolumeClaim");
        }
    }
    let is_known = matches!(source.get("kind").text(), "PersistentVolumeClaim" | "VolumeSnapshot");
    if is_known && source.get("name").is_blank() {
        faults.missing(source, "name", "");
    }
    let differ =
        ["apiGroup", "kind", "name"].iter().any(|field| source.get(field).text() != reference.get(field).text());
    // A source that the server does not know is dropped.
    if is_known && reference.is_set() && (differ || !reference.get("namespace").is_blank()) {
        faults.forbidden(source, "beside a dataSourceRef that is not the same");
    }
}

/// Of all tokens, one may be for the API server itself, whose audience is empty.
fn audiences(requests: Value<'_>, faults: &mut Faults) {
    let mut seen = std::collections::HashSet::new();
    for audience in requests.items().map(|request| request.get("audience")) {
        if !seen.insert(audience.text()) {
            faults.add(VALUE, audience, format!("is {audience}, as an earlier one is"), "remove or change one of them");
        }
    }
}

fn node_id(id: Value<'_>, faults: &mut Faults) {
    if id.text().len() > 256 {
        faults.add(VALUE, id, "is too long", "256 bytes are the most");
    }
}

fn source(attachment: Value<'_>, faults: &mut Faults) {
    let source = attachment.get("source");
    let (name, inline) = (source.get("persistentVolumeName"), source.get("inlineVolumeSpec"));
    if name.is_set() && inline.is_set() {
        faults.forbidden(inline, "beside persistentVolumeName");
    } else if name.is_set() {
        Must(syntax::dns_name).check(name, source, "persistentVolumeName", faults);
    } else if !inline.is_set() {
        faults.missing(attachment, "source.persistentVolumeName", "");
    }
}

fn provisioner(name: &str) -> Option<&'static str> {
    syntax::qualified_name(&name.to_ascii_lowercase())
}

/// The order of labels in a term, and of values in a label, makes no difference.
fn repeated(terms: Value<'_>, faults: &mut Faults) {
    let mut seen = vec![BTreeMap::new()];
    for term in terms.items() {
        let labels: BTreeMap<_, BTreeSet<_>> = term
            .get("matchLabelExpressions")
            .items()
            .map(|label| (label.get("key").text(), label.get("values").items().map(Value::text).collect()))
            .collect();
        if seen.contains(&labels) {
            faults.add(VALUE, term, "is empty, or an earlier one again", "remove one of them");
        }
        seen.push(labels);
    }
}

fn parameters(parameters: Value<'_>, faults: &mut Faults) {
    if parameters.items().any(|parameter| parameter.key().is_empty()) {
        faults.add(VALUE, parameters, "has an empty key", "give it a name");
    }
}
