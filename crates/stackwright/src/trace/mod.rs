//! The way of a request, hop by hop, and the first one at which it breaks.
//!
//! It reads the index that the checks read. Where a check has a rule about a hop, that check says whether the hop is broken; only what no
//! check asks, such as which rule of an Ingress a path comes to, is asked here.

mod address;
mod announced;
mod backend;
mod controller;
mod dns;
mod edge;
mod exposed;
mod gateway;
mod ingress;
mod listeners;
mod mermaid;
mod name;
mod outside;
mod pods;
mod policy;
mod redirect;
mod request;
mod route;
mod service;
mod text;
mod tls;
mod traefik;
mod trail;
mod within;

use std::fmt;

use crate::Error;
use crate::check::{Finding, Index, Place};
use crate::links::Item;

pub use mermaid::mermaid;
pub use request::{Request, Url};
pub use text::text;
use trail::Trail;

/// The way of a request, as far as it gets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trace {
    /// The request.
    pub request: Request,
    /// The hops, in the order in which they are taken: the last one is where it ends.
    pub hops: Vec<Hop>,
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hop {
    /// What kind of step it is.
    pub stage: Stage,
    /// What happens there, in a line.
    pub what: String,
    /// The object and field that say so; none where a host, a release or the cluster does.
    pub place: Option<Place>,
    /// Whether it gets on from there.
    pub state: State,
    /// What else there is to know, a line each.
    pub notes: Vec<String>,
}

/// Whether a request gets on from a hop.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// It does.
    Passes,
    /// It does not, and that is a fault.
    Broken(Box<Finding>),
    /// It does not, and somebody wrote that it is not to: who, and what.
    Blocked(String),
    /// What is asked for here does not say: why.
    Unknown(String),
}

/// What kind of step a hop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Stage {
    Workload,
    Name,
    Forward,
    Firewall,
    Proxy,
    Address,
    NodePort,
    Host,
    Controller,
    Tls,
    Route,
    Redirect,
    Policy,
    Service,
    Port,
    Pods,
    Ready,
}

/// How a way ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// At pods that answer, or at what listens on a host.
    Reached,
    /// Nothing is known to be in the way, and not every hop is known.
    Open,
    /// At a fault.
    Broken,
    /// Where somebody wants it to end.
    Blocked,
}

/// The way of a request.
///
/// ```
/// use stackwright::check::{Index, Input};
/// use stackwright::trace::{End, Request, trace};
///
/// let text = "apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {selector: {app: db}, ports: [{port: 5432}]}\n\
///     ---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: web, image: web}]}\n";
/// let read = stackwright::yaml::objects(text).unwrap();
/// let index = Index::new(Input::new(&read));
/// let trace = trace(&index, &Request::parse(&["pod/shop/web", "db:5432"])?)?;
/// assert_eq!(trace.end(), End::Broken);
/// # Ok::<(), stackwright::Error>(())
/// ```
///
/// # Errors
/// When the workload that asks is not among the objects.
pub fn trace(index: &Index<'_>, request: &Request) -> Result<Trace, Error> {
    let mut trail = Trail::new(index);
    match request {
        Request::Outside(url) => outside::follow(&mut trail, url),
        Request::Pod { .. } => _ = within::follow(&mut trail, request.workload(index)?, request),
    }
    Ok(Trace { request: request.clone(), hops: trail.hops })
}

/// Whether anything among the objects, or of the cluster, knows the name, the address or the workload of a request: of several clusters it
/// is meant for those that do.
pub fn knows(index: &Index<'_>, request: &Request) -> bool {
    match request {
        Request::Outside(url) => name::is_known(index, url),
        Request::Pod { .. } => request.workload(index).is_ok(),
    }
}

impl Trace {
    /// How it ends.
    pub fn end(&self) -> End {
        match self.hops.last().map(|hop| &hop.state) {
            Some(State::Broken(_)) => End::Broken,
            Some(State::Blocked(_)) => End::Blocked,
            _ if self.hops.iter().any(|hop| matches!(hop.state, State::Unknown(_))) => End::Open,
            _ => End::Reached,
        }
    }
}

impl Hop {
    fn new(stage: Stage, what: impl Into<String>) -> Self {
        Self { stage, what: what.into(), place: None, state: State::Passes, notes: Vec::new() }
    }

    fn at(self, item: Item<'_>, path: impl Into<String>) -> Self {
        Self { place: Some(Place::new(item, path)), ..self }
    }

    fn at_any(self, item: Option<Item<'_>>, path: impl Into<String>) -> Self {
        match item {
            Some(item) => self.at(item, path),
            None => self,
        }
    }

    fn is(self, state: State) -> Self {
        Self { state, ..self }
    }

    fn unknown(self, why: impl Into<String>) -> Self {
        self.is(State::Unknown(why.into()))
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

impl Stage {
    /// What programs call it: one word, or two with a hyphen.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Name => "name",
            Self::Forward => "forward",
            Self::Firewall => "firewall",
            Self::Proxy => "proxy",
            Self::Address => "address",
            Self::NodePort => "node-port",
            Self::Host => "host",
            Self::Controller => "controller",
            Self::Tls => "tls",
            Self::Route => "route",
            Self::Redirect => "redirect",
            Self::Policy => "policy",
            Self::Service => "service",
            Self::Port => "port",
            Self::Pods => "pods",
            Self::Ready => "ready",
        }
    }
}

/// The word that people read.
impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::NodePort => "node port",
            Self::Tls => "TLS",
            other => other.id(),
        })
    }
}
