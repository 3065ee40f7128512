//! Hosts of URLs.

use super::Host;
use crate::check::references::scheme_port::of_scheme;
use crate::facts::servers;

/// What ends the part of a URL that has the host.
const ENDS: [char; 12] = ['/', '?', '#', '"', '\'', '`', ']', ';', '|', '>', '&', '\\'];

/// The hosts of a text's URLs; those of one URL are divided by commas.
pub(super) fn hosts<'t>(text: &'t str, out: &mut Vec<Host<'t>>) {
    for (place, _) in text.match_indices("://") {
        let is_of_scheme = |letter: char| letter.is_ascii_alphanumeric() || letter == '+';
        let scheme = &text[text[..place].trim_end_matches(is_of_scheme).len()..place];
        if !servers::has_host(scheme) {
            continue;
        }
        let rest = &text[place + "://".len()..];
        let end = rest.find(|letter: char| letter.is_whitespace() || ENDS.contains(&letter)).unwrap_or(rest.len());
        let hosts = rest[..end].rsplit_once('@').map_or(&rest[..end], |(_, hosts)| hosts);
        let of_scheme = of_scheme(scheme);
        let hosts = hosts.split(',').filter_map(|host| Host::of(host, true));
        out.extend(hosts.map(|host| Host { scheme: of_scheme.filter(|_| host.port.is_none()), ..host }));
    }
}

#[cfg(test)]
mod tests {
    use super::hosts;

    fn found(text: &str) -> Vec<(&str, Option<i32>)> {
        let mut found = Vec::new();
        hosts(text, &mut found);
        found.iter().map(|host| (host.name, host.port)).collect()
    }

    #[test]
    fn urls_have_hosts() {
        assert_eq!(found("http://api/v1 and http://web:80"), [("api", None), ("web", Some(80))]);
        assert_eq!(found("mongodb://u:p@a-0.a:27017,a-1.a:27017/db").len(), 2);
        assert_eq!(found("jdbc:postgresql://db:5432/app"), [("db", Some(5432))]);
        assert_eq!(found("postgres://$(USER):${PASSWORD}@db:5432/app"), [("db", Some(5432))]);
        assert_eq!(found("http://a,http://b"), [("a", None), ("b", None)]);
        let mut of_schemes = Vec::new();
        hosts("http://a/ https://b https://c:80 redis://d", &mut of_schemes);
        let of_schemes: Vec<_> = of_schemes.iter().map(|host| host.scheme.map(|(_, port)| port)).collect();
        assert_eq!(of_schemes, [Some(80), Some(443), None, None]);
        let none = ["http://$HOST:80", "file://data/a", "mongodb+srv://db/x", "s3://bucket/a", "http://{{ a }}/"];
        for text in none {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(found("http://10.0.0.1:80 http://[::1]:80 http://localhost http://${A:-b}/ http://%s/"), []);
    }
}
