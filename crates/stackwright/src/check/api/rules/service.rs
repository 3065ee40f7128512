use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::HashSet;
use crate::check::api::tree::Value;

const TYPES: &[&str] = &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];
const FAMILIES: &[&str] = &["IPv4", "IPv6"];

pub(super) const RULES: &[TypeRules] = &[
    ("Service", &[("spec", Required)]),
    (
        "ServiceSpec",
        &[
            ("type", OneOf(TYPES)),
            ("selector", Labels),
            ("sessionAffinity", OneOf(&["None", "ClientIP"])),
            ("internalTrafficPolicy", OneOfIfSet(&["Cluster", "Local"])),
            ("trafficDistribution", OneOfIfSet(&["PreferClose", "PreferSameZone", "PreferSameNode"])),
            ("ipFamilies", EachOneOf(FAMILIES)),
            ("ipFamilies", Unique("")),
            ("ipFamilyPolicy", OneOfIfSet(&["SingleStack", "PreferDualStack", "RequireDualStack"])),
            ("externalIPs", EachMust(address)),
            ("loadBalancerSourceRanges", By(ranges)),
            ("loadBalancerClass", IsIfSet(syntax::qualified_name)),
            ("", By(kind)),
            ("", By(addresses)),
            ("", By(traffic)),
            ("ports", By(ports)),
        ],
    ),
    (
        "ServicePort",
        &[
            ("name", Is(syntax::dns_label)),
            ("port", Port),
            ("protocol", OneOf(&["TCP", "UDP", "SCTP"])),
            ("targetPort", By(target)),
            ("appProtocol", IsIfSet(syntax::qualified_name)),
            ("nodePort", PortOrNone),
        ],
    ),
    ("ClientIPConfig", &[("timeoutSeconds", Range(1, 86_400))]),
];

/// An address that something in the network can have.
pub(super) fn address(text: &str) -> Option<&'static str> {
    let is_special = text.parse::<std::net::IpAddr>().is_ok_and(|address| {
        let is_link_local = match address {
            std::net::IpAddr::V4(address) => address.is_link_local() || address.octets()[..3] == [224, 0, 0],
            std::net::IpAddr::V6(address) => address.is_unicast_link_local() || address.segments()[0] == 0xff02,
        };
        address.is_unspecified() || address.is_loopback() || is_link_local
    });
    syntax::ip_address(text).or(is_special.then_some("it is an address of every machine's own"))
}

fn kind_of(spec: Value<'_>) -> &str {
    match spec.get("type").text() {
        "" => "ClusterIP",
        kind => kind,
    }
}

fn is_headless(spec: Value<'_>) -> bool {
    spec.get("clusterIP").text() == "None"
}

fn kind(spec: Value<'_>, faults: &mut Faults) {
    let kind = kind_of(spec);
    if spec.get("ports").is_blank() && !is_headless(spec) && kind != "ExternalName" {
        faults.missing(spec, "ports", "");
    }
    if matches!(kind, "NodePort" | "LoadBalancer") && is_headless(spec) {
        faults.forbidden(spec.get("clusterIP"), &format!("to None with type: {kind}"));
    }
    if kind == "ExternalName" {
        let name = spec.get("externalName");
        for field in ["clusterIPs", "clusterIP", "ipFamilies", "ipFamilyPolicy"] {
            if !spec.get(field).is_blank() {
                faults.forbidden(spec.get(field), "with type: ExternalName");
            }
        }
        match name.text() {
            "" => faults.missing(spec, "externalName", "with type: ExternalName"),
            text if syntax::dns_name(text.strip_suffix('.').unwrap_or(text)).is_some() => {
                faults.malformed(name, syntax::dns_name);
            }
            _ => {}
        }
    }
    for field in ["allocateLoadBalancerNodePorts", "loadBalancerClass"] {
        if spec.get(field).is_set() && kind != "LoadBalancer" {
            faults.forbidden(spec.get(field), "without type: LoadBalancer");
        }
    }
}

fn ranges(ranges: Value<'_>, faults: &mut Faults) {
    if ranges.len() > 0 && kind_of(ranges.parent()) != "LoadBalancer" {
        faults.forbidden(ranges, "without type: LoadBalancer");
    }
    for range in ranges.items() {
        if let Some(why) = syntax::cidr(range.text().trim()) {
            faults.add(VALUE, range, format!("is {range}"), why);
        }
    }
}

fn addresses(spec: Value<'_>, faults: &mut Faults) {
    if kind_of(spec) == "ExternalName" {
        return;
    }
    let (own, all) = (spec.get("clusterIP"), spec.get("clusterIPs"));
    let first = all.items().next();
    if let Some(first) = first.filter(|first| first.text() != own.text()) {
        faults.add(VALUE, first, format!("is {first}, and clusterIP is {own}"), "make both the same");
    }
    for address in [own].into_iter().chain(all.items()) {
        let is_none = address.text() == "None" && address.position() == 0;
        if address.is_set() && !is_none && !(address.text().is_empty() && address.key() == "clusterIP") {
            faults.malformed(address, syntax::ip_address);
        }
    }
    if all.len() > 2
        || all.len() == 2
            && (is_headless(spec) || all.items().map(|ip| ip.text().contains(':')).collect::<HashSet<_>>().len() < 2)
    {
        faults.add(VALUE, all, "has more than one address of a family", "an IPv4 and an IPv6 address are the most");
    }
    for (address, family) in
        all.items().chain([own].into_iter().filter(|_| all.len() == 0)).zip(spec.get("ipFamilies").items())
    {
        let is_other = address.text().contains(':') != (family.text() == "IPv6");
        if !address.text().is_empty() && address.text() != "None" && is_other {
            faults.add(
                VALUE,
                address,
                format!("is {address}, which is not {}", family.text()),
                "change the address or the family",
            );
        }
    }
    let families = spec.get("ipFamilies");
    let policy = spec.get("ipFamilyPolicy").text();
    if policy == "SingleStack" && (families.len() > 1 || all.len() > 1) {
        faults.add(VALUE, spec.get("ipFamilyPolicy"), "is SingleStack beside two families", "write PreferDualStack");
    }
}

fn traffic(spec: Value<'_>, faults: &mut Faults) {
    let kind = kind_of(spec);
    let policy = spec.get("externalTrafficPolicy");
    let is_external =
        matches!(kind, "NodePort" | "LoadBalancer") || kind == "ClusterIP" && !spec.get("externalIPs").is_blank();
    if !policy.text().is_empty() && !is_external {
        faults.forbidden(policy, "on a Service that nothing outside reaches");
    } else {
        OneOf(&["Cluster", "Local"]).check(policy, spec, "externalTrafficPolicy", faults);
    }
    let check = spec.get("healthCheckNodePort");
    if check.int().unwrap_or_default() != 0 && !(kind == "LoadBalancer" && policy.text() == "Local") {
        faults.forbidden(check, "without type: LoadBalancer and externalTrafficPolicy: Local");
    }
    PortOrNone.check(check, spec, "healthCheckNodePort", faults);
    let mut on_nodes = spec.get("ports").items().map(|port| port.get("nodePort"));
    if check.int().unwrap_or_default() != 0
        && let Some(taken) = on_nodes.find(|port| port.int() == check.int())
    {
        let fact = format!("is {taken}, as healthCheckNodePort is");
        faults.add("port-duplicate", taken, fact, "write another port");
    }
}

fn ports(ports: Value<'_>, faults: &mut Faults) {
    let kind = kind_of(ports.parent());
    let (mut names, mut numbers, mut on_nodes) = (HashSet::default(), HashSet::default(), HashSet::default());
    for port in ports.items() {
        let (name, number, on_node) = (port.get("name"), port.get("port"), port.get("nodePort"));
        let protocol = Some(port.get("protocol").text()).filter(|text| !text.is_empty()).unwrap_or("TCP");
        if name.is_blank() && ports.len() > 1 {
            faults.add("port-name", port, "needs a name, as every port of several", "give it a name");
        }
        if !name.is_blank() && !names.insert(name.text()) {
            faults.add(
                "port-name",
                name,
                format!("is {name}, as an earlier port is"),
                "port names are unique in a Service",
            );
        }
        if !numbers.insert((protocol, number.int())) {
            faults.add("port-duplicate", number, format!("is {number} a second time"), "remove one of them");
        }
        if on_node.int().unwrap_or_default() != 0 {
            if !on_nodes.insert((protocol, on_node.int())) {
                faults.add("port-duplicate", on_node, format!("is {on_node} a second time"), "write another port");
            }
            if kind == "ClusterIP" {
                faults.forbidden(on_node, "without type: NodePort or LoadBalancer");
            }
        }
    }
}

/// 0 and nothing stand for the Service's own port.
fn target(target: Value<'_>, faults: &mut Faults) {
    if target.int() != Some(0) && !(target.is_text() && target.text().is_empty()) {
        PortOrName.check(target, target.parent(), "targetPort", faults);
    }
}
