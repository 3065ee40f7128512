//! Parts of a pod: ports, environment, volumes, probes, resources.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    Capabilities, ConfigMap, ConfigMapEnvSource, ConfigMapVolumeSource, ContainerPort, EmptyDirVolumeSource,
    EnvFromSource, EnvVar, EnvVarSource, ExecAction, HTTPGetAction, ObjectFieldSelector, PersistentVolumeClaim,
    PersistentVolumeClaimVolumeSource, PodSecurityContext, Probe, ResourceRequirements, SeccompProfile,
    SecretEnvSource, SecretKeySelector, SecretVolumeSource, SecurityContext, TCPSocketAction, TopologySpreadConstraint,
    Volume, VolumeMount,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::NamesSecret;

/// A named TCP port of a container. Services, probes and policies refer to it by this name.
pub fn container_port(name: &str, number: u16) -> ContainerPort {
    ContainerPort { name: Some(name.to_owned()), container_port: number.into(), ..ContainerPort::default() }
}

/// An environment variable with a value that may be read by anyone.
pub fn env_var(name: &str, value: impl Into<String>) -> EnvVar {
    EnvVar { name: name.to_owned(), value: Some(value.into()), value_from: None }
}

/// An environment variable whose value the kubelet looks up, such as a [`secret_key`].
pub fn env_var_from(name: &str, source: EnvVarSource) -> EnvVar {
    EnvVar { name: name.to_owned(), value: None, value_from: Some(source) }
}

/// The value of one key of a secret.
pub fn secret_key(secret: &(impl NamesSecret + ?Sized), key: &str) -> EnvVarSource {
    let (name, key) = (secret.secret_name().to_owned(), key.to_owned());
    EnvVarSource { secret_key_ref: Some(SecretKeySelector { name, key, optional: None }), ..EnvVarSource::default() }
}

/// The value of a field of the pod, such as `metadata.name` or `spec.nodeName`.
pub fn pod_field(path: &str) -> EnvVarSource {
    EnvVarSource {
        field_ref: Some(ObjectFieldSelector { field_path: path.to_owned(), api_version: None }),
        ..EnvVarSource::default()
    }
}

/// Every key of a ConfigMap as an environment variable.
pub fn all_keys(config: &ConfigMap) -> EnvFromSource {
    let name = config.metadata.name.clone().unwrap_or_default();
    EnvFromSource { config_map_ref: Some(ConfigMapEnvSource { name, optional: None }), ..EnvFromSource::default() }
}

/// Every key of a secret as an environment variable.
pub fn all_secret_keys(secret: &(impl NamesSecret + ?Sized)) -> EnvFromSource {
    let name = secret.secret_name().to_owned();
    EnvFromSource { secret_ref: Some(SecretEnvSource { name, optional: None }), ..EnvFromSource::default() }
}

/// A volume with a file per key of a ConfigMap, named after it.
pub fn config_volume(config: &ConfigMap) -> Volume {
    let name = config.metadata.name.clone().unwrap_or_default();
    Volume {
        config_map: Some(ConfigMapVolumeSource { name: name.clone(), ..ConfigMapVolumeSource::default() }),
        name,
        ..Volume::default()
    }
}

/// A volume with a file per key of a secret, named after it.
pub fn secret_volume(secret: &(impl NamesSecret + ?Sized)) -> Volume {
    let name = secret.secret_name().to_owned();
    Volume {
        secret: Some(SecretVolumeSource { secret_name: Some(name.clone()), ..SecretVolumeSource::default() }),
        name,
        ..Volume::default()
    }
}

/// The volume that a claim is bound to, named after the claim.
pub fn claim_volume(claim: &PersistentVolumeClaim) -> Volume {
    let name = claim.metadata.name.clone().unwrap_or_default();
    Volume {
        persistent_volume_claim: Some(PersistentVolumeClaimVolumeSource { claim_name: name.clone(), read_only: None }),
        name,
        ..Volume::default()
    }
}

/// A directory that is empty when the pod starts and gone with it.
pub fn empty_volume(name: &str) -> Volume {
    Volume { name: name.to_owned(), empty_dir: Some(EmptyDirVolumeSource::default()), ..Volume::default() }
}

/// An [`empty_volume`] in memory, for what must not reach a disk; it counts as the container's memory.
pub fn memory_volume(name: &str) -> Volume {
    let memory = EmptyDirVolumeSource { medium: Some("Memory".to_owned()), ..EmptyDirVolumeSource::default() };
    Volume { name: name.to_owned(), empty_dir: Some(memory), ..Volume::default() }
}

/// Pods of a selector on as many nodes as there are. What is left over may run anywhere.
///
/// ```
/// use stackwright::prelude::*;
///
/// let spread = spread_over_nodes(App::new("web", "shop").selector());
/// assert_eq!((spread.max_skew, spread.when_unsatisfiable.as_str()), (1, "ScheduleAnyway"));
/// ```
pub fn spread_over_nodes(selector: LabelSelector) -> TopologySpreadConstraint {
    TopologySpreadConstraint {
        max_skew: 1,
        topology_key: "kubernetes.io/hostname".to_owned(),
        when_unsatisfiable: "ScheduleAnyway".to_owned(),
        label_selector: Some(selector),
        ..TopologySpreadConstraint::default()
    }
}

/// A volume mounted at a path.
pub fn mount(volume: &Volume, path: &str) -> VolumeMount {
    VolumeMount { name: volume.name.clone(), mount_path: path.to_owned(), ..VolumeMount::default() }
}

/// A volume mounted read-only at a path.
pub fn mount_read_only(volume: &Volume, path: &str) -> VolumeMount {
    VolumeMount { read_only: Some(true), ..mount(volume, path) }
}

/// The volume that a StatefulSet makes from a claim template, mounted at a path.
pub fn mount_claim(template: &PersistentVolumeClaim, path: &str) -> VolumeMount {
    VolumeMount {
        name: template.metadata.name.clone().unwrap_or_default(),
        mount_path: path.to_owned(),
        ..VolumeMount::default()
    }
}

/// An amount per resource, in Kubernetes' notation: CPUs (`100m`, `2`), then memory (`128Mi`).
pub fn amounts(cpu: &str, memory: &str) -> BTreeMap<String, Quantity> {
    [("cpu", cpu), ("memory", memory)].map(|(name, amount)| (name.to_owned(), Quantity(amount.to_owned()))).into()
}

/// What the scheduler reserves for a container (`(cpu, memory)`), and what the kernel lets it use.
pub fn resources(requests: (&str, &str), limits: (&str, &str)) -> ResourceRequirements {
    ResourceRequirements {
        requests: Some(amounts(requests.0, requests.1)),
        limits: Some(amounts(limits.0, limits.1)),
        ..ResourceRequirements::default()
    }
}

/// A probe that asks a path over HTTP at a named port: 200 to 399 is success.
pub fn http_probe(path: &str, port: &str) -> Probe {
    Probe {
        http_get: Some(HTTPGetAction {
            path: Some(path.to_owned()),
            port: IntOrString::String(port.to_owned()),
            ..HTTPGetAction::default()
        }),
        ..Probe::default()
    }
}

/// A probe that opens a TCP connection to a named port.
pub fn tcp_probe(port: &str) -> Probe {
    let port = IntOrString::String(port.to_owned());
    Probe { tcp_socket: Some(TCPSocketAction { port, host: None }), ..Probe::default() }
}

/// A probe that runs a command in the container: exit code 0 is success.
pub fn exec_probe<const N: usize>(command: [&str; N]) -> Probe {
    let command = Some(command.map(str::to_owned).to_vec());
    Probe { exec: Some(ExecAction { command }), ..Probe::default() }
}

/// The pod's half of what Pod Security `restricted` asks for, run as this user and group.
/// See <https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted>.
pub fn restricted_pod(user: i64) -> PodSecurityContext {
    PodSecurityContext {
        run_as_non_root: Some(true),
        run_as_user: Some(user),
        run_as_group: Some(user),
        fs_group: Some(user),
        seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), localhost_profile: None }),
        ..PodSecurityContext::default()
    }
}

/// The container's half of what Pod Security `restricted` asks for.
pub fn restricted_container() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), add: None }),
        ..SecurityContext::default()
    }
}
