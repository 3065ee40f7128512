//! The clusters that the cases are run with.

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobTemplateSpec};
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
        "unknown-release" => Ok(vec![Cluster { kubernetes: "1.99.0".into(), ..lab(web("nginx:1.29"))? }]),
        "existing" => {
            let eks = || Cluster { stacks: vec![web("nginx:1.29")], ..Cluster::existing("eks", "1.36") };
            Ok(vec![eks(), Cluster { name: "gke".into(), ..eks() }])
        }
        "shared-secret" => Ok(vec![shop()?]),
        "given-secret" => {
            let key = Material::Given("the key of the mail service, from its page of accounts".into());
            Ok(vec![lab(Stack { secrets: vec![SecretSpec::new("web", "mail", [("key", key)])], ..web("nginx:1.29") })?])
        }
        "inflated" => {
            const CHART: Chart =
                Chart { repository: "https://charts.example", name: "web", version: "1.0.0", digest: None };
            let values = std::collections::BTreeMap::from([("replicas", 2)]);
            Ok(vec![lab(web("nginx:1.29").inflated(Release::new("web", "web", CHART, &values), "")?)?])
        }
        "blue" => Ok(vec![lab(coloured("blue", false))?]),
        "green-rolls" => Ok(vec![lab(coloured("green", true))?]),
        "blue-rolls" => Ok(vec![lab(coloured("blue", true))?]),
        "old-host" => Ok(vec![lab(site("old.test"))?]),
        "new-host" => Ok(vec![lab(site("new.test"))?]),
        "open-port" => {
            let mut web = web("nginx:1.29");
            for object in web.objects.iter_mut().filter(|object| object.kind() == "Service") {
                let mut service = object.get::<Service>().expect("it is a Service").clone();
                service.spec.iter_mut().for_each(|spec| spec.type_ = Some("NodePort".into()));
                *object = service.into();
            }
            Ok(vec![lab(web)?])
        }
        "twins" => Ok(vec![twins(web("nginx:1.29"))?]),
        "bad-address" => Subnet::new("192.168.56.0/24")?.address("192.168.57.11").map(|_| Vec::new()),
        "file-for-folder" => {
            let mut web = web("nginx:1.29");
            web.files = vec![File::new("machines/up.sh/README", "now a folder\n")];
            Ok(vec![lab(web)?])
        }
        "strangers" => Ok(vec![stranger("home", "admin")?, stranger("work", "auditor")?]),
        "namesakes" => Ok(vec![edge()?, edge()?]),
        _ => Ok(super::delivered::named(name)),
    }
}

fn lab(web: Stack) -> Result<Cluster, Error> {
    let subnet = Subnet::new("192.168.56.0/24")?;
    let lan = Network::new("lan", subnet);
    Ok(Cluster {
        about: "A cluster to try things on.".into(),
        nodes: vec![
            Node::control_plane(Host::new("control", (2, 2048), Nic::on(&lan, 11)?))?,
            Node::worker(Host::new("node1", (2, 2048), Nic::on(&lan, 21)?))?,
        ],
        names: vec![("hello.test".into(), subnet.host(200)?)],
        allowances: vec![Allowance::new("etcd-quorum", "it is here to try things, and made anew when it breaks")],
        stacks: vec![web],
        networks: vec![lan],
        ..Cluster::new("lab", "1.35.4")
    })
}

/// Two of its nodes have one address.
fn twins(web: Stack) -> Result<Cluster, Error> {
    let mut lab = lab(web)?;
    let mut twin = lab.nodes[1].clone();
    twin.host.name = "node2".into();
    lab.nodes.push(twin);
    Ok(lab)
}

fn edge() -> Result<Cluster, Error> {
    let monitoring = Stack::new("monitoring", [namespace("monitoring", PodSecurity::Baseline).into()]);
    Ok(Cluster { name: "edge".into(), names: Vec::new(), ..lab(monitoring)? })
}

/// A cluster of which someone may have another: both have a Secret `web/admin`, and each one that the other lacks. Its installer leaves a
/// kubeconfig, and joins hosts by a token.
fn stranger(name: &str, own: &str) -> Result<Cluster, Error> {
    let mut web = web("nginx:1.29");
    web.secrets.push(SecretSpec::login("web", &format!("{name}-{own}"), own));
    let cluster = lab(web)?;
    let token = Key { name: "token".into(), file: "installer/token".into(), material: Material::Password };
    let joins = |node: &Node| Artefact {
        secrets: vec![token.clone()],
        ..Artefact::new(&node.host, "joining", File::script("machines/join.sh", "#!/bin/sh\n"))
    };
    let installer = Stack {
        kubeconfig: Some("machines/kubeconfig".into()),
        artefacts: cluster.nodes.iter().map(joins).collect(),
        ..Stack::new("installer", [])
    };
    let stacks = cluster.stacks.into_iter().chain([installer]).collect();
    Ok(Cluster { name: name.into(), names: Vec::new(), stacks, ..cluster })
}

/// A database of two members in a namespace of its own, a shop elsewhere that logs in with a copy of the password, its backup by the
/// clock, and an administrator whom the shop keeps itself.
fn shop() -> Result<Cluster, Error> {
    let login = SecretSpec::login("database", "db-login", "shop");
    let copy = login.copy_in("shop");
    let admin = SecretSpec {
        after_rotation: vec![Step::new(
            "set the administrator's password in the shop",
            "kubectl --namespace shop exec deployment/shop -- set-password",
        )],
        ..SecretSpec::login("shop", "admin", "admin")
    };
    let reading = |secret: &SecretSpec| PodSpec {
        containers: vec![Container {
            name: "main".into(),
            image: Some("shop:1.0".into()),
            env: Some(vec![env_var_from("PASSWORD", secret_key(secret, "password"))]),
            ..default()
        }],
        ..default()
    };
    let (db, app) = (App::new("db", "database"), App::new("shop", "shop"));
    let members = headless_service(&db, &[container_port("sql", 3306)]);
    let mut set = stateful_set(&db, &members, reading(&login), Vec::new());
    set.spec.replicas = Some(2);
    let backup = job(&App::new("backup", "shop"), reading(&copy));
    let backup = CronJob {
        metadata: backup.metadata,
        spec: CronJobSpec {
            schedule: "0 3 * * *".into(),
            job_template: JobTemplateSpec { spec: backup.spec, ..default() },
            ..default()
        },
        ..default()
    };
    let database = Stack { secrets: vec![login], ..Stack::new("database", [members.into(), set.into()]) };
    let unread = SecretSpec::login("shop", "left-over", "nobody");
    let shop = Stack {
        secrets: vec![copy, admin, unread],
        ..Stack::new("shop", [deployment(&app, reading(&database.secrets[0].copy_in("shop"))).into(), backup.into()])
    };
    Ok(Cluster { stacks: vec![shop, database], ..lab(Stack::new("none", []))? })
}

/// The web with settings of its own; its pods roll with them, or don't.
fn coloured(colour: &str, rolls: bool) -> Stack {
    let mut web = web("nginx:1.29");
    let settings = config_map(&App::new("hello", "web"), "settings", [("COLOUR", colour)]);
    let mut hello = web.objects[2].get::<Deployment>().expect("it is the Deployment").clone();
    if rolls {
        rolls_with(&mut hello, [&settings]);
    }
    web.objects[1] = settings.into();
    web.objects[2] = hello.into();
    web
}

/// The web at a host of this name, with a certificate for it.
fn site(host: &str) -> Stack {
    let mut web = web("nginx:1.29");
    let certificate = SecretSpec::self_signed("web", "tls", vec![host.to_owned()], 365);
    web.secrets = vec![certificate];
    web
}

pub fn web(image: &str) -> Stack {
    const HTTP: &str = "http";
    let app = App::new("hello", "web");
    let settings = config_map(&app, "settings", [("COLOUR", "green")]);
    let hello = deployment(
        &app,
        PodSpec {
            containers: vec![Container {
                name: "hello".into(),
                image: Some(image.into()),
                ports: Some(vec![container_port(HTTP, 80)]),
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
