use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "retired-component",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "An image is of something that its makers have given up, or of a release that gets no more security \
            fixes.",
    run,
};

/// Something that is no longer maintained.
struct Retired {
    /// The end of the image's name, without registry; a whole path component.
    image: &'static str,
    /// The tags that are meant: these versions and what follows them after a dot or dash. Empty: all.
    tags: &'static [&'static str],
    /// What it is, and since when it is retired.
    what: &'static str,
    /// What to use now.
    instead: &'static str,
}

/// Sources: the announcement in the comment beside each; for releases of databases, languages and distributions the makers'
/// support calendars.
#[rustfmt::skip]
const RETIRED: &[Retired] = &[
    // https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
    Retired { image: "ingress-nginx/controller", tags: &[], what: "ingress-nginx was retired in March 2026", instead: "another Ingress controller, such as Traefik, or the Gateway API" },
    Retired { image: "nginx-ingress-controller", tags: &[], what: "ingress-nginx was retired in March 2026", instead: "another Ingress controller, such as Traefik, or the Gateway API" },
    // https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/: the registry takes no new images.
    Retired { image: "k8s.gcr.io", tags: &[], what: "the registry k8s.gcr.io has been frozen since April 2023", instead: "registry.k8s.io" },
    // It has manifests of schema 1, which containerd 2.1 no longer pulls.
    Retired { image: "google-samples/xtrabackup", tags: &[], what: "google-samples/xtrabackup has an image format that containerd no longer pulls", instead: "MySQL's own CLONE plugin" },
    Retired { image: "mysql", tags: &["5.6", "5.7"], what: "MySQL 5.7 and earlier have had no fixes since October 2023", instead: "mysql:8.4 or 9.7" },
    Retired { image: "mysql", tags: &["8.0"], what: "MySQL 8.0 has had no fixes since April 2026", instead: "mysql:8.4 or 9.7" },
    Retired { image: "mariadb", tags: &["10.3", "10.4", "10.5", "10.6"], what: "MariaDB 10.6 and earlier have had no fixes since July 2026", instead: "mariadb:11.8" },
    Retired { image: "postgres", tags: &["9", "10", "11", "12", "13", "14"], what: "PostgreSQL 14 and earlier have had no fixes since November 2026", instead: "postgres:18" },
    Retired { image: "mongo", tags: &["3", "4", "5", "6"], what: "MongoDB 6.0 and earlier have had no fixes since July 2025", instead: "mongo:8.0" },
    Retired { image: "elasticsearch", tags: &["5", "6", "7"], what: "Elasticsearch 7 and earlier have had no fixes since January 2026", instead: "Elasticsearch 9" },
    Retired { image: "node", tags: &["8", "10", "12", "14", "16", "18", "20"], what: "Node.js 20 and earlier have had no fixes since April 2026", instead: "node:24" },
    Retired { image: "python", tags: &["2", "3.6", "3.7", "3.8", "3.9"], what: "Python 3.9 and earlier have had no fixes since October 2025", instead: "python:3.13 or later" },
    Retired { image: "php", tags: &["5", "7", "8.0", "8.1"], what: "PHP 8.1 and earlier have had no fixes since December 2025", instead: "php:8.4" },
    Retired { image: "centos", tags: &[], what: "CentOS Linux has had no fixes since June 2024", instead: "almalinux or rockylinux" },
    Retired { image: "ubuntu", tags: &["14.04", "16.04", "18.04", "20.04", "trusty", "xenial", "bionic", "focal"], what: "Ubuntu 20.04 and earlier have had no free fixes since May 2025", instead: "ubuntu:24.04" },
    Retired { image: "debian", tags: &["8", "9", "10", "jessie", "stretch", "buster"], what: "Debian 10 and earlier have had no fixes since June 2024", instead: "debian:13" },
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            let Some(image) = container.image.as_deref() else { continue };
            let Some(retired) = retired(image) else { continue };
            let message =
                format!("container \"{}\" of {} runs {image}: {}", container.name, pods.item.label(), retired.what);
            let help = format!("use {}", retired.instead);
            findings.push(CHECK.finding(message, help).at(pods.item, format!("{path}.image")));
        }
    }
}

/// What an image has that is retired.
fn retired(image: &str) -> Option<&'static Retired> {
    let image = image.split('@').next().unwrap_or_default();
    let (name, tag) = match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (image, ""),
    };
    let tag = tag.strip_prefix('v').unwrap_or(tag);
    let (registry, path) = match name.split_once('/') {
        Some((registry, path)) if registry.contains(['.', ':']) || registry == "localhost" => (registry, path),
        _ => ("", name),
    };
    let path = path.strip_prefix("library/").unwrap_or(path);
    RETIRED.iter().find(|retired| retired.is_named(registry, path) && retired.has_tag(tag))
}

impl Retired {
    fn has_tag(&self, tag: &str) -> bool {
        let of_tag =
            |known: &&str| tag.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']));
        self.tags.is_empty() || self.tags.iter().any(of_tag)
    }

    /// Whether an image's name is meant. A bare name such as `mysql` is that of an official image only, wherever it is copied to.
    fn is_named(&self, registry: &str, path: &str) -> bool {
        if self.image.contains('.') {
            return registry == self.image;
        }
        let before = path.strip_suffix(self.image);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/') && self.is_path())
    }

    /// Whether the name alone says whose it is.
    fn is_path(&self) -> bool {
        self.image.contains(['/', '-']) || self.image == "elasticsearch"
    }
}
