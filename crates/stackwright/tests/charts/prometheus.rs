use std::net::Ipv4Addr;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde_json::json;
use stackwright::charts::kube_prometheus_stack::ConfigReloader;
use stackwright::charts::prometheus::*;
use stackwright::charts::{ExternalTrafficPolicy, ON, ServiceType, alertmanager};

use crate::kube_prometheus_stack::{kube_state_metrics, node_exporter};
use crate::{affinity, resources, some, text_map, tolerations};

pub fn every_value() -> Values {
    Values {
        server: Some(server()),
        server_files: Some(ServerFiles {
            alerting_rules: Some(json!({"groups": [{"name": "sample"}]})),
            recording_rules: Some(json!({"groups": [{"name": "sample"}]})),
        }),
        configmap_reload: Some(ConfigmapReload { prometheus: Some(ConfigReloader { resources: resources() }) }),
        alertmanager: Some(alertmanager()),
        kube_state_metrics: kube_state_metrics(),
        prometheus_node_exporter: node_exporter(),
        prometheus_pushgateway: Some(ON),
    }
}

fn server() -> Server {
    Server {
        global: Some(Global {
            scrape_interval: some("17s"),
            scrape_timeout: some("7s"),
            evaluation_interval: some("19s"),
            external_labels: text_map("sample"),
        }),
        base_url: some("http://sample"),
        retention: some("3d"),
        retention_size: some("2GiB"),
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        affinity: affinity(),
        persistent_volume: Some(PersistentVolume {
            enabled: Some(true),
            size: Some(Quantity("3Gi".into())),
            storage_class: some("sample"),
            access_modes: Some(vec!["ReadWriteMany".into()]),
            existing_claim: some("sample"),
        }),
        empty_dir: Some(EmptyDir { size_limit: Some(Quantity("4Gi".into())) }),
        service: Some(Service {
            type_: Some(ServiceType::LoadBalancer),
            service_port: Some(81),
            node_port: Some(30081),
            annotations: text_map("sample"),
            load_balancer_ip: some(Ipv4Addr::new(10, 0, 0, 1)),
            load_balancer_class: some("sample"),
            load_balancer_source_ranges: Some(vec!["10.0.0.0/8".into()]),
            external_traffic_policy: Some(ExternalTrafficPolicy::Local),
        }),
    }
}

fn alertmanager() -> alertmanager::Values {
    alertmanager::Values {
        enabled: Some(true),
        config: Some(config()),
        service: Some(alertmanager::Service {
            type_: Some(ServiceType::LoadBalancer),
            port: Some(9999),
            node_port: Some(30999),
            annotations: text_map("sample"),
            load_balancer_ip: some(Ipv4Addr::new(10, 0, 0, 1)),
            load_balancer_source_ranges: Some(vec!["10.0.0.0/8".into()]),
        }),
        base_url: some("http://sample"),
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        affinity: affinity(),
        persistence: Some(alertmanager::Persistence {
            enabled: Some(true),
            size: Some(Quantity("3Gi".into())),
            storage_class: some("sample"),
            access_modes: Some(vec!["ReadWriteMany".into()]),
        }),
        extra_secret_mounts: Some(vec![alertmanager::SecretMount {
            name: some("sample"),
            secret_name: some("sample"),
            mount_path: some("/sample"),
            read_only: Some(true),
        }]),
    }
}

/// Alertmanager's own configuration with every member set, which its amtool reads in `e2e/alerts`.
fn config() -> alertmanager::Config {
    let matchers = || Some(vec!["severity = info".into()]);
    let route = alertmanager::Route {
        receiver: some("sample"),
        group_by: Some(vec!["alertname".into()]),
        group_wait: some("11s"),
        group_interval: some("7m"),
        repeat_interval: some("9h"),
        matchers: matchers(),
        routes: None,
    };
    alertmanager::Config {
        global: Some(alertmanager::Global { resolve_timeout: some("7m") }),
        // The root takes everything: it has no matchers of its own.
        route: Some(alertmanager::Route { routes: Some(vec![route.clone()]), matchers: None, ..route }),
        receivers: Some(vec![alertmanager::Receiver {
            name: some("sample"),
            webhook_configs: Some(vec![alertmanager::WebhookConfig {
                url_file: some("/sample/url"),
                send_resolved: Some(true),
            }]),
            slack_configs: Some(vec![alertmanager::SlackConfig {
                api_url_file: some("/sample/url"),
                send_resolved: Some(true),
            }]),
            discord_configs: Some(vec![alertmanager::DiscordConfig {
                webhook_url_file: some("/sample/url"),
                send_resolved: Some(true),
            }]),
        }]),
        inhibit_rules: Some(vec![alertmanager::InhibitRule {
            source_matchers: Some(vec!["severity = critical".into()]),
            target_matchers: matchers(),
            equal: Some(vec!["namespace".into()]),
        }]),
    }
}
