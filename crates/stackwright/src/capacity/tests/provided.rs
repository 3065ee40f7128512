//! Pods that no object shows: counted, named as not counted, or counted where they run.

use crate::capacity::{Analysis, Capacity, Input};
use crate::links::Item;
use crate::yaml;
use crate::{Chart, Cluster, Host, Network, Nic, Node, Provided, ProvidedPods, Release, Spread, Stack, Subnet};

const CHART: Chart = Chart { repository: "https://example.com", name: "proxy", version: "1.0.0", digest: None };

/// A node, on which the installer runs a proxy, and a release that says what pods it makes, or does not.
fn cluster(release: Vec<ProvidedPods>) -> Cluster {
    let network = Network::new("lan", Subnet::new("192.0.2.0/24").expect("a subnet"));
    let host = Host::new("node1", (2, 4096), Nic::on(&network, 11).expect("an address"));
    let release = Release { pods: release, ..Release::new("web", "shop", CHART, &()) };
    Cluster {
        nodes: vec![Node::worker(host).expect("an address")],
        networks: vec![network],
        provided: Provided { pods: vec![pods("kube-proxy", Spread::EveryNode)], ..Provided::default() },
        stacks: vec![Stack { releases: vec![release], ..Stack::default() }],
        ..Cluster::new("lab", "1.35.4")
    }
}

fn pods(name: &str, spread: Spread) -> ProvidedPods {
    ProvidedPods { name: name.to_owned(), containers: Vec::new(), spread }
}

fn capacity(cluster: &Cluster, manifests: &str) -> Capacity {
    let objects = yaml::objects(manifests).expect("manifests");
    let items = Item::all(objects.iter().map(|located| &located.object), "default");
    Capacity::of(&Analysis::new(&Input::new(Some(cluster), &items, &|_| true)))
}

const RUNNING: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-proxy, namespace: shop, annotations: {meta.helm.sh/release-name: web}}
spec: {selector: {matchLabels: {app: proxy}}, template: {metadata: {labels: {app: proxy}}, spec: {containers: [{name: proxy}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy-x2f4k, namespace: kube-system}
spec: {nodeName: node1, containers: [{name: proxy}]}
status: {phase: Running}
";

#[test]
fn a_release_that_declares_no_pods_is_named() {
    let silent = cluster(Vec::new());
    let found = capacity(&silent, "");
    assert_eq!(found.uncounted, ["release web of namespace shop"]);
    let text = found.to_string();
    assert!(
        text.ends_with(
            "\nNot counted, as nothing says what pods they make: release web of namespace shop.\n\n\
         Every pod that is counted has a place, whatever comes first.\n"
        ),
        "{text}"
    );
    assert_eq!(capacity(&silent, RUNNING).uncounted, [""; 0]);
    assert_eq!(capacity(&cluster(vec![pods("web-proxy", Spread::Workers(1))]), "").uncounted, [""; 0]);
}

#[test]
fn what_runs_is_not_counted_beside_what_is_declared() {
    let declared = cluster(vec![pods("web-proxy", Spread::Workers(1))]);
    let names = |manifests: &str| {
        let found = capacity(&declared, manifests);
        found.workloads.into_iter().map(|workload| format!("{} {}", workload.kind, workload.name)).collect::<Vec<_>>()
    };
    assert_eq!(names(""), [" kube-proxy", " web-proxy"]);
    assert_eq!(names(RUNNING), ["Deployment web-proxy", "Pod kube-proxy-x2f4k"]);
}

#[test]
fn what_is_gone_with_its_node_is_named() {
    let mut pinned =
        cluster(vec![pods("web-store", Spread::Node("node1".into())), pods("web-proxy", Spread::Workers(1))]);
    let alone = capacity(&pinned, "");
    assert!(alone.workloads.iter().all(|workload| workload.only_on.is_none()), "{alone}");

    let mut other = pinned.nodes[0].clone();
    other.host.name = "node2".into();
    pinned.nodes.push(other);
    let found = capacity(&pinned, "");
    let only_on: Vec<_> = found.workloads.iter().map(|workload| workload.only_on.as_deref()).collect();
    assert_eq!(only_on, [None, Some("node1"), None], "{found}");
    let said = "\nWhichever node is lost, what may run elsewhere finds a place there.\n\n\
                Only node1 may run web-store, which is gone with it until it is back.\n";
    assert!(found.to_string().contains(said), "{found}");
}

#[test]
fn objects_that_are_releases_are_named() {
    let releases = "
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: grafana, namespace: monitor}
---
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: {name: web, namespace: kube-system}
";
    let lab = Cluster { stacks: Vec::new(), ..cluster(Vec::new()) };
    assert_eq!(capacity(&lab, releases).uncounted, ["HelmRelease monitor/grafana", "HelmChart kube-system/web"]);
    assert_eq!(capacity(&lab, &format!("{releases}---{RUNNING}")).uncounted, ["HelmRelease monitor/grafana"]);
}

#[test]
fn what_is_on_one_node_waits_where_that_is_not() {
    let found = |name: &str| capacity(&cluster(vec![pods("web-proxy", Spread::Node(name.to_owned()))]), "").to_string();
    let all = "Every pod has a place";
    assert!(found("node1").contains(all), "{}", found("node1"));
    assert!(!found("node2").contains(all), "{}", found("node2"));
}
