//! Which rule a host and a path come to, by Kubernetes' rules:
//! <https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types>.

use k8s_openapi::api::networking::v1::{HTTPIngressPath, Ingress, IngressBackend};
use regex_lite::Regex;

use super::policy::Who;
use super::request::Url;
use super::service::{self, Wanted};
use super::trail::{Trail, fault};
use super::{Hop, Stage, State, gateway, tls};
use crate::check::network::proxy_name_unserved::is_of;
use crate::check::references::class;
use crate::check::{Index, Item, is_for};
use crate::links::BackendPath;
use crate::nearest::nearest;

/// A rule that a request comes to.
pub(super) struct Rule<'a> {
    pub item: Item<'a>,
    /// The field of the rule.
    pub path: String,
    /// Of two rules that both match, the higher one is taken.
    pub rank: Rank,
    /// `/cart of shop.example`.
    pub shown: String,
    /// Where it leads.
    pub backend: Backend<'a>,
    /// Why it may not match after all.
    pub doubt: Option<&'static str>,
}

/// How much of a request a rule names: its host, whether that is the whole path, and how long both are.
pub(super) type Rank = (u8, usize, bool, usize);

/// Where a rule leads.
pub(super) enum Backend<'a> {
    Service {
        namespace: &'a str,
        name: &'a str,
        port: Wanted<'a>,
        /// The field that names it.
        path: String,
    },
    /// Something that is no Service.
    Other(&'static str),
}

/// Kinds of routes that are not read here.
const UNREAD: [&str; 6] = [
    "HTTPProxy.projectcontour.io",
    "IngressRoute.traefik.containo.us",
    "IngressRoute.traefik.io",
    "Mapping.getambassador.io",
    "Route.route.openshift.io",
    "VirtualService.networking.istio.io",
];

/// Follows the rule that a URL comes to, past Ingresses of these classes, to the pods that answer.
pub(super) fn follow(trail: &mut Trail<'_, '_>, url: &Url, others: &[String], is_secure: bool) -> Option<()> {
    let index = trail.index;
    let Some(rule) = best(index, url, others) else { return none(trail, url, others) };
    if is_secure {
        tls::shown(trail, url, rule.item)?;
    }
    let Rule { item, path, shown, backend, doubt, .. } = rule;
    let mut hop = Hop::new(Stage::Route, format!("{} has a rule for {shown}", item.label())).at(item, &*path);
    if let Some(doubt) = doubt {
        hop = hop.unknown(doubt);
    }
    let found = match item.object.kind() {
        "Ingress" => {
            let class = trail.finding("ingress-class-unresolved", item, "");
            class.or_else(|| trail.finding("ingress-route-duplicate", item, &path))
        }
        _ => trail.finding("gateway-ref", item, "spec.parentRefs"),
    };
    let hop = trail.judged(hop, found);
    trail.take(hop)?;
    match backend {
        Backend::Service { namespace, name, port, path } => {
            service::reach(trail, (namespace, name), port, &Who::Controller, Some((item, &path))).map(|_| ())
        }
        Backend::Other(what) => {
            trail.end(Hop::new(Stage::Service, what).unknown("what is behind it is the controller's to say"))
        }
    }
}

/// Whether any rule names a host, whatever its path.
pub(super) fn has_host(index: &Index<'_>, host: &str) -> bool {
    hosts(index).any(|known| is_for(known, host)) || gateway::hosts(index).any(|known| gateway::is_host(known, host))
}

fn hosts<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a str> {
    let rules = index
        .all::<Ingress>()
        .flat_map(|(_, ingress)| ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()));
    rules.filter_map(|rule| rule.host.as_deref().filter(|host| !host.is_empty()))
}

fn best<'a>(index: &Index<'a>, url: &Url, others: &[String]) -> Option<Rule<'a>> {
    let own = index.all::<Ingress>().filter(|(item, ingress)| !is_of(*item, ingress, others));
    let rules = own.flat_map(|(item, ingress)| of_ingress(item, ingress, url)).chain(gateway::rules(index, url));
    // The first of those that are equal.
    rules.reduce(|best, other| if other.rank > best.rank { other } else { best })
}

/// The rules of an Ingress that match.
fn of_ingress<'a>(item: Item<'a>, ingress: &'a Ingress, url: &Url) -> Vec<Rule<'a>> {
    let mut rules = Vec::new();
    let Some(spec) = &ingress.spec else { return rules };
    if let Some(backend) = &spec.default_backend {
        let (path, shown) = ("spec.defaultBackend".to_owned(), "what no other rule has".to_owned());
        let backend = service_of(item, backend, BackendPath::Default);
        rules.push(Rule { item, path, rank: (0, 0, false, 0), shown, backend, doubt: None });
    }
    for (number, rule) in spec.rules.iter().flatten().enumerate() {
        let host = rule.host.as_deref().filter(|host| !host.is_empty());
        let rank = match host {
            None => 1,
            Some(host) if host.eq_ignore_ascii_case(&url.host) => 3,
            Some(host) if is_for(host, &url.host) => 2,
            Some(_) => continue,
        };
        for (place, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
            let Some((is_whole, doubt)) = matches(path, &url.path) else { continue };
            let text = path.path.as_deref().unwrap_or("/");
            rules.push(Rule {
                item,
                path: format!("spec.rules[{number}].http.paths[{place}]"),
                rank: (rank, host.map_or(0, str::len), is_whole, text.len()),
                shown: format!("{text} of {}", host.unwrap_or("every host")),
                backend: service_of(item, &path.backend, BackendPath::Rule(number, place)),
                doubt,
            });
        }
    }
    rules
}

fn service_of<'a>(item: Item<'a>, backend: &'a IngressBackend, path: BackendPath) -> Backend<'a> {
    let Some(service) = &backend.service else { return Backend::Other("a resource that is no Service") };
    let port = service.port.as_ref().map_or(Wanted::Any, |port| match (port.number, &port.name) {
        (Some(number), _) => Wanted::Number(number),
        (None, Some(name)) => Wanted::Name(name),
        (None, None) => Wanted::Any,
    });
    Backend::Service { namespace: item.namespace, name: &service.name, port, path: path.to_string() }
}

/// Whether a path is one of a rule's, whether the rule names all of it, and why that is not sure.
fn matches(rule: &HTTPIngressPath, asked: &str) -> Option<(bool, Option<&'static str>)> {
    let path = rule.path.as_deref().unwrap_or("/");
    match rule.path_type.as_str() {
        "Exact" => (path == asked).then_some((true, None)),
        "Prefix" => is_below(path, asked).then_some((false, None)),
        _ => {
            let is_pattern = path.contains(['(', '*', '[', '\\', '$', '|', '+', '^']);
            let is_met = || Regex::new(&format!("^{path}")).is_ok_and(|pattern| pattern.is_match(asked));
            let doubt = "its pathType is ImplementationSpecific: how the path is read is for the controller to say";
            (asked.starts_with(path) || is_pattern && is_met()).then_some((false, is_pattern.then_some(doubt)))
        }
    }
}

/// Whether a path is a prefix of another, element by element: `/cart` is none of `/cartoon`.
pub(super) fn is_below(prefix: &str, path: &str) -> bool {
    let rest = path.strip_prefix(prefix.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// That no rule has the host, or the path.
fn none(trail: &mut Trail<'_, '_>, url: &Url, others: &[String]) -> Option<()> {
    let index = trail.index;
    let hop = Hop::new(Stage::Route, format!("{} of {}", url.path, url.host));
    if let Some(finding) = trail.unserved.take() {
        let hop = trail.judged(hop, Some(finding));
        return trail.take(hop);
    }
    if let Some(item) = UNREAD.iter().find_map(|kind| index.of_kind(*kind).next()) {
        let why = format!("no Ingress or HTTPRoute has it; {} and its like are not read here", item.label());
        return trail.end(hop.unknown(why));
    }
    let state = match paths(index, url, others)[..] {
        [] => fault(format!("no Ingress or HTTPRoute has a rule for host {}", url.host), host_help(index, url)),
        ref paths => fault(
            format!("the rules for host {} have no path that {} is below", url.host, url.path),
            format!("add it, or ask for one that there is: {}", paths.join(", ")),
        ),
    };
    let state = match state {
        State::Broken(finding) => State::Broken(Box::new(finding.why("a controller answers with 404"))),
        other => other,
    };
    trail.take(hop.is(state))
}

/// The paths that there are for a host.
fn paths<'a>(index: &Index<'a>, url: &Url, others: &[String]) -> Vec<&'a str> {
    let own = index.all::<Ingress>().filter(|(item, ingress)| !is_of(*item, ingress, others));
    let rules = own.flat_map(|(_, ingress)| ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()));
    let meant = rules.filter(|rule| rule.host.as_deref().is_some_and(|host| is_for(host, &url.host)));
    let paths = meant.flat_map(|rule| rule.http.iter().flat_map(|http| &http.paths));
    let paths = paths.map(|path| path.path.as_deref().unwrap_or("/")).chain(gateway::paths(index, url));
    paths.take(8).collect()
}

fn host_help(index: &Index<'_>, url: &Url) -> String {
    let all = || hosts(index).chain(gateway::hosts(index));
    if let Some(other) =
        index.all::<Ingress>().find(|(item, ingress)| class(*item, ingress).is_some() && names(ingress, url))
    {
        return format!("{} has one, and is of another class than the controller that is asked", other.0.label());
    }
    if let Some(meant) = nearest(&url.host, all()) {
        return format!("did you mean {meant}?");
    }
    let mut known: Vec<_> = all().take(200).collect();
    known.sort_unstable();
    known.dedup();
    known.truncate(5);
    if known.is_empty() {
        "give an Ingress a rule for it".to_owned()
    } else {
        format!("give an Ingress a rule for it; there are rules for {}", known.join(", "))
    }
}

fn names(ingress: &Ingress, url: &Url) -> bool {
    let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten());
    rules.filter_map(|rule| rule.host.as_deref()).any(|host| is_for(host, &url.host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_rules() {
        let met = |path_type: &str, path: &str, asked: &str| {
            let rule =
                HTTPIngressPath { path: Some(path.into()), path_type: path_type.into(), ..HTTPIngressPath::default() };
            matches(&rule, asked).is_some()
        };
        // Kubernetes' own table of examples.
        for (path, asked, is_met) in [
            ("/", "/any/path", true),
            ("/foo", "/foo/", true),
            ("/foo/", "/foo", true),
            ("/aaa/bb", "/aaa/bbb", false),
            ("/aaa/bbb", "/aaa/bbb/ccc", true),
            ("/aaa/bbb/", "/aaa/bbb", true),
            ("/aaa/bbb", "/aaa/bbbxyz", false),
        ] {
            assert_eq!(met("Prefix", path, asked), is_met, "{path} {asked}");
        }
        assert_eq!(
            [met("Exact", "/foo", "/foo/"), met("Exact", "/foo", "/FOO"), met("Exact", "/foo", "/foo")],
            [false, false, true]
        );
        assert!(
            met("ImplementationSpecific", "/api(/|$)(.*)", "/api/x")
                && !met("ImplementationSpecific", "/api(/|$)(.*)", "/apix")
        );
    }
}
