//! Resources beside CPU and memory that something on a node offers, such as graphics processors.

use k8s_openapi::api::apps::v1::DaemonSet;

use crate::check::Index;

/// Where the kubelet listens for what offers devices.
const PLUGINS: &str = "/var/lib/kubelet/device-plugins";

/// Whether a resource is none of Kubernetes' own.
pub(crate) fn is_extended(name: &str) -> bool {
    name.contains('/') && !name.contains("kubernetes.io/")
}

/// Whether something among the objects or releases may offer devices once it runs.
pub(crate) fn are_discovered(index: &Index) -> bool {
    let mounts_plugins = index.all::<DaemonSet>().any(|(_, set)| {
        let spec = set.spec.template.spec.as_ref();
        let volumes = spec.and_then(|spec| spec.volumes.as_ref()).into_iter().flatten();
        volumes.filter_map(|volume| volume.host_path.as_ref()).any(|path| path.path.starts_with(PLUGINS))
    });
    let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    let mut charts = stacks.flat_map(|stack| &stack.releases).map(|release| release.chart.name);
    mounts_plugins || charts.any(|chart| chart.contains("device-plugin") || chart.contains("gpu-operator"))
}
