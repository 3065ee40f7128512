use k8s_openapi::api::apps::v1::{DaemonSetUpdateStrategy, StatefulSetUpdateStrategy};
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::{
    LocalObjectReference, Pod, ProjectedVolumeSource, SecretProjection, SecretVolumeSource, VolumeProjection,
};
use serde_json::json;

use super::{Rotation, Rotations};
use crate::prelude::*;

const CHART: Chart = Chart { repository: "https://charts.example.com", name: "shop", version: "1.2.3", digest: None };

fn login() -> SecretSpec {
    SecretSpec::login("shop", "login", "shop")
}

fn cluster(secrets: Vec<SecretSpec>, objects: Vec<Object>, releases: Vec<Release>) -> Cluster {
    let stack = Stack { name: "shop".into(), objects, secrets, releases, ..default() };
    Cluster { stacks: vec![stack], ..Cluster::new("lab", "1.35.4") }
}

/// What follows the rotation of the first of these secrets: a command or a note a line, then the summary.
fn follows(secrets: Vec<SecretSpec>, objects: Vec<Object>) -> String {
    text(&cluster(secrets, objects, Vec::new()))
}

fn text(cluster: &Cluster) -> String {
    let Rotation { steps, notes, summary, .. } = Rotations::of(cluster).rotation(&cluster.stacks[0].secrets[0]);
    let lines = steps.into_iter().map(|step| step.command).chain(notes).chain([format!("= {summary}")]);
    lines.map(|line| line.replace("kubectl --namespace ", "") + "\n").collect()
}

fn app() -> App {
    App::new("web", "shop")
}

fn by_env() -> PodSpec {
    pod(Container { env: Some(vec![env_var_from("PASSWORD", secret_key(&login(), "password"))]), ..default() })
}

fn pod(container: Container) -> PodSpec {
    PodSpec { containers: vec![container], ..default() }
}

fn mounting(volume: Volume) -> PodSpec {
    PodSpec { volumes: Some(vec![volume]), ..pod(default()) }
}

fn members(count: i32) -> StatefulSet {
    let mut set = stateful_set(&App::new("db", "shop"), &headless_service(&app(), &[]), by_env(), Vec::new());
    set.spec.replicas = Some(count);
    set
}

fn cron_job(pod: PodSpec) -> CronJob {
    let job = job(&app(), pod);
    CronJob {
        metadata: job.metadata,
        spec: CronJobSpec { job_template: JobTemplateSpec { spec: job.spec, ..default() }, ..default() },
        ..default()
    }
}

#[test]
fn pods_that_read_it_in_any_way_are_restarted() {
    let projection =
        VolumeProjection { secret: Some(SecretProjection { name: "login".into(), ..default() }), ..default() };
    let ways = [
        by_env(),
        pod(Container { env_from: Some(vec![all_secret_keys(&login())]), ..default() }),
        PodSpec { init_containers: Some(by_env().containers), ..pod(default()) },
        mounting(secret_volume(&login())),
        mounting(Volume {
            projected: Some(ProjectedVolumeSource { sources: Some(vec![projection]), ..default() }),
            ..default()
        }),
    ];
    for way in ways {
        assert_eq!(
            follows(vec![login()], vec![deployment(&app(), way).into()]),
            "shop rollout restart deployment/web\n\
             shop rollout status --timeout=10m deployment/web\n\
             = restart Deployment shop/web\n"
        );
    }
}

#[test]
fn one_that_reads_it_in_several_ways_is_restarted_once() {
    let reads_twice = PodSpec { init_containers: Some(by_env().containers), ..by_env() };
    let text = follows(vec![login()], vec![deployment(&app(), reads_twice).into()]);
    assert_eq!(text.matches("rollout restart").count(), 1, "{text}");
}

#[test]
fn namesakes_elsewhere_and_other_secrets_do_not_count() {
    let elsewhere = deployment(&App::new("web", "other"), by_env());
    let other = SecretVolumeSource { secret_name: Some("login-old".into()), ..default() };
    let other = deployment(&app(), mounting(Volume { secret: Some(other), ..default() }));
    assert_eq!(
        follows(vec![login()], vec![elsewhere.into(), other.into()]),
        "no pod, Ingress, Gateway or release reads it\n= nobody reads it\n"
    );
}

#[test]
fn the_server_comes_before_its_clients_in_every_namespace() {
    // The clients' namespaces come first by name, and so do the kind and the name of the one beside the server.
    let objects = || {
        let own = deployment(&App::new("admin", "shop"), by_env());
        let away = deployment(&App::new("api", "app"), by_env());
        vec![away.into(), own.into(), members(1).into()]
    };
    for secrets in [vec![login(), login().copy_in("app")], vec![login().copy_in("app"), login()]] {
        assert_eq!(
            follows(secrets, objects()),
            "shop rollout restart statefulset/db\n\
             shop rollout status --timeout=10m statefulset/db\n\
             shop rollout restart deployment/admin\n\
             shop rollout status --timeout=10m deployment/admin\n\
             app rollout restart deployment/api\n\
             app rollout status --timeout=10m deployment/api\n\
             = restart StatefulSet shop/db, then Deployment shop/admin, then Deployment app/api\n"
        );
    }
}

#[test]
fn what_shares_only_text_does_not_change() {
    let mut other = login().copy_in("app");
    other.keys[1].file = "app/login/password".into();
    let cluster = cluster(vec![login(), other], Vec::new(), Vec::new());
    let rotation = Rotations::of(&cluster).rotation(&cluster.stacks[0].secrets[0]);
    assert_eq!(rotation.secrets, [&login()]);
}

#[test]
fn members_that_start_in_order_are_restarted_from_the_first() {
    assert_eq!(
        follows(vec![login()], vec![members(2).into()]),
        "shop delete pod db-0\n\
         shop wait --for=create --timeout=10m pod/db-0\n\
         shop wait --for=condition=Ready --timeout=10m pod/db-0\n\
         shop delete pod db-1\n\
         shop wait --for=create --timeout=10m pod/db-1\n\
         shop wait --for=condition=Ready --timeout=10m pod/db-1\n\
         = restart StatefulSet shop/db\n"
    );
    let mut at_once = members(2);
    at_once.spec.pod_management_policy = Some("Parallel".into());
    assert!(follows(vec![login()], vec![at_once.into()]).starts_with("shop rollout restart statefulset/db\n"));
}

#[test]
fn what_kubectl_does_not_restart_is_deleted() {
    let mut set = members(1);
    set.spec.update_strategy = Some(StatefulSetUpdateStrategy { type_: Some("OnDelete".into()), ..default() });
    assert!(follows(vec![login()], vec![set.into()]).starts_with("shop delete pod db-0\n"));

    let mut agents = daemon_set(&app(), by_env());
    assert!(follows(vec![login()], vec![agents.clone().into()]).starts_with("shop rollout restart daemonset/web\n"));
    agents.spec.update_strategy = Some(DaemonSetUpdateStrategy { type_: Some("OnDelete".into()), ..default() });
    let pod = Pod { metadata: app().named("one"), spec: Some(by_env()), ..default() };
    assert_eq!(
        follows(vec![login()], vec![agents.into(), pod.into()]),
        "the pods of DaemonSet shop/web read it when they start: delete them, and see that they are made again\n\
         Pod shop/one reads it when it starts: delete it, and see that it is made again\n\
         = restart DaemonSet shop/web, then Pod shop/one\n"
    );
}

#[test]
fn nothing_is_restarted_for_those_that_read_it_later() {
    let mut pulling = deployment(&app(), pod(default()));
    let pod_spec = pulling.spec.template.spec.get_or_insert_default();
    pod_spec.image_pull_secrets = Some(vec![LocalObjectReference { name: "login".into() }]);
    let mut front = ingress(&app(), "public", "shop.test", backend(&service_for(&pulling), "http"));
    front.spec.get_or_insert_default().tls = Some(vec![ingress_tls(["shop.test"], &login())]);
    let objects = vec![pulling.into(), front.into(), cron_job(by_env()).into(), job(&app(), by_env()).into()];
    assert_eq!(
        follows(vec![login()], objects),
        "CronJob shop/web reads it at its next run\n\
         Job shop/web read it when it ran: if what it made depends on it, delete the Job and apply again\n\
         the controller of Ingress shop/web takes it by itself\n\
         Deployment shop/web uses it when its next image is pulled\n\
         = nothing to restart\n"
    );
}

#[test]
fn what_cannot_be_found_is_declared() {
    let secret = SecretSpec { after_rotation: vec![Step::new("tell the shop", "shop reload")], ..login() };
    // The copy has the step too, which is needed once.
    let secrets = vec![secret.copy_in("app"), secret];
    assert_eq!(
        follows(secrets, vec![deployment(&app(), by_env()).into(), job(&App::new("install", "shop"), by_env()).into()]),
        "shop rollout restart deployment/web\n\
         shop rollout status --timeout=10m deployment/web\n\
         shop reload\n\
         Job shop/install read it when it ran\n\
         = restart Deployment shop/web; tell the shop\n"
    );
}

#[test]
fn a_release_reads_what_its_values_name() {
    let release = || Release::new("shop", "shop", CHART, &json!({"admin": {"existingSecret": "login"}, "replicas": 2}));
    let named = cluster(vec![login()], Vec::new(), vec![release()]);
    assert_eq!(
        text(&named),
        "release shop/shop names it in its values: restart those of its pods that read it\n= restart release shop/shop\n"
    );
    let declared = SecretSpec { after_rotation: vec![Step::new("restart the shop", "shop reload")], ..login() };
    assert_eq!(text(&cluster(vec![declared], Vec::new(), vec![release()])), "shop reload\n= restart the shop\n");
    let elsewhere = Release { namespace: "other".into(), ..release() };
    assert!(text(&cluster(vec![login()], Vec::new(), vec![elsewhere])).ends_with("= nobody reads it\n"));
}

#[test]
fn a_custom_object_reads_what_its_secret_fields_name() {
    let metadata = || app().named("login");
    let custom = |spec| Object::custom("example.com/v1", "Mailer", metadata(), [("spec", spec)]);
    for spec in [
        json!({"tls": {"secretName": "login"}}),
        json!({"basicAuth": {"passwordSecret": {"name": "login", "key": "password"}}}),
        json!({"secrets": ["other", "login"]}),
    ] {
        assert_eq!(
            follows(vec![login()], vec![custom(spec)]),
            "Mailer shop/login names it: see that its controller takes the new one\n= nothing to restart\n"
        );
    }
    // A name that is the same, where no Secret is named.
    let other = custom(json!({"user": "login", "secretName": "other"}));
    assert!(follows(vec![login()], vec![other]).ends_with("= nobody reads it\n"));
}

#[test]
fn a_gateway_may_show_the_certificate_of_another_namespace() {
    let listener = json!({"hostname": "shop.test", "tls": {"certificateRefs": [{"name": "tls", "namespace": "shop"}]}});
    let edge = App::new("public", "edge").named("public");
    let spec = json!({"listeners": [listener]});
    let gateway = Object::custom("gateway.networking.k8s.io/v1", "Gateway", edge, [("spec", spec)]);
    let certificate = SecretSpec::self_signed("shop", "tls", vec!["shop.test".into()], 365);
    let cluster = cluster(vec![certificate], vec![gateway], Vec::new());
    assert!(text(&cluster).starts_with("the controller of Gateway edge/public takes it by itself\n"));
    assert_eq!(Rotations::of(&cluster).hosts(&cluster.stacks[0].secrets[0]), ["shop.test"]);
}

#[test]
fn a_host_that_has_the_same_files_is_named() {
    let lan = Network::new("lan", Subnet::new("10.0.0.0/24").unwrap());
    let host = Host::new("db", (1, 1024), Nic::on(&lan, 1).unwrap());
    let mut given = Artefact::new(&host, "database", File::script("machines/remote/db.sh", "true\n"));
    given.secrets = login().keys;
    let with = |secret| {
        let mut cluster = cluster(vec![secret], Vec::new(), Vec::new());
        cluster.stacks[0].artefacts = vec![given.clone()];
        text(&cluster)
    };
    assert!(
        with(login()).starts_with("host db has it too, from database: give it to the host again\n"),
        "{}",
        with(login())
    );
    // Whoever declared steps has told what to do there.
    assert_eq!(
        with(SecretSpec { after_rotation: vec![Step::new("tell the host", "db.sh")], ..login() }),
        "db.sh\n= tell the host\n"
    );
}

#[test]
fn a_new_certificate_is_to_be_trusted() {
    let certificate = SecretSpec::self_signed("shop", "tls", vec!["shop.test".into()], 365);
    let web = deployment(&app(), pod(default()));
    let mut front = ingress(&app(), "public", "shop.test", backend(&service_for(&web), "http"));
    front.spec.get_or_insert_default().tls = Some(vec![ingress_tls(["shop.test"], &certificate)]);
    assert_eq!(
        follows(vec![certificate], vec![front.into()]),
        "the controller of Ingress shop/web takes it by itself\n\
         it is self-signed: who trusted the old certificate must trust the new one\n\
         = nothing to restart\n"
    );
}
