//! A program whose cluster is what its environment says: `e2e/apply` changes that, and not the program.
//!
//! OBJECTS is a file of manifests, NODES the names of its nodes, CHART a chart of one release that comes before what it brings.

use std::process::ExitCode;
use std::{env, fs};

use serde_json::json;
use stackwright::prelude::*;
use stackwright::yaml;

fn main() -> ExitCode {
    stackwright_cli::run(cluster().map(|cluster| vec![cluster]))
}

fn cluster() -> Result<Cluster, Error> {
    let value = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let lan = Network::new("lan", Subnet::new("10.20.0.0/24")?);
    let names = value("NODES").unwrap_or_default();
    let names: Vec<_> = names.split(',').filter(|name| !name.is_empty()).collect();
    let node = |(number, name): (u32, &&str)| {
        let host = Host::new(name, (2, 4096), Nic::on(&lan, number)?);
        if number == 10 { Node::control_plane(host) } else { Node::worker(host) }
    };
    let nodes = (10..).zip(&names).map(node).collect::<Result<Vec<_>, Error>>()?;
    let text = value("OBJECTS").and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let read = yaml::objects(&text).map_err(|problems| Error::new(format!("{problems:?}"), "mend the file"))?;
    let mut stack = Stack::new("shop", []);
    stack.objects = read.into_iter().map(|read| read.object).collect();
    if value("SECRET").is_some() {
        stack.secrets.push(SecretSpec::login("shop", "login", "shop"));
    }
    if value("RELEASE").is_some() {
        let chart = Chart { repository: "http://charts.example", name: "authority", version: "1.0.0", digest: None };
        let values = json!({ "size": value("SIZE").unwrap_or_default() });
        stack
            .releases
            .push(Release { brings: vec!["pki.example".into()], ..Release::new("pki", "shop", chart, &values) });
    }
    let cluster = match value("NODES") {
        Some(_) => Cluster { nodes, networks: vec![lan], ..Cluster::new("shop", "1.35.4") },
        None => Cluster::existing("shop", "1.35"),
    };
    let allowances = vec![Allowance::new("etcd-quorum", "nothing is kept")];
    Ok(Cluster { about: "A shop.".into(), stacks: vec![stack], allowances, ..cluster })
}
