use k8s_openapi::api::core::v1::{Service, ServicePort};
use k8s_openapi::api::networking::v1::Ingress;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::hosts::places;
use super::service_names::Names;
use super::traffic::{Direction, Party, Policies, Port, named_port};
use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Item, Pods, Profile, Severity};
use crate::facts::charts::{self, Runs};
use crate::links::backends;
use crate::yaml::Node;

pub(super) const CHECK: Check = Check {
    id: "netpol-blocks-edge",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "NetworkPolicies keep apart what other objects connect.",
    run,
};

/// Those that a policy is found to select.
pub(crate) const THE_PODS: &str = "the pods";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(policies) = Policies::new(index) else { return };
    let mut edges = Edges { index, policies, told: HashSet::default(), findings };
    edges.test_ingresses();
    edges.test_names();
    edges.test_monitors();
}

struct Edges<'i, 'a, 'f> {
    index: &'i Index<'a>,
    policies: Policies<'i, 'a>,
    /// Whom policies keep from whom, and the rule that they lack.
    told: HashSet<(String, String)>,
    findings: &'f mut Vec<Finding>,
}

impl<'i, 'a> Edges<'i, 'a, '_> {
    fn test_ingresses(&mut self) {
        let index = self.index;
        let controllers = parties(index, Runs::IngressController, None);
        for (item, ingress) in index.all::<Ingress>() {
            for (path, backend) in backends(ingress) {
                let Some((_, service)) = index.get::<Service>(item.namespace, &backend.name) else { continue };
                let Some(port) = &backend.port else { continue };
                let is_port = |known: &ServicePort| match &port.name {
                    Some(name) => known.name.as_ref() == Some(name),
                    None => Some(known.port) == port.number,
                };
                for pods in pods_of(index, item.namespace, service) {
                    let ports = target_ports(service, pods, is_port);
                    for direction in [Direction::Ingress, Direction::Egress] {
                        let at = (item, path.to_string());
                        self.test_parties("the Ingress controller", &controllers, direction, pods, &ports, at);
                    }
                }
            }
        }
    }

    fn test_monitors(&mut self) {
        let index = self.index;
        let scrapers = parties(index, Runs::Prometheus, Some("Prometheus.monitoring.coreos.com"));
        let mut services: HashMap<_, Vec<&Service>> = HashMap::default();
        for (item, service) in index.all::<Service>() {
            for (key, value) in service.metadata.labels.iter().flatten() {
                services.entry((item.namespace, key.as_str(), value.as_str())).or_default().push(service);
            }
        }
        for monitor in index.of_kind("ServiceMonitor.monitoring.coreos.com") {
            let Some(spec) = monitor.object.content().and_then(|content| content.get("spec")) else { continue };
            // One that looks into other namespaces or selects by expressions is left alone.
            let labels = spec.at("selector.matchLabels").map(Node::entries).unwrap_or_default();
            if spec.get("namespaceSelector").is_some() || labels.is_empty() {
                continue;
            }
            let wanted = labels.iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.text()?)));
            let candidates = wanted.clone().map(|(key, value)| services.get(&(monitor.namespace, key, value)));
            let Some(Some(candidates)) = candidates.min_by_key(|services| services.map_or(0, Vec::len)) else {
                continue;
            };
            for service in candidates {
                let own = service.metadata.labels.as_ref();
                if !wanted
                    .clone()
                    .all(|(key, value)| own.is_some_and(|own| own.get(key).is_some_and(|own| own == value)))
                {
                    continue;
                }
                let endpoints = spec.get("endpoints").map(Node::items).unwrap_or_default();
                for (number, endpoint) in endpoints.iter().enumerate() {
                    let Some(port) = endpoint.get("port").and_then(|port| port.text()) else { continue };
                    for pods in pods_of(index, monitor.namespace, service) {
                        let ports = target_ports(service, pods, |known| known.name.as_deref() == Some(port));
                        let at = (monitor, format!("spec.endpoints[{number}].port"));
                        self.test_parties("Prometheus", &scrapers, Direction::Ingress, pods, &ports, at);
                    }
                }
            }
        }
    }

    fn test_names(&mut self) {
        let index = self.index;
        let mut names = Names::default();
        let others = first_names(index);
        for pods in &index.pods {
            let mut resolves = None;
            for named in names.of(index, pods) {
                let (target, service) = named.service;
                let (at, path) = &named.at;
                resolves = resolves.or_else(|| Some((*at, path.clone(), named.text.clone())));
                self.test_outside(pods, target, named.port, &(*at, path.clone(), format!("names {}", named.text)));
                for other in pods_of(index, target.namespace, service) {
                    // A pod may well name its own Service for others to use.
                    if other.item.index == pods.item.index {
                        continue;
                    }
                    let ports = target_ports(service, other, |known| named.port.is_none_or(|port| port == known.port));
                    if ports.is_empty() {
                        continue;
                    }
                    let whose = format!("{} from {} ({})", pods.item.label(), other.item.label(), shown(&ports));
                    let see = (*at, path.clone(), format!("names {}", named.text));
                    let leaves = self.policies.blocker(pods, Direction::Egress, Party::Pods(other), &ports);
                    let rule = format!("an egress rule to {}", other.item.label());
                    self.tell(leaves, THE_PODS, &pods.item.label(), &whose, see.clone(), &rule);
                    let arrives = self.policies.blocker(other, Direction::Ingress, Party::Pods(pods), &ports);
                    let rule = format!("an ingress rule from {}", pods.item.label());
                    self.tell(arrives, THE_PODS, &other.item.label(), &whose, see, &rule);
                }
            }
            // A host that is no Service may be one for visitors, and pods that are to ask nobody need no DNS.
            let asks_others = || {
                let policies = self.policies.selecting(pods, Direction::Egress);
                policies.iter().any(|(_, spec)| spec.egress.as_ref().is_some_and(|rules| !rules.is_empty()))
            };
            let resolves = resolves.or_else(|| others.get(&pods.item.index).filter(|_| asks_others()).cloned());
            let Some((at, path, text)) = resolves else { continue };
            // The second port is where OpenShift's DNS pods listen.
            let ports = [(53, "UDP"), (5353, "UDP")];
            let blocker = self.policies.blocker(pods, Direction::Egress, Party::SomeIn("kube-system"), &ports);
            let whose = format!("{} from DNS (53/UDP)", pods.item.label());
            let see = (at, path, format!("names {text}, which DNS has to resolve"));
            let by_tcp =
                || self.policies.blocker(pods, Direction::Egress, Party::SomeIn("kube-system"), &[(53, "TCP")]);
            let rule = if blocker.is_some() && by_tcp().is_none() {
                "protocol UDP for port 53, which is TCP where none is said,"
            } else {
                "an egress rule to kube-system for port 53, UDP and TCP,"
            };
            self.tell(blocker, THE_PODS, &pods.item.label(), &whose, see, rule);
        }
    }

    /// Tests whether pods may talk to a machine that a Service leads to.
    fn test_outside(
        &mut self,
        pods: &'i Pods<'a>,
        service: Item<'a>,
        port: Option<i32>,
        see: &(Item<'a>, String, String),
    ) {
        let outside = self.index.topology().outside.iter().find(|outside| outside.item.index == service.index);
        let Some(outside) = outside else { return };
        for to in outside.targets().iter().filter(|to| port.is_none_or(|port| outside.leads(port, to))) {
            let ports = [(i32::from(to.at.port()), to.protocol)];
            let blocker = self.policies.blocker(pods, Direction::Egress, Party::Outside(to.at.ip()), &ports);
            let whose = format!("{} from {} ({})", pods.item.label(), to.at.ip(), shown(&ports));
            let rule = format!("an egress rule to {}", to.at.ip());
            self.tell(blocker, THE_PODS, &pods.item.label(), &whose, see.clone(), &rule);
        }
    }

    /// Tests whether at least one of the parties that something is known by is heard by pods, or may talk to them.
    fn test_parties(
        &mut self,
        name: &str,
        parties: &[Party<'i, 'a>],
        direction: Direction,
        pods: &'i Pods<'a>,
        ports: &[Port<'_>],
        (at, path): (Item<'a>, String),
    ) {
        let blockers = parties.iter().map(|party| match (direction, *party) {
            (Direction::Ingress, party) => self.policies.blocker(pods, Direction::Ingress, party, ports),
            (Direction::Egress, Party::Pods(asking)) => {
                self.policies.blocker(asking, Direction::Egress, Party::Pods(pods), ports)
            }
            (Direction::Egress, Party::SomeIn(namespace)) => self.policies.blocker_of_all(namespace, pods, ports),
            (Direction::Egress, Party::Somewhere | Party::Outside(_)) => None,
        });
        let blocker = blockers.reduce(Option::and).flatten();
        if ports.is_empty() {
            return;
        }
        let label = pods.item.label();
        let whose = format!("{name} from {label} ({})", shown(ports));
        let see = (at, path, "asks for it".to_owned());
        match direction {
            Direction::Ingress => {
                self.tell(blocker, THE_PODS, &label, &whose, see, &format!("an ingress rule from {name}"));
            }
            Direction::Egress => {
                let is_known = matches!(parties, [Party::Pods(_), ..]);
                let selected = if is_known { THE_PODS } else { "all pods there" };
                self.tell(blocker, selected, name, &whose, see, &format!("an egress rule to {label}"));
            }
        }
    }

    /// Tells that a policy selects pods and has no such rule for them, once.
    fn tell(
        &mut self,
        blocker: Option<Item<'a>>,
        selected: &str,
        label: &str,
        whose: &str,
        (at, path, what): (Item<'a>, String, String),
        rule: &str,
    ) {
        let Some(blocker) = blocker else { return };
        if !self.told.insert((whose.to_owned(), rule.to_owned())) {
            return;
        }
        let finding = kept(blocker, selected, label, whose, rule);
        self.findings.push(finding.see(at, path, what));
    }
}

/// The first host that pods are told of, whether or not it is a Service: the object that names it, the field and the name.
fn first_names<'a>(index: &Index<'a>) -> HashMap<usize, (Item<'a>, String, String)> {
    let mut first = HashMap::default();
    places(index, |place| {
        if place.host.is_sure {
            let named = || (place.item, place.path(), place.host.name.to_owned());
            first.entry(place.pods.item.index).or_insert_with(named);
        }
    });
    first
}

/// That a policy selects these, and keeps one from another: `web from db (5432/TCP)`.
pub(crate) fn kept(blocker: Item<'_>, selected: &str, label: &str, whose: &str, rule: &str) -> Finding {
    let message = format!("the NetworkPolicies of namespace {} keep {whose}", blocker.namespace);
    let help = format!("add {rule} to a policy that selects {label}");
    let why = format!("{} selects {selected}, so that they may do only what a rule allows", blocker.label());
    CHECK.finding(message, help).why(why).at(blocker, "spec")
}

/// Who something may be: pods by their images, pods of releases by what their chart runs, pods that an operator makes
/// of a custom kind; anyone, where none is known.
pub(crate) fn parties<'i, 'a>(index: &'i Index<'a>, what: Runs, kind: Option<&str>) -> Vec<Party<'i, 'a>> {
    let is_it = |image: &str| charts::is_image_of(image, what);
    let runs = |pods: &&Pods<'a>| pods.spec.containers.iter().any(|main| main.image.as_deref().is_some_and(is_it));
    let mut parties: Vec<_> = index.pods.iter().filter(runs).map(Party::Pods).collect();
    let releases = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases);
    let releases = releases.filter(|release| charts::of(release.chart.name).and_then(|facts| facts.runs) == Some(what));
    parties.extend(releases.map(|release| Party::SomeIn(&release.namespace)));
    parties.extend(kind.into_iter().flat_map(|kind| index.of_kind(kind)).map(|item| Party::SomeIn(item.namespace)));
    if parties.is_empty() {
        parties.push(Party::Somewhere);
    }
    parties
}

fn pods_of<'i, 'a>(index: &'i Index<'a>, namespace: &str, service: &Service) -> Vec<&'i Pods<'a>> {
    let selector = service.spec.as_ref().and_then(|spec| spec.selector.as_ref());
    selector.map(|labels| index.selected(namespace, labels)).unwrap_or_default()
}

/// The ports of pods that those of a Service lead to.
pub(crate) fn target_ports<'a>(
    service: &'a Service,
    pods: &Pods<'_>,
    is: impl Fn(&ServicePort) -> bool,
) -> Vec<Port<'a>> {
    let ports = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()).filter(|port| is(port));
    let ports = ports.filter_map(|port| {
        let number = match &port.target_port {
            None => port.port,
            Some(IntOrString::Int(number)) => *number,
            Some(IntOrString::String(name)) => named_port(pods, name)?,
        };
        Some((number, port.protocol.as_deref().unwrap_or("TCP")))
    });
    ports.collect()
}

/// `80/TCP or 443/TCP`.
pub(crate) fn shown(ports: &[Port<'_>]) -> String {
    ports.iter().map(|(number, protocol)| format!("{number}/{protocol}")).collect::<Vec<_>>().join(" or ")
}
