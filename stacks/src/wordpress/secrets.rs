use stackwright::prelude::*;

use super::{Config, NAME};

/// The site's first administrator, and the Secret with the password.
const ADMIN: &str = "admin";
const ADMIN_SECRET: &str = "wordpress-admin";

/// The Secrets of a site.
pub(super) struct Secrets {
    pub keys: SecretSpec,
    pub admin: SecretSpec,
    pub database: SecretSpec,
    pub certificate: SecretSpec,
}

impl Secrets {
    pub fn of(config: &Config) -> Self {
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
            purpose: "signs the cookies of visitors, the same in every web pod: with new ones everyone logs in again"
                .into(),
            ..SecretSpec::new(namespace, "wordpress-keys", salts.map(|name| (name, Material::Salt)))
        };
        let admin = SecretSpec {
            purpose: "the site's first administrator".into(),
            after_rotation: vec![set_password(namespace)],
            ..SecretSpec::login(namespace, ADMIN_SECRET, ADMIN)
        };
        let certificate = SecretSpec {
            purpose: format!("HTTPS for {}", config.host),
            ..SecretSpec::self_signed(namespace, "wordpress-tls", vec![config.host.clone()], config.certificate_days)
        };
        let database = config.database.login.copy_in(namespace);
        Self { keys, admin, database, certificate }
    }
}

/// The Secret is read once, when the site is installed: afterwards the password is WordPress' own. It goes by standard input, as an
/// argument could be read by every process of the node.
fn set_password(namespace: &str) -> Step {
    let kubectl = format!("kubectl --namespace {namespace}");
    Step::new(
        "set the administrator's password in WordPress",
        &format!(
            "{kubectl} get secret {ADMIN_SECRET} --output go-template='{{{{.data.password | base64decode}}}}' | \
             {kubectl} exec --stdin deployment/{NAME} --container {NAME} -- php /scripts/set-password.php {ADMIN}"
        ),
    )
}
