//! Clusters all of whose nodes are excluded from load balancers: MetalLB answers for addresses at none of them.
//!
//! `speakersForPool` in MetalLB's `speaker/layer2_controller.go`, since 0.13.4.

use k8s_openapi::api::core::v1::Node;

use super::CHECK;
use crate::check::topology::Advertisement;
use crate::check::{Finding, HashMap, Index, Pods, Severity};
use crate::facts::charts;

/// kubeadm puts it on control planes.
const EXCLUDED: &str = "node.kubernetes.io/exclude-from-external-load-balancers";

/// By which the speakers don't heed it: the flag, and the chart's value.
const FLAG: &str = "--ignore-exclude-lb";
const VALUE: &str = "speaker.ignoreExcludeLB";

/// Of so many other advertisements the places are told.
const SOME: usize = 3;

pub(super) fn finding(index: &Index<'_>) -> Option<Finding> {
    let advertisements = &index.topology().advertisements;
    let is_of_link = |advertisement: &Advertisement<'_>| advertisement.item.object.kind() == "L2Advertisement";
    let first = advertisements.first()?.item;
    if !advertisements.iter().all(is_of_link) || !are_excluded(index) || is_ignored(index) {
        return None;
    }
    let message = format!("{} is announced by no node: MetalLB leaves out those with label {EXCLUDED}", first.label());
    let help = format!("take the label off: kubectl label node NODE {EXCLUDED}-, or set the chart's {VALUE}: true");
    let finding = CHECK.finding(message, help).rated(Severity::Warning).at(first, "metadata.name");
    let path = format!("metadata.labels[\"{EXCLUDED}\"]");
    let node = index.of_kind("Node").next();
    let finding = finding.see_any(node, &path, "all nodes have it");
    let others = advertisements.iter().skip(1).take(SOME);
    Some(others.fold(finding, |finding, other| finding.see(other.item, "metadata.name", "nor is this")))
}

/// Whether there are nodes, and all are excluded.
fn are_excluded(index: &Index<'_>) -> bool {
    let objects: HashMap<&str, &Node> = index.all::<Node>().map(|(item, node)| (item.object.name(), node)).collect();
    let declared = index.cluster().into_iter().flat_map(|cluster| &cluster.nodes);
    let mut declared = declared.filter(|node| !objects.contains_key(node.name())).peekable();
    let has = |node: &&Node| node.metadata.labels.as_ref().is_some_and(|labels| labels.contains_key(EXCLUDED));
    let is_some = !objects.is_empty() || declared.peek().is_some();
    is_some && objects.values().all(has) && declared.all(|node| node.labels.contains_key(EXCLUDED))
}

/// Whether MetalLB doesn't heed the label, or may not.
fn is_ignored(index: &Index<'_>) -> bool {
    let containers = index.pods.iter().flat_map(Pods::containers).map(|(_, container)| container);
    let by_flag = containers.filter(|container| is_metallb(container.image.as_deref())).any(|container| {
        let mut arguments = container.args.iter().flatten().chain(container.command.iter().flatten());
        is_old(container.image.as_deref()) || arguments.any(|argument| argument.starts_with(FLAG))
    });
    let releases = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases);
    let mut releases = releases.filter(|release| release.chart.name == "metallb");
    let is_set = |values: &serde_json::Value| charts::value(values, VALUE).is_some_and(|value| *value != false);
    let mut installed = index.installed().iter().filter(|installed| installed.chart == Some("metallb"));
    by_flag
        || releases.any(|release| is_set(&release.values))
        || installed.any(|installed| !installed.is_whole || is_set(&installed.merged()))
}

fn is_metallb(image: Option<&str>) -> bool {
    image.is_some_and(|image| image.contains("metallb/") || image.contains("metallb-"))
}

/// Whether an image is of a version that doesn't know the label.
fn is_old(image: Option<&str>) -> bool {
    let tag = image.and_then(|image| image.rsplit_once(':')).map_or("", |(_, tag)| tag.trim_start_matches('v'));
    let mut numbers = tag.split(['.', '-']).map(str::parse::<u32>);
    matches!((numbers.next(), numbers.next(), numbers.next()), (Some(Ok(major)), Some(Ok(minor)), Some(Ok(patch)))
        if (major, minor, patch) < (0, 13, 4))
}
