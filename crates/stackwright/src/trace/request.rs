use std::fmt;
use std::net::IpAddr;

use crate::Error;
use crate::check::{Index, Pods};
use crate::nearest::nearest;

/// What is asked for, and who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Request {
    /// Somebody outside the cluster asks for a URL.
    Outside(Url),
    /// A pod of a workload asks for a port of a host.
    Pod {
        /// The workload's kind, such as `Deployment`.
        kind: &'static str,
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
        /// The host, as the pod's program has it: a name or an address.
        host: String,
        /// The port.
        port: u16,
    },
}

/// A URL of HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    /// Whether it is `https`.
    pub is_secure: bool,
    /// The name, in small letters, or the address.
    pub host: String,
    /// The port: the scheme's own, if it names none.
    pub port: u16,
    /// The path, which begins with a slash, without a query.
    pub path: String,
    /// As it was written.
    text: String,
}

/// The kinds that make pods, and what kubectl calls them for short.
const KINDS: [(&str, &[&str]); 8] = [
    ("Deployment", &["deployment", "deployments", "deploy"]),
    ("StatefulSet", &["statefulset", "statefulsets", "sts"]),
    ("DaemonSet", &["daemonset", "daemonsets", "ds"]),
    ("Pod", &["pod", "pods", "po"]),
    ("CronJob", &["cronjob", "cronjobs", "cj"]),
    ("Job", &["job", "jobs"]),
    ("ReplicaSet", &["replicaset", "replicasets", "rs"]),
    ("ReplicationController", &["replicationcontroller", "replicationcontrollers", "rc"]),
];

/// What a request looks like.
const FORMS: &str = "ask for a URL, such as https://shop.example/cart, or from a pod: deployment/shop/web db.data:5432";

impl Request {
    /// The request that these words are: a URL, or `kind/namespace/name` and `host:port`.
    ///
    /// # Errors
    /// When they are neither.
    pub fn parse(words: &[&str]) -> Result<Self, Error> {
        match words {
            [url] if url.contains("://") => Url::parse(url).map(Self::Outside),
            [workload, to] => {
                let (kind, namespace, name) = parts(workload)?;
                let (host, port) = target(to)?;
                Ok(Self::Pod { kind, namespace, name, host, port })
            }
            [] => Err(Error::new("nothing is asked for", FORMS)),
            _ => Err(Error::new(format!("`{}` is no request", words.join(" ").escape_debug()), FORMS)),
        }
    }

    /// The pods that ask.
    pub(super) fn workload<'i, 'a>(&self, index: &'i Index<'a>) -> Result<&'i Pods<'a>, Error> {
        let Self::Pod { kind, namespace, name, .. } = self else {
            return Err(Error::new("nobody inside of the cluster asks", FORMS));
        };
        let found = index.within(group_kind(kind), namespace).find(|item| item.object.name() == name);
        if let Some(pods) = found.and_then(|item| index.pods_of(item)) {
            return Ok(pods);
        }
        let known = index.names(group_kind(kind), namespace);
        let help = match (nearest(name, known.iter().copied()), index.pods.iter().find(|pods| is_named(pods, name))) {
            (Some(meant), _) => format!("did you mean {}/{namespace}/{meant}?", kind.to_lowercase()),
            (None, Some(pods)) => format!("did you mean {}?", word(pods)),
            (None, None) => {
                let all: Vec<_> = index.pods_in(namespace).take(5).map(word).collect();
                if all.is_empty() {
                    format!("namespace {namespace} has no pods among what was read")
                } else {
                    format!("in that namespace are {}", all.join(", "))
                }
            }
        };
        Err(Error::new(format!("there is no {kind} {namespace}/{name}"), help))
    }
}

fn is_named(pods: &Pods<'_>, name: &str) -> bool {
    pods.item.object.name() == name
}

fn word(pods: &Pods<'_>) -> String {
    let item = pods.item;
    format!("{}/{}/{}", item.object.kind().to_lowercase(), item.namespace, item.object.name())
}

/// A kind with its group, as the index has it.
fn group_kind(kind: &str) -> &'static str {
    match kind {
        "Deployment" => "Deployment.apps",
        "StatefulSet" => "StatefulSet.apps",
        "DaemonSet" => "DaemonSet.apps",
        "ReplicaSet" => "ReplicaSet.apps",
        "CronJob" => "CronJob.batch",
        "Job" => "Job.batch",
        "ReplicationController" => "ReplicationController",
        _ => "Pod",
    }
}

fn parts(workload: &str) -> Result<(&'static str, String, String), Error> {
    let refused = || Error::new(format!("`{}` is no kind/namespace/name", workload.escape_debug()), FORMS);
    let mut parts = workload.split('/');
    let (Some(kind), Some(namespace), Some(name), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(refused());
    };
    if namespace.is_empty() || name.is_empty() {
        return Err(refused());
    }
    let small = kind.to_lowercase();
    let known = KINDS.iter().find(|(_, words)| words.contains(&small.as_str()));
    let Some((kind, _)) = known else {
        let words = KINDS.iter().map(|(_, words)| words[0]);
        let help = match nearest(&small, words.clone()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("take one of {}", words.collect::<Vec<_>>().join(", ")),
        };
        return Err(Error::new(format!("`{}` is no kind that makes pods", kind.escape_debug()), help));
    };
    Ok((kind, namespace.to_owned(), name.to_owned()))
}

/// A host and a port: `db:5432`, `[fd00::1]:5432`, or those of a URL.
fn target(to: &str) -> Result<(String, u16), Error> {
    if to.contains("://") {
        let url = Url::parse(to)?;
        return Ok((url.host, url.port));
    }
    let refused = |help: &str| Error::new(format!("`{}` is no host:port", to.escape_debug()), help);
    let (host, port) = to.rsplit_once(':').ok_or_else(|| refused("name the port, too, such as db.data:5432"))?;
    let port = port.parse().ok().filter(|port| *port > 0).ok_or_else(|| refused("a port is a number up to 65535"))?;
    let host = unbracketed(host).to_lowercase();
    if is_host(&host) { Ok((host, port)) } else { Err(refused(FORMS)) }
}

fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn is_host(host: &str) -> bool {
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    host.parse::<IpAddr>().is_ok() || !host.is_empty() && host.bytes().all(of_name)
}

/// The port of a scheme.
pub(super) const fn default_port(is_secure: bool) -> u16 {
    if is_secure { 443 } else { 80 }
}

impl Url {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let refused = |help: &str| Error::new(format!("`{}` is no URL of HTTP", text.escape_debug()), help);
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let is_secure = match scheme.to_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(refused("begin it with http:// or https://")),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let colon = authority.rfind(':').filter(|colon| !authority[*colon..].contains(']'));
        let (host, port) = match colon {
            Some(colon) => (&authority[..colon], Some(&authority[colon + 1..])),
            None => (authority, None),
        };
        let port = match port {
            Some(port) => port.parse().ok().filter(|port| *port > 0),
            None => Some(default_port(is_secure)),
        };
        let port = port.ok_or_else(|| refused("a port is a number up to 65535"))?;
        let host = unbracketed(host).trim_end_matches('.').to_lowercase();
        if !is_host(&host) {
            return Err(refused("name its host by letters, digits, hyphens and dots, or by an address"));
        }
        let path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        Ok(Self { is_secure, host, port, path, text: text.to_owned() })
    }

    /// The URL of these parts. A scheme's own port is left out of what is shown.
    pub(super) fn new(is_secure: bool, host: &str, port: u16, path: &str) -> Self {
        let scheme = if is_secure { "https" } else { "http" };
        let shown = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        let behind = if port == default_port(is_secure) { String::new() } else { format!(":{port}") };
        let text = format!("{scheme}://{shown}{behind}{path}");
        Self { is_secure, host: host.to_owned(), port, path: path.to_owned(), text }
    }

    /// The URL as whoever gets the request has it, with TLS or where that has ended before: the host's header has no scheme.
    pub(super) fn seen(&self, is_secure: bool) -> Self {
        let has_default = self.port == default_port(self.is_secure);
        let port = if has_default { default_port(is_secure) } else { self.port };
        Self::new(is_secure, &self.host, port, &self.path)
    }

    /// Whether both ask for the same, however they are written.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let parts = |url: &Self| (url.is_secure, url.port);
        parts(self) == parts(other) && self.host == other.host && self.path == other.path
    }

    /// The address that stands in it instead of a name.
    pub(super) fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }
}

/// As it was written.
impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// The URL, or `Deployment shop/web -> db:5432`.
impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside(url) => url.fmt(formatter),
            Self::Pod { kind, namespace, name, host, port } if host.contains(':') => {
                write!(formatter, "{kind} {namespace}/{name} -> [{host}]:{port}")
            }
            Self::Pod { kind, namespace, name, host, port } => {
                write!(formatter, "{kind} {namespace}/{name} -> {host}:{port}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let parsed = |text| Url::parse(text).ok().map(|url| (url.is_secure, url.host, url.port, url.path));
        let shop = |is_secure, port, path: &str| Some((is_secure, "shop.example".to_owned(), port, path.to_owned()));
        assert_eq!(parsed("https://shop.example"), shop(true, 443, "/"));
        assert_eq!(parsed("HTTP://Shop.Example.:8080/a/b?c=d#e"), shop(false, 8080, "/a/b"));
        assert_eq!(parsed("http://shop.example?x"), shop(false, 80, "/"));
        assert_eq!(parsed("http://[fd00::1]:81/"), Some((false, "fd00::1".into(), 81, "/".into())));
        assert_eq!(parsed("http://[fd00::1]/"), Some((false, "fd00::1".into(), 80, "/".into())));
        for refused in
            ["ftp://a", "http://", "http://a:0", "http://a:99999", "http://a b", "http://me@a", "https://:443"]
        {
            assert_eq!(parsed(refused), None, "{refused}");
        }
    }

    #[test]
    fn requests() {
        let shown = |words: &[&str]| Request::parse(words).map(|request| request.to_string());
        assert_eq!(
            shown(&["deploy/shop/web", "db.data:5432"]).ok(),
            Some("Deployment shop/web -> db.data:5432".into())
        );
        assert_eq!(shown(&["po/shop/web", "[fd00::1]:53"]).ok(), Some("Pod shop/web -> [fd00::1]:53".into()));
        assert_eq!(shown(&["sts/shop/db", "http://web/x"]).ok(), Some("StatefulSet shop/db -> web:80".into()));
        let refused = |words: &[&str]| shown(words).expect_err("no request");
        assert_eq!(refused(&["deploymnt/shop/web", "db:1"]).help(), "did you mean deployment?");
        assert_eq!(refused(&["web"]).to_string(), "`web` is no request");
        assert_eq!(refused(&["deployment/shop/web", "db"]).help(), "name the port, too, such as db.data:5432");
        assert_eq!(refused(&["deployment//web", "db:1"]).to_string(), "`deployment//web` is no kind/namespace/name");
    }
}
