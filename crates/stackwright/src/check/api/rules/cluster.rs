use std::collections::HashSet;

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, quantity, syntax};
use crate::check::api::tree::Value;

const RBAC: &str = "rbac.authorization.k8s.io";

pub(super) const RULES: &[TypeRules] = &[
    ("Namespace", &[("", By(pod_security))]),
    ("PolicyRule", &[("verbs", Required), ("", By(policy))]),
    ("RoleRef", &[("name", Must(syntax::path_segment)), ("apiGroup", OneOf(&[RBAC])), ("kind", By(role_kind))]),
    ("Subject", &[("", By(subject))]),
    ("AggregationRule", &[("clusterRoleSelectors", Required)]),
    ("NodeSpec", &[("taints", By(taints)), ("", By(pod_ranges))]),
    (
        "Taint",
        &[
            ("key", Must(syntax::qualified_name)),
            ("value", Is(syntax::label_value)),
            ("effect", Required),
            ("effect", OneOf(&["NoSchedule", "PreferNoSchedule", "NoExecute"])),
        ],
    ),
    ("NamespaceSpec", &[("finalizers", By(finalizers))]),
    ("PriorityClass", &[("value", By(priority)), ("preemptionPolicy", OneOfIfSet(&["PreemptLowerPriority", "Never"]))]),
    ("RuntimeClass", &[("handler", Must(syntax::dns_label))]),
    ("Scheduling", &[("nodeSelector", Labels)]),
    ("Overhead", &[("podFixed", Amounts), ("podFixed", By(overhead))]),
    ("LeaseSpec", &[("leaseDurationSeconds", Range(1, i64::MAX)), ("leaseTransitions", Range(0, i64::MAX))]),
    ("ConfigMap", &[("", By(config_map))]),
    ("Secret", &[("", By(secret))]),
    ("APIService", &[("", By(api_service))]),
    (
        "APIServiceSpec",
        &[
            ("group", Is(syntax::dns_name)),
            ("version", Must(syntax::dns_1035_label)),
            ("groupPriorityMinimum", Range(1, 20_000)),
            ("versionPriority", Range(1, 1000)),
            ("", By(api_service_tls)),
        ],
    ),
    ("ControllerRevision", &[("revision", Range(0, i64::MAX))]),
];

fn overhead(amounts: Value<'_>, faults: &mut Faults) {
    amounts.items().for_each(|amount| quantity::resource_name(amount, quantity::CONTAINER, faults));
}

/// The levels of Pod Security that a namespace's labels set.
fn pod_security(namespace: Value<'_>, faults: &mut Faults) {
    let labels = namespace.at("metadata.labels");
    for mode in ["enforce", "audit", "warn"] {
        let level = labels.get(&format!("pod-security.kubernetes.io/{mode}"));
        OneOfIfSet(&["privileged", "baseline", "restricted"]).check(level, labels, mode, faults);
        let version = labels.get(&format!("pod-security.kubernetes.io/{mode}-version"));
        let minor = version.text().strip_prefix("v1.").and_then(|minor| minor.parse::<u32>().ok());
        if version.is_set() && version.text() != "latest" && minor.is_none() {
            faults.add(VALUE, version, format!("is {version}"), "write latest, or a version such as v1.35");
        }
    }
}

fn policy(rule: Value<'_>, faults: &mut Faults) {
    let urls = rule.get("nonResourceURLs");
    if urls.len() > 0 {
        if rule.root().type_name() == "Role" {
            faults.forbidden(urls, "in a Role: URLs are in no namespace");
        }
        for field in ["apiGroups", "resources", "resourceNames"] {
            if rule.get(field).len() > 0 {
                faults.forbidden(rule.get(field), "beside nonResourceURLs");
            }
        }
        return;
    }
    for field in ["apiGroups", "resources"] {
        if rule.get(field).len() == 0 {
            let why = if field == "apiGroups" { "(\"\" is the group of pods and services)" } else { "" };
            faults.missing(rule, field, why);
        }
    }
}

fn role_kind(kind: Value<'_>, faults: &mut Faults) {
    let known: &[&str] =
        if kind.root().type_name() == "ClusterRoleBinding" { &["ClusterRole"] } else { &["Role", "ClusterRole"] };
    match kind.text() {
        "" => faults.missing(kind.parent(), "kind", ""),
        _ => OneOf(known).check(kind, kind.parent(), "kind", faults),
    }
}

fn subject(subject: Value<'_>, faults: &mut Faults) {
    let (kind, name, group) = (subject.get("kind"), subject.get("name"), subject.get("apiGroup"));
    if subject.root().get("roleRef").is_set() && name.is_blank() {
        faults.missing(subject, "name", "");
    }
    match kind.text() {
        _ if !subject.root().get("roleRef").is_set() => {}
        "ServiceAccount" => {
            Is(syntax::dns_name).check(name, subject, "name", faults);
            if !group.is_blank() {
                faults.forbidden(group, "for a ServiceAccount");
            }
            if subject.root().type_name() == "ClusterRoleBinding" && subject.get("namespace").is_blank() {
                faults.missing(subject, "namespace", "for a ServiceAccount");
            }
        }
        // Without a group it is RBAC's own.
        "User" | "Group" => OneOf(&[RBAC]).check(group, subject, "apiGroup", faults),
        "" => faults.missing(subject, "kind", ""),
        _ => faults.unknown(kind, &["ServiceAccount", "User", "Group"]),
    }
}

fn taints(taints: Value<'_>, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for taint in taints.items() {
        if !seen.insert((taint.get("key").text(), taint.get("effect").text())) {
            faults.add(VALUE, taint, "has an earlier taint's key and effect", "remove one of them");
        }
    }
}

/// The one range that is given counts where the list does not begin with it.
fn pod_ranges(spec: Value<'_>, faults: &mut Faults) {
    let (one, all) = (spec.get("podCIDR"), spec.get("podCIDRs"));
    let first = all.items().next();
    if !one.is_blank() && first.is_none_or(|first| first.text() != one.text()) {
        faults.malformed(one, syntax::cidr);
        return;
    }
    all.items().for_each(|range| faults.malformed(range, syntax::cidr));
    let families: HashSet<_> = all.items().map(|range| range.text().contains(':')).collect();
    if all.len() > families.len() {
        faults.add(VALUE, all, "has more than one range of a family", "an IPv4 and an IPv6 range are the most");
    }
}

fn finalizers(finalizers: Value<'_>, faults: &mut Faults) {
    finalizers.items().for_each(|name| finalizer(name, faults));
}

/// A finalizer is a domain's, but for the old ones of Kubernetes.
pub(super) fn finalizer(name: Value<'_>, faults: &mut Faults) {
    let of_namespace = name.parent().parent().type_name() == "NamespaceSpec";
    faults.malformed(name, syntax::qualified_name);
    let old: &[&str] = if of_namespace { &["kubernetes"] } else { &["orphan", "foregroundDeletion", "kubernetes"] };
    if !name.text().contains('/') && !old.contains(&name.text()) && syntax::qualified_name(name.text()).is_none() {
        faults.add(VALUE, name, format!("is {name}, without a domain"), "write it as example.org/name");
    }
}

fn priority(value: Value<'_>, faults: &mut Faults) {
    let name = value.root().at("metadata.name");
    if name.text().starts_with("system-") {
        let known = matches!(
            (name.text(), value.int()),
            ("system-node-critical", Some(2_000_001_000)) | ("system-cluster-critical", Some(2_000_000_000))
        );
        if !known {
            faults.add(VALUE, name, format!("is {name}: names with system- are Kubernetes' own"), "write another name");
        }
    } else if value.int().is_some_and(|value| value > 1_000_000_000) {
        faults.add(VALUE, value, format!("is {value}"), "1000000000 is the most of your own classes");
    }
}

/// The most that ConfigMaps and Secrets can hold: a mebibyte.
const MOST_DATA: usize = 1 << 20;

fn keys(map: Value<'_>, faults: &mut Faults) {
    for value in map.items() {
        if let Some(why) = syntax::data_key(value.key()) {
            faults.add(VALUE, map, format!("has the key {:?}", value.key()), why);
        }
    }
}

/// How many bytes base64 stands for.
fn decoded(text: &str) -> usize {
    text.trim_end_matches('=').len() * 3 / 4
}

fn too_large(object: Value<'_>, bytes: usize, faults: &mut Faults) {
    if bytes > MOST_DATA {
        let kind = object.type_name();
        faults.add(
            "object-too-large",
            object,
            format!("its data is {bytes} bytes long"),
            format!("a {kind} holds {MOST_DATA} bytes at most"),
        );
    }
}

fn config_map(map: Value<'_>, faults: &mut Faults) {
    let (data, binary) = (map.get("data"), map.get("binaryData"));
    keys(data, faults);
    keys(binary, faults);
    for value in data.items() {
        if binary.get(value.key()).is_set() {
            faults.forbidden(value, "beside the same key in binaryData");
        }
    }
    let bytes = data.items().map(|value| value.text().len()).sum::<usize>()
        + binary.items().map(|value| decoded(value.text())).sum::<usize>();
    too_large(map, bytes, faults);
}

fn secret(secret: Value<'_>, faults: &mut Faults) {
    let (data, text) = (secret.get("data"), secret.get("stringData"));
    keys(data, faults);
    keys(text, faults);
    let plain = text.items().map(|value| value.text().len()).sum::<usize>();
    let replaced = |value: &Value<'_>| text.get(value.key()).is_set();
    let encoded = data.items().filter(|value| !replaced(value)).map(|value| decoded(value.text())).sum::<usize>();
    too_large(secret, plain + encoded, faults);
    super::super::secret::contents(data, text, |id, value, fact, help| faults.add(id, value, fact, help));

    let has = |key: &str| data.get(key).is_set() || text.get(key).is_set();
    let kind = secret.get("type").text();
    let needed: &[&str] = match kind {
        "kubernetes.io/dockercfg" => &[".dockercfg"],
        "kubernetes.io/dockerconfigjson" => &[".dockerconfigjson"],
        "kubernetes.io/ssh-auth" => &["ssh-privatekey"],
        "kubernetes.io/tls" => &["tls.crt", "tls.key"],
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => &["username"],
        _ => &[],
    };
    for key in needed {
        let is_empty = kind.ends_with("ssh-auth") && data.get(key).is_blank() && text.get(key).is_blank();
        if !has(key) || is_empty {
            faults.add(
                VALUE,
                secret,
                format!("has no {key}, which its type {kind} asks for"),
                format!("add {key}, or change the type"),
            );
        } else if kind.contains("dockerc") {
            docker_configuration(data.get(key), text.get(key), faults);
        }
    }
    if kind == "kubernetes.io/service-account-token"
        && secret.at("metadata.annotations").get("kubernetes.io/service-account.name").is_blank()
    {
        faults.missing(secret, "the annotation kubernetes.io/service-account.name", "with its type");
    }
}

fn docker_configuration(data: Value<'_>, text: Value<'_>, faults: &mut Faults) {
    let place = if text.is_set() { text } else { data };
    let bytes = if text.is_set() {
        text.text().as_bytes().to_vec()
    } else {
        super::super::secret::bytes(data.text()).unwrap_or_default()
    };
    let is_object =
        serde_json::from_slice::<serde_json::Value>(&bytes).is_ok_and(|json| json.is_object() || json.is_null());
    if !is_object {
        faults.add(VALUE, place, "is no JSON object", "write {\"auths\": {...}}");
    }
}

fn api_service(service: Value<'_>, faults: &mut Faults) {
    let spec = service.get("spec");
    let name = service.at("metadata.name");
    let needed = format!("{}.{}", spec.get("version").text(), spec.get("group").text());
    if name.text() != needed {
        faults.add("name-syntax", name, format!("is {name}"), format!("its version and group make it {needed}"));
    }
    if spec.get("group").is_blank() && spec.get("version").text() != "v1" {
        faults.missing(service, "spec.group", "");
    }
}

fn api_service_tls(spec: Value<'_>, faults: &mut Faults) {
    let (service, bundle, insecure) = (spec.get("service"), spec.get("caBundle"), spec.get("insecureSkipTLSVerify"));
    if service.is_set() {
        for field in ["name", "namespace"] {
            if service.get(field).is_blank() {
                faults.missing(spec, &format!("service.{field}"), "");
            }
        }
        Port.check(service.get("port"), service, "port", faults);
        if insecure.is_true() && !bundle.is_blank() {
            faults.forbidden(bundle, "beside insecureSkipTLSVerify");
        }
    } else {
        for field in [bundle, insecure] {
            if !field.is_blank() {
                faults.forbidden(field, "without service");
            }
        }
    }
}
