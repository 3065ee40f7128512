//! What runs to its end: the Job that installs the site, and WordPress' own schedule.

use stackwright::prelude::*;

use super::pod::{CORE, Environment, command, core_read_only};
use super::task_app;

/// How often WordPress looks for what is due.
const EVERY_FIVE_MINUTES: &str = "*/5 * * * *";

/// The Job that installs the site, or takes its tables to the version of the image.
///
/// A Job cannot be changed once it is applied, so each image has a Job of its own, and it stays with its log until someone deletes it.
pub(super) fn install(environment: &Environment<'_>) -> Job {
    let config = environment.config;
    let core = empty_volume("core");
    let admin = secret_volume(&environment.secrets.admin);
    let content = environment.content_mount();
    let mut install = environment.container("install");
    install.command = Some(command(["php", "/scripts/install.php"]));
    install.resources = Some(resources(("50m", "128Mi"), ("500m", "256Mi")));
    install.volume_mounts = Some(vec![
        core_read_only(&core),
        content.clone(),
        environment.scripts_mount(),
        mount_read_only(&admin, "/secrets/admin"),
    ]);
    // Its mounts are those of the site: this one container fills the shared `wp-content`, before several pods could do so at once.
    let copy_core = environment.copy_core(&core, vec![content]);
    let mut pod = PodSpec {
        // The kubelet deletes the pod of a failed Job that restarts it in place, and its log with it.
        restart_policy: Some("Never".into()),
        ..environment.pod(core, vec![environment.wait_for("database"), copy_core], install)
    };
    pod.volumes.get_or_insert_default().push(admin);
    let app = task_app(&config.namespace);
    Job { metadata: app.named(&install_name(&config.image)), ..job(&app, pod) }
}

/// WordPress' schedule: posts that are due, updates of plugins, clearing up.
///
/// By itself WordPress runs it after a visit, by a request to its own name, which no pod can reach.
pub(super) fn schedule(environment: &Environment<'_>) -> CronJob {
    // In memory: a copy on the node's disk would be 80 MB written every five minutes.
    let core = memory_volume("core");
    let copy_core = environment.copy_core(&core, vec![]);
    let cron = Container {
        command: Some(command(["php", "wp-cron.php"])),
        working_dir: Some(CORE.into()),
        resources: Some(resources(("50m", "256Mi"), ("500m", "512Mi"))),
        volume_mounts: Some(vec![core_read_only(&core), environment.content_mount()]),
        ..environment.container("cron")
    };
    let pod = PodSpec {
        restart_policy: Some("Never".into()),
        ..environment.pod(core, vec![environment.wait_for("site"), copy_core], cron)
    };
    let app = task_app(&environment.config.namespace);
    let mut schedule = CronJob { metadata: app.named("wordpress-cron"), ..cron_job(&app, EVERY_FIVE_MINUTES, pod) };
    let spec = &mut schedule.spec;
    spec.concurrency_policy = Some("Forbid".into());
    // After a night without power the next time does it all: nothing is gained by making up for the missed ones.
    spec.starting_deadline_seconds = Some(120);
    spec.successful_jobs_history_limit = Some(1);
    spec.failed_jobs_history_limit = Some(3);
    let job = spec.job_template.spec.get_or_insert_default();
    // The next time is the second try.
    job.backoff_limit = Some(0);
    job.active_deadline_seconds = Some(600);
    schedule
}

/// `wordpress-install-7-1-0-php8-3-apache` for the image `wordpress:7.1.0-php8.3-apache`: what a Job and its pods can be called.
fn install_name(image: &str) -> String {
    let last = image.rsplit('/').next().unwrap_or(image);
    let tag = last.split_once([':', '@']).map_or("latest", |(_, tag)| tag);
    let words = tag.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.fold("wordpress-install".to_owned(), |name, word| name + "-" + &word.to_ascii_lowercase());
    // The longest label, less the five letters and the hyphen that the name of a pod ends with.
    name.get(..57).unwrap_or(&name).trim_end_matches('-').to_owned()
}
