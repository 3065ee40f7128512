//! What a name is to a pod: its hosts file, its search path, and the names that the cluster's DNS has.
//! <https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/>

use std::net::IpAddr;

use k8s_openapi::api::core::v1::Service;

use crate::check::{Index, Pods};

/// What a name leads to.
pub(super) enum Resolved {
    Address(IpAddr, Source),
    /// A Service, or a pod of a headless one.
    Service {
        namespace: String,
        name: String,
        pod: Option<String>,
        full: String,
    },
    /// It looks like one of a Service, and there is none.
    Missing {
        namespace: String,
        name: String,
    },
    /// One that other servers than the cluster's have to know.
    Elsewhere,
    /// The pod asks servers that know no Service.
    Unasked(&'static str),
}

/// Who says what address a name has.
pub(super) enum Source {
    Itself,
    Alias(usize),
}

/// What a host's name is to a pod.
pub(super) fn resolved(index: &Index<'_>, pods: &Pods<'_>, host: &str) -> Resolved {
    if let Ok(address) = host.parse() {
        return Resolved::Address(address, Source::Itself);
    }
    let aliases = pods.spec.host_aliases.iter().flatten().enumerate();
    let mut named = aliases.filter(|(_, alias)| alias.hostnames.iter().flatten().any(|name| name == host));
    if let Some((number, address)) = named.find_map(|(number, alias)| Some((number, alias.ip.parse().ok()?))) {
        return Resolved::Address(address, Source::Alias(number));
    }
    let is_absolute = host.ends_with('.');
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let searching = if is_absolute { Vec::new() } else { searched(pods, &labels) };
    let own = of_service(&labels).into_iter();
    let candidates: Vec<_> = searching.into_iter().chain(own).collect();
    let found = candidates.iter().find_map(|(namespace, name, pod)| {
        let (_, service) = index.get::<Service>(namespace, name)?;
        pod.is_none_or(|pod| has_pod(index, namespace, service, pod)).then_some((*namespace, *name, *pod))
    });
    if let Some((namespace, name, pod)) = found {
        if let Some(why) = unasked(pods) {
            return Resolved::Unasked(why);
        }
        let before = pod.map_or_else(String::new, |pod| format!("{pod}."));
        let full = format!("{before}{name}.{namespace}.svc");
        let (namespace, name, pod) = (namespace.to_owned(), name.to_owned(), pod.map(str::to_owned));
        return Resolved::Service { namespace, name, pod, full };
    }
    // A name of one label is somebody's in the cluster, and so is what goes on with `svc`; two are, where there is such a namespace.
    let missing = match labels[..] {
        [name] => Some((pods.item.namespace, name)),
        [name, namespace] if index.has_namespace(namespace) => Some((namespace, name)),
        _ => of_service(&labels).map(|(namespace, name, _)| (namespace, name)),
    };
    match missing {
        Some((namespace, name)) if !is_absolute || labels.len() > 2 => {
            Resolved::Missing { namespace: namespace.to_owned(), name: name.to_owned() }
        }
        _ => Resolved::Elsewhere,
    }
}

/// Whether a Service gives names to its pods, and one of them is called so: StatefulSets number theirs, others have a hostname.
fn has_pod(index: &Index<'_>, namespace: &str, service: &Service, pod: &str) -> bool {
    let Some(spec) = service.spec.as_ref().filter(|spec| spec.cluster_ip.as_deref() == Some("None")) else {
        return false;
    };
    let is_it = |pods: &&Pods<'_>| {
        let number = pod.strip_prefix(pods.item.object.name()).and_then(|rest| rest.strip_prefix('-'));
        let is_numbered = number.is_some_and(|number| number.parse::<u32>().is_ok());
        pods.item.object.kind() == "StatefulSet" && is_numbered || pods.spec.hostname.as_deref() == Some(pod)
    };
    spec.selector.as_ref().is_some_and(|labels| index.selected(namespace, labels).iter().any(is_it))
}

type Candidate<'n> = (&'n str, &'n str, Option<&'n str>);

/// The Services that a name is in the order of the pod's search path: `NAMESPACE.svc.cluster.local`, `svc.cluster.local`.
fn searched<'n>(pods: &Pods<'n>, labels: &[&'n str]) -> Vec<Candidate<'n>> {
    let own = pods.item.namespace;
    match labels[..] {
        [name] => vec![(own, name, None)],
        [first, second] => vec![(own, second, Some(first)), (second, first, None)],
        // `db-0.db.data`: a pod of a Service there.
        [pod, name, namespace] if namespace != "svc" => vec![(namespace, name, Some(pod))],
        _ => Vec::new(),
    }
}

/// The Service that a name which goes on with `svc` is.
fn of_service<'n>(labels: &[&'n str]) -> Option<Candidate<'n>> {
    match labels {
        [name, namespace, "svc", ..] => Some((*namespace, *name, None)),
        [pod, name, namespace, "svc", ..] => Some((*namespace, *name, Some(*pod))),
        _ => None,
    }
}

/// Why a pod does not ask the cluster's DNS.
fn unasked(pods: &Pods<'_>) -> Option<&'static str> {
    let on_host = pods.spec.host_network == Some(true);
    match pods.spec.dns_policy.as_deref().unwrap_or("ClusterFirst") {
        "ClusterFirst" if on_host => Some(
            "it is on the host's network without dnsPolicy ClusterFirstWithHostNet, and asks the node's name server",
        ),
        "Default" => Some("its dnsPolicy is Default: it asks the node's name server"),
        _ => None,
    }
}
