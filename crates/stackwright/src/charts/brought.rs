//! What a release brings that objects and other releases need before it is their turn.

use std::borrow::Cow;

use serde_json::Value;

use crate::Release;

/// What a chart brings, as far as an order follows from it.
struct Brought {
    chart: &'static str,
    /// The API groups of the kinds that it defines.
    groups: &'static [&'static str],
    /// The class that it makes: what it is for, the value that names it, and its name without that value.
    class: Option<(ClassOf, &'static str, &'static str)>,
    /// The labels or annotations of a Namespace or of pods that ask its webhook for a container more: pods that are there before it lack
    /// that container.
    injects: &'static [&'static str],
    /// Whether it gives addresses to Services of type `LoadBalancer`.
    addresses: bool,
}

/// What a class is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClassOf {
    /// Ingresses.
    Ingress,
    /// Volumes.
    Storage,
}

const NOTHING: Brought = Brought { chart: "", groups: &[], class: None, injects: &[], addresses: false };

/// Read from the charts' definitions and templates in November 2026.
const OF_CHARTS: [Brought; 11] = [
    Brought { chart: "cert-manager", groups: &["cert-manager.io", "acme.cert-manager.io"], ..NOTHING },
    Brought {
        // templates/controller-ingressclass.yaml and values.yaml.
        chart: "ingress-nginx",
        class: Some((ClassOf::Ingress, "controller.ingressClassResource.name", "nginx")),
        ..NOTHING
    },
    Brought {
        // istio/istio, manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml. Its kinds are the chart `base`'s.
        chart: "istiod",
        injects: &["istio-injection", "istio.io/rev", "sidecar.istio.io/inject"],
        ..NOTHING
    },
    Brought { chart: "kube-prometheus-stack", groups: &[WATCHING], ..NOTHING },
    Brought { chart: "kube-vip", addresses: true, ..NOTHING },
    Brought {
        // linkerd/linkerd2, pkg/k8s/labels.go: ProxyInjectAnnotation.
        chart: "linkerd-control-plane",
        injects: &["linkerd.io/inject"],
        ..NOTHING
    },
    Brought {
        chart: "longhorn",
        groups: &["longhorn.io"],
        // templates/storageclass.yaml.
        class: Some((ClassOf::Storage, "", "longhorn")),
        ..NOTHING
    },
    Brought { chart: "metallb", groups: &["metallb.io"], addresses: true, ..NOTHING },
    Brought {
        // values.yaml.
        chart: "nfs-subdir-external-provisioner",
        class: Some((ClassOf::Storage, "storageClass.name", "nfs-client")),
        ..NOTHING
    },
    Brought { chart: "prometheus-operator-crds", groups: &[WATCHING], ..NOTHING },
    Brought {
        chart: "traefik",
        groups: &["traefik.io", "gateway.networking.k8s.io", "hub.traefik.io"],
        // templates/ingressclass.yaml: without the value it has the release's name.
        class: Some((ClassOf::Ingress, "ingressClass.name", "")),
        ..NOTHING
    },
];

/// The group of the kinds that say what is watched: nothing that they are about waits for them.
pub(crate) const WATCHING: &str = "monitoring.coreos.com";

fn of(release: &Release) -> &'static Brought {
    OF_CHARTS.iter().find(|known| known.chart == release.chart.name).unwrap_or(&NOTHING)
}

/// Whether a release defines the kinds of an API group.
pub(crate) fn defines(release: &Release, group: &str) -> bool {
    of(release).groups.contains(&group) || release.brings.iter().any(|own| own == group)
}

/// The class that a release makes, and what it is for.
pub(crate) fn class(release: &Release) -> Option<(ClassOf, Cow<'_, str>)> {
    let (what, path, name) = of(release).class?;
    let value = path.split('.').try_fold(&release.values, |value, key| value.get(key)).and_then(Value::as_str);
    let name = match value {
        Some(value) if !value.is_empty() => Cow::Borrowed(value),
        _ if name.is_empty() => full_name(release),
        _ => Cow::Borrowed(name),
    };
    Some((what, name))
}

/// The name that charts give to what there is one of, by Helm's template: the release's, with the chart's if it isn't in it.
fn full_name(release: &Release) -> Cow<'_, str> {
    match release.values.get("fullnameOverride").and_then(Value::as_str) {
        Some(name) if !name.is_empty() => Cow::Borrowed(name),
        _ if release.name.contains(release.chart.name) => Cow::Borrowed(release.name.as_str()),
        _ => Cow::Owned(format!("{}-{}", release.name, release.chart.name)),
    }
}

/// The labels or annotations by which pods, or their Namespace, ask a release for a container more.
pub(crate) fn injects(release: &Release) -> &'static [&'static str] {
    of(release).injects
}

/// Whether a release gives addresses to Services of type `LoadBalancer`.
pub(crate) fn gives_addresses(release: &Release) -> bool {
    of(release).addresses
}
