//! Prometheus: what it may read, what it reads, where it keeps that.

use k8s_openapi::api::rbac::v1::PolicyRule;
use stackwright::prelude::*;

use super::{Config, HTTP, Part, address, expose, file, image, kept, one_at_a_time, pod};
use crate::alerts;
use crate::monitoring::volumes::{PROMETHEUS_USER, samples_claim};
use crate::monitoring::{Storage, scraper};
use crate::prometheus::{Alerting, Alertmanagers, Configuration, Global, ScrapeConfig, StaticConfig, jobs};

const PORT: u16 = 9090;
/// The Service's own.
const SERVICE_PORT: u16 = 8080;
const CONFIGURATION: &str = "/etc/prometheus";
const SAMPLES: &str = "/prometheus";
const FILE: &str = "prometheus.yml";
const RULES: &str = "alerts.yml";

/// What Prometheus knows of the other parts.
pub(super) struct Scraped<'a> {
    pub alertmanager: &'a Service,
    pub state_metrics: &'a Service,
    pub prober: &'a Service,
    pub exporter: &'a App,
}

pub(super) fn part(config: &Config<'_>, scraped: &Scraped<'_>) -> Part {
    let app = scraper(&config.namespace);
    let account = service_account(&app);
    let role = rbac::cluster_role(&app, rights());
    let settings = config_map(&app, &app.name, files(config, scraped));
    let claim = samples_claim(config);
    let (settings_volume, samples) = (config_volume(&settings), samples(config, claim.as_ref()));
    let container = container(config, &settings_volume, &samples);
    let mut deployment = one_at_a_time(
        &app,
        PodSpec {
            service_account_name: account.metadata.name.clone(),
            // It writes what it has not yet written of its samples.
            termination_grace_period_seconds: Some(300),
            ..pod(config, PROMETHEUS_USER, container, vec![settings_volume, samples])
        },
    );
    // A container that reloads would save the restart. It would also be one more image, and what can't be read would only be in its log.
    // Here the pod does not come back, which nobody overlooks.
    rolls_with(&mut deployment, [&settings]);
    let service = service(config, &deployment);
    let binding = rbac::cluster_role_binding(&role, &account);
    let mut objects = vec![account.into(), role.into(), binding.into(), settings.into(), deployment.into()];
    objects.extend(claim.map(Object::from));
    Part { service, objects }
}

/// What it finds its targets by, and the metrics of kubelets and API servers. Nothing that can change anything: `nodes/proxy` could.
fn rights() -> Vec<PolicyRule> {
    let metrics =
        PolicyRule { non_resource_urls: Some(vec!["/metrics".into()]), verbs: vec!["get".into()], ..default() };
    vec![
        rbac::rule("", ["nodes", "services", "pods"], ["get", "list", "watch"]),
        rbac::rule("discovery.k8s.io", ["endpointslices"], ["get", "list", "watch"]),
        rbac::rule("", ["nodes/metrics"], ["get"]),
        metrics,
    ]
}

/// Its configuration, by the names of the files.
fn files(config: &Config<'_>, scraped: &Scraped<'_>) -> Vec<(&'static str, String)> {
    let has_rules = !config.alerts.is_empty();
    let configuration = Configuration {
        global: config.interval.as_deref().map(Global::every).unwrap_or_default(),
        // Beside this file.
        rule_files: has_rules.then(|| RULES.to_owned()).into_iter().collect(),
        alerting: Alerting {
            alertmanagers: vec![Alertmanagers {
                static_configs: vec![StaticConfig { targets: vec![address(scraped.alertmanager)] }],
            }],
        },
        scrape_configs: scrape_configs(config, scraped),
    };
    let rules = has_rules.then(|| (RULES, file(&alerts::rules("alerts", &config.alerts))));
    [(FILE, file(&configuration))].into_iter().chain(rules).collect()
}

fn scrape_configs(config: &Config<'_>, scraped: &Scraped<'_>) -> Vec<ScrapeConfig> {
    let parts = config.platform.scraped.iter().copied().map(jobs::component);
    let others = [
        jobs::itself(PORT),
        jobs::api_servers(),
        jobs::kubelets(),
        jobs::containers(),
        jobs::node_exporters(scraped.exporter),
        jobs::state_metrics(address(scraped.state_metrics)),
        jobs::annotated_services(),
        jobs::annotated_pods(),
        jobs::probes(&address(scraped.prober)),
    ];
    others.into_iter().chain(parts).collect()
}

/// The volume of its samples.
fn samples(config: &Config<'_>, claim: Option<&PersistentVolumeClaim>) -> Volume {
    let size = match &config.storage {
        Storage::NodeDisk { samples } => Some(samples.as_str()),
        _ => None,
    };
    kept("samples", claim, size)
}

fn container(config: &Config<'_>, settings: &Volume, samples: &Volume) -> Container {
    Container {
        name: "prometheus".into(),
        image: Some(image("prometheus")),
        args: Some(vec![
            format!("--config.file={CONFIGURATION}/{FILE}"),
            format!("--storage.tsdb.path={SAMPLES}"),
            format!("--storage.tsdb.retention.time={}", config.retention),
            format!("--storage.tsdb.retention.size={}", config.retention_size),
        ]),
        ports: Some(vec![container_port(HTTP, PORT)]),
        volume_mounts: Some(vec![mount_read_only(settings, CONFIGURATION), mount(samples, SAMPLES)]),
        // After a crash it reads the log of the newest samples first, for minutes where there are many.
        startup_probe: Some(Probe {
            period_seconds: Some(10),
            failure_threshold: Some(90),
            ..http_probe("/-/ready", HTTP)
        }),
        readiness_probe: Some(http_probe("/-/ready", HTTP)),
        liveness_probe: Some(Probe { timeout_seconds: Some(10), ..http_probe("/-/healthy", HTTP) }),
        resources: Some(config.sizes.prometheus.resources()),
        ..default()
    }
}

fn service(config: &Config<'_>, deployment: &Deployment) -> Service {
    let mut service = service_for(deployment);
    for port in service.spec.get_or_insert_default().ports.iter_mut().flatten() {
        port.port = SERVICE_PORT.into();
    }
    if let Some(exposure) = &config.prometheus {
        expose(&mut service, config, exposure);
    }
    service
}
