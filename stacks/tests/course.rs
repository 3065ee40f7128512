//! The K3s course's application and its monitoring, on a cluster that somebody else installed: no load balancer, and nothing that the
//! control plane shows.

use std::process::Command;

use stackwright::{Cluster, prelude::*, render};
use stackwright_addons::alerts::{node_gone, prometheus_disk_filling};
use stackwright_addons::monitoring::{self, Charts, Exposure, Nodes, Sizes, Storage};
use stackwright_stacks::course::{self, Image};

const GRAFANA: &str = "http://course.example:30090/";

/// Two nodes on one network, both of which run workloads.
fn platform() -> Platform {
    let lan = Network::new("lan", Subnet::new("192.168.0.0/24").expect("a subnet"));
    let host = |name, number| Host::new(name, (4, 4096), Nic::on(&lan, number).expect("an address"));
    let server = Node::control_plane(host("server", 11)).expect("an address");
    let server = Node { taints: vec![], ..server };
    Platform {
        stack: Stack::default(),
        nodes: vec![server, Node::worker(host("agent", 12)).expect("an address")],
        node_subnets: lan.subnets,
        pods: vec![Subnet::new("10.42.0.0/16").expect("a subnet")],
        services: vec![Subnet::new("10.43.0.0/16").expect("a subnet")],
        provided: Provided {
            storage_classes: vec!["local-path".into()],
            apis: vec!["metrics.k8s.io".into()],
            ..Provided::default()
        },
        domain: "cluster.local".into(),
        node_dns: None,
        address_annotation: None,
        scraped: vec![],
        annotated: vec![],
    }
}

fn application(platform: &Platform, image: Image) -> Stack {
    course::stack(&course::Config {
        platform,
        namespace: "course".into(),
        image,
        node_port: 30080,
        replicas: 2..=4,
        cpu_percent: 80,
        grafana: GRAFANA.into(),
        scraper: monitoring::scraper("monitoring"),
    })
}

fn watched(platform: &Platform) -> Stack {
    monitoring::stack(&monitoring::Config {
        platform,
        namespace: "monitoring".into(),
        charts: Charts::KubePrometheusStack,
        release: "prometheus".into(),
        sizes: Sizes::SMALL,
        grafana: Exposure::NodePort { port: 30090, url: GRAFANA.into() },
        embedded: true,
        prometheus: Some(Exposure::NodePort { port: 30100, url: "http://course.example:30100/".into() }),
        interval: Some("10s".into()),
        retention: "2d".into(),
        retention_size: "1GiB".into(),
        storage: Storage::Volumes { class: "local-path".into(), samples: "2Gi".into(), grafana: "1Gi".into() },
        nodes: Nodes::One(&platform.nodes[0]),
        alerts: vec![node_gone("1m"), prometheus_disk_filling("monitoring", "5m")],
        dashboards: vec![],
        receiver: None,
    })
}

fn cluster(stacks: impl Fn(&Platform) -> Vec<Stack>) -> Cluster {
    let platform = platform();
    let stacks = stacks(&platform);
    Cluster {
        networks: vec![Network::new("lan", platform.node_subnets[0])],
        nodes: platform.nodes,
        provided: platform.provided,
        services: platform.services,
        pods: platform.pods,
        allowances: vec![Allowance::new("etcd-quorum", "a course's cluster is made anew")],
        stacks,
        ..Cluster::new("course", "1.36.1")
    }
}

fn imported() -> Image {
    Image::Imported { nodes: vec!["server".into(), "agent".into()], ssh_config: None }
}

#[test]
fn course_elsewhere() {
    let cluster = cluster(|platform| vec![application(platform, imported()), watched(platform)]);
    assert_eq!(stackwright::check(&cluster), []);
    let objects = render::stream(&cluster, None).expect("every object can be written");
    let stack = cluster.stacks.iter().find(|stack| stack.name == "course").expect("the application");
    let files: Vec<_> = stack.files.iter().map(|file| file.path.as_str()).collect();
    // The image's tag is another one after each change of its sources, which is another test's.
    let text = objects.replace(&imported().name(), "localhost/course-app:TAG");
    let text = format!("{text}---\n{}\n{:#?}\n{:#?}\n", files.join("\n"), stack.steps, stack.needs);
    insta::with_settings!(
        {snapshot_path => "../../snapshots/stacks", prepend_module_to_snapshot => false, omit_expression => true},
        { insta::assert_snapshot!("course-elsewhere", text) }
    );
}

/// The script that a person runs makes the tag of the files beside it; the Deployment's is made here.
#[test]
fn the_image_is_the_one_that_the_script_builds() {
    let platform = platform();
    let registry = Image::Pushed("registry.example/course-app".into());
    let folder = tempfile::tempdir().expect("a folder");
    for file in application(&platform, imported()).files {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, file.text).expect("a file");
    }
    let rendered = folder.path().join("course/image/build-image.sh");
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/course_app/build-image.sh");
    for script in [rendered, source] {
        let print = |arguments: &[&str]| {
            let done = Command::new("bash").arg(&script).args(arguments).arg("--print").output().expect("bash");
            String::from_utf8(done.stdout).expect("text").trim_end().to_owned()
        };
        assert_eq!(print(&[]), imported().name());
        assert_eq!(print(&["--push", "registry.example/course-app"]), registry.name());
    }
    let deployment = |image| {
        let stack = application(&platform, image);
        let web = stack.objects.iter().find_map(|object| object.get::<Deployment>()).expect("a Deployment");
        web.spec.template.spec.clone().expect("pods").containers.remove(0)
    };
    let (here, pulled) = (deployment(imported()), deployment(registry.clone()));
    assert_eq!((here.image, here.image_pull_policy.as_deref()), (Some(imported().name()), Some("Never")));
    assert_eq!((pulled.image, pulled.image_pull_policy), (Some(registry.name()), None));
}

/// Each node by the given configuration of ssh, and for its own kind of processor.
#[test]
fn the_image_comes_by_ssh_as_each_node_runs_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let stub = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("#!/usr/bin/env bash\necho \"{name} $*\" >>\"$LOG\"\n{text}\n")).expect("a file");
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a program");
    };
    stub("docker", "[[ $1 != save ]] || echo an archive");
    stub("uname", "echo x86_64");
    stub(
        "ssh",
        "case $* in *' pc uname -m') echo x86_64 ;; *' mac uname -m') echo aarch64 ;; *import*) cat >/dev/null ;; esac",
    );
    std::fs::write(folder.path().join("ssh-config"), "Host pc mac\n").expect("a file");

    let (log, path) = (folder.path().join("log"), std::env::var("PATH").expect("programs"));
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/course_app/build-image.sh");
    let mut command = Command::new("bash");
    command.arg(&script).current_dir(folder.path()).env("LOG", &log);
    command.env("PATH", format!("{}:{path}", folder.path().display()));
    let done = command.args(["--tag", "mine", "--ssh-config", "ssh-config", "pc", "mac"]).output().expect("bash");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let log = std::fs::read_to_string(log).expect("what was run");
    let (ssh, docker): (Vec<_>, Vec<_>) =
        log.lines().filter(|line| !line.starts_with("uname")).partition(|line| line.starts_with("ssh"));
    let config = format!(" -F {}/ssh-config -- ", folder.path().display());
    assert!(ssh.iter().all(|line| line.contains(&config)), "{ssh:#?}");
    let image = "localhost/course-app:mine";
    let build = |platform: &str| format!("docker build{platform} --tag {image} .");
    let saved = format!("docker save {image}");
    assert_eq!(docker, ["docker info", &build(""), &saved, &build(" --platform linux/arm64"), &saved]);
}

/// What the page shows is a panel of the dashboard that Grafana is given.
#[test]
fn the_page_shows_a_panel_that_is_there() {
    let stack = application(&platform(), imported());
    let web = stack.objects.iter().find_map(|object| object.get::<Deployment>()).expect("a Deployment");
    let environment = web.spec.template.spec.iter().flat_map(|pod| pod.containers[0].env.iter().flatten());
    let mut address = environment.filter(|variable| variable.name == "GRAFANA_PANEL_URL");
    let address = address.next().and_then(|variable| variable.value.clone()).expect("an address");
    let dashboards = stack.objects.iter().filter_map(|object| object.get::<ConfigMap>());
    let mut dashboards = dashboards.filter(|config| {
        config.metadata.labels.as_ref().and_then(|labels| labels.get("grafana_dashboard")).is_some_and(|one| one == "1")
    });
    let data = dashboards.next().and_then(|config| config.data.clone()).expect("a dashboard");
    let (name, text) = data.first_key_value().expect("a file");
    assert_eq!(name, "course.json");
    let dashboard: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let (uid, panel) = (dashboard["uid"].as_str().expect("a uid"), &dashboard["panels"][0]["id"]);
    assert!(
        address.starts_with(&format!("{GRAFANA}d-solo/{uid}/course?orgId=1&panelId={panel}&refresh=10s")),
        "{address}"
    );
    let ids: std::collections::BTreeSet<_> =
        dashboard["panels"].as_array().expect("panels").iter().map(|panel| panel["id"].as_u64()).collect();
    assert_eq!(ids.len(), 4);
}
