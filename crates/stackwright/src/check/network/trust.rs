//! Whose word about visitors an Ingress controller believes.

use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value;

use super::ports::{asking, host_at, services};
use crate::check::Index;
use crate::check::topology::{Exposed, Maker, Port};
use crate::facts::charts;
use crate::{Cluster, Release, Subnet, WayIn};

/// What is believed at a port of a release.
pub(super) struct Trust<'a> {
    pub release: &'a Release,
    /// The path of the values that say it.
    pub path: &'static str,
    /// Who is believed; none where everyone is.
    subnets: Option<Vec<IpNet>>,
}

impl<'a> Trust<'a> {
    /// That of a port; none where nothing is known of it.
    fn of(service: &Exposed<'a>, port: &Port<'a>) -> Option<Self> {
        let Maker::Chart(release, _) = service.maker else { return None };
        let path = port.believes?;
        let value = |key: &str| charts::value(&release.values, &format!("{path}.{key}"));
        // Flags of the program may say it, too.
        let is_said_elsewhere = |key: &str| {
            let flags = charts::value(&release.values, key).and_then(Value::as_array);
            let mut flags = flags.into_iter().flatten().filter_map(Value::as_str);
            flags.any(|flag| flag.to_lowercase().contains(".forwardedheaders."))
        };
        if ["additionalArguments", "globalArguments"].into_iter().any(is_said_elsewhere) {
            return None;
        }
        if value("insecure") == Some(&Value::Bool(true)) {
            return Some(Self { release, path, subnets: None });
        }
        let listed = value("trustedIPs").and_then(Value::as_array).into_iter().flatten();
        let subnet = |text: &Value| {
            let text = text.as_str()?;
            text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
        };
        // What is none of both, such as a template, may be anything.
        Some(Self { release, path, subnets: Some(listed.map(subnet).collect::<Option<_>>()?) })
    }

    /// Whether it covers one of these, or a part of one.
    pub(super) fn covers(&self, others: &[IpNet]) -> bool {
        self.subnets.as_ref().is_none_or(|subnets| {
            others.iter().any(|other| subnets.iter().any(|subnet| subnet.contains(other) || other.contains(subnet)))
        })
    }
}

/// What is believed at each node port that a way in leads to, and the addresses of which the controller sees one there: none where that is the
/// visitor's own.
pub(super) fn trusts<'i, 'a>(
    index: &'i Index<'a>,
    cluster: &'i Cluster,
    way_in: &'i WayIn,
) -> impl Iterator<Item = (Trust<'a>, Vec<IpNet>)> {
    way_in.to.iter().filter_map(move |to| {
        let is_asked = |port: &Port<'_>| port.node_port == Some(i32::from(to.port()));
        let (service, port) = services(index, &way_in.protocol).find(|(_, port)| is_asked(port))?;
        Some((Trust::of(service, port)?, under(index, cluster, way_in, service, to.ip())?))
    })
}

/// A node that may send on to a pod of another gives what it sends on an address of its own: that by which others reach it, or that of its card
/// for pods' traffic. See <https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-nodeport>.
fn under(
    index: &Index<'_>,
    cluster: &Cluster,
    way_in: &WayIn,
    service: &Exposed<'_>,
    to: IpAddr,
) -> Option<Vec<IpNet>> {
    if service.is_local {
        let Some(proxy) = cluster.all_hosts().find(|host| host.name == way_in.at) else { return Some(Vec::new()) };
        return Some(vec![asking(cluster, proxy, to)?.into()]);
    }
    let (_, node) = host_at(index, to)?;
    let own = node?.addresses().into_iter().filter(|address| address.is_ipv6() == to.is_ipv6()).map(IpNet::from);
    let pods = cluster.pods.iter().filter(|pods| pods.is_ipv6() == to.is_ipv6()).map(Subnet::cidr);
    Some(own.chain(pods).collect())
}

/// `192.168.1.21 or 10.42.0.0/16`.
pub(super) fn shown(subnets: &[IpNet]) -> String {
    let is_one = |subnet: &IpNet| subnet.prefix_len() == subnet.max_prefix_len();
    let shown = |subnet: &IpNet| if is_one(subnet) { subnet.addr().to_string() } else { subnet.to_string() };
    subnets.iter().map(shown).collect::<Vec<_>>().join(" or ")
}
