use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value;

use super::ports::{asking, host_at, label, services};
use crate::check::topology::{Exposed, Maker, Port};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::charts;
use crate::{Cluster, Release, WayIn};

pub(super) const CHECK: Check = Check {
    id: "proxy-headers-dropped",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A proxy says by headers who asks and how, and the Ingress controller behind it does not believe them.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    // What tells visitors apart by the names that they ask for reads what they say, and writes to it.
    for way_in in cluster.ways_in.iter().filter(|way_in| !way_in.names.is_empty()) {
        findings.extend(way_in.to.iter().find_map(|to| {
            let asked = |port: &Port<'_>| port.node_port == Some(i32::from(to.port()));
            let (service, port) = services(index, &way_in.protocol).find(|(_, port)| asked(port))?;
            let trust = Trust::of(service, port)?;
            let from = under(index, cluster, way_in, service, to.ip())?;
            (!from.iter().any(|address| trust.covers(*address))).then(|| found(way_in, &trust, &from))
        }));
    }
}

fn found(way_in: &WayIn, trust: &Trust<'_>, from: &[IpNet]) -> Finding {
    let Release { name, namespace, .. } = trust.release;
    let of_one = |subnet: &IpNet| subnet.prefix_len() == subnet.max_prefix_len();
    let shown = |subnet: &IpNet| if of_one(subnet) { subnet.addr().to_string() } else { subnet.to_string() };
    let from: Vec<_> = from.iter().map(shown).collect();
    let message = format!(
        "{} says by headers who asks and how, and release {namespace}/{name} does not believe them",
        label(way_in)
    );
    let why = format!(
        "what comes from there has an address of {}, and others are not believed: the controller itself says plain HTTP, and one address for all visitors",
        from.join(" or ")
    );
    CHECK.finding(message, format!("have that in {}.trustedIPs", trust.path)).why(why)
}

/// Whose word about visitors is believed at a port.
struct Trust<'a> {
    release: &'a Release,
    path: &'static str,
    subnets: Vec<IpNet>,
}

impl<'a> Trust<'a> {
    /// That of a port of a release; none where nothing is known of it, or everyone is believed.
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
        if value("insecure") == Some(&Value::Bool(true))
            || ["additionalArguments", "globalArguments"].into_iter().any(is_said_elsewhere)
        {
            return None;
        }
        let listed = value("trustedIPs").and_then(Value::as_array).into_iter().flatten();
        let subnet = |text: &Value| {
            let text = text.as_str()?;
            text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
        };
        // What is none of both, such as a template, may be anything.
        Some(Self { release, path, subnets: listed.map(subnet).collect::<Option<_>>()? })
    }

    /// Whether it covers a subnet, or lies within it.
    fn covers(&self, other: IpNet) -> bool {
        self.subnets.iter().any(|subnet| subnet.contains(&other) || other.contains(subnet))
    }
}

/// The addresses of which the controller sees one, when a proxy asks it by a node port. A node that may send on to a pod of another gives
/// what it sends on an address of its own: that by which others reach it, or that of its card for pods' traffic.
fn under(index: &Index<'_>, cluster: &Cluster, way_in: &WayIn, service: &Exposed<'_>, to: IpAddr) -> Option<Vec<IpNet>> {
    if service.is_local {
        let proxy = cluster.all_hosts().find(|host| host.name == way_in.at)?;
        return Some(vec![asking(cluster, proxy, to)?.into()]);
    }
    let (_, node) = host_at(index, to)?;
    let own = node?.addresses().into_iter().filter(|address| address.is_ipv6() == to.is_ipv6()).map(IpNet::from);
    let pods = cluster.pods.iter().filter(|pods| pods.is_ipv6() == to.is_ipv6()).map(crate::Subnet::cidr);
    Some(own.chain(pods).collect())
}
