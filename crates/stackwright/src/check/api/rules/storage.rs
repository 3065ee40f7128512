use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
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
            ("tokenRequests", Unique("audience")),
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

fn provisioner(name: &str) -> Option<&'static str> {
    syntax::qualified_name(&name.to_ascii_lowercase())
}

fn parameters(parameters: Value<'_>, faults: &mut Faults) {
    if parameters.items().any(|parameter| parameter.key().is_empty()) {
        faults.add(VALUE, parameters, "has an empty key", "give it a name");
    }
}
