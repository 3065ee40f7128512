//! A program whose cluster has an inflated release: `e2e/inflated` lets Helm make its objects.
//!
//! A program of one's own includes them by `include_str!`. This one reads them as it starts, and takes its values from its environment,
//! so that the proof need not compile it anew for each.

use std::process::ExitCode;
use std::{env, fs};

use stackwright::prelude::*;

// As `stackwright chart` wrote it.
#[rustfmt::skip]
#[path = "inflated/site.rs"]
mod site;

use site::Values;

fn main() -> ExitCode {
    stackwright_cli::run(cluster().map(|cluster| vec![cluster]))
}

fn cluster() -> Result<Cluster, Error> {
    let lan = Network::new("lan", Subnet::new("10.20.0.0/24")?);
    let nodes = vec![
        Node::control_plane(Host::new("control", (2, 4096), Nic::on(&lan, 10)?))?,
        Node::worker(Host::new("worker", (2, 4096), Nic::on(&lan, 20)?))?,
    ];
    let text = env::var("INFLATED").ok().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let is = |name: &str| env::var(name).is_ok_and(|value| value == "yes");
    let values = Values {
        replicas: env::var("REPLICAS").ok().and_then(|replicas| replicas.parse().ok()),
        password: env::var("PASSWORD").ok(),
        generate: is("GENERATE").then_some(true),
        migrate: is("MIGRATE").then_some(true),
        ..default()
    };
    let namespace = namespace("site", PodSecurity::Privileged).into();
    Ok(Cluster {
        about: "A site that was made once.".into(),
        networks: vec![lan],
        nodes,
        allowances: vec![Allowance::new("etcd-quorum", "nothing is kept")],
        stacks: vec![Stack::new("site", [namespace]).inflated(site::release("site", "site", &values), &text)?],
        ..Cluster::new("lab", &env::var("KUBERNETES").unwrap_or("1.35.4".into()))
    })
}
