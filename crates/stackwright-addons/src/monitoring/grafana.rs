//! Grafana.

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde_json::json;
use stackwright::charts::grafana::{
    Admin, DataSource, DataSources, DeploymentStrategy, DeploymentStrategyType, Ini, IniAnalytics, IniAuthAnonymous,
    IniSecurity, IniServer, OrgRole, Persistence, SameSite, Service, Sidecar, Values,
};
use stackwright::charts::{OFF, ServiceType};
use stackwright::prelude::*;

use super::placement::Placement;
use super::volumes::Asked;
use super::{Charts, Config, Exposure, Storage, load_balanced, objects};
use crate::dashboard::DATA_SOURCE;

/// The organisation that Grafana makes at first, which the dashboards of ConfigMaps are in.
const ORGANISATION: &str = "Main Org.";

/// What the charts are told.
pub(super) fn values(config: &Config<'_>, admin: &SecretSpec) -> Values {
    let Placement { node_selector, tolerations, .. } = Placement::of(config);
    let is_kept = config.storage.grafana(&config.namespace).is_some();
    Values {
        admin: Some(Admin {
            existing_secret: Some(admin.name.clone()),
            user_key: Some("username".into()),
            password_key: Some("password".into()),
        }),
        service: Some(service(config)),
        resources: Some(config.sizes.grafana.resources()),
        node_selector,
        tolerations,
        // Its database is one file: two pods would write it at once.
        deployment_strategy: is_kept.then_some(DeploymentStrategy { type_: Some(DeploymentStrategyType::Recreate) }),
        persistence: persistence(config),
        // The pod's group may write what a CSI driver mounts, and everyone what local-path and the NFS provisioner make: no root is needed.
        init_chown_data: is_kept.then_some(OFF),
        // One container each for dashboards and data sources.
        sidecar: Some(Sidecar { resources: Some(config.sizes.sidecar.resources()), ..default() }),
        grafana_ini: Some(ini(config)),
        ..default()
    }
}

/// Its own configuration.
pub(super) fn ini(config: &Config<'_>) -> Ini {
    Ini {
        server: Some(IniServer { root_url: Some(config.grafana.url()), ..default() }),
        analytics: Some(IniAnalytics {
            check_for_updates: Some(false),
            check_for_plugin_updates: Some(false),
            reporting_enabled: Some(false),
        }),
        security: config.embedded.then(|| IniSecurity {
            allow_embedding: Some(true),
            // A page of the same host, at whatever port, is the same site. `none` would ask for HTTPS.
            cookie_samesite: Some(SameSite::Lax),
            ..default()
        }),
        auth_anonymous: config.embedded.then(|| IniAuthAnonymous {
            enabled: Some(true),
            org_name: Some(ORGANISATION.into()),
            org_role: Some(OrgRole::Viewer),
            hide_version: Some(true),
        }),
        ..default()
    }
}

fn service(config: &Config<'_>) -> Service {
    match &config.grafana {
        Exposure::LoadBalancer(address) => Service {
            type_: Some(ServiceType::LoadBalancer),
            annotations: load_balanced(config, *address),
            ..default()
        },
        Exposure::NodePort { port, .. } => {
            Service { type_: Some(ServiceType::NodePort), node_port: Some(*port), ..default() }
        }
    }
}

fn persistence(config: &Config<'_>) -> Option<Persistence> {
    let Asked { class, size } = config.storage.grafana(&config.namespace)?;
    Some(Persistence {
        enabled: Some(true),
        size: Some(Quantity(size)),
        storage_class_name: Some(class),
        access_modes: Some(vec!["ReadWriteOnce".into()]),
        ..default()
    })
}

/// Where its data comes from: Prometheus, at this URL, and Alertmanager.
pub(super) fn data_sources(config: &Config<'_>, prometheus: String, alertmanager: String) -> DataSources {
    let source = |name: &str, uid: &str, type_: &str, url| DataSource {
        name: Some(name.into()),
        uid: Some(uid.into()),
        type_: Some(type_.into()),
        access: Some("proxy".into()),
        url: Some(url),
        ..default()
    };
    let interval = config.interval.as_deref().unwrap_or("1m");
    let prometheus = DataSource {
        is_default: Some(true),
        json_data: Some([("timeInterval".to_owned(), json!(interval))].into()),
        ..source("Prometheus", DATA_SOURCE, "prometheus", prometheus)
    };
    let alertmanager = DataSource {
        json_data: Some([("implementation".to_owned(), json!("prometheus"))].into()),
        ..source("Alertmanager", "alertmanager", "alertmanager", alertmanager)
    };
    DataSources { api_version: Some(1), datasources: Some(vec![prometheus, alertmanager]) }
}

/// Grafana takes the password from its environment when it makes its database. On an emptyDir (the volume `storage` in the chart's
/// `templates/_pod.tpl`) a new pod has a new one; one that is kept has to be told.
pub(super) fn after_rotation(config: &Config) -> Vec<Step> {
    let kubectl = format!("kubectl --namespace {}", config.namespace);
    let grafana = match config.charts {
        Charts::None => format!("deployment/{}", objects::GRAFANA),
        Charts::KubePrometheusStack | Charts::Separate => format!("deployment/{}-grafana", config.release),
    };
    let restart = format!("{kubectl} rollout restart {grafana} && {kubectl} rollout status --timeout=10m {grafana}");
    match config.storage {
        Storage::NodeDisk { .. } => {
            vec![Step::new("restart Grafana, which forgets what was changed in it by hand", &restart)]
        }
        Storage::Volumes { .. } | Storage::Directories { .. } => {
            let reset =
                "printenv GF_SECURITY_ADMIN_PASSWORD | grafana cli admin reset-admin-password --password-from-stdin";
            let tell = format!("{kubectl} exec {grafana} --container grafana -- sh -c '{reset}'");
            vec![
                Step::new("restart Grafana, which reads the new password", &restart),
                Step::new("tell its database, which has the old one", &tell),
            ]
        }
    }
}
