use k8s_openapi::api::core::v1::ConfigMap;

use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Profile, Severity};
use crate::facts::{groups, release_kinds};
use crate::yaml::{Node, is_unknown};

pub(super) const CHECK: Check = Check {
    id: "metallb-unread",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "MetalLB does not read an object: it is in another namespace than its controller, or the ConfigMap of old.",
    run,
};

const GROUP: &str = "metallb.io";

/// Where its own manifests put it: <https://github.com/metallb/metallb/blob/7938d3f89b8b/config/native/ns.yaml>, read on 2026-11-29.
const NAMESPACE: &str = "metallb-system";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let kinds = groups::kinds(GROUP).iter().map(|kind| GroupKind { group: GROUP, kind });
    let mut objects = kinds.flat_map(|kind| index.of_kind(kind)).peekable();
    let retired: Vec<_> = index.all::<ConfigMap>().filter(|(item, map)| is_retired(*item, map)).collect();
    if objects.peek().is_none() && retired.is_empty() {
        return;
    }
    let controllers = Controllers::of(index);
    for item in objects {
        findings.extend(outside(index, &controllers, item));
    }
    for (item, _) in retired {
        let is_its = item.namespace == NAMESPACE || controllers.namespaces.contains(&item.namespace);
        if is_its && !controllers.is_old {
            let message = format!("{} is not read by MetalLB any more: it has no ConfigMap since 0.13", item.label());
            let help = "write its pools as IPAddressPool objects, with an L2Advertisement or BGPAdvertisement for each";
            let severity = if controllers.is_new { CHECK.severity } else { Severity::Warning };
            findings.push(CHECK.finding(message, help).rated(severity).at(item, "data.config"));
        }
    }
}

/// Whether a ConfigMap is what MetalLB read until 0.12.
fn is_retired(item: Item<'_>, map: &ConfigMap) -> bool {
    item.object.name() == "config"
        && map.data.as_ref().and_then(|data| data.get("config")).is_some_and(|text| text.contains("address-pools:"))
}

/// An object that is elsewhere than who would read it.
fn outside(index: &Index<'_>, controllers: &Controllers<'_>, item: Item<'_>) -> Option<Finding> {
    let namespaces = &controllers.namespaces;
    // One without a namespace is applied to one that is given then.
    let is_later = item.object.namespace().is_none() && !index.is_closed();
    if namespaces.contains(&item.namespace) || controllers.is_anywhere || is_unknown(item.namespace) || is_later {
        return None;
    }
    let whose = match namespaces.first() {
        Some(namespace) => format!("MetalLB, which is in {namespace}, reads only its own"),
        // Whoever installs it chooses another namespace at times, but hardly this one.
        None if item.namespace == "default" => "MetalLB reads only its own namespace's objects".to_owned(),
        None => return None,
    };
    let message = format!("{} is in namespace {}: {whose}", item.label(), item.namespace);
    let help = format!("put it into {}", namespaces.first().unwrap_or(&NAMESPACE));
    let is_certain = index.is_whole() && !namespaces.is_empty();
    let severity = if is_certain { CHECK.severity } else { Severity::Warning };
    let path = if item.object.namespace().is_some() { "metadata.namespace" } else { "metadata.name" };
    Some(CHECK.finding(message, help).rated(severity).at(item, path))
}

/// Where MetalLB runs, as far as that is shown.
#[derive(Default)]
struct Controllers<'a> {
    namespaces: Vec<&'a str>,
    /// Whether it may be in any namespace.
    is_anywhere: bool,
    /// Whether one is of a version that reads the ConfigMap.
    is_old: bool,
    /// Whether one is of a version that doesn't.
    is_new: bool,
}

impl<'a> Controllers<'a> {
    fn of(index: &Index<'a>) -> Self {
        let mut found = Self::default();
        for pods in &index.pods {
            let mut images = pods.spec.containers.iter().filter_map(|container| container.image.as_deref());
            let image =
                images.find(|image| image.contains("metallb/controller") || image.contains("metallb-controller"));
            if let Some(image) = image {
                found.add(pods.item.namespace, image.rsplit_once(':').map(|(_, tag)| tag));
            }
        }
        let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
        for release in stacks.flat_map(|stack| &stack.releases).filter(|release| release.chart.name == "metallb") {
            found.add(&release.namespace, Some(release.chart.version));
        }
        for item in release_kinds::all().flat_map(|kind| index.of_kind(kind)) {
            found.add_release(item);
        }
        // What its operator makes is beside the operator's object.
        for item in index.of_kind("MetalLB.metallb.io") {
            found.add(item.namespace, None);
        }
        found
    }

    fn add(&mut self, namespace: &'a str, version: Option<&str>) {
        self.is_anywhere |= is_unknown(namespace);
        self.namespaces.push(namespace);
        let mut numbers = version.unwrap_or_default().trim_start_matches('v').split('.').map(str::parse::<u32>);
        if let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) {
            let is_old = (major, minor) < (0, 13);
            self.is_old |= is_old;
            self.is_new |= !is_old;
        }
    }

    /// An object that stands for a release, where that may be one of MetalLB's.
    fn add_release(&mut self, item: Item<'a>) {
        let Some(content) = item.object.content() else { return };
        let text = |path: &str| content.at(path).and_then(Node::text);
        let charts = ["spec.chart.spec.chart", "spec.chart", "spec.source.chart", "spec.source.repoURL"];
        let sources = content.at("spec.sources").into_iter().flat_map(Node::items);
        let sources = sources.flat_map(|source| [source.get("chart"), source.get("repoURL")]);
        let given = sources.flatten().filter_map(Node::text).chain(charts.into_iter().filter_map(text));
        if item.object.name().contains("metallb") || given.into_iter().any(|chart| chart.contains("metallb")) {
            let field = release_kinds::of(item.kind()).and_then(|kind| kind.namespace.as_deref());
            self.add(field.and_then(text).unwrap_or(item.namespace), text("spec.chart.spec.version"));
        }
    }
}
