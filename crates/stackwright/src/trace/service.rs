//! A Service: its port, the pods that it selects or the addresses that it is given, and who may reach them.

use std::fmt;

use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::policy::{self, Who};
use super::trail::{Trail, fault};
use super::{Hop, Stage, pods, traefik};
use crate::check::network::ports::host_at;
use crate::check::references::dns_url_unresolved;
use crate::check::references::netpol_blocks_edge::target_ports;
use crate::check::topology::Outside;
use crate::check::{Finding, Item, Pods};

/// The port of a Service, as it is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    Name(&'a str),
    Number(i32),
    /// Nobody says which.
    Any,
}

impl Wanted<'_> {
    fn is(self, port: &ServicePort) -> bool {
        match self {
            Self::Name(name) => port.name.as_deref() == Some(name),
            Self::Number(number) => port.port == number,
            Self::Any => true,
        }
    }
}

impl fmt::Display for Wanted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Number(number) => number.fmt(formatter),
            Self::Any => formatter.write_str("the first one"),
        }
    }
}

/// The annotation that names the settings by which Traefik calls a Service.
const TRANSPORT: &str = "traefik.ingress.kubernetes.io/service.serverstransport";

/// The field that asks for a Service.
pub(super) type By<'f, 'a> = Option<(Item<'a>, &'f str)>;

/// The checks of the Service that an Ingress or a route leads to, and of its port.
fn of_backends(item: Item<'_>) -> (&'static str, &'static str) {
    match item.object.kind() {
        "Ingress" => ("ingress-backend-service", "ingress-backend-port"),
        "TraefikService" => ("traefik-ref", "traefik-ref"),
        _ if traefik::is_route(item) => ("traefik-ref", "traefik-ref"),
        _ => ("gateway-ref", "gateway-ref"),
    }
}

/// Goes to a Service and on to its pods, which come back where they answer.
pub(super) fn reach<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    (namespace, name): (&str, &str),
    wanted: Wanted<'_>,
    who: &Who<'i, 'a>,
    by: By<'_, 'a>,
) -> Option<Vec<&'i Pods<'a>>> {
    let index = trail.index;
    let Some((item, service)) = index.get::<Service>(namespace, name) else {
        let found = by.and_then(|(item, path)| trail.finding(of_backends(item).0, item, path));
        let hop = Hop::new(Stage::Service, format!("Service {namespace}/{name}"));
        let why = "it is not among what was given: a release, an operator or another file may have it";
        let hop = trail.lost(hop, namespace, found, why);
        return trail.end(hop);
    };
    let spec = service.spec.clone().unwrap_or_default();
    let mut hop = Hop::new(Stage::Service, format!("{} is asked for", item.label())).at(item, "");
    if spec.type_.as_deref() == Some("ExternalName") {
        let to = spec.external_name.as_deref().unwrap_or_default();
        hop = hop.at(item, "spec.externalName");
        let hop = hop.unknown(format!("it is another name for {to}, which is outside of what is known here"));
        let found = trail.finding("external-name-address", item, "spec.externalName");
        let hop = trail.judged(hop, found);
        return trail.end(hop);
    }
    if let Some(local) = local(trail, item, &spec) {
        hop = hop.note(format!("{}: {}", local.message, local.help));
    }
    let refused = by.filter(|(item, _)| item.object.kind() != "Ingress");
    let refused =
        refused.and_then(|(item, path)| trail.finding(of_backends(item).0, item, &format!("{path}.namespace")));
    let refused = refused.or_else(|| transport(trail, item, by));
    let selector = spec.selector.as_ref().filter(|selector| !selector.is_empty());
    let Some(selector) = selector else {
        let nowhere = refused.or_else(|| trail.finding("service-selects-nothing", item, ""));
        let hop = trail.judged(hop, nowhere);
        trail.take(hop)?;
        return given(trail, item, service, wanted, who);
    };
    let selected = index.selected(item.namespace, selector);
    let lacking = if selected.is_empty() { trail.finding("service-selects-nothing", item, "") } else { None };
    if refused.is_none() && selected.is_empty() {
        let hop =
            trail.lost(hop, namespace, lacking, "its pods are not among what was given: something else makes them");
        return trail.end(hop);
    }
    let hop = trail.judged(hop, refused);
    trail.take(hop)?;
    let ports = through_port(trail, (item, service), wanted, who, by, &selected)?;
    for pods in &selected {
        let own: Vec<_> = ports.iter().filter_map(|port| port.of(pods)).collect();
        if !own.is_empty() {
            policy::passes(trail, who, (item, pods), &own, by)?;
        }
    }
    let numbers: Vec<_> = ports.iter().filter_map(|port| port.of(selected[0])).collect();
    let doubt = ports.iter().find_map(|port| trail.finding("image-port-mismatch", item, port.path(service)?.as_str()));
    pods::answer(trail, &selected, &numbers, doubt.as_ref())?;
    Some(selected)
}

/// What is said of a Service for which a node without its pods drops requests.
fn local(trail: &mut Trail<'_, '_>, item: Item<'_>, spec: &ServiceSpec) -> Option<Finding> {
    let policies = [&spec.external_traffic_policy, &spec.internal_traffic_policy];
    let is_any = policies.into_iter().flatten().any(|policy| policy == "Local");
    is_any.then(|| trail.finding("traffic-policy-local", item, ""))?
}

/// A port of the pods: by its number, or through a port of the Service.
enum Target<'s> {
    Own(i32),
    Of(&'s Service, i32),
}

impl<'s> Target<'s> {
    fn of(&self, pods: &Pods<'_>) -> Option<(i32, &'s str)> {
        match self {
            Self::Own(number) => Some((*number, "TCP")),
            Self::Of(service, number) => target_ports(service, pods, |port| port.port == *number).into_iter().next(),
        }
    }

    /// The field of the Service's port.
    fn path(&self, service: &Service) -> Option<String> {
        let Self::Of(_, wanted) = self else { return None };
        let mut ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
        ports.position(|port| port.port == *wanted).map(|number| format!("spec.ports[{number}]"))
    }
}

/// What is wrong with the settings by which Traefik is to call a Service.
fn transport(trail: &mut Trail<'_, '_>, service: Item<'_>, by: By<'_, '_>) -> Option<Finding> {
    let annotations = service.object.metadata().annotations.as_ref()?;
    by.filter(|_| annotations.contains_key(TRANSPORT))?;
    trail.finding("traefik-annotation", service, "metadata.annotations")
}

/// Takes the hop from the port that is asked for to that of the pods.
fn through_port<'s>(
    trail: &mut Trail<'_, '_>,
    (item, service): (Item<'_>, &'s Service),
    wanted: Wanted<'_>,
    who: &Who<'_, '_>,
    by: By<'_, '_>,
    selected: &[&Pods<'_>],
) -> Option<Vec<Target<'s>>> {
    let spec = service.spec.as_ref()?;
    let is_headless = spec.cluster_ip.as_deref() == Some("None");
    if let (Who::Pods(_), Wanted::Number(number), true) = (who, wanted, is_headless) {
        let hop = Hop::new(Stage::Port, format!("the name is the pods' own: port {number} is asked for at them"));
        let declared = selected.iter().flat_map(|pods| pods::declared(pods)).any(|port| port.container_port == number);
        let hop = if declared { hop } else { hop.unknown(format!("none of their containers declares {number}")) };
        trail.take(hop.at(item, "spec.clusterIP"))?;
        return Some(vec![Target::Own(number)]);
    }
    let ports = spec.ports.as_deref().unwrap_or_default();
    let Some((number, port)) = ports.iter().enumerate().find(|(_, port)| wanted.is(port)) else {
        let hop = Hop::new(Stage::Port, format!("port {wanted} of {}", item.label())).at(item, "spec.ports");
        let found = match (who, wanted) {
            (Who::Pods(pods), Wanted::Number(number)) => {
                let name = format!("{}.{}.svc:{number}", item.object.name(), item.namespace);
                let found = dns_url_unresolved::lacking(pods.item, (item, service), &name, number);
                found.map(|finding| finding.at(pods.item, ""))
            }
            _ => by.and_then(|(item, path)| trail.finding(of_backends(item).1, item, path)),
        };
        let hop = match found {
            Some(found) => trail.judged(hop, Some(found)),
            None => hop.is(fault(format!("{} has no port {wanted}", item.label()), "ask for one that it has")),
        };
        return trail.end(hop);
    };
    let name = port.name.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
    let to = match &port.target_port {
        Some(IntOrString::String(target)) => target.clone(),
        Some(IntOrString::Int(target)) if *target != 0 => target.to_string(),
        _ => port.port.to_string(),
    };
    let path = format!("spec.ports[{number}]");
    let hop =
        Hop::new(Stage::Port, format!("its port {}{name} leads to port {to} of its pods", port.port)).at(item, &*path);
    let ids = ["service-target-port-name", "service-port-protocol", "service-target-port-undeclared"];
    let found = trail.first(&ids, item, &path);
    let hop = trail.judged(hop, found);
    trail.take(hop)?;
    Some(vec![Target::Of(service, port.port)])
}

/// Goes to where a Service without a selector is said to lead.
fn given<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    item: Item<'a>,
    service: &Service,
    wanted: Wanted<'_>,
    who: &Who<'i, 'a>,
) -> Option<Vec<&'i Pods<'a>>> {
    let index = trail.index;
    let outside = index.topology().outside.iter().find(|outside| outside.item.index == item.index);
    let targets = outside.map(Outside::targets).unwrap_or_default();
    let mut ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()).enumerate();
    let Some((number, port)) = ports.find(|(_, port)| wanted.is(port)) else {
        let hop = Hop::new(Stage::Port, format!("port {wanted} of {}", item.label())).at(item, "spec.ports");
        return trail.end(hop.is(fault(format!("{} has no port {wanted}", item.label()), "ask for one that it has")));
    };
    let name = port.name.as_deref().unwrap_or_default();
    let Some(to) = targets.iter().find(|target| target.name == name) else {
        let path = format!("spec.ports[{number}]");
        let hop = Hop::new(Stage::Port, format!("port {wanted} of {}", item.label())).at(item, &*path);
        let hop = hop.unknown("where it leads is in no EndpointSlice or Endpoints that was given");
        let found = trail.finding("endpoints-port-name", item, &path);
        let hop = trail.judged(hop, found);
        return trail.end(hop);
    };
    let hop = Hop::new(Stage::Port, format!("{} leads its port {} to {}", to.item.label(), port.port, to.at));
    let hop = hop.at(to.item, &*to.path);
    let found = trail.first(&["forward-target-missing", "forward-blocked"], to.item, &to.path);
    let hop = trail.judged(hop, found);
    trail.take(hop)?;
    if let Who::Pods(pods) = who {
        policy::leaves(trail, pods, to.at, Some(item))?;
    }
    match host_at(index, to.at.ip()) {
        Some((host, _)) => {
            let mut listeners = index.cluster().into_iter().flat_map(|cluster| cluster.listeners(host));
            let what = listeners.find(|listener| listener.port == to.at.port());
            let what = what.map_or("something", |listener| &listener.name);
            trail.end(Hop::new(
                Stage::Host,
                format!("{what} listens at {}/{} of host {}", to.at.port(), to.protocol, host.name),
            ))
        }
        None => trail.end(Hop::new(Stage::Host, to.at.to_string()).unknown("what has that address is not known")),
    }
}
