//! The application of the K3s course: a page that says which pod answers, and a button that puts that pod under load, until the
//! autoscaler adds pods.

mod image;
mod watched;

use std::ops::RangeInclusive;

use k8s_openapi::api::autoscaling::v2::{
    HPAScalingPolicy, HPAScalingRules, HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior,
};
use k8s_openapi::api::core::v1::{EnvVarSource, ResourceFieldSelector, SecurityContext};
use stackwright::prelude::*;

pub use image::Image;
pub use watched::dashboard;

/// The port that the application listens at.
const HTTP: &str = "http";
/// The Deployment, its container and its Service, by the course's own name.
const NAME: &str = "test";
/// The user that the image runs as.
const USER: i64 = 65532;

/// What the course's application is made of.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// How its image reaches the nodes.
    pub image: Image,
    /// The port of every node at which visitors find it, such as 30080.
    pub node_port: u16,
    /// How many pods there are at least and at most.
    pub replicas: RangeInclusive<i32>,
    /// The CPU use, in percent of the request, that more pods are started above.
    pub cpu_percent: i32,
    /// The URL that people type for Grafana, which lets pages show its panels.
    pub grafana: String,
    /// The pods that read its metrics.
    pub scraper: App,
}

/// The application: namespace, pods, autoscaler, their way in, and how they are watched. With it comes what its image is built from.
pub fn stack(config: &Config<'_>) -> Stack {
    let app = App::new(NAME, &config.namespace);
    let web = web(&app, config);
    let service = service(&web, config);
    let autoscaler = autoscaler(&app, &web, config);
    let dashboard = watched::dashboard(&config.namespace);
    let policies = [
        default_deny(&config.namespace),
        allow_ingress(&app, "test-from-visitors", config.platform.anyone(), vec![tcp_named(HTTP)]),
        allow_ingress(&app, "test-from-prometheus", vec![app_peer(&config.scraper)], vec![tcp_named(HTTP)]),
    ];
    Stack {
        objects: vec![
            namespace(&config.namespace, PodSecurity::Restricted).into(),
            disruption_budget(&web, 1).into(),
            watched::monitor(&app, &service),
            watched::alerts(&app, &autoscaler),
            dashboard.config_map(&app).into(),
            web.into(),
            service.into(),
            autoscaler.into(),
        ]
        .into_iter()
        .chain(policies.map(Object::from))
        .collect(),
        files: image::files(),
        needs: vec!["docker, podman or nerdctl, to build the application's image".into()],
        steps: vec![(When::Access, config.image.step())],
        name: "course".into(),
        ..default()
    }
}

fn web(app: &App, config: &Config<'_>) -> Deployment {
    let dashboard = watched::dashboard(&config.namespace);
    let cores = ResourceFieldSelector { resource: "limits.cpu".into(), ..default() };
    let container = Container {
        name: NAME.into(),
        image: Some(config.image.name()),
        image_pull_policy: config.image.pull_policy(),
        ports: Some(vec![container_port(HTTP, 8080)]),
        env: Some(vec![
            env_var_from("NODE_NAME", pod_field("spec.nodeName")),
            env_var_from("LOAD_CORES", EnvVarSource { resource_field_ref: Some(cores), ..default() }),
            env_var("GRAFANA_PANEL_URL", dashboard.panel_url(&config.grafana, &dashboard.panels[0])),
        ]),
        resources: Some(resources(("1", "64Mi"), ("2", "128Mi"))),
        // Under load the server waits for its turn on the cores, too: that is no reason to restart it.
        liveness_probe: Some(Probe {
            timeout_seconds: Some(5),
            failure_threshold: Some(6),
            ..http_probe("/healthz", HTTP)
        }),
        readiness_probe: Some(Probe {
            period_seconds: Some(5),
            timeout_seconds: Some(5),
            ..http_probe("/readyz", HTTP)
        }),
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        ..default()
    };
    deployment(
        app,
        PodSpec {
            containers: vec![container],
            security_context: Some(restricted_pod(USER)),
            automount_service_account_token: Some(false),
            enable_service_links: Some(false),
            topology_spread_constraints: Some(vec![spread_over_nodes(app.selector())]),
            ..default()
        },
    )
}

fn service(web: &Deployment, config: &Config<'_>) -> Service {
    let mut service = service_for(web);
    let spec = service.spec.get_or_insert_default();
    spec.type_ = Some("NodePort".into());
    for port in spec.ports.iter_mut().flatten() {
        port.port = 80;
        port.node_port = Some(config.node_port.into());
    }
    service
}

/// Up without delay and down after two quiet minutes, by one pod a minute: a person can watch both.
fn autoscaler(app: &App, web: &Deployment, config: &Config<'_>) -> HorizontalPodAutoscaler {
    let rules = |window| HPAScalingRules {
        stabilization_window_seconds: Some(window),
        policies: Some(vec![HPAScalingPolicy { type_: "Pods".into(), value: 1, period_seconds: 60 }]),
        ..default()
    };
    let behavior = HorizontalPodAutoscalerBehavior { scale_up: Some(rules(0)), scale_down: Some(rules(120)) };
    let cpu = cpu_utilization(config.cpu_percent);
    let mut autoscaler = stackwright::prelude::autoscaler(app, scale_target(web), config.replicas.clone(), cpu);
    autoscaler.metadata = app.named(watched::AUTOSCALER);
    autoscaler.spec.behavior = Some(behavior);
    autoscaler
}
