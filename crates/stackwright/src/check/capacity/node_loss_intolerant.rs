use super::number_of;
use crate::capacity::{Analysis, list};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "node-loss-intolerant",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "All pods have a place, but not once a node is lost.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let Some(worst) =
        analysis.losses.iter().max_by_key(|loss| loss.homeless.iter().map(|(_, pods)| *pods).sum::<u32>())
    else {
        return;
    };
    let nodes = list(analysis.losses.iter().map(|loss| analysis.model.nodes[loss.node].name));
    let which = if analysis.losses.len() == 1 { "" } else { "any of " };
    let message = format!("the loss of {which}{nodes} would leave pods without a place");
    let help = "ask for less, or give the other nodes enough to take the pods of a lost one";
    let finding = CHECK.finding(message, help);
    findings.push(finding.why(format!(
        "without {}, {}",
        analysis.model.nodes[worst.node].name,
        homeless(analysis, &worst.homeless)
    )));
}

fn homeless(analysis: &Analysis, homeless: &[(usize, u32)]) -> String {
    let texts: Vec<_> = homeless
        .iter()
        .map(|(workload, pods)| format!("{} of {}", number_of(*pods, "pod"), analysis.model.workloads[*workload].name))
        .collect();
    format!("{} would be Pending", list(texts.iter().map(String::as_str)))
}
