//! What the name of a setting says of its value. The lists here are of English words, as people name settings by them; the names of servers, which
//! are other programs', are facts.

use crate::facts::servers;

/// Whether a setting's value is the name of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is one.
    Host,
    /// It is one where a port stands beside it, and may be one without.
    Address,
    /// It may be one, also the program's own.
    Perhaps,
    /// It is anything.
    Nothing,
}

/// Words for what a program talks to and is not itself, beside the names of well-known servers.
const OTHERS: [&str; 10] = ["api", "backend", "cache", "database", "db", "mail", "mailer", "mq", "queue", "sql"];

/// Words for where a program listens, and for what others call it.
const OWN: [&str; 17] = [
    "advertise",
    "advertised",
    "allowed",
    "bind",
    "cors",
    "domain",
    "external",
    "ingress",
    "listen",
    "listener",
    "local",
    "node",
    "origin",
    "public",
    "self",
    "trusted",
    "virtual",
];

/// Words for what visitors are told to ask for, in their browsers.
const OF_VISITORS: [&str; 12] = [
    "app",
    "base",
    "callback",
    "canonical",
    "frontend",
    "home",
    "origins",
    "redirect",
    "root",
    "site",
    "webhook",
    "www",
];

/// The longest name of a setting that is looked at.
const LONGEST: usize = 80;

/// What the name of a setting says.
pub(super) fn says(key: &str) -> Says {
    if key.len() > LONGEST {
        return Says::Nothing;
    }
    let Some((word, holds_hosts)) = end(key) else { return Says::Nothing };
    let before = key[..key.len() - word.len()].trim_start_matches('-');
    let small = before.to_ascii_lowercase();
    let words = words(before, &small);
    // `ghost` is no host, but `PGHOST` is one.
    let is_word = before.is_empty()
        || before.ends_with(['_', '-', '.'])
        || (before.ends_with(|letter: char| letter.is_ascii_lowercase())
            && key[key.len() - word.len()..].starts_with(|letter: char| letter.is_ascii_uppercase()))
        || words.clone().last().is_some_and(is_other);
    let has = |list: &[&str]| words.clone().any(|word| list.binary_search(&word).is_ok());
    match before {
        _ if !is_word || has(&OWN) => Says::Nothing,
        _ if holds_hosts && words.clone().any(is_other) => Says::Host,
        "" => Says::Perhaps,
        _ => Says::Address,
    }
}

/// The last word of a setting that holds a host, and whether it is always one. Most keys have another last letter than these.
fn end(key: &str) -> Option<(&'static str, bool)> {
    let words: &[_] = match key.bytes().last()?.to_ascii_lowercase() {
        b'e' => &[("hostname", true)],
        b'i' => &[("uri", false)],
        b'l' => &[("url", false)],
        b'm' => &[("upstream", false)],
        b'p' => &[("bootstrap", false)],
        b'r' => &[("addr", true), ("broker", true), ("server", false)],
        b's' => &[
            ("hosts", true),
            ("addrs", true),
            ("brokers", true),
            ("addresses", false),
            ("address", false),
            ("endpoints", false),
            ("servers", false),
        ],
        b't' => &[("host", true), ("endpoint", false)],
        _ => return None,
    };
    let is_end = |word: &str| {
        let start = key.len().checked_sub(word.len());
        start.is_some_and(|start| key.as_bytes()[start..].eq_ignore_ascii_case(word.as_bytes()))
    };
    words.iter().copied().find(|(word, _)| is_end(word))
}

/// Whether a word is for what a program talks to.
fn is_other(word: &str) -> bool {
    OTHERS.binary_search(&word).is_ok() || servers::is_word(word)
}

/// Whether a setting's URL is one that visitors ask for, from outside.
pub(super) fn is_for_visitors(key: &str) -> bool {
    let small = key.to_ascii_lowercase();
    let words = words(key, &small);
    let has = |list: &[&str]| words.clone().any(|word| list.binary_search(&word).is_ok());
    !words.clone().any(is_other) && (has(&OWN) || has(&OF_VISITORS))
}

/// Whether a setting holds the name of an image, whose version looks like a port.
pub(super) fn is_of_image(key: &str) -> bool {
    let small = key.to_ascii_lowercase();
    words(key, &small).any(|word| matches!(word, "image" | "tag" | "version" | "user" | "auth" | "password"))
}

/// The words of a name in small letters: those of `DB_HOST`, `db-host`, `db.host` and `dbHost` are the same. `small` is the name in such letters.
fn words<'s>(name: &str, small: &'s str) -> impl Iterator<Item = &'s str> + Clone {
    let bytes = name.as_bytes();
    let begins = move |place: usize| {
        bytes[place].is_ascii_alphanumeric()
            && (place == 0
                || !bytes[place - 1].is_ascii_alphanumeric()
                || bytes[place].is_ascii_uppercase() && bytes[place - 1].is_ascii_lowercase())
    };
    (0..bytes.len()).filter(move |place| begins(*place)).map(move |start| {
        let ends = |place: &usize| !bytes[*place].is_ascii_alphanumeric() || begins(*place);
        &small[start..(start + 1..bytes.len()).find(ends).unwrap_or(bytes.len())]
    })
}

#[cfg(test)]
mod tests {
    use super::{OF_VISITORS, OTHERS, OWN, Says, is_for_visitors, says};

    #[test]
    fn names_of_settings() {
        let of = |says_so: Says, keys: &[&str]| {
            for key in keys {
                assert_eq!(says(key), says_so, "{key}");
            }
        };
        of(Says::Host, &["DB_HOST", "PGHOST", "dbHost", "spring.redis.host", "--db-host", "REDIS_ADDR", "db_hostname"]);
        of(
            Says::Address,
            &["KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL", "database.server", "CATALOG_ENDPOINT", "CART_HOST"],
        );
        of(Says::Perhaps, &["HOST", "HOSTNAME", "server"]);
        of(Says::Nothing, &["GHOST", "LISTEN_HOST", "VIRTUAL_HOST", "NAME", "", "BIND_ADDR", "DB_HOST_NAME", "Ähost"]);
    }

    #[test]
    fn urls_for_visitors() {
        assert!(["ROOT_URL", "GF_SERVER_ROOT_URL", "allowedOrigins", "PUBLIC_URL"].into_iter().all(is_for_visitors));
        assert!(!["API_BASE_URL", "DATABASE_URL", "upstream", ""].into_iter().any(is_for_visitors));
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(OTHERS.is_sorted() && OWN.is_sorted() && OF_VISITORS.is_sorted());
    }
}
