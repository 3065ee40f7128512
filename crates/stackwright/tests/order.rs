//! The order of a cluster as people and programs take it: the steps of its README, the kustomizations and `releases/install.sh`.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::json;
use stackwright::charts::{kube_prometheus_stack, traefik};
use stackwright::prelude::*;
use stackwright::{Object, render, yaml};

/// A cluster with something of everything that waits: kinds that releases define, kinds that an object defines, pods that get a container
/// more, values that make objects and claim volumes.
fn shop() -> Cluster {
    let lan = Network::new("lan", Subnet::new("10.20.0.0/24").expect("a subnet"));
    let host =
        |name: &str, number| Host::new(name, (4, 8192), Nic::on(&lan, number).expect("an address of the subnet"));
    Cluster {
        about: "A shop.".into(),
        nodes: vec![
            Node::control_plane(host("control", 10)).expect("an address"),
            Node::worker(host("worker", 20)).expect("an address"),
        ],
        networks: vec![lan.clone()],
        allowances: vec![Allowance::new("etcd-quorum", "a lab")],
        steps: vec![(When::Running, Step::new("Ask whether it is open", "curl https://shop.example/"))],
        stacks: vec![machines(), addresses(), mesh(), volumes(), monitoring(), web(), certificates()],
        ..Cluster::new("shop", "1.35.4")
    }
}

fn machines() -> Stack {
    let up = "machines/up.sh";
    Stack {
        files: vec![File::script(up, "#!/bin/sh\nmultipass launch\n")],
        needs: vec!["Multipass 1.15".into()],
        kubeconfig: Some("machines/kubeconfig".into()),
        steps: vec![(When::Hosts, Step::new("Start the machines", up))],
        ..Stack::new("machines", [])
    }
}

fn addresses() -> Stack {
    let pool = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: lan, namespace: metallb}\n\
                spec: {addresses: [10.20.0.200-10.20.0.209]}\n";
    Stack {
        releases: vec![release("metallb", "metallb", "metallb", json!({}))],
        objects: with_namespace("metallb", read(pool)),
        ..Stack::new("addresses", [])
    }
}

fn mesh() -> Stack {
    let releases = vec![release("mesh", "istio", "istiod", json!({}))];
    Stack { releases, objects: with_namespace("istio", vec![]), ..Stack::new("mesh", []) }
}

fn volumes() -> Stack {
    let releases = vec![release("longhorn", "longhorn", "longhorn", json!({}))];
    Stack { releases, objects: with_namespace("longhorn", vec![]), ..Stack::new("volumes", []) }
}

fn monitoring() -> Stack {
    let values = json!({"prometheus": {"prometheusSpec": {"storageSpec": {"storageClassName": "longhorn"}}}});
    Stack {
        releases: vec![Release::new("prom", "monitor", kube_prometheus_stack::CHART, &values)],
        secrets: vec![SecretSpec::login("monitor", "grafana-admin", "admin")],
        objects: with_namespace("monitor", vec![]),
        ..Stack::new("monitoring", [])
    }
}

/// The shop itself: its pods get the mesh's container, monitoring reads it, and it has a kind of its own.
fn web() -> Stack {
    let app = App::new("shop", "web");
    let mut space = namespace("web", PodSecurity::Baseline);
    space.metadata.labels.get_or_insert_default().insert("istio-injection".into(), "enabled".into());
    let container = Container {
        name: "shop".into(),
        image: Some("shop:1.0".into()),
        ports: Some(vec![container_port("http", 8080)]),
        ..default()
    };
    let shop = deployment(&app, PodSpec { containers: vec![container], ..default() });
    let service = service_for(&shop);
    let ingress = ingress(&app, "traefik", "shop.example", backend(&service, "http"));
    let others = "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: shop, namespace: web}\n\
                  spec: {selector: {matchLabels: {app.kubernetes.io/name: shop}}, endpoints: [{port: http}]}\n---\n\
                  apiVersion: shop.example/v1\nkind: Sale\nmetadata: {name: spring, namespace: web}\n---\n\
                  apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: of-the-installer, namespace: web}\n---\n\
                  apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: sales.shop.example}\n\
                  spec: {group: shop.example, scope: Namespaced, names: {kind: Sale, plural: sales}, versions: \
                  [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}\n";
    let mut objects: Vec<Object> = vec![space.into(), shop.into(), service.into(), ingress.into()];
    objects.extend(read(others));
    let metrics = json!({"metrics": {"prometheus": {"serviceMonitor": {"enabled": true}}}});
    let releases = vec![Release::new("traefik", "web", traefik::CHART, &metrics)];
    Stack { objects, releases, secrets: vec![SecretSpec::login("web", "shop", "shop")], ..Stack::new("web", []) }
}

/// A chart that is not known says itself what it brings.
fn certificates() -> Stack {
    let certificate = "apiVersion: pki.example/v1\nkind: Certificate\nmetadata: {name: shop, namespace: web}\n";
    let brings = vec!["pki.example".into()];
    Stack {
        releases: vec![Release { brings, ..release("pki", "web", "pki", json!({})) }],
        objects: read(certificate),
        ..Stack::new("certificates", [])
    }
}

fn release(name: &str, namespace: &str, chart: &'static str, values: serde_json::Value) -> Release {
    let chart = Chart { repository: "https://charts.example", name: chart, version: "1.0.0", digest: None };
    Release { values, ..Release::new(name, namespace, chart, &json!({})) }
}

fn with_namespace(name: &str, mut objects: Vec<Object>) -> Vec<Object> {
    objects.push(namespace(name, PodSecurity::Privileged).into());
    objects
}

fn read(text: &str) -> Vec<Object> {
    yaml::objects(text).expect("objects").into_iter().map(|located| located.object).collect()
}

#[test]
fn a_cluster_with_something_of_everything() {
    let files = render::render(&shop()).expect("a tree");
    let wanted = |path: &&Utf8PathBuf| {
        path.file_name() == Some("kustomization.yaml") || path.ends_with("README.md") || path.ends_with("install.sh")
    };
    let texts = files.keys().filter(wanted).map(|path| format!("==> {path}\n{}\n", files[path].text));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/library"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("order", texts.collect::<String>()));
}

#[test]
fn releases_that_need_each_other_are_an_error_that_names_both() {
    let mut cluster = shop();
    // Prometheus' samples lie on Longhorn, and Longhorn wants to be watched.
    cluster.stacks[3].releases[0].values = json!({"metrics": {"serviceMonitor": {"enabled": true}}});
    let error = render::render(&cluster).expect_err("a cycle");
    for name in ["longhorn", "prom"] {
        assert!(error.to_string().contains(name), "{error}");
    }
    let found = stackwright::check(&cluster);
    let found: Vec<_> = found.iter().filter(|finding| finding.id == "apply-order-cycle").collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(error.to_string().starts_with(&found[0].message));
}

/// What is done to a cluster, one after the other: what people read in the README, followed into the files.
fn sequence(cluster: &Cluster) -> Vec<String> {
    let files = render::render(cluster).expect("a tree");
    let folder = Utf8PathBuf::from(&cluster.name);
    let text = |path: Utf8PathBuf| files.get(&path).unwrap_or_else(|| panic!("no {path}")).text.as_str();
    let readme = text(folder.join("README.md"));
    let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    let mut done = Vec::new();
    for line in block.lines() {
        if let Some((_, applied)) = line.split_once("kubectl apply -k ") {
            apply(&files, &folder.join(applied), &mut done);
        } else if line == "releases/install.sh" {
            for line in text(folder.join(line)).lines().map(str::trim) {
                if let Some(applied) = line.strip_prefix("kubectl apply -k ../") {
                    apply(&files, &folder.join(applied), &mut done);
                } else if let Some(rest) = line.strip_prefix("helm upgrade --install ") {
                    done.push(format!("release {}", rest.split(' ').next().unwrap_or_default()));
                }
            }
        }
    }
    done
}

/// What a kustomization applies.
fn apply(files: &BTreeMap<Utf8PathBuf, File>, folder: &Utf8PathBuf, done: &mut Vec<String>) {
    let folder: Utf8PathBuf = folder.components().filter(|part| part.as_str() != ".").collect();
    let listed = yaml::read(&files[&folder.join("kustomization.yaml")].text).expect("YAML");
    for path in listed.documents[0].get("resources").expect("resources").items() {
        let path = folder.join(path.text().expect("a path"));
        if path.file_name() == Some("secrets") {
            done.push("secrets".into());
        } else {
            let objects = read(&files[&path].text);
            done.push(format!("{} {}", objects[0].api_version(), objects[0]));
        }
    }
}

/// What an object or release needs before it, by its name in the sequence; said here once more, since the library could be wrong.
fn needs(cluster: &Cluster) -> Vec<(String, String)> {
    let objects = || cluster.stacks.iter().flat_map(|stack| &stack.objects);
    let releases = || cluster.stacks.iter().flat_map(|stack| &stack.releases);
    let name = |object: &Object| format!("{} {object}", object.api_version());
    let has_release = |name: &str| releases().any(|release| release.name == name);
    let mut needs = Vec::new();
    for object in objects() {
        if let Some(namespace) = object.namespace() {
            needs.push((format!("v1 Namespace {namespace}"), name(object)));
        }
        let after = match (object.api_version().split('/').next().unwrap_or_default(), object.kind()) {
            ("metallb.io", _) => "release metallb",
            ("monitoring.coreos.com", _) => "release prom",
            ("pki.example", _) => "release pki",
            ("apps", _) if object.namespace() == Some("web") => "release mesh",
            ("shop.example", _) => "apiextensions.k8s.io/v1 CustomResourceDefinition sales.shop.example",
            _ => continue,
        };
        needs.push((after.to_owned(), name(object)));
    }
    for release in releases() {
        needs.push((format!("v1 Namespace {}", release.namespace), format!("release {}", release.name)));
    }
    for secret in cluster.stacks.iter().flat_map(|stack| &stack.secrets) {
        needs.push((format!("v1 Namespace {}", secret.namespace), "secrets".into()));
        let readers = objects().filter(|object| object.kind() == "Deployment" && object.namespace() == Some("web"));
        needs.extend(readers.map(|reader| ("secrets".to_owned(), name(reader))));
        needs.extend(releases().map(|release| ("secrets".to_owned(), format!("release {}", release.name))));
    }
    let pairs = [("longhorn", "prom"), ("prom", "traefik"), ("mesh", "traefik"), ("mesh", "pki")];
    let is_injected = objects().any(|object| object.kind() == "Namespace" && object.name() == "web");
    let holds =
        |(first, then): &(&str, &str)| has_release(first) && has_release(then) && (*first != "mesh" || is_injected);
    for (first, then) in pairs.into_iter().filter(holds) {
        needs.push((format!("release {first}"), format!("release {then}")));
    }
    needs
}

proptest! {
    /// Any part of the cluster, its stacks and objects in any order, is applied once, and after whatever it needs.
    #[test]
    fn what_is_needed_comes_first(
        stacks in subsequence((0..7).collect::<Vec<usize>>(), 0..=7),
        order in any::<Vec<Index>>(),
        renamed in any::<bool>(),
    ) {
        let mut cluster = shop();
        let mut number = 0;
        cluster.stacks.retain(|_| { number += 1; stacks.contains(&(number - 1)) });
        for swap in order.iter().take(20) {
            if !cluster.stacks.is_empty() {
                let last = cluster.stacks.len() - 1;
                let other = swap.index(cluster.stacks.len());
                cluster.stacks.swap(other, last);
                cluster.stacks[last].objects.reverse();
            }
        }
        if renamed {
            let names = cluster.stacks.iter().map(|stack| stack.name.clone()).rev().collect::<Vec<_>>();
            cluster.stacks.iter_mut().zip(names).for_each(|(stack, name)| stack.name = name);
        }
        let done = sequence(&cluster);
        let at = |name: &str| done.iter().position(|known| known == name);
        let objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
        for object in objects {
            let name = format!("{} {object}", object.api_version());
            prop_assert_eq!(done.iter().filter(|known| **known == name).count(), 1, "{} in {:#?}", name, done);
        }
        for (first, then) in needs(&cluster) {
            // What is not in this part of the cluster is somebody else's.
            let (Some(first_at), Some(then_at)) = (at(&first), at(&then)) else { continue };
            prop_assert!(first_at < then_at, "{then} before {first}: {done:#?}");
        }
    }
}

#[test]
fn every_need_of_the_whole_cluster_is_seen() {
    let (cluster, done) = (shop(), sequence(&shop()));
    for name in needs(&cluster).iter().flat_map(|(first, then)| [first, then]) {
        assert!(done.contains(name), "{name} is in none of {done:#?}");
    }
    assert_eq!(needs(&cluster).iter().filter(|(first, _)| first.starts_with("release ")).count(), 4 + 4);
}
