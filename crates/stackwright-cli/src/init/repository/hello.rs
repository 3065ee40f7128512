//! A page, the web server that shows it, and the way to it.

use k8s_openapi::api::core::v1::SecurityContext;
use stackwright::prelude::*;

/// The web server. It listens at port 8080, and needs no right but to write to `/tmp`.
const IMAGE: &str = "nginxinc/nginx-unprivileged:1.29.8-alpine";
/// The user that it runs as.
const USER: i64 = 101;
/// What its port is called wherever it is meant: by the Service, the probes and the policy.
const HTTP: &str = "http";

/// What each cluster decides.
pub struct Config<'a> {
    /// The namespace, which is made for it.
    pub namespace: &'a str,
    /// The name that people type.
    pub host: &'a str,
    /// The class of its Ingress.
    pub ingress_class: &'a str,
    /// How many pods there are.
    pub replicas: i32,
}

/// The page at its host.
pub fn stack(config: &Config) -> Stack {
    let app = App::new("hello", config.namespace);
    let index = include_str!("hello/index.html");
    let page = config_map(&app, "hello-page", [("index.html", index)]);

    let mut web = deployment(&app, pod(&app, &page));
    web.spec.replicas = Some(config.replicas);
    // A reference is made from what it refers to, so that its name cannot dangle.
    let service = service_for(&web);
    let ingress = ingress(
        &app,
        config.ingress_class,
        config.host,
        backend(&service, HTTP),
    );
    let budget = disruption_budget(&web, 1);
    let visitors = allow_ingress(&app, "hello", vec![anyone()], vec![tcp_named(HTTP)]);

    let url = format!("http://{}/", config.host);
    Stack {
        endpoints: vec![Endpoint::new("The page", url)],
        ..Stack::new(
            "hello",
            [
                namespace(config.namespace, PodSecurity::Restricted).into(),
                // Nobody may connect, and nothing may connect to anyone, but for what a policy allows.
                default_deny(config.namespace).into(),
                visitors.into(),
                page.into(),
                web.into(),
                service.into(),
                ingress.into(),
                budget.into(),
            ],
        )
    }
}

/// A pod that shows the page.
fn pod(app: &App, page: &ConfigMap) -> PodSpec {
    let (pages, scratch) = (config_volume(page), empty_volume("scratch"));
    let nginx = Container {
        name: "nginx".into(),
        image: Some(IMAGE.into()),
        ports: Some(vec![container_port(HTTP, 8080)]),
        readiness_probe: Some(http_probe("/", HTTP)),
        liveness_probe: Some(tcp_probe(HTTP)),
        resources: Some(resources(("10m", "16Mi"), ("200m", "64Mi"))),
        security_context: Some(SecurityContext {
            read_only_root_filesystem: Some(true),
            ..restricted_container()
        }),
        volume_mounts: Some(vec![
            mount_read_only(&pages, "/usr/share/nginx/html"),
            mount(&scratch, "/tmp"),
        ]),
        ..default()
    };
    PodSpec {
        containers: vec![nginx],
        volumes: Some(vec![pages, scratch]),
        security_context: Some(restricted_pod(USER)),
        automount_service_account_token: Some(false),
        topology_spread_constraints: Some(vec![spread_over_nodes(app.selector())]),
        ..default()
    }
}
