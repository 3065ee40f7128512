//! Clusters that Flux or Argo CD applies.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use stackwright::prelude::*;
use stackwright::yaml;

use super::clusters::web;

/// The clusters of a name; none of any other.
pub fn named(name: &str) -> Vec<Cluster> {
    let delivery = match name {
        "flux" => Delivery::Flux(Flux::new(repository())),
        "flux-opens" | "flux-later" | "flux-wider" => Delivery::Flux(Flux {
            credentials: Some("lab-git".into()),
            decryption: Some("sops-age".into()),
            ..Flux::new(repository())
        }),
        "argo-cd" => Delivery::ArgoCd(repository()),
        _ => return Vec::new(),
    };
    let mut lab = delivered(delivery);
    if name == "flux-later" {
        // The commit after that of `flux-opens`, which e2e/flux/prove makes.
        lab.stacks[0] = web("nginx:1.30");
        lab.stacks[1].objects.retain(|object| object.kind() != "Page");
    }
    if name == "flux-wider" {
        lab.stacks[0] = web("nginx");
    }
    vec![lab]
}

fn repository() -> Repository {
    Repository::new("https://git.example/lab.git", "rendered")
}

/// A cluster with all that has steps of its own: a secret, releases of a repository and of a registry, what waits for one, and what waits for the
/// definition of its kind.
fn delivered(delivery: Delivery) -> Cluster {
    const WATCH: Chart = Chart { repository: "https://charts.example", name: "watch", version: "1.0.0", digest: None };
    const CACHE: Chart =
        Chart { repository: "", name: "oci://registry.example/charts/cache", version: "2.1.0", digest: None };
    let content = || serde_json::json!({ "of": "hello" });
    let object = |api_version, kind, name: &str| {
        let metadata = ObjectMeta { name: Some(name.into()), namespace: Some("web".into()), ..default() };
        Object::custom(api_version, kind, metadata, [("spec", content())])
    };
    let definition = yaml::objects(include_str!("definition.yaml")).expect("it is one").remove(0).object;
    let watch = Release {
        brings: vec!["watch.example.org".into()],
        ..Release::new("watch", "web", WATCH, &serde_json::json!({ "replicas": 2 }))
    };
    let cache = Release::new("cache", "web", CACHE, &serde_json::json!({}));
    let more = Stack {
        releases: vec![watch, cache],
        ..Stack::new(
            "more",
            [definition, object("example.org/v1", "Page", "hello"), object("watch.example.org/v1", "Watch", "hello")],
        )
    };
    Cluster { delivery, stacks: vec![web("nginx:1.29"), more], ..Cluster::existing("lab", "1.36.2") }
}
