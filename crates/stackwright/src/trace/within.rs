//! A request from a pod.

use std::net::{IpAddr, SocketAddr};

use k8s_openapi::api::core::v1::Service;

use super::dns::{self, Resolved, Source};
use super::policy::{self, Who};
use super::request::Request;
use super::service::{self, Wanted};
use super::trail::{Trail, fault};
use super::{Hop, Stage};
use crate::check::references::{dns_url_unresolved, host_unresolved};
use crate::check::{Finding, Index, Pods};

/// Follows a request from the pods that ask to those that answer; none once it has ended.
pub(super) fn follow<'i, 'a>(trail: &mut Trail<'i, 'a>, asking: &'i Pods<'a>, request: &Request) -> Option<()> {
    let Request::Pod { host, port, .. } = request else { return None };
    let hop = Hop::new(Stage::Workload, format!("{} asks for {host}", asking.item.label()));
    trail.take(hop.at(asking.item, ""))?;
    let index = trail.index;
    let resolved = dns::resolved(index, asking, host);
    if !matches!(resolved, Resolved::Address(..) | Resolved::Unasked(_)) {
        policy::asks_dns(trail, asking)?;
    }
    let hop = Hop::new(Stage::Name, host);
    match resolved {
        Resolved::Address(address, source) => {
            let hop = match source {
                Source::Itself => Hop::new(Stage::Name, format!("{address} is an address: no name is looked up")),
                Source::Alias(number) => {
                    let path = asking.spec_path(&format!("hostAliases[{number}]"));
                    Hop::new(Stage::Name, format!("{host} is {address}, by the pod's hosts file")).at(asking.item, path)
                }
            };
            trail.take(hop)?;
            to_address(trail, asking, address, *port)
        }
        Resolved::Service { namespace, name, pod, full } => {
            let what = format!("{host} is {full}, by the pod's search path");
            let hop = if full == *host || host.starts_with(&format!("{full}.")) {
                Hop::new(Stage::Name, format!("{host} is the name of a Service"))
            } else {
                Hop::new(Stage::Name, what)
            };
            let hop = pod.iter().fold(hop, |hop, pod| hop.note(format!("{pod} is one of its pods")));
            trail.take(hop)?;
            let wanted = Wanted::Number(i32::from(*port));
            service::reach(trail, (&namespace, &name), wanted, &Who::Pods(asking), None).map(|_| ())
        }
        Resolved::Missing { namespace, name } => missing(trail, asking, host, (&namespace, &name)),
        Resolved::Elsewhere => {
            let found = told(trail, asking, host);
            let hop = hop.unknown("no Service has that name: whoever the cluster's DNS asks may know it");
            let hop = trail.judged(hop, found);
            trail.take(hop)?;
            policy::leaves_for_anywhere(trail, asking, *port)
        }
        Resolved::Unasked(why) => {
            let message = format!("{} does not find {host}: {why}", asking.item.label());
            let found = trail.finding("dns-policy", asking.item, "");
            let hop = match found {
                Some(found) => trail.judged(hop, Some(found)),
                None => hop.is(fault(
                    message,
                    "set dnsPolicy to ClusterFirst, or ClusterFirstWithHostNet on the host's network",
                )),
            };
            trail.take(hop)
        }
    }
}

/// That a name is a Service's, and there is none.
fn missing<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    asking: &'i Pods<'a>,
    host: &str,
    (namespace, name): (&str, &str),
) -> Option<()> {
    if (name, namespace) == ("kubernetes", "default") {
        return trail.end(Hop::new(Stage::Service, "Service default/kubernetes leads to the API server"));
    }
    let index = trail.index;
    let found = told(trail, asking, host).or_else(|| {
        let found = dns_url_unresolved::unresolved(index, asking.item, (namespace, name), host);
        found.map(|finding| finding.at(asking.item, ""))
    });
    let hop = Hop::new(Stage::Name, host);
    let why = "no Service of that name is among what was given: a release, an operator or another file may have it";
    let elsewhere = trail.index.all::<Service>().find(|(item, _)| item.object.name() == name);
    let hop = elsewhere
        .iter()
        .fold(hop, |hop, (item, _)| hop.note(format!("{} is found as {name}.{}", item.label(), item.namespace)));
    let hop = trail.lost(hop, namespace, found, why);
    trail.end(hop)
}

/// What is said of a name where pods of a namespace are told it.
fn told(trail: &mut Trail<'_, '_>, asking: &Pods<'_>, host: &str) -> Option<Finding> {
    let index = trail.index;
    trail.finding_where("host-unresolved", |finding| {
        let place = finding.place.as_ref().map(|place| index.items[place.index].namespace);
        place == Some(asking.item.namespace) && host_unresolved::is_about(finding, host)
    })
}

/// Goes to an address: a Service's own, or one outside.
fn to_address<'i, 'a>(trail: &mut Trail<'i, 'a>, asking: &'i Pods<'a>, address: IpAddr, port: u16) -> Option<()> {
    if let Some((namespace, name)) = service_at(trail.index, address) {
        let wanted = Wanted::Number(i32::from(port));
        return service::reach(trail, (namespace, name), wanted, &Who::Pods(asking), None).map(|_| ());
    }
    let at = SocketAddr::new(address, port);
    policy::leaves(trail, asking, at, None)?;
    trail.take(Hop::new(Stage::Host, at.to_string()).unknown("what listens there is outside of what is asked here"))
}

/// The Service with a cluster's own address.
fn service_at<'a>(index: &Index<'a>, address: IpAddr) -> Option<(&'a str, &'a str)> {
    let is_own = |service: &Service| {
        let spec = service.spec.as_ref();
        spec.and_then(|spec| spec.cluster_ip.as_deref()?.parse::<IpAddr>().ok()) == Some(address)
    };
    let (item, _) = index.all::<Service>().find(|(_, service)| is_own(service))?;
    Some((item.namespace, item.object.name()))
}
