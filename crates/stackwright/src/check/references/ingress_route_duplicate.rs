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
        let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten()).enumerate();
        for (number, rule) in rules {
            let host = rule.host.as_deref().unwrap_or_default();
            for (place, path) in rule.http.iter().flat_map(|http| &http.paths).enumerate() {
                let at = path.path.as_deref().unwrap_or("/");
                let route = (class, conditions, host, at, path.path_type.as_str());
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

fn annotation<'a>(item: Item<'a>, key: &str) -> Option<&'a str> {
    item.object.metadata().annotations.as_ref()?.get(key).map(String::as_str)
}
