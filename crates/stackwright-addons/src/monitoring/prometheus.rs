//! Prometheus itself.

use k8s_openapi::api::core::v1::{EmptyDirVolumeSource, PersistentVolumeClaimSpec, VolumeResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use stackwright::charts::ServiceType;
use stackwright::charts::kube_prometheus_stack::{self as chart, Prometheus, PrometheusSpec, VolumeClaimTemplate};
use stackwright::prelude::*;

use super::placement::Placement;
use super::{Config, Storage};

pub(super) fn values(config: &Config<'_>) -> Prometheus {
    let Placement { node_selector, tolerations } = Placement::of(config);
    Prometheus {
        // Never without a number: the chart's own is 30090, which people like for Grafana.
        service: config.prometheus_node_port.map(|port| chart::Service {
            type_: Some(ServiceType::NodePort),
            node_port: Some(port),
            ..default()
        }),
        prometheus_spec: Some(PrometheusSpec {
            retention: Some(config.retention.clone()),
            retention_size: Some(config.retention_size.clone()),
            scrape_interval: config.interval.clone(),
            evaluation_interval: config.interval.clone(),
            storage_spec: Some(storage(config)),
            resources: Some(resources(("100m", "512Mi"), ("1", "1Gi"))),
            node_selector,
            tolerations,
            // Monitors and rules of other stacks count without knowing this release's name.
            service_monitor_selector_nil_uses_helm_values: Some(false),
            pod_monitor_selector_nil_uses_helm_values: Some(false),
            rule_selector_nil_uses_helm_values: Some(false),
            ..default()
        }),
    }
}

fn storage(config: &Config<'_>) -> chart::Storage {
    match &config.storage {
        // Samples outlive the container, but not the pod.
        Storage::NodeDisk { samples } => {
            let disk = EmptyDirVolumeSource { size_limit: Some(Quantity(samples.clone())), ..default() };
            chart::Storage { empty_dir: Some(disk), ..default() }
        }
        Storage::Volumes { class, samples, .. } => {
            let claim = PersistentVolumeClaimSpec {
                storage_class_name: Some(class.clone()),
                access_modes: Some(vec!["ReadWriteOnce".into()]),
                resources: Some(VolumeResourceRequirements {
                    requests: Some([("storage".to_owned(), Quantity(samples.clone()))].into()),
                    ..default()
                }),
                ..default()
            };
            chart::Storage { volume_claim_template: Some(VolumeClaimTemplate { spec: Some(claim) }), ..default() }
        }
    }
}
