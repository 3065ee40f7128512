use std::sync::LazyLock;

use serde::Deserialize;

/// A program that makes volumes, as `provisioners.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provisioner {
    /// What a StorageClass calls it, or the end of that.
    #[serde(rename = "provisioner")]
    pub name: String,
    /// The class that it is always delivered with.
    #[serde(default)]
    pub class: Option<String>,
    /// Whether that class is `WaitForFirstConsumer`.
    #[serde(default)]
    pub waits: bool,
    /// The access modes for which it makes no volume.
    pub refuses: Vec<String>,
    /// Whether it refuses them for `volumeMode: Block` as well.
    #[serde(default)]
    pub block: bool,
    /// A word in a `ConfigMap` by which it makes them after all.
    #[serde(default)]
    pub unless: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// What is known of the provisioner that a class names.
pub(crate) fn named(provisioner: &str) -> Option<&'static Provisioner> {
    all().iter().find(|known| {
        let before = provisioner.strip_suffix(known.name.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// What is known of the provisioner of a class that nothing is known of but its name.
pub(crate) fn of_class(class: &str) -> Option<&'static Provisioner> {
    all().iter().find(|known| known.class.as_deref() == Some(class))
}

fn all() -> &'static [Provisioner] {
    static ALL: LazyLock<Vec<Provisioner>> = LazyLock::new(|| super::table(include_str!("provisioners.yaml")));
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for known in all() {
            crate::facts::assert_sourced(&known.name, &known.source, &known.read);
        }
    }

    #[test]
    fn operators_put_their_namespace_before_the_name() {
        assert!(named("rook-ceph.rbd.csi.ceph.com").is_some() && named("rbd.csi.ceph.com").is_some());
        assert!(named("notrbd.csi.ceph.com").is_none() && named("rook-ceph.cephfs.csi.ceph.com").is_none());
        assert!(of_class("local-path").is_some() && of_class("standard").is_none());
    }
}
