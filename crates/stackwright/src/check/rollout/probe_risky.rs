use super::served::served;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "probe-risky",
    group: Group::Rollout,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "A probe does harm, or a pod behind a Service has no readiness probe.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let served = served(index);
    for pods in &index.pods {
        let label = pods.item.label();
        let containers = &pods.spec.containers;
        if served.contains(&pods.item.index) && containers.iter().all(|main| main.readiness_probe.is_none()) {
            let message = format!("{label} is behind a Service and has no readiness probe");
            let finding = CHECK.finding(message, "add a readiness probe that asks what the Service serves");
            let finding = finding.why("requests come before it can answer, at each rollout and restart");
            findings.push(finding.at(pods.item, pods.spec_path("containers[0]")));
        }
        for (path, container) in pods.containers() {
            let (liveness, readiness) = (&container.liveness_probe, &container.readiness_probe);
            let name = &container.name;
            if liveness.is_some() && liveness == readiness {
                let message = format!("container \"{name}\" of {label} has the same liveness and readiness probe");
                let help = "let the liveness probe ask something simpler, or wait longer";
                let finding =
                    CHECK.finding(message, help).why("a pod that is only busy is restarted instead of being left out");
                findings.push(finding.at(pods.item, format!("{path}.livenessProbe")));
            }
            for (field, probe) in [("livenessProbe", liveness), ("readinessProbe", readiness)] {
                let exec = probe.as_ref().filter(|probe| probe.exec.is_some() && probe.timeout_seconds.is_none());
                if exec.is_some() {
                    let message =
                        format!("the {field} of container \"{name}\" of {label} runs a command with a time-out of 1 s");
                    let finding =
                        CHECK.finding(message, "set timeoutSeconds to what the command needs on a loaded node");
                    findings.push(finding.at(pods.item, format!("{path}.{field}")));
                }
            }
        }
    }
}
