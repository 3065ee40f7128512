//! One application of the fleet: what the example renders and the benchmark measures.

use std::net::Ipv4Addr;

use stackwright::prelude::*;

const HTTP: &str = "http";

/// A Deployment, its Service, Ingress with TLS, autoscaler and ConfigMap.
pub fn application(number: usize) -> Stack {
    let name = format!("app-{number}");
    let host = format!("{name}.example.com");
    let app = App::new(&name, "fleet");
    let config = config_map(
        &app,
        &name,
        [
            ("DATABASE_HOST", "postgresql.example.com"),
            ("DATABASE_PORT", "5432"),
            ("FEATURE_SEARCH", "on"),
            ("GREETING", "Hello: welcome to the fleet"),
            ("LOG_FORMAT", "json"),
            ("LOG_LEVEL", "info"),
            ("PUBLIC_URL", host.as_str()),
            ("nginx.conf", "server {\n  listen 8080;\n  location / {\n    proxy_pass http://127.0.0.1:9000;\n  }\n}\n"),
        ],
    );
    let web = deployment(
        &app,
        PodSpec {
            containers: vec![Container {
                name: "web".into(),
                image: Some(format!("registry.example.com/fleet/{name}:1.{number}.0")),
                ports: Some(vec![port(HTTP, 8080)]),
                env_from: Some(vec![all_keys(&config)]),
                resources: Some(resources(("100m", "128Mi"), ("500m", "256Mi"))),
                readiness_probe: Some(http_probe("/healthz", HTTP)),
                ..default()
            }],
            ..default()
        },
    );
    let service = service_for(&web);
    let certificate = SecretSpec::new("fleet", &format!("{name}-tls"), []);
    let mut ingress = ingress(&app, "traefik", &host, backend(&service, HTTP));
    if let Some(spec) = &mut ingress.spec {
        spec.tls = Some(vec![tls([&host], &certificate)]);
    }
    let autoscaler = autoscaler(&app, scale_target(&web), 2..=5, cpu(70));
    Stack::new(&name, [config.into(), web.into(), service.into(), ingress.into(), autoscaler.into()])
}

/// A cluster that runs so many of them.
pub fn fleet(applications: usize) -> Result<Cluster, Error> {
    let machine = |name, role, last| Machine::new(name, role, (2_000, 4_000_000), Ipv4Addr::new(192, 168, 56, last));
    Ok(Cluster {
        machines: vec![machine("control1", Role::ControlPlane, 11), machine("node1", Role::Worker, 21)],
        provided: Provided {
            namespaces: vec!["fleet".into()],
            ingress_classes: vec!["traefik".into()],
            apis: vec!["metrics.k8s.io".into()],
            ..default()
        },
        stacks: (1..=applications).map(application).collect(),
        ..Cluster::new("fleet", "1.35.4", Network::new("192.168.56.0/24")?)
    })
}
