//! kube-state-metrics: what the API server knows of objects, as metrics. By its own manifests (`examples/standard`), without Secrets and
//! ConfigMaps, which no rule or dashboard asks for: then it may not read them.

use k8s_openapi::api::rbac::v1::PolicyRule;
use stackwright::prelude::*;

use super::{Config, HTTP, Part, image, pod};
use crate::monitoring::volumes::PROMETHEUS_USER;

const NAME: &str = "kube-state-metrics";
const PORT: u16 = 8080;
/// The port of its own metrics.
const TELEMETRY: &str = "telemetry";
const TELEMETRY_PORT: u16 = 8081;

/// What it reads, by API groups: its default but for those two, and for admission policies, of which not every version has all kinds.
const READ: [(&str, &[&str]); 11] = [
    ("", &CORE),
    ("admissionregistration.k8s.io", &["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]),
    ("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"]),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("batch", &["cronjobs", "jobs"]),
    ("certificates.k8s.io", &["certificatesigningrequests"]),
    ("coordination.k8s.io", &["leases"]),
    ("discovery.k8s.io", &["endpointslices"]),
    ("networking.k8s.io", &["ingresses", "networkpolicies"]),
    ("policy", &["poddisruptionbudgets"]),
    ("storage.k8s.io", &["storageclasses", "volumeattachments"]),
];
const CORE: [&str; 9] = [
    "limitranges",
    "namespaces",
    "nodes",
    "persistentvolumeclaims",
    "persistentvolumes",
    "pods",
    "replicationcontrollers",
    "resourcequotas",
    "services",
];

pub(super) fn part(config: &Config<'_>) -> Part {
    let app = App::new(NAME, &config.namespace);
    let account = service_account(&app);
    let role = rbac::cluster_role(&app, rights());
    let mut deployment = deployment(
        &app,
        PodSpec {
            service_account_name: account.metadata.name.clone(),
            ..pod(config, PROMETHEUS_USER, container(config), vec![])
        },
    );
    deployment.spec.replicas = Some(1);
    let service = service_for(&deployment);
    let binding = rbac::cluster_role_binding(&role, &account);
    Part { service, objects: vec![account.into(), role.into(), binding.into(), deployment.into()] }
}

fn rights() -> Vec<PolicyRule> {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let rule = |(group, resources): (&str, &[&str])| PolicyRule {
        api_groups: Some(vec![group.to_owned()]),
        resources: Some(words(resources)),
        verbs: words(&["list", "watch"]),
        ..default()
    };
    READ.into_iter().map(rule).collect()
}

fn container(config: &Config<'_>) -> Container {
    let resources: Vec<_> = READ.iter().flat_map(|(_, resources)| *resources).copied().collect();
    Container {
        name: NAME.into(),
        image: Some(image(NAME)),
        // Its default has Secrets and ConfigMaps among them, which it would ask for in vain.
        args: Some(vec![format!("--resources={}", resources.join(","))]),
        ports: Some(vec![container_port(HTTP, PORT), container_port(TELEMETRY, TELEMETRY_PORT)]),
        readiness_probe: Some(Probe { timeout_seconds: Some(5), ..http_probe("/readyz", TELEMETRY) }),
        liveness_probe: Some(Probe { timeout_seconds: Some(5), ..http_probe("/livez", HTTP) }),
        resources: Some(config.sizes.kube_state_metrics.resources()),
        ..default()
    }
}
