//! Which rule a host and a path come to.

use k8s_openapi::api::networking::v1::Ingress;

use super::backend::{self, Share};
use super::request::Url;
use super::trail::{Trail, fault};
use super::{Hop, Stage, State, gateway, ingress, redirect, tls, traefik};
use crate::check::network::proxy_name_unserved::is_of;
use crate::check::references::class;
use crate::check::{Index, Item, is_for};
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
    /// The field of its host, where that is a list of its own.
    pub host: Option<String>,
    /// Where it leads.
    pub backends: Vec<Share<'a>>,
    /// Why it may not match after all.
    pub doubt: Option<&'static str>,
}

/// How much of a request a rule names: its host, whether that is the whole path, and how long both are.
pub(super) type Rank = (u8, usize, bool, usize);

/// Kinds of routes that are not read here.
const UNREAD: [&str; 4] = [
    "HTTPProxy.projectcontour.io",
    "Mapping.getambassador.io",
    "Route.route.openshift.io",
    "VirtualService.networking.istio.io",
];

/// Follows the rule that a URL comes to, past Ingresses of these classes, to the pods that answer.
pub(super) fn follow(trail: &mut Trail<'_, '_>, url: &Url, others: &[String], is_secure: bool) -> Option<()> {
    let Some(rule) = best(trail, url, others, is_secure) else { return none(trail, url, others) };
    if is_secure {
        tls::shown(trail, url, rule.item)?;
    }
    let (item, path) = (rule.item, rule.path.as_str());
    let mut hop = Hop::new(Stage::Route, format!("{} has a rule for {}", item.label(), rule.shown)).at(item, path);
    if let Some(doubt) = rule.doubt {
        hop = hop.unknown(doubt);
    }
    let hop = match item.object.kind() {
        "Ingress" => ingress::judged(trail, hop, item, path),
        _ if traefik::is_route(item) => traefik::judged(trail, hop, item, path),
        _ => gateway::judged(trail, hop, url, (item, rule.host.as_deref()), is_secure),
    };
    trail.take(hop)?;
    redirect::follow(trail, url, &rule, is_secure)?;
    backend::follow(trail, &rule.backends)
}

/// Whether any rule names a host, whatever its path.
pub(super) fn has_host(index: &Index<'_>, host: &str) -> bool {
    ingress::hosts(index).any(|known| is_for(known, host))
        || gateway::hosts(index).any(|known| gateway::is_host(known, host))
        || traefik::hosts(index).iter().any(|known| known.eq_ignore_ascii_case(host))
}

fn best<'a>(trail: &Trail<'_, 'a>, url: &Url, others: &[String], is_secure: bool) -> Option<Rule<'a>> {
    let index = trail.index;
    let own = index.all::<Ingress>().filter(|(item, ingress)| !is_of(*item, ingress, others));
    let rules = own.flat_map(|(item, ingress)| ingress::rules(item, ingress, url));
    let rules = rules.chain(gateway::rules(trail, url, is_secure)).chain(traefik::rules(index, url, is_secure));
    // The first of those that are equal.
    rules.reduce(|best, other| if other.rank > best.rank { other } else { best })
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
    if let Some(item) = traefik::unread(index) {
        let why = format!("{} may have it: its rule can't be read here", item.label());
        return trail.end(hop.at(item, "spec.routes").unknown(why));
    }
    let kinds =
        if traefik::first(index).is_some() { "Ingress, HTTPRoute or IngressRoute" } else { "Ingress or HTTPRoute" };
    let paths = paths(index, url, others);
    let mut named = index.all::<Ingress>().filter(|(_, ingress)| ingress::names(ingress, url)).map(|(item, _)| item);
    if paths.iter().any(|path| ingress::is_met_as_pattern(path, &url.path))
        && let Some(found) = named.find_map(|item| trail.finding("ingress-path-regex", item, "spec.rules"))
    {
        let hop = trail.judged(hop, Some(found));
        return trail.take(hop);
    }
    let state = match paths[..] {
        [] => fault(format!("no {kinds} has a rule for host {}", url.host), host_help(index, url)),
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
fn paths(index: &Index<'_>, url: &Url, others: &[String]) -> Vec<String> {
    let own = index.all::<Ingress>().filter(|(item, ingress)| !is_of(*item, ingress, others));
    let rules = own.flat_map(|(_, ingress)| ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()));
    let meant = rules.filter(|rule| rule.host.as_deref().is_some_and(|host| is_for(host, &url.host)));
    let paths = meant.flat_map(|rule| rule.http.iter().flat_map(|http| &http.paths));
    let paths = paths.map(|path| path.path.as_deref().unwrap_or("/").to_owned()).chain(gateway::paths(index, url));
    let paths = paths.chain(traefik::paths(index, url).into_iter().map(str::to_owned));
    paths.take(8).collect()
}

fn host_help(index: &Index<'_>, url: &Url) -> String {
    let all = || ingress::hosts(index).chain(gateway::hosts(index)).chain(traefik::hosts(index));
    if let Some(other) =
        index.all::<Ingress>().find(|(item, ingress)| class(*item, ingress).is_some() && ingress::names(ingress, url))
    {
        return format!("{} has one, and is of another class than the controller that is asked", other.0.label());
    }
    if all().any(|host| host.eq_ignore_ascii_case(&url.host)) {
        return "those that name it are for TLS: ask for it by https".to_owned();
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
