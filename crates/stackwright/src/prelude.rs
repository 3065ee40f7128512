//! Everything a stack is written with: `use stackwright::prelude::*;`.

pub use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
pub use k8s_openapi::api::batch::v1::{CronJob, Job, JobSpec};
pub use k8s_openapi::api::core::v1::{
    ConfigMap, Container, EnvVar, PersistentVolumeClaim, PodSpec, Probe, Service, ServiceAccount, Volume, VolumeMount,
};
pub use k8s_openapi::api::networking::v1::{Ingress, NetworkPolicy};

pub use crate::app::{App, NAME_LABEL, labels_selector};
pub use crate::autoscaling::{autoscaler, cpu, disruption_budget, scale_target};
pub use crate::check::Allowance;
pub use crate::cluster::{Cluster, Holder, Hypervisor, Kubelet, Provided, ProvidedPods, Spread, Step, When};
pub use crate::config::config_map;
pub use crate::error::Error;
pub use crate::ingress::{ingress, tls};
pub use crate::machine::{DataDisk, HostService, Machine, Role};
pub use crate::namespace::{PodSecurity, namespace};
pub use crate::network::{AddressRange, Network};
pub use crate::network_policy::{
    address_peer, allow_api_server, allow_dns, allow_egress, allow_ingress, any_pod, anyone, cluster_dns, connect,
    default_deny, internet_except, network_peer, peer, tcp, tcp_named,
};
pub use crate::object::Object;
pub use crate::pod::{
    all_keys, all_secret_keys, amounts, claim_volume, config_volume, empty_volume, env, env_from, exec_probe,
    http_probe, memory_volume, mount, mount_claim, mount_read_only, pod_field, port, resources, restricted_container,
    restricted_pod, secret_key, secret_volume, tcp_probe,
};
pub use crate::rbac::{cluster_role, cluster_role_binding, role, role_binding, rule, service_account};
pub use crate::release::{Chart, Release};
pub use crate::secret::{Key, Material, SecretSpec};
pub use crate::service::{backend, dns_name, headless_service, service_for, service_port};
pub use crate::stack::{Endpoint, File, Stack};
pub use crate::storage::{Access, claim, claim_template};
pub use crate::template::template;
pub use crate::workload::{Workload, cron_job, daemon_set, deployment, job, stateful_set};

/// The default of whatever type is asked for: `..default()` leaves the rest of a struct as it is.
pub fn default<T: Default>() -> T {
    T::default()
}
