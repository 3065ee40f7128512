//! Clusters with a proxy in front: on the first worker of the lab, for Traefik's node port on the second.

use k8s_openapi::api::networking::v1::{Ingress, IngressRule, IngressSpec};
use serde_json::{Value, json};
use stackwright::prelude::*;

use super::ways_in::{behind_firewalls, from, way};
use super::{lab, subnet};

/// The cluster of a name.
pub fn cluster(name: &str) -> Option<Cluster> {
    Some(match name {
        "proxied" => proxied(&["shop.example.com", "www.example.com"], &[]),
        "proxied-shut" => proxied_shut(),
        "proxied-for-some" => {
            let some = Source::Subnets(vec![subnet("203.0.113.0/25"), subnet("203.0.113.128/25")]);
            proxied_for_some(&[some])
        }
        "proxied-for-some-open" => proxied_for_some(&[Source::Subnets(vec![subnet("203.0.0.0/16")]), Source::Anyone]),
        "proxied-for-some-unguarded" => proxied_for_some_unguarded(false),
        "proxied-for-some-by-a-router" => proxied_for_some_unguarded(true),
        "proxied-for-some-by-itself" => proxied_for_some_by_itself(),
        "proxied-unbelieved" => believing(&json!({"trustedIPs": ["192.168.57.0/24"]}), "Cluster"),
        "proxied-believed" => believing(&json!({"trustedIPs": ["10.233.0.0/16"]}), "Cluster"),
        "proxied-believed-all" => believing(&json!({"insecure": true}), "Cluster"),
        "proxied-locally-unbelieved" => believing(&json!({"trustedIPs": ["192.168.56.22"]}), "Local"),
        "proxied-locally-believed" => believing(&json!({"trustedIPs": ["192.168.56.21"]}), "Local"),
        // A router that leads visitors past the proxy: the nodes' word is believed, everyone's, and the proxy's alone.
        "routed-past-a-proxy" => routed(proxied(&["shop.example.com"], &["shop.example.com"])),
        "routed-past-a-proxy-insecure" => routed(believing(&json!({"insecure": true}), "Local")),
        "routed-past-a-proxy-locally" => routed(believing(&json!({"trustedIPs": ["192.168.56.21"]}), "Local")),
        "proxied-beside-another" => proxied_beside_another(),
        _ => return None,
    })
}

/// The lab with a proxy on its first worker, which sends on what visitors ask of these names, to Traefik's node port. Ingresses have rules for
/// these hosts.
pub fn proxied(names: &[&str], hosts: &[&str]) -> Cluster {
    let rule = |host: &&str| IngressRule { host: Some((*host).into()), ..default() };
    let spec = IngressSpec {
        ingress_class_name: Some("traefik".into()),
        rules: Some(hosts.iter().map(rule).collect()),
        ..default()
    };
    let ingress = Ingress { metadata: App::new("shop", "default").metadata(), spec: Some(spec), ..default() };
    let objects = if hosts.is_empty() { vec![] } else { vec![ingress.into()] };
    let web = json!({"nodePort": 30080, "forwardedHeaders": {"trustedIPs": ["192.168.56.0/24"]}});
    let values = json!({"ports": {"web": web}, "service": {"spec": {"type": "NodePort"}}});
    let traefik = Release::new("traefik", "default", stackwright::charts::traefik::CHART, &values);
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Cluster {
        ways_in: vec![WayIn { names, ..way("node1", 8443, "192.168.56.22:30080") }],
        stacks: vec![Stack { releases: vec![traefik], objects, ..Stack::new("shop", []) }],
        ..lab()
    }
}

/// The lab with a proxy of which its own host's firewall knows nothing, and one to which a router leads, too.
fn proxied_shut() -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    let second = WayIn { names: vec!["www.example.com".into()], ..way("node2", 8443, "192.168.56.21:30080") };
    lab.ways_in.extend([second, way("router", 443, "192.168.56.22:8443")]);
    lab.nodes[2].host.listeners = vec![Listener::tcp("nginx", 8443)];
    behind_firewalls(lab, &[Opening::tcp("traefik", &[30080], Source::Anyone)])
}

/// The lab with a proxy for some, whose host's firewall lets these in at its port.
fn proxied_for_some(openings: &[Source]) -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    lab.ways_in[0].from = from("203.0.113.0/24");
    let openings = openings.iter().map(|source| Opening::tcp("nginx", &[8443], source.clone()));
    let openings: Vec<_> = openings.chain([Opening::tcp("traefik", &[30080], Source::Anyone)]).collect();
    behind_firewalls(lab, &openings)
}

/// The same without a firewall, behind a router or not.
fn proxied_for_some_unguarded(is_routed: bool) -> Cluster {
    let mut lab = proxied_for_some(&[]);
    lab.stacks.pop();
    if is_routed {
        lab.nodes[1].host.listeners = vec![Listener::tcp("nginx", 8443)];
        lab.ways_in.push(WayIn { from: from("203.0.113.0/25"), ..way("router", 443, "192.168.56.21:8443") });
    }
    lab
}

/// The same with an artefact that makes the forward, and looks at who comes.
fn proxied_for_some_by_itself() -> Cluster {
    let mut lab = proxied_for_some_unguarded(false);
    let script = File::script("machines/remote/forwards.sh", "true\n");
    let forwards = Artefact { ways_in: lab.ways_in.clone(), ..Artefact::new(&lab.nodes[1].host, "forwards", script) };
    lab.stacks[0].artefacts.push(forwards);
    lab
}

/// The lab with a proxy before a Traefik that believes these headers, and whose Service has this externalTrafficPolicy.
fn believing(headers: &Value, policy: &str) -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &["shop.example.com"]);
    let web = json!({"nodePort": 30080, "forwardedHeaders": headers});
    let service = json!({"spec": {"type": "NodePort", "externalTrafficPolicy": policy}});
    lab.stacks[0].releases[0].values = json!({"ports": {"web": web}, "service": service});
    lab.pods = vec![subnet("10.233.64.0/18")];
    lab
}

/// The same with a router that leads to the node port of the second worker, too.
fn routed(mut lab: Cluster) -> Cluster {
    lab.ways_in.push(way("router", 80, "192.168.56.22:30080"));
    lab
}

/// The lab with a second Ingress controller, to which no proxy leads.
fn proxied_beside_another() -> Cluster {
    let mut lab = proxied(&["shop.example.com"], &[]);
    let chart = Chart { repository: "https://charts.example", name: "ingress-nginx", version: "4.13.0", digest: None };
    lab.stacks[0].releases.push(Release::new(
        "nginx",
        "default",
        chart,
        &json!({"controller": {"service": {"type": "ClusterIP"}}}),
    ));
    lab
}
