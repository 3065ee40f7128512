use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::tree::Value;

const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];

pub(super) const RULES: &[TypeRules] = &[
    ("Ingress", &[("", By(ingress)), ("", By(class))]),
    ("IngressSpec", &[("ingressClassName", IsIfSet(syntax::dns_name))]),
    ("IngressRule", &[("host", By(host))]),
    ("IngressTLS", &[("hosts", EachMust(syntax::wildcard_dns_name)), ("secretName", Is(syntax::dns_name))]),
    ("HTTPIngressRuleValue", &[("paths", Required)]),
    (
        "HTTPIngressPath",
        &[
            ("pathType", Required),
            ("pathType", OneOfIfSet(&["Exact", "Prefix", "ImplementationSpecific"])),
            ("", By(path)),
        ],
    ),
    ("IngressBackend", &[("", ExactlyOne(&["service", "resource"])), ("resource", By(resource))]),
    ("IngressServiceBackend", &[("name", Must(syntax::dns_1035_label)), ("", By(service))]),
    ("IngressClass", &[("spec", Required)]),
    ("IngressClassSpec", &[("controller", Required), ("controller", By(controller))]),
    (
        "IngressClassParametersReference",
        &[
            ("kind", Must(syntax::path_segment)),
            ("name", Must(syntax::path_segment)),
            ("apiGroup", IsIfSet(syntax::dns_name)),
            ("scope", OneOf(&["Cluster", "Namespace"])),
            ("", By(scope)),
        ],
    ),
    ("NetworkPolicySpec", &[("policyTypes", EachOneOf(&["Ingress", "Egress"])), ("policyTypes", AtMost(2))]),
    ("NetworkPolicyPort", &[("protocol", OneOfIfSet(PROTOCOLS)), ("port", PortOrName), ("endPort", By(end_port))]),
    ("NetworkPolicyPeer", &[("", By(peer))]),
    ("IPBlock", &[("cidr", Must(syntax::cidr)), ("except", By(except))]),
];

fn ingress(ingress: Value<'_>, faults: &mut Faults) {
    let spec = ingress.get("spec");
    if spec.get("rules").is_blank() && spec.get("rules").len() == 0 && !spec.get("defaultBackend").is_set() {
        faults.missing(ingress, "spec.rules or spec.defaultBackend", "");
    }
}

fn class(ingress: Value<'_>, faults: &mut Faults) {
    let class = ingress.at("spec.ingressClassName");
    let annotation = ingress.at("metadata.annotations").get("kubernetes.io/ingress.class");
    if class.is_set() && annotation.is_set() && class.text() != annotation.text() {
        faults.add(
            VALUE,
            annotation,
            format!("is {annotation}, and spec.ingressClassName is {class}"),
            "remove the annotation",
        );
    }
}

fn host(host: Value<'_>, faults: &mut Faults) {
    if host.text().is_empty() {
        return;
    }
    if syntax::ip_address(host.text()).is_none() {
        faults.add(VALUE, host, format!("is the address {host}"), "write a name, or no host for every name");
    } else {
        faults.malformed(host, syntax::wildcard_dns_name);
    }
}

fn path(rule: Value<'_>, faults: &mut Faults) {
    const SEQUENCES: [&str; 6] = ["//", "/./", "/../", "%2f", "%2F", "/.."];
    let (path, kind) = (rule.get("path"), rule.get("pathType").text());
    let text = path.text();
    match kind {
        "Exact" | "Prefix" if text.is_empty() => faults.missing(rule, "path", &format!("with pathType: {kind}")),
        _ if !text.is_empty()
            && !text.starts_with('/')
            && matches!(kind, "Exact" | "Prefix" | "ImplementationSpecific") =>
        {
            faults.malformed(path, syntax::absolute_path);
        }
        "Exact" | "Prefix" => {
            let bad = SEQUENCES[..5]
                .iter()
                .find(|bad| text.contains(**bad))
                .or(["/..", "/."].iter().find(|bad| text.ends_with(**bad)));
            if let Some(bad) = bad {
                faults.add(VALUE, path, format!("is {path}"), format!("{bad} can't stand in it"));
            }
        }
        _ => {}
    }
}

fn service(service: Value<'_>, faults: &mut Faults) {
    let (name, number) = (service.at("port.name"), service.at("port.number"));
    match (name.text(), number.int().unwrap_or_default()) {
        ("", 0) => faults.missing(service, "port.name or port.number", ""),
        ("", _) => Port.check(number, service, "number", faults),
        (_, 0) => PortOrName.check(name, service, "name", faults),
        _ => faults.forbidden(number, "beside port.name"),
    }
}

fn resource(resource: Value<'_>, faults: &mut Faults) {
    if resource.is_set() {
        for field in ["kind", "name"] {
            Must(syntax::path_segment).check(resource.get(field), resource, field, faults);
        }
        IsIfSet(syntax::dns_name).check(resource.get("apiGroup"), resource, "apiGroup", faults);
    }
}

fn controller(name: Value<'_>, faults: &mut Faults) {
    if name.text().len() > 250 {
        faults.add(VALUE, name, "is too long", "250 characters are the most");
    }
    match name.text() {
        "" => {}
        _ => faults.malformed(name, syntax::domain_prefixed),
    }
}

fn scope(reference: Value<'_>, faults: &mut Faults) {
    let namespace = reference.get("namespace");
    match reference.get("scope").text() {
        "Namespace" => Must(syntax::dns_label).check(namespace, reference, "namespace", faults),
        _ if namespace.is_set() => faults.forbidden(namespace, "without scope: Namespace"),
        _ => {}
    }
}

fn end_port(end: Value<'_>, faults: &mut Faults) {
    let port = end.parent().get("port");
    if !end.is_set() {
        return;
    }
    match (port.int(), end.int()) {
        (Some(first), Some(last)) if last < first => {
            faults.add(
                "port-range",
                end,
                format!("is {last}, before port {first}"),
                "make it the last port of the range",
            );
        }
        (Some(_), _) => Port.check(end, end.parent(), "endPort", faults),
        (None, _) => faults.forbidden(end, "without a port that is a number"),
    }
}

fn peer(peer: Value<'_>, faults: &mut Faults) {
    let block = peer.get("ipBlock");
    let has_selector = peer.get("podSelector").is_set() || peer.get("namespaceSelector").is_set();
    if block.is_set() && has_selector {
        faults.forbidden(block, "beside a selector");
    } else if !block.is_set() && !has_selector {
        faults.missing(peer, "podSelector, namespaceSelector or ipBlock", "");
    }
}

fn except(except: Value<'_>, faults: &mut Faults) {
    let whole: Option<ipnet::IpNet> = except.parent().get("cidr").text().parse().ok();
    for part in except.items() {
        faults.malformed(part, syntax::cidr);
        if let (Some(whole), Ok(inner)) = (whole, part.text().parse::<ipnet::IpNet>())
            && (!whole.contains(&inner.addr()) || whole.prefix_len() >= inner.prefix_len())
        {
            faults.add(
                VALUE,
                part,
                format!("is {part}, which is no part of {whole}"),
                "write a smaller range inside it",
            );
        }
    }
}
