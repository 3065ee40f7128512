//! The classes that Ingresses ask for, and the default one: two checks.

use k8s_openapi::api::networking::v1::{Ingress, IngressClass};

use super::advice::is_there;
use super::classes::{DEFAULT_INGRESS, mark_path};
use super::missing::{entry_path, missing};
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const UNRESOLVED: Check = Check {
    id: "ingress-class-unresolved",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "An Ingress names an IngressClass that the cluster does not have, or none while no class is the default.",
    run: run_unresolved,
};

pub(super) const DEFAULTS: Check = Check {
    id: "ingress-class-defaults",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "Several IngressClasses are marked as the default one.",
    run: run_defaults,
};

/// How Ingresses named their class before they had a field for it. Controllers still read it.
const BEFORE: &str = "kubernetes.io/ingress.class";

fn run_unresolved(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let default = index.all::<IngressClass>().find(|(item, _)| mark_path(*item, DEFAULT_INGRESS).is_some());
    for (item, ingress) in index.all::<Ingress>() {
        match class(item, ingress) {
            Some((class, _)) if is_there(index, "IngressClass.networking.k8s.io", "", class) => {}
            Some((class, path)) => {
                let message = format!("{} is of IngressClass {class}, which is not there", item.label());
                let found = missing(&UNRESOLVED, index, ("IngressClass.networking.k8s.io".into(), "", class), message);
                findings.extend(found.map(|finding| finding.at(item, path)));
            }
            None if default.is_some() => {}
            None => findings.extend(unnamed(index, item)),
        }
    }
}

/// What to say of an Ingress that names no class where none is known to be the default.
fn unnamed(index: &Index<'_>, item: Item<'_>) -> Option<Finding> {
    let own = index.of_kind("IngressClass").map(|class| class.object.name()).next();
    let provided = index.cluster().and_then(|cluster| cluster.provided.ingress_classes.first()).map(String::as_str);
    let severity = match (index.is_closed(), provided) {
        // The one of an existing cluster may well be.
        (true, _) if index.existing().is_some() => own.map(|_| Severity::Information)?,
        // Whether the class that the installer brings is the default, nobody has said.
        (true, Some(_)) => Severity::Warning,
        (true, None) => Severity::Error,
        // A cluster has its classes from elsewhere, as a rule.
        (false, _) => own.map(|_| Severity::Information)?,
    };
    let help = match own.or(provided) {
        Some(class) => format!("set ingressClassName: {class}"),
        None if index.cluster().is_some() => {
            "install an ingress controller, and set ingressClassName to its class; name it in `Provided::ingress_classes`".to_owned()
        }
        None => "install an ingress controller, and set ingressClassName to its class".to_owned(),
    };
    let message = format!("{} names no IngressClass, and no class is known to be the default one", item.label());
    Some(UNRESOLVED.finding(message, help).rated(severity).at(item, "spec"))
}

fn run_defaults(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let defaults = index.all::<IngressClass>().filter_map(|(item, _)| Some((item, mark_path(item, DEFAULT_INGRESS)?)));
    let defaults: Vec<_> = defaults.collect();
    if let [(first, first_path), .., (last, last_path)] = &defaults[..] {
        let (one, other) = (first.object.name(), last.object.name());
        let message = format!("{} IngressClasses are the default one, {one} and {other} among them", defaults.len());
        let finding = DEFAULTS.finding(message, "leave the annotation on one of them").at(*last, last_path);
        findings.push(finding.see(*first, first_path, "another"));
    }
}

/// The class that an Ingress names, and the field.
pub(crate) fn class<'a>(item: Item<'a>, ingress: &'a Ingress) -> Option<(&'a str, String)> {
    let named = ingress.spec.as_ref().and_then(|spec| spec.ingress_class_name.as_deref());
    let annotated = || item.object.metadata().annotations.as_ref()?.get(BEFORE).map(String::as_str);
    match named {
        Some(class) => Some((class, "spec.ingressClassName".to_owned())),
        None => annotated().map(|class| (class, entry_path("metadata.annotations", BEFORE))),
    }
}
