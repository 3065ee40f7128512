//! The clusters that the cases are run with.

use stackwright::check::{Check, Group, Profile, Severity};
use stackwright::prelude::*;

/// A check of one's own.
pub const TEAM_LABEL: Check = Check {
    id: "team-label",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A Deployment does not say whose it is.",
    run: |index, findings| {
        for (item, deployment) in index.all::<Deployment>() {
            if deployment.metadata.labels.as_ref().is_none_or(|labels| !labels.contains_key("team")) {
                let message = format!("{} has no label team", item.label());
                findings.push(TEAM_LABEL.finding(message, "label it with the team's name").at(item, "metadata.labels"));
            }
        }
    },
};

/// The clusters of a name.
pub fn named(name: &str) -> Result<Vec<Cluster>, Error> {
    match name {
        "two" => Ok(vec![lab(web("nginx:1.29"))?, edge()?]),
        // The same program some commits later: an image, a script less, a Service less.
        "changed" => {
            let mut web = web("nginx:1.31");
            web.objects.retain(|object| object.kind() != "Service");
            web.files.clear();
            Ok(vec![lab(web)?, edge()?])
        }
        "lab-only" | "own-check" => Ok(vec![lab(web("nginx:1.29"))?]),
        "edge-only" => Ok(vec![edge()?]),
        "duplicate-object" => {
            let mut web = web("nginx:1.29");
            web.objects.push(config_map(&App::new("hello", "web"), "settings", [("COLOUR", "red")]).into());
            Ok(vec![lab(web)?])
        }
        "allowed" => {
            let mut web = web("nginx:1.29");
            let again: Object = config_map(&App::new("hello", "web"), "settings", [("COLOUR", "red")]).into();
            web.objects.push(again.allow("duplicate-object", "the last one wins"));
            let mut lab = twins(web)?;
            lab.allowances.extend([
                Allowance::new("host-identity-duplicate", "one of them is off"),
                Allowance::new("host-minimum", "there were fewer once"),
            ]);
            Ok(vec![lab])
        }
        "twins" => Ok(vec![twins(web("nginx:1.29"))?]),
        "bad-address" => Network::new("192.168.56.0/24")?.address("192.168.57.11").map(|_| Vec::new()),
        "file-for-folder" => {
            let mut web = web("nginx:1.29");
            web.files = vec![File::new("machines/up.sh/README", "now a folder\n")];
            Ok(vec![lab(web)?])
        }
        "namesakes" => Ok(vec![edge()?, edge()?]),
        _ => Ok(Vec::new()),
    }
}

fn lab(web: Stack) -> Result<Cluster, Error> {
    let network = Network::new("192.168.56.0/24")?;
    Ok(Cluster {
        about: "A cluster to try things on.".into(),
        machines: vec![
            Machine::new("control", Role::ControlPlane, (2, 2048), network.host(11)?),
            Machine::new("node1", Role::Worker, (2, 2048), network.host(21)?),
        ],
        hosts: vec![("hello.test".into(), network.host(200)?)],
        allowances: vec![Allowance::new("etcd-quorum", "it is here to try things, and made anew when it breaks")],
        stacks: vec![web],
        ..Cluster::new("lab", "1.35.4", network)
    })
}

/// Two of its machines have one address.
fn twins(web: Stack) -> Result<Cluster, Error> {
    let mut lab = lab(web)?;
    let address = lab.machines[1].address;
    lab.machines.push(Machine::new("node2", Role::Worker, (2, 2048), address));
    Ok(lab)
}

fn edge() -> Result<Cluster, Error> {
    let monitoring = Stack::new("monitoring", [namespace("monitoring", PodSecurity::Baseline).into()]);
    Ok(Cluster { name: "edge".into(), hosts: Vec::new(), ..lab(monitoring)? })
}

fn web(image: &str) -> Stack {
    const HTTP: &str = "http";
    let app = App::new("hello", "web");
    let settings = config_map(&app, "settings", [("COLOUR", "green")]);
    let hello = deployment(
        &app,
        PodSpec {
            containers: vec![Container {
                name: "hello".into(),
                image: Some(image.into()),
                ports: Some(vec![port(HTTP, 8080)]),
                env_from: Some(vec![all_keys(&settings)]),
                ..default()
            }],
            ..default()
        },
    );
    let service = service_for(&hello);
    Stack {
        files: vec![File::script("machines/up.sh", "#!/bin/sh\nvagrant up\n")],
        secrets: vec![SecretSpec::login("web", "admin", "admin")],
        ..Stack::new(
            "web",
            [namespace("web", PodSecurity::Baseline).into(), settings.into(), hello.into(), service.into()],
        )
    }
}
