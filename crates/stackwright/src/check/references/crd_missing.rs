use std::collections::BTreeMap;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService;

use super::built_in;
use super::missing::of_part;
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};
use crate::facts::{charts, groups};
use crate::nearest::nearest;

pub(super) const CHECK: Check = Check {
    id: "crd-missing",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An object is of a kind or version that the API server does not serve and no CustomResourceDefinition \
            brings.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut defined: HashMap<(&str, &str), (Item<'_>, &CustomResourceDefinition)> = HashMap::default();
    let mut kinds_of: HashMap<&str, Vec<&str>> = HashMap::default();
    for (item, definition) in index.all::<CustomResourceDefinition>() {
        let (group, kind) = (definition.spec.group.as_str(), definition.spec.names.kind.as_str());
        defined.insert((group, kind), (item, definition));
        kinds_of.entry(group).or_default().push(kind);
    }

    // The first object of each kind that nothing brings, and how many there are.
    let mut unserved: BTreeMap<usize, u32> = BTreeMap::new();
    let mut first: HashMap<(&str, &str), Option<usize>> = HashMap::default();
    for item in index.items.iter().filter(|item| item.object.content().is_some()) {
        let (api_version, kind) = (item.object.api_version(), item.object.kind());
        let first = first.entry((api_version, kind)).or_insert_with(|| {
            let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
            let served = match defined.get(&(group, kind)) {
                Some((_, definition)) => {
                    definition.spec.versions.iter().any(|known| known.served && known.name == version)
                }
                None => is_served(index, group, kind),
            };
            (!served).then_some(item.index)
        });
        if let Some(first) = first {
            *unserved.entry(*first).or_default() += 1;
        }
    }

    for (number, count) in unserved {
        let item = index.items[number];
        let (api_version, kind) = (item.object.api_version(), item.object.kind());
        let group = api_version.split('/').next().unwrap_or_default();
        let more = if count > 1 { format!(", as are {} more", count - 1) } else { String::new() };
        if let Some((definition_item, definition)) = defined.get(&(group, kind)) {
            let served: Vec<_> = definition.spec.versions.iter().filter(|known| known.served).collect();
            let served: Vec<_> = served.iter().map(|known| format!("{group}/{}", known.name)).collect();
            let message = format!("{} is of {api_version}{more}, which its definition does not serve", item.label());
            let finding = CHECK.finding(message, format!("write apiVersion: {}", served.join(" or ")));
            findings.push(finding.rated(of_part(&CHECK, index)).at(item, "apiVersion").see(
                *definition_item,
                "spec.versions",
                "the definition",
            ));
            continue;
        }
        // That it is of another group now is said once.
        if groups::meant(group, kind).is_some() {
            continue;
        }
        let siblings = kinds_of.get(group);
        let meant = siblings.and_then(|kinds| nearest(kind, kinds.iter().copied()));
        let is_untold = index.is_untold(|cluster| &cluster.provided.kinds);
        let severity = match (index.is_closed() && !is_untold, siblings) {
            (true, _) => Severity::Error,
            (false, Some(_)) if meant.is_some() => Severity::Warning,
            // Definitions are often applied beforehand.
            (false, _) if kinds_of.is_empty() || is_untold => continue,
            (false, _) => Severity::Information,
        };
        let help = match meant {
            Some(meant) => format!("did you mean {meant}?"),
            None if index.cluster().is_some() => format!(
                "add the CustomResourceDefinition of {kind} in group {group} to a stack, or the kind to `Provided::kinds` if \
                 the installer or a release brings it"
            ),
            None => format!("apply the CustomResourceDefinition of {kind} in group {group} first"),
        };
        let message = format!(
            "{} is of kind {kind} of {api_version}{more}, which no CustomResourceDefinition brings",
            item.label()
        );
        findings.push(CHECK.finding(message, help).rated(severity).at(item, "kind"));
    }
}

/// Whether the API server serves a kind that no definition among the objects brings.
fn is_served(index: &Index<'_>, group: &str, kind: &str) -> bool {
    if built_in::api_group(group) || built_in::is_of_files(group) {
        return true;
    }
    let aggregated = index.all::<APIService>().any(|(_, service)| {
        service.spec.as_ref().is_some_and(|spec| spec.group.as_deref() == Some(group) && spec.service.is_some())
    });
    aggregated
        || index.cluster().is_some_and(|cluster| {
            let mut releases = cluster.stacks.iter().flat_map(|stack| &stack.releases);
            cluster.provided.kinds.iter().any(|known| known == kind)
                || cluster.provided.apis.iter().any(|api| api == group)
                || releases.any(|release| charts::defines(release, group))
        })
}
