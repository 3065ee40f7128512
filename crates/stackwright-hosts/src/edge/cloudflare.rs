use std::sync::LazyLock;

use serde::Deserialize;
use stackwright::Subnet;

use crate::facts;

/// What Cloudflare does in front of a proxy, as `cloudflare.yaml` says, which explains its form.
static FACTS: LazyLock<Vec<Facts>> = LazyLock::new(|| facts::table(include_str!("cloudflare.yaml")));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    addresses: Vec<String>,
    #[serde(default)]
    http: Vec<u16>,
    #[serde(default)]
    https: Vec<u16>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// The addresses that Cloudflare connects from, by its own lists of 27 November 2026.
pub fn addresses() -> Vec<Subnet> {
    FACTS.iter().flat_map(|facts| &facts.addresses).filter_map(|text| Subnet::new(text).ok()).collect()
}

/// The ports that Cloudflare passes on as HTTP.
pub(super) fn http_ports() -> Vec<u16> {
    FACTS.iter().flat_map(|facts| &facts.http).copied().collect()
}

/// The ports that Cloudflare passes on as HTTPS.
pub(super) fn https_ports() -> Vec<u16> {
    FACTS.iter().flat_map(|facts| &facts.https).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_has_its_source_and_day_and_says_something() {
        for Facts { source, read, .. } in &*FACTS {
            facts::assert_sourced(source, read);
        }
        assert_eq!(addresses().len(), FACTS.iter().map(|facts| facts.addresses.len()).sum::<usize>());
        assert!(addresses().iter().any(Subnet::is_ipv6));
        assert!(http_ports().contains(&80) && https_ports().contains(&443));
    }
}
