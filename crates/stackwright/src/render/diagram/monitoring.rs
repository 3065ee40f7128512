//! What is joined to the releases that watch a cluster.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Service;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::Value;

use super::chart::{Chart, Group};
use crate::links::selects;
use crate::order::{template, watched_by_values};
use crate::yaml::{self, Node};
use crate::{Cluster, Object, Release};

const READS: &str = "-.->|reads|";

/// From each release of Prometheus and its operator to what it reads: the nodes, what monitors select, and releases whose values ask to be
/// read.
pub(super) fn link(chart: &mut Chart, cluster: &Cluster, objects: &[&Object]) {
    let releases = || cluster.stacks.iter().flat_map(|stack| &stack.releases);
    for prometheus in releases().filter(|release| release.chart.name == "kube-prometheus-stack") {
        let this = super::release_key(prometheus);
        if reads_nodes(prometheus) {
            chart.edge_to_group(this, READS, Group::Hosts);
        }
        for release in releases().filter(|release| watched_by_values(release) && *release != prometheus) {
            chart.edge(this, READS, super::release_key(release));
        }
        for monitor in objects.iter().filter_map(|object| Monitor::of(object)) {
            for object in objects.iter().filter(|object| monitor.selects(object)) {
                chart.edge(this, READS, super::key(object));
            }
        }
    }
}

/// By default the chart reads every node's kubelet and runs an exporter beside it.
fn reads_nodes(release: &Release) -> bool {
    let is_off =
        |part: &str| release.values.get(part).and_then(|part| part.get("enabled")) == Some(&Value::Bool(false));
    !is_off("kubelet") || !is_off("nodeExporter")
}

/// A ServiceMonitor or PodMonitor.
struct Monitor {
    is_of_pods: bool,
    selector: LabelSelector,
    /// The namespaces in which it looks; none where it looks in all.
    namespaces: Option<Vec<String>>,
}

impl Monitor {
    fn of(object: &Object) -> Option<Self> {
        let is_of_pods = match object.kind() {
            "ServiceMonitor" => false,
            "PodMonitor" => true,
            _ => return None,
        };
        // By its text, which is the same whether it was a struct or read.
        let mut text = String::new();
        object.write_yaml(&mut text).ok()?;
        let stream = yaml::read(&text).ok()?;
        let spec = stream.documents.first()?.get("spec")?;
        let any = spec.at("namespaceSelector.any").is_some_and(|any| any.value == yaml::Value::Bool(true));
        let named = spec.at("namespaceSelector.matchNames").map(Node::items).unwrap_or_default();
        let namespaces = match named.iter().filter_map(Node::text).map(str::to_owned).collect::<Vec<_>>() {
            _ if any => None,
            named if named.is_empty() => Some(vec![object.namespace().unwrap_or_default().to_owned()]),
            named => Some(named),
        };
        Some(Self { is_of_pods, selector: yaml::decode(spec.get("selector")?).ok()?, namespaces })
    }

    fn selects(&self, object: &Object) -> bool {
        let none = BTreeMap::new();
        let labels = if self.is_of_pods {
            let Some(template) = template(object) else { return false };
            template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref())
        } else if object.get::<Service>().is_some() {
            object.metadata().labels.as_ref()
        } else {
            return false;
        };
        let namespace = object.namespace().unwrap_or_default();
        let is_within = self.namespaces.as_ref().is_none_or(|known| known.iter().any(|known| known == namespace));
        is_within && selects(&self.selector, labels.unwrap_or(&none))
    }
}
