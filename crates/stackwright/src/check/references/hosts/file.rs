//! Hosts in the files of ConfigMaps and Secrets: a line that sets one, a URL, a directive of a proxy. Prose is left alone.

use super::key::{Says, says};
use super::{Host, command, of_setting, of_word};
use crate::HashSet;
use crate::facts::clients::{self, Directive};

/// Ends of names of files that people or browsers read, or that hold keys. What hosts these name, no program asks for.
const OTHERS: [&str; 10] = [".css", ".crt", ".htm", ".html", ".md", ".pem", ".svg", ".txt", ".xml", ".key"];

/// The hosts that an entry names: `text` is a whole file, or a value such as a variable takes.
pub(super) fn hosts<'t>(name: &str, text: &'t str, out: &mut Vec<Host<'t>>) {
    if !text.bytes().any(|byte| matches!(byte, b'\n' | b':' | b'=')) {
        return of_word(name, text, out);
    }
    if name.contains('.') && OTHERS.iter().any(|end| name.ends_with(end)) {
        return;
    }
    let Some((first, _)) = text.trim_end().split_once('\n') else { return of_setting(name, text, out) };
    if first.starts_with("#!") || name.rsplit('.').next() == Some("sh") {
        return command::script(text, out);
    }
    let begun = out.len();
    let mut in_list = false;
    for line in text.lines() {
        let line = line.trim();
        // Nothing that sets a host is shorter.
        if line.len() < 3 || line.starts_with(['#', ';', '*', '<']) || line.starts_with("//") || line.starts_with("--")
        {
            continue;
        }
        if in_list && let Some(target) = line.strip_prefix("- ").and_then(target_of) {
            out.push(target);
            continue;
        }
        let key = line.strip_prefix("- ").unwrap_or(line).strip_suffix(':');
        in_list = key.is_some_and(|key| clients::directive(key) == Some(Directive::List));
        self::line(line, out);
    }
    if out.len() == begun {
        return;
    }
    // Groups are called as hosts are.
    let groups = clients::groups().flat_map(|group| text.match_indices(group));
    let groups = groups.filter_map(|(place, group)| text[place + group.len()..].strip_prefix(' '));
    let groups: HashSet<_> = groups.filter_map(|rest| rest.split([' ', '{', '\n']).next()).collect();
    let mut number = 0;
    out.retain(|host| {
        number += 1;
        number <= begun || host.port.is_some() || !groups.contains(host.name)
    });
}

/// The hosts of a line that has something but a comment.
fn line<'t>(line: &'t str, out: &mut Vec<Host<'t>>) {
    // One byte is found far faster than two.
    let has = |mark: char| line.contains(mark);
    let line = if has('#') { line.split_once(" #").map_or(line, |(line, _)| line) } else { line };
    let line = ["- ", "export "].iter().find_map(|start| line.strip_prefix(start)).unwrap_or(line);
    // Nothing that sets a host is longer.
    let end = line.bytes().take(100).position(|byte| matches!(byte, b':' | b'=' | b' ' | b'\t'));
    let (key, rest) = line.split_at(end.unwrap_or_default());
    if has(':') && line.contains("://") {
        return of_setting(key, line, out);
    }
    if key.is_empty() {
        return;
    }
    let value = rest.trim_start_matches([' ', '\t']);
    match clients::directive(key) {
        Some(Directive::Pass) => {
            let words = value.trim_end_matches(['{', ';']).split_whitespace();
            return out.extend(words.filter_map(|word| Host::of(word.trim_end_matches(';'), true)));
        }
        Some(Directive::Member) if !value.starts_with([':', '=']) => {
            let words = value.split_whitespace().take(2);
            let addresses = words.filter_map(|word| Host::of(word.trim_end_matches(';'), true));
            return out.extend(addresses.filter(|host| host.port.is_some()).take(1));
        }
        _ => {}
    }
    let Some(value) = value.strip_prefix([':', '=']).map(str::trim) else { return };
    let key = key.trim_matches(['"', '\'']);
    if clients::directive(key) == Some(Directive::List) {
        return out.extend(value.trim_matches(['[', ']']).split(',').filter_map(target_of));
    }
    let value = value
        .split_once(" ;")
        .map_or(value, |(value, _)| value)
        .trim_end_matches([',', ';', ' '])
        .trim_matches(['"', '\'']);
    // What stands in a file under no name of a host is no host.
    if says(key) != Says::Nothing {
        of_setting(key, value, out);
    }
}

/// One of a list of hosts, which have ports.
fn target_of(text: &str) -> Option<Host<'_>> {
    Host::of(text.trim().trim_matches(['"', '\'']), true).filter(|host| host.port.is_some())
}

#[cfg(test)]
mod tests {
    use super::hosts;

    fn found<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
        let mut found = Vec::new();
        hosts(name, text, &mut found);
        found.iter().filter(|host| host.is_sure).map(|host| host.name).collect()
    }

    #[test]
    fn files_name_hosts() {
        assert_eq!(found("REDIS_HOST", "redis\n"), ["redis"]);
        assert_eq!(found("app.ini", "[app]\ndb_host = db ; main\nname = web\nredis.host=cache\n"), ["db", "cache"]);
        assert_eq!(found("app.yaml", "db_host: \"db\"\nurl: http://api/\n# http://old/\nname: web\n"), ["db", "api"]);
        assert_eq!(found("a.json", "{\n\"dbHost\": \"db\",\n\"name\": \"x\"}\n"), ["db"]);
        assert_eq!(
            found("prometheus.yml", "- targets:\n  - node:9100\n- targets: ['a:1', \"b:2\"]\n"),
            ["node", "a", "b"]
        );
        let nginx = "upstream app {\n  server web:80;\n}\nlocation / {\n  proxy_pass http://app;\n  fastcgi_pass php:9000;\n}\n";
        assert_eq!(found("nginx.conf", nginx), ["web", "php"]);
        assert_eq!(found("wait.sh", "set -e\nnc -z db 5432\n"), ["db"]);
        assert_eq!(found("haproxy.cfg", "backend b\n  server s1 web:80 check\n"), ["web"]);
    }

    #[test]
    fn prose_names_none() {
        assert_eq!(found("README.md", "see http://web/\nand db:5432\n"), [""; 0]);
        assert_eq!(found("motd", "welcome to the db of web\nask http at host web\n"), [""; 0]);
        assert_eq!(found("nginx.conf", "server_name web;\nlisten 80;\nserver {\n  root /a;\n}\n"), [""; 0]);
    }
}
