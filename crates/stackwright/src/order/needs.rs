//! What a release needs of another one: a kind of object, a class of volumes, a container in its pods.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::networking::v1::Ingress;
use serde_json::Value;

use super::{is_namespace, template};
use crate::facts::charts::{self, ClassOf};
use crate::ingress::class_name;
use crate::{Cluster, Object, Release};

/// Why a release has to be installed after another one, if it has to.
pub(super) fn why(release: &Release, on: &Release, cluster: &Cluster) -> Option<String> {
    let (name, other) = (&release.name, &on.name);
    let asked = Asked::by(&release.values);
    let foreign = |kind: &&(&str, &str)| charts::defines(on, kind.0) && !charts::defines(release, kind.0);
    if let Some((_, kind)) = asked.kinds.iter().find(foreign) {
        return Some(format!("{name}'s values make a {kind}, a kind that {other} defines"));
    }
    if let Some((ClassOf::Storage, class)) = charts::class(on)
        && asked.storage_classes.contains(&class.as_str())
    {
        return Some(format!("{name}'s values claim volumes of class {class}, which {other} makes"));
    }
    let mut objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
    let namespace = objects.find(|object| is_namespace(object) && object.name() == release.namespace)?;
    is_injected(namespace, on)
        .then(|| format!("{other} gives a container more to the pods of {name}'s namespace {}", namespace.name()))
}

/// Whether a Namespace, or what makes pods, asks a release for a container more.
pub(super) fn is_injected(object: &Object, release: &Release) -> bool {
    let keys = charts::injects(release);
    if keys.is_empty() {
        return false;
    }
    let of_pods = template(object).and_then(|template| template.metadata.as_ref());
    let metadata = [Some(object.metadata()), of_pods];
    let mut pairs = metadata
        .into_iter()
        .flatten()
        .flat_map(|metadata| metadata.labels.iter().chain(&metadata.annotations))
        .flatten();
    pairs.any(|(key, value)| keys.contains(key) && !matches!(value.as_str(), "false" | "disabled"))
}

/// Whether something of a cluster works only once a release is there. What merely watches is not waited for.
pub(super) fn is_needed(release: &Release, cluster: &Cluster) -> bool {
    let class = charts::class(release);
    let is = |what: ClassOf, name: Option<&str>| {
        // The default class is asked for without a name.
        class.as_ref().is_some_and(|(of, known)| *of == what && name.is_none_or(|name| name == known))
    };
    let needs = |object: &Object| {
        let group = object.group_kind().group;
        if group != charts::WATCHING && charts::defines(release, group) || is_injected(object, release) {
            return true;
        }
        if let Some(ingress) = object.get::<Ingress>() {
            return is(ClassOf::Ingress, class_name(ingress));
        }
        let claims =
            object.get::<StatefulSet>().into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten());
        let mut claims = claims.chain(object.get::<PersistentVolumeClaim>());
        claims.any(|claim| {
            let class = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref());
            is(ClassOf::Storage, class)
        })
    };
    let mut objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
    charts::gives_addresses(release) || objects.any(needs)
}

/// Whether a release's values ask Prometheus to read it.
pub(crate) fn watched_by_values(release: &Release) -> bool {
    Asked::by(&release.values).kinds.iter().any(|(group, _)| *group == charts::WATCHING)
}

/// What the values of a release ask of a cluster.
#[derive(Default)]
struct Asked<'v> {
    /// The objects that they make, by group and kind.
    kinds: Vec<(&'v str, &'v str)>,
    storage_classes: Vec<&'v str>,
}

impl<'v> Asked<'v> {
    fn by(values: &'v Value) -> Self {
        let mut asked = Self::default();
        asked.read(values);
        asked
    }

    fn read(&mut self, value: &'v Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.read(item)),
            Value::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Value::as_str);
                // Whole objects, as in `extraObjects`.
                if let (Some(version), Some(kind)) = (text("apiVersion"), text("kind")) {
                    self.kinds.push((version.split_once('/').map_or("", |(group, _)| group), kind));
                }
                for (key, value) in members {
                    self.read_member(key, value);
                    self.read(value);
                }
            }
            _ => {}
        }
    }

    fn read_member(&mut self, key: &str, value: &'v Value) {
        // As almost every chart calls them: traefik `metrics.prometheus.serviceMonitor`, cert-manager `prometheus.servicemonitor`.
        const SWITCHES: [(&str, &str); 3] =
            [("servicemonitor", "ServiceMonitor"), ("podmonitor", "PodMonitor"), ("prometheusrule", "PrometheusRule")];
        let switch = SWITCHES.iter().find(|(name, _)| key.eq_ignore_ascii_case(name));
        if let Some((_, kind)) = switch.filter(|_| value.get("enabled") == Some(&Value::Bool(true))) {
            self.kinds.push((charts::WATCHING, kind));
        }
        if matches!(key, "storageClassName" | "storageClass") {
            self.storage_classes.extend(value.as_str());
        }
    }
}
