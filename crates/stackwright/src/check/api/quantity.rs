use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, Quantity};

pub(super) const CHECK: Check = Check {
    id: "quantity",
    group: Group::Api,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An amount is none, negative or a fraction of what comes whole, or has no unit, or that of another resource, such \
            as memory that ends with `m`.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    super::report(CHECK.id, index, findings);
    for (whose, amount) in index.cluster().into_iter().flat_map(amounts) {
        if Quantity::parse(amount).is_none() {
            findings.push(CHECK.finding(format!("{whose} is {amount:?}, which is no amount"), help(amount)));
        }
    }
}

/// What to do about a text that is no amount.
pub(super) fn help(text: &str) -> String {
    match Quantity::meant_by(text) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "write a number with a unit such as m, k, Mi or Gi".to_owned(),
    }
}

/// What is counted of a cluster beside its objects: whose it is, and the amount.
fn amounts(cluster: &Cluster) -> Vec<(String, &str)> {
    let kubelet = &cluster.provided.kubelet;
    let reserved = [("CPU", &kubelet.cpu), ("memory", &kubelet.memory)];
    let mut amounts: Vec<_> =
        reserved.map(|(what, amount)| (format!("the {what} that the kubelet reserves"), amount.as_str())).into();
    let releases = cluster.stacks.iter().flat_map(|stack| &stack.releases);
    for pods in cluster.provided.pods.iter().chain(releases.flat_map(|release| &release.pods)) {
        for container in &pods.containers {
            for (what, list) in [("requests", &container.requests), ("limits", &container.limits)] {
                amounts.extend(list.iter().flatten().map(|(name, amount)| {
                    (format!("{name} in the {what} of the pods {}", pods.name), amount.0.as_str())
                }));
            }
        }
    }
    amounts
}
