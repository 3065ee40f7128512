use std::cell::LazyCell;

use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolumeClaimSpec};

use super::claims::Claims;
use crate::check::references::each_claim;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "claim-access-mode",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A claim asks for an access mode that the provisioner of its class makes no volume for.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let claims = LazyCell::new(|| Claims::of(index));
    each_claim(index, |item, path, spec| {
        // Every provisioner makes volumes for one node.
        let is_usual = spec.access_modes.iter().flatten().all(|mode| mode == "ReadWriteOnce");
        // A volume that is named is there already.
        if spec.volume_name.is_some() || is_usual {
            return;
        }
        findings
            .extend(refused(index, &claims, item, spec).map(|finding| finding.at(item, format!("{path}.accessModes"))));
    });
}

fn refused(
    index: &Index<'_>,
    claims: &Claims<'_>,
    item: Item<'_>,
    spec: &PersistentVolumeClaimSpec,
) -> Option<Finding> {
    let class = claims.class_name(spec).filter(|class| !class.is_empty())?;
    let known = claims.known_provisioner(class)?;
    let is_block = spec.volume_mode.as_deref() == Some("Block");
    let mode = spec.access_modes.iter().flatten().find(|mode| known.refuses.contains(mode))?;
    // Someone may have made volumes of that class by hand.
    if is_block && !known.block || claims.has_volumes(class) || is_set_up(index, known.unless.as_deref()) {
        return None;
    }
    let message =
        format!("{} asks for {mode}, for which {} of StorageClass {class} makes no volume", item.label(), known.name);
    let help = "ask for ReadWriteOnce, or take a class whose volumes many nodes share, such as one of NFS";
    let severity = if claims.is_class(class) { Severity::Error } else { Severity::Warning };
    Some(CHECK.finding(message, help).why("the claim stays Pending, and its pods with it").rated(severity))
}

/// Whether a `ConfigMap` has the word by which a provisioner makes such volumes after all.
fn is_set_up(index: &Index<'_>, word: Option<&str>) -> bool {
    let mut texts = index.all::<ConfigMap>().flat_map(|(_, map)| map.data.iter().flatten());
    word.is_some_and(|word| texts.any(|(_, text)| text.contains(word)))
}
