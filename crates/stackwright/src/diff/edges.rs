//! Which objects lead to which: what a picture of a change is made of.

use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::{Ingress, IngressBackend};

use crate::check::{GroupKind, Index, Item};

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
        edges.extend(services(ingress).filter_map(|name| Some((item, index.named("Service", item.namespace, name)?))));
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

/// The Services that an Ingress leads to.
fn services(ingress: &Ingress) -> impl Iterator<Item = &str> {
    let spec = ingress.spec.iter();
    let paths = spec.clone().flat_map(|spec| spec.rules.iter().flatten()).filter_map(|rule| rule.http.as_ref());
    let backends = paths.flat_map(|http| &http.paths).map(|path| &path.backend);
    spec.filter_map(|spec| spec.default_backend.as_ref()).chain(backends).filter_map(service)
}

fn service(backend: &IngressBackend) -> Option<&str> {
    backend.service.as_ref().map(|service| service.name.as_str())
}
