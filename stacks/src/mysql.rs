//! MySQL with one primary, ordinal 0, and read-only replicas that clone themselves from one another.
//!
//! What the members run lies in `mysql/`: one init container writes the configuration from the pod's name and the Secrets, a second
//! one copies another member's data when the volume is empty, and mysqld does the rest by itself at every start. `e2e/mysql/run`
//! proves it with real servers.

use k8s_openapi::api::core::v1::{SecurityContext, ServiceSpec};
use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;

/// The port that MySQL listens at.
const MYSQL: &str = "mysql";
/// The upper limit of `max_connections`.
const MOST_CONNECTIONS: u32 = 100_000;
/// The image's user `mysql`.
const USER: i64 = 999;

/// What a replicated MySQL is made of.
#[derive(Debug, Clone)]
pub struct Config {
    /// The namespace, which is made for it and closed to everyone but its clients.
    pub namespace: String,
    /// The MySQL image, 8.4 or newer.
    pub image: String,
    /// How many members there are, the primary among them: with 1 there is no replica.
    pub replicas: i32,
    /// How many clients each member serves at once. For each it requests 1 MiB of memory more, and may take 4.
    pub connections: u32,
    /// The storage class of the members' volumes.
    pub storage_class: String,
    /// The size of each member's volume, such as `1Gi`. An empty server takes about 200 MiB of it, and 150 MiB more while it is cloned.
    pub storage: String,
    /// The database that is made for the application.
    pub database: String,
    /// The application's user, who has all rights on that database and none elsewhere.
    pub user: String,
    /// The apps whose pods may connect: they are let out of their own namespaces as well.
    pub clients: Vec<App>,
    /// The DNS servers that the members ask for one another.
    pub dns: Vec<NetworkPolicyPeer>,
    /// The cluster's own DNS domain; Kubernetes' default is `cluster.local`.
    pub domain: String,
}

impl Config {
    /// The login of the application's user, for the application to have a copy of.
    pub fn login(&self) -> SecretSpec {
        SecretSpec {
            purpose: format!("the user of the database {}", self.database),
            ..SecretSpec::login(&self.namespace, "mysql-application", &self.user)
        }
    }

    /// The host that an application connects to, for reading and writing, from any namespace.
    pub fn host(&self) -> String {
        dns_name(&primary_service(&self.app()))
    }

    fn app(&self) -> App {
        App::new("mysql", &self.namespace)
    }
}

/// The database: its namespace, the members, their Services, and the policies that close it to everyone but its clients.
///
/// # Errors
/// When there would be no member, or no client could connect.
pub fn stack(config: &Config) -> Result<Stack, Error> {
    if config.replicas < 1 {
        return Err(Error::new(
            format!("a MySQL of {} members", config.replicas),
            "give `replicas` 1 for a primary alone, 2 or more for copies of its data",
        ));
    }
    if !(1..=MOST_CONNECTIONS).contains(&config.connections) {
        return Err(Error::new(
            format!("a MySQL that serves {} clients at once", config.connections),
            format!("give `connections` a number from 1 to {MOST_CONNECTIONS}, which is as many as MySQL takes"),
        ));
    }
    let app = config.app();
    let members = headless_service(&app, &[container_port(MYSQL, 3306)]);
    let settings = config_map(
        &app,
        "mysql-config",
        [
            ("common.cnf", include_str!("mysql/common.cnf")),
            ("primary.cnf", include_str!("mysql/primary.cnf")),
            ("replica.cnf", include_str!("mysql/replica.cnf")),
        ],
    );
    let scripts = config_map(
        &app,
        "mysql-scripts",
        [
            ("configure.sh", include_str!("mysql/configure.sh")),
            ("clone.sh", include_str!("mysql/clone.sh")),
            ("live.sh", include_str!("mysql/live.sh")),
            ("ready.sh", include_str!("mysql/ready.sh")),
        ],
    );
    let accounts = accounts(config);
    let set = set(config, &members, &Volumes::of(config, &settings, &scripts, &accounts));
    let read = Service { metadata: app.named("mysql-read"), ..service_for(&set) };
    let budget = disruption_budget(&set, 1);
    // Members copy and follow one another.
    let edges = [&app].into_iter().chain(&config.clients).flat_map(|client| connect(client, &members));
    let edges: Vec<Object> = edges.map(Object::from).collect();

    let objects = vec![
        namespace(&config.namespace, PodSecurity::Restricted).into(),
        default_deny(&config.namespace).into(),
        allow_dns(&app, config.dns.clone()).into(),
        settings.into(),
        scripts.into(),
        members.into(),
        primary_service(&app).into(),
        read.into(),
        set.into(),
        budget.into(),
    ];
    Ok(Stack {
        name: "mysql".to_owned(),
        objects: objects.into_iter().chain(edges).collect(),
        secrets: accounts.map(|(_, secret)| secret).into(),
        ..default()
    })
}

/// The server's accounts, each with the role that the scripts know it by.
fn accounts(config: &Config) -> [(&'static str, SecretSpec); 4] {
    let account = |role: &str, purpose: &str| SecretSpec {
        purpose: purpose.to_owned(),
        ..SecretSpec::login(&config.namespace, &format!("mysql-{role}"), role)
    };
    [
        ("root", account("root", "administration and probes, from inside a member's pod only")),
        ("application", config.login()),
        ("replication", account("replication", "replicas that follow the primary")),
        ("clone", account("clone", "members that copy another's data into an empty volume")),
    ]
}

/// The Service of the member that takes writes.
fn primary_service(app: &App) -> Service {
    let pod = format!("{}-0", app.name);
    Service {
        metadata: app.named("mysql-primary"),
        spec: Some(ServiceSpec {
            // A label that the StatefulSet's controller gives each pod.
            selector: Some([("statefulset.kubernetes.io/pod-name".to_owned(), pod)].into()),
            ports: Some(vec![service_port(&container_port(MYSQL, 3306))]),
            ..default()
        }),
        ..default()
    }
}

/// Everything that a member mounts.
struct Volumes<'a> {
    settings: Volume,
    scripts: Volume,
    /// What configure.sh writes: configuration, passwords, the server's socket.
    run: Volume,
    /// The root file system is read-only, and the server sorts in files.
    tmp: Volume,
    accounts: Vec<(&'a str, Volume)>,
    /// The one volume that outlives the pod.
    data: PersistentVolumeClaim,
}

impl<'a> Volumes<'a> {
    fn of(
        config: &Config,
        settings: &ConfigMap,
        scripts: &ConfigMap,
        accounts: &'a [(&'static str, SecretSpec)],
    ) -> Self {
        let mut data = claim_template("data", Access::OneNode, &config.storage);
        data.spec.get_or_insert_default().storage_class_name = Some(config.storage_class.clone());
        Self {
            settings: config_volume(settings),
            scripts: config_volume(scripts),
            run: memory_volume("run"),
            tmp: empty_volume("tmp"),
            accounts: accounts.iter().map(|(role, secret)| (*role, secret_volume(secret))).collect(),
            data,
        }
    }

    fn of_pod(&self) -> Vec<Volume> {
        let accounts = self.accounts.iter().map(|(_, volume)| volume);
        [&self.settings, &self.scripts, &self.run, &self.tmp].into_iter().chain(accounts).cloned().collect()
    }

    /// The mounts of every container, at the paths that the scripts know.
    fn shared(&self) -> Vec<VolumeMount> {
        vec![
            mount_read_only(&self.scripts, "/scripts"),
            mount_read_only(&self.settings, "/config"),
            mount(&self.run, "/run/mysql"),
            mount(&self.tmp, "/tmp"),
        ]
    }

    /// For the containers that run servers.
    fn with_data(&self) -> Vec<VolumeMount> {
        // A directory inside the volume: its root may hold a lost+found.
        let data = VolumeMount { sub_path: Some("mysql".into()), ..mount_claim(&self.data, "/var/lib/mysql") };
        [self.shared(), vec![data]].concat()
    }

    /// For the one container that reads the passwords.
    fn with_secrets(&self) -> Vec<VolumeMount> {
        let secrets = self.accounts.iter().map(|(role, volume)| mount_read_only(volume, &format!("/secrets/{role}")));
        self.shared().into_iter().chain(secrets).collect()
    }
}

fn set(config: &Config, members: &Service, volumes: &Volumes<'_>) -> StatefulSet {
    let app = config.app();
    // mysqld 9.7 with common.cnf took 381 MiB before anyone came, and 601 MiB when each of 90 clients had joined and sorted texts.
    let connections = config.connections;
    let (request, limit) = (format!("{}Mi", 412 + connections), format!("{}Mi", 624 + 4 * connections));
    let server = || resources(("100m", &request), ("1", &limit));
    let configure = Container {
        command: Some(command(["bash", "/scripts/configure.sh"])),
        volume_mounts: Some(volumes.with_secrets()),
        resources: Some(resources(("10m", "16Mi"), ("100m", "64Mi"))),
        ..container(config, members, "configure")
    };
    let clone = Container {
        command: Some(command(["bash", "/scripts/clone.sh"])),
        volume_mounts: Some(volumes.with_data()),
        resources: Some(server()),
        ..container(config, members, "clone")
    };
    let alive = exec_probe(["bash", "/scripts/live.sh"]);
    let mysql = Container {
        command: Some(command(["mysqld", "--defaults-file=/run/mysql/my.cnf", "--init-file=/run/mysql/init.sql"])),
        ports: Some(vec![container_port(MYSQL, 3306)]),
        volume_mounts: Some(volumes.with_data()),
        resources: Some(server()),
        // Recovery after a crash may take minutes.
        startup_probe: Some(Probe {
            period_seconds: Some(2),
            timeout_seconds: Some(5),
            failure_threshold: Some(150),
            ..alive.clone()
        }),
        liveness_probe: Some(Probe { period_seconds: Some(10), timeout_seconds: Some(5), ..alive }),
        // A shell and two clients take most of a second on a busy node.
        readiness_probe: Some(Probe {
            period_seconds: Some(5),
            timeout_seconds: Some(5),
            ..exec_probe(["bash", "/scripts/ready.sh"])
        }),
        ..container(config, members, "mysql")
    };

    let pod = PodSpec {
        init_containers: Some(vec![configure, clone]),
        containers: vec![mysql],
        volumes: Some(volumes.of_pod()),
        security_context: Some(restricted_pod(USER)),
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        // Time to write what is only in memory.
        termination_grace_period_seconds: Some(120),
        topology_spread_constraints: Some(vec![spread_over_nodes(app.selector())]),
        ..default()
    };
    let mut set = stateful_set(&app, members, pod, vec![volumes.data.clone()]);
    set.spec.replicas = Some(config.replicas);
    // One after the other: each member is cloned from the one before it, and a primary with an empty volume may only be initialised
    // when no other member exists.
    set.spec.pod_management_policy = Some("OrderedReady".into());
    set
}

/// A container of a member, as unprivileged as it can be, with what the scripts ask for.
fn container(config: &Config, members: &Service, name: &str) -> Container {
    Container {
        name: name.to_owned(),
        image: Some(config.image.clone()),
        env: Some(vec![
            env_var_from("POD_NAME", pod_field("metadata.name")),
            // A name that ends in a dot is asked for as it is: no search list leads the question out of the cluster.
            env_var("SERVICE", format!("{}.{}.", dns_name(members), config.domain)),
            env_var("DATABASE", &config.database),
            env_var("CONNECTIONS", config.connections.to_string()),
        ]),
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        ..default()
    }
}

fn command<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}
