use k8s_openapi::api::core::v1::{ConfigMap, Container, Service};

use crate::check::{Check, Finding, Group, HashSet, Index, Pods, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "service-link-env",
    group: Group::References,
    severity: Severity::Information,
    profile: Profile::Link,
    about: "A Service sets a variable in every container of its namespace that a program probably reads as its own.",
    run,
};

/// How programs name the host that goes with a port.
const HOSTS: [&str; 4] = ["_HOST", "_HOSTNAME", "_SERVER", "_ADDRESS"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in index.pods.iter().filter(|pods| pods.spec.enable_service_links != Some(false)) {
        let namespace = pods.item.namespace;
        for (path, container) in pods.containers() {
            let variables = container.env.iter().flatten().enumerate();
            for (number, variable) in variables {
                let Some(prefix) = HOSTS.iter().find_map(|end| variable.name.strip_suffix(end)) else { continue };
                let service = prefix.to_ascii_lowercase().replace('_', "-");
                let Some((item, spec)) = index.get::<Service>(namespace, &service) else { continue };
                // Headless Services have no address, so no variables.
                let has_address = spec.spec.as_ref().is_some_and(|spec| spec.cluster_ip.as_deref() != Some("None"));
                let port = format!("{prefix}_PORT");
                if !has_address || names(index, pods, container).contains(port.as_str()) {
                    continue;
                }
                let label = item.label();
                let message =
                    format!("{} reads {}, and {label} sets {port} to tcp://...", pods.item.label(), variable.name);
                let help = format!("set {port} to the port's number, or enableServiceLinks: false");
                findings.push(
                    CHECK
                        .finding(message, help)
                        .why(format!("a program that reads {port} expects a number"))
                        .at(pods.item, format!("{path}.env[{number}].name"))
                        .see(item, "metadata.name", "the Service"),
                );
            }
        }
    }
}

/// The variables that a container is given by name, or by the keys of a ConfigMap or Secret.
fn names<'a>(index: &Index<'a>, pods: &Pods<'a>, container: &'a Container) -> HashSet<&'a str> {
    let mut names: HashSet<_> = container.env.iter().flatten().map(|variable| variable.name.as_str()).collect();
    for source in container.env_from.iter().flatten() {
        // Keys with a prefix are names that nobody can predict here without making them: they are rare.
        if let Some(map) = source.config_map_ref.as_ref() {
            let map = index.get::<ConfigMap>(pods.item.namespace, &map.name);
            names.extend(map.iter().flat_map(|(_, map)| map.data.iter().flatten()).map(|(key, _)| key.as_str()));
        }
    }
    names
}
