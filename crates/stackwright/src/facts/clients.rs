use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// How a client is told of the host that it talks to, as `clients.yaml` explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Client {
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    name: String,
    #[serde(default)]
    programs: Vec<String>,
    #[serde(default)]
    options: Vec<String>,
    /// Whether its first argument is the host, and the next its port.
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    listens: Option<char>,
    #[serde(default)]
    passes: Vec<String>,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    lists: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// What stands behind a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Directive {
    /// Hosts.
    Pass,
    /// A host with a port, perhaps behind a name of its own.
    Member,
    /// A name for several hosts.
    Group,
    /// Hosts with their ports, between commas or one a line.
    List,
}

static CLIENTS: LazyLock<Vec<Client>> = LazyLock::new(|| super::table(include_str!("clients.yaml")));

static BY_PROGRAM: LazyLock<FxHashMap<&'static str, &'static Client>> = LazyLock::new(|| {
    let named = CLIENTS.iter().flat_map(|client| client.programs.iter().map(move |name| (name.as_str(), client)));
    named.collect()
});

static DIRECTIVES: LazyLock<FxHashMap<&'static str, Directive>> = LazyLock::new(|| {
    let of = |client: &'static Client| {
        let all = [
            (&client.passes, Directive::Pass),
            (&client.members, Directive::Member),
            (&client.groups, Directive::Group),
            (&client.lists, Directive::List),
        ];
        all.into_iter().flat_map(|(names, directive)| names.iter().map(move |name| (name.as_str(), directive)))
    };
    CLIENTS.iter().flat_map(of).collect()
});

impl Client {
    /// Whether an option's value is the host.
    pub(crate) fn takes(&self, option: &str) -> bool {
        self.options.iter().any(|known| known == option)
    }

    /// Whether by a word that is an option it waits for others.
    pub(crate) fn listens(&self, option: &str) -> bool {
        self.listens.is_some_and(|letter| option.contains(letter))
    }
}

/// The client that a program is.
pub(crate) fn of(program: &str) -> Option<&'static Client> {
    let by_program: &FxHashMap<&str, _> = &BY_PROGRAM;
    by_program.get(program).copied()
}

/// What stands behind a word, if it is a directive of a client's files.
pub(crate) fn directive(word: &str) -> Option<Directive> {
    let directives: &FxHashMap<&str, _> = &DIRECTIVES;
    directives.get(word).copied()
}

/// The directives that give names to hosts.
pub(crate) fn groups() -> impl Iterator<Item = &'static str> {
    CLIENTS.iter().flat_map(|client| &client.groups).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_source_and_day() {
        for client in CLIENTS.iter() {
            crate::facts::assert_sourced(&client.name, &client.source, &client.read);
        }
    }

    #[test]
    fn a_program_is_one_client() {
        let programs = CLIENTS.iter().flat_map(|client| &client.programs).count();
        assert_eq!(programs, BY_PROGRAM.len());
        assert!(of("psql").is_some_and(|client| client.takes("-h") && !client.first));
        assert!(of("nc").is_some_and(|client| client.first && client.listens("-lk") && !client.takes("-h")));
        assert!(of("curl").is_none());
    }

    #[test]
    fn a_word_is_one_directive() {
        assert_eq!(directive("proxy_pass"), Some(Directive::Pass));
        assert_eq!(directive("server"), Some(Directive::Member));
        assert_eq!(directive("listen"), None);
        let of = |client: &Client| [&client.passes, &client.members, &client.groups, &client.lists].map(Vec::len);
        // Two clients have a member each, of one name.
        assert_eq!(CLIENTS.iter().flat_map(of).sum::<usize>(), DIRECTIVES.len() + 1);
    }
}
