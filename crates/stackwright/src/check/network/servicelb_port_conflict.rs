use k8s_openapi::api::core::v1::Node;

use crate::capacity::host_ports;
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};
use crate::facts::charts::{self, Runs, is_image_of};
use crate::links::Pods;

pub(super) const CHECK: Check = Check {
    id: "servicelb-port-conflict",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two takers want one port of every node on K3s, whose ServiceLB listens at a Service's ports there.",
    run,
};

/// How K3s tells what it is and how it was started, and how its ServiceLB marks what it makes and where it listens:
/// <https://github.com/k3s-io/k3s/blob/0821db5a0813/pkg/cloudprovider/servicelb.go>,
/// <https://github.com/k3s-io/k3s/blob/0ba4732c1f06/pkg/nodeconfig/nodeconfig.go> and
/// <https://github.com/k3s-io/k3s/blob/4dcfdfb577f9/pkg/cli/cmds/server.go>, read on 2026-11-29.
const VERSION: &str = "+k3s";
const ARGUMENTS: &str = "k3s.io/node-args";
const OF_SERVICE: &str = "svccontroller.k3s.cattle.io/svcname";
const LISTENS: &str = "svccontroller.k3s.cattle.io/enablelb";

/// The flags of a server that switch off what it brings; the second is that of old versions.
const DISABLE: [&str; 2] = ["--disable", "--no-deploy"];

/// Where its own Traefik listens.
const PORTS: [i32; 2] = [80, 443];

const HELP: &str =
    "give it another port, put what speaks HTTP behind one Ingress, or install MetalLB instead of ServiceLB";

/// What to do beside it where nothing shows how K3s was started.
const UNLESS: &str = ", unless K3s was started with --disable=traefik";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(k3s) = K3s::of(index) else { return };
    let mut taken = HashMap::default();
    if k3s.has_traefik {
        for port in PORTS {
            taken.insert((port, "TCP"), ("K3s' own Traefik".to_owned(), None, None));
        }
    }
    // Those of ServiceLB itself stand for the Services that are looked at below.
    for pods in index.pods.iter().filter(|pods| !pods.labels.contains_key(OF_SERVICE)) {
        for port in host_ports(pods) {
            let protocol = ["TCP", "UDP", "SCTP"].into_iter().find(|known| *known == port.protocol).unwrap_or("TCP");
            if let Some((other, None, None)) = taken.get(&(port.port, protocol)) {
                let message = format!("{} takes port {} of its node, which {other} has", pods.item.label(), port.port);
                let mut finding = k3s.finding(message, is_of_controller(pods)).at(pods.item, port.path);
                finding.why = Some("no node has room for such a pod: it stays Pending".to_owned());
                findings.push(finding);
            } else if pods.item.object.kind() == "DaemonSet" {
                taken.insert((port.port, protocol), (pods.item.label(), Some((pods.item, port.path)), None));
            }
        }
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
            if owner.is_some_and(|owner| owner.is_same(service)) || service.item().is_some_and(is_traefiks) {
                continue;
            }
            let message = format!(
                "{} wants port {}/{} of every node, which {other} has",
                service.label(),
                port.port,
                port.protocol
            );
            let finding = match place {
                Some((item, path)) => {
                    CHECK.finding(message, HELP).rated(k3s.severity).see(*item, path.clone(), "the first")
                }
                None => k3s.finding(message, service.pods(index).into_iter().any(is_of_controller)),
            };
            findings.push(finding.at_any(service.item(), path.clone()));
            if place.is_none() && owner.is_none() && !k3s.is_told {
                // If there is no Traefik, it is this one that has the port.
                taken.insert(key, (service.label(), service.item().map(|item| (item, path)), Some(service)));
            }
        }
    }
}

/// Whether pods answer for Ingresses: whoever runs such a one has probably switched Traefik off.
fn is_of_controller(pods: &Pods<'_>) -> bool {
    let mut images = pods.spec.containers.iter().filter_map(|container| container.image.as_deref());
    images.any(|image| is_image_of(image, Runs::IngressController))
}

/// Whether a Service is that of K3s' own Traefik, as a cluster shows it.
fn is_traefiks(item: Item<'_>) -> bool {
    (item.namespace, item.object.name()) == ("kube-system", "traefik")
}

/// How sure it is that ServiceLB is what gives addresses.
pub(crate) fn severity(index: &Index<'_>) -> Option<Severity> {
    K3s::of(index).map(|k3s| k3s.severity)
}

/// What is known of K3s where its ServiceLB gives the addresses.
struct K3s {
    /// How sure it is that it does.
    severity: Severity,
    /// Whether its Traefik runs, or nothing says that it doesn't.
    has_traefik: bool,
    /// Whether that is told, and no guess.
    is_told: bool,
}

impl K3s {
    fn of(index: &Index<'_>) -> Option<Self> {
        let Some(cluster) = index.cluster() else { return Self::of_nodes(index) };
        let provider = cluster.provided.load_balancer.as_deref();
        provider.filter(|name| ["servicelb", "klipper"].contains(name))?;
        let mut releases = cluster.stacks.iter().flat_map(|stack| &stack.releases);
        let class = cluster.provided.ingress_classes.iter().any(|class| class == "traefik");
        let has_traefik = class && releases.all(|release| charts::ingress_class(release).as_deref() != Some("traefik"));
        Some(Self { severity: Severity::Error, has_traefik, is_told: true })
    }

    /// What Node objects tell: their version, and on servers how K3s was started.
    fn of_nodes(index: &Index<'_>) -> Option<Self> {
        if !index.topology().pools.is_empty() {
            return None;
        }
        let is_k3s = |node: &Node| {
            let info = node.status.as_ref().and_then(|status| status.node_info.as_ref());
            info.is_some_and(|info| info.kubelet_version.contains(VERSION))
        };
        let mut is_any = false;
        let mut is_told = false;
        let mut disabled = Vec::new();
        for (_, node) in index.all::<Node>().filter(|(_, node)| is_k3s(node)) {
            // It may listen at some of the nodes alone, and at others for other Services.
            if node.metadata.labels.iter().flatten().any(|(key, _)| key == LISTENS) {
                return None;
            }
            is_any = true;
            let annotations = node.metadata.annotations.as_ref();
            let told = annotations.and_then(|annotations| annotations.get(ARGUMENTS));
            let told = told.and_then(|text| serde_json::from_str::<Vec<String>>(text).ok());
            let told = told.filter(|arguments| arguments.first().is_some_and(|first| first == "server"));
            is_told |= told.is_some();
            disabled.extend(told.iter().flat_map(|arguments| switched_off(arguments)));
        }
        let is_off = |what: &str| disabled.iter().any(|disabled| disabled == what);
        if !is_any || is_off("servicelb") {
            return None;
        }
        let severity = if is_told { Severity::Error } else { Severity::Warning };
        Some(Self { severity, has_traefik: !is_off("traefik") && !is_traefik_otherwise(index), is_told })
    }

    /// A finding about a port that Traefik has.
    fn finding(&self, message: String, is_of_controller: bool) -> Finding {
        if self.is_told {
            return CHECK.finding(message, HELP).rated(self.severity);
        }
        let severity = if is_of_controller { Severity::Information } else { self.severity };
        CHECK.finding(message, format!("{HELP}{UNLESS}")).rated(severity)
    }
}

/// Whether values for K3s' own Traefik may have it listen elsewhere.
fn is_traefik_otherwise(index: &Index<'_>) -> bool {
    let config = index.named("HelmChartConfig.helm.cattle.io", "kube-system", "traefik");
    let values = config.and_then(|config| config.object.content()?.at("spec.valuesContent")?.text());
    let otherwise = ["exposedPort", "ClusterIP", "NodePort", "hostPort", "hostNetwork", "loadBalancerClass"];
    values.is_some_and(|values| otherwise.iter().any(|value| values.contains(value)))
}

/// What a server of K3s was told not to bring.
fn switched_off(arguments: &[String]) -> Vec<String> {
    let values = arguments.iter().enumerate().filter_map(|(number, argument)| match argument.split_once('=') {
        Some((flag, value)) => DISABLE.contains(&flag).then_some(value),
        None => DISABLE.contains(&argument.as_str()).then(|| arguments.get(number + 1)).flatten().map(String::as_str),
    });
    values.flat_map(|value| value.split(',')).map(str::to_owned).collect()
}
