//! Two Deployments to look at: one whose pods show how they end, one whose pods run and are not available.

use k8s_openapi::api::core::v1::{ExecAction, Lifecycle, LifecycleHandler, SecurityContext};
use stackwright::prelude::*;

/// The port that the pods answer at.
const HTTP: &str = "http";
/// A user without a name will do.
const USER: i64 = 65532;
/// Where the pods keep what they show. It ends with them.
const WWW: &str = "/www";
/// How long a pod's `preStop` takes, in seconds.
const PARTING: u32 = 15;
/// How long its program takes after the signal, in seconds.
const ENDING: u32 = 5;
/// After how many seconds a Deployment that gets no further says so.
const DEADLINE: i32 = 60;
/// For how many seconds a pod has to be ready before it counts as available.
const SETTLED: i32 = 10;
/// The annotation that Kubernetes has for texts that people read.
const DESCRIPTION: &str = "kubernetes.io/description";

/// How the two are run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The namespace, which is made for them.
    pub namespace: String,
    /// An image with a shell and `httpd`: `BusyBox`.
    pub image: String,
}

/// The Deployments `termination` and `unavailable`, with a Service each. Each says in its annotation what to look at.
pub fn stack(config: &Config) -> Stack {
    let Config { namespace: name, .. } = config;
    let (termination, unavailable) = (termination(config), unavailable(config));
    let services = [service_for(&termination), service_for(&unavailable)];
    let mut objects: Vec<Object> = vec![namespace(name, PodSecurity::Restricted).into(), default_deny(name).into()];
    objects.extend(services.map(Object::from));
    objects.extend([termination, unavailable].map(Object::from));
    Stack { objects, ..Stack::new("lifecycle", []) }
}

/// A pod that is deleted is no endpoint any more while `preStop` still runs; then comes the signal, and long before the grace period is over
/// its program has ended.
fn termination(config: &Config) -> Deployment {
    let app = App::new("termination", &config.namespace);
    let say = r#"say() { echo "$(date +%T) $1" >/proc/1/fd/1; }"#;
    let script = format!(
        "{say}\n\
         trap 'say \"SIGTERM: what is under way gets {ENDING} s\"; sleep {ENDING}; say \"ended\"; exit 0' TERM\n\
         echo \"$HOSTNAME\" >{WWW}/index.html\n\
         httpd -p 8080 -h {WWW}\n\
         say \"started\"\n\
         while :; do sleep 1 & wait $!; done"
    );
    let parting = format!(
        "{say}\nsay \"preStop: no endpoint any more, and {PARTING} s for those who do not know yet\"\nsleep {PARTING}\nsay \"preStop: over\""
    );
    let mut container = container(&app, config, &script);
    container.lifecycle = Some(Lifecycle {
        pre_stop: Some(LifecycleHandler { exec: Some(ExecAction { command: Some(shell(&parting)) }), ..default() }),
        ..default()
    });
    container.readiness_probe = Some(Probe { period_seconds: Some(2), ..http_probe("/", HTTP) });
    let grace = i64::from(PARTING + ENDING + 10);
    let mut deployment = deployment(&app, PodSpec { termination_grace_period_seconds: Some(grace), ..pod(container) });
    deployment.spec.replicas = Some(2);
    let look = format!(
        "Follow one pod with `kubectl -n {0} logs -f POD`, and the endpoints with `kubectl -n {0} get endpointslices -l \
         kubernetes.io/service-name=termination -o yaml --watch`. Then `kubectl -n {0} delete pod POD`: the endpoint is \
         `ready: false` and `terminating: true` at once, preStop takes {PARTING} s, SIGTERM comes after it, and the pod is gone \
         {ENDING} s later, before its {grace} s are over.",
        config.namespace
    );
    described(deployment, &look)
}

/// Its pods run, but their probe finds no file: they are no endpoints, and the Deployment says `Available=False`.
fn unavailable(config: &Config) -> Deployment {
    let app = App::new("unavailable", &config.namespace);
    let mut container = container(
        &app,
        config,
        &format!("httpd -f -p 8080 -h {WWW} & trap 'exit 0' TERM; while :; do sleep 1 & wait $!; done"),
    );
    container.readiness_probe =
        Some(Probe { period_seconds: Some(2), failure_threshold: Some(1), ..http_probe("/ready", HTTP) });
    let mut deployment = deployment(&app, pod(container));
    deployment.spec.replicas = Some(1);
    deployment.spec.min_ready_seconds = Some(SETTLED);
    deployment.spec.progress_deadline_seconds = Some(DEADLINE);
    let look = format!(
        "`kubectl -n {0} get deployment unavailable` says 0/1, `describe` says Available=False (MinimumReplicasUnavailable) and, \
         after {DEADLINE} s, Progressing=False (ProgressDeadlineExceeded). `rollout status` fails. In Prometheus it is \
         kube_deployment_status_replicas_unavailable. `kubectl -n {0} exec deployment/unavailable -- touch {WWW}/ready` makes \
         the pod ready, and {SETTLED} s later available; `rm` in place of `touch` takes that back.",
        config.namespace
    );
    described(deployment, &look)
}

fn container(app: &App, config: &Config, script: &str) -> Container {
    Container {
        name: app.name.clone(),
        image: Some(config.image.clone()),
        command: Some(shell(script)),
        ports: Some(vec![container_port(HTTP, 8080)]),
        resources: Some(resources(("5m", "8Mi"), ("100m", "32Mi"))),
        volume_mounts: Some(vec![mount(&empty_volume("shown"), WWW)]),
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        ..default()
    }
}

fn pod(container: Container) -> PodSpec {
    PodSpec {
        containers: vec![container],
        volumes: Some(vec![empty_volume("shown")]),
        security_context: Some(restricted_pod(USER)),
        automount_service_account_token: Some(false),
        ..default()
    }
}

fn shell(script: &str) -> Vec<String> {
    vec!["/bin/sh".into(), "-c".into(), script.to_owned()]
}

fn described(mut deployment: Deployment, text: &str) -> Deployment {
    let annotations = deployment.metadata.annotations.get_or_insert_default();
    annotations.insert(DESCRIPTION.to_owned(), text.to_owned());
    deployment
}
