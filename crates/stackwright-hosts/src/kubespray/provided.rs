//! What is on every cluster that kubespray v2.31 made, and so is in none of our objects.

use k8s_openapi::api::core::v1::ResourceRequirements;
use stackwright::prelude::*;

use super::Config;
use crate::requests::{limited, resource_requests};

/// What kubespray brings along with these settings, beside what its files here say.
pub(super) fn provided(config: &Config) -> Provided {
    let metallb = Provided {
        namespaces: vec!["metallb-system".into()],
        kinds: ["BGPAdvertisement", "BGPPeer", "IPAddressPool", "L2Advertisement"].map(str::to_owned).into(),
        load_balancer: Some("metallb".into()),
        ..default()
    };
    let pods = pods().into_iter().filter(|pods| config.load_balancers.is_some() || !pods.name.starts_with("metallb"));
    Provided {
        apis: vec!["metrics.k8s.io".into()],
        pods: pods.collect(),
        // Set for every kubelet, whether the reservations have a control group of their own or not: kube 100m and 256Mi,
        // system 500m and 512Mi (roles/kubernetes/node: defaults and kubelet-config.v1beta1.yaml.j2). `eviction_hard` is
        // left empty, so that Kubernetes' own 100Mi are kept free as well.
        kubelet: Kubelet { cpu: "600m".into(), memory: "868Mi".into(), ..default() },
        ..if config.load_balancers.is_some() { metallb } else { default() }
    }
}

/// The pods of kubespray v2.31 with what each requests. etcd is a service of the control planes, not a pod.
fn pods() -> [ProvidedPods; 13] {
    let pods = |name: &str, spread, resources: ResourceRequirements| ProvidedPods {
        name: name.into(),
        containers: vec![resources],
        spread,
    };
    let asks = |cpu: &str, memory: &str| resource_requests([("cpu", cpu), ("memory", memory)]);
    let asks_cpu = |cpu: &str| resource_requests([("cpu", cpu)]);
    [
        // Static pods that kubeadm writes: cmd/kubeadm/app/phases/controlplane/manifests.go in Kubernetes 1.35.
        pods("kube-apiserver", Spread::EveryControlPlane, asks_cpu("250m")),
        pods("kube-controller-manager", Spread::EveryControlPlane, asks_cpu("200m")),
        pods("kube-scheduler", Spread::EveryControlPlane, asks_cpu("100m")),
        pods("kube-proxy", Spread::EveryNode, default()),
        // The workers' way to the API server: roles/kubernetes/node/defaults, loadbalancer_apiserver_*_requests.
        pods("nginx-proxy", Spread::EveryWorker, asks("25m", "32M")),
        // roles/network_plugin/calico_defaults and roles/kubernetes-apps/policy_controller/calico/defaults.
        pods("calico-node", Spread::EveryNode, limited(asks("150m", "64M"), [("memory", "500M")])),
        pods(
            "calico-kube-controllers",
            Spread::Anywhere(1),
            limited(asks("30m", "64M"), [("cpu", "1000m"), ("memory", "256M")]),
        ),
        // roles/kubernetes-apps/ansible/defaults: dns_*, nodelocaldns_* and dns_autoscaler_*; two replicas up to 32 nodes.
        pods("coredns", Spread::Anywhere(2), limited(asks("100m", "70Mi"), [("memory", "300Mi")])),
        pods("nodelocaldns", Spread::EveryNode, limited(asks("100m", "70Mi"), [("memory", "200Mi")])),
        pods("dns-autoscaler", Spread::Anywhere(1), asks("20m", "10Mi")),
        // roles/kubernetes-apps/metrics_server/defaults.
        pods(
            "metrics-server",
            Spread::Anywhere(1),
            limited(asks("100m", "200Mi"), [("cpu", "100m"), ("memory", "200Mi")]),
        ),
        // roles/kubernetes-apps/metallb/templates/metallb.yaml.j2 gives neither requests nor limits.
        pods("metallb controller", Spread::Workers(1), default()),
        pods("metallb speaker", Spread::EveryNode, default()),
    ]
}
