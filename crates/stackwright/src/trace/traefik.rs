//! Routes of Traefik's own kinds: the rule that a URL comes to, and what keeps Traefik from taking it.

mod matcher;
pub(super) mod middlewares;
pub(super) mod services;

use self::matcher::{Matcher, Met};
use super::Hop;
use super::request::{Url, default_port};
use super::route::{Rank, Rule};
use super::trail::Trail;
use crate::check::{Finding, Index, Item};
use crate::facts::groups::{TRAEFIK, in_all};
use crate::yaml::{Node, Value};

const ROUTES: [&str; 2] = ["IngressRoute", "IngressRouteTCP"];

const NOT_PLAIN: &str = "it is for HTTPS, by its `tls` or its entry point: what becomes of plain HTTP is in Traefik's own \
                         configuration";
const NOT_SECURE: &str = "it has no `tls`: whether its entry points speak HTTPS is in Traefik's own configuration";
const UNREAD: &str = "its rule can't be read here";
const ANY_ENTRY: &str = "it is for all that comes to its entry points, and names none: which those are is in Traefik's \
                         own configuration";
const OTHER_ENTRY: &str = "it is for all that comes to its entry points: which ports those have is in Traefik's own \
                           configuration";
const NO_TLS: &str =
    "it has no `tls`: it gets a connection of TLS only where no other route of its entry point is for TLS";
/// The entry points that speak HTTP and HTTPS, as Traefik's chart and its documents have them.
const ENTRIES: [&str; 2] = ["web", "websecure"];

/// Whether an object is a route of Traefik's own.
pub(super) fn is_route(item: Item<'_>) -> bool {
    ROUTES.contains(&item.object.kind())
}

/// The first route of Traefik's own.
pub(super) fn first<'a>(index: &Index<'a>) -> Option<Item<'a>> {
    routes(index).next()
}

fn routes<'a>(index: &Index<'a>) -> impl Iterator<Item = Item<'a>> {
    ROUTES.into_iter().flat_map(|kind| in_all(TRAEFIK, kind)).flat_map(|kind| index.of_kind(kind))
}

/// The rules that Traefik may take: of those that name a request, the one of the highest priority, which is the longest where none is written;
/// and of those for all that comes to an entry point, the first.
pub(super) fn rules<'a>(index: &Index<'a>, url: &Url, is_secure: bool) -> Vec<Rule<'a>> {
    let met = all(index).filter_map(|route| Some((route.doubt(url, is_secure)?, route)));
    let met = met.map(|((doubt, fits), route)| ((fits, route.priority()), doubt, route));
    let named = met.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, doubt, route)| {
        let rank = Matcher::read(route.text).map_or((1, 0, false, 0), |matcher| matcher.rank(url));
        route.rule(rank, doubt)
    });
    let for_all = all(index).filter_map(|route| {
        let (rank, doubt) = route.takes_all(url, is_secure)?;
        Some(route.rule((rank, 0, rank == 0, 0), doubt))
    });
    let for_all = for_all.reduce(|best, other| if other.rank > best.rank { other } else { best });
    named.into_iter().chain(for_all).collect()
}

/// One of the hosts that rules name by themselves.
pub(super) fn hosts<'a>(index: &Index<'a>) -> Vec<&'a str> {
    let mut hosts = Vec::new();
    each(index, |_, name, word| {
        if ["host", "hostsni"].iter().any(|host| name.eq_ignore_ascii_case(host)) && word != "*" {
            hosts.push(word);
        }
    });
    hosts
}

/// The paths of rules that name a host.
pub(super) fn paths<'a>(index: &Index<'a>, url: &Url) -> Vec<&'a str> {
    let mut paths = Vec::new();
    each(index, |text, name, word| {
        if ["path", "pathprefix"].iter().any(|path| name.eq_ignore_ascii_case(path)) && text.contains(&url.host) {
            paths.push(word);
        }
    });
    paths
}

/// A route whose rule can't be read, and may be for any host.
pub(super) fn unread<'a>(index: &Index<'a>) -> Option<Item<'a>> {
    all(index).find(|route| Matcher::read(route.text).is_none()).map(|route| route.item)
}

fn each<'a>(index: &Index<'a>, mut tell: impl FnMut(&'a str, &'a str, &'a str)) {
    for Route { text, .. } in all(index) {
        if let Some(matcher) = Matcher::read(text) {
            matcher.each(&mut |name, word| tell(text, name, word));
        }
    }
}

/// A hop to a rule as what checks say of it leaves it.
pub(super) fn judged<'a>(trail: &mut Trail<'_, 'a>, hop: Hop, item: Item<'a>, path: &str) -> Hop {
    // Of each group and kind, the first object stands for all.
    let index = trail.index;
    let is_like = |finding: &Finding| {
        let place = finding.place.as_ref().filter(|place| place.path == "apiVersion");
        place.is_some_and(|place| index.items[place.index].kind() == item.kind())
    };
    let retired = trail.finding_where("retired-group", is_like);
    if retired.is_some() {
        return trail.doubted(hop, retired);
    }
    let own = trail.finding("traefik-ref", item, &format!("{path}.middlewares"));
    let found = own.or_else(|| {
        let middlewares = middlewares::of_route(index, item, path);
        middlewares.into_iter().find_map(|middleware| trail.finding("traefik-ref", middleware, "spec"))
    });
    trail.judged(hop, found)
}

/// One rule of a route.
struct Route<'a> {
    item: Item<'a>,
    spec: &'a Node,
    node: &'a Node,
    number: usize,
    text: &'a str,
}

fn all<'a>(index: &Index<'a>) -> impl Iterator<Item = Route<'a>> {
    let specs = routes(index).filter_map(|item| Some((item, item.object.content()?.get("spec")?)));
    specs.flat_map(|(item, spec)| {
        let routes = spec.get("routes").map_or(&[][..], Node::items).iter().enumerate();
        routes.filter_map(move |(number, node)| Some(Route { item, spec, node, number, text: text(node, "match")? }))
    })
}

impl<'a> Route<'a> {
    /// Whether a URL meets the rule: why that is not sure, and whether it is for such a scheme.
    fn doubt(&self, url: &Url, is_secure: bool) -> Option<(Option<&'static str>, bool)> {
        let is_of_tcp = self.item.object.kind() == "IngressRouteTCP";
        let has_tls = self.has_tls();
        let met = match Matcher::read(self.text) {
            // What is for every name is asked for by itself.
            Some(matcher) if is_of_tcp && (!is_secure || !has_tls || matcher.rank(url).0 < 2) => return None,
            Some(matcher) => matcher.meets(url),
            None if self.text.contains(&url.host) => Met::Perhaps(UNREAD),
            None => return None,
        };
        let is_for = |name: &str| self.entries().next().is_none() || self.entries().any(|entry| entry == name);
        let is_for_one = self.entries().count() == 1 && is_for("websecure");
        let misfit = match (is_secure, has_tls) {
            (false, _) if has_tls || is_for_one => Some(NOT_PLAIN),
            // The entry point of this name speaks HTTPS as its chart and its documents have it.
            (true, false) if !is_for("websecure") => Some(NOT_SECURE),
            _ => None,
        };
        match met {
            Met::No => None,
            Met::Yes => Some((misfit, misfit.is_none())),
            Met::Perhaps(why) => Some((Some(why), misfit.is_none())),
        }
    }

    fn priority(&self) -> i64 {
        let written = match self.node.get("priority").map(|node| &node.value) {
            Some(Value::Number(number)) => number.as_i64().filter(|number| *number != 0),
            _ => None,
        };
        written.unwrap_or_else(|| i64::try_from(self.text.len()).unwrap_or(i64::MAX))
    }

    fn rule(&self, rank: Rank, doubt: Option<&'static str>) -> Rule<'a> {
        let path = format!("spec.routes[{}]", self.number);
        let shown = self.text.trim().to_owned();
        let backends = services::of_rule(self.item, self.node, &path);
        Rule { item: self.item, path, rank, shown, host: None, backends, doubt }
    }

    /// How a route of TCP that names no host takes a connection, and why that is not sure. Without TLS it comes before all rules of HTTP, with
    /// TLS behind them: traefik/traefik `pkg/server/router/tcp/router.go`, `ServeTCP`, read in November 2026.
    fn takes_all(&self, url: &Url, is_secure: bool) -> Option<(u8, Option<&'static str>)> {
        let matcher = Matcher::read(self.text).filter(|_| self.item.object.kind() == "IngressRouteTCP")?;
        let doubt = match matcher.meets(url) {
            Met::Yes => None,
            Met::Perhaps(why) => Some(why),
            Met::No => return None,
        };
        if matcher.rank(url).0 > 1 || self.has_tls() && !is_secure {
            return None;
        }
        let own = ENTRIES[usize::from(is_secure)];
        let entries: Vec<_> = self.entries().collect();
        let is_usual = url.port == default_port(is_secure);
        let without_tls = (is_secure && !self.has_tls()).then_some(NO_TLS);
        match entries[..] {
            [] => Some((0, doubt.or(Some(ANY_ENTRY)))),
            _ if entries.contains(&own) && is_usual => {
                let doubt = doubt.or(without_tls);
                Some((if is_secure || doubt.is_some() { 0 } else { 4 }, doubt))
            }
            _ if is_usual || entries.iter().all(|entry| ENTRIES.contains(entry)) => None,
            _ => Some((0, doubt.or(Some(OTHER_ENTRY)))),
        }
    }

    fn has_tls(&self) -> bool {
        self.spec.get("tls").is_some_and(|tls| tls.value != Value::Null)
    }

    fn entries(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.spec.get("entryPoints").map_or(&[][..], Node::items).iter().filter_map(Node::text)
    }
}

fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text).filter(|text| !text.is_empty())
}
