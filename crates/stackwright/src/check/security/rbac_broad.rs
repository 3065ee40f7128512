use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role};

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "rbac-broad",
    group: Group::Security,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "A role gives more than a workload can need: everything, every Secret, or rights by which its holder \
            gets any other.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let cluster = index.all::<ClusterRole>().map(|(item, role)| (item, &role.rules, true));
    let roles = cluster.chain(index.all::<Role>().map(|(item, role)| (item, &role.rules, false)));
    for (item, rules, everywhere) in roles {
        for (number, rule) in rules.iter().flatten().enumerate() {
            if let Some(may) = too_much(rule, everywhere) {
                let message = format!("{} may {may}", item.label());
                let help =
                    "list the groups, resources and verbs that are used, with resourceNames where they are known";
                findings.push(CHECK.finding(message, help).at(item, format!("rules[{number}]")));
            }
        }
    }
    for (item, binding) in
        index.all::<ClusterRoleBinding>().filter(|(_, binding)| binding.role_ref.name == "cluster-admin")
    {
        for (number, subject) in binding.subjects.iter().flatten().enumerate() {
            let anyone =
                subject.kind == "Group" && subject.name.starts_with("system:") && subject.name != "system:masters";
            if subject.kind == "ServiceAccount" || anyone {
                let message =
                    format!("{} makes {} {} an administrator of the cluster", item.label(), subject.kind, subject.name);
                let help = "bind a role of what it uses";
                findings.push(CHECK.finding(message, help).at(item, format!("subjects[{number}]")));
            }
        }
    }
}

/// What a rule allows that is too much.
fn too_much(rule: &PolicyRule, everywhere: bool) -> Option<&'static str> {
    let has = |list: &Option<Vec<String>>, name: &str| list.iter().flatten().any(|known| known == name || known == "*");
    let does = |verbs: &[&str]| rule.verbs.iter().any(|verb| verb == "*" || verbs.contains(&verb.as_str()));
    let says = |list: &Option<Vec<String>>, name: &str| list.iter().flatten().any(|known| known == name);
    let named = rule.resource_names.as_ref().is_some_and(|names| !names.is_empty());
    let all = says(&rule.resources, "*") && says(&rule.api_groups, "*");
    let core = has(&rule.api_groups, "");
    if all && rule.verbs.iter().any(|verb| verb == "*") {
        Some("do everything")
    } else if named {
        None
    } else if everywhere && core && has(&rule.resources, "secrets") && does(&["get", "list", "watch"]) {
        Some("read every Secret of the cluster")
    } else if rule.verbs.iter().any(|verb| ["escalate", "bind", "impersonate"].contains(&verb.as_str())) {
        Some("give itself any right: escalate, bind or impersonate")
    } else if everywhere && core && says(&rule.resources, "pods/exec") && does(&["create", "get"]) {
        Some("run commands in every pod")
    } else if core && says(&rule.resources, "nodes/proxy") && does(&["create", "get"]) {
        Some("run commands on every node: nodes/proxy reaches the kubelet")
    } else {
        None
    }
}
