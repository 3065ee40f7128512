//! A program whose cluster has objects that wait: for a definition that is among the objects, and for releases that bring theirs.
//!
//! `e2e/releases` renders it, and does on a real API server what the README says.

use std::process::ExitCode;

use serde_json::json;
use stackwright::prelude::*;
use stackwright::{Object, yaml};

fn main() -> ExitCode {
    stackwright_cli::run(cluster().map(|cluster| vec![cluster]))
}

fn cluster() -> Result<Cluster, Error> {
    let lan = Network::new("lan", Subnet::new("10.20.0.0/24")?);
    let nodes = vec![
        Node::control_plane(Host::new("control", (2, 4096), Nic::on(&lan, 10)?))?,
        Node::worker(Host::new("worker", (2, 4096), Nic::on(&lan, 20)?))?,
    ];
    Ok(Cluster {
        about: "A shop that waits.".into(),
        networks: vec![lan],
        nodes,
        allowances: vec![Allowance::new("etcd-quorum", "nothing is kept")],
        stacks: vec![certificates(), shop()?],
        ..Cluster::new("waiting", "1.35.4")
    })
}

/// Charts that nobody knows say themselves which kinds they bring.
fn certificates() -> Stack {
    let release = |name: &str, chart: &'static str, brings: &str| {
        let chart = Chart { repository: "http://charts.example", name: chart, version: "1.0.0", digest: None };
        Release { brings: vec![brings.into()], ..Release::new(name, "pki", chart, &json!({})) }
    };
    Stack {
        releases: vec![release("pki", "authority", "pki.example"), release("renewal", "renewal", "renewal.example")],
        ..Stack::new("certificates", [namespace("pki", PodSecurity::Restricted).into()])
    }
}

fn shop() -> Result<Stack, Error> {
    let app = App::new("shop", "shop");
    let custom = |api_version, kind, spec| Object::custom(api_version, kind, app.metadata(), [("spec", spec)]);
    let mut objects = vec![
        namespace("shop", PodSecurity::Restricted).into(),
        config_map(&app, "shop", [("GREETING", "hello")]).into(),
        custom("shop.example/v1", "Sale", json!({ "percent": 20 })),
        custom("pki.example/v1", "Certificate", json!({ "host": "shop.example" })),
        custom("renewal.example/v1", "Renewal", json!({ "days": 30 })),
    ];
    let unreadable = |problems: Vec<yaml::Problem>| Error::new(format!("{problems:?}"), "mend SALES in this file");
    objects.extend(yaml::objects(SALES).map_err(unreadable)?.into_iter().map(|read| read.object));
    Ok(Stack { objects, ..Stack::new("shop", []) })
}

/// A kind of the shop's own.
const SALES: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: sales.shop.example}
spec:
  group: shop.example
  scope: Namespaced
  names: {kind: Sale, plural: sales}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {percent: {type: integer}}}}
";
