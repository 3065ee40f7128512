//! What was applied, as an ApplySet in the cluster: <https://git.k8s.io/enhancements/keps/sig-cli/3659-kubectl-apply-prune>.

use std::collections::BTreeSet;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use stackwright::{Cluster, Error};

use super::MANAGER;
use super::id::Id;
use super::kubectl::Kubectl;

const ID: &str = "applyset.kubernetes.io/id";
const TOOLING: &str = "applyset.kubernetes.io/tooling";
const KINDS: &str = "applyset.kubernetes.io/contains-group-kinds";
/// Ours: the specification knows no releases.
const RELEASES: &str = "stackwright.dev/releases";
const NAMESPACES: &str = "applyset.kubernetes.io/additional-namespaces";

/// Where the inventories are, and the leases.
pub const NAMESPACE: &str = "kube-system";

/// The inventory of a cluster: its parent object, without the members.
pub struct Inventory {
    pub name: String,
    pub id: String,
    /// The kinds of its members, as `Deployment.apps`.
    pub kinds: BTreeSet<String>,
    pub namespaces: BTreeSet<String>,
    /// The Helm releases that were installed with it, as `NAMESPACE/NAME`.
    pub releases: BTreeSet<String>,
    pub is_there: bool,
    /// Those of other clusters' names.
    pub others: Vec<String>,
}

impl Inventory {
    /// The one that is there, or an empty one.
    pub fn read(kubectl: &Kubectl, cluster: &Cluster) -> Result<Self, Error> {
        let name = name(&cluster.name);
        let found = kubectl.objects(&["get", "configmaps", "-n", NAMESPACE, "-l", ID, "--output=json"], "")?;
        let mut inventory = Self {
            id: id(&name, NAMESPACE, "ConfigMap", ""),
            name,
            kinds: BTreeSet::new(),
            namespaces: BTreeSet::new(),
            releases: BTreeSet::new(),
            is_there: false,
            others: Vec::new(),
        };
        for parent in &found {
            inventory.take(parent)?;
        }
        Ok(inventory)
    }

    fn take(&mut self, parent: &Value) -> Result<(), Error> {
        let annotation = |key| parent["metadata"]["annotations"][key].as_str().unwrap_or_default();
        let is_ours = annotation(TOOLING).split('/').next() == Some(MANAGER);
        let other = Id::of(parent).name;
        if other != self.name {
            self.others.extend(is_ours.then_some(other));
            return Ok(());
        }
        if !is_ours {
            let help = "remove it, if that tool no longer needs it, or give the cluster another name";
            let fact = format!("ConfigMap {NAMESPACE}/{other} is the inventory of `{}`", annotation(TOOLING));
            return Err(Error::new(fact, help));
        }
        let list = |text: &str| text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        (self.kinds, self.namespaces) = (list(annotation(KINDS)), list(annotation(NAMESPACES)));
        self.releases = list(annotation(RELEASES));
        self.is_there = true;
        Ok(())
    }

    /// Writes down that these are members and these releases are installed, and those members that were if they may still be there.
    pub fn write<'i>(
        &mut self,
        kubectl: &Kubectl,
        members: impl Iterator<Item = &'i Id>,
        releases: BTreeSet<String>,
        with_old: bool,
    ) -> Result<(), Error> {
        let (mut kinds, mut namespaces) = (BTreeSet::new(), BTreeSet::new());
        for id in members {
            kinds.insert(id.group_kind().to_string());
            if !id.namespace.is_empty() && id.namespace != NAMESPACE {
                namespaces.insert(id.namespace.clone());
            }
        }
        if with_old {
            kinds.extend(self.kinds.iter().cloned());
            namespaces.extend(self.namespaces.iter().cloned());
        }
        if self.is_there && (&kinds, &namespaces, &releases) == (&self.kinds, &self.namespaces, &self.releases) {
            return Ok(());
        }
        (self.kinds, self.namespaces, self.releases, self.is_there) = (kinds, namespaces, releases, true);
        let arguments =
            ["apply", "--server-side", "--force-conflicts", "--field-manager", MANAGER, "--output=name", "-f", "-"];
        kubectl.text(&arguments, &self.parent().to_string()).map(drop)
    }

    fn parent(&self) -> Value {
        let list = |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let mut annotations = json!({
            TOOLING: concat!("stackwright/v", env!("CARGO_PKG_VERSION")),
            KINDS: list(&self.kinds),
            NAMESPACES: list(&self.namespaces),
        });
        if !self.releases.is_empty() {
            annotations[RELEASES] = list(&self.releases).into();
        }
        json!({
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {
                "name": self.name,
                "namespace": NAMESPACE,
                "labels": { ID: self.id },
                "annotations": annotations,
            },
        })
    }
}

/// What a cluster's inventory and lease are called.
pub fn name(cluster: &str) -> String {
    format!("{MANAGER}-{cluster}")
}

/// The id of the set with this parent.
fn id(name: &str, namespace: &str, kind: &str, group: &str) -> String {
    let digest = Sha256::digest(format!("{name}.{namespace}.{kind}.{group}"));
    format!("applyset-{}-v1", Base64UrlUnpadded::encode_string(&digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_kubectl() {
        // From kubectl's own tests, pkg/cmd/apply/apply_test.go.
        let cases = [
            (("my-set", "test", "Secret", ""), "applyset-0eFHV8ySqp7XoShsGvyWFQD3s96yqwHmzc4e0HR1dsY-v1"),
            (("my-set", "", "ApplySet", "company.com"), "applyset-rhp1a-HVAVT_dFgyEygyA1BEB82HPp2o10UiFTpqtAs-v1"),
        ];
        for ((name, namespace, kind, group), expected) in cases {
            assert_eq!(id(name, namespace, kind, group), expected);
        }
    }
}
