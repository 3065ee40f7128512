//! Whom NetworkPolicies let talk to whom.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use k8s_openapi::api::networking::v1::{NetworkPolicyPeer, NetworkPolicySpec};

use super::peers::{ANY, Peers};
use super::{Direction as Way, Matter, Shift, Sides};
use crate::HashSet;
use crate::capacity::list;
use crate::check::traffic::{Direction, Policies, Port};
use crate::check::{Index, Item, Pods};

/// What is told of several pods in the same words.
type Told<'a> = IndexMap<(Way, String), Vec<Item<'a>>>;

/// The pods that others reach which could not before, that reach others which they could not, and the reverse.
///
/// Only pods are looked at whose policies, labels or namespace's labels are others than before: they and all others.
pub(super) fn shifts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    // Without doubt: what nobody knows to be allowed is no difference.
    let (Some(old), Some(new)) = (Policies::known(sides.before, false), Policies::known(sides.after, false)) else {
        return Vec::new();
    };
    let pairs: Vec<_> = sides.pods().filter(|(_, new)| new.spec.host_network != Some(true)).collect();
    let is_other = |direction: Direction| {
        let (old, new) = (&old, &new);
        let pairs = pairs.iter().filter(move |(was, is)| {
            is_labelled_otherwise(sides, was, is)
                || !are_same(&old.selecting(was, direction), &new.selecting(is, direction))
        });
        pairs.copied().collect::<Vec<_>>()
    };
    let (heard, asking) = (is_other(Direction::Ingress), is_other(Direction::Egress));
    if heard.is_empty() && asking.is_empty() {
        return Vec::new();
    }
    let told_already: HashSet<_> = heard.iter().map(|(_, is)| is.item.index).collect();
    let mut views = Views { peers: Peers::new(sides, (old, new), pairs), told: Told::default() };
    for (was, is) in heard {
        views.look(was, is, Direction::Ingress, &HashSet::default());
    }
    for (was, is) in asking {
        views.look(was, is, Direction::Egress, &told_already);
    }
    views.told.into_iter().map(|((direction, words), items)| shift(sides.after, direction, &words, items)).collect()
}

fn shift<'a>(index: &Index<'a>, direction: Way, words: &str, objects: Vec<Item<'a>>) -> Shift<'a> {
    let namespace = objects[0].namespace;
    let is_all = objects.len() > 1
        && objects.iter().all(|item| item.namespace == namespace)
        && index.pods_in(namespace).count() == objects.len();
    let labels: Vec<_> = objects.iter().map(Item::label).collect();
    let who =
        if is_all { format!("every pod in namespace {namespace}") } else { list(labels.iter().map(String::as_str)) };
    Shift { matter: Matter::Reachability, direction, fact: format!("{who} {words}"), objects }
}

/// Whether pods, or their namespace, carry other labels than before, by which policies may choose them.
fn is_labelled_otherwise(sides: &Sides<'_, '_>, was: &Pods<'_>, is: &Pods<'_>) -> bool {
    let labels = |namespace: Item<'_>| namespace.object.metadata().labels.clone().unwrap_or_default();
    let namespace = |index: &Index<'_>| index.named("Namespace", "", is.item.namespace).map(labels);
    was.labels != is.labels || namespace(sides.before).zip(namespace(sides.after)).is_some_and(|(was, is)| was != is)
}

type Chosen<'a> = [(Item<'a>, &'a NetworkPolicySpec)];

fn are_same(old: &Chosen<'_>, new: &Chosen<'_>) -> bool {
    let has = |all: &Chosen<'_>, one: &NetworkPolicySpec| all.iter().any(|(_, spec)| *spec == one);
    old.len() == new.len() && new.iter().all(|(_, spec)| has(old, spec))
}

/// What is seen from the pods whose policies are others.
struct Views<'i, 'a> {
    peers: Peers<'i, 'a>,
    told: Told<'a>,
}

impl<'i, 'a> Views<'i, 'a> {
    /// Looks at what pods are heard by or hear, but for those others.
    fn look(&mut self, was: &'i Pods<'a>, is: &'i Pods<'a>, direction: Direction, but: &HashSet<usize>) {
        let (old, new) = (self.peers.old.selecting(was, direction), self.peers.new.selecting(is, direction));
        let is_heard = direction == Direction::Ingress;
        match (old.is_empty(), new.is_empty()) {
            (false, true) => {
                let words = if is_heard {
                    "may now be reached by everyone: no NetworkPolicy selects it for what comes in"
                } else {
                    "may now reach everything: no NetworkPolicy selects it for what goes out"
                };
                self.tell(is.item, Way::Weaker, words);
            }
            (true, false) => {
                let whom = self.allowed(is, direction, &new);
                let words = match (is_heard, whom) {
                    (true, Some(whom)) => format!("may now be reached by {whom} only"),
                    (true, None) => "may no longer be reached by anyone".to_owned(),
                    (false, Some(whom)) => format!("may now reach {whom} only"),
                    (false, None) => "may no longer reach anything".to_owned(),
                };
                self.tell(is.item, Way::Stronger, &words);
            }
            _ => {
                self.compare(was, is, direction, but);
                self.compare_outside(is.item, direction, &blocks(&old, direction), &blocks(&new, direction));
            }
        }
    }

    fn tell(&mut self, item: Item<'a>, direction: Way, words: &str) {
        self.told.entry((direction, words.to_owned())).or_default().push(item);
    }

    fn compare(&mut self, was: &'i Pods<'a>, is: &'i Pods<'a>, direction: Direction, but: &HashSet<usize>) {
        let verb = if direction == Direction::Ingress { "be reached by" } else { "reach" };
        for (gained, way, may) in [(true, Way::Weaker, "may now"), (false, Way::Stronger, "may no longer")] {
            for (ports, peers) in self.peers.differing((was, is), direction, gained, but) {
                let whom = self.peers.named(&peers, is);
                let whom = list(whom.iter().map(String::as_str));
                self.tell(is.item, way, &format!("{may} {verb} {whom}{}", at(&ports)));
            }
        }
    }

    fn compare_outside(
        &mut self,
        item: Item<'a>,
        direction: Direction,
        old: &BTreeSet<String>,
        new: &BTreeSet<String>,
    ) {
        let verb = if direction == Direction::Ingress { "be reached from" } else { "reach" };
        for (these, others, way, may) in
            [(new, old, Way::Weaker, "may now"), (old, new, Way::Stronger, "may no longer")]
        {
            let more: Vec<_> = these.difference(others).map(String::as_str).collect();
            if !more.is_empty() {
                self.tell(item, way, &format!("{may} {verb} {}", list(more)));
            }
        }
    }

    /// Everyone whom policies let pods hear or be heard by.
    fn allowed(&self, pods: &'i Pods<'a>, direction: Direction, policies: &Chosen<'_>) -> Option<String> {
        let outside = blocks(policies, direction);
        let groups =
            if rules(policies, direction).is_empty() { Vec::new() } else { self.peers.allowed(pods, direction) };
        let inside = groups.iter().map(|(ports, peers)| {
            let named = self.peers.named(peers, pods);
            format!("{}{}", list(named.iter().map(String::as_str)), at(ports))
        });
        let all: Vec<_> = inside.chain(outside).collect();
        (!all.is_empty()).then(|| list(all.iter().map(String::as_str)))
    }
}

/// ` at 80 and 53/UDP`; nothing where it is all ports.
fn at(ports: &[Port<'_>]) -> String {
    let shown = |(number, protocol): &Port<'_>| match *protocol {
        "TCP" => number.to_string(),
        _ => format!("{number}/{protocol}"),
    };
    let ports: Vec<_> = ports.iter().filter(|port| **port != ANY).map(shown).collect();
    if ports.is_empty() { String::new() } else { format!(" at {}", list(ports.iter().map(String::as_str))) }
}

/// The peers of each rule; none where it is everyone.
fn rules<'a>(policies: &Chosen<'a>, direction: Direction) -> Vec<&'a [NetworkPolicyPeer]> {
    let of = |spec: &'a NetworkPolicySpec| -> Vec<&'a [NetworkPolicyPeer]> {
        let peers = |peers: &'a Option<Vec<NetworkPolicyPeer>>| peers.as_deref().unwrap_or_default();
        match direction {
            Direction::Ingress => spec.ingress.iter().flatten().map(|rule| peers(&rule.from)).collect(),
            Direction::Egress => spec.egress.iter().flatten().map(|rule| peers(&rule.to)).collect(),
        }
    };
    policies.iter().flat_map(|(_, spec)| of(spec)).collect()
}

/// The addresses outside that policies allow.
fn blocks(policies: &Chosen<'_>, direction: Direction) -> BTreeSet<String> {
    const ANYWHERE: &str = "any address outside";
    if policies.is_empty() {
        return BTreeSet::from([ANYWHERE.to_owned()]);
    }
    let mut blocks = BTreeSet::new();
    for peers in rules(policies, direction) {
        if peers.is_empty() {
            blocks.insert(ANYWHERE.to_owned());
        }
        for block in peers.iter().filter_map(|peer| peer.ip_block.as_ref()) {
            let except = block.except.as_deref().unwrap_or_default();
            blocks.insert(match (block.cidr.as_str(), except) {
                ("0.0.0.0/0" | "::/0", []) => ANYWHERE.to_owned(),
                (cidr, []) => cidr.to_owned(),
                (cidr, except) => format!("{cidr} without {}", except.join(" and ")),
            });
        }
    }
    blocks
}
