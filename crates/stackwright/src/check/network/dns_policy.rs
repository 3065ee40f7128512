use crate::check::Pods;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "dns-policy",
    group: Group::Network,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A pod that asks the node's name server uses the name of a Service, which that does not know.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let policy = pods.spec.dns_policy.as_deref().unwrap_or("ClusterFirst");
        let host = pods.spec.host_network == Some(true);
        let (field, fact, help) = match policy {
            "ClusterFirst" if host => {
                ("hostNetwork", "is on the host's network", "set dnsPolicy: ClusterFirstWithHostNet")
            }
            "Default" if host => ("dnsPolicy", "has dnsPolicy Default", "set dnsPolicy: ClusterFirstWithHostNet"),
            "Default" => ("dnsPolicy", "has dnsPolicy Default", "set dnsPolicy: ClusterFirst, or leave it out"),
            _ => continue,
        };
        let Some((name, path)) = service_named(index, pods) else { continue };
        let message = format!("{} {fact}, where {name} does not resolve", pods.item.label());
        let finding = CHECK.finding(message, help).why("its name server is the node's, which knows no Services");
        findings.push(finding.at(pods.item, pods.spec_path(field)).see(pods.item, path, "names a Service"));
    }
}

/// The first name of a Service in an argument or variable of the pods, and where it stands.
fn service_named<'a>(index: &Index<'a>, pods: &Pods<'a>) -> Option<(&'a str, String)> {
    pods.containers().find_map(|(path, container)| {
        let variables =
            container.env.iter().flatten().enumerate().filter_map(|(number, variable)| {
                Some((variable.value.as_deref()?, format!("{path}.env[{number}].value")))
            });
        let lists = [("command", &container.command), ("args", &container.args)];
        let arguments = lists.into_iter().flat_map(|(field, list)| {
            let path = &path;
            let list = list.iter().flatten().enumerate();
            list.map(move |(number, text)| (text.as_str(), format!("{path}.{field}[{number}]")))
        });
        variables.chain(arguments).find_map(|(text, path)| Some((host(index, pods.item.namespace, text)?, path)))
    })
}

/// A Service's host name in a text: all of it, after `://`, or before `:` and a port. Other words may be anything.
fn host<'t>(index: &Index<'_>, namespace: &str, text: &'t str) -> Option<&'t str> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let (before, rest) = text.find("://").map_or(("", text), |at| text.split_at(at + 3));
    let rest = if before.is_empty() { rest.rsplit_once('=').map_or(rest, |(_, value)| value) } else { rest };
    let end = rest.find(|c| !is_host(c)).unwrap_or(rest.len());
    let (host, after) = rest.split_at(end);
    let port = after.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()));
    if before.is_empty() && !port && !(after.is_empty() && text == host) {
        return None;
    }
    let mut labels = host.split('.');
    let (name, in_namespace, svc) = (labels.next()?, labels.next(), labels.next());
    let known = match (in_namespace, svc) {
        (Some(_), Some("svc")) => true,
        (Some(namespace), None) => index.named("Service", namespace, name).is_some(),
        (None, None) => (port || !before.is_empty()) && index.named("Service", namespace, name).is_some(),
        _ => false,
    };
    known.then_some(host)
}
