use k8s_openapi::api::core::v1::Node;

use crate::check::{Check, Finding, Group, HashMap, Index, Profile, Severity};
use crate::facts::charts;

pub(super) const CHECK: Check = Check {
    id: "servicelb-port-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two takers want one port of every node on K3s, whose ServiceLB listens at a Service's ports there.",
    run,
};

const HELP: &str =
    "give it another port, put what speaks HTTP behind one Ingress, or install MetalLB instead of ServiceLB";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(severity) = severity(index) else { return };
    let mut taken = HashMap::default();
    for pods in index.pods.iter().filter(|pods| pods.item.object.kind() == "DaemonSet") {
        for (path, container) in pods.containers() {
            for (number, port) in container.ports.iter().flatten().enumerate() {
                let protocol = port.protocol.as_deref().unwrap_or("TCP");
                if let Some(host_port) = port.host_port {
                    let place = Some((pods.item, format!("{path}.ports[{number}].hostPort")));
                    taken.insert((host_port, protocol), (pods.item.label(), place, None));
                }
            }
        }
    }
    let ingress = index.cluster().is_some_and(|cluster| {
        let releases = || cluster.stacks.iter().flat_map(|stack| &stack.releases);
        let class = cluster.provided.ingress_classes.iter().any(|class| class == "traefik");
        class && releases().all(|release| charts::ingress_class(release).as_deref() != Some("traefik"))
    });
    for port in [80, 443].into_iter().filter(|_| ingress) {
        taken.entry((port, "TCP")).or_insert(("K3s' own Traefik".to_owned(), None, None));
    }
    for service in index.topology().services.iter().filter(|service| service.is_balanced() && service.class.is_none()) {
        for port in &service.ports {
            let path = format!("{}.port", port.path);
            let key = (port.port, port.protocol);
            let Some((other, place, owner)) = taken.get(&key) else {
                let place = service.item().map(|item| (item, path));
                taken.insert(key, (service.label(), place, Some(service)));
                continue;
            };
            if owner.is_some_and(|owner| owner.is_same(service)) {
                continue;
            }
            let message = format!(
                "{} wants port {}/{} of every node, which {other} has",
                service.label(),
                port.port,
                port.protocol
            );
            let mut finding = CHECK.finding(message, HELP).at_any(service.item(), path).rated(severity);
            if let Some((item, path)) = place {
                finding = finding.see(*item, path.clone(), "the first");
            }
            findings.push(finding);
        }
    }
}

/// How sure it is that ServiceLB is what gives addresses; nodes of K3s alone don't say that it was not switched off.
pub(crate) fn severity(index: &Index<'_>) -> Option<Severity> {
    if let Some(cluster) = index.cluster() {
        let provider = cluster.provided.load_balancer.as_deref();
        return provider.filter(|name| ["servicelb", "klipper"].contains(name)).map(|_| Severity::Error);
    }
    let is_k3s = |node: &Node| {
        let info = node.status.as_ref().and_then(|status| status.node_info.as_ref());
        info.is_some_and(|info| info.kubelet_version.contains("+k3s"))
    };
    let k3s = index.topology().pools.is_empty() && index.all::<Node>().any(|(_, node)| is_k3s(node));
    k3s.then_some(Severity::Warning)
}
