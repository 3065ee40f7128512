use k8s_openapi::api::apps::v1::Deployment;

use super::served::served;
use crate::check::scale::{fewest, share};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "rollout-outage",
    group: Group::Rollout,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "A Deployment behind a Service is away while it is rolled out or its node is drained.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let fewest = fewest(index);
    let served = served(index);
    for (item, deployment) in index.all::<Deployment>().filter(|(item, _)| served.contains(&item.index)) {
        let label = item.label();
        let replicas = fewest.get(&item.index).copied().unwrap_or(1);
        let strategy = deployment.spec.strategy.as_ref();
        let recreated = strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("Recreate");
        let most = strategy.and_then(|strategy| strategy.rolling_update.as_ref()?.max_unavailable.as_ref());
        let spec = deployment.spec.template.spec.as_ref();
        let (message, help, path) = if spec.is_some_and(|spec| spec.termination_grace_period_seconds == Some(0)) {
            let message = format!("{label} kills its pods without letting them finish");
            (
                message,
                "leave terminationGracePeriodSeconds out, or give them time",
                "spec.template.spec.terminationGracePeriodSeconds",
            )
        } else if recreated {
            let message = format!("{label} is away at each rollout: its strategy is Recreate");
            (message, "roll it out by RollingUpdate, unless two of its pods must not run at once", "spec.strategy.type")
        } else if most.is_some_and(|most| share(most, replicas) >= replicas) && replicas > 0 {
            let message = format!("{label} may lose all {replicas} pods at once in a rollout");
            (
                message,
                "set maxUnavailable: 0, so that a new pod is ready before an old one goes",
                "spec.strategy.rollingUpdate.maxUnavailable",
            )
        } else if replicas == 1 {
            let message = format!("{label} has one pod, and is away while that moves to another node");
            (message, "run two, with a PodDisruptionBudget of maxUnavailable: 1", "spec")
        } else {
            continue;
        };
        findings.push(CHECK.finding(message, help).at(item, path));
    }
}
