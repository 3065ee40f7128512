//! WordPress: several web pods behind an Ingress, on one shared `wp-content`, with their database elsewhere.

mod policies;

use std::ops::RangeInclusive;

use k8s_openapi::api::core::v1::{HTTPGetAction, HTTPHeader, PodSecurityContext, Sysctl, TopologySpreadConstraint};
use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;

/// The port that Apache listens at.
const HTTP: &str = "http";
/// Debian's `www-data`, as which the image's Apache serves files.
const WWW_DATA: i64 = 33;
/// How long a finished install Job stays: a Job cannot be changed, so a new version of it can be applied only once the old one is gone.
const JOB_TTL_SECONDS: i32 = 600;

/// What a WordPress site is made of.
#[derive(Debug, Clone)]
pub struct Config {
    /// The namespace, which is made for it.
    pub namespace: String,
    /// The name that visitors type.
    pub host: String,
    /// The site's title at its installation.
    pub title: String,
    /// The administrator's e-mail address at the site's installation.
    pub admin_email: String,
    /// The WordPress image, with Apache.
    pub image: String,
    /// The wp-cli image that installs the site.
    pub cli_image: String,
    /// The ingress class whose controller serves the host.
    pub ingress_class: String,
    /// How many web pods there are at least and at most.
    pub replicas: RangeInclusive<i32>,
    /// The CPU use, in percent of the request, that more pods are started above.
    pub cpu_percent: i32,
    /// A storage class whose volumes any node can write.
    pub storage_class: String,
    /// The size of `wp-content`, such as `2Gi`.
    pub storage: String,
    /// How long the self-signed certificate is valid, in days.
    pub certificate_days: u16,
    /// The ingress controller's pods: nobody else reaches the web pods.
    pub controller: App,
    /// The DNS servers that the pods ask.
    pub dns: Vec<NetworkPolicyPeer>,
    /// Where themes, plugins and their updates come from: everyone but the cluster itself.
    pub internet: NetworkPolicyPeer,
    /// The database.
    pub database: Database,
}

/// A MySQL database that WordPress keeps its content in.
#[derive(Debug, Clone)]
pub struct Database {
    /// The server's name, with a port if it is not 3306.
    pub host: String,
    /// The database's name.
    pub name: String,
    /// The login of the database's user (`username`, `password`), in any namespace: WordPress gets a copy in its own.
    pub login: SecretSpec,
}

/// The site: namespace, web pods, autoscaler, Ingress with TLS, shared files, and the Job that installs it.
pub fn stack(config: &Config) -> Stack {
    let app = app(&config.namespace);
    let settings = config_map(&app, "wordpress-settings", settings(config));
    let scripts = config_map(
        &app,
        "wordpress-scripts",
        [
            ("install.sh", include_str!("wordpress/install.sh")),
            ("wait-for.php", include_str!("wordpress/wait-for.php")),
        ],
    );
    let secrets = Secrets::of(config);
    let mut content = claim(&app, "wp-content", Access::AnyNode, &config.storage);
    content.spec.get_or_insert_default().storage_class_name = Some(config.storage_class.clone());

    let environment = Environment { settings: &settings, scripts: &scripts, secrets: &secrets, content: &content };
    let web = web(&app, config, &environment);
    let install = install(config, &environment);
    let service = service_for(&web);
    let mut ingress = ingress(&app, &config.ingress_class, &config.host, backend(&service, HTTP));
    ingress.spec.get_or_insert_default().tls = Some(vec![tls([&config.host], &secrets.certificate)]);
    let autoscaler = autoscaler(&app, scale_target(&web), config.replicas.clone(), cpu(config.cpu_percent));
    let budget = disruption_budget(&web, 1);

    let policies = policies::policies(config, &service, [&app, &install_app(&config.namespace)]);

    Stack {
        name: "wordpress".to_owned(),
        objects: vec![
            namespace(&config.namespace, PodSecurity::Restricted).into(),
            settings.into(),
            scripts.into(),
            content.into(),
            web.into(),
            install.into(),
            service.into(),
            ingress.into(),
            autoscaler.into(),
            budget.into(),
        ]
        .into_iter()
        .chain(policies)
        .collect(),
        secrets: vec![secrets.keys, secrets.admin, secrets.database, secrets.certificate],
        endpoints: vec![
            Endpoint::new("WordPress", format!("https://{}", config.host)),
            Endpoint::new("WordPress administration", format!("https://{}/wp-admin/", config.host)),
        ],
        ..default()
    }
}

/// The web pods: what a policy that lets them reach their database names.
pub fn app(namespace: &str) -> App {
    App::new("wordpress", namespace)
}

/// The pod of the Job that installs the site, which reaches the database too.
pub fn install_app(namespace: &str) -> App {
    App::new("wordpress-install", namespace)
}

/// What the image reads from its environment and no one needs to hide.
fn settings(config: &Config) -> [(&'static str, String); 3] {
    let url = php_string(&format!("https://{}", config.host));
    let extra = format!(
        "define('WP_HOME', {url});\n\
         define('WP_SITEURL', {url});\n\
         define('FORCE_SSL_ADMIN', true);\n\
         // The core is the image's: an update in a pod would be gone with it.\n\
         define('WP_AUTO_UPDATE_CORE', false);\n"
    );
    [
        ("WORDPRESS_DB_HOST", config.database.host.clone()),
        ("WORDPRESS_DB_NAME", config.database.name.clone()),
        ("WORDPRESS_CONFIG_EXTRA", extra),
    ]
}

/// A PHP string literal: between single quotes only the quote and the backslash are special.
fn php_string(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

struct Secrets {
    keys: SecretSpec,
    admin: SecretSpec,
    database: SecretSpec,
    certificate: SecretSpec,
}

impl Secrets {
    fn of(config: &Config) -> Self {
        let namespace = &config.namespace;
        let salts = [
            "WORDPRESS_AUTH_KEY",
            "WORDPRESS_SECURE_AUTH_KEY",
            "WORDPRESS_LOGGED_IN_KEY",
            "WORDPRESS_NONCE_KEY",
            "WORDPRESS_AUTH_SALT",
            "WORDPRESS_SECURE_AUTH_SALT",
            "WORDPRESS_LOGGED_IN_SALT",
            "WORDPRESS_NONCE_SALT",
        ];
        let keys = SecretSpec {
            purpose: "signs the cookies of visitors, the same in every web pod".into(),
            after_rotation: "restart the web pods (`kubectl -n wordpress rollout restart deployment wordpress`): everyone logs in again"
                .into(),
            ..SecretSpec::new(namespace, "wordpress-keys", salts.map(|name| (name, Material::Salt)))
        };
        let admin = SecretSpec {
            purpose: "the site's first administrator".into(),
            after_rotation: "it is read only when the site is installed: change the password in WordPress as well"
                .into(),
            ..SecretSpec::login(namespace, "wordpress-admin", "admin")
        };
        let certificate = SecretSpec {
            purpose: format!("HTTPS for {}", config.host),
            after_rotation: "trust the new certificate where the old one was trusted".into(),
            ..SecretSpec::self_signed(namespace, "wordpress-tls", vec![config.host.clone()], config.certificate_days)
        };
        let database = config.database.login.copy_in(namespace);
        Self { keys, admin, database, certificate }
    }
}

/// What every pod of the site sees of its surroundings.
struct Environment<'a> {
    settings: &'a ConfigMap,
    scripts: &'a ConfigMap,
    secrets: &'a Secrets,
    content: &'a PersistentVolumeClaim,
}

impl Environment<'_> {
    /// A container of the site as unprivileged as it can be.
    fn container(&self, name: &str, image: &str) -> Container {
        let login = &self.secrets.database;
        Container {
            name: name.to_owned(),
            image: Some(image.to_owned()),
            env_from: Some(vec![all_keys(self.settings), all_secret_keys(&self.secrets.keys)]),
            env: Some(vec![
                env_from("WORDPRESS_DB_USER", secret_key(login, "username")),
                env_from("WORDPRESS_DB_PASSWORD", secret_key(login, "password")),
            ]),
            security_context: Some(restricted_container()),
            ..default()
        }
    }

    /// A container that waits for the `database`, or for the `site` in it to be installed.
    fn wait_for(&self, what: &str, config: &Config) -> Container {
        Container {
            command: Some(["php", "/scripts/wait-for.php", what].map(str::to_owned).to_vec()),
            volume_mounts: Some(vec![mount_read_only(&config_volume(self.scripts), "/scripts")]),
            resources: Some(resources(("10m", "32Mi"), ("100m", "64Mi"))),
            ..self.container(&format!("wait-for-{what}"), &config.image)
        }
    }

    fn content_mount(&self) -> VolumeMount {
        mount(&claim_volume(self.content), "/var/www/html/wp-content")
    }

    /// A pod of these containers that writes as `www-data`, which is how the export's squashing of root stays harmless.
    fn pod(&self, init: Vec<Container>, container: Container) -> PodSpec {
        PodSpec {
            init_containers: Some(init),
            containers: vec![container],
            volumes: Some(vec![config_volume(self.scripts), claim_volume(self.content)]),
            security_context: Some(PodSecurityContext {
                // Lets Apache listen at port 80 without being root.
                sysctls: Some(vec![Sysctl { name: "net.ipv4.ip_unprivileged_port_start".into(), value: "0".into() }]),
                ..restricted_pod(WWW_DATA)
            }),
            automount_service_account_token: Some(false),
            // The Service `wordpress` would inject WORDPRESS_* variables of its own, a prefix that belongs to the image.
            enable_service_links: Some(false),
            ..default()
        }
    }
}

fn web(app: &App, config: &Config, environment: &Environment<'_>) -> Deployment {
    // A file that Apache serves by itself: a pod that is slow because its database is away must not be restarted.
    let alive = http_probe("/license.txt", HTTP);
    let container = Container {
        ports: Some(vec![port(HTTP, 80)]),
        resources: Some(resources(("100m", "256Mi"), ("500m", "512Mi"))),
        volume_mounts: Some(vec![environment.content_mount()]),
        startup_probe: Some(Probe { period_seconds: Some(5), failure_threshold: Some(36), ..alive.clone() }),
        liveness_probe: Some(Probe { period_seconds: Some(10), timeout_seconds: Some(5), ..alive }),
        readiness_probe: Some(Probe {
            http_get: Some(login_page(&config.host)),
            period_seconds: Some(10),
            timeout_seconds: Some(5),
            ..default()
        }),
        ..environment.container("wordpress", &config.image)
    };
    let mut pod = environment.pod(vec![environment.wait_for("site", config)], container);
    pod.topology_spread_constraints = Some(vec![TopologySpreadConstraint {
        max_skew: 1,
        topology_key: "kubernetes.io/hostname".into(),
        when_unsatisfiable: "ScheduleAnyway".into(),
        label_selector: Some(app.selector()),
        ..default()
    }]);
    deployment(app, pod)
}

/// A page that needs the database, asked for as the Ingress would: by host name, over HTTPS.
fn login_page(host: &str) -> HTTPGetAction {
    let header = |name: &str, value: &str| HTTPHeader { name: name.into(), value: value.into() };
    HTTPGetAction {
        http_headers: Some(vec![header("Host", host), header("X-Forwarded-Proto", "https")]),
        ..http_probe("/wp-login.php", HTTP).http_get.unwrap_or_default()
    }
}

/// The Job that installs the site: the core from the web image, then wp-cli on it.
fn install(config: &Config, environment: &Environment<'_>) -> Job {
    let core = empty_volume("core");
    let admin = secret_volume(&environment.secrets.admin);
    let mounts = || vec![mount(&core, "/var/www/html"), environment.content_mount()];
    let copy_core = Container {
        // The image's own way to put WordPress into an empty folder without starting it.
        command: Some(["docker-ensure-installed.sh", "true"].map(str::to_owned).to_vec()),
        volume_mounts: Some(mounts()),
        resources: Some(resources(("50m", "64Mi"), ("500m", "256Mi"))),
        ..environment.container("copy-core", &config.image)
    };
    let mut install = environment.container("install", &config.cli_image);
    install.command = Some(["bash", "/scripts/install.sh"].map(str::to_owned).to_vec());
    install.env.get_or_insert_default().extend([
        env("SITE_HOST", &config.host),
        env("SITE_TITLE", &config.title),
        env("SITE_ADMIN_EMAIL", &config.admin_email),
        env("WP_CLI_CACHE_DIR", "/tmp/wp-cli"),
    ]);
    install.resources = Some(resources(("50m", "128Mi"), ("500m", "256Mi")));
    install.volume_mounts = Some(
        mounts()
            .into_iter()
            .chain([
                mount_read_only(&config_volume(environment.scripts), "/scripts"),
                mount_read_only(&admin, "/secrets/admin"),
            ])
            .collect(),
    );

    let mut pod = environment.pod(vec![environment.wait_for("database", config), copy_core], install);
    pod.volumes.get_or_insert_default().extend([core, admin]);
    let mut job = job(&install_app(&config.namespace), pod);
    job.spec.get_or_insert_default().ttl_seconds_after_finished = Some(JOB_TTL_SECONDS);
    job
}
