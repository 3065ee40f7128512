//! Objects of a live cluster, as `kubectl get` shows them: pods beside what made them.

use super::{Answer, capacity};

/// Two nodes of 2 CPUs.
fn nodes() -> String {
    let node = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Node\nmetadata: {{name: {name}}}\nstatus: {{allocatable: {{cpu: '2', memory: 4Gi}}}}\n---\n"
        )
    };
    node("n1") + &node("n2")
}

fn made_by(api_version: &str, kind: &str, name: &str) -> String {
    format!("ownerReferences: [{{apiVersion: {api_version}, kind: {kind}, name: {name}, uid: u, controller: true}}]")
}

const CONTAINERS: &str = "containers: [{name: c, resources: {requests: {cpu: 500m}}}]";

/// Objects of a kind of `apps/v1` with so many replicas.
fn workload(kind: &str, name: &str, owner: &str, replicas: u32) -> String {
    format!(
        "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}, {owner}}}\nspec: {{replicas: {replicas}, selector: \
         {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {{{CONTAINERS}}}}}}}\n---\n"
    )
}

fn pod(name: &str, owner: &str, node: &str, status: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{app: web}}, {owner}}}\n\
         spec: {{nodeName: {node}, {CONTAINERS}}}\nstatus: {{phase: {status}}}\n---\n"
    )
}

#[test]
fn pods_are_counted_once_and_where_they_run() {
    let set = made_by("apps/v1", "ReplicaSet", "web-1");
    let found = capacity(
        &[
            nodes(),
            workload("Deployment", "web", "", 3),
            workload("ReplicaSet", "web-1", &made_by("apps/v1", "Deployment", "web"), 3),
            workload("ReplicaSet", "web-0", &made_by("apps/v1", "Deployment", "web"), 0),
            pod("web-1-a", &set, "n2", "Running"),
            pod("web-1-b", &set, "n2", "Running"),
            pod("web-1-c", &set, "''", "Pending"),
            pod("web-1-d", &set, "n1", "Failed"),
        ]
        .concat(),
    );
    let [web] = found.workloads.as_slice() else { panic!("one workload: {:?}", found.workloads) };
    assert_eq!((web.kind.as_str(), web.pods, web.fits), ("Deployment", 3, Answer::Yes));
    let placed: Vec<_> = web.placed.iter().map(|(node, pods)| (node.as_str(), *pods)).collect();
    assert_eq!(placed, [("n1", 1), ("n2", 2)]);
    assert_eq!(found.nodes.iter().map(|node| node.cpu.requested).collect::<Vec<_>>(), [500, 1000]);
}

#[test]
fn what_a_lost_node_ran_is_placed_anew_by_what_made_it() {
    let set = made_by("apps/v1", "StatefulSet", "web");
    let pods = |number: u32| -> String {
        (0..number)
            .map(|number| pod(&format!("web-{number}"), &set, if number % 2 == 0 { "n1" } else { "n2" }, "Running"))
            .collect()
    };
    let lost = |number: u32| {
        let found = capacity(&(nodes() + &workload("StatefulSet", "web", "", number) + &pods(number)));
        assert_eq!(found.fits, Answer::Yes);
        let of = |loss: &super::super::NodeLoss| {
            (loss.node.clone(), loss.homeless[0].workload.clone(), loss.homeless[0].pods)
        };
        found.losses.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(lost(4), []);
    let homeless = |node: &str| (node.to_owned(), "StatefulSet default/web".to_owned(), 2);
    assert_eq!(lost(6), [homeless("n1"), homeless("n2")]);
}

#[test]
fn an_owner_that_makes_no_pods_counts_none() {
    let operator = "apiVersion: example.com/v1\nkind: Database\nmetadata: {name: web}\n---\n";
    let owner = made_by("example.com/v1", "Database", "web");
    let found = capacity(&(nodes() + operator + &workload("StatefulSet", "web", &owner, 5)));
    assert_eq!((found.fits, found.workloads[0].pods), (Answer::Yes, 5));
    let found = capacity(&(nodes() + &pod("static-n1", &made_by("v1", "Node", "n1"), "n1", "Running")));
    assert_eq!(found.nodes[0].cpu.requested, 500);
}

#[test]
fn jobs_that_have_run_need_no_place() {
    let job = |status: &str| {
        let job = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: once}}\n\
             spec: {{parallelism: 3, completions: 3, template: {{spec: {{{CONTAINERS}}}}}}}\nstatus: {{{status}}}\n"
        );
        capacity(&(nodes() + &job)).workloads[0].pods
    };
    assert_eq!(job(""), 3);
    assert_eq!(job("succeeded: 1"), 2);
    assert_eq!(job("succeeded: 3, conditions: [{type: Complete, status: 'True'}]"), 0);
    assert_eq!(job("failed: 1, conditions: [{type: Failed, status: 'True'}]"), 0);
}

#[test]
fn how_many_pods_an_autoscaler_runs_and_where_changes_nothing() {
    let set = made_by("apps/v1", "ReplicaSet", "web");
    let autoscaler = "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {minReplicas: 2, \
                      maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: ReplicaSet, name: web}}\n---\n";
    let found = |on: &[&str]| {
        let number = u32::try_from(on.len()).expect("a small number");
        let pods = on.iter().enumerate().map(|(number, node)| pod(&format!("web-{number}"), &set, node, "Running"));
        capacity(&(nodes() + autoscaler + &workload("ReplicaSet", "web", "", number) + &pods.collect::<String>()))
    };
    let fewest = found(&["n1", "n2"]);
    assert_eq!((fewest.workloads[0].pods, fewest.workloads[0].at_most.map(|most| most.pods)), (2, Some(4)));
    for on in [&["n1", "n1"][..], &["n1", "n1", "n2"], &["n2", "n2", "n2", "n1"]] {
        assert_eq!(found(on), fewest, "{on:?}");
    }
}
