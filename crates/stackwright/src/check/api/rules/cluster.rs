use super::Rule::*;
use super::{Faults, TypeRules, VALUE, quantity, syntax};
use crate::check::api::tree::Value;
use crate::check::references::built_in::api_group;
use crate::check::{GroupKind, HashSet};

pub(super) const RULES: &[TypeRules] = &[
    ("Namespace", &[("", By(pod_security))]),
    ("NodeSpec", &[("taints", By(taints)), ("", By(pod_ranges))]),
    ("NodeStatus", &[("capacity", Amounts), ("allocatable", Amounts)]),
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
    ("Scheduling", &[("nodeSelector", Labels), ("tolerations", By(repeated_tolerations))]),
    ("Overhead", &[("podFixed", Amounts), ("podFixed", By(overhead))]),
    ("LeaseSpec", &[("leaseDurationSeconds", Range(1, i64::MAX)), ("leaseTransitions", Range(0, i64::MAX))]),
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
    ("ControllerRevision", &[("revision", Range(0, i64::MAX)), ("", By(revised))]),
    ("PodTemplate", &[("template", Required)]),
    ("Event", &[("", By(event))]),
    ("CertificateSigningRequest", &[("spec", Required)]),
    (
        "CertificateSigningRequestSpec",
        &[
            ("usages", Required),
            ("usages", EachOneOf(USAGES)),
            ("usages", Unique("")),
            ("expirationSeconds", Range(600, i64::MAX)),
            ("signerName", By(signer)),
            ("request", By(request)),
        ],
    ),
];

/// What certificates can be for.
const USAGES: &[&str] = &[
    "signing",
    "digital signature",
    "content commitment",
    "key encipherment",
    "key agreement",
    "data encipherment",
    "cert sign",
    "crl sign",
    "encipher only",
    "decipher only",
    "any",
    "server auth",
    "client auth",
    "code signing",
    "email protection",
    "s/mime",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "timestamping",
    "ocsp signing",
    "microsoft sgc",
    "netscape sgc",
];

/// A signer is a domain's: `example.org/web`.
fn signer(name: Value<'_>, faults: &mut Faults) {
    let (domain, path) = name.text().split_once('/').unwrap_or((name.text(), ""));
    let is_path = path.split('.').all(|part| {
        let outer = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        outer(part.bytes().next())
            && outer(part.bytes().last())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    });
    if name.is_blank() {
        faults.missing(name.parent(), "signerName", "");
    } else if syntax::dns_name(domain).is_some()
        || !domain.contains('.')
        || !is_path
        || name.text() == "kubernetes.io/legacy-unknown"
    {
        faults.add(VALUE, name, format!("is {name}"), "write a signer's domain and name: example.org/web");
    }
}

fn request(request: Value<'_>, faults: &mut Faults) {
    let text = super::super::secret::bytes(request.text()).unwrap_or_default();
    if !String::from_utf8_lossy(&text).contains("-----BEGIN CERTIFICATE REQUEST-----") {
        faults.add(
            VALUE,
            request.parent(),
            "request is no signing request",
            "write the base64 of the PEM text that openssl req writes",
        );
    }
}

fn revised(revision: Value<'_>, faults: &mut Faults) {
    let data = revision.get("data");
    if data.is_leaf() || data.is_list() {
        faults.missing(revision, "data", "that is an object");
    }
}

/// An event of the new form says when it was; one of the old form is in its object's namespace. What is sent as events.k8s.io has
/// to be of the new form: `ValidateEventCreate` in kubernetes' pkg/apis/core/validation/events.go.
fn event(event: Value<'_>, faults: &mut Faults) {
    let is_strict = event.get("apiVersion").text() == "events.k8s.io/v1";
    let (controller, object, note) = if is_strict {
        ("reportingController", "regarding", "note")
    } else {
        ("reportingComponent", "involvedObject", "message")
    };
    if is_strict {
        faults.malformed(event.at("metadata.name"), syntax::dns_name);
        Required.check(event.get("eventTime"), event, "eventTime", faults);
        Required.check(event.get("type"), event, "type", faults);
        OneOf(&["Normal", "Warning"]).check(event.get("type"), event, "type", faults);
        for field in ["deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount", "deprecatedSource"] {
            let old = event.get(field);
            if !old.is_blank() && old.int() != Some(0) {
                faults.add(VALUE, old, "is of the old form of events", "remove it");
            }
        }
        let series = event.get("series");
        if series.is_set() {
            Range(2, i64::MAX).check(series.get("count"), series, "count", faults);
            Required.check(series.get("lastObservedTime"), series, "lastObservedTime", faults);
        }
    }

    let (own, other) = (event.at("metadata.namespace"), event.get(object).get("namespace"));
    if event.get("eventTime").is_set() {
        for field in [controller, "reportingInstance", "action", "reason"] {
            Required.check(event.get(field), event, field, faults);
        }
        Is(syntax::qualified_name).check(event.get(controller), event, controller, faults);
        for (field, most) in [("reportingInstance", 128), ("action", 128), ("reason", 128), (note, 1024)] {
            let length = event.get(field).text().len();
            if length > most {
                faults.add(VALUE, event.get(field), format!("is {length} bytes long"), format!("{most} are the most"));
            }
        }
        if other.is_blank() && !matches!(own.text(), "" | "default" | "kube-system") {
            faults.add(VALUE, event.get(object), "is not of the event's namespace", "write the namespace of the event");
        }
        return;
    }
    // One that names no namespace goes where it is told.
    let is_default = matches!(own.text(), "" | "default");
    if own.text() != other.text() && !(is_default && matches!(other.text(), "" | "default")) {
        let place = if other.is_blank() { event.get(object) } else { other };
        faults.add(VALUE, place, "is not of the event's namespace", "write the namespace of the event");
    }
}

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

fn taints(taints: Value<'_>, faults: &mut Faults) {
    let mut seen = HashSet::default();
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

fn repeated_tolerations(tolerations: Value<'_>, faults: &mut Faults) {
    let mut seen = HashSet::default();
    for toleration in tolerations.items() {
        let fields = ["key", "operator", "value", "effect", "tolerationSeconds"];
        if !seen.insert(fields.map(|field| toleration.get(field).to_string())) {
            faults.add(VALUE, toleration, "is an earlier one again", "remove one of them");
        }
    }
}

fn finalizers(finalizers: Value<'_>, faults: &mut Faults) {
    finalizers.items().for_each(|name| finalizer(name, faults));
}

/// A finalizer is a domain's, but for the old ones of Kubernetes.
pub(super) fn finalizer(name: Value<'_>, faults: &mut Faults) {
    let of_namespace = name.parent().parent().type_name() == "NamespaceSpec";
    faults.malformed(name, syntax::qualified_name);
    // Of custom kinds the server takes any: Argo CD's finalizer has no domain.
    let group = GroupKind::new(name.root().get("apiVersion").text(), "").group;
    if !api_group(group) {
        return;
    }
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
