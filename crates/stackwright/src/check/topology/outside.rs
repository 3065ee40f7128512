use std::net::{IpAddr, SocketAddr};

use k8s_openapi::api::core::v1::{Endpoints, Service};
use k8s_openapi::api::discovery::v1::EndpointSlice;

use crate::check::{HashMap, Item, Objects};

/// A Service without a selector: someone says where it leads.
pub(crate) struct Outside<'a> {
    /// The Service.
    pub item: Item<'a>,
    pub service: &'a Service,
    /// The slices that say so.
    pub slices: Vec<(Item<'a>, &'a EndpointSlice)>,
    /// The object of the older kind that says so, of which Kubernetes makes slices.
    pub endpoints: Option<(Item<'a>, &'a Endpoints)>,
}

/// An address and a port that a slice, or the older kind, leads to.
pub(crate) struct Target<'a> {
    /// The object that says so.
    pub item: Item<'a>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: &'a str,
    pub at: SocketAddr,
    /// What the port is called, by which a Service finds it; empty where it has no name.
    pub name: &'a str,
    /// The path of the address.
    pub path: String,
}

impl<'a> Outside<'a> {
    /// Every one of them, but for those that only name a host and Kubernetes' own.
    pub(super) fn all(objects: &Objects<'a>) -> Vec<Self> {
        let mut slices: HashMap<_, Vec<_>> = HashMap::default();
        for (item, slice) in objects.all::<EndpointSlice>() {
            let labels = slice.metadata.labels.as_ref();
            if let Some(service) = labels.and_then(|labels| labels.get("kubernetes.io/service-name")) {
                slices.entry((item.namespace, service.as_str())).or_default().push((item, slice));
            }
        }
        let services = objects.all::<Service>().filter(|(item, service)| {
            let Some(spec) = &service.spec else { return false };
            let has_selector = spec.selector.as_ref().is_some_and(|selector| !selector.is_empty());
            let is_api_server = (item.namespace, item.object.name()) == ("default", "kubernetes");
            !has_selector && !is_api_server && spec.type_.as_deref() != Some("ExternalName")
        });
        let outside = services.map(|(item, service)| Self {
            item,
            service,
            slices: slices.remove(&(item.namespace, item.object.name())).unwrap_or_default(),
            endpoints: objects.get(item.namespace, item.object.name()),
        });
        outside.collect()
    }

    /// Where it leads. Slices beside an object of the older kind are those that were made of it.
    pub(crate) fn targets(&self) -> Vec<Target<'a>> {
        match self.endpoints {
            Some((item, endpoints)) if self.slices.is_empty() => of_endpoints(item, endpoints),
            _ => self.slices.iter().flat_map(|(item, slice)| targets(*item, slice)).collect(),
        }
    }

    /// Whether a port of the Service leads to a target.
    pub(crate) fn leads(&self, port: i32, to: &Target<'_>) -> bool {
        let mut ports = self.service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
        ports.any(|known| known.port == port && known.name.as_deref().unwrap_or_default() == to.name)
    }
}

fn targets<'a>(item: Item<'a>, slice: &'a EndpointSlice) -> Vec<Target<'a>> {
    let mut targets = Vec::new();
    for (number, endpoint) in slice.endpoints.iter().flatten().enumerate() {
        for (place, address) in endpoint.addresses.iter().enumerate() {
            let Ok(address) = address.parse::<IpAddr>() else { continue };
            for port in slice.ports.iter().flatten() {
                let Some(number_of_port) = port.port.and_then(|port| u16::try_from(port).ok()) else { continue };
                targets.push(Target {
                    item,
                    protocol: port.protocol.as_deref().unwrap_or("TCP"),
                    at: (address, number_of_port).into(),
                    name: port.name.as_deref().unwrap_or_default(),
                    path: format!("endpoints[{number}].addresses[{place}]"),
                });
            }
        }
    }
    targets
}

fn of_endpoints<'a>(item: Item<'a>, endpoints: &'a Endpoints) -> Vec<Target<'a>> {
    let mut targets = Vec::new();
    for (number, subset) in endpoints.subsets.iter().flatten().enumerate() {
        for (place, address) in subset.addresses.iter().flatten().enumerate() {
            let Ok(address) = address.ip.parse::<IpAddr>() else { continue };
            for port in subset.ports.iter().flatten() {
                let Ok(number_of_port) = u16::try_from(port.port) else { continue };
                targets.push(Target {
                    item,
                    protocol: port.protocol.as_deref().unwrap_or("TCP"),
                    at: (address, number_of_port).into(),
                    name: port.name.as_deref().unwrap_or_default(),
                    path: format!("subsets[{number}].addresses[{place}].ip"),
                });
            }
        }
    }
    targets
}
