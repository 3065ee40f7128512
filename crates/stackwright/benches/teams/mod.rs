//! A cluster of many teams: what the benchmark checks beside the fleet, so that no kind of object is slow to check.

use std::net::IpAddr;

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::Secret;
use stackwright::prelude::*;

const HTTP: &str = "http";
const SQL: &str = "sql";

/// A cluster of so many teams, each with a namespace of twenty-one objects, and a node for every eight of them.
pub fn teams(number: usize) -> Result<Cluster, Error> {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let subnet = Subnet::new("10.0.0.0/8")?;
    let lan = Network::new("lan", subnet);
    let controls =
        (1..=3).map(|node| Node::control_plane(Host::new(&format!("control{node}"), (4, 8192), Nic::on(&lan, node)?)));
    let workers = (1..=number.div_ceil(8)).map(|node| {
        let worker = Host::new(&format!("node{node}"), (32, 65536), Nic::on(&lan, 1000 + node)?);
        Node::worker(Host { disk: Some(2000), packages: vec!["nfs-common".into()], ..worker })
    });
    let first_balanced = 1_000_000;
    Ok(Cluster {
        nodes: controls.chain(workers).collect::<Result<_, Error>>()?,
        provided: Provided {
            ingress_classes: vec!["traefik".into()],
            storage_classes: vec!["fast".into(), "shared".into()],
            apis: vec!["metrics.k8s.io".into()],
            load_balancer: Some("metallb".into()),
            ..default()
        },
        services: vec![Subnet::new("172.16.0.0/14")?],
        pods: vec![Subnet::new("172.20.0.0/14")?],
        load_balancers: vec![subnet.range(&format!(
            "{}-{}",
            subnet.host(first_balanced)?,
            subnet.host(first_balanced + number)?
        ))?],
        stacks: (1..=number)
            .map(|team| Ok(stack(team, subnet.host(first_balanced + team)?)))
            .collect::<Result<_, Error>>()?,
        networks: vec![lan],
        ..Cluster::new("teams", "1.35.4")
    })
}

/// A database with a claim and a web service in front of it, with what guards, scales, feeds and backs them up.
fn stack(team: u32, address: IpAddr) -> Stack {
    let name = format!("team-{team}");
    let (database, web) = (App::new("database", &name), App::new("web", &name));
    let login = SecretSpec::login(&name, "login", "web");
    let host = format!("{name}.example.com");
    let certificate = SecretSpec::self_signed(&name, "web-tls", vec![host.clone()], 365);
    let token = Secret {
        metadata: web.named("token"),
        string_data: Some([("token".to_owned(), format!("not-secret-{team}"))].into()),
        ..default()
    };

    let account = service_account(&web);
    let reader = rbac::role(&web, vec![rbac::rule("", ["configmaps"], ["get", "list"])]);
    let binding = rbac::role_binding(&reader, &account);

    let data = claim_template("data", Access::OneNode, "10Gi");
    let governing = headless_service(&database, &[container_port(SQL, 5432)]);
    let set = stateful_set(&database, &governing, database_pod(&login, &data), vec![data]);
    let uploads = claim(&web, "uploads", Access::AnyNode, "5Gi");
    let uploads = PersistentVolumeClaim {
        spec: uploads.spec.map(|spec| k8s_openapi::api::core::v1::PersistentVolumeClaimSpec {
            storage_class_name: Some("shared".into()),
            ..spec
        }),
        ..uploads
    };
    let settings = config_map(&web, "web", [("DATABASE_HOST", dns_name(&governing)), ("LOG_LEVEL", "info".into())]);
    let site = deployment(&web, web_pod(&account, &settings, &login, &token, &uploads));
    let service = service_for(&site);
    let mut route = ingress(&web, "traefik", &host, backend(&service, HTTP));
    if let Some(spec) = &mut route.spec {
        spec.tls = Some(vec![ingress_tls([host.as_str()], &certificate)]);
    }
    let mut balanced = Service { metadata: web.named("balanced"), ..service.clone() };
    balanced.metadata.annotations = Some([("metallb.io/loadBalancerIPs".to_owned(), address.to_string())].into());
    if let Some(spec) = &mut balanced.spec {
        spec.type_ = Some("LoadBalancer".into());
    }
    let objects = [
        namespace(&name, PodSecurity::Baseline).into(),
        default_deny(&name).into(),
        allow_dns(&web, vec![cluster_dns()]).into(),
        allow_egress(&web, "web-to-database", vec![app_peer(&database)], vec![tcp_named(SQL)]).into(),
        allow_ingress(&web, "all-to-web", vec![anyone()], vec![tcp_named(HTTP)]).into(),
        allow_ingress(&database, "web-to-database-in", vec![app_peer(&web)], vec![tcp_named(SQL)]).into(),
        governing.into(),
        disruption_budget(&set, 1).into(),
        set.into(),
        account.into(),
        reader.into(),
        binding.into(),
        uploads.into(),
        settings.into(),
        token.into(),
        autoscaler(&web, scale_target(&site), 2..=4, cpu_utilization(70)).into(),
        site.into(),
        route.into(),
        balanced.into(),
        backup(&database, &login).into(),
    ];
    Stack {
        objects: objects.into_iter().chain([service.into()]).collect(),
        secrets: vec![login, certificate],
        ..Stack::new(&name, [])
    }
}

fn database_pod(login: &SecretSpec, data: &PersistentVolumeClaim) -> PodSpec {
    PodSpec {
        security_context: Some(restricted_pod(999)),
        containers: vec![Container {
            name: "postgres".into(),
            image: Some("docker.io/library/postgres:18.1".into()),
            env: Some(vec![
                env_var_from("POSTGRES_PASSWORD", secret_key(login, "password")),
                env_var("PGDATA", "/data/pg"),
            ]),
            ports: Some(vec![container_port(SQL, 5432)]),
            resources: Some(resources(("250m", "512Mi"), ("1", "1Gi"))),
            readiness_probe: Some(tcp_probe(SQL)),
            volume_mounts: Some(vec![mount_claim(data, "/data")]),
            security_context: Some(restricted_container()),
            ..default()
        }],
        ..default()
    }
}

fn web_pod(
    account: &ServiceAccount,
    settings: &ConfigMap,
    login: &SecretSpec,
    token: &Secret,
    uploads: &PersistentVolumeClaim,
) -> PodSpec {
    let (files, config, scratch) = (claim_volume(uploads), config_volume(settings), empty_volume("scratch"));
    let token = k8s_openapi::api::core::v1::EnvVarSource {
        secret_key_ref: Some(k8s_openapi::api::core::v1::SecretKeySelector {
            name: token.metadata.name.clone().unwrap_or_default(),
            key: "token".into(),
            optional: None,
        }),
        ..default()
    };
    PodSpec {
        service_account_name: account.metadata.name.clone(),
        security_context: Some(restricted_pod(1000)),
        init_containers: Some(vec![Container {
            name: "migrate".into(),
            image: Some("registry.example.com/web:2.4.1".into()),
            args: Some(vec!["migrate".into()]),
            env_from: Some(vec![all_keys(settings)]),
            resources: Some(resources(("50m", "64Mi"), ("100m", "128Mi"))),
            security_context: Some(restricted_container()),
            ..default()
        }]),
        containers: vec![Container {
            name: "web".into(),
            image: Some("registry.example.com/web:2.4.1".into()),
            env_from: Some(vec![all_keys(settings)]),
            env: Some(vec![
                env_var_from("DATABASE_USER", secret_key(login, "username")),
                env_var_from("DATABASE_PASSWORD", secret_key(login, "password")),
                env_var_from("TOKEN", token),
            ]),
            ports: Some(vec![container_port(HTTP, 8080)]),
            resources: Some(resources(("100m", "128Mi"), ("500m", "256Mi"))),
            readiness_probe: Some(http_probe("/ready", HTTP)),
            liveness_probe: Some(http_probe("/alive", HTTP)),
            volume_mounts: Some(vec![
                mount(&files, "/srv/uploads"),
                mount_read_only(&config, "/etc/web"),
                mount(&scratch, "/tmp"),
            ]),
            security_context: Some(restricted_container()),
            ..default()
        }],
        volumes: Some(vec![files, config, scratch]),
        ..default()
    }
}

fn backup(app: &App, login: &SecretSpec) -> CronJob {
    let pod = PodSpec {
        security_context: Some(restricted_pod(999)),
        containers: vec![Container {
            name: "dump".into(),
            image: Some("docker.io/library/postgres:18.1".into()),
            command: Some(vec!["pg_dump".into(), "--host=database".into()]),
            env: Some(vec![env_var_from("PGPASSWORD", secret_key(login, "password"))]),
            resources: Some(resources(("50m", "64Mi"), ("100m", "128Mi"))),
            security_context: Some(restricted_container()),
            ..default()
        }],
        ..default()
    };
    let backup =
        App { labels: [(NAME_LABEL.to_owned(), "backup".to_owned())].into(), ..App::new("backup", &app.namespace) };
    CronJob {
        metadata: backup.metadata(),
        spec: CronJobSpec {
            schedule: "15 3 * * *".into(),
            job_template: JobTemplateSpec { spec: job(&backup, pod).spec, ..default() },
            ..default()
        },
        ..default()
    }
}
