//! The Services that a pod's environment, commands and ConfigMaps name.

use k8s_openapi::api::core::v1::{ConfigMap, Service};

use crate::check::{HashMap, Index, Item, Pods};

/// A Service that something names, and where.
pub(crate) struct Named<'a> {
    pub(crate) service: (Item<'a>, &'a Service),
    /// The port that stands beside the name.
    pub(super) port: Option<i32>,
    /// The object that names it, and the field.
    pub(crate) at: (Item<'a>, String),
    /// The name as it stands there.
    pub(crate) text: String,
}

/// Whether a value of this key is likely to be a host's name and nothing else.
fn holds_host(key: &str) -> bool {
    const WORDS: [&str; 8] = ["HOST", "ADDR", "SERVER", "URL", "URI", "ENDPOINT", "BROKER", "UPSTREAM"];
    let key = key.to_ascii_uppercase();
    WORDS.iter().any(|word| key.contains(word))
}

/// Reads each ConfigMap once, however many pods use it.
#[derive(Default)]
pub(crate) struct Names<'a> {
    hosts: HashMap<(usize, String), Vec<Host<'a>>>,
}

/// A word that may be a host's name.
#[derive(Clone, Copy)]
struct Host<'a> {
    name: &'a str,
    port: Option<i32>,
    /// Whether nothing else can be meant, as after `://`.
    sure: bool,
}

impl<'a> Names<'a> {
    /// The Services that pods name.
    pub(crate) fn of(&mut self, index: &Index<'a>, pods: &Pods<'a>) -> Vec<Named<'a>> {
        let mut named = Vec::new();
        let namespace = pods.item.namespace;
        let mut add = |hosts: &[Host<'a>], item: Item<'a>, path: &str| {
            for host in hosts {
                if let Some(service) = service(index, namespace, *host) {
                    let (port, at) = (host.port, (item, path.to_owned()));
                    named.push(Named { service, port, at, text: host.name.to_owned() });
                }
            }
        };
        let mut maps = Vec::new();
        for (path, container) in pods.containers() {
            for (number, variable) in container.env.iter().flatten().enumerate() {
                if let Some(value) = &variable.value {
                    let path = format!("{path}.env[{number}].value");
                    add(&hosts(value, holds_host(&variable.name)), pods.item, &path);
                }
                let key = variable.value_from.as_ref().and_then(|from| from.config_map_key_ref.as_ref());
                maps.extend(key.map(|key| (key.name.as_str(), Some(key.key.as_str()))));
            }
            for (field, words) in [("command", &container.command), ("args", &container.args)] {
                for (number, word) in words.iter().flatten().enumerate() {
                    add(&hosts(word, false), pods.item, &format!("{path}.{field}[{number}]"));
                }
            }
            let sources = container.env_from.iter().flatten().filter_map(|from| from.config_map_ref.as_ref());
            maps.extend(sources.map(|map| (map.name.as_str(), None)));
        }
        let volumes = pods.spec.volumes.iter().flatten().filter_map(|volume| volume.config_map.as_ref());
        for map in volumes {
            match &map.items {
                Some(items) => maps.extend(items.iter().map(|item| (map.name.as_str(), Some(item.key.as_str())))),
                None => maps.push((&map.name, None)),
            }
        }
        maps.sort_unstable();
        maps.dedup();
        for (name, only) in maps {
            let Some((item, map)) = index.get::<ConfigMap>(namespace, name) else { continue };
            for (key, text) in map.data.iter().flatten().filter(|(key, _)| only.is_none_or(|only| only == key.as_str()))
            {
                let read = self.hosts.entry((item.index, key.clone())).or_insert_with(|| hosts(text, holds_host(key)));
                add(read, item, &format!("data[\"{key}\"]"));
            }
        }
        named
    }
}

/// The Service that a host's name means to a pod of a namespace.
fn service<'a>(index: &Index<'a>, namespace: &str, host: Host<'_>) -> Option<(Item<'a>, &'a Service)> {
    let parts: Vec<_> = host.name.split('.').collect();
    match parts.as_slice() {
        [name] => index.get::<Service>(namespace, name).filter(|(_, service)| {
            let mut declared = service.spec.iter().flat_map(|spec| spec.ports.iter().flatten());
            host.sure || host.port.is_some_and(|port| declared.any(|known| known.port == port))
        }),
        // A StatefulSet's pod, of its Service.
        [_, name, namespace, "svc", ..] | [name, namespace, "svc", ..] | [name, namespace] => {
            index.get::<Service>(namespace, name)
        }
        _ => None,
    }
}

/// The words of a text that may be host names; `whole` if the text as a whole may be one.
fn hosts(text: &str, whole: bool) -> Vec<Host<'_>> {
    let is_host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.:".contains(&byte);
    let mut hosts = Vec::new();
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        if !is_host(bytes[start]) {
            start += 1;
            continue;
        }
        let end = bytes[start..].iter().position(|byte| !is_host(*byte)).map_or(bytes.len(), |length| start + length);
        let word = &text[start..end];
        let (name, port) = word.split_once(':').map_or((word, None), |(name, port)| (name, port.parse().ok()));
        let after = text[..start].ends_with("://") || text[..start].ends_with('@');
        let sure = after || (whole && name.len() + port.map_or(0, |_| word.len() - name.len()) == text.len());
        let name = name.trim_end_matches('.');
        // A lone word is a name only with something that says so.
        if !name.is_empty() && (sure || port.is_some() || name.contains('.')) {
            hosts.push(Host { name, port, sure });
        }
        start = end;
    }
    hosts
}
