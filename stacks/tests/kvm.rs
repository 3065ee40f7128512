//! The KVM cluster by its other values: what stands beside the one that is rendered must not rot.

use stackwright::{Cluster, Object, prelude::*, render};
use stackwright_addons::monitoring::Charts;
use stackwright_addons::traefik::Routes;
use stackwright_stacks::clusters::kvm_monitoring;

/// The cluster by these values, in which no check finds anything, and whose tree can be written.
fn cluster(charts: Charts, routes: Routes) -> Cluster {
    let cluster = kvm_monitoring::by(charts, routes).expect("the cluster can be described");
    assert_eq!(stackwright::check(&cluster), [], "{charts:?}, {routes:?}");
    render::render(&cluster).expect("a tree");
    cluster
}

fn objects(cluster: &Cluster) -> impl Iterator<Item = &Object> {
    cluster.stacks.iter().flat_map(|stack| &stack.objects)
}

fn written(object: &Object) -> String {
    let mut text = String::new();
    object.write_yaml(&mut text).expect("YAML");
    text
}

#[test]
fn by_hand_needs_nobody_who_installs_charts() {
    let cluster = cluster(Charts::None, Routes::Ingresses);
    assert!(cluster.stacks.iter().all(|stack| stack.releases.is_empty()));
    let ports: Vec<_> = objects(&cluster)
        .filter_map(|object| object.get::<Service>())
        .filter(|service| service.metadata.namespace.as_deref() == Some("monitoring"))
        .flat_map(|service| service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()))
        .filter_map(|port| Some((port.port, port.node_port?)))
        .collect();
    assert_eq!(ports, [(8080, 30000), (3000, 30004)]);
}

/// Each part that the operator makes is on the labelled node, but for the exporters, and people come by addresses of the load balancer.
#[test]
fn the_operator_makes_the_same_on_the_same_node() {
    let cluster = cluster(Charts::KubePrometheusStack, Routes::Ingresses);
    let releases: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.releases).collect();
    let [release] = releases[..] else { panic!("{} releases", releases.len()) };
    for part in ["prometheus/prometheusSpec", "alertmanager/alertmanagerSpec", "grafana", "kube-state-metrics"] {
        let selector = release.values.pointer(&format!("/{part}/nodeSelector/system.rule"));
        assert_eq!(selector.and_then(|value| value.as_str()), Some("monitoring"), "{part}");
    }
    assert_eq!(release.values.pointer("/prometheus-node-exporter/nodeSelector"), None);
    for (part, address) in [("grafana", "192.168.104.11"), ("prometheus", "192.168.104.12")] {
        let service = release.values.pointer(&format!("/{part}/service")).expect("a Service");
        assert_eq!(service["type"], "LoadBalancer", "{part}");
        assert_eq!(service["annotations"]["metallb.universe.tf/loadBalancerIPs"], address, "{part}");
    }
    let urls: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.endpoints).map(|end| end.url.as_str()).collect();
    assert_eq!(urls, ["http://192.168.104.10/springboot", "http://192.168.104.11/", "http://192.168.104.12/"]);
}

/// Traefik listens where the Gateway says, serves its class and no Ingress, and the route leads where the Ingress did.
#[test]
fn the_gateway_leads_to_the_same_application() {
    let cluster = cluster(Charts::None, Routes::Gateway);
    assert!(objects(&cluster).all(|object| !["Ingress", "IngressClass"].contains(&object.kind())));
    let one = |kind: &str| {
        let mut of_kind = objects(&cluster).filter(|object| object.kind() == kind);
        let text = written(of_kind.next().unwrap_or_else(|| panic!("no {kind}")));
        assert!(of_kind.next().is_none(), "{kind}");
        text
    };
    let (gateway, route) = (one("Gateway"), one("HTTPRoute"));
    assert!(gateway.contains("port: 8000\n") && gateway.contains("gatewayClassName: traefik\n"), "{gateway}");
    assert!(one("GatewayClass").contains("controllerName: traefik.io/gateway-controller\n"));
    for line in ["value: /springboot\n", "name: springboot\n", "port: 80\n", "sectionName: web\n"] {
        assert!(route.contains(line), "{line}{route}");
    }
    let traefik = objects(&cluster).find(|object| object.kind() == "Deployment" && object.name() == "traefik");
    let traefik = written(traefik.expect("Traefik"));
    assert!(
        traefik.contains("--entryPoints.web.address=:8000\n")
            && traefik.contains("--providers.kubernetesGateway=true\n")
    );
    assert!(!traefik.contains("kubernetesIngress"), "{traefik}");
    // Its kinds come with the installer.
    let kubespray = cluster.stacks.iter().find(|stack| stack.name == "kubespray").expect("an installer");
    let addons = kubespray.files.iter().find(|file| file.path.ends_with("addons.yml")).expect("its add-ons");
    assert!(addons.text.contains("gateway_api_enabled: true\n"), "{}", addons.text);
}

/// A route of a Gateway that is not there, or for a Service that is not there, is found: the alternative is linked, and not only written.
#[test]
fn a_route_that_leads_nowhere_is_found() {
    for gone in ["Gateway", "Service"] {
        let mut cluster = cluster(Charts::None, Routes::Gateway);
        for stack in &mut cluster.stacks {
            stack.objects.retain(|object| object.kind() != gone || !["traefik", "springboot"].contains(&object.name()));
        }
        let findings = stackwright::check(&cluster);
        assert!(findings.iter().any(|finding| finding.id == "gateway-ref"), "{gone}: {findings:?}");
    }
}

/// The pod that shows how it ends has the time for it, and the one that is not available has nobody waiting for it for long.
#[test]
fn pods_that_end_have_the_time_that_they_take() {
    let cluster = cluster(Charts::None, Routes::Ingresses);
    let deployment = |name: &str| {
        let found = objects(&cluster).filter_map(|object| object.get::<Deployment>());
        found.into_iter().find(|found| found.metadata.name.as_deref() == Some(name)).expect("a Deployment").clone()
    };
    let termination = deployment("termination");
    let pod = termination.spec.template.spec.expect("a pod");
    assert_eq!(pod.termination_grace_period_seconds, Some(30));
    let container = &pod.containers[0];
    let parting = format!("{:?}", container.lifecycle);
    let ending = format!("{:?}", container.command);
    // 15 and 5 are less than 30.
    assert!(parting.contains("sleep 15") && ending.contains("sleep 5;"), "{parting}{ending}");
    let unavailable = deployment("unavailable").spec;
    assert_eq!((unavailable.min_ready_seconds, unavailable.progress_deadline_seconds), (Some(10), Some(60)));
}
