//! operators: adopted from operators.yaml.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde_json::json;
use stackwright::prelude::*;
use stackwright_crds::cert_manager_io::v1::{
    Certificate, CertificateIssuerRef, CertificatePrivateKey, CertificatePrivateKeyAlgorithm,
    CertificatePrivateKeyRotationPolicy, CertificateSpec, CertificateUsages, ClusterIssuer, ClusterIssuerAcme,
    ClusterIssuerAcmePrivateKeySecretRef, ClusterIssuerAcmeSolvers, ClusterIssuerAcmeSolversDns01,
    ClusterIssuerAcmeSolversDns01CnameStrategy, ClusterIssuerAcmeSolversDns01Webhook, ClusterIssuerAcmeSolversHttp01,
    ClusterIssuerAcmeSolversHttp01Ingress, ClusterIssuerAcmeSolversHttp01IngressPodTemplate,
    ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpec, ClusterIssuerAcmeSolversSelector, ClusterIssuerSpec,
};
use stackwright_crds::gateway_networking_k8s_io::v1::{
    Gateway, GatewayClass, GatewayClassSpec, GatewayListeners, GatewayListenersAllowedRoutes,
    GatewayListenersAllowedRoutesNamespaces, GatewayListenersAllowedRoutesNamespacesFrom, GatewayListenersTls,
    GatewayListenersTlsCertificateRefs, GatewaySpec, HTTPRoute, HTTPRouteParentRefs, HTTPRouteRules,
    HTTPRouteRulesBackendRefs, HTTPRouteRulesFilters, HTTPRouteRulesFiltersRequestHeaderModifier,
    HTTPRouteRulesFiltersRequestHeaderModifierSet, HTTPRouteRulesFiltersType, HTTPRouteRulesMatches,
    HTTPRouteRulesMatchesMethod, HTTPRouteRulesMatchesPath, HTTPRouteRulesMatchesPathType, HTTPRouteSpec,
};
use stackwright_crds::metallb_io::v1beta1::{IPAddressPool, IPAddressPoolSpec, L2Advertisement, L2AdvertisementSpec};
use stackwright_crds::metallb_io::v1beta2::{BGPPeer, BGPPeerSpec};
use stackwright_crds::monitoring_coreos_com::v1::{
    ProbeProber, ProbeSpec, ProbeTargets, ProbeTargetsStaticConfig, PrometheusRule, PrometheusRuleGroups,
    PrometheusRuleGroupsRules, PrometheusRuleSpec, ServiceMonitor, ServiceMonitorEndpoints,
    ServiceMonitorEndpointsBasicAuth, ServiceMonitorEndpointsBasicAuthPassword,
    ServiceMonitorEndpointsMetricRelabelings, ServiceMonitorEndpointsMetricRelabelingsAction,
    ServiceMonitorEndpointsScheme, ServiceMonitorNamespaceSelector, ServiceMonitorSpec,
};
use stackwright_crds::traefik_io::v1alpha1::{
    IngressRoute, IngressRouteRoutes, IngressRouteRoutesKind, IngressRouteRoutesMiddlewares,
    IngressRouteRoutesServices, IngressRouteSpec, IngressRouteTls, Middleware, MiddlewareHeaders, MiddlewareSpec,
    TLSOption, TLSOptionClientAuth, TLSOptionClientAuthClientAuthType, TLSOptionSpec,
};

const METALLB_SYSTEM: &str = "metallb-system";
const SHOP: &str = "shop";

/// The objects of operators.
pub fn stack() -> Stack {
    let objects = [
        web(),
        traefik(),
        bgp_peers(),
        certificates(),
        cluster_issuers(),
        ip_address_pools(),
        l2_advertisements(),
        middlewares(),
        probes(),
        prometheus_rules(),
        service_monitors(),
        tls_options(),
    ];
    let objects = objects.into_iter().flatten().collect();
    Stack { objects, ..Stack::new("operators", []) }
}

fn web() -> Vec<Object> {
    // What most clusters have beside Kubernetes' own kinds.
    let web_service = Service {
        metadata: ObjectMeta {
            annotations: Some(BTreeMap::from([("metallb.io/loadBalancerIPs".into(), "192.168.1.250".into())])),
            labels: Some(BTreeMap::from([("app.kubernetes.io/name".into(), "web".into())])),
            name: Some("web".into()),
            namespace: Some(SHOP.into()),
            ..default()
        },
        spec: Some(ServiceSpec {
            ports: Some(vec![ServicePort { name: Some("http".into()), port: 80, ..default() }]),
            selector: Some(BTreeMap::from([("app.kubernetes.io/name".into(), "web".into())])),
            type_: Some("LoadBalancer".into()),
            ..default()
        }),
        ..default()
    };
    let web_ingress_route = IngressRoute {
        metadata: ObjectMeta { name: Some("web".into()), namespace: Some(SHOP.into()), ..default() },
        spec: IngressRouteSpec {
            entry_points: Some(vec!["websecure".into()]),
            routes: vec![IngressRouteRoutes {
                kind: Some(IngressRouteRoutesKind::Rule),
                match_: "Host(`shop.example`)".into(),
                middlewares: Some(vec![IngressRouteRoutesMiddlewares { name: "headers".into(), ..default() }]),
                services: Some(vec![
                    IngressRouteRoutesServices {
                        name: web_service.metadata.name.clone().unwrap_or_default(),
                        port: Some(IntOrString::Int(80)),
                        ..default()
                    },
                    IngressRouteRoutesServices {
                        name: web_service.metadata.name.clone().unwrap_or_default(),
                        port: Some(IntOrString::String("http".into())),
                        weight: Some(2),
                        ..default()
                    },
                ]),
                ..default()
            }],
            tls: Some(IngressRouteTls { secret_name: Some("web-tls".into()), ..default() }),
            ..default()
        },
    };
    vec![web_service.into(), web_ingress_route.into()]
}

fn traefik() -> Vec<Object> {
    let traefik_gateway_class = GatewayClass {
        metadata: ObjectMeta { name: Some("traefik".into()), ..default() },
        spec: GatewayClassSpec { controller_name: "traefik.io/gateway-controller".into(), ..default() },
    };
    let edge = Gateway {
        metadata: ObjectMeta { name: Some("edge".into()), namespace: Some(SHOP.into()), ..default() },
        spec: GatewaySpec {
            gateway_class_name: traefik_gateway_class.metadata.name.clone().unwrap_or_default(),
            listeners: vec![
                GatewayListeners {
                    allowed_routes: Some(GatewayListenersAllowedRoutes {
                        namespaces: Some(GatewayListenersAllowedRoutesNamespaces {
                            from: Some(GatewayListenersAllowedRoutesNamespacesFrom::Selector),
                            selector: Some(labels_selector([("edge", "open")])),
                        }),
                        ..default()
                    }),
                    name: "web".into(),
                    port: 8000,
                    protocol: "HTTP".into(),
                    ..default()
                },
                GatewayListeners {
                    name: "websecure".into(),
                    port: 8443,
                    protocol: "HTTPS".into(),
                    tls: Some(GatewayListenersTls {
                        certificate_refs: Some(vec![GatewayListenersTlsCertificateRefs {
                            name: "web-tls".into(),
                            ..default()
                        }]),
                        ..default()
                    }),
                    ..default()
                },
            ],
            ..default()
        },
    };
    let web_http_route = HTTPRoute {
        metadata: ObjectMeta { name: Some("web".into()), namespace: Some(SHOP.into()), ..default() },
        spec: HTTPRouteSpec {
            hostnames: Some(vec!["shop.example".into()]),
            parent_refs: Some(vec![HTTPRouteParentRefs {
                name: edge.metadata.name.clone().unwrap_or_default(),
                section_name: Some("web".into()),
                ..default()
            }]),
            rules: Some(vec![HTTPRouteRules {
                backend_refs: Some(vec![HTTPRouteRulesBackendRefs {
                    name: "wbe".into(),
                    port: Some(80),
                    weight: Some(1),
                    ..default()
                }]),
                filters: Some(vec![HTTPRouteRulesFilters {
                    request_header_modifier: Some(HTTPRouteRulesFiltersRequestHeaderModifier {
                        set: Some(vec![HTTPRouteRulesFiltersRequestHeaderModifierSet {
                            name: "X-Shop".into(),
                            value: "1".into(),
                        }]),
                        ..default()
                    }),
                    type_: HTTPRouteRulesFiltersType::RequestHeaderModifier,
                    ..default()
                }]),
                matches: Some(vec![HTTPRouteRulesMatches {
                    method: Some(HTTPRouteRulesMatchesMethod::GET),
                    path: Some(HTTPRouteRulesMatchesPath {
                        type_: Some(HTTPRouteRulesMatchesPathType::PathPrefix),
                        value: Some("/".into()),
                    }),
                    ..default()
                }]),
                ..default()
            }]),
        },
    };
    vec![traefik_gateway_class.into(), edge.into(), web_http_route.into()]
}

fn bgp_peers() -> Vec<Object> {
    let router = BGPPeer {
        metadata: ObjectMeta { name: Some("router".into()), namespace: Some(METALLB_SYSTEM.into()), ..default() },
        spec: Some(BGPPeerSpec { my_asn: 64500, peer_asn: 64501, peer_address: "192.168.1.1".into(), ..default() }),
    };
    vec![router.into()]
}

fn certificates() -> Vec<Object> {
    let web_certificate = Certificate {
        metadata: ObjectMeta { name: Some("web".into()), namespace: Some(SHOP.into()), ..default() },
        spec: Some(CertificateSpec {
            dns_names: Some(vec!["shop.example".into()]),
            issuer_ref: CertificateIssuerRef {
                kind: Some("ClusterIssuer".into()),
                name: "letsencrypt-staging".into(),
                ..default()
            },
            private_key: Some(CertificatePrivateKey {
                algorithm: Some(CertificatePrivateKeyAlgorithm::ECDSA),
                rotation_policy: Some(CertificatePrivateKeyRotationPolicy::Always),
                size: Some(256),
                ..default()
            }),
            // Renewed a month before its end.
            renew_before: Some("720h".into()),
            secret_name: "web-tls".into(),
            usages: Some(vec![CertificateUsages::DigitalSignature, CertificateUsages::ServerAuth]),
            ..default()
        }),
    };
    vec![web_certificate.into()]
}

fn cluster_issuers() -> Vec<Object> {
    let letsencrypt = ClusterIssuer {
        metadata: ObjectMeta { name: Some("letsencrypt".into()), ..default() },
        spec: ClusterIssuerSpec {
            acme: Some(ClusterIssuerAcme {
                email: Some("ops@shop.example".into()),
                private_key_secret_ref: ClusterIssuerAcmePrivateKeySecretRef {
                    name: "letsencrypt-account".into(),
                    ..default()
                },
                server: "https://acme-v02.api.letsencrypt.org/directory".into(),
                solvers: Some(vec![
                    ClusterIssuerAcmeSolvers {
                        http01: Some(ClusterIssuerAcmeSolversHttp01 {
                            ingress: Some(ClusterIssuerAcmeSolversHttp01Ingress {
                                ingress_class_name: Some("traefik".into()),
                                pod_template: Some(ClusterIssuerAcmeSolversHttp01IngressPodTemplate {
                                    spec: Some(ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpec {
                                        node_selector: Some(BTreeMap::from([(
                                            "kubernetes.io/os".into(),
                                            "linux".into(),
                                        )])),
                                        ..default()
                                    }),
                                    ..default()
                                }),
                                ..default()
                            }),
                            ..default()
                        }),
                        ..default()
                    },
                    ClusterIssuerAcmeSolvers {
                        dns01: Some(ClusterIssuerAcmeSolversDns01 {
                            cname_strategy: Some(ClusterIssuerAcmeSolversDns01CnameStrategy::Follow),
                            webhook: Some(ClusterIssuerAcmeSolversDns01Webhook {
                                config: Some(json!({
                                    "zone": "shop.example",
                                    "ttl": 600,
                                    "keys": ["a", "b"],
                                    "nothing": null,
                                })),
                                group_name: "acme.shop.example".into(),
                                solver_name: "registrar".into(),
                            }),
                            ..default()
                        }),
                        selector: Some(ClusterIssuerAcmeSolversSelector {
                            dns_zones: Some(vec!["shop.example".into()]),
                            ..default()
                        }),
                        ..default()
                    },
                ]),
                ..default()
            }),
            ..default()
        },
    };
    vec![letsencrypt.into()]
}

fn ip_address_pools() -> Vec<Object> {
    let primary = IPAddressPool {
        metadata: ObjectMeta { name: Some("primary".into()), namespace: Some(METALLB_SYSTEM.into()), ..default() },
        spec: IPAddressPoolSpec {
            addresses: vec!["192.168.1.200-192.168.1.209".into()],
            auto_assign: Some(false),
            ..default()
        },
    };
    vec![primary.into()]
}

fn l2_advertisements() -> Vec<Object> {
    let primary = L2Advertisement {
        metadata: ObjectMeta { name: Some("primary".into()), namespace: Some(METALLB_SYSTEM.into()), ..default() },
        spec: Some(L2AdvertisementSpec {
            ip_address_pools: Some(vec!["primary".into()]),
            node_selectors: Some(vec![labels_selector([("kubernetes.io/os", "linux")])]),
            ..default()
        }),
    };
    vec![primary.into()]
}

fn middlewares() -> Vec<Object> {
    let headers = Middleware {
        metadata: ObjectMeta { name: Some("headers".into()), namespace: Some(SHOP.into()), ..default() },
        spec: MiddlewareSpec {
            headers: Some(MiddlewareHeaders {
                custom_request_headers: Some(BTreeMap::from([("X-Shop".into(), "1".into())])),
                sts_seconds: Some(31536000),
                ..default()
            }),
            ..default()
        },
    };
    let own = Middleware {
        metadata: ObjectMeta { name: Some("own".into()), namespace: Some(SHOP.into()), ..default() },
        spec: MiddlewareSpec {
            plugin: Some(BTreeMap::from([("geo".into(), json!({ "countries": ["DE", "NL"], "strict": true }))])),
            ..default()
        },
    };
    vec![headers.into(), own.into()]
}

fn probes() -> Vec<Object> {
    let web_probe = stackwright_crds::monitoring_coreos_com::v1::Probe {
        metadata: ObjectMeta { name: Some("web".into()), namespace: Some(SHOP.into()), ..default() },
        spec: ProbeSpec {
            module: Some("http_2xx".into()),
            prober: Some(ProbeProber { url: "blackbox:9115".into(), ..default() }),
            targets: Some(ProbeTargets {
                static_config: Some(ProbeTargetsStaticConfig {
                    static_: Some(vec!["https://shop.example".into()]),
                    ..default()
                }),
                ..default()
            }),
            ..default()
        },
    };
    vec![web_probe.into()]
}

fn prometheus_rules() -> Vec<Object> {
    let web_prometheus_rule = PrometheusRule {
        metadata: ObjectMeta { name: Some("web".into()), namespace: Some(SHOP.into()), ..default() },
        spec: PrometheusRuleSpec {
            groups: Some(vec![PrometheusRuleGroups {
                name: "web".into(),
                rules: Some(vec![
                    PrometheusRuleGroupsRules {
                        expr: IntOrString::String("sum(visits)".into()),
                        record: Some("shop:visits".into()),
                        ..default()
                    },
                    PrometheusRuleGroupsRules {
                        alert: Some("NobodyComes".into()),
                        annotations: Some(BTreeMap::from([("summary".into(), "nobody comes".into())])),
                        expr: IntOrString::String("rate(visits[5m]) == 0".into()),
                        for_: Some("15m".into()),
                        labels: Some(BTreeMap::from([("severity".into(), "warning".into())])),
                        ..default()
                    },
                ]),
                ..default()
            }]),
        },
    };
    vec![web_prometheus_rule.into()]
}

fn service_monitors() -> Vec<Object> {
    let web_service_monitor = ServiceMonitor {
        metadata: ObjectMeta { name: Some("web".into()), namespace: Some(SHOP.into()), ..default() },
        spec: ServiceMonitorSpec {
            endpoints: vec![ServiceMonitorEndpoints {
                basic_auth: Some(ServiceMonitorEndpointsBasicAuth {
                    password: Some(ServiceMonitorEndpointsBasicAuthPassword {
                        key: "password".into(),
                        name: Some("login".into()),
                        ..default()
                    }),
                    ..default()
                }),
                metric_relabelings: Some(vec![ServiceMonitorEndpointsMetricRelabelings {
                    action: Some(ServiceMonitorEndpointsMetricRelabelingsAction::Drop),
                    regex: Some("go_.*".into()),
                    source_labels: Some(vec!["__name__".into()]),
                    ..default()
                }]),
                params: Some(BTreeMap::from([("module".into(), vec!["a".into(), "b".into()])])),
                port: Some("http".into()),
                scheme: Some(ServiceMonitorEndpointsScheme::Https),
                target_port: Some(IntOrString::Int(8080)),
                ..default()
            }],
            namespace_selector: Some(ServiceMonitorNamespaceSelector { any: Some(false), ..default() }),
            selector: labels_selector([("app.kubernetes.io/name", "wbe")]),
            ..default()
        },
    };
    vec![web_service_monitor.into()]
}

fn tls_options() -> Vec<Object> {
    let modern = TLSOption {
        metadata: ObjectMeta { name: Some("modern".into()), namespace: Some(SHOP.into()), ..default() },
        spec: TLSOptionSpec {
            client_auth: Some(TLSOptionClientAuth {
                client_auth_type: Some(TLSOptionClientAuthClientAuthType::RequireAndVerifyClientCert),
                secret_names: Some(vec!["clients".into()]),
            }),
            min_version: Some("VersionTLS13".into()),
            ..default()
        },
    };
    vec![modern.into()]
}
