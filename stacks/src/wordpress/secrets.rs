use stackwright::prelude::*;

use super::Config;

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
