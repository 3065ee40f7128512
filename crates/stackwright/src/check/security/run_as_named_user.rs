use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "run-as-named-user",
    group: Group::Security,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A container must not run as root, but runs as root, or as a user whom its image knows only by name.",
    run,
};

/// Images whose `USER` is a name, as far as we know, with the number to write: `docker inspect` says what an image has today.
const NAMED: [(&str, &str, u32); 12] = [
    ("apache/kafka", "appuser", 1000),
    ("confluentinc/cp-kafka", "appuser", 1000),
    ("confluentinc/cp-schema-registry", "appuser", 1000),
    ("curlimages/curl", "curl_user", 100),
    ("haproxy", "haproxy", 99),
    ("jenkins/jenkins", "jenkins", 1000),
    ("memcached", "memcache", 11211),
    ("nodered/node-red", "node-red", 1000),
    ("prom/alertmanager", "nobody", 65534),
    ("prom/node-exporter", "nobody", 65534),
    ("prom/prometheus", "nobody", 65534),
    ("varnish", "varnish", 1000),
];

/// Official images that have no `USER`: they start as root.
const ROOT: [&str; 22] = [
    "alpine",
    "busybox",
    "caddy",
    "debian",
    "drupal",
    "ghost",
    "golang",
    "httpd",
    "mariadb",
    "mongo",
    "mysql",
    "nextcloud",
    "nginx",
    "node",
    "php",
    "postgres",
    "python",
    "rabbitmq",
    "redis",
    "traefik",
    "ubuntu",
    "wordpress",
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        let pod = pods.spec.security_context.as_ref();
        for (path, container) in pods.containers() {
            let own = container.security_context.as_ref();
            let own_user = own.and_then(|context| context.run_as_user);
            let user = own_user.or(pod.and_then(|context| context.run_as_user));
            let own_rule = own.and_then(|context| context.run_as_non_root);
            if own_rule.or(pod.and_then(|context| context.run_as_non_root)) != Some(true) {
                continue;
            }
            let place = |own: bool, field: &str| {
                if own {
                    format!("{path}.securityContext.{field}")
                } else {
                    pods.spec_path(&format!("securityContext.{field}"))
                }
            };
            let label = format!("container \"{}\" of {}", container.name, pods.item.label());
            let (message, help, at) = match user {
                Some(0) => {
                    let message = format!("{label} must not run as root, but runs as user 0");
                    (message, "give it another user".to_owned(), place(own_user.is_some(), "runAsUser"))
                }
                Some(_) => continue,
                None => {
                    let Some(image) = container.image.as_deref().map(official) else { continue };
                    let at = place(own_rule.is_some(), "runAsNonRoot");
                    if let Some((name, user, number)) = named(image) {
                        let message =
                            format!("{label} must not run as root, and image {name} names its user \"{user}\" only");
                        (message, format!("set runAsUser: {number}, which is {user} there"), at)
                    } else if ROOT.contains(&image.0) {
                        let message = format!("{label} must not run as root, but image {} starts as root", image.0);
                        (message, "set runAsUser to a user that the image can run as".to_owned(), at)
                    } else {
                        continue;
                    }
                }
            };
            let finding =
                CHECK.finding(message, help).why("the kubelet refuses to start it: CreateContainerConfigError");
            findings.push(finding.at(pods.item, at));
        }
    }
}

/// An image's name on Docker Hub, or wherever it is copied to by the same name, and its tag.
fn official(image: &str) -> (&str, &str) {
    let image = image.split('@').next().unwrap_or_default();
    let (name, tag) = image.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')).unwrap_or((image, ""));
    let name = name.strip_prefix("docker.io/").or(name.strip_prefix("index.docker.io/")).unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    let name = match name.strip_prefix("quay.io/prometheus/") {
        Some("prometheus") => "prom/prometheus",
        Some("alertmanager") => "prom/alertmanager",
        Some("node-exporter") => "prom/node-exporter",
        _ => name,
    };
    (name, tag)
}

/// The image, the name and the number of the user whom an image knows by name.
fn named((name, tag): (&str, &str)) -> Option<(&'static str, &'static str, u32)> {
    if name == "wordpress" && tag.starts_with("cli") {
        return Some(("wordpress:cli", "www-data", 82));
    }
    NAMED.into_iter().find(|(known, ..)| *known == name)
}
