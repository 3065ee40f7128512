//! What an app says so that Prometheus reads it without an operator.

use std::collections::BTreeMap;

/// The annotations of a Service by which Prometheus of the chart `prometheus` reads the pods behind it: at this port of the pods and this
/// path, in `http`. With an operator it reads a `ServiceMonitor` instead, and these say nothing.
///
/// They are those of its scrape configuration `kubernetes-service-endpoints` (`scrapeConfigs` in the values.yaml of 29.27.0). Without a port
/// it would read every port of the Service.
///
/// ```
/// use stackwright::prelude::*;
/// use stackwright_addons::monitoring::scrape_annotations;
///
/// let web = App::new("web", "shop");
/// let mut service = headless_service(&web, &[container_port("http", 8080)]);
/// service.metadata.annotations = Some(scrape_annotations(8080, "/actuator/prometheus"));
/// ```
pub fn scrape_annotations(port: u16, path: &str) -> BTreeMap<String, String> {
    let port = port.to_string();
    let annotations = [("scrape", "true"), ("port", &port), ("path", path)];
    annotations.into_iter().map(|(key, value)| (format!("prometheus.io/{key}"), value.to_owned())).collect()
}
