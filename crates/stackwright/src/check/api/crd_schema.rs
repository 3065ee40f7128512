use std::borrow::Cow;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    CustomResourceDefinition, CustomResourceDefinitionVersion,
};

use super::structural::{Fault, Schemas};
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};
use crate::yaml::{self, Node};

pub(super) const CHECK: Check = Check {
    id: "crd-schema",
    group: Group::Api,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A custom resource does not fit the schema of its CustomResourceDefinition, which is among the objects \
            too.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut definitions = HashMap::default();
    for (item, definition) in index.all::<CustomResourceDefinition>() {
        definitions.insert((definition.spec.group.as_str(), definition.spec.names.kind.as_str()), (item, definition));
    }
    if definitions.is_empty() {
        return;
    }
    let mut schemas = Schemas::default();
    for item in &index.items {
        let Some((group, version)) = item.object.api_version().split_once('/') else { continue };
        let Some((definition_item, definition)) = definitions.get(&(group, item.object.kind())) else { continue };
        let versions = &definition.spec.versions;
        let Some((number, version)) = versions.iter().enumerate().find(|(_, known)| known.name == version) else {
            continue;
        };
        let Some(node) = content(*item) else { continue };
        let root = format!("spec.versions[{number}].schema.openAPIV3Schema");
        // What SOPS notes beside the fields that it encrypted is gone when the object is applied.
        let is_encrypted = node.at("sops.mac").is_some();
        let faults = faults(&mut schemas, definition, version, &node).into_iter();
        for fault in faults.filter(|fault| !is_encrypted || fault.path != "sops") {
            let message = format!("{}: {}", item.label(), fact(&fault));
            let finding = CHECK.finding(message, fault.help).at(*item, fault.path);
            findings.push(finding.see(*definition_item, format!("{root}{}", fault.schema), "the schema"));
        }
    }
}

/// What an object says, as it was read or as it is rendered.
fn content(item: Item<'_>) -> Option<Cow<'_, Node>> {
    if let Some(node) = item.object.content() {
        return Some(Cow::Borrowed(node));
    }
    let mut text = String::new();
    item.object.write_yaml(&mut text).ok()?;
    yaml::read(&text).ok()?.documents.pop().map(Cow::Owned)
}

fn faults<'s>(
    schemas: &mut Schemas<'s>,
    definition: &CustomResourceDefinition,
    version: &'s CustomResourceDefinitionVersion,
    node: &Node,
) -> Vec<Fault> {
    let Some(schema) = version.schema.as_ref().and_then(|schema| schema.open_api_v3_schema.as_ref()) else {
        return Vec::new();
    };
    // A new object's status is dropped where it is written on its own.
    let drops_status = version.subresources.as_ref().is_some_and(|subresources| subresources.status.is_some());
    let keeps_unknown = definition.spec.preserve_unknown_fields == Some(true);
    schemas.faults(schema, node, drops_status, keeps_unknown)
}

fn fact(fault: &Fault) -> String {
    if fault.path.is_empty() { fault.fact.clone() } else { format!("{}: {}", fault.path, fault.fact) }
}
