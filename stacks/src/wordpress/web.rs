use k8s_openapi::api::core::v1::{Lifecycle, LifecycleHandler, SleepAction};
use stackwright::prelude::*;

use super::pod::{Environment, command, core_read_only};
use super::server::MEMORY;
use super::{HTTP, NAME};

/// The pods that serve the site.
pub(super) fn web(app: &App, server: &ConfigMap, environment: &Environment<'_>) -> Deployment {
    let core = empty_volume("core");
    // The port answers while every worker waits for a slow database: no reason to restart the pod.
    let alive = Probe { period_seconds: Some(10), timeout_seconds: Some(5), ..tcp_probe(HTTP) };
    // Whether Apache runs PHP. Not whether the database answers: then all pods would go at once, and WordPress' own error page with them.
    // That a new pod knows the database and its password, and has its files, is what the containers before it have shown.
    let ready = Probe { period_seconds: Some(5), timeout_seconds: Some(5), ..http_probe("/-/ready", HTTP) };
    let mut container = Container {
        args: Some(command(["apache2-foreground", "-c", "Include /server/*.conf"])),
        ports: Some(vec![container_port(HTTP, 80)]),
        resources: Some(resources(("100m", "256Mi"), ("500m", &format!("{MEMORY}Mi")))),
        volume_mounts: Some(vec![
            core_read_only(&core),
            environment.content_mount(),
            environment.scripts_mount(),
            mount_read_only(&config_volume(server), "/server"),
        ]),
        startup_probe: Some(Probe { period_seconds: Some(2), failure_threshold: Some(90), ..ready.clone() }),
        liveness_probe: Some(alive),
        readiness_probe: Some(Probe { failure_threshold: Some(6), ..ready }),
        // The pod is taken from the Service while it is told to stop: until every node and the ingress know, it goes on serving.
        // Then the image's STOPSIGNAL lets Apache finish what it has begun.
        lifecycle: Some(Lifecycle {
            pre_stop: Some(LifecycleHandler { sleep: Some(SleepAction { seconds: 5 }), ..default() }),
            ..default()
        }),
        ..environment.container(NAME)
    };
    // The image's own folder of settings, and then this one.
    container.env.get_or_insert_default().push(env_var("PHP_INI_SCAN_DIR", ":/server"));
    let init = vec![environment.copy_core(&core, vec![]), environment.wait_for("site")];
    let mut pod = PodSpec {
        topology_spread_constraints: Some(vec![spread_over_nodes(app.selector())]),
        ..environment.pod(core, init, container)
    };
    pod.volumes.get_or_insert_default().push(config_volume(server));
    let mut web = deployment(app, pod);
    // Apache, PHP and WordPress read them once.
    rolls_with(&mut web, [environment.settings, server]);
    web
}
