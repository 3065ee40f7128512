use serde::Serialize;
use serde_json::Value;

use crate::ProvidedPods;

/// A Helm chart at one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The URL of its repository; empty where the name is a whole one, `oci://registry.example/charts/web`.
    pub repository: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// Its pinned version.
    pub version: &'static str,
    /// `sha256:` and the digest of its archive, where `stackwright chart` wrote it down: nothing else is inflated under its name then.
    pub digest: Option<&'static str>,
}

/// A Helm release: a chart with values, installed under a name in a namespace.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// The namespace that it is installed in, which the cluster declares.
    pub namespace: String,
    /// Its chart.
    pub chart: Chart,
    /// Its values: only those that differ from the chart's.
    pub values: Value,
    /// The pods that it makes with them, as far as they matter to the machines' capacity.
    pub pods: Vec<ProvidedPods>,
    /// The API groups of the kinds that it defines, such as `postgresql.cnpg.io`: objects of those are applied after it. Those of cert-manager,
    /// kube-prometheus-stack, Longhorn, MetalLB and Traefik are known.
    pub brings: Vec<String>,
}

impl Release {
    /// A release of a chart with values.
    ///
    /// # Panics
    /// When the values cannot be written as JSON, which a struct of plain fields always can.
    pub fn new(name: &str, namespace: &str, chart: Chart, values: &impl Serialize) -> Self {
        let values = serde_json::to_value(values).expect("Helm values are structs of plain fields");
        Self {
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            chart,
            values,
            pods: Vec::new(),
            brings: Vec::new(),
        }
    }
}
