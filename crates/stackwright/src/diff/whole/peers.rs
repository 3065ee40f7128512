//! Who may be at the other end of a pod's connections.

use indexmap::IndexMap;

use super::Sides;
use crate::HashSet;
use crate::check::traffic::{Direction, Party, Policies, Port};
use crate::check::{Index, Pods};

/// No port that pods could have: what passes there passes at all of them.
pub(super) const ANY: Port<'_> = (0, "TCP");

/// The pods of an object before and after, or those of a namespace that something else makes.
#[derive(Clone, Copy)]
pub(super) enum Peer<'i, 'a> {
    Pods(&'i Pods<'a>, &'i Pods<'a>),
    In(&'a str),
}

/// Peers by the ports at which something is true of them.
pub(super) type ByPorts<'i, 'a> = Vec<(Vec<Port<'a>>, Vec<Peer<'i, 'a>>)>;

/// Everyone who is there before and after, and what policies let them do.
pub(super) struct Peers<'i, 'a> {
    pub(super) old: Policies<'i, 'a>,
    pub(super) new: Policies<'i, 'a>,
    /// Those that are there before and after.
    both: Vec<Peer<'i, 'a>>,
    /// Those that are new.
    added: Vec<Peer<'i, 'a>>,
    after: &'i Index<'a>,
}

impl<'i, 'a> Peers<'i, 'a> {
    pub(super) fn new(
        sides: &Sides<'i, 'a>,
        (old, new): (Policies<'i, 'a>, Policies<'i, 'a>),
        pairs: Vec<(&'i Pods<'a>, &'i Pods<'a>)>,
    ) -> Self {
        let after = sides.after;
        let releases =
            after.cluster().into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases);
        let mut namespaces: Vec<_> = after.of_kind("Namespace").map(|item| item.object.name()).collect();
        namespaces.extend(releases.map(|release| release.namespace.as_str()));
        namespaces.sort_unstable();
        namespaces.dedup();
        namespaces.retain(|namespace| !after.has_all_pods(namespace) && !sides.before.has_all_pods(namespace));
        let pods = pairs.into_iter().map(|(was, is)| Peer::Pods(was, is));
        let added = after.pods.iter().filter(|pods| sides.old(pods).is_none());
        Self {
            old,
            new,
            both: pods.chain(namespaces.into_iter().map(Peer::In)).collect(),
            added: added.map(|pods| Peer::Pods(pods, pods)).collect(),
            after,
        }
    }

    /// The peers that pods hear or reach only now, or only before.
    pub(super) fn differing(
        &self,
        (was, is): (&'i Pods<'a>, &'i Pods<'a>),
        direction: Direction,
        gained: bool,
        but: &HashSet<usize>,
    ) -> ByPorts<'i, 'a> {
        let peers = self.both.iter().filter(|peer| !matches!(peer, Peer::Pods(_, is) if but.contains(&is.item.index)));
        by_ports(is, direction, peers, |peer, port| {
            let before = passes(&self.old, was, peer.party(false), direction, port);
            let now = passes(&self.new, is, peer.party(true), direction, port);
            if gained { now && !before } else { before && !now }
        })
    }

    /// The peers that pods hear or reach now.
    pub(super) fn allowed(&self, pods: &'i Pods<'a>, direction: Direction) -> ByPorts<'i, 'a> {
        let is = |peer: Peer<'i, 'a>, port| passes(&self.new, pods, peer.party(true), direction, port);
        by_ports(pods, direction, self.both.iter().chain(&self.added), is)
    }

    /// Peers of these pods as a person would call them, all of a namespace together.
    pub(super) fn named(&self, peers: &[Peer<'i, 'a>], pods: &Pods<'a>) -> Vec<String> {
        let mut by_namespace: IndexMap<&str, Vec<&Pods<'a>>> = IndexMap::new();
        for peer in peers {
            match peer {
                Peer::Pods(_, other) => by_namespace.entry(other.item.namespace).or_default().push(other),
                Peer::In(namespace) => _ = by_namespace.entry(namespace).or_default(),
            }
        }
        let mut named = Vec::new();
        for (namespace, others) in by_namespace {
            let is_own = |other: &&Pods<'_>| other.item.index == pods.item.index;
            let is_all = others.len() > 1 && others.len() == self.after.pods_in(namespace).count();
            if others.is_empty() {
                named.push(format!("pods in namespace {namespace}"));
            } else if is_all {
                named.push(format!("every pod in namespace {namespace}"));
            } else {
                let label =
                    |other: &&Pods<'_>| if is_own(other) { "its own pods".to_owned() } else { other.item.label() };
                named.extend(others.iter().map(label));
            }
        }
        named
    }
}

impl<'i, 'a> Peer<'i, 'a> {
    fn party(self, is_after: bool) -> Party<'i, 'a> {
        match self {
            Self::Pods(was, is) => Party::Pods(if is_after { is } else { was }),
            Self::In(namespace) => Party::SomeIn(namespace),
        }
    }
}

/// Peers by the ports at which something is true of them: those of whoever is asked.
fn by_ports<'p, 'i: 'p, 'a: 'i>(
    pods: &'i Pods<'a>,
    direction: Direction,
    peers: impl Iterator<Item = &'p Peer<'i, 'a>>,
    is: impl Fn(Peer<'i, 'a>, Port<'a>) -> bool,
) -> ByPorts<'i, 'a> {
    let mut found: IndexMap<Vec<Port<'a>>, Vec<Peer<'i, 'a>>> = IndexMap::new();
    let own = ports(pods);
    for peer in peers {
        let ports = match (direction, peer) {
            (Direction::Egress, Peer::Pods(_, other)) => ports(other),
            _ => own.clone(),
        };
        let ports: Vec<_> = ports.into_iter().filter(|port| is(*peer, *port)).collect();
        if !ports.is_empty() {
            found.entry(ports).or_default().push(*peer);
        }
    }
    found.into_iter().collect()
}

/// Whether both the policies of pods and those of the other party let them talk at a port of who is asked.
fn passes<'i, 'a>(
    policies: &Policies<'i, 'a>,
    pods: &'i Pods<'a>,
    party: Party<'i, 'a>,
    direction: Direction,
    port: Port<'_>,
) -> bool {
    let ports = &[port];
    let other_side = match (direction, party) {
        (Direction::Ingress, Party::Pods(asking)) => {
            policies.blocker(asking, Direction::Egress, Party::Pods(pods), ports)
        }
        (Direction::Ingress, Party::SomeIn(namespace)) => policies.blocker_of_all(namespace, pods, ports),
        (Direction::Egress, Party::Pods(asked)) => {
            policies.blocker(asked, Direction::Ingress, Party::Pods(pods), ports)
        }
        _ => None,
    };
    other_side.is_none() && policies.blocker(pods, direction, party, ports).is_none()
}

/// The ports that pods declare; any, where they declare none.
fn ports<'a>(pods: &Pods<'a>) -> Vec<Port<'a>> {
    let declared = pods.containers().flat_map(|(_, container)| container.ports.iter().flatten());
    let mut ports: Vec<_> =
        declared.map(|port| (port.container_port, port.protocol.as_deref().unwrap_or("TCP"))).collect();
    if ports.is_empty() {
        ports.push(ANY);
    }
    ports.sort_unstable();
    ports.dedup();
    ports
}
