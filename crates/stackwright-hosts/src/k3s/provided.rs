//! What K3s v1.36 brings along: <https://docs.k3s.io/installation/packaged-components>, and `manifests/` of its source.

use k8s_openapi::api::core::v1::ResourceRequirements;
use stackwright::prelude::*;

use super::{Config, Packaged};
use crate::requests::{limited, resource_requests};

pub(super) fn provided(config: &Config) -> Provided {
    let has = |component| !config.disable.contains(&component);
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let when = |is_there: bool, name| owned(if is_there { name } else { &[] });
    // Its own, then those of Traefik's chart.
    let mut kinds = owned(&["Addon", "ETCDSnapshotFile", "HelmChart", "HelmChartConfig"]);
    if has(Packaged::Traefik) {
        kinds.extend(owned(&[
            "IngressRoute",
            "IngressRouteTCP",
            "IngressRouteUDP",
            "Middleware",
            "MiddlewareTCP",
            "ServersTransport",
            "ServersTransportTCP",
            "TLSOption",
            "TLSStore",
            "TraefikService",
        ]));
    }
    Provided {
        kinds,
        ingress_classes: when(has(Packaged::Traefik), &["traefik"]),
        storage_classes: when(has(Packaged::LocalStorage), &["local-path"]),
        apis: when(has(Packaged::MetricsServer), &["metrics.k8s.io"]),
        load_balancer: has(Packaged::ServiceLb).then(|| "servicelb".into()),
        pods: pods(config),
        // It reserves nothing, and its own eviction-hard has no memory.available: pods may fill the whole memory, until the kernel ends a
        // process (pkg/daemons/agent/agent.go). K3s itself is counted among the pods, below.
        kubelet: Kubelet { memory: "0".into(), ..default() },
        ..default()
    }
}

fn pods(config: &Config) -> Vec<ProvidedPods> {
    let has = |component| !config.disable.contains(&component);
    let pods = |name: &str, spread, resources: ResourceRequirements| ProvidedPods {
        name: name.into(),
        containers: vec![resources],
        spread,
    };
    let asks = |cpu: &str, memory: &str| resource_requests([("cpu", cpu), ("memory", memory)]);
    let servers = config.nodes.iter().filter(|node| node.control_plane).count();
    let all = [
        // K3s is a process of the host, for which nothing is reserved. Its needs are counted as if pods asked for them, so that what fits
        // by the checks does not starve it. https://docs.k3s.io/reference/resource-profiling: an agent 256M and 10 % of a core, a server
        // with SQLite 768M and with etcd 896M and 20 %.
        (true, pods("k3s (no pod, but a process)", Spread::EveryNode, asks("100m", "256M"))),
        (
            true,
            pods(
                "k3s server (no pod, but a process)",
                Spread::EveryControlPlane,
                asks("100m", if servers > 1 { "640M" } else { "512M" }),
            ),
        ),
        (
            has(Packaged::CoreDns),
            pods("coredns", Spread::Anywhere(1), limited(asks("100m", "70Mi"), [("memory", "170Mi")])),
        ),
        (has(Packaged::MetricsServer), pods("metrics-server", Spread::Anywhere(1), asks("100m", "70Mi"))),
        (has(Packaged::LocalStorage), pods("local-path-provisioner", Spread::Anywhere(1), default())),
        (has(Packaged::Traefik), pods("traefik", Spread::Anywhere(1), default())),
        // What holds ports 80 and 443 of every node for Traefik's Service.
        (has(Packaged::Traefik) && has(Packaged::ServiceLb), pods("svclb-traefik", Spread::EveryNode, default())),
    ];
    all.into_iter().filter(|(is_there, _)| *is_there).map(|(_, pods)| pods).collect()
}
