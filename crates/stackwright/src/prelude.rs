//! Everything a stack is written with: `use stackwright::prelude::*;`.
//!
//! A function that makes an object is named after its kind (`deployment`, `ingress`, `config_map`): a variable of that name is
//! nearly always the object that it made. What makes a part of one is named after the part's whole type or by two words, since
//! the short ones (`port`, `env`, `tls`, `cpu`, `peer`) are what people call the numbers and texts that they make it from, and a
//! variable hides a function: `port(HTTP, port)` would not compile. What RBAC calls a role and a rule stays in the module `rbac`,
//! as a role is also a database's and a person's.
//!
//! ```
//! use stackwright::prelude::*;
//!
//! fn web(port: u16, env: &str, role: &str, tls: &SecretSpec) -> (Container, IngressTLS) {
//!     let container = Container {
//!         name: role.into(),
//!         ports: Some(vec![container_port("http", port)]),
//!         env: Some(vec![env_var("ENVIRONMENT", env)]),
//!         ..default()
//!     };
//!     (container, ingress_tls(["shop.example"], tls))
//! }
//! # use k8s_openapi::api::networking::v1::IngressTLS;
//! # let (container, _) = web(8080, "production", "web", &SecretSpec::login("shop", "tls", "admin"));
//! # assert_eq!(container.ports.unwrap()[0].container_port, 8080);
//! ```

pub use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
pub use k8s_openapi::api::batch::v1::{CronJob, Job, JobSpec};
pub use k8s_openapi::api::core::v1::{
    ConfigMap, Container, EnvVar, PersistentVolumeClaim, PodSpec, Probe, Service, ServiceAccount, Volume, VolumeMount,
};
pub use k8s_openapi::api::networking::v1::{Ingress, NetworkPolicy};

pub use crate::app::{App, NAME_LABEL, labels_selector};
pub use crate::artefact::Artefact;
pub use crate::autoscaling::{autoscaler, cpu_utilization, disruption_budget, scale_target};
pub use crate::check::Allowance;
pub use crate::cluster::{Cluster, Kubelet, Provided, ProvidedPods, Spread, Step, When};
pub use crate::config::config_map;
pub use crate::delivery::{Delivery, Flux, Repository};
pub use crate::error::Error;
pub use crate::host::{DataDisk, Host, Listener, Nic};
pub use crate::ingress::{ingress, ingress_tls};
pub use crate::namespace::{PodSecurity, namespace};
pub use crate::network::{AddressRange, Holder, Network, Subnet};
pub use crate::network_policy::{
    address_peer, allow_api_server, allow_dns, allow_egress, allow_ingress, any_pod, anyone, app_peer, cluster_dns,
    connect, default_deny, internet_except, subnet_peer, tcp, tcp_named,
};
pub use crate::node::Node;
pub use crate::object::Object;
pub use crate::opening::{Opening, Source};
pub use crate::outside::{connect_outside, service_outside};
pub use crate::platform::{Component, Platform};
pub use crate::pod::{
    all_keys, all_secret_keys, amounts, claim_volume, config_volume, container_port, empty_volume, env_var,
    env_var_from, exec_probe, http_probe, memory_volume, mount, mount_claim, mount_read_only, pod_field, resources,
    restricted_container, restricted_pod, secret_key, secret_volume, spread_over_nodes, tcp_probe,
};
pub use crate::rbac::{self, service_account};
pub use crate::release::{Chart, Release};
pub use crate::rolls_with::rolls_with;
pub use crate::secret::{Key, Material, NamesSecret, SecretSpec};
pub use crate::service::{backend, dns_name, headless_service, service_for, service_port};
pub use crate::stack::{Endpoint, File, Stack};
pub use crate::storage::{Access, claim, claim_template};
pub use crate::template::template;
pub use crate::way_in::{WayIn, forward, forward_to};
pub use crate::workload::{Workload, cron_job, daemon_set, deployment, job, stateful_set};

/// The default of whatever type is asked for: `..default()` leaves the rest of a struct as it is.
pub fn default<T: Default>() -> T {
    T::default()
}
