//! What NetworkPolicies say of a connection, at both of its ends.

use std::net::{IpAddr, SocketAddr};

use super::service::By;
use super::trail::Trail;
use super::{Hop, Stage, State};
use crate::check::references::netpol_blocks_edge::{THE_PODS, kept, parties, shown};
use crate::check::references::service_names::{Named, Names};
use crate::check::traffic::{Direction, OTHERS, Party, Port, Verdict, is_itself};
use crate::check::{Finding, Index, Item, Pods};
use crate::facts::charts::Runs;

/// Who asks.
pub(super) enum Who<'i, 'a> {
    /// Somebody outside.
    Visitor,
    /// The Ingress controller, for somebody.
    Controller,
    /// Pods.
    Pods(&'i Pods<'a>),
}

/// An address on the internet that is nobody's: RFC 5737.
const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 1));
/// Why a policy may not let through what it seems to.
const IN_DOUBT: &str = "that hangs on labels of a namespace, or on addresses of pods, which nothing here tells";
/// DNS, at the second port in OpenShift.
const DNS: [Port<'static>; 2] = [(53, "UDP"), (5353, "UDP")];

/// Takes the hops of the policies between who asks and pods of a Service, at these ports of theirs.
pub(super) fn passes<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    who: &Who<'i, 'a>,
    (service, to): (Item<'a>, &'i Pods<'a>),
    ports: &[Port<'_>],
    by: By<'_, 'a>,
) -> Option<()> {
    if let Some(hop) = unread(trail) {
        return trail.take(hop);
    }
    let index = trail.index;
    let label = to.item.label();
    let service = Some(service);
    match who {
        Who::Visitor => {
            let parties: Vec<_> = addresses(index).into_iter().map(Party::Outside).collect();
            let edge = Edge { asking: "visitors", pods: to, ports, service, by: None };
            edge.enters(trail, &parties)
        }
        Who::Controller => {
            let parties = parties(index, Runs::IngressController, None);
            let name = "the Ingress controller";
            let see = by.map(|(item, path)| (item, path.to_owned(), "asks for it".to_owned()));
            let edge = Edge { asking: name, pods: to, ports, service, by: see };
            for party in &parties {
                match *party {
                    Party::Pods(asking) => edge.leaves(trail, asking, Party::Pods(to), &label, name)?,
                    Party::SomeIn(namespace) => edge.leaves_all(trail, namespace, name)?,
                    Party::Somewhere | Party::Outside(_) => {}
                }
            }
            edge.enters(trail, &parties)
        }
        Who::Pods(asking) => {
            let see = named(index, asking, service).map(seen);
            let asker = asking.item.label();
            if is_itself(asking, to) {
                let hop = Hop::new(Stage::Policy, format!("from {label} to itself ({})", shown(ports)));
                return trail.take(hop.note("no NetworkPolicy keeps a pod from itself"));
            }
            let edge = Edge { asking: &asker, pods: to, ports, service, by: see };
            edge.leaves(trail, asking, Party::Pods(to), &label, &asker)?;
            edge.enters(trail, &[Party::Pods(asking)])
        }
    }
}

/// Takes the hop of the policies that decide whether pods get out to an address.
pub(super) fn leaves<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    asking: &'i Pods<'a>,
    to: SocketAddr,
    service: Option<Item<'a>>,
) -> Option<()> {
    leaves_to(trail, asking, to, &to.ip().to_string(), service)
}

fn leaves_to<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    asking: &'i Pods<'a>,
    to: SocketAddr,
    label: &str,
    service: Option<Item<'a>>,
) -> Option<()> {
    if let Some(hop) = unread(trail) {
        return trail.take(hop);
    }
    let see = service.and_then(|service| named(trail.index, asking, Some(service))).map(seen);
    let asker = asking.item.label();
    let ports = [(i32::from(to.port()), "TCP")];
    let edge = Edge { asking: &asker, pods: asking, ports: &ports, service, by: see };
    edge.leaves(trail, asking, Party::Outside(to.ip()), label, &asker)
}

/// Takes the hop of the policies that decide whether pods get out to somebody on the internet.
pub(super) fn leaves_for_anywhere<'i, 'a>(trail: &mut Trail<'i, 'a>, asking: &'i Pods<'a>, port: u16) -> Option<()> {
    leaves_to(trail, asking, SocketAddr::new(STRANGER, port), "the internet", None)
}

/// Takes the hop of the policies that decide whether pods get to DNS.
pub(super) fn asks_dns<'i, 'a>(trail: &mut Trail<'i, 'a>, asking: &'i Pods<'a>) -> Option<()> {
    if unread(trail).is_some() {
        return Some(());
    }
    let verdict = trail.policies()?.verdict(asking, Direction::Egress, Party::SomeIn("kube-system"), &DNS);
    let label = asking.item.label();
    let hop = Hop::new(Stage::Policy, format!("out of {label} to DNS (53/UDP)"));
    let policy = match verdict {
        Verdict::Blocked(policy) => policy,
        Verdict::Free => return Some(()),
        Verdict::Allowed(policy) => {
            let strict = trail.sure_policies();
            let dns = Party::SomeIn("kube-system");
            let sure = strict.map(|strict| strict.verdict(asking, Direction::Egress, dns, &DNS));
            if !matches!(sure, Some(Verdict::Blocked(_))) {
                return Some(());
            }
            return trail.take(hop.at(policy, "spec").note(format!("by {}", policy.label())).unknown(IN_DOUBT));
        }
    };
    let whose = format!("{label} from DNS (53/UDP)");
    let rule = "an egress rule to kube-system for port 53, UDP and TCP,";
    let see = named(trail.index, asking, None).map(|named| {
        let (item, path, text) = seen(named);
        (item, path, format!("{text}, which DNS has to resolve"))
    });
    let hop = blocked(trail, hop, policy, kept(policy, THE_PODS, &label, &whose, rule), see);
    trail.take(hop)
}

/// A connection to pods.
struct Edge<'e, 'i, 'a> {
    /// Who asks, as a person would say it.
    asking: &'e str,
    /// The pods that are asked.
    pods: &'i Pods<'a>,
    ports: &'e [Port<'e>],
    /// The Service by which they are asked.
    service: Option<Item<'a>>,
    /// The field that asks for it, and what stands there.
    by: Option<(Item<'a>, String, String)>,
}

impl<'i, 'a> Edge<'_, 'i, 'a> {
    /// Whether pods that ask may talk to the other party.
    fn leaves(
        &self,
        trail: &mut Trail<'i, 'a>,
        asking: &'i Pods<'a>,
        party: Party<'i, 'a>,
        to: &str,
        asker: &str,
    ) -> Option<()> {
        let verdict = trail.policies()?.verdict(asking, Direction::Egress, party, self.ports);
        let hop = Hop::new(Stage::Policy, format!("out of {} to {to} ({})", self.asking, shown(self.ports)));
        let hop = match verdict {
            Verdict::Free => hop.note("no NetworkPolicy limits whom it may ask"),
            Verdict::Allowed(policy) => self.allowed(trail, hop, policy, asking, Direction::Egress, &[party]),
            Verdict::Blocked(policy) => {
                if let Some(found) = self.by_port_of_service(trail, asking, Direction::Egress) {
                    let hop = trail.judged(hop.at(policy, "spec"), Some(found));
                    return trail.take(hop);
                }
                let whose = format!("{} from {to} ({})", self.asking, shown(self.ports));
                let rule = format!("an egress rule to {to}");
                blocked(trail, hop, policy, kept(policy, THE_PODS, asker, &whose, &rule), self.by.clone())
            }
        };
        trail.take(hop)
    }

    /// Whether every pod of a namespace, whoever makes it, may talk to the pods.
    fn leaves_all(&self, trail: &mut Trail<'i, 'a>, namespace: &'a str, asker: &str) -> Option<()> {
        let label = self.pods.item.label();
        let Some(policy) = trail.policies()?.blocker_of_all(namespace, self.pods, self.ports) else { return Some(()) };
        let whose = format!("{asker} from {label} ({})", shown(self.ports));
        let rule = format!("an egress rule to {label}");
        let hop = Hop::new(Stage::Policy, format!("out of {asker} to {label} ({})", shown(self.ports)));
        let hop = blocked(trail, hop, policy, kept(policy, "all pods there", asker, &whose, &rule), self.by.clone());
        trail.take(hop)
    }

    /// Whether the pods hear one of the parties that ask.
    fn enters(&self, trail: &mut Trail<'i, 'a>, parties: &[Party<'i, 'a>]) -> Option<()> {
        let label = self.pods.item.label();
        let policies = trail.policies()?;
        let mut verdicts =
            parties.iter().map(|party| policies.verdict(self.pods, Direction::Ingress, *party, self.ports));
        let first = verdicts.next()?;
        let verdict = verdicts.fold(first, |one, other| if matches!(one, Verdict::Blocked(_)) { other } else { one });
        let hop = Hop::new(Stage::Policy, format!("into {label} from {} ({})", self.asking, shown(self.ports)));
        let hop = match verdict {
            Verdict::Free => hop.note("no NetworkPolicy limits who may ask it"),
            Verdict::Allowed(policy) => self.allowed(trail, hop, policy, self.pods, Direction::Ingress, parties),
            Verdict::Blocked(policy) => {
                if let Some(found) = self.by_port_of_service(trail, self.pods, Direction::Ingress) {
                    let hop = trail.judged(hop.at(policy, "spec"), Some(found));
                    return trail.take(hop);
                }
                let whose = format!("{} from {label} ({})", self.asking, shown(self.ports));
                let rule = format!("an ingress rule from {}", self.asking);
                blocked(trail, hop, policy, kept(policy, THE_PODS, &label, &whose, &rule), self.by.clone())
            }
        };
        trail.take(hop)
    }

    /// That a policy of pods allows the port of the Service, and not the one behind it.
    fn by_port_of_service(&self, trail: &mut Trail<'i, 'a>, pods: &Pods<'a>, direction: Direction) -> Option<Finding> {
        let service = self.service?;
        let policies = trail.policies()?.selecting(pods, direction);
        let field = if direction == Direction::Ingress { "spec.ingress" } else { "spec.egress" };
        trail.finding_where("netpol-service-port", |finding| {
            let place = finding.place.as_ref().filter(|place| place.path.starts_with(field));
            place.is_some_and(|place| policies.iter().any(|(policy, _)| policy.index == place.index))
                && finding.related.iter().any(|(place, _)| place.index == service.index)
        })
    }

    /// A hop that a policy allows, unless that hangs on what nobody knows.
    fn allowed(
        &self,
        trail: &Trail<'i, 'a>,
        hop: Hop,
        policy: Item<'a>,
        pods: &'i Pods<'a>,
        direction: Direction,
        parties: &[Party<'i, 'a>],
    ) -> Hop {
        let hop = hop.at(policy, "spec").note(format!("by {}", policy.label()));
        let Some(strict) = trail.sure_policies() else { return hop };
        let mut verdicts = parties.iter().map(|party| strict.verdict(pods, direction, *party, self.ports));
        if verdicts.all(|verdict| matches!(verdict, Verdict::Blocked(_))) {
            return hop.unknown(IN_DOUBT);
        }
        hop
    }
}

/// A hop that a policy forbids: a fault where an object asks for it, and meant otherwise.
fn blocked<'a>(
    trail: &Trail<'_, 'a>,
    hop: Hop,
    policy: Item<'a>,
    finding: Finding,
    by: Option<(Item<'a>, String, String)>,
) -> Hop {
    let hop = hop.at(policy, "spec");
    match by {
        Some((item, path, what)) => trail.judged(hop, Some(finding.see(item, path, what))),
        None => hop.is(State::Blocked(format!(
            "{}, and no object asks for it; if it is to be: {}",
            finding.message, finding.help
        ))),
    }
}

/// What to say where other kinds of policies decide, too.
fn unread(trail: &Trail<'_, '_>) -> Option<Hop> {
    let other = OTHERS.into_iter().find_map(|kind| trail.index.of_kind(kind).next())?;
    let hop = Hop::new(Stage::Policy, "policies decide who may ask whom").at(other, "");
    Some(hop.unknown(format!("{} and its like are not read here", other.label())))
}

/// Where pods name a Service, or any Service at all.
fn named<'a>(index: &Index<'a>, pods: &Pods<'a>, service: Option<Item<'_>>) -> Option<Named<'a>> {
    let mut all = Names::default().of(index, pods).into_iter();
    all.find(|named| service.is_none_or(|service| named.service.0.index == service.index))
}

fn seen(named: Named<'_>) -> (Item<'_>, String, String) {
    let (item, path) = named.at;
    (item, path, format!("names {}", named.text))
}

/// Addresses under which visitors may come: a stranger's, those of neighbours, and those of nodes, which send on what comes to them.
fn addresses(index: &Index<'_>) -> Vec<IpAddr> {
    let cluster = index.cluster();
    let networks = cluster.into_iter().flat_map(|cluster| &cluster.networks).flat_map(|network| &network.subnets);
    let neighbours = networks.map(|subnet| subnet.cidr().network());
    let nodes = cluster.into_iter().flat_map(|cluster| &cluster.nodes).map(|node| node.address);
    let told = index.topology().nodes.iter().map(|used| used.addresses.first());
    [STRANGER].into_iter().chain(neighbours).chain(nodes).chain(told).take(64).collect()
}
