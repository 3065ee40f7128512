//! database: adopted from database.yaml.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};
use k8s_openapi::api::networking::v1::{NetworkPolicyIngressRule, NetworkPolicySpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use stackwright::prelude::*;
use stackwright::yaml;

const NAMESPACE: &str = "data";
const MYSQL: &str = "mysql";

/// The objects of database.
///
/// # Errors
/// When a file of YAML beside it can't be read any more.
pub fn stack() -> Result<Stack, Error> {
    let mysql_app = App { labels: BTreeMap::from([("app".into(), "mysql".into())]), ..App::new("mysql", NAMESPACE) };
    let backup_app = App { labels: BTreeMap::from([("app".into(), "backup".into())]), ..App::new("backup", NAMESPACE) };
    // Labels that are not those of an App: what differs is set.
    let mysql_service = Service {
        metadata: mysql_app.metadata(),
        spec: Some(ServiceSpec {
            cluster_ip: Some("None".into()),
            ports: Some(vec![ServicePort { name: Some(MYSQL.into()), port: 3306, ..default() }]),
            selector: Some(mysql_app.labels.clone()),
            ..default()
        }),
        ..default()
    };
    let data = claim_template("data", Access::OneNode, "10Gi");
    let mut mysql = stateful_set(
        &mysql_app,
        &mysql_service,
        PodSpec {
            containers: vec![Container {
                args: Some(vec!["--character-set-server=utf8mb4".into(), r#"--sql-mode="""#.into()]),
                image: Some("mysql:8.4".into()),
                liveness_probe: Some(Probe { timeout_seconds: Some(5), ..exec_probe(["mysqladmin", "ping"]) }),
                name: "mysql".into(),
                ports: Some(vec![container_port(MYSQL, 3306)]),
                volume_mounts: Some(vec![mount_claim(&data, "/var/lib/mysql")]),
                ..default()
            }],
            ..default()
        },
        vec![data],
    );
    mysql.spec.replicas = Some(1);
    mysql.spec.selector.match_labels = Some(mysql_app.labels.clone());
    let mut backup = cron_job(
        &backup_app,
        "0 3 * * *",
        PodSpec {
            containers: vec![Container {
                command: Some(vec!["sh".into(), "-c".into(), include_str!("database/backup-command.txt").into()]),
                image: Some("mysql:8.4".into()),
                name: "backup".into(),
                ..default()
            }],
            restart_policy: Some("OnFailure".into()),
            ..default()
        },
    );
    backup.spec.concurrency_policy = Some("Forbid".into());
    let mysql_network_policy = NetworkPolicy {
        metadata: ObjectMeta { name: Some("mysql".into()), namespace: Some(NAMESPACE.into()), ..default() },
        spec: Some(NetworkPolicySpec {
            ingress: Some(vec![NetworkPolicyIngressRule {
                ports: Some(vec![tcp_named(MYSQL), tcp(33060)]),
                ..default()
            }]),
            pod_selector: Some(mysql.spec.selector.clone()),
            policy_types: Some(vec!["Ingress".into()]),
            ..default()
        }),
    };
    let mut objects = vec![mysql_service.into(), mysql.into(), backup.into(), mysql_network_policy.into()];
    objects.extend(written()?);
    Ok(Stack { objects, ..Stack::new("database", []) })
}

/// What stays as it was written: nobody would write it as code.
fn written() -> Result<Vec<Object>, Error> {
    let files = [(
        "database/customresourcedefinition-dumps.data.example.yaml",
        include_str!("database/customresourcedefinition-dumps.data.example.yaml"),
    )];
    let mut objects = Vec::new();
    for (file, text) in files {
        let broken = |problems: Vec<yaml::Problem>| {
            let lines: Vec<_> = problems.iter().map(|problem| format!("{file}:{problem}")).collect();
            Error::new(lines.join("\n"), "mend it: the API server refuses it too")
        };
        objects.extend(yaml::objects(text).map_err(broken)?.into_iter().map(|read| read.object));
    }
    Ok(objects)
}
