//! Rules of the scheduler's that the random clusters do not have, one by one.

use super::{Answer, capacity};

/// What is said of a pod `p` with this in its `spec`, beside these objects, on two nodes of 2 CPUs in zones `a` and `b`.
fn answer(spec: &str, objects: &str) -> Answer {
    let node = |name: &str, zone: &str, taints: &str| {
        format!(
            "apiVersion: v1\nkind: Node\nmetadata: {{name: {name}, labels: {{zone: {zone}}}}}\nspec: {{taints: [{taints}]}}\n\
             status: {{allocatable: {{cpu: '2', memory: 4Gi}}}}\n---\n"
        )
    };
    let pod = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{{spec}}}\n");
    let nodes = node("n1", "a", "") + &node("n2", "b", "{key: node.kubernetes.io/not-ready, effect: NoExecute}");
    let capacity = capacity(&format!("{nodes}{objects}\n---\n{pod}"));
    capacity.workloads.iter().find(|workload| workload.name == "p").expect("the pod").fits
}

fn asks(cpu: &str) -> String {
    format!("containers: [{{name: c, resources: {{requests: {{cpu: {cpu}}}}}}}]")
}

/// A claim of these modes in class `disks`, with what else is said of the class.
fn claim(modes: &str, class: &str) -> String {
    format!(
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data}}\n\
         spec: {{accessModes: [{modes}], storageClassName: disks, resources: {{requests: {{storage: 1Gi}}}}}}\n---\n\
         apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: disks}}\n{class}"
    )
}

const MOUNTED: &str = "containers: [{name: c}], volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]";

#[test]
fn runtime_classes_add_their_overhead_and_selector() {
    let class = |more: &str| {
        format!("apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {{name: boxed}}\nhandler: boxed\n{more}")
    };
    let spec = |cpu| asks(cpu) + ", runtimeClassName: boxed, nodeSelector: {zone: a}";
    let overhead = class("overhead: {podFixed: {cpu: 500m}}");
    assert_eq!(answer(&spec("1500m"), &overhead), Answer::Yes);
    assert_eq!(answer(&spec("1600m"), &overhead), Answer::No);
    assert_eq!(answer(&spec("1600m"), &class("scheduling: {nodeSelector: {zone: b}}")), Answer::No);
}

#[test]
fn every_pod_may_stay_a_while_on_a_node_that_fails() {
    assert_eq!(answer(&(asks("1") + ", nodeSelector: {zone: b}"), ""), Answer::Yes);
}

#[test]
fn who_waits_is_in_doubt() {
    assert_eq!(answer(&(asks("1") + ", schedulingGates: [{name: later}]"), ""), Answer::Depends);
    assert_eq!(answer(&(asks("1") + ", schedulerName: another"), ""), Answer::Depends);
}

#[test]
fn bound_pods_are_there() {
    let on = |priority: i32| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: there}}\nspec: {{nodeName: n1, priority: {priority}, {}}}\nstatus: {{phase: Running}}",
            asks("1500m")
        )
    };
    let spec = asks("1") + ", nodeSelector: {zone: a}";
    assert_eq!(answer(&spec, &on(0)), Answer::No);
    assert_eq!(answer(&spec, &on(-1)), Answer::Yes);
}

#[test]
fn volumes_are_made_where_their_class_allows() {
    let class = "provisioner: example.com/disks\nvolumeBindingMode: WaitForFirstConsumer\n\
                 allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [a]}]}]";
    assert_eq!(answer(&format!("{MOUNTED}, nodeSelector: {{zone: a}}"), &claim("ReadWriteOnce", class)), Answer::Yes);
    assert_eq!(answer(&format!("{MOUNTED}, nodeSelector: {{zone: b}}"), &claim("ReadWriteOnce", class)), Answer::No);
}

#[test]
fn volumes_made_by_hand_are_in_doubt() {
    let class = "provisioner: kubernetes.io/no-provisioner";
    assert_eq!(answer(MOUNTED, &claim("ReadWriteOnce", class)), Answer::Depends);
}

#[test]
fn one_pod_at_a_time_has_a_volume_to_itself() {
    let class = "provisioner: example.com/disks";
    let set = |replicas: u32, modes: &str| {
        let template = format!("{{metadata: {{labels: {{app: p}}}}, spec: {{{MOUNTED}}}}}");
        let manifests = format!(
            "{}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\n\
             spec: {{replicas: {replicas}, selector: {{matchLabels: {{app: p}}}}, template: {template}}}\n---\n\
             apiVersion: v1\nkind: Node\nmetadata: {{name: n1}}\nstatus: {{allocatable: {{cpu: '2', memory: 4Gi}}}}",
            claim(modes, class)
        );
        capacity(&manifests).workloads[0].fits
    };
    assert_eq!(set(1, "ReadWriteOncePod"), Answer::Yes);
    assert_eq!(set(2, "ReadWriteOncePod"), Answer::No);
    assert_eq!(set(2, "ReadWriteMany"), Answer::Yes);
    assert_eq!(set(2, "ReadWriteOnce"), Answer::Depends);
}
