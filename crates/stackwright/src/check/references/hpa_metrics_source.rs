use k8s_openapi::api::autoscaling::{v1, v2};
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService;

use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hpa-metrics-source",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A HorizontalPodAutoscaler reads metrics from an API that nothing in the cluster serves.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    if index.is_untold(|cluster| &cluster.provided.apis) {
        return;
    }
    let serves = |api: &str| {
        let objects = index.all::<APIService>().filter_map(|(_, service)| service.spec.as_ref()?.group.as_deref());
        objects.chain(cluster.provided.apis.iter().map(String::as_str)).any(|known| known == api)
    };
    let sources = ["metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io"];
    let missing: Vec<_> = sources.into_iter().filter(|api| !serves(api)).collect();
    if missing.is_empty() {
        return;
    }
    let mut found = |item: Item<'_>, path: String, api: &'static str| {
        if missing.contains(&api) {
            let message = format!("{} reads {api}, which nothing in cluster {} serves", item.label(), cluster.name);
            let help = match api {
                "metrics.k8s.io" => "install metrics-server; if the installer brings it, say so in `Provided::apis`",
                _ => "install an adapter for it; if a release brings one, say so in `Provided::apis`",
            };
            findings.push(CHECK.finding(message, help).at(item, path));
        }
    };
    for (item, scaler) in index.all::<v2::HorizontalPodAutoscaler>() {
        let metrics = scaler.spec.metrics.as_ref();
        if metrics.is_none() {
            found(item, "spec".to_owned(), "metrics.k8s.io");
        }
        for (number, metric) in metrics.into_iter().flatten().enumerate() {
            let api = match metric.type_.as_str() {
                "Resource" | "ContainerResource" => "metrics.k8s.io",
                "Pods" | "Object" => "custom.metrics.k8s.io",
                _ => "external.metrics.k8s.io",
            };
            found(item, format!("spec.metrics[{number}]"), api);
        }
    }
    for (item, _) in index.all::<v1::HorizontalPodAutoscaler>() {
        found(item, "spec".to_owned(), "metrics.k8s.io");
    }
}
