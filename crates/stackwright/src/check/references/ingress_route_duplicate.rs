use k8s_openapi::api::networking::v1::Ingress;

use super::ingress_class::class;
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "ingress-route-duplicate",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "Two rules of Ingresses of one class have the same host and path.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut first = HashMap::default();
    for (item, ingress) in index.all::<Ingress>() {
        if annotation(item, "nginx.ingress.kubernetes.io/canary") == Some("true") {
            continue;
        }
        let class = class(item, ingress).map(|(class, _)| class);
        let conditions = [
            annotation(item, "traefik.ingress.kubernetes.io/router.entrypoints"),
            annotation(item, "alb.ingress.kubernetes.io/group.name"),
            annotation(item, "alb.ingress.kubernetes.io/listen-ports"),
        ];
        let own = has_own_balancer(item, class).then_some(item.index);
        let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()).enumerate();
        for (number, rule) in rules {
            let host = rule.host.as_deref().unwrap_or_default();
            for (place, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
                let at = path.path.as_deref().unwrap_or("/");
                let route = (class, own, conditions, host, at, path.path_type.as_str());
                let Some((other, other_number, other_place)) = first.insert(route, (item, number, place)) else {
                    continue;
                };
                // The same Ingress twice is a duplicate-object.
                if other.index != item.index && other.id() == item.id() {
                    continue;
                }
                let host = if host.is_empty() { "every host" } else { host };
                let message = if other.index == item.index {
                    format!("{} has two rules for path {at} of {host}", item.label())
                } else {
                    format!("{} and {} both have a rule for path {at} of {host}", other.label(), item.label())
                };
                let finding = CHECK.finding(message, "give one of them another host or path, or remove it");
                let field = |number, place| format!("spec.rules[{number}].http.paths[{place}]");
                let finding = finding.at(item, field(number, place));
                findings.push(finding.see(other, field(other_number, other_place), "the other rule"));
            }
        }
    }
}

/// Whether an Ingress gets a load balancer or a name of its own, so that nobody else's rules are in its way.
///
/// Of Amazon's, those without a group (kubernetes-sigs/aws-load-balancer-controller docs/guide/ingress/annotations.md); of Tailscale's, each
/// (tailscale/tailscale cmd/k8s-operator/ingress.go, hostnameForIngress). Both read in November 2026.
fn has_own_balancer(item: Item<'_>, class: Option<&str>) -> bool {
    let annotations = || item.object.metadata().annotations.iter().flatten();
    let is_amazons =
        class == Some("alb") || annotations().any(|(key, _)| key.starts_with("alb.ingress.kubernetes.io/"));
    let is_alone = annotation(item, "alb.ingress.kubernetes.io/group.name").is_none();
    is_amazons && is_alone || class == Some("tailscale")
}

fn annotation<'a>(item: Item<'a>, key: &str) -> Option<&'a str> {
    item.object.metadata().annotations.as_ref()?.get(key).map(String::as_str)
}
