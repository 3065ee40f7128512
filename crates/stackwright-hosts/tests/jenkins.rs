//! Jenkins on a host: what it is told, what a deployer may do, and values that are refused. `e2e/jenkins/run` runs its scripts.

mod support;

use stackwright::prelude::*;
use stackwright_hosts::Download;
use stackwright_hosts::jenkins::{self, Config, LTS, Pipeline, Release};
use support::{HOSTILE, assert_snapshot, note, subnet};

const SUM: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const SHOP: Pipeline = Pipeline {
    name: "shop",
    repository: "https://git.example.com/shop.git",
    branch: "release/1.x",
    path: "deploy/Jenkinsfile",
};
const KUBECTL: Download = Download { version: "1.35.4", amd64: SUM, arm64: SUM };

#[test]
fn a_pipeline_and_its_rights() {
    let artefact = jenkins::artefact(&config(&host("ops"))).expect("Jenkins");
    let files: Vec<_> = artefact.files.iter().map(|file| format!("\n# {}\n{}", file.path, file.text)).collect();
    let files = files.concat();
    let secrets: Vec<_> = artefact.secrets.iter().map(|key| key.file.as_str()).collect();
    assert_snapshot("jenkins", &format!("arguments: {:#?}\nsecrets: {secrets:#?}\n{files}", artefact.arguments));
    assert_eq!(artefact.secrets[0].material, Material::Password);

    let deployer = App::new("jenkins", "shop");
    let rights = jenkins::rights(&deployer);
    let mut yaml = String::new();
    for object in &rights {
        yaml.push_str("---\n");
        object.write_yaml(&mut yaml).expect("YAML");
    }
    assert_snapshot("jenkins-rights", &yaml);
    let (script, (when, step)) =
        jenkins::kubeconfig(&deployer, &host("ops"), "https://10.120.52.23:6443", 30).expect("a script");
    assert!(script.executable && when == When::Running && step.command == script.path);
    assert_snapshot("jenkins-kubeconfig", &script.text);
}

#[test]
fn without_a_pipeline_there_are_no_jobs() {
    let artefact = jenkins::artefact(&Config { pipelines: &[], ..config(&host("ops")) }).expect("Jenkins");
    assert!(!artefact.files[0].text.contains("jobs"), "{}", artefact.files[0].text);
}

/// Configuration as Code would put a secret in for each `${...}`, and Job DSL runs what it is given: no value brings either along.
#[test]
fn what_would_need_quotes_is_refused() {
    let mut refusals = String::new();
    let ops = host("ops");
    let mut refuse =
        |what: &str, value: &str, config: &Config| note(&mut refusals, what, value, jenkins::artefact(config));
    let pipeline = |pipeline: Pipeline<'static>| vec![pipeline];
    for value in ["", "${administrator}", "x'); System.exit(1); ('", "a b", "-x", "../x", HOSTILE] {
        let value: &'static str = Box::leak(value.to_owned().into_boxed_str());
        refuse("user", value, &Config { administrator: value, ..config(&ops) });
        refuse("URL", value, &Config { url: value, ..config(&ops) });
        refuse("pipeline", value, &Config { pipelines: &pipeline(Pipeline { name: value, ..SHOP }), ..config(&ops) });
        let of = Pipeline { repository: value, ..SHOP };
        refuse("repository", value, &Config { pipelines: &pipeline(of), ..config(&ops) });
        if value != "../x" {
            refuse(
                "branch",
                value,
                &Config { pipelines: &pipeline(Pipeline { branch: value, ..SHOP }), ..config(&ops) },
            );
        }
        refuse("path", value, &Config { pipelines: &pipeline(Pipeline { path: value, ..SHOP }), ..config(&ops) });
        refuse("release", value, &Config { release: Release { jenkins: value, ..LTS }, ..config(&ops) });
        refuse("manager", value, &Config { release: Release { plugin_manager: value, ..LTS }, ..config(&ops) });
        refuse("sum", value, &Config { release: Release { plugin_manager_sum: value, ..LTS }, ..config(&ops) });
        refuse("kubectl", value, &Config { kubectl: Download { version: value, ..KUBECTL }, ..config(&ops) });
        refuse("kubectl's sum", value, &Config { kubectl: Download { amd64: value, ..KUBECTL }, ..config(&ops) });
    }
    refuse("pipelines", "twice", &Config { pipelines: &[SHOP, SHOP], ..config(&ops) });
    refuse("URL", "without a slash", &Config { url: "http://10.120.52.50:8080", ..config(&ops) });
    refuse("host", HOSTILE, &config(&host(HOSTILE)));

    let deployer = App::new("jenkins", "shop");
    let url = "https://10.120.52.23:6443";
    for value in ["", "Shop", "a b", "$(x)", HOSTILE] {
        let (account, namespace) = (App::new(value, "shop"), App::new("jenkins", value));
        note(&mut refusals, "account", value, jenkins::kubeconfig(&account, &ops, url, 30));
        note(&mut refusals, "namespace", value, jenkins::kubeconfig(&namespace, &ops, url, 30));
        note(&mut refusals, "API server", value, jenkins::kubeconfig(&deployer, &ops, value, 30));
    }
    note(&mut refusals, "API server", "by HTTP", jenkins::kubeconfig(&deployer, &ops, "http://10.120.52.23:6443", 30));
    note(&mut refusals, "days", "none", jenkins::kubeconfig(&deployer, &ops, url, 0));
    note(&mut refusals, "days", "too many", jenkins::kubeconfig(&deployer, &ops, url, 366));
    assert_snapshot("jenkins-refusals", &refusals);
}

fn config(host: &Host) -> Config<'_> {
    Config {
        host,
        url: "https://ci.example.com/",
        administrator: "admin",
        release: LTS,
        kubectl: KUBECTL,
        pipelines: &[SHOP],
    }
}

fn host(name: &str) -> Host {
    let lan = Network::new("instances", subnet("10.120.52.0/24"));
    Host::new(name, (2, 4096), Nic::on(&lan, 50).expect("an address"))
}
