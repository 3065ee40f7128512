//! Alertmanager: whom it tells of alerts.

use stackwright::charts::alertmanager::{self as chart, Receiver, Route};
use stackwright::prelude::*;

use super::{Config, HTTP, Part, file, image, kept, one_at_a_time, pod};
use crate::monitoring::volumes::PROMETHEUS_USER;
use crate::monitoring::{receiver, scrape_annotations};

const NAME: &str = "alertmanager";
const PORT: u16 = 9093;
const CONFIGURATION: &str = "/etc/alertmanager";
const FILE: &str = "alertmanager.yml";
/// The folder with the receiver's Secret.
const RECEIVER: &str = "/etc/alertmanager-receiver";
/// What was told, and silences. They end with the pod, as the operator has it too: then what lasts is told once more.
const TOLD: &str = "/alertmanager";

pub(super) fn part(config: &Config<'_>) -> Part {
    let app = App::new(NAME, &config.namespace);
    let settings = config_map(&app, &app.name, [(FILE, file(&configuration(config)))]);
    let receiver = receiver::secret(config).as_ref().map(secret_volume);
    let (settings_volume, told) = (config_volume(&settings), kept("told", None, None));

    let mut mounts = vec![mount_read_only(&settings_volume, CONFIGURATION), mount(&told, TOLD)];
    mounts.extend(receiver.as_ref().map(|secret| mount_read_only(secret, RECEIVER)));
    let container = Container {
        name: NAME.into(),
        image: Some(image(NAME)),
        args: Some(vec![
            format!("--config.file={CONFIGURATION}/{FILE}"),
            format!("--storage.path={TOLD}"),
            // It is alone.
            "--cluster.listen-address=".into(),
        ]),
        ports: Some(vec![container_port(HTTP, PORT)]),
        volume_mounts: Some(mounts),
        readiness_probe: Some(http_probe("/-/ready", HTTP)),
        liveness_probe: Some(Probe { timeout_seconds: Some(10), ..http_probe("/-/healthy", HTTP) }),
        resources: Some(config.sizes.alertmanager.resources()),
        ..default()
    };
    let volumes = [settings_volume, told].into_iter().chain(receiver).collect();
    let pod =
        PodSpec { automount_service_account_token: Some(false), ..pod(config, PROMETHEUS_USER, container, volumes) };
    let mut deployment = one_at_a_time(&app, pod);
    rolls_with(&mut deployment, [&settings]);
    let mut service = service_for(&deployment);
    service.metadata.annotations = Some(scrape_annotations(PORT, "/metrics"));
    Part { service, objects: vec![settings.into(), deployment.into()] }
}

/// Without anyone to tell it tells nobody: Grafana and its own page show what there is.
fn configuration(config: &Config<'_>) -> chart::Config {
    let nobody = "null";
    receiver::configuration(config, RECEIVER).unwrap_or_else(|| chart::Config {
        route: Some(Route { receiver: Some(nobody.into()), ..default() }),
        receivers: Some(vec![Receiver { name: Some(nobody.into()), ..default() }]),
        ..default()
    })
}
