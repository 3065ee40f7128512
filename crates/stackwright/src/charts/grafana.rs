//! Grafana, the dashboards: the grafana-community chart, alone or as a part of kube-prometheus-stack.

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::{Affinity, ResourceRequirements, Toleration};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde::Serialize;
use serde_json::Value;

use super::{ExternalTrafficPolicy, ServiceType, Switch, values};
use crate::release::Chart;

/// Where the chart comes from, and the version that these values belong to: the one that
/// [`kube_prometheus_stack`](super::kube_prometheus_stack) includes.
pub const CHART: Chart = Chart {
    repository: "https://grafana-community.github.io/helm-charts",
    name: "grafana",
    version: "12.11.1",
    digest: None,
};

/// The values that this version of the chart knows, for [`unknown_values`](super::unknown_values).
pub const KNOWN: &str = include_str!("known/grafana-12.11.1.txt");

values! {
    rename_all = "camelCase";

    /// All values of the chart that can be set here.
    pub struct Values {
        /// The administrator's name and password.
        pub admin: Admin,
        /// The Service in front of the pod.
        pub service: Service,
        /// CPU and memory of the pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run the pod.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pod puts up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours the pod prefers or refuses.
        pub affinity: Affinity,
        /// How a new version replaces the old one.
        pub deployment_strategy: DeploymentStrategy,
        /// Where Grafana keeps users, dashboards and settings made by hand.
        pub persistence: Persistence,
        /// The init container that gives a volume to Grafana's user; it runs as root.
        pub init_chown_data: Switch,
        /// The containers that load dashboards and data sources from `ConfigMaps`.
        pub sidecar: Sidecar,
        /// Where data comes from, by the name of a file that Grafana reads at its start.
        pub datasources: BTreeMap<String, DataSources>,
        /// Plugins to install at start, each as `NAME` or `NAME VERSION`.
        pub plugins: Vec<String>,
        /// Environment of the container; `GF_SECTION_KEY` is one more way to set what `grafana_ini` sets.
        pub env: BTreeMap<String, String>,
        /// Grafana's own configuration (`grafana.ini`).
        #[serde(rename = "grafana.ini")]
        pub grafana_ini: Ini,
    }

    /// The administrator's name and password.
    pub struct Admin {
        /// Name of the Secret that holds both.
        pub existing_secret: String,
        /// Key of the name in the Secret.
        pub user_key: String,
        /// Key of the password in the Secret.
        pub password_key: String,
    }

    /// The Service in front of the pod.
    pub struct Service {
        /// How it is reached (`type`).
        #[serde(rename = "type")]
        pub type_: ServiceType,
        /// Port of the Service.
        pub port: u16,
        /// Port of every node, if the type is `NodePort`.
        pub node_port: u16,
        /// Annotations of the Service.
        pub annotations: BTreeMap<String, String>,
        /// Address that is asked of a load balancer (`loadBalancerIP`); MetalLB prefers an annotation.
        #[serde(rename = "loadBalancerIP")]
        pub load_balancer_ip: IpAddr,
        /// Which load balancer serves it, where there are several.
        pub load_balancer_class: String,
        /// Subnets from which a load balancer lets requests in.
        pub load_balancer_source_ranges: Vec<String>,
        /// Which nodes answer for it.
        pub external_traffic_policy: ExternalTrafficPolicy,
    }

    /// How a new version replaces the old one.
    pub struct DeploymentStrategy {
        /// The order (`type`).
        #[serde(rename = "type")]
        pub type_: DeploymentStrategyType,
    }

    /// Where Grafana keeps users, dashboards and settings made by hand.
    pub struct Persistence {
        /// Whether it keeps them when the pod ends.
        pub enabled: bool,
        /// Size of the volume.
        pub size: Quantity,
        /// Class of the volume.
        pub storage_class_name: String,
        /// How it is mounted, such as `ReadWriteOnce`.
        pub access_modes: Vec<String>,
        /// Name of a claim to use instead of the chart's own.
        pub existing_claim: String,
    }

    /// The containers that load dashboards and data sources from `ConfigMaps`.
    pub struct Sidecar {
        /// CPU and memory of each.
        pub resources: ResourceRequirements,
        /// The one for dashboards.
        pub dashboards: DashboardsSidecar,
        /// The one for data sources.
        pub datasources: Switch,
    }

    /// The container that loads dashboards.
    pub struct DashboardsSidecar {
        /// Whether there is one.
        pub enabled: bool,
        /// Label of the `ConfigMaps` that hold dashboards.
        pub label: String,
        /// Value of that label.
        pub label_value: String,
        /// Namespace to look in, or `ALL`.
        pub search_namespace: String,
    }
}

values! {
    rename_all = "camelCase";

    /// A file of data sources, by Grafana's provisioning.
    pub struct DataSources {
        /// The version of the file's form: 1.
        pub api_version: u32,
        /// The sources.
        pub datasources: Vec<DataSource>,
    }

    /// Where data comes from.
    pub struct DataSource {
        /// What people read.
        pub name: String,
        /// What dashboards know it by.
        pub uid: String,
        /// What it is, such as `prometheus` (`type`).
        #[serde(rename = "type")]
        pub type_: String,
        /// Who asks it: `proxy`, which is Grafana, or `direct`, which is the browser.
        pub access: String,
        /// Its address, as whoever asks reaches it.
        pub url: String,
        /// Whether a new panel begins with it.
        pub is_default: bool,
        /// What this type of source takes beside that.
        pub json_data: BTreeMap<String, Value>,
    }
}

values! {
    rename_all = "snake_case";

    /// Grafana's own configuration, section by section.
    pub struct Ini {
        /// Addresses (`[server]`).
        pub server: IniServer,
        /// Cookies, frames and origins (`[security]`).
        pub security: IniSecurity,
        /// Visitors without an account (`[auth.anonymous]`).
        #[serde(rename = "auth.anonymous")]
        pub auth_anonymous: IniAuthAnonymous,
        /// Accounts (`[users]`).
        pub users: IniUsers,
        /// What Grafana tells its makers (`[analytics]`).
        pub analytics: IniAnalytics,
    }

    /// Addresses.
    pub struct IniServer {
        /// The host that people type.
        pub domain: String,
        /// The whole address that people type.
        pub root_url: String,
        /// Whether another host in the address is redirected to `domain`.
        pub enforce_domain: bool,
        /// Whether Grafana itself serves below the path of `root_url`.
        pub serve_from_sub_path: bool,
    }

    /// Cookies, frames and origins.
    pub struct IniSecurity {
        /// When browsers send the session's cookie along from other sites.
        pub cookie_samesite: SameSite,
        /// Whether browsers send the session's cookie over HTTPS only.
        pub cookie_secure: bool,
        /// Whether other sites may show Grafana in a frame.
        pub allow_embedding: bool,
        /// Further origins, separated by spaces, that may send changes: the cure for "origin not allowed" where the
        /// proxy can't pass the host on.
        pub csrf_trusted_origins: String,
    }

    /// Visitors without an account.
    pub struct IniAuthAnonymous {
        /// Whether they may look.
        pub enabled: bool,
        /// The organisation that they see.
        pub org_name: String,
        /// What they may do there.
        pub org_role: OrgRole,
        /// Whether they are kept from Grafana's version.
        pub hide_version: bool,
    }

    /// Accounts.
    pub struct IniUsers {
        /// Whether visitors may make one.
        pub allow_sign_up: bool,
        /// The colours of the pages: `dark`, `light` or `system`.
        pub default_theme: String,
    }

    /// What Grafana tells its makers.
    pub struct IniAnalytics {
        /// Whether it asks them for new versions.
        pub check_for_updates: bool,
        /// Whether it asks them for new versions of plugins.
        pub check_for_plugin_updates: bool,
        /// Whether it sends them statistics of use.
        pub reporting_enabled: bool,
    }
}

/// In which order a new version replaces the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum DeploymentStrategyType {
    /// The new pod starts first. It can't with a volume that only one node may mount.
    RollingUpdate,
    /// The old pod ends first.
    Recreate,
}

/// When browsers send a cookie along from other sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SameSite {
    /// When a link is followed.
    Lax,
    /// Never.
    Strict,
    /// Always, over HTTPS.
    None,
    /// As the browser likes.
    Disabled,
}

/// What a visitor may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum OrgRole {
    /// Look.
    Viewer,
    /// Change dashboards.
    Editor,
    /// Everything in the organisation.
    Admin,
}
