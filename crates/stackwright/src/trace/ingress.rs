//! The rules of Ingresses: <https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types>.

use k8s_openapi::api::networking::v1::{HTTPIngressPath, Ingress, IngressBackend};
use regex_lite::Regex;

use super::Hop;
use super::backend::{Share, To};
use super::request::Url;
use super::route::{Rule, is_below};
use super::service::Wanted;
use super::trail::Trail;
use crate::check::{Index, Item, is_for};
use crate::links::BackendPath;

/// What a path has that is a regular expression.
const MARKS: [char; 8] = ['(', '*', '[', '\\', '$', '|', '+', '^'];

/// What annotations for Traefik begin with.
const FOR_TRAEFIK: &str = "traefik.ingress.kubernetes.io/";

/// The hosts that Ingresses name.
pub(super) fn hosts<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a str> {
    let rules = index
        .all::<Ingress>()
        .flat_map(|(_, ingress)| ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()));
    rules.filter_map(|rule| rule.host.as_deref().filter(|host| !host.is_empty()))
}

/// Whether an Ingress has rules for the host of a URL.
pub(super) fn names(ingress: &Ingress, url: &Url) -> bool {
    let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten());
    rules.filter_map(|rule| rule.host.as_deref()).any(|host| is_for(host, &url.host))
}

/// A hop to an Ingress as what checks say of it leaves it.
pub(super) fn judged(trail: &mut Trail<'_, '_>, hop: Hop, item: Item<'_>, path: &str) -> Hop {
    let class = trail.finding("ingress-class-unresolved", item, "");
    let other = trail.finding("ingress-route-duplicate", item, path);
    let mut keys = item.object.metadata().annotations.iter().flatten().map(|(key, _)| key);
    let is_for_traefik = keys.any(|key| key.starts_with(FOR_TRAEFIK));
    let path = format!("metadata.annotations[\"{FOR_TRAEFIK}");
    let named = is_for_traefik.then(|| trail.finding("traefik-annotation", item, &path)).flatten();
    trail.judged_by_worst(hop, [class, other, named])
}

/// The rules of an Ingress that match.
pub(super) fn rules<'a>(item: Item<'a>, ingress: &'a Ingress, url: &Url) -> Vec<Rule<'a>> {
    let mut rules = Vec::new();
    let Some(spec) = &ingress.spec else { return rules };
    if let Some(backend) = &spec.default_backend {
        let (path, shown) = ("spec.defaultBackend".to_owned(), "what no other rule has".to_owned());
        let backends = vec![service_of(item, backend, BackendPath::Default)];
        rules.push(Rule { item, path, rank: (0, 0, false, 0), shown, host: None, backends, doubt: None });
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
                host: None,
                backends: vec![service_of(item, &path.backend, BackendPath::Rule(number, place))],
                doubt,
            });
        }
    }
    rules
}

fn service_of<'a>(item: Item<'a>, backend: &'a IngressBackend, path: BackendPath) -> Share<'a> {
    let Some(service) = &backend.service else {
        return Share::all(item, path.to_string(), To::Other("a resource that is no Service"));
    };
    let port = service.port.as_ref().map_or(Wanted::Any, |port| match (port.number, &port.name) {
        (Some(number), _) => Wanted::Number(number),
        (None, Some(name)) => Wanted::Name(name),
        (None, None) => Wanted::Any,
    });
    let to = To::Service { namespace: item.namespace, name: &service.name, port };
    Share::all(item, path.to_string(), to)
}

/// Whether a path is one of a rule's, whether the rule names all of it, and why that is not sure.
fn matches(rule: &HTTPIngressPath, asked: &str) -> Option<(bool, Option<&'static str>)> {
    let path = rule.path.as_deref().unwrap_or("/");
    match rule.path_type.as_str() {
        "Exact" => (path == asked).then_some((true, None)),
        "Prefix" => is_below(path, asked).then_some((false, None)),
        _ => {
            let is_pattern = path.contains(MARKS);
            let doubt = "its pathType is ImplementationSpecific: how the path is read is for the controller to say";
            (asked.starts_with(path) || is_met_as_pattern(path, asked)).then_some((false, is_pattern.then_some(doubt)))
        }
    }
}

/// Whether a path that is a regular expression stands for one.
pub(super) fn is_met_as_pattern(path: &str, asked: &str) -> bool {
    path.contains(MARKS) && Regex::new(&format!("^{path}")).is_ok_and(|pattern| pattern.is_match(asked))
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
