use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "image-mutable-tag",
    group: Group::Security,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "An image has no tag, or one that moves by design, such as latest.",
    run,
};

const MOVING: [&str; 8] = ["latest", "stable", "edge", "main", "master", "nightly", "dev", "develop"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            let Some(image) = container.image.as_deref().filter(|image| !image.contains('@')) else { continue };
            let tag = image.rsplit_once(':').map(|(_, tag)| tag).filter(|tag| !tag.contains('/'));
            let fact = match tag {
                None => "has no tag, which means latest".to_owned(),
                Some(tag) if MOVING.contains(&tag) => format!("has the tag {tag}, which moves"),
                Some(_) => continue,
            };
            let message = format!("image {image} of container \"{}\" of {} {fact}", container.name, pods.item.label());
            findings.push(CHECK.finding(message, "name a version, or a digest").at(pods.item, format!("{path}.image")));
        }
    }
}
