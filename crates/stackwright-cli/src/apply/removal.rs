//! What the inventory has and the tree no longer has: which of it goes, and which is kept as data would go with it.

use serde_json::json;
use stackwright::Error;

use super::id::Id;
use super::kubectl::Kubectl;
use super::plan::{Plan, Removed};
use super::refusal;

/// What becomes of what is no longer in the tree.
pub struct Removal<'p> {
    pub goes: Vec<&'p Removed>,
    pub kept: Vec<&'p Removed>,
}

impl<'p> Removal<'p> {
    /// That of a plan, where a person has named what may go with its data.
    pub fn of(plan: &'p Plan, named: &[String]) -> Result<Self, Error> {
        let losing: Vec<_> = plan.losing().collect();
        let known = || plan.removed.iter().filter(|one| one.holds_data).map(|one| &one.id).chain(&losing);
        if let Some(unknown) = named.iter().find(|name| known().all(|id| !is_named(id, std::slice::from_ref(name)))) {
            let known: Vec<_> = known().map(Id::typed).collect();
            let help = if known.is_empty() {
                "leave the flag out".to_owned()
            } else {
                format!("there is {}", known.join(", "))
            };
            return Err(Error::new(format!("`--delete-data {unknown}` names nothing whose data would go"), help));
        }
        let (mut kept, mut goes): (Vec<_>, Vec<_>) =
            plan.removed.iter().partition(|one| one.holds_data && !is_named(&one.id, named));
        // What holds others comes last.
        goes.sort_by_key(|one| match one.id.kind.as_str() {
            "Namespace" => 2,
            "CustomResourceDefinition" => 1,
            kind => -i32::from(kind.ends_with("WebhookConfiguration")),
        });
        kept.sort_by_key(|one| &one.id);
        Ok(Self { goes, kept })
    }

    /// Deletes what goes, or asks the server whether that could be.
    pub fn delete(&self, kubectl: &Kubectl, is_dry: bool) -> Result<Option<Error>, Error> {
        if self.goes.is_empty() {
            return Ok(None);
        }
        let mut arguments = vec!["delete", "--ignore-not-found", "--wait=false", "--output=name", "-f", "-"];
        arguments.extend(is_dry.then_some("--dry-run=server"));
        let objects = self.goes.iter().map(|one| {
            let metadata = match one.id.namespace.as_str() {
                "" => json!({ "name": one.id.name }),
                namespace => json!({ "name": one.id.name, "namespace": namespace }),
            };
            format!("{}\n", json!({ "apiVersion": one.api_version, "kind": one.id.kind, "metadata": metadata }))
        });
        let said = kubectl.run(&arguments, &objects.collect::<String>(), None)?;
        Ok((said.success != Some(true)).then(|| refusal::error(&said.err, &arguments)))
    }
}

/// Whether a person has named an object, as `KIND/NAMESPACE/NAME`; the kind as it is written or in small letters.
pub fn is_named(id: &Id, named: &[String]) -> bool {
    named.iter().any(|name| {
        let (kind, rest) = name.split_once('/').unwrap_or((name, ""));
        kind.eq_ignore_ascii_case(&id.kind) && id.typed().split_once('/').is_some_and(|(_, own)| own == rest)
    })
}
