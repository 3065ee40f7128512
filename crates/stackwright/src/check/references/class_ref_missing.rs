use super::built_in;
use super::missing::missing;
use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "class-ref-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Pods name a PriorityClass or RuntimeClass, a Gateway its GatewayClass, or a VolumeSnapshot its class, that is not \
            there. The API server refuses such pods; a Gateway or snapshot stays as it is. Kubernetes' own priority classes are \
            known.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut look = |item: Item<'_>, kind: &str, name: &str, path: String| {
        let kind = GroupKind::from(kind);
        if name.is_empty() || index.named(kind, "", name).is_some() {
            return;
        }
        let message = format!("{} is of {} {name}, which is not there", item.label(), kind.kind);
        findings.extend(missing(&CHECK, index, (kind, "", name), message).map(|finding| finding.at(item, path)));
    };
    for pods in &index.pods {
        if let Some(class) = pods.spec.priority_class_name.as_deref().filter(|class| !built_in::priority_class(class)) {
            look(pods.item, "PriorityClass.scheduling.k8s.io", class, pods.spec_path("priorityClassName"));
        }
        if let Some(class) = &pods.spec.runtime_class_name {
            look(pods.item, "RuntimeClass.node.k8s.io", class, pods.spec_path("runtimeClassName"));
        }
    }
    let of_custom_objects = [
        ("Gateway.gateway.networking.k8s.io", "GatewayClass.gateway.networking.k8s.io", "spec.gatewayClassName"),
        (
            "VolumeSnapshot.snapshot.storage.k8s.io",
            "VolumeSnapshotClass.snapshot.storage.k8s.io",
            "spec.volumeSnapshotClassName",
        ),
    ];
    for (kind, class_kind, path) in of_custom_objects {
        for item in index.of_kind(kind) {
            if let Some(class) = item.object.content().and_then(|content| content.at(path)?.text()) {
                look(item, class_kind, class, path.to_owned());
            }
        }
    }
}
