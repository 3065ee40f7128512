//! Which objects lead to which: what a picture of a change is made of.

use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::Ingress;

use crate::check::{GroupKind, Index, Item};
use crate::links::backends;

/// Who asks, reads or scales whom, as far as Kubernetes' own kinds say: Ingress to Service, Service to workload, autoscaler to workload,
/// workload to ConfigMap, Secret, claim and account. Each pair is there once, in the order of the objects.
pub fn edges<'a>(index: &Index<'a>) -> Vec<(Item<'a>, Item<'a>)> {
    let mut edges = Vec::new();
    for reference in &index.references {
        edges.extend(
            index.named(reference.kind, reference.from.namespace, reference.name).map(|to| (reference.from, to)),
        );
    }
    for (item, service) in index.all::<Service>() {
        let selector = service.spec.as_ref().and_then(|spec| spec.selector.as_ref());
        let selected = selector.map(|selector| index.selected(item.namespace, selector));
        edges.extend(selected.into_iter().flatten().map(|pods| (item, pods.item)));
    }
    for (item, ingress) in index.all::<Ingress>() {
        let services =
            backends(ingress).filter_map(|(_, service)| index.named("Service", item.namespace, &service.name));
        edges.extend(services.map(|service| (item, service)));
    }
    for (item, autoscaler) in index.all::<HorizontalPodAutoscaler>() {
        let target = &autoscaler.spec.scale_target_ref;
        let kind = GroupKind::new(target.api_version.as_deref().unwrap_or_default(), &target.kind);
        edges.extend(index.named(kind, item.namespace, &target.name).map(|to| (item, to)));
    }
    edges.sort_by_key(|(from, to)| (from.index, to.index));
    edges.dedup_by_key(|(from, to)| (from.index, to.index));
    edges
}
