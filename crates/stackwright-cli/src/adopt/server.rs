//! What a cluster adds to the objects that it is given: nobody wrote it, so it is not taken over.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use stackwright::is_written_by_cluster;

use crate::code::Given;

/// Who makes an object that a cluster holds, if nobody would write it.
pub fn maker(given: &Given) -> Option<String> {
    let owner = given.value.pointer("/metadata/ownerReferences/0");
    let text = |field: &str| owner?.get(field)?.as_str();
    if let (true, Some(kind), Some(name)) = (is_live(given), text("kind"), text("name")) {
        return Some(format!("{kind} {name}"));
    }
    let is_clusters = match given.kind.as_str() {
        "Endpoints" | "EndpointSlice" | "Event" | "Lease" => true,
        "ConfigMap" => given.name() == "kube-root-ca.crt",
        "ServiceAccount" => given.name() == "default",
        _ => false,
    };
    (is_clusters && is_live(given)).then(|| "the cluster".to_owned())
}

/// Whether an object was read from a cluster.
fn is_live(given: &Given) -> bool {
    given.metadata("uid").is_some() || given.metadata("resourceVersion").is_some()
}

/// Removes what the cluster added. Returns the fields.
pub fn strip(given: &mut Given) -> BTreeSet<String> {
    let is_live = is_live(given);
    let mut removed = BTreeSet::new();
    let Some(object) = given.value.as_object_mut() else { return removed };
    let is_definition = given.kind == "CustomResourceDefinition";
    remove(object, "status", "", &mut removed);
    if is_definition && !is_live {
        return removed;
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        for field in keys(metadata).filter(|field| is_written_by_cluster(&format!("metadata.{field}"))) {
            remove(metadata, &field, "metadata.", &mut removed);
        }
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
            let is_written = |name: &String| is_written_by_cluster(&format!("metadata.annotations[\"{name}\"]"));
            for name in keys(annotations).filter(is_written) {
                remove(annotations, &name, "annotation ", &mut removed);
            }
            if annotations.is_empty() {
                metadata.remove("annotations");
            }
        }
    }
    if is_live {
        of_kind(&given.kind, object, &mut removed);
        if given.is_typed
            && let Some(spec) = object.get_mut("spec")
        {
            defaults(spec, &mut removed);
        }
    }
    removed
}

fn keys(object: &Map<String, Value>) -> std::vec::IntoIter<String> {
    object.keys().cloned().collect::<Vec<_>>().into_iter()
}

fn remove(object: &mut Map<String, Value>, field: &str, before: &str, removed: &mut BTreeSet<String>) {
    // One that is null or empty says nothing.
    if object.shift_remove(field).is_some_and(|value| !value.is_null()) {
        removed.insert(format!("{before}{field}"));
    }
}

/// What is set in objects of one kind.
fn of_kind(kind: &str, object: &mut Map<String, Value>, removed: &mut BTreeSet<String>) {
    if kind == "ServiceAccount" {
        remove(object, "secrets", "", removed);
    }
    if let ("Namespace", Some(labels)) =
        (kind, object.get_mut("metadata").and_then(|metadata| metadata.get_mut("labels")?.as_object_mut()))
    {
        remove(labels, "kubernetes.io/metadata.name", "label ", removed);
    }
    let Some(spec) = object.get_mut("spec").and_then(Value::as_object_mut) else { return };
    match kind {
        "Service" => {
            let is_headless = spec.get("clusterIP").is_some_and(|address| address == "None");
            let given = if is_headless {
                &["clusterIPs", "ipFamilies", "ipFamilyPolicy"][..]
            } else {
                &["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"]
            };
            for field in given {
                remove(spec, field, "spec.", removed);
            }
        }
        "PersistentVolumeClaim" => remove(spec, "volumeName", "spec.", removed),
        "PersistentVolume" => remove(spec, "claimRef", "spec.", removed),
        "Namespace" => remove(spec, "finalizers", "spec.", removed),
        "Pod" => remove(spec, "nodeName", "spec.", removed),
        _ => {}
    }
    if spec.is_empty() {
        object.shift_remove("spec");
    }
}

/// Removes the values that the API server fills in for fields that are left out.
fn defaults(value: &mut Value, removed: &mut BTreeSet<String>) {
    if let Value::Array(items) = value {
        for item in items.iter_mut() {
            defaults(item, removed);
        }
    }
    let Value::Object(entries) = value else { return };
    let is_default = |field: &str, value: &Value| {
        let default = match field {
            "restartPolicy" => json!("Always"),
            "terminationGracePeriodSeconds" => json!(30),
            "dnsPolicy" => json!("ClusterFirst"),
            "schedulerName" => json!("default-scheduler"),
            "securityContext" | "resources" => json!({}),
            "terminationMessagePath" => json!("/dev/termination-log"),
            "terminationMessagePolicy" => json!("File"),
            "protocol" => json!("TCP"),
            "scheme" => json!("HTTP"),
            "failureThreshold" => json!(3),
            "periodSeconds" | "revisionHistoryLimit" => json!(10),
            "successThreshold" | "timeoutSeconds" => json!(1),
            "progressDeadlineSeconds" => json!(600),
            "strategy" => {
                json!({ "type": "RollingUpdate", "rollingUpdate": { "maxSurge": "25%", "maxUnavailable": "25%" } })
            }
            "sessionAffinity" => json!("None"),
            "internalTrafficPolicy" | "externalTrafficPolicy" => json!("Cluster"),
            "type" => json!("ClusterIP"),
            "volumeMode" => json!("Filesystem"),
            "defaultMode" => json!(420),
            _ => return field == "creationTimestamp" && value.is_null(),
        };
        *value == default
    };
    let found: Vec<_> =
        entries.iter().filter(|(field, value)| is_default(field, value)).map(|(field, _)| field.clone()).collect();
    for field in found {
        entries.shift_remove(&field);
        removed.insert(format!("the default {field}"));
    }
    entries.values_mut().for_each(|value| defaults(value, removed));
}
