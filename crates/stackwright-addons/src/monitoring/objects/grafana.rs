//! Grafana, with its data sources and dashboards from files: what is changed in it by hand is all that its volume holds.

use k8s_openapi::api::core::v1::EnvVar;
use serde::Serialize;
use serde_json::Value;
use stackwright::prelude::*;

use super::{Config, HTTP, Part, address, expose, file, image, kept, one_at_a_time, pod};
use crate::dashboard::Dashboard;
use crate::monitoring::volumes::{GRAFANA_USER, grafana_claim};
use crate::monitoring::{grafana, scrape_annotations};

pub(in crate::monitoring) const NAME: &str = "grafana";
const PORT: u16 = 3000;
const DATABASE: &str = "/var/lib/grafana";
const PROVISIONING: &str = "/etc/grafana/provisioning";
const DASHBOARDS: &str = "/etc/grafana/dashboards";

/// With the Services of Prometheus and Alertmanager.
pub(super) fn part(config: &Config<'_>, admin: &SecretSpec, sources: [&Service; 2]) -> Part {
    let app = App::new(NAME, &config.namespace);
    let [prometheus, alertmanager] = sources.map(|service| format!("http://{}", address(service)));
    let sources = file(&grafana::data_sources(config, prometheus, alertmanager));
    let sources = config_map(&app, "grafana-datasources", [("datasources.yaml", sources)]);
    let provider = config_map(&app, "grafana-provider", [("dashboards.yaml", file(&Providers::of_folder(DASHBOARDS)))]);
    let dashboards = config.dashboards.iter().map(Dashboard::file);
    let dashboards = config_map(&app, "grafana-dashboards", dashboards);
    let claim = grafana_claim(config);

    let files = [
        (&sources, format!("{PROVISIONING}/datasources")),
        (&provider, format!("{PROVISIONING}/dashboards")),
        (&dashboards, DASHBOARDS.to_owned()),
    ];
    let (database, scratch) = (kept("database", claim.as_ref(), None), empty_volume("tmp"));
    let mut mounts = vec![mount(&database, DATABASE), mount(&scratch, "/tmp")];
    mounts.extend(files.iter().map(|(map, path)| mount_read_only(&config_volume(map), path)));
    let volumes = [database, scratch].into_iter().chain(files.iter().map(|(map, _)| config_volume(map))).collect();

    let pod = pod(config, GRAFANA_USER, container(config, admin, mounts), volumes);
    let mut deployment = one_at_a_time(&app, PodSpec { automount_service_account_token: Some(false), ..pod });
    // Dashboards are looked for again by itself, the others are read once.
    rolls_with(&mut deployment, [&sources]);
    let service = service(config, &deployment);
    let mut objects: Vec<Object> = vec![sources.into(), provider.into(), dashboards.into(), deployment.into()];
    objects.extend(claim.map(Object::from));
    Part { service, objects }
}

fn container(config: &Config<'_>, admin: &SecretSpec, mounts: Vec<VolumeMount>) -> Container {
    let mut env = settings(config);
    env.extend([
        // It would fetch plugins at every start, from where it can't get to.
        env_var("GF_PLUGINS_PREINSTALL_DISABLED", "true"),
        env_var_from("GF_SECURITY_ADMIN_USER", secret_key(admin, "username")),
        env_var_from("GF_SECURITY_ADMIN_PASSWORD", secret_key(admin, "password")),
    ]);
    Container {
        name: NAME.into(),
        image: Some(image(NAME)),
        env: Some(env),
        ports: Some(vec![container_port(HTTP, PORT)]),
        volume_mounts: Some(mounts),
        readiness_probe: Some(http_probe("/api/health", HTTP)),
        liveness_probe: Some(Probe {
            initial_delay_seconds: Some(60),
            timeout_seconds: Some(30),
            failure_threshold: Some(10),
            ..http_probe("/api/health", HTTP)
        }),
        resources: Some(config.sizes.grafana.resources()),
        ..default()
    }
}

/// What the charts put into `grafana.ini`, by the variables that Grafana takes instead: `GF_SECTION_KEY`.
fn settings(config: &Config<'_>) -> Vec<EnvVar> {
    let ini = serde_json::to_value(grafana::ini(config)).expect("settings are JSON");
    let sections = ini.as_object().into_iter().flatten();
    let variable = |section: &str, key: &str, value: &Value| {
        let name = format!("GF_{section}_{key}").to_uppercase().replace('.', "_");
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        env_var(&name, value)
    };
    sections
        .flat_map(|(section, keys)| {
            let keys = keys.as_object().into_iter().flatten();
            keys.map(move |(key, value)| variable(section, key, value))
        })
        .collect()
}

fn service(config: &Config<'_>, deployment: &Deployment) -> Service {
    let mut service = service_for(deployment);
    service.metadata.annotations = Some(scrape_annotations(PORT, "/metrics"));
    expose(&mut service, config, &config.grafana);
    service
}

/// Where Grafana looks for dashboards: the file of its providers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Providers {
    api_version: u32,
    providers: [Provider; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    name: &'static str,
    #[serde(rename = "type")]
    type_: &'static str,
    disable_deletion: bool,
    options: Folder,
}

#[derive(Serialize)]
struct Folder {
    path: &'static str,
}

impl Providers {
    fn of_folder(path: &'static str) -> Self {
        let provider = Provider { name: "files", type_: "file", disable_deletion: true, options: Folder { path } };
        Self { api_version: 1, providers: [provider] }
    }
}
