//! Traefik as objects, by what its chart 41.3.0 makes (traefik/traefik-helm-chart at a8a66d00): entry points, probes, hardening, an update
//! that is never one pod short. It may read what its providers ask for, and no more: `pkg/provider/kubernetes` of v3.7.11.

use k8s_openapi::api::apps::v1::{DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::api::core::v1::{Lifecycle, LifecycleHandler, SecurityContext, ServicePort, SleepAction};
use k8s_openapi::api::networking::v1::{IngressClass, IngressClassSpec};
use k8s_openapi::api::rbac::v1::PolicyRule;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use stackwright::prelude::*;

use super::{Config, Exposure, METRICS, Routes, WEB, WEBSECURE, app, container_resources, gateway};
use crate::images::image;
use crate::monitoring::scrape_annotations;

const NAME: &str = "traefik";
/// The entry point that answers whether it is well.
const PING: u16 = 8080;
/// The chart's.
const USER: i64 = 65532;

pub(super) fn objects(config: &Config<'_>, routes: Routes) -> Vec<Object> {
    let app = app(&config.namespace);
    let account = service_account(&app);
    let role = rbac::cluster_role(&app, rights(routes));
    let binding = rbac::cluster_role_binding(&role, &account);
    let deployment = deployment_of(&app, &account, config, routes);
    let mut objects = classes(&app, config, routes);
    objects.extend([
        Object::from(service(&deployment, config)),
        disruption_budget(&deployment, 1).into(),
        account.into(),
        Object::from(role)
            .allow("rbac-broad", "certificates are Secrets of any namespace, and it asks for all of them at once"),
        binding.into(),
        deployment.into(),
    ]);
    objects
}

/// What others name to be served.
fn classes(app: &App, config: &Config<'_>, routes: Routes) -> Vec<Object> {
    match routes {
        Routes::Ingresses => {
            let mut class = IngressClass {
                metadata: app.cluster_wide(&config.class),
                spec: Some(IngressClassSpec { controller: Some("traefik.io/ingress-controller".into()), ..default() }),
            };
            let is_default = ("ingressclass.kubernetes.io/is-default-class".to_owned(), "true".to_owned());
            class.metadata.annotations.get_or_insert_default().extend([is_default]);
            vec![class.into()]
        }
        Routes::Gateway => {
            let gateway = gateway(&config.namespace, &config.class);
            vec![gateway.class("traefik.io/gateway-controller"), gateway.object()]
        }
    }
}

/// Certificates are Secrets of any namespace, so it may read each: whoever is in this pod has them all.
fn rights(routes: Routes) -> Vec<PolicyRule> {
    const READ: [&str; 3] = ["get", "list", "watch"];
    let slices = rbac::rule("discovery.k8s.io", ["endpointslices"], ["list", "watch"]);
    match routes {
        Routes::Ingresses => vec![
            rbac::rule("", ["nodes", "secrets", "services"], READ),
            slices,
            rbac::rule("networking.k8s.io", ["ingressclasses", "ingresses"], READ),
            rbac::rule("networking.k8s.io", ["ingresses/status"], ["update"]),
        ],
        Routes::Gateway => {
            const GROUP: &str = "gateway.networking.k8s.io";
            let kinds = ["backendtlspolicies", "gatewayclasses", "gateways", "grpcroutes", "httproutes", "tlsroutes"];
            vec![
                rbac::rule("", ["namespaces"], ["list", "watch"]),
                rbac::rule("", ["configmaps", "secrets", "services"], READ),
                slices,
                rbac::rule(GROUP, kinds, READ),
                rbac::rule(GROUP, ["referencegrants"], READ),
                PolicyRule {
                    resources: Some(kinds.iter().map(|kind| format!("{kind}/status")).collect()),
                    ..rbac::rule(GROUP, [], ["update"])
                },
            ]
        }
    }
}

fn deployment_of(app: &App, account: &ServiceAccount, config: &Config<'_>, routes: Routes) -> Deployment {
    let temporary = empty_volume("tmp");
    let container = Container {
        name: NAME.into(),
        image: Some(image(NAME)),
        args: Some(arguments(config, routes)),
        ports: Some(vec![
            container_port("web", WEB),
            container_port("websecure", WEBSECURE),
            container_port("metrics", METRICS),
            container_port("ping", PING),
        ]),
        readiness_probe: Some(Probe {
            timeout_seconds: Some(2),
            failure_threshold: Some(1),
            ..http_probe("/ping", "ping")
        }),
        liveness_probe: Some(Probe { timeout_seconds: Some(2), ..http_probe("/ping", "ping") }),
        // Visitors come to it until everyone knows that it ends.
        lifecycle: Some(Lifecycle {
            pre_stop: Some(LifecycleHandler { sleep: Some(SleepAction { seconds: 5 }), ..default() }),
            ..default()
        }),
        volume_mounts: Some(vec![mount(&temporary, "/tmp")]),
        resources: Some(container_resources()),
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        ..default()
    };
    let mut deployment = deployment(
        app,
        PodSpec {
            service_account_name: account.metadata.name.clone(),
            security_context: Some(restricted_pod(USER)),
            containers: vec![container],
            volumes: Some(vec![temporary]),
            // For what is under way.
            termination_grace_period_seconds: Some(60),
            topology_spread_constraints: Some(vec![spread_over_nodes(app.selector())]),
            ..default()
        },
    );
    deployment.spec.replicas = i32::try_from(config.replicas).ok();
    deployment.spec.strategy = Some(DeploymentStrategy {
        rolling_update: Some(RollingUpdateDeployment {
            max_unavailable: Some(IntOrString::Int(0)),
            max_surge: Some(IntOrString::Int(1)),
        }),
        ..default()
    });
    let metadata = deployment.spec.template.metadata.get_or_insert_default();
    metadata.annotations.get_or_insert_default().extend(scrape_annotations(METRICS, "/metrics"));
    deployment
}

fn arguments(config: &Config<'_>, routes: Routes) -> Vec<String> {
    let entry_point = |name: &str, port: u16| format!("--entryPoints.{name}.address=:{port}");
    let mut arguments = vec![
        entry_point("web", WEB),
        entry_point("websecure", WEBSECURE),
        entry_point("metrics", METRICS),
        entry_point(NAME, PING),
        "--entryPoints.websecure.http.tls=true".into(),
        "--ping=true".into(),
        "--metrics.prometheus=true".into(),
        "--metrics.prometheus.entryPoint=metrics".into(),
        "--global.checkNewVersion=false".into(),
        "--global.sendAnonymousUsage=false".into(),
    ];
    if !config.proxies.is_empty() {
        let proxies = config.proxies.iter().map(Subnet::to_string).collect::<Vec<_>>().join(",");
        let trusted =
            ["web", "websecure"].map(|name| format!("--entryPoints.{name}.forwardedHeaders.trustedIPs={proxies}"));
        arguments.extend(trusted);
    }
    if config.https_only {
        let way = "--entryPoints.web.http.redirections.entryPoint";
        // The port that visitors see.
        arguments.extend([format!("{way}.to=:443"), format!("{way}.scheme=https"), format!("{way}.permanent=true")]);
    }
    let service = (&config.namespace, NAME);
    match routes {
        Routes::Ingresses => arguments.extend([
            "--providers.kubernetesIngress=true".into(),
            // Without a pod that is ready the answer is 503, not 404.
            "--providers.kubernetesIngress.allowEmptyServices=true".into(),
            // As Kubernetes means it: `/shop` is not the beginning of `/shopping`.
            "--providers.kubernetesIngress.strictPrefixMatching=true".into(),
            format!("--providers.kubernetesIngress.ingressEndpoint.publishedService={}/{}", service.0, service.1),
        ]),
        Routes::Gateway => arguments.extend([
            "--providers.kubernetesGateway=true".into(),
            format!("--providers.kubernetesGateway.statusAddress.service.namespace={}", service.0),
            format!("--providers.kubernetesGateway.statusAddress.service.name={}", service.1),
        ]),
    }
    arguments
}

/// For visitors alone: the other two entry points are no one's business outside.
fn service(deployment: &Deployment, config: &Config<'_>) -> Service {
    let mut service = service_for(deployment);
    let wanted = super::service(&config.namespace, config.exposure).spec.unwrap_or_default();
    let spec = service.spec.get_or_insert_default();
    let own = spec.ports.take().unwrap_or_default();
    let numbered = |port: ServicePort| {
        let named = wanted.ports.iter().flatten().find(|wanted| wanted.name == port.name)?;
        Some(ServicePort { port: named.port, node_port: named.node_port, ..port })
    };
    spec.ports = Some(own.into_iter().filter_map(numbered).collect());
    spec.type_.clone_from(&wanted.type_);
    if let Exposure::LoadBalancer(address) = config.exposure {
        // Keeps the visitor's address, for logs and rate limits behind it.
        spec.external_traffic_policy = Some("Local".into());
        let annotation = config.platform.address_annotation.clone().map(|key| (key, address.to_string()));
        service.metadata.annotations.get_or_insert_default().extend(annotation);
    }
    service
}
