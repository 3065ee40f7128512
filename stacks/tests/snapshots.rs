//! What holds for the clusters, and what their stacks render with other configurations: `cargo insta review` shows what a change does to that.
//! What they render with their own is in `rendered/`, which `stackwright verify` holds still.

use std::fmt::Write as _;
use std::panic::catch_unwind;

use camino::Utf8PathBuf;
use stackwright::check::{Index, Input};
use stackwright::{App, Cluster, Object, Rotations, SecretSpec, Stack, prelude, render, shifts, yaml};
use stackwright_stacks::clusters;
use stackwright_stacks::mysql;
use stackwright_stacks::wordpress::{self, Database};

/// The commands that `secrets rotate` prints for each secret, and what it says beside them.
#[test]
fn rotations_of_every_cluster() {
    let mut texts = Vec::new();
    for cluster in clusters().expect("every cluster can be described") {
        let rotations = Rotations::of(&cluster);
        let mut secrets: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.secrets).collect();
        secrets.sort_by_key(|secret| (&secret.namespace, &secret.name));
        let mut text = String::new();
        for secret in secrets {
            let rotation = rotations.rotation(secret);
            let steps = rotation.steps.into_iter().map(|step| step.command);
            let lines: Vec<_> = steps.chain(rotation.notes.iter().map(|note| format!("# {note}"))).collect();
            _ = writeln!(text, "# --- {}/{}\n{}\n", secret.namespace, secret.name, lines.join("\n"));
        }
        texts.push((format!("{}/rotations", cluster.name), text.trim_end().to_owned()));
    }
    assert_snapshots(&texts);
}

#[test]
fn a_new_database_password_reaches_the_server_and_then_those_who_log_in() {
    let lab = clusters().expect("every cluster can be described").swap_remove(0);
    let login = lab.stacks.iter().flat_map(|stack| &stack.secrets).find(|secret| secret.name == "mysql-application");
    let rotation = Rotations::of(&lab).rotation(login.expect("the lab has a database"));
    let at = |command: &str| rotation.steps.iter().position(|step| step.command == command);
    let primary = at("kubectl --namespace database delete pod mysql-0");
    let replica = at("kubectl --namespace database delete pod mysql-1");
    let web = at("kubectl --namespace wordpress rollout restart deployment/wordpress");
    assert!(primary.is_some() && primary < replica && replica < web, "{rotation:#?}");
}

/// For the whole cluster, too: what reads the files knows what the code says.
#[test]
fn what_is_rendered_shifts_nothing() {
    for cluster in clusters().expect("every cluster can be described") {
        let text = render::stream(&cluster, None).expect("a stream");
        let read = yaml::objects(&text).expect("objects");
        let of_code = Index::of(&cluster);
        let of_files = Index::new(Input { objects: read.iter().map(Into::into).collect(), ..Input::of(&cluster) });
        for (one, other) in [(&of_code, &of_files), (&of_files, &of_code)] {
            let shifts = shifts(one, other);
            assert!(shifts.is_empty(), "{}: {shifts:#?}", cluster.name);
        }
    }
}

/// A path in a step is that of a file which is there, or which the steps before it leave there.
#[test]
fn steps_name_files_that_are_there() {
    for cluster in clusters().expect("every cluster can be described") {
        let tree = render::render(&cluster).expect("a tree");
        let readme = &tree[&Utf8PathBuf::from(&cluster.name).join("README.md")].text;
        let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("steps");
        let commands = block.lines().filter(|line| !line.starts_with('#'));
        // What is run, and what it is told. A computer's own files are not ours.
        let words = commands.flat_map(|line| line.split_whitespace().enumerate().map(|(at, word)| (at == 0, word)));
        let words = words.map(|(is_run, word)| (is_run, word.rsplit("$PWD/").next().unwrap_or(word)));
        let is_ours = |word: &str| word.contains('/') && !word.starts_with(['/', '~']) && !word.starts_with("<~");
        let paths: Vec<_> = words.filter(|(_, word)| is_ours(word)).collect();
        assert!(paths.len() > 1, "{readme}");
        for (is_run, path) in paths {
            let file = Utf8PathBuf::from(&cluster.name).join(path);
            let made = file.with_file_name(".gitignore");
            let is_made = || {
                tree.get(&made).is_some_and(|ignored| {
                    ignored.text.lines().any(|line| line == format!("/{}", file.file_name().unwrap()))
                })
            };
            assert!(
                tree.get(&file).is_some_and(|file| file.executable || !is_run) || is_made(),
                "{path} of {}",
                cluster.name
            );
        }
    }
}

/// A table says how many machines there are; a sentence is forgotten when there is one more.
#[test]
fn no_sentence_counts_machines() {
    const NUMBERS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const COUNTED: [&str; 5] = ["machines", "nodes", "workers", "virtualbox", "vms"];
    for cluster in clusters().expect("every cluster can be described") {
        let about = cluster.about.to_lowercase();
        let words: Vec<_> =
            about.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let counts = |pair: &&[&str]| {
            let is_number = NUMBERS.contains(&pair[0]) || pair[0].parse::<u32>().is_ok();
            is_number && COUNTED.contains(&pair[1])
        };
        assert_eq!(words.windows(2).find(counts), None, "{}", cluster.name);
    }
}

#[test]
fn every_cluster_passes_the_checks() {
    for cluster in clusters().expect("every cluster can be described") {
        assert_eq!(stackwright::check(&cluster), [], "{}", cluster.name);
    }
}

#[test]
fn every_namespace_is_closed() {
    for cluster in clusters().expect("every cluster can be described") {
        let objects = || cluster.stacks.iter().flat_map(|stack| &stack.objects);
        let namespaces = objects().filter(|object| object.kind() == "Namespace").map(Object::name);
        let policies = objects().filter_map(|object| object.get::<prelude::NetworkPolicy>());
        let namespace = |policy: &prelude::NetworkPolicy| policy.metadata.namespace.clone().unwrap_or_default();
        let denies = policies.filter(|policy| **policy == prelude::default_deny(&namespace(policy)));
        let closed: Vec<_> = denies.map(namespace).collect();
        let open: Vec<_> = namespaces.filter(|namespace| !closed.iter().any(|closed| closed == namespace)).collect();
        assert_eq!(open, [""; 0], "{}", cluster.name);
    }
}

#[test]
fn an_edge_without_its_policy_is_found() {
    for policy in [
        "wordpress-to-mysql",
        "mysql-from-wordpress",
        "wordpress-task-to-mysql",
        "mysql-from-wordpress-task",
        "wordpress-dns",
        "wordpress-from-traefik",
    ] {
        let mut cluster = clusters().expect("every cluster can be described").swap_remove(0);
        for stack in &mut cluster.stacks {
            stack.objects.retain(|object| object.kind() != "NetworkPolicy" || object.name() != policy);
        }
        let findings = stackwright::check(&cluster);
        assert!(findings.iter().any(|finding| finding.id == "netpol-blocks-edge"), "{policy}: {findings:?}");
    }
}

#[test]
fn mysql_without_members_or_clients_is_refused() {
    let config = mysql::Config {
        namespace: "data".into(),
        image: "mysql:9.7.2".into(),
        replicas: 1,
        connections: 1,
        storage_class: "local-path".into(),
        storage: "1Gi".into(),
        database: "shop".into(),
        user: "shop".into(),
        clients: vec![],
        dns: vec![],
        domain: "cluster.local".into(),
    };
    assert!(mysql::stack(&config).is_ok());
    for replicas in [0, -1] {
        assert!(mysql::stack(&mysql::Config { replicas, ..config.clone() }).is_err());
    }
    for connections in [0, 100_001] {
        assert!(mysql::stack(&mysql::Config { connections, ..config.clone() }).is_err());
    }
}

#[test]
fn wordpress_elsewhere() {
    let stack = wordpress::stack(&wordpress::Config {
        namespace: "blog".into(),
        host: "blog.example".into(),
        title: "It's \"mine\": $(reboot) `x` #{y}".into(),
        admin_email: "me@blog.example".into(),
        image: "registry.example/wordpress:7".into(),
        ingress_class: "internal".into(),
        replicas: 3..=9,
        cpu_percent: 55,
        storage_class: "cephfs".into(),
        storage: "20Gi".into(),
        upload: 200,
        certificate_days: 30,
        controller: App::new("ingress-nginx", "ingress"),
        dns: vec![prelude::cluster_dns()],
        internet: vec![prelude::anyone()],
        database: Database {
            host: "db.example:3307".into(),
            name: "blog".into(),
            connections: 60,
            login: SecretSpec::login("storage", "blog-database", "blog"),
        },
    });
    assert_snapshot("stacks/wordpress-elsewhere", &described(stack.expect("workers enough")));
}

#[test]
fn mysql_elsewhere() {
    let stack = mysql::stack(&mysql::Config {
        namespace: "shop-data".into(),
        image: "registry.example/mysql:8.4.11".into(),
        replicas: 3,
        connections: 250,
        storage_class: "local-path".into(),
        storage: "20Gi".into(),
        database: "shop_2".into(),
        user: "shop".into(),
        clients: vec![App::new("shop", "web"), App::new("report", "office")],
        dns: vec![prelude::cluster_dns()],
        domain: "k8s.example".into(),
    })
    .expect("a MySQL of three members");
    assert_snapshot("stacks/mysql-elsewhere", &described(stack));
}

/// Everything that a stack holds: its objects, and its secrets without material, which there is none of here.
fn described(stack: Stack) -> String {
    let mut cluster = clusters().expect("every cluster can be described").swap_remove(0);
    let secrets = format!("{:#?}\n", stack.secrets);
    cluster = Cluster { stacks: vec![stack], ..cluster };
    render::stream(&cluster, None).expect("every object can be written") + "---\n" + &secrets
}

/// Snapshots of these names and texts. It fails when all were looked at: what a change does is seen whole.
fn assert_snapshots(texts: &[(String, String)]) {
    let is_changed = |(name, text): &&(String, String)| catch_unwind(|| assert_snapshot(name, text)).is_err();
    let changed: Vec<_> = texts.iter().filter(is_changed).map(|(name, _)| name).collect();
    assert!(changed.is_empty(), "changed: {changed:?}");
}

/// A snapshot in the repository's `snapshots/`, with nothing in it but the text.
fn assert_snapshot(name: &str, text: &str) {
    let (folder, name) = name.rsplit_once('/').expect("a name in a folder");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{}/../snapshots/{folder}", env!("CARGO_MANIFEST_DIR")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
