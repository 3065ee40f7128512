use k8s_openapi::api::core::v1::Service;

use crate::check::{HashSet, Index};

/// The positions of the workloads whose pods a Service selects.
pub(super) fn served(index: &Index<'_>) -> HashSet<usize> {
    let mut served = HashSet::default();
    for (item, service) in index.all::<Service>() {
        if let Some(selector) = service.spec.as_ref().and_then(|spec| spec.selector.as_ref()) {
            served.extend(index.selected(item.namespace, selector).iter().map(|pods| pods.item.index));
        }
    }
    served
}
