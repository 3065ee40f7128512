//! What the stacks render, held still: `cargo insta review` shows what a change does to it.

use stackwright::{App, Cluster, SecretSpec, Stack, prelude, render};
use stackwright_stacks::clusters;
use stackwright_stacks::mysql;
use stackwright_stacks::wordpress::{self, Database};

#[test]
fn stacks_of_every_cluster() {
    for cluster in clusters().expect("every cluster can be described") {
        for stack in cluster.stacks.iter().filter(|stack| !stack.objects.is_empty()) {
            let objects = render::stream(&cluster, Some(&stack.name)).expect("every object can be written");
            assert_snapshot(&format!("{}/{}", cluster.name, stack.name), &objects);
        }
    }
}

#[test]
fn every_cluster_passes_the_checks() {
    for cluster in clusters().expect("every cluster can be described") {
        assert_eq!(stackwright::check(&cluster), [], "{}", cluster.name);
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
        storage_class: "local-path".into(),
        storage: "20Gi".into(),
        database: "shop_2".into(),
        user: "shop".into(),
        clients: vec![App::new("shop", "web"), App::new("report", "office")],
        dns: vec![prelude::cluster_dns()],
    });
    assert_snapshot("stacks/mysql-elsewhere", &described(stack));
}

/// Everything that a stack holds: its objects, and its secrets without material, which there is none of here.
fn described(stack: Stack) -> String {
    let mut cluster = clusters().expect("every cluster can be described").swap_remove(0);
    let secrets = format!("{:#?}\n", stack.secrets);
    cluster = Cluster { stacks: vec![stack], ..cluster };
    render::stream(&cluster, None).expect("every object can be written") + "---\n" + &secrets
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
