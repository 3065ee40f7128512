use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// How programs are told of a server, as `servers.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Server {
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    schemes: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

static SERVERS: LazyLock<Vec<Server>> = LazyLock::new(|| super::table(include_str!("servers.yaml")));

/// The words of all servers.
struct Words {
    of_settings: FxHashSet<&'static str>,
    schemes: FxHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let all = |words: fn(&Server) -> &Vec<String>| SERVERS.iter().flat_map(words).map(String::as_str).collect();
    Words { of_settings: all(|server| &server.words), schemes: all(|server| &server.schemes) }
});

/// Whether a word in the name of a setting, in small letters, says that it is about a server.
pub(crate) fn is_word(word: &str) -> bool {
    WORDS.of_settings.contains(word)
}

/// Whether the host of a URL is one that DNS resolves, by its scheme. A driver may stand behind it: `mysql+pymysql`.
pub(crate) fn has_host(scheme: &str) -> bool {
    let (scheme, driver) = scheme.split_once('+').unwrap_or((scheme, ""));
    WORDS.schemes.contains(scheme)
        && (driver.is_empty() || !SERVERS.iter().flat_map(|server| &server.unless).any(|other| other == driver))
}

/// Whether a field of a connection has the host.
pub(crate) fn is_field(field: &str) -> bool {
    SERVERS.iter().flat_map(|server| &server.fields).any(|known| field.eq_ignore_ascii_case(known))
}

/// Whether a text with fields is a connection.
pub(crate) fn is_connection(text: &str) -> bool {
    SERVERS.iter().flat_map(|server| &server.beside).any(|other| text.contains(other.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for server in SERVERS.iter() {
            crate::facts::assert_sourced(&format!("{server:?}"), &server.source, &server.read);
        }
    }

    #[test]
    fn a_driver_changes_no_scheme() {
        assert!(has_host("postgres") && has_host("mysql+pymysql") && has_host("mongodb"));
        assert!(!has_host("mongodb+srv") && !has_host("http+unix") && !has_host("file") && !has_host(""));
    }

    #[test]
    fn words_are_in_small_letters() {
        assert!(is_word("redis") && is_word("pg") && !is_word("api"));
        for word in SERVERS.iter().flat_map(|server| server.words.iter().chain(&server.schemes)) {
            assert_eq!(*word, word.to_ascii_lowercase());
        }
    }
}
