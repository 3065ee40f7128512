//! Who may connect to whom in the site's namespace. The way to the database comes with the database.

use stackwright::prelude::*;

use super::Config;

/// The web pods hear from the ingress controller alone; every app's pods may ask DNS and the web outside of the cluster.
pub(super) fn policies<const N: usize>(config: &Config, web: &Service, apps: [&App; N]) -> Vec<Object> {
    let dns = apps.map(|app| allow_dns(app, config.dns.clone()));
    let internet = apps.map(|app| {
        let name = format!("{}-to-internet", app.name);
        allow_egress(app, &name, config.internet.clone(), vec![tcp(80), tcp(443)])
    });
    let all = [default_deny(&config.namespace)].into_iter().chain(dns).chain(internet);
    all.chain(connect(&config.controller, web)).map(Object::from).collect()
}
