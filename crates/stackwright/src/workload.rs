use k8s_openapi::api::apps::v1::{DaemonSet, DaemonSetSpec, Deployment, DeploymentSpec, StatefulSet, StatefulSetSpec};
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, Job, JobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PodSpec, PodTemplateSpec, Service};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

use crate::{App, Kind};

/// A kind that runs pods and selects them: what [`service_for`](crate::prelude::service_for) and its like are made from.
pub trait Workload: Kind {
    /// The selector of its pods.
    fn selector(&self) -> &LabelSelector;
    /// The pods that it makes.
    fn template(&self) -> &PodTemplateSpec;
    /// The same, to be changed.
    fn template_mut(&mut self) -> &mut PodTemplateSpec;
}

macro_rules! workload {
    ($($kind:ty),*) => {$(
        impl Workload for $kind {
            fn selector(&self) -> &LabelSelector {
                &self.spec.selector
            }

            fn template(&self) -> &PodTemplateSpec {
                &self.spec.template
            }

            fn template_mut(&mut self) -> &mut PodTemplateSpec {
                &mut self.spec.template
            }
        }
    )*};
}

workload!(Deployment, StatefulSet, DaemonSet);

/// A Deployment of these pods. `replicas` is left out: set it, or let an autoscaler own it.
pub fn deployment(app: &App, pod: PodSpec) -> Deployment {
    Deployment {
        metadata: app.metadata(),
        spec: DeploymentSpec { selector: app.selector(), template: template(app, pod), ..DeploymentSpec::default() },
        ..Deployment::default()
    }
}

/// A StatefulSet of these pods, whose stable names are resolved by the headless `service`, each with a claim per template.
pub fn stateful_set(app: &App, service: &Service, pod: PodSpec, claims: Vec<PersistentVolumeClaim>) -> StatefulSet {
    StatefulSet {
        metadata: app.metadata(),
        spec: StatefulSetSpec {
            selector: app.selector(),
            service_name: service.metadata.name.clone(),
            template: template(app, pod),
            volume_claim_templates: (!claims.is_empty()).then_some(claims),
            ..StatefulSetSpec::default()
        },
        ..StatefulSet::default()
    }
}

/// A DaemonSet that runs one of these pods on every node.
pub fn daemon_set(app: &App, pod: PodSpec) -> DaemonSet {
    DaemonSet {
        metadata: app.metadata(),
        spec: DaemonSetSpec { selector: app.selector(), template: template(app, pod), ..DaemonSetSpec::default() },
        ..DaemonSet::default()
    }
}

/// A Job that runs this pod until it succeeds once; a pod without a restart policy is restarted `OnFailure`.
///
/// A Job's template cannot be changed in place. So that a changed one can be applied, name it after what changes, such as a version,
/// or set `ttl_seconds_after_finished`, which removes a failed one too.
pub fn job(app: &App, pod: PodSpec) -> Job {
    let restart_policy = pod.restart_policy.clone().or_else(|| Some("OnFailure".to_owned()));
    Job {
        metadata: app.metadata(),
        spec: Some(JobSpec { template: template(app, PodSpec { restart_policy, ..pod }), ..JobSpec::default() }),
        ..Job::default()
    }
}

/// A CronJob that starts this pod at each time of the `schedule` (five fields, such as `*/5 * * * *`).
///
/// The pod is that of a [`job`]. What happens when the last one still runs is for `concurrency_policy` to say.
///
/// ```
/// use stackwright::prelude::*;
///
/// let app = App::new("sweep", "shop");
/// let sweep = Container { name: "sweep".into(), image: Some("shop:1.0".into()), ..default() };
/// let mut nightly = cron_job(&app, "0 3 * * *", PodSpec { containers: vec![sweep], ..default() });
/// nightly.spec.concurrency_policy = Some("Forbid".into());
/// nightly.spec.job_template.spec.get_or_insert_default().active_deadline_seconds = Some(600);
/// ```
pub fn cron_job(app: &App, schedule: &str, pod: PodSpec) -> CronJob {
    CronJob {
        metadata: app.metadata(),
        spec: CronJobSpec {
            schedule: schedule.to_owned(),
            job_template: JobTemplateSpec { spec: job(app, pod).spec, ..JobTemplateSpec::default() },
            ..CronJobSpec::default()
        },
        ..CronJob::default()
    }
}

fn template(app: &App, pod: PodSpec) -> PodTemplateSpec {
    PodTemplateSpec {
        metadata: Some(ObjectMeta { labels: Some(app.labels.clone()), ..ObjectMeta::default() }),
        spec: Some(pod),
    }
}
