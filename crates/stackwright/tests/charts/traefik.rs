use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::TopologySpreadConstraint;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use stackwright::charts::traefik::*;
use stackwright::charts::{ExternalTrafficPolicy, OFF, ON, ServiceType};

use crate::{affinity, resources, some, text_map, tolerations};

pub fn every_value() -> Values {
    Values {
        deployment: Some(Deployment {
            kind: Some(WorkloadKind::Deployment),
            replicas: Some(3),
            pod_annotations: text_map("sample"),
        }),
        pod_disruption_budget: Some(PodDisruptionBudget {
            enabled: Some(true),
            min_available: Some(IntOrString::Int(1)),
            max_unavailable: Some(IntOrString::String("50%".into())),
        }),
        ingress_class: Some(IngressClass { enabled: Some(true), is_default_class: Some(false), name: some("sample") }),
        providers: Some(Providers {
            kubernetes_ingress: Some(KubernetesIngress {
                enabled: Some(true),
                allow_external_name_services: Some(true),
                published_service: Some(PublishedService { enabled: Some(true), path_override: some("a/b") }),
            }),
            kubernetes_crd: Some(KubernetesCrd {
                enabled: Some(true),
                allow_cross_namespace: Some(true),
                allow_external_name_services: Some(true),
            }),
            kubernetes_gateway: Some(KubernetesGateway { enabled: Some(true), experimental_channel: Some(true) }),
        }),
        gateway: Some(OFF),
        ingress_route: Some(IngressRoutes {
            dashboard: Some(IngressRoute {
                enabled: Some(true),
                match_rule: some("Host(`sample`)"),
                entry_points: Some(vec!["websecure".into()]),
            }),
        }),
        log: Some(Log { level: Some(LogLevel::Debug), format: Some(LogFormat::Json) }),
        access_log: Some(AccessLog { enabled: Some(true), format: Some(LogFormat::Json) }),
        metrics: Some(Metrics {
            prometheus: Some(PrometheusMetrics {
                service: Some(ON),
                service_monitor: Some(ServiceMonitor {
                    enabled: Some(true),
                    namespace: some("sample"),
                    additional_labels: text_map("sample"),
                    interval: some("17s"),
                }),
                disable_api_check: Some(true),
                add_routers_labels: Some(true),
            }),
        }),
        global: Some(Global { check_new_version: Some(false), send_anonymous_usage: Some(true) }),
        additional_arguments: Some(vec!["--sample".into()]),
        ports: Some(ports()),
        tls_options: Some(BTreeMap::from([(
            "default".into(),
            TlsOptions {
                min_version: some("VersionTLS13"),
                cipher_suites: Some(vec!["TLS_AES_128_GCM_SHA256".into()]),
                sni_strict: Some(true),
            },
        )])),
        tls_store: Some(BTreeMap::from([(
            "default".into(),
            TlsStore { default_certificate: Some(CertificateSecret { secret_name: some("sample") }) },
        )])),
        service: Some(Service {
            enabled: Some(true),
            annotations: text_map("sample"),
            spec: Some(ServiceSpec {
                type_: Some(ServiceType::NodePort),
                load_balancer_class: some("sample"),
                load_balancer_source_ranges: Some(vec!["10.0.0.0/8".into()]),
                external_traffic_policy: Some(ExternalTrafficPolicy::Local),
            }),
        }),
        resources: resources(),
        node_selector: text_map("sample"),
        tolerations: tolerations(),
        affinity: affinity(),
        topology_spread_constraints: Some(vec![TopologySpreadConstraint {
            max_skew: 1,
            topology_key: "kubernetes.io/hostname".into(),
            when_unsatisfiable: "DoNotSchedule".into(),
            ..Default::default()
        }]),
        priority_class_name: some("sample"),
    }
}

fn ports() -> Ports {
    Ports {
        web: Some(WebPort {
            port: Some(8001),
            exposed_port: Some(81),
            node_port: Some(30081),
            expose: Some(Expose { default: Some(true) }),
            http: Some(WebHttp {
                redirections: Some(Redirections {
                    entry_point: Some(Redirection {
                        to: some("websecure"),
                        scheme: some("https"),
                        permanent: Some(true),
                        priority: Some(10),
                    }),
                }),
            }),
            forwarded_headers: Some(TrustedAddresses { trusted_ips: Some(vec!["10.0.0.1".into()]) }),
            proxy_protocol: Some(TrustedAddresses { trusted_ips: Some(vec!["10.0.0.2".into()]) }),
        }),
        websecure: Some(WebsecurePort {
            port: Some(8444),
            exposed_port: Some(444),
            node_port: Some(30444),
            expose: Some(Expose { default: Some(false) }),
            http: Some(WebsecureHttp {
                tls: Some(EntryPointTls { enabled: Some(true), options: some("sample@kubernetescrd") }),
                middlewares: Some(vec!["sample@kubernetescrd".into()]),
            }),
            forwarded_headers: Some(TrustedAddresses { trusted_ips: Some(vec!["10.0.0.3".into()]) }),
            proxy_protocol: Some(TrustedAddresses { trusted_ips: Some(vec!["10.0.0.4".into()]) }),
        }),
    }
}
