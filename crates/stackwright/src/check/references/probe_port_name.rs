use k8s_openapi::api::core::v1::Container;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "probe-port-name",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A probe or lifecycle hook names a port that its own container does not declare.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            let ports = container.ports.iter().flatten().filter_map(|port| port.name.as_deref());
            let ports: Vec<_> = ports.collect();
            for (field, handler, what, port) in named_ports(container).filter(|(.., port)| !ports.contains(port)) {
                let (container, label) = (&container.name, pods.item.label());
                let message = format!(
                    "{what} of container \"{container}\" of {label} asks port \"{port}\", which it does not declare"
                );
                let elsewhere = pods.containers().find(|(_, other)| {
                    other.ports.iter().flatten().any(|declared| declared.name.as_deref() == Some(port))
                });
                let help = match (elsewhere, ports.as_slice()) {
                    (Some((_, other)), _) => {
                        format!("container \"{}\" declares it: give the port's number, or move the probe", other.name)
                    }
                    (None, []) => "give the port's number, or declare the port under that name".to_owned(),
                    (None, ports) => format!("the container declares {}", ports.join(", ")),
                };
                findings.push(CHECK.finding(message, help).at(pods.item, format!("{path}.{field}.{handler}.port")));
            }
        }
    }
}

/// The ports that a container's probes and hooks name: the field and what is in it, what it is, the name.
fn named_ports(container: &Container) -> impl Iterator<Item = (&'static str, &'static str, &'static str, &str)> {
    let probes = [
        ("livenessProbe", "the liveness probe", &container.liveness_probe),
        ("readinessProbe", "the readiness probe", &container.readiness_probe),
        ("startupProbe", "the startup probe", &container.startup_probe),
    ];
    let probes = probes.into_iter().filter_map(|(field, what, probe)| {
        let probe = probe.as_ref()?;
        let http = probe.http_get.as_ref().map(|http| ("httpGet", &http.port));
        let (handler, port) = http.or(probe.tcp_socket.as_ref().map(|tcp| ("tcpSocket", &tcp.port)))?;
        Some((field, handler, what, port))
    });
    let lifecycle = container.lifecycle.as_ref();
    let hooks = [
        ("lifecycle.postStart", "the postStart hook", lifecycle.and_then(|lifecycle| lifecycle.post_start.as_ref())),
        ("lifecycle.preStop", "the preStop hook", lifecycle.and_then(|lifecycle| lifecycle.pre_stop.as_ref())),
    ];
    let hooks = hooks
        .into_iter()
        .filter_map(|(field, what, hook)| Some((field, "httpGet", what, &hook?.http_get.as_ref()?.port)));
    probes.chain(hooks).filter_map(|(field, handler, what, port)| match port {
        // A number in quotes is taken as a number.
        IntOrString::String(name) if name.parse::<u16>().is_err() => Some((field, handler, what, name.as_str())),
        _ => None,
    })
}
