//! WordPress: several web pods behind an Ingress, on one shared `wp-content`, with their database elsewhere.

mod pod;
mod policies;
mod secrets;
mod server;
mod tasks;
mod web;

use std::ops::RangeInclusive;

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::prelude::*;

use pod::Environment;
use secrets::Secrets;

/// The port that Apache listens at.
const HTTP: &str = "http";
/// The web pods' Deployment and container.
const NAME: &str = "wordpress";

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
    /// The largest file that may be uploaded, in MiB. Traefik limits no size, but by default a request has 60 s to arrive.
    pub upload: u16,
    /// How long the self-signed certificate is valid, in days.
    pub certificate_days: u16,
    /// The ingress controller's pods: nobody else reaches the web pods.
    pub controller: App,
    /// The DNS servers that the pods ask.
    pub dns: Vec<NetworkPolicyPeer>,
    /// Where themes, plugins and their updates come from: everyone but the cluster itself.
    pub internet: Vec<NetworkPolicyPeer>,
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
    /// How many connections the server takes in all.
    pub connections: u32,
    /// The login of the database's user (`username`, `password`), in any namespace: WordPress gets a copy in its own.
    pub login: SecretSpec,
}

/// The site: namespace, web pods, autoscaler, Ingress with TLS, shared files, the Job that installs it, and its schedule.
///
/// # Errors
/// When the database takes too few connections for the web pods.
pub fn stack(config: &Config) -> Result<Stack, Error> {
    let app = app(&config.namespace);
    let settings = config_map(&app, "wordpress-settings", settings(config));
    let scripts = config_map(
        &app,
        "wordpress-scripts",
        [
            ("install.php", include_str!("wordpress/install.php")),
            ("set-password.php", include_str!("wordpress/set-password.php")),
            ("wait-for.php", include_str!("wordpress/wait-for.php")),
        ],
    );
    let server = server::files(&app, config)?;
    let secrets = Secrets::of(config);
    let mut content = claim(&app, "wp-content", Access::AnyNode, &config.storage);
    content.spec.get_or_insert_default().storage_class_name = Some(config.storage_class.clone());

    let environment =
        Environment { config, settings: &settings, scripts: &scripts, secrets: &secrets, content: &content };
    let web = web::web(&app, &server, &environment);
    let install = tasks::install(&environment);
    let schedule = tasks::schedule(&environment);
    let service = service_for(&web);
    let mut ingress = ingress(&app, &config.ingress_class, &config.host, backend(&service, HTTP));
    ingress.spec.get_or_insert_default().tls = Some(vec![ingress_tls([&config.host], &secrets.certificate)]);
    let autoscaler = autoscaler(&app, scale_target(&web), config.replicas.clone(), cpu_utilization(config.cpu_percent));
    let budget = disruption_budget(&web, 1);

    let policies = policies::policies(config, &service, [&app, &task_app(&config.namespace)]);

    Ok(Stack {
        name: "wordpress".to_owned(),
        objects: vec![
            namespace(&config.namespace, PodSecurity::Restricted).into(),
            settings.into(),
            scripts.into(),
            server.into(),
            content.into(),
            web.into(),
            install.into(),
            schedule.into(),
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
    })
}

/// The web pods: what a policy that lets them reach their database names.
pub fn app(namespace: &str) -> App {
    App::new(NAME, namespace)
}

/// The pods that install the site and run its schedule, which reach the database too.
pub fn task_app(namespace: &str) -> App {
    App::new("wordpress-task", namespace)
}

/// What the pods read from their environment and no one needs to hide.
fn settings(config: &Config) -> [(&'static str, String); 5] {
    let url = php_string(&format!("https://{}", config.host));
    let extra = format!(
        "define('WP_HOME', {url});\n\
         define('WP_SITEURL', {url});\n\
         define('FORCE_SSL_ADMIN', true);\n\
         // The CronJob runs it: no pod can reach the site by its name.\n\
         define('DISABLE_WP_CRON', true);\n\
         // The core is the image's: an update in a pod would be gone with it.\n\
         define('WP_AUTO_UPDATE_CORE', false);\n\
         // Encrypts what goes to the database. Who answers is not verified: the server's certificate is one it made itself.\n\
         define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL);\n"
    );
    [
        ("WORDPRESS_DB_HOST", config.database.host.clone()),
        ("WORDPRESS_DB_NAME", config.database.name.clone()),
        ("WORDPRESS_CONFIG_EXTRA", extra),
        ("SITE_TITLE", config.title.clone()),
        ("SITE_ADMIN_EMAIL", config.admin_email.clone()),
    ]
}

/// A PHP string literal: between single quotes only the quote and the backslash are special.
fn php_string(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}
