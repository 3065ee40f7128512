//! What classes say of the pods that name them: how urgent they are, and what runs them.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::PodSpec;
use k8s_openapi::api::node::v1::RuntimeClass;
use k8s_openapi::api::scheduling::v1::PriorityClass;

use super::input::Input;
use crate::HashMap;

/// The priority of pods, and whether they push out pods of a lower one, by the class that they name.
pub(crate) struct Priorities<'a> {
    classes: BTreeMap<&'a str, (i32, bool)>,
    default: (i32, bool),
}

/// The priority classes among the objects, and Kubernetes' own.
pub(crate) fn priorities<'a>(input: &Input<'_, 'a>) -> Priorities<'a> {
    let mut found = Priorities {
        classes: [("system-cluster-critical", (2_000_000_000, true)), ("system-node-critical", (2_000_001_000, true))]
            .into(),
        default: (0, true),
    };
    for (item, class) in input.all::<PriorityClass>() {
        let priority = (class.value.unwrap_or(0), class.preemption_policy.as_deref() != Some("Never"));
        found.classes.insert(item.object.name(), priority);
        if class.global_default == Some(true) {
            found.default = priority;
        }
    }
    found
}

impl Priorities<'_> {
    /// The priority of pods, and whether they push out others.
    pub(crate) fn of(&self, spec: &PodSpec) -> (i32, bool) {
        let class = spec.priority_class_name.as_deref().and_then(|name| self.classes.get(name));
        let (priority, preempts) = class.copied().unwrap_or(self.default);
        (spec.priority.unwrap_or(priority), preempts && spec.preemption_policy.as_deref() != Some("Never"))
    }
}

/// What can run pods, by the name that these give.
pub(crate) fn runtimes<'a>(input: &Input<'_, 'a>) -> HashMap<&'a str, &'a RuntimeClass> {
    input.all::<RuntimeClass>().map(|(item, class)| (item.object.name(), class)).collect()
}
