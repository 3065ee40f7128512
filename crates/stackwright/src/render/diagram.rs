use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolumeClaim, PodTemplateSpec, Service};
use k8s_openapi::api::networking::v1::Ingress;
use k8s_openapi::api::storage::v1::StorageClass;

use crate::workload::Workload as _;
use crate::{Cluster, Object};

/// A Mermaid flowchart of a cluster: who asks whom, from the names that people type through ingress and Services to workloads, their
/// storage and the machine that serves it, beside the releases.
pub(super) fn mermaid(cluster: &Cluster) -> String {
    let mut objects: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.objects).collect();
    let drawn = objects.iter().filter(|object| is_drawn(object.kind())).count();
    if drawn > MOST {
        return format!("A picture of {drawn} objects would show nothing: `kustomization.yaml` lists them.\n");
    }
    objects.sort_by_key(|object| (object.namespace(), object.kind(), object.name()));

    let mut chart = Chart::default();
    for machine in &cluster.machines {
        let shape = format!("[\"{}<br>{}\"]", escaped(&machine.name), machine.address);
        chart.node(MACHINES, (MACHINES, "", &machine.address.to_string()), &shape);
    }
    for object in &objects {
        chart.add(object);
    }
    for object in &objects {
        chart.link(object, &objects);
    }
    let mut releases: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.releases).collect();
    releases.sort_by_key(|release| (&release.namespace, &release.name));
    for release in releases {
        let shape = format!("[[\"release {}<br>{}\"]]", escaped(&release.name), escaped(release.chart.name));
        chart.node(&release.namespace, ("Release", &release.namespace, &release.name), &shape);
    }
    chart.text(cluster)
}

/// More than this nobody can read, and GitHub does not draw.
const MOST: usize = 100;

/// Whether an object is part of the picture.
fn is_drawn(kind: &str) -> bool {
    const KINDS: [&str; 8] =
        ["CronJob", "DaemonSet", "Deployment", "Ingress", "Job", "PersistentVolumeClaim", "Service", "StatefulSet"];
    KINDS.contains(&kind)
}

/// The group of the machines: no namespace has a name with a space.
const MACHINES: &str = "the machines";

type Key = (String, String, String);

/// The nodes by namespace, and the arrows between them.
#[derive(Default)]
struct Chart {
    ids: BTreeMap<Key, String>,
    groups: BTreeMap<String, Vec<String>>,
    edges: BTreeSet<String>,
}

impl Chart {
    fn node(&mut self, group: &str, key: (&str, &str, &str), shape: &str) {
        let id = format!("n{}", self.ids.len());
        self.groups.entry(group.to_owned()).or_default().push(format!("{id}{shape}"));
        self.ids.insert(owned(key), id);
    }

    fn edge(&mut self, from: (&str, &str, &str), arrow: &str, to: (&str, &str, &str)) {
        if let (Some(from), Some(to)) = (self.ids.get(&owned(from)), self.ids.get(&owned(to))) {
            self.edges.insert(format!("{from} {arrow} {to}"));
        }
    }

    fn add(&mut self, object: &Object) {
        let namespace = object.namespace().unwrap_or_default();
        let name = escaped(object.name());
        let shape = match object.kind() {
            "Ingress" => format!("{{{{\"Ingress {name}\"}}}}"),
            "Service" => format!("([\"Service {name}\"])"),
            "PersistentVolumeClaim" => format!("[(\"claim {name}\")]"),
            kind @ ("Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob") => format!("[\"{kind} {name}\"]"),
            _ => return,
        };
        self.node(namespace, (object.kind(), namespace, object.name()), &shape);
        for template in
            object.get::<StatefulSet>().into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten())
        {
            let claim = template.metadata.name.as_deref().unwrap_or_default();
            let shape = format!("[(\"claims {}-{name}-N\")]", escaped(claim));
            self.node(namespace, ("claims", namespace, &format!("{}/{claim}", object.name())), &shape);
        }
    }

    fn link(&mut self, object: &Object, all: &[&Object]) {
        let namespace = object.namespace().unwrap_or_default();
        let this = (object.kind(), namespace, object.name());
        if let Some(ingress) = object.get::<Ingress>() {
            for service in backends(ingress) {
                self.edge(this, "-->", ("Service", namespace, service));
            }
            let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten());
            for host in rules.filter_map(|rule| rule.host.as_deref()) {
                self.name(host);
                self.edge(("host", "", host), "-->", this);
            }
        }
        if let Some(service) = object.get::<Service>() {
            let selector = service.spec.as_ref().and_then(|spec| spec.selector.as_ref());
            for other in all.iter().filter(|other| other.namespace() == object.namespace()) {
                let Some(labels) = pods(other).and_then(|pods| pods.metadata.as_ref()?.labels.as_ref()) else {
                    continue;
                };
                // The label that names one pod of a StatefulSet is put on when the pod is made.
                let picks =
                    |(key, value)| key == "statefulset.kubernetes.io/pod-name" || labels.get(key) == Some(value);
                if selector.is_some_and(|selector| !selector.is_empty() && selector.iter().all(picks)) {
                    self.edge(this, "-->", (other.kind(), namespace, other.name()));
                }
            }
        }
        if let Some(claim) = object.get::<PersistentVolumeClaim>() {
            let class = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref());
            self.provision(this, class, all);
        }
        let Some(spec) = pods(object).and_then(|pods| pods.spec.as_ref()) else { return };
        for nfs in spec.volumes.iter().flatten().filter_map(|volume| volume.nfs.as_ref()) {
            self.edge(this, "---", (MACHINES, "", &nfs.server));
        }
        for claim in spec.volumes.iter().flatten().filter_map(|volume| volume.persistent_volume_claim.as_ref()) {
            self.edge(this, "---", ("PersistentVolumeClaim", namespace, &claim.claim_name));
        }
        for template in
            object.get::<StatefulSet>().into_iter().flat_map(|set| set.spec.volume_claim_templates.iter().flatten())
        {
            let claim = template.metadata.name.as_deref().unwrap_or_default();
            let name = format!("{}/{claim}", object.name());
            let class = template.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref());
            self.edge(this, "---", ("claims", namespace, &name));
            self.provision(("claims", namespace, &name), class, all);
        }
        let settings = settings(object, all);
        for service in all.iter().filter(|other| other.get::<Service>().is_some()) {
            let dns = format!("{}.{}.svc", service.name(), service.namespace().unwrap_or_default());
            if settings.iter().any(|value| value.contains(&dns)) {
                self.edge(this, "-.->", ("Service", service.namespace().unwrap_or_default(), service.name()));
            }
        }
    }

    /// A name that people type, which stands on its own.
    fn name(&mut self, host: &str) {
        if !self.ids.contains_key(&owned(("host", "", host))) {
            self.node("", ("host", "", host), &format!("([\"{}\"])", escaped(host)));
        }
    }

    /// From a claim to the workload that serves its class: the one that is told the name of the class' provisioner.
    fn provision(&mut self, claim: (&str, &str, &str), class: Option<&str>, all: &[&Object]) {
        let named = |object: &&&Object| Some(object.name()) == class;
        let Some(class) = all.iter().filter(named).find_map(|object| object.get::<StorageClass>()) else { return };
        for object in all.iter().filter(|object| settings(object, all).contains(&class.provisioner.as_str())) {
            self.edge(claim, "-.-", (object.kind(), object.namespace().unwrap_or_default(), object.name()));
        }
    }

    fn text(&self, cluster: &Cluster) -> String {
        let mut out = String::from("```mermaid\nflowchart LR\n");
        for (number, (group, nodes)) in self.groups.iter().enumerate() {
            let title = match group.as_str() {
                "" => String::new(),
                MACHINES => format!("machines on {}", cluster.network),
                namespace => format!("namespace {}", escaped(namespace)),
            };
            if !title.is_empty() {
                _ = writeln!(out, "  subgraph g{number}[\"{title}\"]");
            }
            for node in nodes {
                _ = writeln!(out, "    {node}");
            }
            if !title.is_empty() {
                out.push_str("  end\n");
            }
        }
        for edge in &self.edges {
            _ = writeln!(out, "  {edge}");
        }
        out.push_str("```\n");
        out
    }
}

fn owned((kind, namespace, name): (&str, &str, &str)) -> Key {
    (kind.to_owned(), namespace.to_owned(), name.to_owned())
}

/// The pods that an object makes, if it makes any.
fn pods(object: &Object) -> Option<&PodTemplateSpec> {
    if let Some(workload) = object.get::<Deployment>() {
        Some(workload.template())
    } else if let Some(workload) = object.get::<StatefulSet>() {
        Some(workload.template())
    } else if let Some(workload) = object.get::<DaemonSet>() {
        Some(workload.template())
    } else {
        Some(&object.get::<Job>()?.spec.as_ref()?.template)
    }
}

fn backends(ingress: &Ingress) -> Vec<&str> {
    let rules = ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten());
    let paths = rules.filter_map(|rule| rule.http.as_ref()).flat_map(|http| &http.paths);
    paths.filter_map(|path| path.backend.service.as_ref()).map(|service| service.name.as_str()).collect()
}

/// The environment of an object's pods, that of its ConfigMaps included: where the names of other Services stand.
fn settings<'a>(object: &'a Object, all: &[&'a Object]) -> Vec<&'a str> {
    let Some(spec) = pods(object).and_then(|pods| pods.spec.as_ref()) else { return Vec::new() };
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

/// A name inside a quoted Mermaid label.
fn escaped(name: &str) -> String {
    name.replace('&', "#amp;").replace('"', "#quot;").replace('<', "#lt;")
}
