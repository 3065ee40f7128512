use std::net::IpAddr;

use k8s_openapi::api::core::v1::Service;

use crate::Release;
use crate::check::{Index, Item, Pods};
use crate::facts::load_balancers::{self, LoadBalancer};

/// A Service, an object or one that a release's chart makes, as the network sees it.
pub(crate) struct Exposed<'a> {
    /// Who makes it.
    pub maker: Maker<'a>,
    /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
    pub type_: &'a str,
    /// Whether a node that has none of its pods drops what comes from outside: its `externalTrafficPolicy` is `Local`.
    pub is_local: bool,
    /// The load balancer that it asks for, if it names one.
    pub class: Option<&'a str>,
    /// What it listens at.
    pub ports: Vec<Listener<'a>>,
    /// The addresses that it asks its load balancer for, with the path of the field.
    pub pinned: Vec<(IpAddr, String)>,
    /// Its external addresses, with the path of the field.
    pub external: Vec<(IpAddr, String)>,
    /// The pool that it asks for an address of, with the path of the field.
    pub pool: Option<(&'a str, String)>,
    /// Services with the same key may have one address.
    pub sharing: Option<&'a str>,
}

/// Who makes a Service.
#[derive(Clone, Copy)]
pub(crate) enum Maker<'a> {
    /// It is an object.
    Object(Item<'a>),
    /// A release does, by these values of its chart.
    Chart(&'a Release, &'static str),
}

/// A port of a Service.
pub(crate) struct Listener<'a> {
    /// The number at the Service's own addresses.
    pub port: i32,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: &'a str,
    /// The number at every node's addresses, if it is chosen.
    pub node_port: Option<i32>,
    /// The path of the port's fields; for a chart, that of the value which sets the node port.
    pub path: String,
    /// Whether nobody wrote the node port: it is the chart's default.
    pub by_default: bool,
    /// The path of the chart's values that say whose word about visitors is believed there, where that is known.
    pub believes: Option<&'static str>,
}

impl<'a> Exposed<'a> {
    pub(super) fn of(item: Item<'a>, service: &'a Service) -> Option<Self> {
        let spec = service.spec.as_ref()?;
        let annotations = service.metadata.annotations.as_ref();
        let Asked { mut pinned, pool, sharing } =
            Asked::by("metadata.annotations", |key| annotations?.get(key).map(String::as_str));
        if let Some(address) = spec.load_balancer_ip.as_deref().and_then(|text| text.parse().ok()) {
            pinned.push((address, "spec.loadBalancerIP".to_owned()));
        }
        let ports = spec.ports.iter().flatten().enumerate().map(|(number, port)| Listener {
            port: port.port,
            protocol: port.protocol.as_deref().unwrap_or("TCP"),
            node_port: port.node_port.filter(|port| *port != 0),
            path: format!("spec.ports[{number}]"),
            by_default: false,
            believes: None,
        });
        let external = spec.external_ips.iter().flatten().enumerate();
        let external = external
            .filter_map(|(number, text)| Some((text.parse().ok()?, format!("spec.externalIPs[{number}]"))))
            .collect();
        Some(Self {
            maker: Maker::Object(item),
            type_: spec.type_.as_deref().unwrap_or("ClusterIP"),
            is_local: spec.external_traffic_policy.as_deref() == Some("Local"),
            class: spec.load_balancer_class.as_deref(),
            ports: ports.collect(),
            pinned,
            external,
            pool,
            sharing,
        })
    }

    /// The object, if it is one.
    pub(crate) fn item(&self) -> Option<Item<'a>> {
        match self.maker {
            Maker::Object(item) => Some(item),
            Maker::Chart(..) => None,
        }
    }

    /// `Service web/api`, or the values of a release that make it.
    pub(crate) fn label(&self) -> String {
        match self.maker {
            Maker::Object(item) => item.label(),
            Maker::Chart(release, values) => format!("release {}/{} ({values})", release.namespace, release.name),
        }
    }

    /// The same for one of its node ports, which a chart may set by default.
    pub(crate) fn node_port_label(&self, port: &Listener) -> String {
        match self.maker {
            Maker::Object(item) => item.label(),
            Maker::Chart(release, _) => {
                let default = if port.by_default { ", by default" } else { "" };
                format!("release {}/{} ({}{default})", release.namespace, release.name, port.path)
            }
        }
    }

    /// Whether two are one Service, given twice.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self.maker, other.maker) {
            (Maker::Object(one), Maker::Object(other)) => {
                one.namespace == other.namespace && one.object.name() == other.object.name()
            }
            (Maker::Chart(one, values), Maker::Chart(other, others)) => std::ptr::eq(one, other) && values == others,
            _ => false,
        }
    }

    /// Its pods, as far as they are among the objects.
    pub(crate) fn pods<'i>(&self, index: &'i Index<'a>) -> Vec<&'i Pods<'a>> {
        let spec = self.item().and_then(|item| Some((item.namespace, item.object.get::<Service>()?.spec.as_ref()?)));
        let selected = spec.and_then(|(namespace, spec)| Some(index.selected(namespace, spec.selector.as_ref()?)));
        selected.unwrap_or_default()
    }

    /// Whether a load balancer is to give it an address.
    pub(crate) fn is_balanced(&self) -> bool {
        self.type_ == "LoadBalancer"
    }

    /// The namespace that it is in.
    pub(crate) fn namespace(&self) -> &'a str {
        match self.maker {
            Maker::Object(item) => item.namespace,
            Maker::Chart(release, _) => &release.namespace,
        }
    }
}

/// What a Service's annotations ask a load balancer for.
pub(super) struct Asked<'a> {
    pub pinned: Vec<(IpAddr, String)>,
    pub pool: Option<(&'a str, String)>,
    pub sharing: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// What these annotations, which stand at the path, ask for.
    pub(super) fn by(path: &str, annotation: impl Fn(&str) -> Option<&'a str>) -> Self {
        let first = |keys: fn(&LoadBalancer) -> &[String]| {
            let keys = load_balancers::all().iter().flat_map(keys);
            keys.into_iter().find_map(|key| Some((key, annotation(key)?)))
        };
        let place = |key: &str| format!("{path}[\"{key}\"]");
        let pinned = first(|balancer| &balancer.pins).map_or_else(Vec::new, |(key, value)| {
            let addresses = value.split(',').filter_map(|text| text.trim().parse().ok());
            addresses.map(|address| (address, place(key))).collect()
        });
        let pool = first(|balancer| &balancer.pools);
        let sharing = first(|balancer| &balancer.shares);
        Self {
            pinned,
            pool: pool.map(|(key, pool)| (pool, place(key))),
            sharing: sharing.map(|(_, key)| key).filter(|key| !key.is_empty()),
        }
    }
}
