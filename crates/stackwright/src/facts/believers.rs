use std::sync::LazyLock;

use serde::Deserialize;

/// A variable that makes an application believe headers of a proxy, as `believers.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Believer {
    variable: String,
    values: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

static BELIEVERS: LazyLock<Vec<Believer>> = LazyLock::new(|| super::table(include_str!("believers.yaml")));

/// Whether a variable with this value makes an application believe headers about its visitors, whoever asks.
pub(crate) fn is_one(variable: &str, value: &str) -> bool {
    let is_meant = |known: &&Believer| known.variable == variable;
    BELIEVERS.iter().filter(is_meant).any(|known| known.values.iter().any(|other| other.eq_ignore_ascii_case(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for known in &*BELIEVERS {
            crate::facts::assert_sourced(&known.variable, &known.source, &known.read);
        }
    }

    #[test]
    fn a_value_counts() {
        assert!(is_one("SERVER_FORWARD_HEADERS_STRATEGY", "FRAMEWORK"));
        assert!(!is_one("SERVER_FORWARD_HEADERS_STRATEGY", "none"));
        assert!(!is_one("FORWARDED_ALLOW_IPS", "127.0.0.1"));
    }
}
