use k8s_openapi::api::core::v1::{ConfigMap, Secret, Service};

use super::built_in;
use super::missing::{entry_path, missing};
use super::{ports, scheme_port};
use crate::check::{Check, Finding, Group, HashSet, Index, Item, Pods, Profile, Severity};
use crate::yaml::{Node, Path, Value};

pub(super) const CHECK: Check = Check {
    id: "dns-url-unresolved",
    group: Group::References,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "A variable, an argument or a setting names `service.namespace.svc`, and there is no such Service or \
            port.",
    run,
};

/// Where DNS has the Services.
const SVC: &str = ".svc";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for pods in &index.pods {
        for (path, container) in pods.containers() {
            for (number, variable) in container.env.iter().flatten().enumerate() {
                if let Some(value) = &variable.value {
                    look(index, pods.item, Some(pods), value, || format!("{path}.env[{number}].value"), findings);
                }
            }
            for (field, texts) in [("command", &container.command), ("args", &container.args)] {
                for (number, text) in texts.iter().flatten().enumerate() {
                    look(index, pods.item, Some(pods), text, || format!("{path}.{field}[{number}]"), findings);
                }
            }
        }
    }
    for (item, map) in index.all::<ConfigMap>() {
        for (key, text) in map.data.iter().flatten() {
            look(index, item, None, text, || entry_path("data", key), findings);
        }
    }
    for (item, secret) in index.all::<Secret>() {
        for (key, text) in secret.string_data.iter().flatten() {
            look(index, item, None, text, || entry_path("stringData", key), findings);
        }
    }
    for item in &index.items {
        if let Some(spec) = item.object.content().and_then(|content| content.get("spec")) {
            look_inside(index, *item, spec, &Path::Field(&Path::Root, "spec"), findings);
        }
    }
}

fn look_inside(index: &Index<'_>, item: Item<'_>, node: &Node, path: &Path<'_>, findings: &mut Vec<Finding>) {
    match &node.value {
        Value::String(text) => look(index, item, None, text, || path.to_string(), findings),
        Value::List(items) => {
            for (number, node) in items.iter().enumerate() {
                look_inside(index, item, node, &Path::Item(path, number), findings);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                look_inside(index, item, &entry.value, &Path::Field(path, &entry.key), findings);
            }
        }
        _ => {}
    }
}

/// Looks at a text of an object, and of the pods that it makes, if it is one of theirs.
fn look(
    index: &Index<'_>,
    item: Item<'_>,
    pods: Option<&Pods<'_>>,
    text: &str,
    path: impl Fn() -> String,
    findings: &mut Vec<Finding>,
) {
    if !text.contains(SVC) {
        return; // far faster than to begin a search
    }
    let mut looked = HashSet::default();
    for (place, _) in text.match_indices(SVC) {
        let line = text[..place].rfind('\n').map_or(0, |newline| newline + 1);
        let is_comment = matches!(text[line..place].trim_start().as_bytes(), [b'#', ..] | [b'/', b'/', ..]);
        let Some(host) = host(text, place).filter(|_| !is_comment) else { continue };
        let Host { service, namespace, port, scheme } = host;
        let namespace_is_open = index.is_open(namespace) || built_in::is_of_kubernetes(namespace);
        let is_api_server = (service, namespace) == ("kubernetes", "default");
        let name = format!("{service}.{namespace}.svc");
        if is_api_server {
            continue;
        }
        match index.get::<Service>(namespace, service) {
            None if is_beside(index, item, (namespace, service)) => {
                let message = format!("{} names {name}, and that Service is in {}", item.label(), item.namespace);
                let help = format!("name it {service}.{}.svc", item.namespace);
                findings.push(CHECK.finding(message, help).at(item, path()));
            }
            _ if namespace_is_open => {}
            None => {
                let found = unresolved(index, item, (namespace, service), &name);
                findings.extend(found.map(|finding| finding.at(item, path())));
            }
            Some((service_item, service)) => {
                if let Some((scheme, pods)) = scheme.zip(pods)
                    && looked.insert((scheme, service_item.index))
                {
                    let found = lacking_default(item, (service_item, service), &name, scheme, pods);
                    findings.extend(found.map(|finding| finding.at(item, path())));
                }
                // A headless Service leads to the pods themselves, at whatever port they listen.
                let is_headless = service.spec.as_ref().is_none_or(|spec| spec.cluster_ip.as_deref() == Some("None"));
                let Some(port) = port.filter(|_| !is_headless) else { continue };
                let found = lacking(item, (service_item, service), &format!("{name}:{port}"), port);
                findings.extend(found.map(|finding| finding.at(item, path())));
            }
        }
    }
}

/// Whether a Service is in the namespace of the object that names it, and not in the one that it is said to be in, of which nothing is known.
fn is_beside(index: &Index<'_>, item: Item<'_>, (namespace, service): (&str, &str)) -> bool {
    !index.has_namespace(namespace)
        && !namespace.starts_with("kube-")
        && !index.world.makes("Service".into(), namespace, service)
        && index.get::<Service>(item.namespace, service).is_some()
}

/// That an object names a Service that is not there; none where nothing can be known about it.
pub(crate) fn unresolved(
    index: &Index<'_>,
    item: Item<'_>,
    (namespace, service): (&str, &str),
    name: &str,
) -> Option<Finding> {
    let message = format!("{} names {name}, and there is no such Service", item.label());
    missing(&CHECK, index, ("Service".into(), namespace, service), message)
}

/// That an object names a port that a Service lacks.
pub(crate) fn lacking(
    item: Item<'_>,
    (service_item, service): (Item<'_>, &Service),
    name: &str,
    port: i32,
) -> Option<Finding> {
    let help = ports::help_for_lacking(service, ports::Wanted::Number(port))?;
    let message = format!("{} names {name}, and {} has no such port", item.label(), service_item.label());
    Some(CHECK.finding(message, help).see(service_item, "spec.ports", ports::shown(service)))
}

/// That a URL of a pod names a Service and no port, and the Service lacks the port of its scheme.
fn lacking_default(
    item: Item<'_>,
    (service_item, service): (Item<'_>, &Service),
    name: &str,
    (scheme, port): (&str, i32),
    pods: &Pods<'_>,
) -> Option<Finding> {
    let help = scheme_port::help(service, (scheme, port), name, (item, pods))?;
    let label = service_item.label();
    let message =
        format!("{} names {scheme}://{name}, which is for port {port}, and {label} has no such port", item.label());
    Some(CHECK.finding(message, help).see(service_item, "spec.ports", ports::shown(service)))
}

/// What a DNS name of a Service says.
#[derive(Debug, PartialEq, Eq)]
struct Host<'a> {
    service: &'a str,
    namespace: &'a str,
    port: Option<i32>,
    /// The scheme of a URL of the web that names no port, and its port.
    scheme: Option<(&'static str, i32)>,
}

/// The host whose `.svc` is at this place of a text; none where it is something else, or where a part is filled in later.
fn host(text: &str, place: usize) -> Option<Host<'_>> {
    let of_name =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '.';
    let start = text[..place].rfind(|letter| !of_name(letter)).map_or(0, |before| before + 1);
    let before = text[..start].chars().next_back();
    // `$(NAME)-db.web.svc`, `{{ name }}.web.svc`, `%s.web.svc`, `*.web.svc`: not a whole name. A longer word goes on in capitals or `_`.
    let is_whole = before.is_none_or(|letter| !letter.is_ascii_alphanumeric() && !")}%*_$>]?\\".contains(letter));
    let mut labels = text[start..place].rsplit('.');
    let (namespace, service) = (labels.next()?, labels.next()?);
    if !is_whole || labels.chain([namespace, service]).any(|label| label.is_empty() || label.starts_with('-')) {
        return None;
    }
    let rest = &text[place + SVC.len()..];
    let rest = rest.strip_prefix(".cluster.local").unwrap_or(rest);
    let rest = rest.strip_prefix('.').filter(|rest| !rest.starts_with(of_name)).unwrap_or(rest);
    // A cluster may have another domain than cluster.local; then the name goes on.
    let rest = if rest.starts_with('.') { rest.trim_start_matches(of_name) } else { rest };
    if rest.starts_with(|letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter)) {
        return None;
    }
    let digits =
        rest.strip_prefix(':').map(|rest| &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())]);
    // What is put behind the name later may be a port.
    let names_none = rest.is_empty() || rest.starts_with(['/', '"', '\'', ' ', ',', ';', '?', '\n']);
    let before = text[..start].strip_suffix("://").filter(|_| names_none);
    let scheme = before.map(|before| before.rsplit(|letter: char| !letter.is_ascii_lowercase()).next());
    let scheme = scheme.flatten().and_then(scheme_port::of_scheme);
    Some(Host { service, namespace, port: digits.and_then(|digits| digits.parse().ok()), scheme })
}

#[cfg(test)]
mod tests {
    use super::{Host, host};

    #[test]
    fn hosts_in_text() {
        let found = |text: &'static str| {
            let Host { service, namespace, port, .. } = host(text, text.find(".svc").expect("a host"))?;
            Some((service, namespace, port))
        };
        assert_eq!(found("http://api.web.svc:80/a"), Some(("api", "web", Some(80))));
        assert_eq!(found("api.web.svc"), Some(("api", "web", None)));
        assert_eq!(found("db-0.db.web.svc.cluster.local.:3306"), Some(("db", "web", Some(3306))));
        assert_eq!(found("api.web.svc.lab.example:80"), Some(("api", "web", Some(80))));
        assert_eq!([found("$(NAME)-db.web.svc"), found("api.$(NAMESPACE).svc"), found("%s.web.svc")], [None; 3]);
        let of_scheme = |text: &'static str| host(text, text.find(".svc")?)?.scheme.map(|(_, port)| port);
        assert_eq!(["http://api.web.svc/a", "https://api.web.svc"].map(of_scheme), [Some(80), Some(443)]);
        assert_eq!(["api.web.svc", "http://api.web.svc:80", "http://api.web.svc$PORT"].map(of_scheme), [None; 3]);
        assert_eq!([found("main.svc"), found("a.b.svcs"), found("*.web.svc"), found("{{ a }}.b.svc")], [None; 4]);
    }
}
