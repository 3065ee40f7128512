use std::sync::LazyLock;

use serde::Deserialize;

use crate::links::GroupKind;
use crate::nearest::nearest;

/// What is known of such groups in `groups.yaml`, which explains its form.
static GROUPS: LazyLock<Vec<ApiGroup>> = LazyLock::new(|| super::table(include_str!("groups.yaml")));

/// An API group of custom kinds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiGroup {
    pub group: String,
    kinds: Vec<String>,
    /// The version in which they are served.
    pub version: String,
    /// What follows the group in annotations of Ingresses.
    #[serde(default)]
    annotations: Vec<String>,
    #[serde(default)]
    before: Vec<Before>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// A group that kinds were of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Before {
    group: String,
    /// Since when it isn't theirs.
    pub why: String,
    /// The end of the name of the controller's image.
    pub image: Option<String>,
    /// The controller's first major version that doesn't read it.
    pub until: Option<u32>,
}

/// The group of Traefik's kinds.
pub(crate) const TRAEFIK: &str = "traefik.io";

/// The kinds of a group.
pub(crate) fn kinds(group: &str) -> &'static [String] {
    of(group).map_or(&[], |known| &known.kinds)
}

/// A kind in the group that it is of, and then in those that it was of.
pub(crate) fn in_all<'k>(group: &'k str, kind: &'k str) -> impl Iterator<Item = GroupKind<'k>> {
    let before = of(group).into_iter().flat_map(|known| &known.before).map(|before| before.group.as_str());
    std::iter::once(group).chain(before).map(move |group| GroupKind { group, kind })
}

fn of(group: &str) -> Option<&'static ApiGroup> {
    GROUPS.iter().find(|known| known.group == group)
}

/// The group that is meant by one that nothing reads, for a kind; and what is known of that one, where it is no mere slip.
pub(crate) fn meant(group: &str, kind: &str) -> Option<(&'static ApiGroup, Option<&'static Before>)> {
    meant_by(group, |known| known.kinds.iter().any(|known| known == kind))
}

/// The same for the key of an annotation.
pub(crate) fn meant_by_annotation(key: &str) -> Option<(&'static ApiGroup, Option<&'static Before>)> {
    let (group, name) = key.split_once('/')?;
    meant_by(group, |known| known.annotations.iter().any(|known| known == name))
}

fn meant_by(group: &str, has: impl Fn(&ApiGroup) -> bool) -> Option<(&'static ApiGroup, Option<&'static Before>)> {
    let known = GROUPS.iter().find(|known| has(known))?;
    if known.group == group {
        return None;
    }
    let before = known.before.iter().find(|before| before.group == group);
    (before.is_some() || nearest(group, [known.group.as_str()]).is_some()).then_some((known, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for known in GROUPS.iter() {
            crate::facts::assert_sourced(&known.group, &known.source, &known.read);
            let whole = known.before.iter().all(|before| before.image.is_some() == before.until.is_some());
            assert!(whole && !known.kinds.is_empty(), "{}", known.group);
        }
    }

    #[test]
    fn a_kind_was_of_other_groups() {
        let groups = |group| in_all(group, "Middleware").map(|kind| kind.group).collect::<Vec<_>>();
        assert_eq!(groups(TRAEFIK), [TRAEFIK, "traefik.containo.us"]);
        assert_eq!(groups("example.org"), ["example.org"]);
        assert!(kinds("metallb.io").contains(&"IPAddressPool".to_owned()) && kinds("example.org").is_empty());
    }

    #[test]
    fn a_group_is_meant_by_an_old_one_and_by_a_slip() {
        let group = |group, kind| meant(group, kind).map(|(known, before)| (known.group.as_str(), before.is_some()));
        assert_eq!(group("traefik.containo.us", "Middleware"), Some(("traefik.io", true)));
        assert_eq!(group("certmanager.io", "ClusterIssuer"), Some(("cert-manager.io", false)));
        assert_eq!(group("cert-manager.io", "Issuer"), None);
        assert_eq!(group("networking.istio.io", "Gateway"), None);
        assert_eq!(group("certmanager.io", "Thing"), None);
        let annotation = |key| meant_by_annotation(key).map(|(known, _)| known.group.as_str());
        assert_eq!(annotation("certmanager.k8s.io/cluster-issuer"), Some("cert-manager.io"));
        assert_eq!(annotation("cert-manager.io/cluster-issuer"), None);
        assert_eq!(annotation("example.org/issuer"), None);
    }
}
