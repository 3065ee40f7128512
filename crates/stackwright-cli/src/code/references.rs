//! What objects refer to, field by field: what a struct is called where it holds another object's name.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Given;
use super::secrets::is_declared;
use super::types::{self, Shape, Struct, Type};
use super::workloads::Workloads;

/// What makes an object this one and no other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub kind: String,
    pub namespace: String,
    pub name: String,
}

impl Key {
    pub fn of(given: &Given) -> Self {
        Self { kind: given.kind.clone(), namespace: given.namespace().to_owned(), name: given.name().to_owned() }
    }
}

/// A field that refers to something among the objects.
#[derive(Debug, Clone)]
pub struct Site {
    pub target: Target,
}

/// What a field refers to.
#[derive(Debug, Clone)]
pub enum Target {
    /// An object by its name.
    Name(Key),
    /// The pods of a workload by labels: by its own selector, or by fewer labels of its pods.
    Selector { workload: Key, is_exact: bool, is_map: bool },
    /// A port by its name.
    Port(String),
}

/// References, and how many of them are references in the code too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub all: usize,
    pub recovered: usize,
}

/// The fields that hold the name of an object of one kind, by their struct.
const NAMES: &[(&str, &str, &str)] = &[
    ("ConfigMapEnvSource", "name", "ConfigMap"),
    ("ConfigMapKeySelector", "name", "ConfigMap"),
    ("ConfigMapProjection", "name", "ConfigMap"),
    ("ConfigMapVolumeSource", "name", "ConfigMap"),
    ("GatewaySpec", "gatewayClassName", "GatewayClass"),
    ("HTTPRouteParentRefs", "name", "Gateway"),
    ("HTTPRouteRulesBackendRefs", "name", "Service"),
    ("IngressRouteRoutesServices", "name", "Service"),
    ("IngressRouteTls", "secretName", "Secret"),
    ("IngressServiceBackend", "name", "Service"),
    ("IngressSpec", "ingressClassName", "IngressClass"),
    ("IngressTLS", "secretName", "Secret"),
    ("LocalObjectReference", "name", "Secret"),
    ("PersistentVolumeClaimSpec", "storageClassName", "StorageClass"),
    ("PersistentVolumeClaimSpec", "volumeName", "PersistentVolume"),
    ("PersistentVolumeClaimVolumeSource", "claimName", "PersistentVolumeClaim"),
    ("PersistentVolumeSpec", "storageClassName", "StorageClass"),
    ("PodSpec", "priorityClassName", "PriorityClass"),
    ("PodSpec", "runtimeClassName", "RuntimeClass"),
    ("PodSpec", "serviceAccount", "ServiceAccount"),
    ("PodSpec", "serviceAccountName", "ServiceAccount"),
    ("SecretEnvSource", "name", "Secret"),
    ("SecretKeySelector", "name", "Secret"),
    ("SecretProjection", "name", "Secret"),
    ("SecretVolumeSource", "secretName", "Secret"),
    ("ServiceReference", "name", "Service"),
    ("StatefulSetSpec", "serviceName", "Service"),
];

/// Structs that say the kind beside the name.
const WITH_KIND: &[&str] = &["CertificateIssuerRef", "CrossVersionObjectReference", "RoleRef", "Subject"];

/// Kinds that are in no namespace.
const CLUSTER_WIDE: &[&str] = &[
    "ClusterIssuer",
    "ClusterRole",
    "GatewayClass",
    "IngressClass",
    "PersistentVolume",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
];

/// The objects, by what others call them.
#[derive(Debug)]
pub struct Index {
    pub places: HashMap<Key, usize>,
    workloads: Workloads,
}

impl Index {
    pub fn new(objects: &[Given]) -> Self {
        let mut places = HashMap::new();
        let is_bound = |given: &Given| given.is_typed || is_declared(given) || given.structure().is_some();
        for (number, given) in objects.iter().enumerate().filter(|(_, given)| is_bound(given)) {
            places.entry(Key::of(given)).or_insert(number);
        }
        Self { places, workloads: Workloads::new(objects) }
    }

    /// What the fields of an object refer to, by their paths.
    pub fn sites(&self, given: &Given) -> HashMap<String, Site> {
        let mut found = Found { index: self, given, sites: HashMap::new() };
        let kind = types::object(&given.api_version, &given.kind);
        if let Some(kind) = kind.filter(|kind| given.is_typed || kind.feature.is_some()) {
            found.structure(kind, &given.value, "");
        }
        found.sites
    }
}

struct Found<'a> {
    index: &'a Index,
    given: &'a Given,
    sites: HashMap<String, Site>,
}

impl Found<'_> {
    fn value(&mut self, kind: Type, value: &Value, path: &str) {
        match (kind.shape(), value) {
            (Shape::Option(inner), value) => self.value(inner, value, path),
            (Shape::List(inner), Value::Array(items)) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(number, item)| self.value(inner, item, &format!("{path}/{number}")));
            }
            (Shape::Struct(found), value) => self.structure(found, value, path),
            _ => {}
        }
    }

    fn structure(&mut self, kind: &'static Struct, value: &Value, path: &str) {
        let Some(entries) = value.as_object() else { return };
        for (key, value) in entries {
            let Some(field) = kind.field(key) else { continue };
            let path = format!("{path}/{key}");
            match self.target(kind.name(), key, value, entries) {
                Some(target) => _ = self.sites.insert(path, Site { target }),
                None => self.value(field.kind, value, &path),
            }
        }
    }

    fn target(&self, kind: &str, field: &str, value: &Value, entries: &Map<String, Value>) -> Option<Target> {
        let namespace = self.given.namespace();
        match (kind, field) {
            ("ServiceSpec", "selector") => return self.index.workloads.selected(namespace, value, true),
            ("PodDisruptionBudgetSpec", "selector") | ("NetworkPolicySpec", "podSelector") => {
                return self.index.workloads.selected(namespace, value, false);
            }
            ("ServicePort", "targetPort")
            | ("HTTPGetAction" | "TCPSocketAction" | "NetworkPolicyPort", "port")
            | ("ServiceBackendPort", "name") => {
                let name = value
                    .as_str()
                    .filter(|name| kind == "ServiceBackendPort" || self.index.workloads.has_port(name))?;
                return Some(Target::Port(name.to_owned()));
            }
            _ => {}
        }
        let text = |field: &str| entries.get(field).and_then(Value::as_str);
        let kind = if WITH_KIND.contains(&kind) && field == "name" {
            text("kind")?
        } else {
            let named = NAMES.iter().find(|(name, key, _)| (*name, *key) == (kind, field))?.2;
            // Some lead to other kinds as well, if they say so.
            text("kind").is_none_or(|kind| kind == named).then_some(named)?
        };
        let namespace = if CLUSTER_WIDE.contains(&kind) { "" } else { text("namespace").unwrap_or(namespace) };
        let key = Key { kind: kind.to_owned(), namespace: namespace.to_owned(), name: value.as_str()?.to_owned() };
        self.index.places.contains_key(&key).then_some(Target::Name(key))
    }
}
