use k8s_openapi::api::core::v1;
use serde_json::Value;

use super::service::{Asked, Exposed, Listener, Maker};
use crate::Release;
use crate::check::Objects;
use crate::facts::charts::{self, Service, ServicePort};

/// Whether Services that a release makes are among the objects, as `helm template` writes them: then they say all that its values do.
///
/// Helm's charts say by labels whose an object is: <https://helm.sh/docs/chart_best_practices/labels/>. That of kube-prometheus-stack has no
/// `helm.sh/chart`, that of prometheus no `app.kubernetes.io/managed-by`, and that of Traefik puts the namespace behind the instance.
pub(super) fn is_shown(objects: &Objects<'_>, release: &Release) -> bool {
    let Release { name, namespace, .. } = release;
    objects.all::<v1::Service>().any(|(item, service)| {
        let label = |key: &str| service.metadata.labels.as_ref()?.get(key).map(String::as_str);
        let is_helms = label("app.kubernetes.io/managed-by") == Some("Helm") || label("helm.sh/chart").is_some();
        let instance = label("app.kubernetes.io/instance").and_then(|instance| instance.strip_prefix(name.as_str()));
        let is_named = instance.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-') == Some(namespace));
        let is_there = item.namespace == namespace || item.object.namespace().is_none();
        is_helms && is_named && is_there
    })
}

/// The Services that a release makes, where its chart is known.
pub(super) fn services(release: &Release) -> impl Iterator<Item = Exposed<'_>> {
    let services = charts::of(release.chart.name).into_iter().flat_map(|facts| &facts.services);
    services.filter_map(|service| service.exposed(release))
}

impl Service {
    fn exposed<'a>(&'static self, release: &'a Release) -> Option<Exposed<'a>> {
        let value = |path: &str| charts::value(&release.values, path);
        let field = |name: &str| value(&format!("{}.{name}", self.spec));
        if value(&self.switch) == Some(&Value::Bool(false)) {
            return None;
        }
        let type_ = field("type").and_then(Value::as_str).unwrap_or(&self.type_);
        let annotations = value(&format!("{}.annotations", self.values));
        let Asked { mut pinned, pool, sharing } = Asked::by(&self.values, |key| annotations?.get(key)?.as_str());
        let address = field("loadBalancerIP").and_then(Value::as_str).and_then(|text| text.parse().ok());
        pinned.extend(address.map(|address| (address, format!("{}.loadBalancerIP", self.spec))));

        let external = field("externalIPs").and_then(Value::as_array).into_iter().flatten();
        let external = external.filter_map(|text| text.as_str()?.parse().ok());
        Some(Exposed {
            maker: Maker::Chart(release, &self.values),
            type_,
            is_local: field("externalTrafficPolicy").and_then(Value::as_str) == Some("Local"),
            class: field("loadBalancerClass").and_then(Value::as_str),
            ports: self.ports.iter().map(|port| port.exposed(release, type_)).collect(),
            pinned,
            external: external.map(|address| (address, format!("{}.externalIPs", self.spec))).collect(),
            pool,
            sharing,
        })
    }
}

impl ServicePort {
    fn exposed<'a>(&'static self, release: &'a Release, type_: &str) -> Listener<'a> {
        let number = |path: &str| {
            charts::value(&release.values, path).and_then(Value::as_i64).and_then(|port| i32::try_from(port).ok())
        };
        let chosen = number(&self.node_port_value).filter(|port| *port != 0);
        Listener {
            port: self.port_value.as_deref().and_then(number).unwrap_or(self.port),
            protocol: "TCP",
            // Charts leave the node port out where the type has none to choose.
            node_port: chosen
                .or(self.node_port)
                .filter(|_| type_ == "NodePort" || (type_ == "LoadBalancer" && chosen.is_some())),
            path: self.node_port_value.clone(),
            by_default: chosen.is_none(),
            believes: self.believes.as_deref(),
        }
    }
}
