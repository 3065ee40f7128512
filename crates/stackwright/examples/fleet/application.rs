//! One application of the fleet: what the example renders and the benchmark measures.

use std::hint::black_box;
use std::ops::RangeInclusive;
use std::thread;

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
                ports: Some(vec![container_port(HTTP, 8080)]),
                env_from: Some(vec![all_keys(&config)]),
                resources: Some(resources(("100m", "128Mi"), ("500m", "256Mi"))),
                readiness_probe: Some(http_probe("/healthz", HTTP)),
                ..default()
            }],
            ..default()
        },
    );
    let service = service_for(&web);
    let certificate = SecretSpec::self_signed("fleet", &format!("{name}-tls"), vec![host.clone()], 365);
    let mut ingress = ingress(&app, "traefik", &host, backend(&service, HTTP));
    if let Some(spec) = &mut ingress.spec {
        spec.tls = Some(vec![ingress_tls([&host], &certificate)]);
    }
    let autoscaler = autoscaler(&app, scale_target(&web), 2..=5, cpu_utilization(70));
    let objects = [config.into(), web.into(), service.into(), ingress.into(), autoscaler.into()];
    Stack { secrets: vec![certificate], ..Stack::new(&name, objects) }
}

/// A cluster that runs so many of them.
pub fn fleet(applications: usize) -> Result<Cluster, Error> {
    let stacks = |numbers: RangeInclusive<usize>| numbers.map(application).collect::<Vec<_>>();
    // Stacks are plain functions of their own values: each core makes half of them.
    let half = applications / 2;
    let stacks = thread::scope(|scope| {
        let second = scope.spawn(|| {
            widen_heap();
            stacks(half + 1..=applications)
        });
        let mut all = stacks(1..=half);
        all.extend(second.join().expect("no panic"));
        all
    });
    let lan = Network::new("lan", Subnet::new("192.168.56.0/24")?);
    let host = |name, number| Ok::<_, Error>(Host::new(name, (1_000_000, 400_000_000), Nic::on(&lan, number)?));
    Ok(Cluster {
        nodes: vec![Node::control_plane(host("control1", 11)?)?, Node::worker(host("node1", 21)?)?],
        provided: Provided {
            namespaces: vec!["fleet".into()],
            ingress_classes: vec!["traefik".into()],
            apis: vec!["metrics.k8s.io".into()],
            // One node for all of them.
            kubelet: Kubelet { pods: 1_000_000, ..default() },
            ..default()
        },
        stacks,
        networks: vec![lan],
        ..Cluster::new("fleet", "1.35.4")
    })
}

/// Glibc widens the heap of a thread by a page at a time, with a system call for each: a tenth of the time that the fleet takes.
/// What was freed at the end of a heap stays there; what is freed for the first time goes back, but shows how much there may be.
fn widen_heap() {
    for _ in 0..2 {
        drop(black_box(Vec::<u8>::with_capacity(16 << 20)));
    }
}
