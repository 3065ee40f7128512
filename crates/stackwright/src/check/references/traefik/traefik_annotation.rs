use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::{Ingress, IngressClass};

use super::{PROVIDER, all, full_name, in_full, named, own};
use crate::check::references::ingress_class::class;
use crate::check::references::missing::{certainty, entry_path, missing, of_part};
use crate::check::{Check, Finding, Group, HashMap, HashSet, Index, Item, Profile, Severity};
use crate::nearest::nearest;
use crate::yaml::is_unknown;

pub(in crate::check::references) const CHECK: Check = Check {
    id: "traefik-annotation",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An annotation for Traefik names a middleware, TLS options or a transport by another name than the full one, \
            or one that is not there.",
    run,
};

/// Annotations of Ingresses, and the kind that they name:
/// <https://github.com/traefik/traefik/blob/0cdfbbe02015/pkg/provider/kubernetes/ingress/annotations.go>, read on 2026-11-29.
const OF_INGRESSES: [(&str, &str); 2] = [
    ("traefik.ingress.kubernetes.io/router.middlewares", "Middleware"),
    ("traefik.ingress.kubernetes.io/router.tls.options", "TLSOption"),
];

/// Those of Services, in the same file.
const OF_SERVICES: [(&str, &str); 1] = [("traefik.ingress.kubernetes.io/service.serverstransport", "ServersTransport")];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut known = Known::default();
    let mut look = |item: Item<'_>, annotations: &[(&'static str, &'static str)]| {
        let Some(given) = &item.object.metadata().annotations else { return };
        for (key, kind) in annotations {
            let Some(names) = given.get(*key) else { continue };
            for name in names.split(',').map(str::trim).filter(|name| !is_nothing(name)) {
                let found = finding(index, &mut known, item, kind, name);
                findings.extend(found.map(|finding| finding.at(item, entry_path("metadata.annotations", key))));
            }
        }
    };
    for (item, ingress) in index.all::<Ingress>() {
        if is_of_traefik(index, item, ingress) {
            look(item, &OF_INGRESSES);
        }
    }
    for (item, _) in index.all::<Service>() {
        look(item, &OF_SERVICES);
    }
}

/// What names nothing that could be missing: `default` are the TLS options of all namespaces.
fn is_nothing(name: &str) -> bool {
    name.is_empty() || is_unknown(name) || name == "default" || name == "default@kubernetescrd"
}

/// Whether nothing says that another controller serves an Ingress.
fn is_of_traefik(index: &Index<'_>, item: Item<'_>, ingress: &Ingress) -> bool {
    let class = class(item, ingress).and_then(|(class, _)| index.get::<IngressClass>("", class));
    let controller = class.and_then(|(_, class)| class.spec.as_ref()?.controller.as_deref());
    controller.is_none_or(|controller| controller.contains("traefik"))
}

/// What is wrong with a name.
fn finding(index: &Index<'_>, known: &mut Known, item: Item<'_>, kind: &'static str, name: &str) -> Option<Finding> {
    let label = item.label();
    let Some((before, provider)) = name.split_once('@') else {
        let meant = meant(index, item, kind, name).map_or_else(|| name.to_owned(), full_name_of);
        let message = format!("{label} names {kind} {name} without the provider that has it");
        return Some(
            CHECK
                .finding(message, format!("write {meant}@{PROVIDER}"))
                .why("Traefik looks for it among those that Ingresses make, which are none"),
        );
    };
    let Some(full) = in_full(name) else {
        let is_slip = provider == "kubernetes" || nearest(provider, [PROVIDER]).is_some();
        let message = format!("{label} names {kind} {before} of provider {provider}, which has none");
        return is_slip.then(|| CHECK.finding(message, format!("write {before}@{PROVIDER}")));
    };
    let known = known.of(index, kind);
    if known.contains(full) {
        return None;
    }
    if let Some(target) = meant(index, item, kind, full) {
        let message = format!("{label} names {kind} {full} without its namespace");
        // What looks like a name alone may be another one's full name.
        let severity = if full.contains('-') { of_part(&CHECK, index) } else { CHECK.severity };
        let finding = CHECK.finding(message, format!("write {}@{PROVIDER}", full_name_of(target))).rated(severity);
        return Some(finding.see(target, "metadata.name", format!("the {kind}")));
    }
    let message = format!("{label} names {kind} {full}, which is not there");
    if let Some(near) = nearest(full, known.iter().map(String::as_str)) {
        return Some(CHECK.finding(message, format!("did you mean {near}@{PROVIDER}?")).rated(of_part(&CHECK, index)));
    }
    let Some((namespace, name)) = parted(index, item, full) else {
        if full.contains('-') && !index.is_closed() {
            return None;
        }
        let severity = if full.contains('-') { certainty(index, "")? } else { CHECK.severity };
        let help = format!("write NAMESPACE-NAME@{PROVIDER}");
        return Some(CHECK.finding(message, help).rated(severity));
    };
    missing(&CHECK, index, (own(kind), namespace, name), message)
}

/// The object that has this name alone: in the namespace of what names it, or in another one.
fn meant<'a>(index: &Index<'a>, item: Item<'_>, kind: &'static str, name: &str) -> Option<Item<'a>> {
    named(index, kind, item.namespace, name).or_else(|| index.anywhere(own(kind), name))
}

fn full_name_of(item: Item<'_>) -> String {
    full_name(item.namespace, item.object.name())
}

/// The namespace and name that a full name is of, where a namespace is there that it begins with; the longest of several.
fn parted<'n>(index: &Index<'_>, item: Item<'_>, full: &'n str) -> Option<(&'n str, &'n str)> {
    let mut parts = full.match_indices('-').rev().map(|(place, _)| (&full[..place], &full[place + 1..]));
    let is_there = |namespace: &str| {
        namespace == item.namespace
            || index.named("Namespace", "", namespace).is_some()
            || index.has_namespace(namespace)
    };
    parts.find(|(namespace, name)| !name.is_empty() && is_there(namespace))
}

/// The full names of the objects of Traefik's kinds: gathered when the first of a kind is looked for.
#[derive(Default)]
struct Known(HashMap<&'static str, HashSet<String>>);

impl Known {
    fn of(&mut self, index: &Index<'_>, kind: &'static str) -> &HashSet<String> {
        self.0.entry(kind).or_insert_with(|| all(index, kind).map(full_name_of).collect())
    }
}
