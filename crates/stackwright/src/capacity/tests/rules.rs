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
    let elsewhere = format!("{MOUNTED}, nodeSelector: {{zone: b}}");
    assert_eq!(answer(&elsewhere, &claim("ReadWriteOnce", class)), Answer::No);
    // Where the volume is once another pod has it, only who makes it knows.
    let other = format!("\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: first}}\nspec: {{{MOUNTED}}}");
    assert_eq!(answer(&elsewhere, &(claim("ReadWriteMany", class) + &other)), Answer::Depends);
}

#[test]
fn volumes_that_nobody_has_seen_are_in_doubt() {
    assert_eq!(answer(MOUNTED, &claim("ReadWriteOnce", BY_HAND)), Answer::Depends);
}

const BY_HAND: &str = "provisioner: kubernetes.io/no-provisioner";

/// A volume of the class `disks` with so much on a node, or on any.
fn volume(name: &str, size: &str, node: Option<&str>, more: &str) -> String {
    let affinity = node.map(|node| {
        let expression = format!("{{key: zone, operator: In, values: [{node}]}}");
        format!(", nodeAffinity: {{required: {{nodeSelectorTerms: [{{matchExpressions: [{expression}]}}]}}}}")
    });
    format!(
        "\n---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: {name}}}\n\
         spec: {{storageClassName: disks, capacity: {{storage: {size}}}, accessModes: [ReadWriteOnce]{}{more}}}",
        affinity.unwrap_or_default()
    )
}

#[test]
fn a_claim_and_the_one_volume_that_suits_it_are_a_pair() {
    let with = |volumes: &[String]| answer(MOUNTED, &(claim("ReadWriteOnce", BY_HAND) + &volumes.concat()));
    assert_eq!(with(&[volume("here", "1Gi", None, "")]), Answer::Yes);
    assert_eq!(with(&[volume("here", "1Gi", Some("a"), "")]), Answer::Yes);
    // The second node does not take the pod, and which of the two volumes it gets is not said.
    assert_eq!(with(&[volume("there", "1Gi", Some("b"), ""), volume("here", "1Gi", Some("a"), "")]), Answer::Depends);
    assert_eq!(with(&[volume("small", "1M", None, "")]), Answer::No);
    assert_eq!(with(&[volume("small", "1M", None, ""), volume("here", "1Gi", None, "")]), Answer::Yes);
    let kept = ", claimRef: {namespace: default, name: other}";
    assert_eq!(with(&[volume("other", "1Gi", None, kept)]), Answer::No);
    assert_eq!(with(&[volume("block", "1Gi", None, ", volumeMode: Block")]), Answer::No);
}

#[test]
fn one_volume_is_bound_to_one_claim() {
    let set = |volumes: &[String]| {
        let template = "{metadata: {labels: {app: p}}, spec: {containers: [{name: c}]}}";
        let claim = "{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], storageClassName: disks, resources: {requests: {storage: 1Gi}}}}";
        let manifests = format!(
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: db}}\nspec: {{replicas: 2, serviceName: db, \
             selector: {{matchLabels: {{app: p}}}}, template: {template}, volumeClaimTemplates: [{claim}]}}\n---\n\
             apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: disks}}\n{BY_HAND}\n---\n\
             apiVersion: v1\nkind: Node\nmetadata: {{name: n1}}\nstatus: {{allocatable: {{cpu: '2', memory: 4Gi}}}}{}",
            volumes.concat()
        );
        capacity(&manifests)
    };
    let free = |name| volume(name, "1Gi", None, "");
    let kept = |name, number: u8| {
        volume(name, "1Gi", None, &format!(", claimRef: {{namespace: default, name: data-db-{number}}}"))
    };
    assert_eq!(set(&[free("one"), free("two")]).fits, Answer::Yes);
    assert_eq!(set(&[kept("one", 0), kept("two", 1)]).fits, Answer::Yes);
    // Any of them may be left over, but one is.
    let one = set(&[free("one")]);
    assert_eq!((one.fits, one.workloads[0].fits), (Answer::No, Answer::Depends));
    assert_eq!(
        one.lacking,
        ["StatefulSet default/db asks for 2 volumes of class disks, and PersistentVolume one is all that suits"]
    );
    // The first pod has its volume, and is not refused with the second.
    assert_eq!(set(&[kept("one", 0), kept("other", 7)]).fits, Answer::Depends);
}

#[test]
fn a_claim_that_waits_for_the_scheduler_waits_forever_for_a_pod_that_names_its_node() {
    let class = "provisioner: example.com/disks\nvolumeBindingMode: ";
    let named = format!("{MOUNTED}, nodeName: n1");
    assert_eq!(answer(&named, &claim("ReadWriteOnce", &format!("{class}Immediate"))), Answer::Yes);
    let delayed = claim("ReadWriteOnce", &format!("{class}WaitForFirstConsumer"));
    assert_eq!(answer(&named, &delayed), Answer::No);
    assert_eq!(answer(MOUNTED, &delayed), Answer::Yes);
    let bound = claim("ReadWriteOnce", &format!("{class}WaitForFirstConsumer"))
        + &volume("kept", "1Gi", None, ", claimRef: {namespace: default, name: data}");
    assert_eq!(answer(&named, &bound), Answer::Yes);
    let other = format!("\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: first}}\nspec: {{{MOUNTED}}}");
    assert_ne!(answer(&named, &(delayed + &other)), Answer::No);
}

#[test]
fn pods_are_apart_from_those_in_namespaces_that_a_selector_finds() {
    let there = "apiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {team: b}}\n---\n\
                 apiVersion: v1\nkind: Pod\nmetadata: {name: q, namespace: other, labels: {app: q}}\n\
                 spec: {nodeSelector: {zone: a}, containers: [{name: c}]}";
    let apart = |selector: &str| {
        let term = format!(
            "{{topologyKey: zone, labelSelector: {{matchLabels: {{app: q}}}}, namespaceSelector: {{{selector}}}}}"
        );
        asks("1")
            + &format!(
                ", nodeSelector: {{zone: a}}, affinity: {{podAntiAffinity: \
                 {{requiredDuringSchedulingIgnoredDuringExecution: [{term}]}}}}"
            )
    };
    for (selector, fits) in [
        ("matchLabels: {team: b}", Answer::Depends),
        ("matchLabels: {team: a}", Answer::Yes),
        ("matchExpressions: [{key: team, operator: In, values: [b]}]", Answer::Depends),
        ("matchExpressions: [{key: team, operator: NotIn, values: [b]}]", Answer::Yes),
        ("matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [other]}]", Answer::Depends),
    ] {
        assert_eq!(answer(&apart(selector), there), fits, "{selector}");
    }
}

/// Nodes of 2 CPUs.
fn nodes(names: &[&str]) -> String {
    let node = |name: &&str| {
        format!(
            "apiVersion: v1\nkind: Node\nmetadata: {{name: {name}, labels: {{node: {name}}}}}\n\
             status: {{allocatable: {{cpu: '2', memory: 4Gi}}}}\n---\n"
        )
    };
    names.iter().map(node).collect()
}

#[test]
fn ports_are_counted_with_the_nodes_that_have_them() {
    let pod = |name: &str, more: &str| {
        let port = format!("{{containerPort: 80, hostPort: 80{more}}}");
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec: {{containers: [{{name: c, ports: [{port}]}}]}}\n"
        )
    };
    let fits = |pods: &[String]| capacity(&(nodes(&["n1", "n2"]) + &pods.concat())).fits;
    assert_eq!(fits(&[pod("a", ""), pod("b", "")]), Answer::Yes);
    assert_eq!(fits(&[pod("a", ""), pod("b", ""), pod("c", "")]), Answer::No);
    assert_eq!(fits(&[pod("a", ""), pod("b", ""), pod("c", ", protocol: UDP")]), Answer::Yes);
    let (one, other) = (", hostIP: 192.0.2.1", ", hostIP: 192.0.2.2");
    assert_eq!(fits(&[pod("a", one), pod("b", one), pod("c", other), pod("d", other)]), Answer::Yes);
    assert_eq!(fits(&[pod("a", one), pod("b", one), pod("c", one)]), Answer::No);
    assert_eq!(fits(&[pod("a", one), pod("b", one), pod("c", "")]), Answer::No);
}

#[test]
fn a_lost_node_is_a_risk_where_who_may_be_elsewhere_takes_what_others_need() {
    let tainted = "apiVersion: v1\nkind: Node\nmetadata: {name: control}\nspec: {taints: [{key: control, effect: NoSchedule}]}\n\
                   status: {allocatable: {cpu: '2', memory: 4Gi}}\n---\n";
    let deployment = |name: &str, cpu: &str, more: &str| {
        format!(
            "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec: {{selector: {{matchLabels: {{app: {name}}}}}, \
             template: {{metadata: {{labels: {{app: {name}}}}}, spec: {{{more}{}}}}}}}\n",
            asks(cpu)
        )
    };
    let losses = |cpu: &str| {
        let anywhere = deployment("anywhere", "1500m", "tolerations: [{operator: Exists}], ");
        let objects = tainted.to_owned() + &nodes(&["n1", "n2"]) + &anywhere + &deployment("worker", cpu, "");
        let losses = capacity(&objects).losses;
        losses.into_iter().map(|loss| (loss.node, loss.fits)).collect::<Vec<_>>()
    };
    // Without n1 or n2, `anywhere` may go where `worker` alone can be.
    assert!(losses("1").iter().any(|loss| *loss == ("n1".into(), Answer::Depends)), "{:?}", losses("1"));
    assert_eq!(losses("500m"), []);
}

#[test]
fn a_daemon_set_wants_no_place_where_its_tolerations_keep_it_off() {
    let tainted = "apiVersion: v1\nkind: Node\nmetadata: {name: control}\nspec: {taints: [{key: control, effect: NoSchedule}]}\n\
                   status: {allocatable: {cpu: '2', memory: 4Gi}}\n---\n";
    let set = |more: &str| {
        let port = "ports: [{containerPort: 80, hostPort: 80}]";
        format!(
            "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: agent}}\nspec: {{selector: {{matchLabels: {{app: p}}}}, \
             template: {{metadata: {{labels: {{app: p}}}}, spec: {{{more}containers: [{{name: c, {port}}}]}}}}}}\n"
        )
    };
    let with = |more: &str, others: &str| capacity(&(nodes(&["n1", "n2"]) + tainted + &set(more) + others));
    let alone = with("", "");
    assert_eq!((alone.fits, alone.workloads[0].pods), (Answer::Yes, 2));
    assert_eq!(with("tolerations: [{operator: Exists}], ", "").workloads[0].pods, 3);
    assert_eq!(with("nodeName: n1, ", "").workloads[0].pods, 1);
    // Neither the node where it has a pod nor the one where it wants none is a reason.
    let there = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: there}\nspec: {nodeName: n1, containers: [{name: c, ports: \
                 [{containerPort: 80, hostPort: 80}]}]}\nstatus: {phase: Running}\n";
    let beside = with("", there);
    assert_eq!(beside.fits, Answer::No);
    let reasons: Vec<_> = beside.workloads[0].reasons.iter().map(|reason| reason.node.as_str()).collect();
    assert_eq!(reasons, ["n1"]);
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
