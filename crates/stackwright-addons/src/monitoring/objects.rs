//! Every part as objects, without charts: each thing that they would make, to be seen and changed.

mod alertmanager;
mod blackbox_exporter;
mod grafana;
mod kube_state_metrics;
mod node_exporter;
mod prometheus;

use k8s_openapi::api::apps::v1::DeploymentStrategy;
use k8s_openapi::api::core::v1::{EmptyDirVolumeSource, SecurityContext};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

use super::placement::Placement;
use super::{Config, Exposure, load_balanced};
use crate::images::image;

pub(super) use blackbox_exporter::PORT as PROBER_PORT;
pub(super) use grafana::NAME as GRAFANA;

/// The name of the port of metrics and pages, of every part.
const HTTP: &str = "http";

/// The parts, and what each needs: accounts, rights, configuration, claims, Services.
pub(super) fn objects(config: &Config<'_>, admin: &SecretSpec) -> Vec<Object> {
    let Config { namespace, sizes, .. } = config;
    let alertmanager = alertmanager::part(config);
    let state_metrics = kube_state_metrics::part(config);
    let prober = blackbox_exporter::part(config);
    let exporter = node_exporter::app(namespace);
    let scraped = prometheus::Scraped {
        alertmanager: &alertmanager.service,
        state_metrics: &state_metrics.service,
        prober: &prober.service,
        exporter: &exporter,
    };
    let prometheus = prometheus::part(config, &scraped);
    let grafana = grafana::part(config, admin, [&prometheus.service, &alertmanager.service]);
    let mut objects = node_exporter::objects(&exporter, sizes.node_exporter);
    for part in [prometheus, alertmanager, grafana, state_metrics, prober] {
        objects.push(part.service.into());
        objects.extend(part.objects);
    }
    objects
}

/// A part: its Service, from which others are told where it is, and all else of it.
struct Part {
    service: Service,
    objects: Vec<Object>,
}

/// What each part has in common: where it runs, and that it is nobody who could become more.
fn pod(config: &Config<'_>, user: i64, container: Container, volumes: Vec<Volume>) -> PodSpec {
    let Placement { node_selector, tolerations, .. } = Placement::of(config);
    let security_context = SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() };
    PodSpec {
        security_context: Some(restricted_pod(user)),
        containers: vec![Container { security_context: Some(security_context), ..container }],
        volumes: (!volumes.is_empty()).then_some(volumes),
        node_selector,
        tolerations,
        ..default()
    }
}

/// One pod, which is gone before the next one comes: two would write the same files.
fn one_at_a_time(app: &App, pod: PodSpec) -> Deployment {
    let mut deployment = deployment(app, pod);
    deployment.spec.replicas = Some(1);
    deployment.spec.strategy = Some(DeploymentStrategy { type_: Some("Recreate".into()), rolling_update: None });
    deployment
}

/// The first port of a Service, by its name in DNS.
fn address(service: &Service) -> String {
    let ports = service.spec.as_ref().and_then(|spec| spec.ports.as_deref()).unwrap_or_default();
    format!("{}:{}", dns_name(service), ports.first().map_or(80, |port| port.port))
}

/// Shows a part's Service to people.
fn expose(service: &mut Service, config: &Config<'_>, exposure: &Exposure) {
    let spec = service.spec.get_or_insert_default();
    match exposure {
        Exposure::LoadBalancer(address) => {
            spec.type_ = Some("LoadBalancer".into());
            // What browsers ask.
            spec.ports.iter_mut().flatten().for_each(|port| port.port = 80);
            let asked = load_balanced(config, *address).unwrap_or_default();
            service.metadata.annotations.get_or_insert_default().extend(asked);
        }
        Exposure::NodePort { port: number, .. } => {
            spec.type_ = Some("NodePort".into());
            spec.ports.iter_mut().flatten().for_each(|port| port.node_port = Some((*number).into()));
        }
    }
}

/// The claim's volume, or a folder that ends with the pod.
fn kept(name: &str, claim: Option<&PersistentVolumeClaim>, size: Option<&str>) -> Volume {
    claim.map_or_else(
        || Volume {
            name: name.to_owned(),
            empty_dir: Some(EmptyDirVolumeSource { size_limit: size.map(|size| Quantity(size.into())), ..default() }),
            ..default()
        },
        claim_volume,
    )
}

/// A file of a part's configuration.
fn file(content: &impl Serialize) -> String {
    yaml::to_string(content).expect("a configuration has texts for keys")
}
