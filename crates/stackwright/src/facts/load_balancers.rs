use std::sync::LazyLock;

use serde::Deserialize;

/// A load balancer, as `load_balancers.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoadBalancer {
    name: String,
    /// The annotations that ask for addresses.
    pub pins: Vec<String>,
    /// Those that ask for an address of a pool.
    #[serde(default)]
    pub pools: Vec<String>,
    /// Those that share an address.
    #[serde(default)]
    pub shares: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// Every load balancer whose annotations are known.
pub(crate) fn all() -> &'static [LoadBalancer] {
    static ALL: LazyLock<Vec<LoadBalancer>> = LazyLock::new(|| super::table(include_str!("load_balancers.yaml")));
    &ALL
}

/// The load balancer of this name.
pub(crate) fn named(name: &str) -> Option<&'static LoadBalancer> {
    all().iter().find(|balancer| balancer.name == name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_fact_has_its_source_and_day() {
        for balancer in super::all() {
            crate::facts::assert_sourced(&balancer.name, &balancer.source, &balancer.read);
        }
    }
}
