//! What the library says about wrong input: every message with its help, held still in one snapshot.

use std::fmt::Write as _;

use stackwright::prelude::*;
use stackwright::{check, render};

#[test]
fn messages() {
    let mut out = String::new();
    let mut error = |case: &str, result: Result<(), Error>| {
        let error = result.expect_err(case);
        _ = writeln!(out, "{case}\n  error: {error}\n  help: {}\n", error.help());
    };
    let lan = Subnet::new("192.168.56.0/24").unwrap();
    error("a subnet without a prefix", Subnet::new("192.168.56.0").map(drop));
    error("a subnet with bits of a host", Subnet::new("192.168.56.11/24").map(drop));
    error("an address that is none", lan.address("192.168.56.300").map(drop));
    error("an address elsewhere", lan.address("192.168.57.11").map(drop));
    error("the broadcast address", lan.address("192.168.56.255").map(drop));
    error("a host number too large", lan.host(256).map(drop));
    error("a pool that is no range", lan.range("192.168.56.200..209").map(drop));
    error("a pool outside the subnet", lan.range("192.168.56.200-192.168.57.9").map(drop));
    error("a pool the wrong way round", lan.range("192.168.56.209-192.168.56.200").map(drop));
    error(
        "more addresses than the pool has",
        lan.range("192.168.56.200-192.168.56.201").and_then(|pool| pool.nth(2)).map(drop),
    );

    let ports = vec![service_port(&container_port("http", 80))];
    let spec = Some(k8s_openapi::api::core::v1::ServiceSpec { ports: Some(ports), ..default() });
    let service = Service { spec, ..headless_service(&App::new("web", "web"), &[]) };
    error("a forward to no port of a Service", forward(("router", 80), &service, "https", []).map(drop));
    error("a forward to no node port", forward(("router", 80), &service, "http", []).map(drop));
    error("an opening of no node port", Opening::node_port(&service, "http", Source::Anyone).map(drop));

    error("a cluster's name with a space", rendered(&Cluster { name: "my lab".into(), ..lab() }));
    error(
        "a stack's name with a slash",
        rendered(&Cluster { stacks: vec![Stack::new("a/b", [app_namespace()])], ..lab() }),
    );
    let file = |path: &str| Stack { files: vec![File::new(path, "")], ..Stack::new("files", []) };
    error("a file that leads out of the cluster", rendered(&Cluster { stacks: vec![file("../elsewhere")], ..lab() }));
    error("an absolute file", rendered(&Cluster { stacks: vec![file("/etc/hosts")], ..lab() }));
    error("a file among the secrets", rendered(&Cluster { stacks: vec![file("secrets/password")], ..lab() }));
    error("a file whose name has two lines", rendered(&Cluster { stacks: vec![file("a\nb")], ..lab() }));
    error("a file in a file", rendered(&Cluster { stacks: vec![file("README.md/more")], ..lab() }));
    error("two files with one path", rendered(&Cluster { stacks: vec![file("README.md")], ..lab() }));

    let mut findings = |case: &str, cluster: Cluster| {
        let found = check(&cluster);
        assert!(!found.is_empty(), "{case}");
        _ = writeln!(out, "{case}");
        for finding in found {
            _ = writeln!(out, "  {}[{}]: {}\n  help: {}", finding.severity, finding.id, finding.message, finding.help);
        }
        out.push('\n');
    };
    findings("no nodes", Cluster { nodes: vec![], ..lab() });
    findings("no workers", Cluster { nodes: lab().nodes[..1].to_vec(), ..lab() });
    findings("a node twice", Cluster { nodes: [lab().nodes, lab().nodes].concat(), ..lab() });
    let mut small = lab();
    small.nodes[0].host.memory = 1024;
    small.nodes[1].host.memory = 512;
    findings("nodes too small", small);
    findings(
        "an object twice in a stack",
        Cluster { stacks: vec![Stack::new("a", [app_namespace(), app_namespace()])], ..lab() },
    );
    let stacks = ["a", "b"].map(|name| Stack::new(name, [app_namespace()])).into();
    findings("an object in two stacks", Cluster { stacks, ..lab() });
    let login = SecretSpec::login("web", "login", "user");
    let stacks = vec![Stack { secrets: vec![login.clone(), login], ..Stack::new("a", []) }];
    findings("a secret twice", Cluster { stacks, ..lab() });

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/library"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("messages", out));
}

#[test]
fn a_sound_cluster_has_no_findings() {
    assert_eq!(check(&lab()), []);
}

#[test]
fn the_order_of_stacks_has_no_effect() {
    let stacks = || vec![Stack::new("b", [settings("b")]), Stack::new("a", [settings("a"), app_namespace()])];
    let forwards = Cluster { stacks: stacks(), ..lab() };
    let backwards = Cluster { stacks: stacks().into_iter().rev().collect(), ..lab() };
    assert_eq!(render::render(&forwards).unwrap(), render::render(&backwards).unwrap());
    assert_eq!(render::stream(&forwards, None).unwrap(), render::stream(&backwards, None).unwrap());
}

#[test]
fn namesakes_in_two_namespaces_have_files_of_their_own() {
    let config = |namespace: &str| config_map(&App::new("web", namespace), "settings", [("a", "b")]).into();
    let stacks = vec![Stack::new("web", [config("one"), config("two")])];
    let files = render::render(&Cluster { stacks, ..lab() }).unwrap();
    let paths: Vec<_> = files.keys().filter(|path| path.as_str().contains("configmap")).collect();
    assert_eq!(paths, ["lab/web/configmap-one-settings.yaml", "lab/web/configmap-two-settings.yaml"]);
}

#[test]
fn namesakes_of_two_groups_have_files_of_their_own() {
    let front = |api_version| Object::custom(api_version, "Gateway", App::new("front", "web").metadata(), []);
    let stacks = vec![Stack::new("web", [front("gateway.networking.k8s.io/v1"), front("networking.istio.io/v1")])];
    let files = render::render(&Cluster { stacks, ..lab() }).unwrap();
    let paths: Vec<_> = files.keys().filter(|path| path.as_str().contains("gateway")).collect();
    assert_eq!(
        paths,
        ["lab/web/gateway.gateway.networking.k8s.io-front.yaml", "lab/web/gateway.networking.istio.io-front.yaml"]
    );
}

fn lab() -> Cluster {
    let lan = Network::new("lan", Subnet::new("192.168.56.0/24").expect("a subnet"));
    let host =
        |name: &str, number| Host::new(name, (2, 2048), Nic::on(&lan, number).expect("an address of the subnet"));
    Cluster {
        about: "A lab.".into(),
        nodes: vec![
            Node::control_plane(host("control1", 11)).expect("an address"),
            Node::worker(host("node1", 21)).expect("an address"),
        ],
        networks: vec![lan.clone()],
        allowances: vec![Allowance::new("etcd-quorum", "a lab")],
        ..Cluster::new("lab", "1.35.4")
    }
}

fn app_namespace() -> Object {
    namespace("web", PodSecurity::Baseline).into()
}

fn settings(name: &str) -> Object {
    config_map(&App::new(name, "web"), name, [("key", "value")]).into()
}

fn rendered(cluster: &Cluster) -> Result<(), Error> {
    render::render(cluster).map(drop)
}
