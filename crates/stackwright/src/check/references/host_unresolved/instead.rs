//! What may have been meant by a name that DNS doesn't have.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::Service;

use crate::check::scale::{autoscalers, target};
use crate::check::{Index, Item, Pods};
use crate::nearest::nearest;

/// The name of a Service whose parts stand in another order, `NAME.svc.NAMESPACE`, or lack one, `NAME.NAMESPACE.cluster.local`.
pub(super) fn reordered(index: &Index<'_>, name: &str) -> Option<String> {
    let (before, domain) = match name.strip_suffix(".cluster.local") {
        Some(before) => (before, ".cluster.local"),
        None => (name, ""),
    };
    let mut labels = before.split('.');
    let (service, second, third, None) = (labels.next()?, labels.next()?, labels.next(), labels.next()) else {
        return None;
    };
    let namespace = match third {
        Some(namespace) if second == "svc" => namespace,
        None if !domain.is_empty() && second != "svc" => second,
        _ => return None,
    };
    index.get::<Service>(namespace, service)?;
    Some(format!("{service}.{namespace}.svc{domain}"))
}

/// The fact that a StatefulSet has no pod of such a number, by the name that its headless Service gives it, and what to do.
pub(super) fn beyond(index: &Index<'_>, namespace: &str, pod: &str, service: &str) -> Option<(String, String)> {
    let (set, number) = numbered(pod)?;
    let (item, set) = index.get::<StatefulSet>(namespace, set)?;
    let is_scaled =
        autoscalers(index).any(|scaler| target(index, &scaler).is_some_and(|target| target.index == item.index));
    let replicas = u32::try_from(set.spec.replicas.filter(|_| !is_scaled)?).ok().filter(|replicas| *replicas > 0)?;
    let first = set.spec.ordinals.as_ref().and_then(|ordinals| ordinals.start).unwrap_or(0);
    let last = u32::try_from(first).ok()?.checked_add(replicas - 1)?;
    if set.spec.service_name.as_deref() != Some(service) || number <= last {
        return None;
    }
    let label = item.label();
    Some((
        format!("the last pod of {label} has number {last}"),
        format!("name a pod that is there, or raise replicas of {label}"),
    ))
}

/// What to do where the Service of a pod is another one: `set-0.service` is named after the Service that the StatefulSet names.
pub(super) fn pod(index: &Index<'_>, namespace: &str, pod: &str, service: &str) -> Option<String> {
    let (written, number) = numbered(pod)?;
    let exact = index.get::<StatefulSet>(namespace, written);
    let near = || index.get::<StatefulSet>(namespace, nearest(written, index.names("StatefulSet.apps", namespace))?);
    let (item, set) = exact.or_else(near)?;
    let own = set.spec.service_name.as_deref().filter(|own| !own.is_empty() && *own != service)?;
    Some(format!("name it {}-{number}.{own}, after the Service that the StatefulSet names", item.object.name()))
}

fn numbered(pod: &str) -> Option<(&str, u32)> {
    let (set, number) = pod.rsplit_once('-')?;
    Some((set, number.parse().ok()?))
}

/// What to do where a workload of that name has no Service, or the one Service whose name has this name as its beginning or end was meant.
pub(super) fn alike(index: &Index<'_>, asking: &Pods<'_>, name: &str, port: Option<i32>) -> Option<String> {
    let namespace = asking.item.namespace;
    let leads_to = |service: &Service, item: Item<'_>| {
        let selector = service.spec.as_ref().and_then(|spec| spec.selector.as_ref());
        selector.is_some_and(|selector| {
            index.selected(namespace, selector).iter().any(|pods| pods.item.index == item.index)
        })
    };
    if let Some(pods) = index.pods_in(namespace).find(|pods| pods.item.object.name() == name) {
        let (item, label) = (pods.item, pods.item.label());
        let mut services = index.all_within::<Service>(namespace);
        return Some(match services.find(|(_, service)| leads_to(service, item)) {
            Some((service, _)) => format!("name {}, the Service of {label}", service.object.name()),
            None => format!("add a Service for {label}"),
        });
    }
    let is_part = |whole: &str, part: &str| {
        let rest = whole.strip_prefix(part).map(|rest| rest.starts_with('-'));
        rest.or_else(|| whole.strip_suffix(part).map(|rest| rest.ends_with('-'))).unwrap_or(false)
    };
    let has_port = |service: &Service| {
        let mut ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
        port.is_none_or(|port| ports.any(|known| known.port == port))
    };
    let mut meant = index.all_within::<Service>(namespace).filter(|(item, service)| {
        is_part(item.object.name(), name) && has_port(service) && !leads_to(service, asking.item)
    });
    let (item, _) = meant.next().filter(|_| meant.next().is_none())?;
    Some(format!("did you mean {}?", item.object.name()))
}
