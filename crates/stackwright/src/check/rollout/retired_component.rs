use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::retired::{self, Retired};

pub(super) const CHECK: Check = Check {
    id: "retired-component",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "An image of something that its makers have given up, or of a release that gets no more security fixes. The table \
            holds what was retired by November 2026, by the makers' calendars.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            let Some(image) = container.image.as_deref() else { continue };
            let Some(retired) = found(image) else { continue };
            let message =
                format!("container \"{}\" of {} runs {image}: {}", container.name, pods.item.label(), retired.what);
            let help = format!("use {}", retired.instead);
            findings.push(CHECK.finding(message, help).at(pods.item, format!("{path}.image")));
        }
    }
}

/// What an image has that is retired.
fn found(image: &str) -> Option<&'static Retired> {
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
    retired::all().iter().find(|retired| retired.is_named(registry, path) && retired.has_tag(tag))
}

impl Retired {
    fn has_tag(&self, tag: &str) -> bool {
        let of_tag = |known: &String| {
            tag.strip_prefix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
        };
        self.tags.is_empty() || self.tags.iter().any(of_tag)
    }

    /// Whether an image's name is meant. A bare name such as `mysql` is that of an official image only, wherever it is copied to.
    fn is_named(&self, registry: &str, path: &str) -> bool {
        if self.image.contains('.') {
            return registry == self.image;
        }
        let before = path.strip_suffix(self.image.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with('/') && self.is_path())
    }

    /// Whether the name alone says whose it is.
    fn is_path(&self) -> bool {
        self.image.contains(['/', '-']) || self.image == "elasticsearch"
    }
}
