//! Routes of Traefik's own kinds: the rule that a URL comes to, and what keeps Traefik from taking it.

mod matcher;

use self::matcher::{Matcher, Met};
use super::Hop;
use super::request::Url;
use super::route::{Backend, Rule};
use super::service::Wanted;
use super::trail::Trail;
use crate::check::{Finding, Index, Item};
use crate::facts::groups::{TRAEFIK, in_all};
use crate::yaml::{Node, Value};

const ROUTES: [&str; 2] = ["IngressRoute", "IngressRouteTCP"];

const NOT_PLAIN: &str = "it is for HTTPS, by its `tls` or its entry point: what becomes of plain HTTP is in Traefik's own \
                         configuration";
const NOT_SECURE: &str = "it has no `tls`: whether its entry points speak HTTPS is in Traefik's own configuration";
const UNREAD: &str = "its rule can't be read here";

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

/// The rule that Traefik takes: that of the highest priority, which is the longest where none is written.
pub(super) fn rule<'a>(index: &Index<'a>, url: &Url, is_secure: bool) -> Option<Rule<'a>> {
    let met = all(index).filter_map(|route| Some((route.doubt(url, is_secure)?, route)));
    let met = met.map(|((doubt, fits), route)| ((fits, route.priority()), doubt, route));
    let (_, doubt, route) = met.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    let path = format!("spec.routes[{}]", route.number);
    Some(Rule {
        item: route.item,
        rank: Matcher::read(route.text).map_or((1, 0, false, 0), |matcher| matcher.rank(url)),
        shown: route.text.trim().to_owned(),
        host: None,
        backend: route.backend(&path),
        path,
        doubt,
    })
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
        let middlewares = middlewares(index, item, path);
        middlewares.into_iter().find_map(|middleware| trail.finding("traefik-ref", middleware, "spec"))
    });
    trail.judged(hop, found)
}

/// The middlewares that a rule names.
fn middlewares<'a>(index: &Index<'a>, item: Item<'a>, path: &str) -> Vec<Item<'a>> {
    let named = item.object.content().and_then(|content| content.at(path)?.get("middlewares"));
    let named = named.map_or(&[][..], Node::items).iter().filter_map(|middleware| {
        let namespace = text(middleware, "namespace").unwrap_or(item.namespace);
        let name = text(middleware, "name")?;
        in_all(TRAEFIK, "Middleware").find_map(|kind| index.named(kind, namespace, name))
    });
    named.collect()
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
        let has_tls = self.spec.get("tls").is_some_and(|tls| tls.value != Value::Null);
        let met = match Matcher::read(self.text) {
            // What is for every name has an entry point of its own.
            Some(matcher) if is_of_tcp && (!is_secure || !has_tls || matcher.rank(url).0 < 2) => return None,
            Some(matcher) => matcher.meets(url),
            None if self.text.contains(&url.host) => Met::Perhaps(UNREAD),
            None => return None,
        };
        let entries = self.spec.get("entryPoints").map_or(&[][..], Node::items);
        let is_for =
            |name: &str| entries.is_empty() || entries.iter().filter_map(Node::text).any(|entry| entry == name);
        let is_for_one = entries.len() == 1 && is_for("websecure");
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

    fn backend(&self, path: &str) -> Backend<'a> {
        let services = self.node.get("services").map_or(&[][..], Node::items);
        let Some(first) = services.first() else { return Backend::Other("a rule without a Service") };
        if text(first, "kind").is_some_and(|kind| kind != "Service") {
            return Backend::Other("a TraefikService, which shares requests out");
        }
        let Some(name) = text(first, "name").filter(|name| !name.contains('@')) else {
            return Backend::Other("a service that Traefik has from elsewhere");
        };
        let port = match first.get("port").map(|port| &port.value) {
            Some(Value::Number(port)) => port.as_i64().and_then(|port| i32::try_from(port).ok()).map(Wanted::Number),
            Some(Value::String(name)) => Some(Wanted::Name(name)),
            _ => None,
        };
        Backend::Service {
            namespace: text(first, "namespace").unwrap_or(self.item.namespace),
            name,
            port: port.unwrap_or(Wanted::Any),
            path: format!("{path}.services[0]"),
        }
    }
}

fn text<'a>(node: &'a Node, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::text).filter(|text| !text.is_empty())
}
