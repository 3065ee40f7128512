//! The variables of containers, and what of a pod files and variables can hold.

use super::Rule::*;
use super::{Faults, TypeRules, syntax};
use crate::check::HashSet;
use crate::check::api::tree::Value;

const SOURCES: &[&str] = &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

pub(super) const RULES: &[TypeRules] = &[
    ("Container", &[("env", By(variables))]),
    ("EnvVar", &[("name", Must(syntax::variable_name)), ("", By(one_value))]),
    ("EnvVarSource", &[("", ExactlyOne(SOURCES))]),
    ("EnvFromSource", &[("prefix", Is(syntax::variable_name)), ("", ExactlyOne(&["configMapRef", "secretRef"]))]),
    ("ConfigMapEnvSource", &[("name", Must(name_prefix))]),
    ("SecretEnvSource", &[("name", Must(name_prefix))]),
    ("ConfigMapKeySelector", &[("name", Must(syntax::dns_name)), ("key", Must(syntax::data_key))]),
    ("SecretKeySelector", &[("name", By(secret_name)), ("key", By(secret_key))]),
    (
        "FileKeySelector",
        &[
            ("key", Must(syntax::variable_name)),
            ("volumeName", Must(syntax::dns_label)),
            ("path", Must(syntax::without_backsteps)),
        ],
    ),
    ("ObjectFieldSelector", &[("fieldPath", By(field_path))]),
    ("ResourceFieldSelector", &[("resource", By(resource_field)), ("divisor", By(divisor))]),
];

/// `NAME` that `$(NAME)` in a text stands for, unless it is escaped as `$$(NAME)`.
pub(super) fn variables_in(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('$')?;
            let after = &rest[at + 1..];
            if let Some(escaped) = after.strip_prefix('$') {
                rest = escaped;
            } else if let Some((name, behind)) = after.strip_prefix('(').and_then(|name| name.split_once(')')) {
                rest = behind;
                return Some(name);
            } else {
                rest = after;
            }
        }
    })
}

fn variables(env: Value<'_>, faults: &mut Faults) {
    let mut known = HashSet::default();
    let from_elsewhere = !env.parent().get("envFrom").is_blank();
    for variable in env.items() {
        let name = variable.get("name");
        for used in variables_in(variable.get("value").text()) {
            let is_service = used.contains("_SERVICE_") || used.contains("_PORT") || used.starts_with("KUBERNETES_");
            let is_name = !used.is_empty() && used.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if is_name && !known.contains(used) && !from_elsewhere && !is_service {
                let later = env.items().any(|other| other.get("name").text() == used);
                let why = if later { "which is set only after it" } else { "which is not set" };
                let help = if later {
                    format!("move {used} in front of it")
                } else {
                    format!("set {used}, or write $$({used}) for the text itself")
                };
                faults.add("env-undefined-var", variable.get("value"), format!("uses $({used}), {why}"), help);
            }
        }
        if !name.text().is_empty() && !known.insert(name.text()) {
            faults.add(
                "env-duplicate",
                name,
                format!("is {name} a second time"),
                "remove one of them: the last one counts",
            );
        }
    }
}

/// As the server has it, a name that is only begun: it may end with `-`.
fn name_prefix(name: &str) -> Option<&'static str> {
    syntax::dns_name(name.strip_suffix('-').unwrap_or(name))
}

fn one_value(variable: Value<'_>, faults: &mut Faults) {
    let (value, source) = (variable.get("value"), variable.get("valueFrom"));
    if !value.text().is_empty() && source.is_set() {
        faults.forbidden(source, "beside value");
    }
}

fn secret_name(name: Value<'_>, faults: &mut Faults) {
    // A CSI driver's or flex volume's reference shares the type's name but has no key: only this one is a key selector.
    match name.text() {
        "" => faults.missing(name.parent(), "name", ""),
        _ => faults.malformed(name, syntax::dns_name),
    }
}

fn secret_key(key: Value<'_>, faults: &mut Faults) {
    match key.text() {
        "" => faults.missing(key.parent(), "key", ""),
        _ => faults.malformed(key, syntax::data_key),
    }
}

fn field_path(path: Value<'_>, faults: &mut Faults) {
    const VARIABLE: &[&str] = &[
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    ];
    const FILE: &[&str] =
        &["metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations"];
    let selector = path.parent();
    let known = if selector.parent().type_name() == "DownwardAPIVolumeFile" { FILE } else { VARIABLE };
    let text = path.text();
    let subscript = text.strip_suffix("']").and_then(|text| text.split_once("['"));
    match subscript {
        Some(("metadata.labels", key)) if syntax::qualified_name(key).is_none() => {}
        Some(("metadata.annotations", key)) if syntax::qualified_name(&key.to_ascii_lowercase()).is_none() => {}
        None if known.contains(&text) => {}
        _ => faults.unknown(path, known),
    }
    if !matches!(selector.get("apiVersion").text(), "" | "v1") {
        faults.unknown(selector.get("apiVersion"), &["v1"]);
    }
}

fn resource_field(resource: Value<'_>, faults: &mut Faults) {
    const KNOWN: &[&str] = &[
        "limits.cpu",
        "limits.memory",
        "limits.ephemeral-storage",
        "requests.cpu",
        "requests.memory",
        "requests.ephemeral-storage",
    ];
    let text = resource.text();
    let is_huge = text.starts_with("limits.hugepages-") || text.starts_with("requests.hugepages-");
    if !is_huge && !KNOWN.contains(&text) {
        faults.unknown(resource, KNOWN);
    }
    let selector = resource.parent();
    if selector.parent().type_name() == "DownwardAPIVolumeFile" && selector.get("containerName").is_blank() {
        faults.missing(selector, "containerName", "in a volume");
    }
}

fn divisor(divisor: Value<'_>, faults: &mut Faults) {
    const CPU: &[&str] = &["1", "1m"];
    const BYTES: &[&str] = &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
    let known =
        if matches!(divisor.parent().get("resource").text(), "limits.cpu" | "requests.cpu") { CPU } else { BYTES };
    let amount = crate::Quantity::parse(divisor.text()).filter(|amount| *amount != crate::Quantity::default());
    let is_known = amount.is_none_or(|amount| known.iter().any(|known| crate::Quantity::parse(known) == Some(amount)));
    if divisor.is_set() && !is_known {
        faults.unknown(divisor, known);
    }
}
