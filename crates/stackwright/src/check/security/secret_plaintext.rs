use k8s_openapi::api::core::v1::ConfigMap;

use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "secret-plaintext",
    group: Group::Security,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "A password, token or private key stands in the environment of a container or in a ConfigMap.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            for (number, variable) in container.env.iter().flatten().enumerate() {
                let Some(value) = &variable.value else { continue };
                if is_secret(&variable.name, value) {
                    let label = pods.item.label();
                    let message =
                        format!("{} of container \"{}\" of {label} is written in plain", variable.name, container.name);
                    let help = "put it into a Secret and read it with valueFrom.secretKeyRef";
                    findings.push(CHECK.finding(message, help).at(pods.item, format!("{path}.env[{number}].value")));
                }
            }
        }
    }
    for (item, map) in index.all::<ConfigMap>() {
        for (key, _) in map.data.iter().flatten().filter(|(key, value)| is_secret(key, value)) {
            let message = format!("{key} of {} is written in plain", item.label());
            let help = "put it into a Secret: a ConfigMap is not for secrets";
            findings.push(CHECK.finding(message, help).at(item, format!("data[\"{key}\"]")));
        }
    }
}

/// Whether a value is a secret, by its name or its form.
fn is_secret(name: &str, value: &str) -> bool {
    const WORDS: [&str; 7] = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY", "API_KEY", "PRIVATE_KEY"];
    // What says where a secret is, or something about it.
    const ABOUT: [&str; 14] = [
        "FILE", "PATH", "DIR", "NAME", "URL", "URI", "TTL", "EXPIRY", "LENGTH", "ENABLED", "REF", "KEY_ID", "TYPE",
        "POLICY",
    ];
    if value.starts_with("-----BEGIN ") && value.lines().next().is_some_and(|line| line.contains("PRIVATE KEY")) {
        return true;
    }
    let name = name.to_ascii_uppercase().replace(['-', '.'], "_");
    let named = WORDS.iter().any(|word| name.ends_with(word)) && !ABOUT.iter().any(|word| name.ends_with(word));
    let refers = value.starts_with("$(") || value.starts_with("${") || value.starts_with('/') || value.contains("://");
    let switch = ["", "true", "false", "yes", "no", "0", "1"].contains(&value.to_ascii_lowercase().as_str());
    named && !refers && !switch && !value.contains('\n')
}
