use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use stackwright::charts::grafana::*;
use stackwright::charts::{ExternalTrafficPolicy, OFF, ON, ServiceType};

use crate::{affinity, resources, some, text_map, tolerations};

pub fn every_value() -> Values {
    Values {
        admin: Some(Admin {
            existing_secret: some("sample"),
            user_key: some("sample-user"),
            password_key: some("sample-password"),
        }),
        service: Some(Service {
            type_: Some(ServiceType::LoadBalancer),
            port: Some(81),
            node_port: Some(30081),
            annotations: text_map("sample"),
            load_balancer_ip: some(Ipv4Addr::new(10, 0, 0, 1)),
            load_balancer_class: some("sample"),
            load_balancer_source_ranges: Some(vec!["10.0.0.0/8".into()]),
            external_traffic_policy: Some(ExternalTrafficPolicy::Local),
        }),
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        affinity: affinity(),
        deployment_strategy: Some(DeploymentStrategy { type_: Some(DeploymentStrategyType::Recreate) }),
        persistence: Some(Persistence {
            enabled: Some(true),
            size: Some(Quantity("3Gi".into())),
            storage_class_name: some("sample"),
            access_modes: Some(vec!["ReadWriteMany".into()]),
            existing_claim: some("sample"),
        }),
        init_chown_data: Some(OFF),
        sidecar: Some(Sidecar {
            resources: resources(),
            dashboards: Some(DashboardsSidecar {
                enabled: Some(true),
                label: some("sample_label"),
                label_value: some("sample"),
                search_namespace: some("sample"),
            }),
            datasources: Some(ON),
        }),
        datasources: Some(BTreeMap::from([(
            "sample.yaml".into(),
            DataSources {
                api_version: Some(1),
                datasources: Some(vec![DataSource {
                    name: some("sample"),
                    uid: some("sample"),
                    type_: some("prometheus"),
                    access: some("proxy"),
                    url: some("http://sample"),
                    is_default: Some(true),
                    json_data: Some(BTreeMap::from([("timeInterval".into(), "1m".into())])),
                }]),
            },
        )])),
        plugins: Some(vec!["sample".into()]),
        env: text_map("GF_SAMPLE"),
        grafana_ini: Some(Ini {
            server: Some(IniServer {
                domain: some("sample"),
                root_url: some("http://sample/"),
                enforce_domain: Some(true),
                serve_from_sub_path: Some(true),
            }),
            security: Some(IniSecurity {
                cookie_samesite: Some(SameSite::Lax),
                cookie_secure: Some(true),
                allow_embedding: Some(true),
                csrf_trusted_origins: some("http://sample"),
            }),
            auth_anonymous: Some(IniAuthAnonymous {
                enabled: Some(true),
                org_name: some("Main Org."),
                org_role: Some(OrgRole::Viewer),
                hide_version: Some(true),
            }),
            users: Some(IniUsers { allow_sign_up: Some(false), default_theme: some("light") }),
            analytics: Some(IniAnalytics {
                check_for_updates: Some(false),
                check_for_plugin_updates: Some(false),
                reporting_enabled: Some(false),
            }),
        }),
    }
}
