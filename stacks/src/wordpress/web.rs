use k8s_openapi::api::core::v1::{HTTPGetAction, HTTPHeader, TopologySpreadConstraint};
use stackwright::prelude::*;

use super::HTTP;
use super::pod::{CORE, Environment};

/// The pods that serve the site.
pub(super) fn web(app: &App, environment: &Environment<'_>) -> Deployment {
    let config = environment.config;
    // A file that Apache serves by itself: a pod that is slow because its database is away must not be restarted.
    let alive = http_probe("/license.txt", HTTP);
    let core = empty_volume("core");
    let container = Container {
        ports: Some(vec![port(HTTP, 80)]),
        resources: Some(resources(("100m", "256Mi"), ("500m", "512Mi"))),
        // Nobody who breaks in may change the code: plugins and themes are in `wp-content`, and the rest is the image's.
        volume_mounts: Some(vec![mount_read_only(&core, CORE), environment.content_mount()]),
        startup_probe: Some(Probe { period_seconds: Some(5), failure_threshold: Some(36), ..alive.clone() }),
        liveness_probe: Some(Probe { period_seconds: Some(10), timeout_seconds: Some(5), ..alive }),
        readiness_probe: Some(Probe {
            http_get: Some(login_page(&config.host)),
            period_seconds: Some(10),
            timeout_seconds: Some(5),
            ..default()
        }),
        ..environment.container("wordpress")
    };
    let init = vec![environment.copy_core(&core, vec![]), environment.wait_for("site")];
    let pod = PodSpec {
        topology_spread_constraints: Some(vec![TopologySpreadConstraint {
            max_skew: 1,
            topology_key: "kubernetes.io/hostname".into(),
            when_unsatisfiable: "ScheduleAnyway".into(),
            label_selector: Some(app.selector()),
            ..default()
        }]),
        ..environment.pod(init, container, vec![core])
    };
    deployment(app, pod)
}

/// A page that needs the database, asked for as the Ingress would: by host name, over HTTPS.
fn login_page(host: &str) -> HTTPGetAction {
    let header = |name: &str, value: &str| HTTPHeader { name: name.into(), value: value.into() };
    HTTPGetAction {
        http_headers: Some(vec![header("Host", host), header("X-Forwarded-Proto", "https")]),
        ..http_probe("/wp-login.php", HTTP).http_get.unwrap_or_default()
    }
}
