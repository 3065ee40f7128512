//! Where a rule leads: the backends that share its requests out among them.

use super::policy::Who;
use super::service::{self, Wanted};
use super::trail::{Trail, fault};
use super::{Hop, Stage, State, traefik};
use crate::check::{Finding, Item};
use crate::yaml::{Node, Value};

/// A backend, with its share of the requests.
pub(super) struct Share<'a> {
    /// The object that names it.
    pub by: Item<'a>,
    /// The field.
    pub path: String,
    /// How many of all weights together it gets.
    pub weight: i64,
    pub to: To<'a>,
}

/// What a backend is.
pub(super) enum To<'a> {
    Service {
        namespace: &'a str,
        name: &'a str,
        port: Wanted<'a>,
    },
    TraefikService {
        namespace: &'a str,
        name: &'a str,
    },
    /// Something that is no Service.
    Other(&'static str),
}

impl<'a> Share<'a> {
    /// The only backend.
    pub(super) fn all(by: Item<'a>, path: impl Into<String>, to: To<'a>) -> Self {
        Self { by, path: path.into(), weight: 1, to }
    }

    /// What gets the share, in a few words.
    fn shown(&self) -> String {
        match self.to {
            To::Service { namespace, name, .. } => format!("Service {namespace}/{name}"),
            To::TraefikService { namespace, name } => format!("TraefikService {namespace}/{name}"),
            To::Other(what) => what.to_owned(),
        }
    }
}

/// The weight that is written: without a word it is 1.
pub(super) fn weight(node: &Node) -> i64 {
    match node.get("weight").map(|node| &node.value) {
        Some(Value::Number(number)) => number.as_i64().unwrap_or(1),
        _ => 1,
    }
}

/// The port that is written, by number or by name.
pub(super) fn port(node: &Node) -> Wanted<'_> {
    match node.get("port").map(|port| &port.value) {
        Some(Value::Number(port)) => {
            port.as_i64().and_then(|port| i32::try_from(port).ok()).map_or(Wanted::Any, Wanted::Number)
        }
        Some(Value::String(name)) => Wanted::Name(name),
        _ => Wanted::Any,
    }
}

/// Follows requests to the backends of a rule. Of several, the first that breaks is shown, or else the first.
pub(super) fn follow<'a>(trail: &mut Trail<'_, 'a>, shares: &[Share<'a>]) -> Option<()> {
    among(trail, shares, &[])
}

fn among<'a>(trail: &mut Trail<'_, 'a>, shares: &[Share<'a>], above: &[usize]) -> Option<()> {
    let Some(first) = shares.first() else {
        let hop = Hop::new(Stage::Service, "a rule without a backend");
        return trail.end(hop.unknown("what becomes of its requests is the controller's to say"));
    };
    let taking: Vec<_> = shares.iter().filter(|share| share.weight > 0).collect();
    if taking.is_empty() {
        let hop = Hop::new(Stage::Service, "every backend has weight 0").at(first.by, &*first.path);
        return trail.take(hop.is(State::Blocked("so that the controller refuses all requests".to_owned())));
    }
    let begun = trail.hops.len();
    let mut shown = None;
    for share in &taking {
        let end = one(trail, share, above);
        let mut hops = trail.hops.split_off(begun);
        if let Some(hop) = hops.first_mut().filter(|_| taking.len() > 1) {
            hop.notes.push(part(share, &taking));
        }
        let is_broken = matches!(hops.last().map(|hop| &hop.state), Some(State::Broken(_) | State::Blocked(_)));
        if shown.is_none() || is_broken {
            shown = Some((hops, end));
        }
        if is_broken {
            break;
        }
    }
    let (hops, end) = shown?;
    trail.hops.extend(hops);
    end
}

/// What part of the requests a backend gets, and who gets the others.
fn part(share: &Share<'_>, all: &[&Share<'_>]) -> String {
    let total: i64 = all.iter().map(|share| share.weight).fold(0, i64::saturating_add);
    let others = all.iter().filter(|other| other.path != share.path).map(|other| other.shown());
    let others = others.collect::<Vec<_>>().join(", ");
    format!("it gets {} of {total} requests; the others go to {others}", share.weight)
}

fn one<'a>(trail: &mut Trail<'_, 'a>, share: &Share<'a>, above: &[usize]) -> Option<()> {
    match share.to {
        To::Service { namespace, name, port } => {
            let by = Some((share.by, share.path.as_str()));
            service::reach(trail, (namespace, name), port, &Who::Controller, by).map(|_| ())
        }
        To::TraefikService { namespace, name } => of_traefik(trail, share, (namespace, name), above),
        To::Other(what) => {
            trail.end(Hop::new(Stage::Service, what).unknown("what is behind it is the controller's to say"))
        }
    }
}

/// Follows requests to the Services of a TraefikService, below those of these numbers.
fn of_traefik<'a>(
    trail: &mut Trail<'_, 'a>,
    share: &Share<'a>,
    (namespace, name): (&str, &str),
    above: &[usize],
) -> Option<()> {
    let found: Option<Finding> = trail.finding("traefik-ref", share.by, &share.path);
    let hop = Hop::new(Stage::Service, format!("TraefikService {namespace}/{name} is asked for"));
    let Some(item) = traefik::services::named(trail.index, namespace, name) else {
        let why = "it is not among what was given: another file may have it";
        let hop = trail.lost(hop, namespace, found, why);
        return trail.end(hop);
    };
    let hop = hop.at(item, "spec");
    if above.contains(&item.index) {
        let state = fault(format!("{} leads in a circle", item.label()), "let one of them lead to a Service");
        return trail.take(hop.is(state));
    }
    let (shares, note) = traefik::services::of_service(item);
    let hop = note.into_iter().fold(hop, Hop::note);
    let hop = trail.judged(hop, found);
    trail.take(hop)?;
    among(trail, &shares, &[above, &[item.index]].concat())
}
