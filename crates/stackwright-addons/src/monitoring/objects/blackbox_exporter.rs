//! blackbox-exporter: asks Services as their clients would, and says whether they answer. What a probe is, its image's own file says:
//! `http_2xx` among others.

use stackwright::prelude::*;

use super::{Config, HTTP, Part, image, pod};
use crate::monitoring::prober;
use crate::monitoring::volumes::PROMETHEUS_USER;

pub(in crate::monitoring) const PORT: u16 = 9115;

pub(super) fn part(config: &Config<'_>) -> Part {
    let app = prober(&config.namespace);
    let container = Container {
        name: app.name.clone(),
        image: Some(image(&app.name)),
        ports: Some(vec![container_port(HTTP, PORT)]),
        readiness_probe: Some(http_probe("/-/healthy", HTTP)),
        liveness_probe: Some(Probe { timeout_seconds: Some(10), ..http_probe("/-/healthy", HTTP) }),
        resources: Some(resources(("5m", "24Mi"), ("100m", "64Mi"))),
        ..default()
    };
    let pod = pod(config, PROMETHEUS_USER, container, vec![]);
    let mut deployment = deployment(&app, PodSpec { automount_service_account_token: Some(false), ..pod });
    deployment.spec.replicas = Some(1);
    let service = service_for(&deployment);
    Part { service, objects: vec![deployment.into()] }
}
