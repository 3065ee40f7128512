//! Hosts of URLs.

use super::Host;
use crate::facts::servers;

/// What ends the part of a URL that has the host.
const ENDS: [char; 12] = ['/', '?', '#', '"', '\'', '`', ']', ';', '|', '>', '&', '\\'];

/// The hosts of a text's URLs; those of one URL are divided by commas.
pub(super) fn hosts<'t>(text: &'t str, out: &mut Vec<Host<'t>>) {
    for (place, _) in text.match_indices("://") {
        let is_of_scheme = |letter: char| letter.is_ascii_alphanumeric() || letter == '+';
        let scheme = text[..place].trim_end_matches(is_of_scheme).len();
        if !servers::has_host(&text[scheme..place]) {
            continue;
        }
        let rest = &text[place + "://".len()..];
        let end = rest.find(|letter: char| letter.is_whitespace() || ENDS.contains(&letter)).unwrap_or(rest.len());
        let hosts = rest[..end].rsplit_once('@').map_or(&rest[..end], |(_, hosts)| hosts);
        out.extend(hosts.split(',').filter_map(|host| Host::of(host, true)));
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
        let none = ["http://$HOST:80", "file://data/a", "mongodb+srv://db/x", "s3://bucket/a", "http://{{ a }}/"];
        for text in none {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(found("http://10.0.0.1:80 http://[::1]:80 http://localhost http://${A:-b}/ http://%s/"), []);
    }
}
