//! The rules of Traefik's routers, as far as host and path decide:
//! <https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/>.

use regex_lite::Regex;

use crate::trace::request::Url;
use crate::trace::route::Rank;

/// More brackets in one another than these nobody writes.
const DEEPEST: usize = 32;

/// A rule: functions with their words, and what joins them.
pub(super) enum Matcher<'t> {
    All(Vec<Matcher<'t>>),
    Any(Vec<Matcher<'t>>),
    Not(Box<Matcher<'t>>),
    Function(&'t str, Vec<&'t str>),
}

/// Whether a request meets a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    Yes,
    No,
    /// That hangs on something else: what.
    Perhaps(&'static str),
}

const MORE: &str = "it asks for more than host and path, such as a header: whether the request has that is not known";
const OLD_PATTERN: &str = "it has a pattern with a name, as Traefik 2 reads it";
const UNREAD: &str = "it has an expression or a function that is not read here";

impl<'t> Matcher<'t> {
    /// What a text is; none where it can't be read.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let mut reader = Reader { rest: text.trim_start() };
        let matcher = reader.any(0)?;
        reader.rest.is_empty().then_some(matcher)
    }

    pub(super) fn meets(&self, url: &Url) -> Met {
        match self {
            Self::All(parts) => joined(parts.iter().map(|part| part.meets(url)), Met::No, Met::Yes),
            Self::Any(parts) => joined(parts.iter().map(|part| part.meets(url)), Met::Yes, Met::No),
            Self::Not(part) => match part.meets(url) {
                Met::Yes => Met::No,
                Met::No => Met::Yes,
                perhaps @ Met::Perhaps(_) => perhaps,
            },
            Self::Function(name, words) => {
                joined(words.iter().map(|word| function_meets(name, word, url)), Met::Yes, Met::No)
            }
        }
    }

    /// How much of a request the rule names.
    pub(super) fn rank(&self, url: &Url) -> Rank {
        let mut rank = (1, 0, false, 0);
        self.each(&mut |name, word| {
            if function_meets(name, word, url) == Met::No {
                return;
            }
            match name.to_lowercase().as_str() {
                "host" | "hostsni" if word != "*" => (rank.0, rank.1) = (3, word.len()),
                "hostregexp" | "hostsniregexp" => rank.0 = rank.0.max(2),
                "path" => (rank.2, rank.3) = (true, word.len()),
                "pathprefix" => rank.3 = rank.3.max(word.len()),
                _ => {}
            }
        });
        rank
    }

    /// Every function that is not denied, with each of its words.
    pub(super) fn each(&self, tell: &mut impl FnMut(&'t str, &'t str)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each(tell)),
            Self::Not(_) => {}
            Self::Function(name, words) => words.iter().for_each(|word| tell(name, word)),
        }
    }
}

/// One that decides does; else one in doubt leaves it open.
fn joined(parts: impl Iterator<Item = Met>, deciding: Met, otherwise: Met) -> Met {
    let mut met = otherwise;
    for part in parts {
        if part == deciding {
            return part;
        }
        if met == otherwise {
            met = part;
        }
    }
    met
}

fn function_meets(name: &str, word: &str, url: &Url) -> Met {
    let is = |is_met: bool| if is_met { Met::Yes } else { Met::No };
    let pattern = |text: &str| {
        if word.contains(':') && word.contains('{') {
            return Met::Perhaps(OLD_PATTERN);
        }
        Regex::new(word).map_or(Met::Perhaps(UNREAD), |pattern| is(pattern.is_match(text)))
    };
    match name.to_lowercase().as_str() {
        "host" => is(word.eq_ignore_ascii_case(&url.host)),
        "hostsni" => is(word == "*" || word.eq_ignore_ascii_case(&url.host)),
        "hostregexp" | "hostsniregexp" => pattern(&url.host),
        "path" | "pathprefix" if word.contains('{') => Met::Perhaps(OLD_PATTERN),
        "path" => is(word == url.path),
        // Not by elements: `/cart` is met by `/cartoon`, too.
        "pathprefix" => is(url.path.starts_with(word)),
        "pathregexp" => pattern(&url.path),
        "header" | "headers" | "headerregexp" | "headersregexp" | "method" | "query" | "queryregexp" | "clientip"
        | "alpn" => Met::Perhaps(MORE),
        _ => Met::Perhaps(UNREAD),
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Takes a mark, and the room behind it.
    fn takes(&mut self, mark: &str) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    fn any(&mut self, depth: usize) -> Option<Matcher<'t>> {
        let mut parts = vec![self.all(depth)?];
        while self.takes("||") {
            parts.push(self.all(depth)?);
        }
        Some(Matcher::Any(parts))
    }

    fn all(&mut self, depth: usize) -> Option<Matcher<'t>> {
        let mut parts = vec![self.one(depth)?];
        while self.takes("&&") {
            parts.push(self.one(depth)?);
        }
        Some(Matcher::All(parts))
    }

    fn one(&mut self, depth: usize) -> Option<Matcher<'t>> {
        if depth > DEEPEST {
            return None;
        }
        if self.takes("!") {
            return self.one(depth + 1).map(|part| Matcher::Not(Box::new(part)));
        }
        if self.takes("(") {
            let part = self.any(depth + 1)?;
            return self.takes(")").then_some(part);
        }
        let end = self.rest.find(|letter: char| !letter.is_ascii_alphanumeric()).filter(|end| *end > 0)?;
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        let mut words = Vec::new();
        let mut is_open = self.takes("(");
        if !is_open {
            return None;
        }
        while is_open {
            words.push(self.word()?);
            is_open = self.takes(",");
        }
        self.takes(")").then_some(Matcher::Function(name, words))
    }

    fn word(&mut self) -> Option<&'t str> {
        let quote = self.rest.chars().next().filter(|quote| ['`', '"'].contains(quote))?;
        let (word, rest) = self.rest[1..].split_once(quote)?;
        self.rest = rest.trim_start();
        // What is escaped is not read.
        (quote == '`' || !word.contains('\\')).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Matcher, Met};
    use crate::trace::Request;

    fn met(rule: &str, url: &str) -> Option<Met> {
        let Ok(Request::Outside(url)) = Request::parse(&[url]) else { return None };
        Some(Matcher::read(rule)?.meets(&url))
    }

    #[test]
    fn rules_are_met() {
        let url = "http://shop.example/cart/1";
        for rule in [
            "Host(`shop.example`)",
            "Host(`shop.example`, `www.shop.example`)",
            "host(\"Shop.Example\") && PathPrefix(`/cart`)",
            "(Host(`other.example`) || Host(`shop.example`)) && !Path(`/`)",
            "PathPrefix(`/car`)",
            "HostRegexp(`^.+\\.example$`)",
            " HostSNI(`*`) ",
            "Path(`/`) && Method(`GET`) || Host(`shop.example`)",
        ] {
            assert_eq!(met(rule, url), Some(Met::Yes), "{rule}");
        }
        for rule in [
            "Host(`www.shop.example`)",
            "Host(`shop.example`) && Path(`/cart`)",
            "Host(`other.example`) && Headers(`a`, `b`)",
            "!Host(`shop.example`)",
        ] {
            assert_eq!(met(rule, url), Some(Met::No), "{rule}");
        }
        for rule in ["Host(`shop.example`) && Method(`GET`)", "HostRegexp(`{name:[a-z]+}.example`)", "Sometimes(`a`)"] {
            assert!(matches!(met(rule, url), Some(Met::Perhaps(_))), "{rule}");
        }
    }

    #[test]
    fn what_is_no_rule_is_not_read() {
        let deep = format!("{}Path(`/`)", "(".repeat(1000));
        for rule in ["", "Host", "Host()", "Host(shop)", "Host(`a`", "Host(`a`) &&", "Host(`a`) Path(`/`)", &deep] {
            assert_eq!(met(rule, "http://a/"), None, "{rule}");
        }
    }
}
