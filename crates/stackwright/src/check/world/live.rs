//! What somebody decided of an object that was read from a running cluster, and what its programs wrote.

use serde_json::Value;

use crate::Object;

/// What `kubectl apply` keeps of an object: what was applied.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Fields that the API server fills in a way that it refuses from anyone else.
const OF_SERVER: [(&str, &str); 1] = [("Job", "spec.selector")];

/// Whether the API server itself wrote a field of an object that it stored.
pub(in crate::check) fn is_of_server(object: &Object, path: &str) -> bool {
    OF_SERVER.iter().any(|(kind, field)| object.kind() == *kind && path == *field) && is_live(object)
}

/// Whether the API server has stored an object: then it has added defaults, and controllers have written to it.
pub(in crate::check) fn is_live(object: &Object) -> bool {
    let metadata = object.metadata();
    metadata.uid.is_some() || metadata.resource_version.is_some()
}

/// Whether a field is there because somebody wrote it. Of what a server stored, that is known of what was applied, and from who manages which
/// field; where neither says anything, nobody wrote it.
pub(in crate::check) fn is_decided(object: &Object, path: &[&str]) -> bool {
    if !is_live(object) {
        return true;
    }
    let metadata = object.metadata();
    let applied = metadata.annotations.as_ref().and_then(|annotations| annotations.get(LAST_APPLIED));
    if let Some(applied) = applied.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        return path.iter().try_fold(&applied, |value, field| value.get(field)).is_some();
    }
    metadata.managed_fields.iter().flatten().any(|entry| {
        let is_controller = entry.subresource.is_some() || entry.manager.as_deref() == Some("kube-controller-manager");
        let fields = entry.fields_v1.as_ref().map(|fields| &fields.0);
        !is_controller
            && fields.is_some_and(|fields| {
                path.iter().try_fold(fields, |value, field| value.get(format!("f:{field}"))).is_some()
            })
    })
}

#[cfg(test)]
mod tests {
    use super::is_decided;
    use crate::yaml::objects;

    /// Whether `replicas` of a Deployment with this metadata is somebody's decision.
    fn decided(metadata: &str) -> bool {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, {metadata}}}\nspec:\n  replicas: 4\n  \
             selector: {{matchLabels: {{app: web}}}}\n  template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [{{name: a, image: a:1}}]}}}}\n"
        );
        is_decided(&objects(&text).unwrap()[0].object, &["spec", "replicas"])
    }

    #[test]
    fn what_controllers_wrote_is_no_decision() {
        let applied =
            |json: &str| format!("uid: a, annotations: {{kubectl.kubernetes.io/last-applied-configuration: '{json}'}}");
        let managed = |entry: &str| {
            format!("uid: a, managedFields: [{{{entry}, fieldsV1: {{\"f:spec\": {{\"f:replicas\": {{}}}}}}}}]")
        };
        assert!(decided("labels: {}"), "a manifest");
        assert!(!decided("uid: a"), "nobody says who wrote it");
        assert!(decided(&applied(r#"{"spec":{"replicas":2}}"#)));
        assert!(!decided(&applied(r#"{"spec":{}}"#)));
        assert!(decided(&managed("manager: kubectl, operation: Apply")));
        assert!(!decided(&managed("manager: kube-controller-manager, operation: Update")));
        assert!(!decided(&managed("manager: kubectl, operation: Update, subresource: scale")));
    }
}
