//! metrics-server, as `e2e/aggregation` runs it.

use stackwright::check::{Index, checks, findings};
use stackwright::prelude::*;
use stackwright_addons::metrics_server::{self, Config, Kubelets};

use crate::monitoring::home;
use crate::{assert_stack, platform};

fn config(platform: &Platform, kubelets: Kubelets) -> Config<'_> {
    Config { platform, kubelets, replicas: 2 }
}

#[test]
fn metrics_server() {
    let stack = |kubelets| metrics_server::stack(&config(&platform(), kubelets)).expect("none is there");
    assert_stack("metrics-server", &stack(Kubelets::SelfSigned));
    let args = |stack: Stack| {
        let deployment = stack.objects.into_iter().find(|object| object.kind() == "Deployment").expect("one");
        let mut text = String::new();
        deployment.write_yaml(&mut text).expect("an object");
        text
    };
    assert!(args(stack(Kubelets::SelfSigned)).contains("- --kubelet-insecure-tls\n"));
    assert!(!args(stack(Kubelets::Signed)).contains("insecure"));
}

#[test]
fn a_second_one_beside_the_installers_is_refused() {
    let mut platform = platform();
    platform.provided.apis.push("metrics.k8s.io".into());
    let error = metrics_server::stack(&config(&platform, Kubelets::Signed)).expect_err("two");
    assert_eq!(error.to_string(), "the cluster's installer brings metrics-server, too");
}

/// It is what autoscalers ask, and each thing that it names is there or Kubernetes' own.
#[test]
fn nothing_is_found_and_autoscalers_have_what_they_ask() {
    let platform = home((2, 3072));
    let metrics = metrics_server::stack(&config(&platform, Kubelets::Signed)).expect("one");
    let scaled = || {
        let app = App::new("web", "web");
        let web = deployment(&app, PodSpec::default());
        let scaler = autoscaler(&app, scale_target(&web), 2..=4, cpu_utilization(80));
        Stack::new("web", [web.into(), scaler.into()])
    };
    let found = |stacks: Vec<Stack>| -> Vec<String> {
        let cluster = Cluster {
            nodes: platform.nodes.clone(),
            pods: platform.pods.clone(),
            services: platform.services.clone(),
            stacks,
            ..Cluster::new("lab", "1.35.4")
        };
        let all = findings(&Index::of(&cluster), checks());
        // Of the pods that are scaled here there is no more than a name.
        let is_about = |text: &str| text.contains("metrics") && !text.contains("Namespace web");
        let texts = all.into_iter().map(|finding| format!("{}: {}", finding.id, finding.message));
        texts.filter(|text| is_about(text)).collect()
    };
    let without = found(vec![scaled()]);
    assert!(without.iter().any(|text| text.starts_with("hpa-metrics-source: ")), "{without:?}");
    assert_eq!(found(vec![scaled(), metrics]), [""; 0]);
}

/// By upstream's README: <https://github.com/kubernetes-sigs/metrics-server/blob/v0.9.0/README.md#scaling>.
#[test]
fn more_than_a_hundred_nodes_take_more() {
    let mut platform = platform();
    let host = |number: u32| {
        let lan = Network::new("lan", Subnet::new("10.1.0.0/16").expect("a subnet"));
        Host::new(&format!("worker-{number}"), (1, 1024), Nic::on(&lan, number).expect("an address"))
    };
    platform.nodes.extend((1..150).map(|number| Node::worker(host(number)).expect("an address")));
    let stack = metrics_server::stack(&config(&platform, Kubelets::Signed)).expect("one");
    let mut text = String::new();
    stack.objects.iter().for_each(|object| object.write_yaml(&mut text).expect("an object"));
    assert!(["cpu: 150m", "memory: 300Mi"].iter().all(|request| text.contains(request)), "{text}");
}
