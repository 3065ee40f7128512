use k8s_openapi::api::core::v1::Container;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "job-never-completes",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A container of a Job or CronJob runs for ever: it sleeps or loops without an end, or is a server.",
    run,
};

/// Images of servers and proxies, by the last part of their name: started as they are, they never end.
const SERVERS: [&str; 18] = [
    "caddy",
    "cloud-sql-proxy",
    "envoy",
    "fluent-bit",
    "fluentd",
    "gce-proxy",
    "haproxy",
    "httpd",
    "mariadb",
    "memcached",
    "mongo",
    "mysql",
    "nginx",
    "postgres",
    "rabbitmq",
    "redis",
    "traefik",
    "valkey",
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        if !["Job", "CronJob"].contains(&pods.item.object.kind()) {
            continue;
        }
        let limited = pods.spec.active_deadline_seconds.is_some();
        for (number, container) in pods.spec.containers.iter().enumerate() {
            let Some((field, why)) = endless(container).filter(|_| !limited) else { continue };
            let alone = pods.spec.containers.len() == 1;
            let message = format!("container \"{}\" of {} never ends: {why}", container.name, pods.item.label());
            let help = if alone {
                "let its command end"
            } else {
                "move it to initContainers with restartPolicy: Always, which makes it a sidecar that ends with the Job"
            };
            let path = pods.spec_path(&format!("containers[{number}].{field}"));
            findings.push(CHECK.finding(message, help).why("so the Job never completes").at(pods.item, path));
        }
    }
}

/// Where and why a container runs for ever, as far as that can be seen.
fn endless(container: &Container) -> Option<(&'static str, String)> {
    let command = [("command", &container.command), ("args", &container.args)];
    for (field, words) in command {
        let text = words.as_deref().unwrap_or_default().join(" ");
        // What runs in the background ends with the shell; what stands in a loop that can be left may be left.
        let sleeps = ["sleep infinity", "sleep inf", "tail -f /dev/null"].into_iter().find(|sleep| {
            text.split_once(sleep).is_some_and(|(_, after)| {
                let after = after.trim_start();
                !after.starts_with('&') || after.starts_with("&&")
            })
        });
        if let Some(sleep) = sleeps {
            return Some((field, format!("{sleep} has no end")));
        }
        let loops = ["while true", "while :", "while sleep"].into_iter().find(|start| text.contains(start));
        let left = ["break", "exit", "return", "kill", "timeout"].iter().any(|word| text.contains(word));
        if let Some(start) = loops.filter(|_| !left) {
            return Some((field, format!("{start} has no end")));
        }
    }
    if container.command.is_some() {
        return None;
    }
    let name = container.image.as_deref()?.rsplit('/').next()?;
    let name = name.split(['@', ':']).next()?;
    let server = SERVERS.binary_search(&name).is_ok();
    // Arguments may make a client of a server's image, but hardly of a proxy's.
    let proxy = ["cloud-sql-proxy", "gce-proxy", "envoy"].contains(&name);
    let quits = container.args.iter().flatten().any(|word| word.contains("quit"));
    (server && !quits && (proxy || container.args.is_none()))
        .then(|| ("image", format!("{name} is a server, and nothing tells it to stop")))
}
