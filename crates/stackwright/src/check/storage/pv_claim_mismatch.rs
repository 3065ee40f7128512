use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PersistentVolumeClaimSpec, PersistentVolumeSpec};

use super::claims::{Claim, Claims};
use super::size::{bytes, written};
use crate::capacity::lacking_volumes;
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};
use crate::yaml::is_unknown;

pub(super) const CHECK: Check = Check {
    id: "pv-claim-mismatch",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A claim and the volume that is meant for it do not fit, or more claims want volumes than there are.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let claims = Claims::of(index);
    let mut owners: HashMap<_, &Claim> = HashMap::default();
    for claim in &claims.all {
        let class = claims.class(claim.spec);
        let misfit = |spec: &PersistentVolumeSpec, labels: Option<&_>| misfit(claim.spec, class, spec, labels);
        if let Some((item, volume)) = claim.volume {
            if let Some(owner) = owners.insert(item.index, claim)
                && owner.item.label() != claim.item.label()
            {
                let message = format!("{} and {} both want {}", owner.item.label(), claim.item.label(), item.label());
                let finding =
                    CHECK.finding(message, "a volume is one claim's: give each its own").at(claim.item, "spec");
                findings.push(finding.see(owner.item, "spec", "the first"));
            }
            let Some(spec) = &volume.spec else { continue };
            if let Some(misfit) = misfit(spec, volume.metadata.labels.as_ref()) {
                findings.push(misfit.finding(claim, &item.label()).see(item, misfit.volume_path, "the volume's"));
            } else if class.is_none() && claim.spec.volume_name.is_some() && spec.claim_ref.is_none() {
                findings.extend(without_class(index, claim, item, spec));
            }
            continue;
        }
        // A name that leads nowhere is a missing reference, not a misfit.
        let candidates = claims.candidates(class.unwrap_or_default());
        if claim.spec.volume_name.is_some() || class.is_none() {
            continue;
        }
        let mut misfits = candidates
            .iter()
            .take(CANDIDATES)
            .filter_map(|(item, volume)| Some((item, misfit(volume.spec.as_ref()?, volume.metadata.labels.as_ref()))));
        let Some((item, Some(first))) = misfits.next() else { continue };
        if candidates.len() <= CANDIDATES && misfits.all(|(_, misfit)| misfit.is_some()) {
            findings.push(first.finding(claim, &item.label()).see(*item, first.volume_path, "the nearest volume's"));
        }
    }
    for lack in &index.analysis().model.lacks {
        let Some(last) = lack.claims.last() else { continue };
        let path = if last.object.kind() == "StatefulSet" { "spec.volumeClaimTemplates" } else { "spec" };
        let help = "a volume is one claim's: add volumes, or have fewer claims";
        // Of a class that no StorageClass here has, another file's may make more.
        let severity = if lack.is_certain || index.is_whole() { CHECK.severity } else { Severity::Warning };
        let finding = CHECK.finding(lacking_volumes(lack), help).rated(severity);
        let finding = finding.why("what is left over stays Pending").at(*last, path);
        findings.push(
            lack.volumes.iter().take(SOME).fold(finding, |finding, volume| finding.see(*volume, "spec", "suits")),
        );
    }
}

/// The finding about a claim without a class, where no class is known to be the default one, that names a volume of some class.
fn without_class(index: &Index<'_>, claim: &Claim, item: Item<'_>, volume: &PersistentVolumeSpec) -> Option<Finding> {
    let class = volume.storage_class_name.as_deref().filter(|class| !class.is_empty() && !is_unknown(class))?;
    let message = format!("{} names no StorageClass, but {} is of class {class}", claim.item.label(), item.label());
    // Of someone else's cluster one cannot know the default class: that of a volume which is made by hand is hardly it.
    let severity = if index.is_whole() { Severity::Error } else { Severity::Warning };
    let finding = CHECK.finding(message, format!("set storageClassName: {class}")).rated(severity);
    let finding =
        finding.why("a claim is bound to a volume of its own class only: it stays Pending").at(claim.item, "spec");
    Some(finding.see(item, "spec.storageClassName", "the volume's"))
}

/// Of so many volumes the places are told.
const SOME: usize = 3;

/// With more volumes of a class than these, one of them will do: thousands of claims and volumes must not be compared each with each.
const CANDIDATES: usize = 32;

/// Why a claim cannot have a volume.
struct Misfit {
    claim_path: &'static str,
    volume_path: &'static str,
    /// What the claim asks for, and what the volume is.
    fact: (String, String),
}

impl Misfit {
    fn finding(&self, claim: &Claim, volume: &str) -> Finding {
        let (asked, is) = &self.fact;
        let message = format!("{} asks for {asked}, but {volume} {is}", claim.item.label());
        CHECK.finding(message, "make the two agree").why("the claim stays Pending").at(claim.item, self.claim_path)
    }
}

fn misfit(
    claim: &PersistentVolumeClaimSpec,
    class: Option<&str>,
    volume: &PersistentVolumeSpec,
    labels: Option<&BTreeMap<String, String>>,
) -> Option<Misfit> {
    let said = |class: &str| if class.is_empty() { "no class".to_owned() } else { format!("class {class}") };
    let volume_class = volume.storage_class_name.as_deref().unwrap_or_default();
    if let Some(class) = class.filter(|class| *class != volume_class) {
        let claim_path = if claim.storage_class_name.is_some() { "spec.storageClassName" } else { "spec" };
        let volume_path = if volume.storage_class_name.is_some() { "spec.storageClassName" } else { "spec" };
        return Some(Misfit { claim_path, volume_path, fact: (said(class), format!("is of {}", said(volume_class))) });
    }
    let asked = bytes(claim.resources.as_ref().and_then(|resources| resources.requests.as_ref()));
    if let (Some(asked), Some(is)) = (asked, bytes(volume.capacity.as_ref()))
        && asked > is
    {
        let fact = (written(asked), format!("has {}", written(is)));
        return Some(Misfit {
            claim_path: "spec.resources.requests.storage",
            volume_path: "spec.capacity.storage",
            fact,
        });
    }
    let modes = volume.access_modes.as_deref().unwrap_or_default();
    if let Some(mode) = claim.access_modes.iter().flatten().find(|mode| !modes.contains(mode)) {
        let fact = (mode.clone(), format!("is {}", modes.join(", ")));
        return Some(Misfit { claim_path: "spec.accessModes", volume_path: "spec.accessModes", fact });
    }
    let mode = |mode: &Option<String>| mode.as_deref().unwrap_or("Filesystem").to_owned();
    let (asked, is) = (mode(&claim.volume_mode), mode(&volume.volume_mode));
    if asked != is {
        return Some(Misfit {
            claim_path: "spec",
            volume_path: "spec",
            fact: (format!("volumeMode {asked}"), format!("is {is}")),
        });
    }
    let wanted = claim.selector.iter().flat_map(|selector| &selector.match_labels).flatten();
    let missing = wanted.into_iter().find(|(key, value)| labels.and_then(|labels| labels.get(*key)) != Some(value));
    let (key, value) = missing?;
    let fact = (format!("a volume labelled {key}: {value}"), "is not".to_owned());
    Some(Misfit { claim_path: "spec.selector.matchLabels", volume_path: "metadata", fact })
}
