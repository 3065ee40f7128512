//! Whether an object is as it was asked for, by the rules of kstatus: <https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus>.

use serde_json::Value;

/// How far an object is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// Not yet, and what is there.
    Waiting(String),
    /// It won't be by itself.
    Failed(String),
}

use Readiness::{Failed, Ready, Waiting};

/// The kinds that are waited for.
pub const KINDS: [(&str, &str); 7] = [
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("apiregistration.k8s.io", "APIService"),
    ("apps", "DaemonSet"),
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("batch", "Job"),
    ("", "Pod"),
];

/// How far an object of one of these kinds is.
pub fn readiness(object: &Value) -> Readiness {
    if object.pointer("/metadata/deletionTimestamp").is_some() {
        return Waiting("it is being deleted".to_owned());
    }
    let seen = object.pointer("/status/observedGeneration").and_then(Value::as_i64);
    let generation = object.pointer("/metadata/generation").and_then(Value::as_i64);
    if seen.is_some() && seen < generation {
        return Waiting("its controller hasn't seen the change yet".to_owned());
    }
    match object["kind"].as_str().unwrap_or_default() {
        "Deployment" => deployment(object),
        "StatefulSet" => stateful_set(object),
        "DaemonSet" => daemon_set(object),
        "Job" => job(object),
        "Pod" => pod(object),
        "CustomResourceDefinition" => definition(object),
        "APIService" => service(object),
        _ => Ready,
    }
}

/// A condition's status and its reason with the message.
pub fn condition<'v>(object: &'v Value, kind: &str) -> Option<(&'v str, &'v str, &'v str)> {
    let conditions = object.pointer("/status/conditions")?.as_array()?;
    let condition = conditions.iter().find(|condition| condition["type"] == kind)?;
    let text = |key: &str| condition[key].as_str().unwrap_or_default();
    Some((text("status"), text("reason"), text("message")))
}

fn number(object: &Value, path: &str) -> i64 {
    object.pointer(path).and_then(Value::as_i64).unwrap_or_default()
}

fn replicas(object: &Value) -> i64 {
    object.pointer("/spec/replicas").and_then(Value::as_i64).unwrap_or(1)
}

fn of(count: i64, wanted: i64, what: &str) -> Readiness {
    Waiting(format!("{count} of {wanted} {what}"))
}

fn deployment(object: &Value) -> Readiness {
    if object.pointer("/spec/paused") == Some(&Value::Bool(true)) {
        return Ready;
    }
    if let Some((_, "ProgressDeadlineExceeded", _)) = condition(object, "Progressing") {
        let ready = number(object, "/status/readyReplicas");
        return Failed(format!("{ready} of {} pods are ready, and its progress deadline is over", replicas(object)));
    }
    if object.pointer("/status/observedGeneration").is_none() {
        return Waiting("its controller hasn't seen it yet".to_owned());
    }
    let (wanted, updated) = (replicas(object), number(object, "/status/updatedReplicas"));
    let (all, available) = (number(object, "/status/replicas"), number(object, "/status/availableReplicas"));
    if updated < wanted {
        of(updated, wanted, "pods are new")
    } else if all > updated {
        Waiting(format!("old pods are left: {}", all - updated))
    } else if available < wanted {
        of(available, wanted, "pods are ready")
    } else {
        Ready
    }
}

fn stateful_set(object: &Value) -> Readiness {
    if object.pointer("/spec/updateStrategy/type") == Some(&"OnDelete".into()) {
        return Ready;
    }
    if object.pointer("/status/observedGeneration").is_none() {
        return Waiting("its controller hasn't seen it yet".to_owned());
    }
    let (wanted, ready) = (replicas(object), number(object, "/status/readyReplicas"));
    let all = number(object, "/status/replicas");
    let partition = number(object, "/spec/updateStrategy/rollingUpdate/partition");
    let (updated, to_update) = (number(object, "/status/updatedReplicas"), wanted - partition);
    if ready < wanted {
        of(ready, wanted, "pods are ready")
    } else if all > wanted {
        Waiting(format!("pods are to go: {}", all - wanted))
    } else if updated < to_update {
        of(updated, to_update, "pods are new")
    } else {
        Ready
    }
}

fn daemon_set(object: &Value) -> Readiness {
    if object.pointer("/status/observedGeneration").is_none() {
        return Waiting("its controller hasn't seen it yet".to_owned());
    }
    let wanted = number(object, "/status/desiredNumberScheduled");
    let is_updated = object.pointer("/spec/updateStrategy/type") != Some(&"OnDelete".into());
    let updated = number(object, "/status/updatedNumberScheduled");
    let available = number(object, "/status/numberAvailable");
    if is_updated && updated < wanted {
        of(updated, wanted, "pods are new")
    } else if available < wanted {
        of(available, wanted, "pods are ready")
    } else {
        Ready
    }
}

/// A Job that runs is as it was asked for: nobody knows how long it takes.
fn job(object: &Value) -> Readiness {
    if let Some(("True", reason, message)) = condition(object, "Failed") {
        return Failed(format!("it failed: {reason}: {message}"));
    }
    let is_suspended = object.pointer("/spec/suspend") == Some(&Value::Bool(true));
    let has_begun = object.pointer("/status/startTime").is_some();
    if is_suspended || has_begun { Ready } else { Waiting("it hasn't begun".to_owned()) }
}

fn pod(object: &Value) -> Readiness {
    match object.pointer("/status/phase").and_then(Value::as_str) {
        Some("Succeeded") => Ready,
        Some("Failed") => Failed("it failed".to_owned()),
        _ if matches!(condition(object, "Ready"), Some(("True", ..))) => Ready,
        _ => Waiting("it isn't ready".to_owned()),
    }
}

fn definition(object: &Value) -> Readiness {
    if let Some(("False", _, message)) = condition(object, "NamesAccepted") {
        return Failed(format!("its names are taken: {message}"));
    }
    match condition(object, "Established") {
        Some(("True", ..)) => Ready,
        _ => Waiting("it isn't served yet".to_owned()),
    }
}

fn service(object: &Value) -> Readiness {
    match condition(object, "Available") {
        Some(("True", ..)) => Ready,
        Some((_, _, message)) => Waiting(format!("its server doesn't answer: {message}")),
        None => Waiting("it isn't served yet".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of_status(kind: &str, spec: &Value, status: &Value) -> Readiness {
        readiness(&json!({ "kind": kind, "metadata": { "generation": 2 }, "spec": spec, "status": status }))
    }

    fn waiting(what: &str) -> Readiness {
        Waiting(what.to_owned())
    }

    #[test]
    fn deployments() {
        let two = json!({ "replicas": 2 });
        let case = |status| of_status("Deployment", &two, &status);
        let seen = |all: i64, updated: i64, available: i64| json!({ "observedGeneration": 2, "replicas": all, "updatedReplicas": updated, "availableReplicas": available });
        assert_eq!(case(json!({})), waiting("its controller hasn't seen it yet"));
        assert_eq!(case(json!({ "observedGeneration": 1 })), waiting("its controller hasn't seen the change yet"));
        assert_eq!(case(seen(2, 1, 2)), waiting("1 of 2 pods are new"));
        assert_eq!(case(seen(3, 2, 2)), waiting("old pods are left: 1"));
        assert_eq!(case(seen(2, 2, 1)), waiting("1 of 2 pods are ready"));
        assert_eq!(case(seen(2, 2, 2)), Ready);
        let late = json!({ "observedGeneration": 2, "readyReplicas": 1,
            "conditions": [{ "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded" }] });
        assert_eq!(case(late), Failed("1 of 2 pods are ready, and its progress deadline is over".into()));
    }

    #[test]
    fn stateful_sets() {
        let case = |spec, status| of_status("StatefulSet", &spec, &status);
        let seen = |ready: i64, all: i64, updated: i64| json!({ "observedGeneration": 2, "readyReplicas": ready, "replicas": all, "updatedReplicas": updated });
        assert_eq!(case(json!({ "replicas": 3 }), seen(1, 2, 2)), waiting("1 of 3 pods are ready"));
        assert_eq!(case(json!({ "replicas": 3 }), seen(4, 4, 3)), waiting("pods are to go: 1"));
        assert_eq!(case(json!({ "replicas": 3 }), seen(3, 3, 1)), waiting("1 of 3 pods are new"));
        let partition = json!({ "replicas": 3, "updateStrategy": { "rollingUpdate": { "partition": 2 } } });
        assert_eq!(case(partition, seen(3, 3, 1)), Ready);
        assert_eq!(case(json!({ "updateStrategy": { "type": "OnDelete" } }), seen(0, 1, 0)), Ready);
        assert_eq!(case(json!({ "replicas": 0 }), seen(0, 0, 0)), Ready);
    }

    #[test]
    fn daemon_sets() {
        let seen = |wanted: i64, updated: i64, available: i64| {
            json!({ "observedGeneration": 2, "desiredNumberScheduled": wanted, "updatedNumberScheduled": updated,
                "numberAvailable": available })
        };
        let case = |status| of_status("DaemonSet", &json!({}), &status);
        assert_eq!(case(seen(3, 1, 3)), waiting("1 of 3 pods are new"));
        assert_eq!(case(seen(3, 3, 2)), waiting("2 of 3 pods are ready"));
        assert_eq!(case(seen(3, 3, 3)), Ready);
        let on_delete = json!({ "updateStrategy": { "type": "OnDelete" } });
        assert_eq!(of_status("DaemonSet", &on_delete, &seen(3, 0, 3)), Ready);
    }

    #[test]
    fn others() {
        let of = |kind, what: &str, status: &str| {
            let conditions = json!([{ "type": what, "status": status, "reason": "Why", "message": "so" }]);
            of_status(kind, &json!({}), &json!({ "conditions": conditions }))
        };
        assert_eq!(of("Job", "Failed", "True"), Failed("it failed: Why: so".into()));
        assert_eq!(of_status("Job", &json!({}), &json!({})), waiting("it hasn't begun"));
        assert_eq!(of_status("Job", &json!({}), &json!({ "startTime": "2026-01-01T00:00:00Z" })), Ready);
        assert_eq!(of("Pod", "Ready", "True"), Ready);
        assert_eq!(of("Pod", "Ready", "False"), waiting("it isn't ready"));
        assert_eq!(of("CustomResourceDefinition", "Established", "True"), Ready);
        assert_eq!(of("CustomResourceDefinition", "NamesAccepted", "False"), Failed("its names are taken: so".into()));
        assert_eq!(of("APIService", "Available", "False"), waiting("its server doesn't answer: so"));
    }
}
