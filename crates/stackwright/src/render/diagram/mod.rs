//! A picture of a cluster for its README.

mod chart;
mod monitoring;

use std::net::SocketAddr;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolumeClaim, Service, ServicePort};
use k8s_openapi::api::networking::v1::Ingress;
use k8s_openapi::api::storage::v1::StorageClass;

use crate::facts::charts::{self, ClassOf};
use crate::ingress::class_name;
use crate::links::backends;
use crate::order::{is_known, template};
use crate::template::mermaid_text;
use crate::{Cluster, Host, Object, Release, WayIn};
use chart::{Chart, Group, Key};

/// A Mermaid flowchart of a cluster: who asks whom, from the names that people type through the ingress controller and Services to workloads,
/// their storage and the host that serves it, and what monitoring reads.
pub(super) fn mermaid(cluster: &Cluster) -> String {
    let objects: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.objects).collect();
    let drawn = objects.iter().filter(|object| is_drawn(object)).count();
    if drawn > MOST {
        return format!("A picture of {drawn} objects would show nothing: `kustomization.yaml` lists them.\n");
    }
    let mut chart = Chart::default();
    for host in cluster.all_hosts() {
        let name = mermaid_text(&host.name);
        let shape = match host.address() {
            Ok(address) => format!("[\"{name}<br>{address}\"]"),
            Err(_) => format!("[\"{name}\"]"),
        };
        chart.node(Group::Hosts, Key("host", "", &host.name), &shape);
    }
    for object in &objects {
        add(&mut chart, object);
    }
    for release in cluster.stacks.iter().flat_map(|stack| &stack.releases) {
        let shape = format!("[[\"release {}<br>{}\"]]", mermaid_text(&release.name), mermaid_text(release.chart.name));
        chart.node(Group::Namespace(&release.namespace), release_key(release), &shape);
    }
    for object in &objects {
        link(&mut chart, object, cluster, &objects);
    }
    monitoring::link(&mut chart, cluster, &objects);
    for way_in in &cluster.ways_in {
        link_way_in(&mut chart, way_in, cluster, &objects);
    }
    chart.text()
}

/// More than this nobody can read, and GitHub does not draw.
const MOST: usize = 100;

/// Whether an object is part of the picture. A kind is one of a group: Knative's `Service` is no Service.
fn is_drawn(object: &Object) -> bool {
    const KINDS: [&str; 8] =
        ["CronJob", "DaemonSet", "Deployment", "Ingress", "Job", "PersistentVolumeClaim", "Service", "StatefulSet"];
    KINDS.contains(&object.kind()) && is_known(object)
}

fn key(object: &Object) -> Key<'_> {
    let kind = match object.kind() {
        "CronJob" => "cronjob",
        "DaemonSet" => "daemonset",
        "Deployment" => "deployment",
        "Ingress" => "ingress",
        "Job" => "job",
        "PersistentVolumeClaim" => "claim",
        "Service" => "service",
        "StatefulSet" => "statefulset",
        other => other,
    };
    Key(kind, object.namespace().unwrap_or_default(), object.name())
}

fn release_key(release: &Release) -> Key<'_> {
    Key("release", &release.namespace, &release.name)
}

fn add(chart: &mut Chart, object: &Object) {
    let group = Group::Namespace(object.namespace().unwrap_or_default());
    let name = mermaid_text(object.name());
    if !is_drawn(object) {
        return;
    }
    let shape = match object.kind() {
        "Ingress" => format!("{{{{\"Ingress {name}\"}}}}"),
        "Service" => format!("([\"Service {name}\"])"),
        "PersistentVolumeClaim" => format!("[(\"claim {name}\")]"),
        kind => format!("[\"{kind} {name}\"]"),
    };
    chart.node(group, key(object), &shape);
    for (claim, _) in claim_templates(object) {
        let shape = format!("[(\"claims {}-{name}-N\")]", mermaid_text(claim));
        chart.node(group, claims_key(object, &of_claims(object, claim)), &shape);
    }
}

/// The claims that a StatefulSet makes for each of its pods: their name and their class.
fn claim_templates(object: &Object) -> impl Iterator<Item = (&str, Option<&str>)> {
    let set = object.get::<StatefulSet>().into_iter();
    set.flat_map(|set| set.spec.volume_claim_templates.iter().flatten()).map(|claim| {
        let class = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref());
        (claim.metadata.name.as_deref().unwrap_or_default(), class)
    })
}

fn of_claims(object: &Object, claim: &str) -> String {
    format!("{claim}-{}", object.name())
}

fn claims_key<'a>(object: &'a Object, name: &'a str) -> Key<'a> {
    Key("claims", object.namespace().unwrap_or_default(), name)
}

fn link(chart: &mut Chart, object: &Object, cluster: &Cluster, all: &[&Object]) {
    let namespace = object.namespace().unwrap_or_default();
    if let Some(ingress) = object.get::<Ingress>() {
        link_ingress(chart, object, ingress, cluster);
    }
    if let Some(service) = object.get::<Service>() {
        let selector = service.spec.as_ref().and_then(|spec| spec.selector.as_ref());
        for other in all.iter().filter(|other| other.namespace() == object.namespace()) {
            let Some(labels) = template(other).and_then(|pods| pods.metadata.as_ref()?.labels.as_ref()) else {
                continue;
            };
            // The label that names one pod of a StatefulSet is put on when the pod is made.
            let picks = |(key, value)| key == "statefulset.kubernetes.io/pod-name" || labels.get(key) == Some(value);
            if selector.is_some_and(|selector| !selector.is_empty() && selector.iter().all(picks)) {
                chart.edge(key(object), "-->", key(other));
            }
        }
    }
    if let Some(claim) = object.get::<PersistentVolumeClaim>() {
        let class = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref());
        provision(chart, key(object), class, cluster, all);
    }
    let Some(spec) = template(object).and_then(|pods| pods.spec.as_ref()) else { return };
    for nfs in spec.volumes.iter().flatten().filter_map(|volume| volume.nfs.as_ref()) {
        let serves = |host: &&Host| host.addresses().any(|address| address.to_string() == nfs.server);
        for host in cluster.all_hosts().filter(serves) {
            chart.edge(key(object), "---", Key("host", "", &host.name));
        }
    }
    for claim in spec.volumes.iter().flatten().filter_map(|volume| volume.persistent_volume_claim.as_ref()) {
        chart.edge(key(object), "---", Key("claim", namespace, &claim.claim_name));
    }
    for (claim, class) in claim_templates(object) {
        let name = of_claims(object, claim);
        chart.edge(key(object), "---", claims_key(object, &name));
        provision(chart, claims_key(object, &name), class, cluster, all);
    }
    let settings = settings(object, all);
    for service in all.iter().filter(|other| other.get::<Service>().is_some()) {
        let dns = format!("{}.{}.svc", service.name(), service.namespace().unwrap_or_default());
        if settings.iter().any(|value| value.contains(&dns)) {
            chart.edge(key(object), "-.->", key(service));
        }
    }
}

/// From where a forward listens to the Services whose node port it leads to, or else to the hosts.
fn link_way_in(chart: &mut Chart, way_in: &WayIn, cluster: &Cluster, all: &[&Object]) {
    let at = format!("{} {}/{}", way_in.at, way_in.port, way_in.protocol);
    let port = format!("{}-{}", way_in.port, way_in.protocol.to_lowercase());
    let this = Key("way-in", &way_in.at, &port);
    chart.node(Group::Outside, this, &format!("([\"{}\"])", mermaid_text(&at)));
    let leads_to = |port: &ServicePort| {
        let is_this = |to: &SocketAddr| port.node_port == Some(to.port().into());
        port.protocol.as_deref().unwrap_or("TCP") == way_in.protocol && way_in.to.iter().any(is_this)
    };
    let ports = |service: &Service| service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()).any(leads_to);
    let services: Vec<_> = all.iter().filter(|object| object.get::<Service>().is_some_and(ports)).collect();
    for service in &services {
        chart.edge(this, "-->", key(service));
    }
    let reached = |host: &&Host| host.addresses().any(|address| way_in.to.iter().any(|to| to.ip() == address));
    for host in cluster.all_hosts().filter(|_| services.is_empty()).filter(reached) {
        chart.edge(this, "-->", Key("host", "", &host.name));
    }
}

/// From each name that people type to the controller that serves the Ingress, from there to the Ingress, and on to its Services.
fn link_ingress(chart: &mut Chart, object: &Object, ingress: &Ingress, cluster: &Cluster) {
    let namespace = object.namespace().unwrap_or_default();
    for (_, service) in backends(ingress) {
        chart.edge(key(object), "-->", Key("service", namespace, &service.name));
    }
    let class = class_name(ingress);
    let serves = |release: &&Release| match charts::class(release) {
        // The default class is asked for without a name.
        Some((ClassOf::Ingress, known)) => class.is_none_or(|class| class == known),
        _ => false,
    };
    let mut releases = cluster.stacks.iter().flat_map(|stack| &stack.releases);
    let controller = if let Some(release) = releases.find(serves) {
        release_key(release)
    } else {
        // The installer's, or one of the workloads.
        let this = Key("controller", "", class.unwrap_or_default());
        let title = class.map_or("the default class".to_owned(), |class| format!("class {}", mermaid_text(class)));
        chart.node(Group::Outside, this, &format!("[[\"controller of {title}\"]]"));
        this
    };
    chart.edge(controller, "-->", key(object));
    let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten());
    for host in rules.filter_map(|rule| rule.host.as_deref()) {
        let name = Key("name", "", host);
        chart.node(Group::Outside, name, &format!("([\"{}\"])", mermaid_text(host)));
        chart.edge(name, "-->", controller);
    }
}

/// From a claim to what serves its class: the release that makes it, or the workload that is told the name of the class' provisioner.
fn provision(chart: &mut Chart, claim: Key, class: Option<&str>, cluster: &Cluster, all: &[&Object]) {
    let makes = |release: &&Release| {
        charts::class(release).is_some_and(|(what, known)| what == ClassOf::Storage && class == Some(known.as_str()))
    };
    for release in cluster.stacks.iter().flat_map(|stack| &stack.releases).filter(makes) {
        chart.edge(claim, "-.-", release_key(release));
    }
    let named = |object: &&&Object| Some(object.name()) == class;
    let Some(class) = all.iter().filter(named).find_map(|object| object.get::<StorageClass>()) else { return };
    for object in all.iter().filter(|object| settings(object, all).contains(&class.provisioner.as_str())) {
        chart.edge(claim, "-.-", key(object));
    }
}

/// The environment of an object's pods, that of its ConfigMaps included: where the names of other Services stand.
fn settings<'a>(object: &'a Object, all: &[&'a Object]) -> Vec<&'a str> {
    let Some(spec) = template(object).and_then(|pods| pods.spec.as_ref()) else { return Vec::new() };
    let containers = || spec.init_containers.iter().flatten().chain(&spec.containers);
    let values =
        containers().flat_map(|container| container.env.iter().flatten()).filter_map(|env| env.value.as_deref());
    let sources = containers().flat_map(|container| container.env_from.iter().flatten());
    let configs: Vec<_> =
        sources.filter_map(|from| from.config_map_ref.as_ref()).map(|map| map.name.as_str()).collect();
    let data = all
        .iter()
        .filter(|other| other.namespace() == object.namespace() && configs.contains(&other.name()))
        .filter_map(|other| other.get::<ConfigMap>())
        .flat_map(|map| map.data.iter().flatten())
        .map(|(_, value)| value.as_str());
    values.chain(data).collect()
}
