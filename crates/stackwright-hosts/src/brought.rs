//! What installers bring along: data, each part with its source and the day on which it was read there.

use serde::Deserialize;
use stackwright::prelude::*;

use crate::firewall::{Askers, Traffic};

/// A part of what an installer brings. Its files explain their form: `k3s/brought.yaml` and `kubespray/brought.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// The installer's options that have to be on for it: it is always there where none are named.
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    brings: Provided,
    #[serde(default)]
    listens: Vec<Traffic>,
    /// The ports of nodes at which its pods ask to be read by annotations.
    #[serde(default)]
    annotated: Vec<u16>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// What an installer brings to one cluster.
pub(crate) struct Brought<'p>(Vec<&'p Part>);

impl<'p> Brought<'p> {
    /// Of these parts, those whose options are on.
    pub(crate) fn of(parts: &'p [Part], is_on: impl Fn(&str) -> bool) -> Self {
        Self(parts.iter().filter(|part| part.with.iter().all(|option| is_on(option))).collect())
    }

    /// What the checks have to know of it.
    pub(crate) fn provided(&self) -> Provided {
        let mut all = Provided::default();
        for Provided { namespaces, kinds, ingress_classes, storage_classes, apis, load_balancer, pods, kubelet } in
            self.0.iter().map(|part| part.brings.clone())
        {
            all.namespaces.extend(namespaces);
            all.kinds.extend(kinds);
            all.ingress_classes.extend(ingress_classes);
            all.storage_classes.extend(storage_classes);
            all.apis.extend(apis);
            all.load_balancer = load_balancer.or(all.load_balancer);
            all.pods.extend(pods);
            if kubelet != Kubelet::default() {
                all.kubelet = kubelet;
            }
        }
        all
    }

    /// What listens on its nodes for others of the cluster.
    pub(crate) fn traffic(&self) -> Vec<Traffic> {
        self.0.iter().flat_map(|part| &part.listens).cloned().collect()
    }

    /// The parts of the control plane whose metrics pods can ask for.
    pub(crate) fn scraped(&self) -> Vec<Component> {
        let traffic = self.traffic();
        let is_for_pods = |component: &Component| {
            traffic
                .iter()
                .any(|listens| listens.from == Askers::NodesAndPods && listens.ports.contains(&component.port()))
        };
        Component::ALL.into_iter().filter(is_for_pods).collect()
    }

    /// The ports of nodes at which its pods ask by annotations to be read.
    pub(crate) fn annotated(&self) -> Vec<u16> {
        self.0.iter().flat_map(|part| &part.annotated).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts;

    #[test]
    fn each_part_has_its_source_and_day_and_options_that_there_are() {
        let k3s = ["coredns", "etcd", "local-storage", "metrics-server", "servicelb", "sqlite", "traefik"];
        assert_sound(&facts::table(include_str!("k3s/brought.yaml")), &k3s);
        assert_sound(
            &facts::table(include_str!("kubespray/brought.yaml")),
            &["gateway-api", "local-path", "metallb", "metrics-server"],
        );
    }

    fn assert_sound(parts: &[Part], options: &[&str]) {
        for Part { with, source, read, listens, .. } in parts {
            facts::assert_sourced(source, read);
            assert!(with.iter().all(|option| options.contains(&option.as_str())), "{source}: {with:?}");
            assert!(listens.iter().all(|one| !one.ports.is_empty() && ["TCP", "UDP"].contains(&one.protocol.as_str())));
        }
        for option in options {
            assert!(parts.iter().any(|part| part.with.iter().any(|with| with == option)), "nothing comes by {option}");
        }
    }
}
