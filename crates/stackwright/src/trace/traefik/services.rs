//! The Services that rules of Traefik's lead to, by themselves or through its TraefikServices:
//! <https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/traefikservice/>.

use super::text;
use crate::check::{Index, Item};
use crate::facts::groups::{TRAEFIK, in_all};
use crate::trace::backend::{Share, To, port, weight};
use crate::yaml::Node;

/// A TraefikService.
pub(in crate::trace) fn named<'a>(index: &Index<'a>, namespace: &str, name: &str) -> Option<Item<'a>> {
    in_all(TRAEFIK, "TraefikService").find_map(|kind| index.named(kind, namespace, name))
}

/// The backends of a rule.
pub(super) fn of_rule<'a>(item: Item<'a>, rule: &'a Node, path: &str) -> Vec<Share<'a>> {
    listed(item, rule, "services", path)
}

/// The backends of a TraefikService, and what else there is to know of it.
pub(in crate::trace) fn of_service(item: Item<'_>) -> (Vec<Share<'_>>, Option<String>) {
    let Some(spec) = item.object.content().and_then(|content| content.get("spec")) else { return (Vec::new(), None) };
    for field in ["weighted", "highestRandomWeight"] {
        if let Some(node) = spec.get(field) {
            return (listed(item, node, "services", &format!("spec.{field}")), None);
        }
    }
    let Some(mirroring) = spec.get("mirroring") else { return (Vec::new(), None) };
    let copies = mirroring.get("mirrors").map_or(&[][..], Node::items).iter().filter_map(|mirror| text(mirror, "name"));
    let copies: Vec<_> = copies.collect();
    let note =
        (!copies.is_empty()).then(|| format!("copies of requests go to {}, which answers nobody", copies.join(", ")));
    (vec![Share::all(item, "spec.mirroring", to(item, mirroring))], note)
}

fn listed<'a>(item: Item<'a>, node: &'a Node, field: &str, path: &str) -> Vec<Share<'a>> {
    let services = node.get(field).map_or(&[][..], Node::items).iter().enumerate();
    let shares = services.map(|(number, service)| Share {
        by: item,
        path: format!("{path}.{field}[{number}]"),
        weight: weight(service),
        to: to(item, service),
    });
    shares.collect()
}

fn to<'a>(item: Item<'a>, service: &'a Node) -> To<'a> {
    let namespace = text(service, "namespace").unwrap_or(item.namespace);
    let name = text(service, "name").filter(|name| !name.contains('@'));
    match (text(service, "kind").unwrap_or("Service"), name) {
        (_, None) => To::Other("a service that Traefik has from elsewhere"),
        ("Service", Some(name)) => To::Service { namespace, name, port: port(service) },
        ("TraefikService", Some(name)) => To::TraefikService { namespace, name },
        _ => To::Other("a backend that is no Service"),
    }
}
