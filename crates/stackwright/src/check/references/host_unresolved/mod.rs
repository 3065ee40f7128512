mod instead;

use k8s_openapi::api::core::v1::Service;

use super::hosts::{Place, places};
use super::missing::{is_made_elsewhere, is_slip, list, may_be_one};
use super::{advice, ports, scheme_port};
use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Item, Pods, Profile, Severity};
use crate::facts::domains;
use crate::nearest::nearest;
use crate::yaml::is_unknown;

pub(super) const CHECK: Check = Check {
    id: "host-unresolved",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A variable, a command or a setting of a pod names a host such as `db` or `db.data:5432`, and there is no \
            such Service or port.",
    run,
};

const SERVICE: &str = "Service";

/// The most places that a finding shows beside the first.
const MOST: usize = 4;

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut hosts = Hosts { index, known: None, of_schemes: HashMap::default(), told: HashMap::default(), findings };
    places(index, |place| hosts.look(place));
}

struct Hosts<'i, 'a, 'f> {
    index: &'i Index<'a>,
    known: Option<Known<'a>>,
    /// What to do about a URL of a name and a scheme's port in an object; none where that is right.
    of_schemes: HashMap<(usize, &'a str, i32), Option<String>>,
    /// The finding about a name and a port in a namespace, and how many places it shows.
    told: HashMap<(&'a str, &'a str, Option<i32>), (usize, usize)>,
    findings: &'f mut Vec<Finding>,
}

/// What is looked up only once a name is not found.
struct Known<'a> {
    services: HashMap<&'a str, Vec<Item<'a>>>,
    /// Objects of which an operator may make Services.
    custom: HashSet<(&'a str, &'a str)>,
    machines: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(index: &Index<'a>) -> Self {
        let mut services: HashMap<_, Vec<_>> = HashMap::default();
        for item in index.of_kind(SERVICE) {
            services.entry(item.object.name()).or_default().push(item);
        }
        let custom = index.items.iter().filter(|item| item.object.content().is_some());
        let cluster = index.cluster();
        let nodes = cluster.into_iter().flat_map(|cluster| &cluster.nodes).map(crate::Node::name);
        let hosts = cluster.into_iter().flat_map(|cluster| &cluster.hosts).map(|host| host.name.as_str());
        Self {
            services,
            custom: custom.map(|item| (item.namespace, item.object.name())).collect(),
            machines: nodes.chain(hosts).chain(index.of_kind("Node").map(|item| item.object.name())).collect(),
        }
    }

    /// Whether an operator may make this Service of an object that has its name, or the beginning of it.
    fn may_be_made(&self, namespace: &'a str, name: &'a str) -> bool {
        let mut ends = name.match_indices('-').map(|(end, _)| end).chain([name.len()]);
        !self.custom.is_empty() && ends.any(|end| self.custom.contains(&(namespace, &name[..end])))
    }
}

/// Why a name is not found, as far as it can be known.
struct Reason {
    help: String,
    severity: Severity,
}

impl<'a> Hosts<'_, 'a, '_> {
    fn look(&mut self, place: &Place<'_, 'a>) {
        let (index, host, own) = (self.index, place.host, place.pods.item.namespace);
        if let Some(reordered) = instead::reordered(index, host.name) {
            let message = format!("{} names {}, which DNS doesn't have", place.item.label(), host.name);
            let help = format!("name it {reordered}: the namespace comes before svc");
            return self.tell(place, None, || CHECK.finding(message, help));
        }
        let mut labels = host.name.split('.');
        let (Some(first), second, None) = (labels.next(), labels.next(), labels.next()) else { return };
        let namespace = second.unwrap_or(own);
        if let Some(service) = index.get::<Service>(namespace, first) {
            return self.look_at_port(place, service);
        }
        let is_made = second.is_none() && is_made_elsewhere(index, own);
        if is_made || is_unknown(host.name) || asks_others(index, place.pods, host.name) {
            return;
        }
        // A pod, by the name that its headless Service gives it.
        if let Some(service) = second.filter(|service| index.named(SERVICE, own, service).is_some()) {
            if let Some((fact, help)) = instead::beyond(index, own, first, service) {
                let message = format!("{} names {}, and {fact}", place.item.label(), host.name);
                self.tell(place, None, || CHECK.finding(message, help));
            }
            return;
        }
        self.known.get_or_insert_with(|| Known::of(index));
        let reason = match second {
            None => self.why_not(place, own, first),
            Some(second) => self.why_no_pair(place, first, second),
        };
        if let Some(Reason { help, severity }) = reason {
            let message = format!("{} names {}, and there is no such Service", place.item.label(), host.name);
            let message = if second.is_none() { format!("{message} in namespace {own}") } else { message };
            self.tell(place, None, || CHECK.finding(message, help).rated(severity));
        }
    }

    /// Tests whether a Service has the port that is asked for. A headless one leads to the pods themselves.
    fn look_at_port(&mut self, place: &Place<'_, 'a>, (item, service): (Item<'a>, &'a Service)) {
        if let Some(of_scheme) = place.host.scheme.filter(|_| place.host.is_sure) {
            return self.look_at_scheme(place, (item, service), of_scheme);
        }
        let is_headless = service.spec.as_ref().is_none_or(|spec| spec.cluster_ip.as_deref() == Some("None"));
        let Some(port) = place.host.port.filter(|_| place.host.is_sure && !is_headless) else { return };
        let Some(help) = ports::help_for_lacking(service, ports::Wanted::Number(port)) else { return };
        let name = place.host.name;
        let message = format!("{} names {name}:{port}, and {} has no such port", place.item.label(), item.label());
        let shown = ports::shown(service);
        self.tell(place, Some(port), || CHECK.finding(message, help).see(item, "spec.ports", shown));
    }

    /// Tests whether a Service has the port of a URL that names none.
    fn look_at_scheme(
        &mut self,
        place: &Place<'_, 'a>,
        (item, service): (Item<'a>, &'a Service),
        (scheme, port): (&str, i32),
    ) {
        let name = place.host.name;
        let help = || scheme_port::help(service, (scheme, port), name, (place.item, place.pods));
        let Some(help) = self.of_schemes.entry((place.item.index, name, port)).or_insert_with(help).clone() else {
            return;
        };
        let message = format!(
            "{} names {scheme}://{name}, which is for port {port}, and {} has no such port",
            place.item.label(),
            item.label()
        );
        let shown = ports::shown(service);
        self.tell(place, Some(port), || CHECK.finding(message, help).see(item, "spec.ports", shown));
    }

    /// Why a name of one label is no Service of the pods' namespace; none where it may be something else.
    fn why_not(&self, place: &Place<'_, 'a>, namespace: &'a str, name: &'a str) -> Option<Reason> {
        let (index, host, pods) = (self.index, place.host, place.pods);
        let known = self.known.as_ref()?;
        // A program is told its own name as well.
        if known.machines.contains(name) || known.may_be_made(namespace, name) || pods.item.object.name() == name {
            return None;
        }
        if let Some(reason) = self.slip(place, namespace, name) {
            return Some(reason);
        }
        let has_port = |item: &&Item<'a>| {
            let spec = item.object.get::<Service>().and_then(|service| service.spec.as_ref());
            spec.and_then(|spec| spec.ports.as_ref())
                .is_some_and(|ports| ports.iter().any(|known| Some(known.port) == host.port))
        };
        let mut elsewhere =
            known.services.get(name).into_iter().flatten().filter(|item| host.is_sure || has_port(item));
        if let Some(other) = elsewhere.next() {
            let full = |item: &Item<'_>| format!("{name}.{}.svc", item.namespace);
            let is_sure = !may_be_one(index, namespace, *other) && pods.item.object.namespace().is_some();
            let help = match elsewhere.next() {
                None => format!("{} is in another namespace: name it {}", other.label(), full(other)),
                Some(third) => {
                    format!("name its namespace as well: {} or {}, whichever is meant", full(other), full(third))
                }
            };
            let severity = if is_sure || index.is_closed() { Severity::Warning } else { Severity::Information };
            return Some(Reason { help, severity });
        }
        if !host.is_sure {
            return None;
        }
        let mut neighbours = pods.containers().filter(|(path, _)| !path.initialises);
        if pods.spec.containers.len() > 1 && neighbours.any(|(_, container)| container.name == name) {
            let help = format!("{name} is a container of the same pod: name localhost instead");
            return Some(Reason { help, severity: Severity::Warning });
        }
        if let Some(help) = instead::alike(index, pods, name, host.port) {
            return Some(Reason { help, severity: Severity::Warning });
        }
        let services = index.names(SERVICE, namespace);
        if !index.is_closed() && services.is_empty() {
            return None;
        }
        let add = advice::add(index, SERVICE.into(), "the Service");
        let help = match list(&services) {
            Some(names) => format!("{add}, or name one of those in {namespace}: {names}"),
            None => format!("{add}, or name what is there"),
        };
        let severity = if index.is_closed() { Severity::Warning } else { Severity::Information };
        Some(Reason { help, severity })
    }

    /// Why a name of two labels is neither a Service of a namespace nor a pod of a headless Service.
    fn why_no_pair(&self, place: &Place<'_, 'a>, name: &'a str, namespace: &'a str) -> Option<Reason> {
        let (index, host, own) = (self.index, place.host, place.pods.item.namespace);
        let known = self.known.as_ref()?;
        let is_there = index.named("Namespace", "", namespace).is_some() || index.has_namespace(namespace);
        if !is_there {
            let others = known.services.get(name).into_iter().flatten().map(|item| item.namespace);
            let help = instead::pod(index, own, name, namespace).or_else(|| {
                let meant = nearest(namespace, others)?;
                Some(format!("did you mean {name}.{meant}?"))
            });
            return help.filter(|_| host.is_sure).map(|help| Reason { help, severity: Severity::Warning });
        }
        let is_made = is_made_elsewhere(index, namespace)
            || index.world.makes(SERVICE.into(), namespace, name)
            || known.may_be_made(namespace, name);
        if is_made {
            return None;
        }
        if let Some(reason) = self.slip(place, namespace, name) {
            return Some(reason);
        }
        if !host.is_sure || domains::is_one(namespace) {
            return None;
        }
        let services = index.names(SERVICE, namespace);
        let add = advice::add(index, SERVICE.into(), "the Service");
        let help = match (known.services.get(name).and_then(|others| others.first()), list(&services)) {
            (Some(other), _) => {
                format!("{} is in another namespace: name it {name}.{}", other.label(), other.namespace)
            }
            (None, Some(names)) => format!("{add}, or name one of those in {namespace}: {names}"),
            (None, None) => format!("{add}, or name what is there"),
        };
        let severity = if index.is_closed() { Severity::Warning } else { Severity::Information };
        Some(Reason { help, severity })
    }

    /// That a name is nearly that of a Service in a namespace.
    fn slip(&self, place: &Place<'_, 'a>, namespace: &str, name: &str) -> Option<Reason> {
        let index = self.index;
        let meant = nearest(name, index.names(SERVICE, namespace))?;
        let is_longer = name.starts_with(meant) || meant.starts_with(name);
        let is_slip = is_slip(index, SERVICE.into(), namespace, name) && (place.host.is_sure || !is_longer);
        let whole = place.host.name.replacen(name, meant, 1);
        // Many short names are near to one another, and both are right.
        let is_certain = index.is_closed() || name.len() > 4;
        let severity = if is_certain { Severity::Warning } else { Severity::Information };
        is_slip.then(|| Reason { help: format!("did you mean {whole}?"), severity })
    }

    /// Tells of a name once in a namespace, and shows a few of the other places that have it.
    fn tell(&mut self, place: &Place<'_, 'a>, port: Option<i32>, finding: impl FnOnce() -> Finding) {
        let key = (place.pods.item.namespace, place.host.name, port);
        if let Some((number, shown)) = self.told.get_mut(&key) {
            if *shown < MOST
                && self.findings[*number].place.as_ref().is_some_and(|first| first.index != place.item.index)
            {
                let finding = self.findings[*number].clone().see(place.item, place.path(), "so does this");
                self.findings[*number] = finding;
                *shown += 1;
            }
            return;
        }
        self.told.insert(key, (self.findings.len(), 0));
        self.findings.push(finding().at(place.item, place.path()));
    }
}

/// Whether a finding says that a name is no Service's.
pub(crate) fn is_about(finding: &Finding, name: &str) -> bool {
    let (_, said) = finding.message.split_once(" names ").unwrap_or_default();
    said.strip_prefix(name).is_some_and(|rest| rest.starts_with(", and there is no such Service"))
}

/// Whether pods find a name otherwise than as a Service of their namespace, or may: in their hosts file, another name server's answers,
/// another domain.
fn asks_others(index: &Index<'_>, pods: &Pods<'_>, name: &str) -> bool {
    let spec = pods.spec;
    let policy = spec.dns_policy.as_deref().unwrap_or("ClusterFirst");
    let asks_node = match policy {
        "ClusterFirst" => spec.host_network == Some(true),
        policy => policy != "ClusterFirstWithHostNet",
    };
    let mut aliases = spec.host_aliases.iter().flatten().flat_map(|alias| alias.hostnames.iter().flatten());
    let searches = spec.dns_config.as_ref().and_then(|config| config.searches.as_ref());
    asks_node
        || aliases.any(|alias| alias == name)
        || searches.is_some_and(|searches| !searches.is_empty())
        || spec.hostname.as_deref() == Some(name)
        || index.world.makes(SERVICE.into(), pods.item.namespace, name)
}
