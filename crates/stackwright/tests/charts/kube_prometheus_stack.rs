use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use k8s_openapi::api::core::v1::{EmptyDirVolumeSource, PersistentVolumeClaimSpec, PodSecurityContext};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde_json::json;
use stackwright::charts::kube_prometheus_stack::*;
use stackwright::charts::{ExternalTrafficPolicy, OFF, ServiceType};

use crate::{affinity, grafana, resources, some, text_map, tolerations};

pub fn every_value() -> Values {
    Values {
        crds: Some(OFF),
        default_rules: Some(DefaultRules {
            create: Some(true),
            disabled: Some(BTreeMap::from([("TargetDown".into(), true)])),
        }),
        grafana: Some(grafana::every_value()),
        prometheus: Some(Prometheus { service: service(), prometheus_spec: Some(prometheus_spec()) }),
        alertmanager: Some(Alertmanager {
            enabled: Some(true),
            config: Some(json!({"global": {"resolve_timeout": "7m"}})),
            service: service(),
            alertmanager_spec: Some(alertmanager_spec()),
        }),
        prometheus_operator: Some(PrometheusOperator {
            resources: resources(),
            node_selector: text_map("sample"),
            tolerations: tolerations(),
            affinity: affinity(),
            admission_webhooks: Some(AdmissionWebhooks {
                enabled: Some(true),
                patch: Some(AdmissionWebhooksPatch {
                    resources: resources(),
                    node_selector: text_map("sample"),
                    tolerations: tolerations(),
                }),
            }),
            prometheus_config_reloader: Some(ConfigReloader { resources: resources() }),
        }),
        kube_state_metrics: kube_state_metrics(),
        prometheus_node_exporter: node_exporter(),
        kube_api_server: Some(OFF),
        kubelet: Some(OFF),
        core_dns: Some(OFF),
        kube_etcd: control_plane_monitor(),
        kube_controller_manager: control_plane_monitor(),
        kube_scheduler: control_plane_monitor(),
        kube_proxy: control_plane_monitor(),
    }
}

pub fn kube_state_metrics() -> Option<KubeStateMetrics> {
    Some(KubeStateMetrics {
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        collectors_exclude: Some(vec!["secrets".into()]),
        metric_labels_allowlist: Some(vec!["nodes=[*]".into()]),
    })
}

pub fn node_exporter() -> Option<NodeExporter> {
    Some(NodeExporter {
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        service: Some(NodeExporterService { port: Some(9101), target_port: Some(9101) }),
        extra_args: Some(vec!["--sample".into()]),
    })
}

fn prometheus_spec() -> PrometheusSpec {
    PrometheusSpec {
        replicas: Some(2),
        retention: some("3d"),
        retention_size: some("2GiB"),
        scrape_interval: some("17s"),
        evaluation_interval: some("19s"),
        external_url: some("http://sample"),
        external_labels: text_map("sample"),
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        affinity: affinity(),
        storage_spec: storage(),
        security_context: security_context(),
        service_monitor_selector_nil_uses_helm_values: Some(false),
        pod_monitor_selector_nil_uses_helm_values: Some(false),
        rule_selector_nil_uses_helm_values: Some(false),
        probe_selector_nil_uses_helm_values: Some(false),
        scrape_config_selector_nil_uses_helm_values: Some(false),
        additional_scrape_configs: Some(vec![json!({"job_name": "sample"})]),
    }
}

fn alertmanager_spec() -> AlertmanagerSpec {
    AlertmanagerSpec {
        replicas: Some(2),
        retention: some("99h"),
        external_url: some("http://sample"),
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        affinity: affinity(),
        storage: storage(),
        secrets: Some(vec!["sample".into()]),
        security_context: security_context(),
    }
}

fn service() -> Option<Service> {
    Some(Service {
        type_: Some(ServiceType::LoadBalancer),
        port: Some(9999),
        node_port: Some(30999),
        annotations: text_map("sample"),
        load_balancer_ip: some(Ipv4Addr::new(10, 0, 0, 1)),
        load_balancer_source_ranges: Some(vec!["10.0.0.0/8".into()]),
        external_traffic_policy: Some(ExternalTrafficPolicy::Local),
    })
}

fn storage() -> Option<Storage> {
    let claim = PersistentVolumeClaimSpec { storage_class_name: some("sample"), ..Default::default() };
    let size_limit = Some(Quantity("3Gi".into()));
    Some(Storage {
        volume_claim_template: Some(VolumeClaimTemplate { spec: Some(claim) }),
        empty_dir: Some(EmptyDirVolumeSource { size_limit, ..Default::default() }),
    })
}

fn security_context() -> Option<PodSecurityContext> {
    Some(PodSecurityContext { run_as_user: Some(1234), ..Default::default() })
}

fn control_plane_monitor() -> Option<ControlPlaneMonitor> {
    let machine = IpAddr::from(Ipv4Addr::new(10, 0, 0, 9));
    Some(ControlPlaneMonitor { enabled: Some(true), endpoints: Some(vec![machine]) })
}
