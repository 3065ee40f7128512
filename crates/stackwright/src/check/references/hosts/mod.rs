//! The words of settings, commands and files that are names of hosts, and how sure that is. What may be anything else is left out.

mod command;
mod file;
mod key;
mod places;
mod url;

pub(super) use places::{Place, places};

use self::key::Says;
use crate::facts::servers;

/// A word that is, or may be, the name of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Host<'t> {
    /// The name, of one label or several.
    pub(super) name: &'t str,
    /// The port that stands beside it.
    pub(super) port: Option<i32>,
    /// The scheme of its URL, where no port stands in that, and the scheme has one: `http` is for 80.
    pub(super) scheme: Option<(&'static str, i32)>,
    /// Whether nothing else can be meant.
    pub(super) is_sure: bool,
}

/// Words that stand where a host may, and name none: what people write for a choice or in an example.
const NO_HOSTS: [&str; 24] = [
    "all",
    "any",
    "auto",
    "changeme",
    "default",
    "development",
    "disabled",
    "enabled",
    "example",
    "false",
    "host",
    "hostname",
    "kubernetes",
    "localhost",
    "no",
    "none",
    "null",
    "off",
    "on",
    "production",
    "staging",
    "test",
    "true",
    "unknown",
];

/// What the Go driver of MySQL has before a host, in `user:password@tcp(host:port)/name`:
/// <https://github.com/go-sql-driver/mysql/blob/416cd99d4639/README.md>, read on 2026-11-29.
const OF_GO: &str = "@tcp(";

impl<'t> Host<'t> {
    /// The host that a text is as a whole, with or without a port; none where it is something else.
    fn of(text: &'t str, is_sure: bool) -> Option<Self> {
        let (name, port) = match text.split_once(':') {
            Some((name, port)) => (name, Some(port.parse::<i32>().ok().filter(|port| (1..=65535).contains(port))?)),
            None => (text, None),
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        is_name(name).then_some(Self { name, port, scheme: None, is_sure })
    }
}

/// Whether a text has the form of a host's name. Capitals and `_` are those of placeholders.
fn is_name(text: &str) -> bool {
    let of_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = |label: &str| {
        (1..64).contains(&label.len())
            && label.bytes().all(of_label)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // Neither is a number, nor an address.
    let last = text.rsplit('.').next().unwrap_or(text);
    text.len() < 254
        && last.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.split('.').all(is_label)
        && NO_HOSTS.binary_search(&text).is_err()
}

/// The hosts of a setting, such as a variable or a line `key: value`.
fn of_setting<'t>(key: &str, value: &'t str, out: &mut Vec<Host<'t>>) {
    let has = |mark: u8| value.bytes().any(|byte| byte == mark);
    let (has_colon, has_equals) = (has(b':'), has(b'='));
    if !has_colon && !has_equals {
        return of_word(key, value, out);
    }
    let value = value.trim();
    if has_colon && value.contains("://") {
        let begun = out.len();
        url::hosts(value, out);
        if out.len() > begun && key::is_for_visitors(key) {
            out[begun..].iter_mut().for_each(|host| host.is_sure = false);
        }
        return;
    }
    if has_colon && let Some((_, rest)) = value.split_once(OF_GO) {
        return out.extend(rest.split_once(')').and_then(|(address, _)| Host::of(address, true)));
    }
    if has_equals {
        return of_fields(value, out);
    }
    of_list(key, key::says(key), value, out);
}

/// The hosts of a setting whose value has neither a port nor a URL nor fields, as most have: few keys are for such.
fn of_word<'t>(key: &str, value: &'t str, out: &mut Vec<Host<'t>>) {
    let says = key::says(key);
    if says != Says::Nothing {
        of_list(key, says, value.trim(), out);
    }
}

/// The hosts between commas, up to what is none.
fn of_list<'t>(key: &str, says: Says, value: &'t str, out: &mut Vec<Host<'t>>) {
    // Nobody calls an image, a user or a moment by a name and a port above these.
    let is_address = |host: &Host<'_>| host.port.is_some_and(|port| port > 1023);
    for part in value.split(',').map(str::trim) {
        let Some(host) = Host::of(part, false) else { return };
        let is_sure = says == Says::Host || says == Says::Address && host.port.is_some();
        if is_sure || says != Says::Nothing || (is_address(&host) && !key::is_of_image(key)) {
            out.push(Host { is_sure, ..host });
        }
    }
}

/// The hosts of a connection's fields, as libpq and .NET have them: `host=db port=5432 user=app`, `Server=db;Database=app`.
fn of_fields<'t>(value: &'t str, out: &mut Vec<Host<'t>>) {
    let fields = value.split([' ', ';', '\t']).filter_map(|field| field.split_once('='));
    let hosts = fields.filter(|(key, _)| servers::is_field(key) && servers::is_connection(value));
    out.extend(hosts.filter_map(|(_, host)| Host::of(host, true)));
}

#[cfg(test)]
mod tests {
    use super::{Host, NO_HOSTS, is_name, of_setting};

    /// The hosts of a setting: `!` behind those that are sure.
    fn found(key: &str, value: &str) -> Vec<String> {
        let mut hosts = Vec::new();
        of_setting(key, value, &mut hosts);
        let shown = |Host { name, port, is_sure, .. }: &Host<'_>| {
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{name}{port}{}", if *is_sure { "!" } else { "" })
        };
        hosts.iter().map(shown).collect()
    }

    #[test]
    fn a_setting_holds_hosts() {
        assert_eq!(found("WORDPRESS_DB_HOST", "wordpress-mysql"), ["wordpress-mysql!"]);
        assert_eq!(found("DB_HOST", "db:3306"), ["db:3306!"]);
        assert_eq!(found("KAFKA_BROKERS", "kafka-0.kafka:9092, kafka-1.kafka:9092").len(), 2);
        assert_eq!(found("DATABASE_URL", "postgres://app:p@db:5432/app"), ["db:5432!"]);
        assert_eq!(found("DSN", "app:secret@tcp(mysql:3306)/app"), ["mysql:3306!"]);
        assert_eq!(found("CONNECTION", "host=db port=5432 user=app"), ["db!"]);
        assert_eq!(found("ConnectionStrings__Default", "Server=sql;Database=app"), ["sql!"]);
        assert_eq!(found("CACHE_ENDPOINT", "cache:6379"), ["cache:6379!"]);
        assert_eq!(found("HOST", "web"), ["web"]);
        assert_eq!(found("ROOT_URL", "http://web:8080/"), ["web:8080"]);
        assert_eq!(found("SERVER", "production"), [""; 0]);
    }

    #[test]
    fn what_is_no_host_is_left_out() {
        let none = [
            ("NODE_ENV", "production"),
            ("DB_HOST", "0.0.0.0"),
            ("DB_HOST", "localhost"),
            ("DB_HOST", "${DB_HOST}"),
            ("DB_HOST", "$(RELEASE)-db"),
            ("DB_HOST", "DB_HOST"),
            ("DB_HOST", "::1"),
            ("DB_HOST", "/var/run/mysqld.sock"),
            ("DB_USER", "wordpress"),
            ("IMAGE", "postgres:2024"),
            ("RUN_AS", "1000:1000"),
            ("MODE", "app:16"),
            ("CONFIG", "nginx.conf"),
        ];
        for (key, value) in none {
            assert_eq!(found(key, value), [""; 0], "{key}={value}");
        }
    }

    #[test]
    fn words_and_addresses_are_no_names() {
        assert!(NO_HOSTS.is_sorted());
        assert!(is_name("db") && is_name("mysql-0.mysql") && is_name("a.b.svc.cluster.local"));
        assert!(!is_name("") && !is_name("10.0.0.1") && !is_name("a..b") && !is_name("-a") && !is_name("a_b"));
    }
}
