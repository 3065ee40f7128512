use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::links::Image;

pub(super) const CHECK: Check = Check {
    id: "image-mutable-tag",
    group: Group::Security,
    profile: Profile::Lint,
    severity: Severity::Warning,
    about: "An image has no tag, or one that moves by design, such as latest.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            let Some(image) = container.image.as_deref().filter(|image| Image::of(image).moves()) else { continue };
            let fact = Image::of(image).moving();
            let message = format!("image {image} of container \"{}\" of {} {fact}", container.name, pods.item.label());
            findings.push(CHECK.finding(message, "name a version, or a digest").at(pods.item, format!("{path}.image")));
        }
    }
}
