//! A Spring Boot application behind an Ingress controller, or a Gateway.

use k8s_openapi::api::core::v1::{Lifecycle, LifecycleHandler, SecurityContext, SleepAction};
use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;
use stackwright_addons::gateway::Gateway;
use stackwright_addons::monitoring;

/// The port that visitors are answered at.
const HTTP: &str = "http";
/// The one for whoever watches, which no Service shows to anyone.
const MANAGEMENT: &str = "management";
const MANAGEMENT_PORT: u16 = 8081;
/// A user without a name will do: nothing of the image is written to.
const USER: i64 = 65532;
/// How long requests that are under way may take when a pod ends, in seconds.
const GRACE: i64 = 20;
/// How long a pod that is about to end still takes new ones, since some come to it until everyone knows.
const PARTING: i64 = 5;

/// How the application is run.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// The namespace, which is made for it.
    pub namespace: String,
    /// Its name, such as `shop`.
    pub name: String,
    /// Its image, with Spring Boot's actuator and Micrometer's registry for Prometheus in it.
    pub image: String,
    /// The name that visitors ask for; none for whatever leads to the controller, such as its address.
    pub host: Option<String>,
    /// The path below which it answers, such as `/shop`: `/` for all of the host.
    pub path: String,
    /// What leads visitors to it.
    pub way: Way,
    /// The pods of the controller, which connect to it.
    pub controller: App,
    /// The pods that read its metrics.
    pub scraper: App,
    /// How many pods there are.
    pub replicas: i32,
    /// What it may reach beside DNS, such as its database.
    pub reaches: Vec<NetworkPolicyPeer>,
}

/// What leads visitors to the application.
#[derive(Debug, Clone)]
pub enum Way {
    /// An Ingress of this class.
    Ingress(String),
    /// A route of this Gateway.
    Gateway(Gateway),
}

/// The application: namespace, pods, and their way in.
pub fn stack(config: &Config<'_>) -> Stack {
    let app = App::new(&config.name, &config.namespace);
    let web = web(&app, config);
    let service = service(&web);
    let way = match &config.way {
        Way::Ingress(class) => ingress_of(&app, class, config, &service).into(),
        Way::Gateway(gateway) => gateway.route(&app, config.host.as_deref(), &config.path, &service),
    };
    let name = |what: &str| format!("{}-{what}", config.name);
    let controller = connect(&config.controller, &service);
    let policies = [
        default_deny(&config.namespace),
        allow_dns(&app, config.platform.dns()),
        allow_ingress(&app, &name("from-prometheus"), vec![app_peer(&config.scraper)], vec![tcp_named(MANAGEMENT)]),
        allow_egress(&app, &name("to-what-it-needs"), config.reaches.clone(), vec![]),
    ];
    let objects: [Object; 5] = [
        namespace(&config.namespace, PodSecurity::Restricted).into(),
        disruption_budget(&web, 1).into(),
        way,
        service.into(),
        web.into(),
    ];
    let policies = policies.into_iter().chain(controller).map(Object::from);
    Stack { objects: objects.into_iter().chain(policies).collect(), ..Stack::new(&config.name, []) }
}

fn ingress_of(app: &App, class: &str, config: &Config<'_>, service: &Service) -> Ingress {
    let mut ingress = ingress(app, class, config.host.as_deref().unwrap_or_default(), backend(service, HTTP));
    for rule in ingress.spec.get_or_insert_default().rules.iter_mut().flatten() {
        rule.host.clone_from(&config.host);
        for path in rule.http.iter_mut().flat_map(|http| &mut http.paths) {
            path.path = Some(config.path.clone());
        }
    }
    ingress
}

fn web(app: &App, config: &Config<'_>) -> Deployment {
    let temporary = empty_volume("tmp");
    let container = Container {
        name: config.name.clone(),
        image: Some(config.image.clone()),
        ports: Some(vec![container_port(HTTP, 8080), container_port(MANAGEMENT, MANAGEMENT_PORT)]),
        env: Some(environment(&config.path)),
        // The heap is what is left of the limit, so both are one: memory that a JVM has once it does not give back.
        resources: Some(resources(("250m", "768Mi"), ("2", "768Mi"))),
        // Classes are read and compiled while it starts: on a slow node that takes minutes.
        startup_probe: Some(Probe {
            period_seconds: Some(5),
            failure_threshold: Some(60),
            ..http_probe("/actuator/health/liveness", MANAGEMENT)
        }),
        liveness_probe: Some(http_probe("/actuator/health/liveness", MANAGEMENT)),
        readiness_probe: Some(Probe {
            period_seconds: Some(5),
            ..http_probe("/actuator/health/readiness", MANAGEMENT)
        }),
        lifecycle: Some(Lifecycle {
            pre_stop: Some(LifecycleHandler { sleep: Some(SleepAction { seconds: PARTING }), ..default() }),
            ..default()
        }),
        volume_mounts: Some(vec![mount(&temporary, "/tmp")]),
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        ..default()
    };
    let mut web = deployment(
        app,
        PodSpec {
            containers: vec![container],
            volumes: Some(vec![temporary]),
            security_context: Some(restricted_pod(USER)),
            automount_service_account_token: Some(false),
            // A Service's variables are read as settings: `SERVER_PORT` of one called `server` would be a URL.
            enable_service_links: Some(false),
            termination_grace_period_seconds: Some(PARTING + GRACE + 5),
            topology_spread_constraints: Some(vec![spread_over_nodes(app.selector())]),
            ..default()
        },
    );
    web.spec.replicas = Some(config.replicas);
    web
}

/// Spring Boot's settings, as its documentation of externalized configuration spells them for an environment.
fn environment(path: &str) -> Vec<EnvVar> {
    // Its own links are below the path, too. What watches it is at the other port, below none.
    let context = (path != "/").then(|| env_var("SERVER_SERVLET_CONTEXT_PATH", path));
    let always = [
        // Three quarters for the heap; what is left is for threads, classes and buffers. Out of memory, it ends and is started anew.
        env_var("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"),
        env_var("SERVER_SHUTDOWN", "graceful"),
        env_var("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", format!("{GRACE}s")),
        // The proxy in front says what visitors asked for: redirects and links are theirs.
        env_var("SERVER_FORWARD_HEADERS_STRATEGY", "framework"),
        env_var("MANAGEMENT_SERVER_PORT", MANAGEMENT_PORT.to_string()),
        env_var("MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED", "true"),
        env_var("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,prometheus"),
    ];
    always.into_iter().chain(context).collect()
}

/// For visitors alone. Prometheus reads the pods behind it, at the port that it does not have.
fn service(web: &Deployment) -> Service {
    let mut service = service_for(web);
    service.metadata.annotations = Some(monitoring::scrape_annotations(MANAGEMENT_PORT, "/actuator/prometheus"));
    let ports = service.spec.get_or_insert_default().ports.get_or_insert_default();
    ports.retain(|port| port.name.as_deref() == Some(HTTP));
    for port in ports {
        port.port = 80;
    }
    service
}
