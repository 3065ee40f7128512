//! Devices that pods claim: GPUs, network cards.

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, cel, syntax, volume};
use crate::check::HashSet;
use crate::check::api::cel::Type;
use crate::check::api::tree::Value;

const REQUEST: &[(&str, super::Rule)] = &[
    ("deviceClassName", Must(syntax::dns_name)),
    ("allocationMode", OneOf(&["ExactCount", "All"])),
    ("selectors", AtMost(32)),
    ("", By(count)),
];

pub(super) const RULES: &[TypeRules] = &[
    (
        "DeviceClaim",
        &[("requests", AtMost(32)), ("requests", Unique("name")), ("constraints", AtMost(32)), ("config", AtMost(32))],
    ),
    (
        "DeviceRequest",
        &[
            ("name", Must(syntax::dns_label)),
            ("firstAvailable", AtMost(8)),
            ("firstAvailable", Unique("name")),
            ("", By(one_way)),
        ],
    ),
    ("ExactDeviceRequest", REQUEST),
    ("DeviceSubRequest", REQUEST),
    ("DeviceSubRequest", &[("name", Must(syntax::dns_label))]),
    ("DeviceSelector", &[("cel", Required)]),
    ("CELDeviceSelector", &[("expression", By(selector))]),
    ("DeviceConstraint", &[("requests", By(requests)), ("matchAttribute", IsIfSet(attribute)), ("", By(constraint))]),
    ("DeviceClaimConfiguration", &[("requests", By(requests)), ("opaque", Required)]),
    ("DeviceClassConfiguration", &[("opaque", Required)]),
    ("OpaqueDeviceConfiguration", &[("driver", Must(volume::driver)), ("", By(parameters))]),
    ("DeviceClassSpec", &[("selectors", AtMost(32)), ("config", AtMost(32))]),
];

/// A request asks for one thing, or for the first of several that there is.
fn one_way(request: Value<'_>, faults: &mut Faults) {
    let (exactly, first) = (request.get("exactly"), request.get("firstAvailable"));
    if exactly.is_set() && first.len() > 0 {
        faults.forbidden(first, "beside exactly");
    } else if !exactly.is_set() && first.len() == 0 {
        faults.missing(request, "exactly or firstAvailable", "");
    }
}

fn count(request: Value<'_>, faults: &mut Faults) {
    let count = request.get("count");
    match request.get("allocationMode").text() {
        "All" if !count.is_blank() => faults.forbidden(count, "with allocationMode: All"),
        "All" => {}
        // What is not written is one.
        _ => super::in_range(count, 0, i64::MAX, faults),
    }
}

fn selector(expression: Value<'_>, faults: &mut Faults) {
    cel::check(expression, &["device"], &[Type::Bool], faults);
}

fn parameters(configuration: Value<'_>, faults: &mut Faults) {
    let parameters = configuration.get("parameters");
    if parameters.is_leaf() || parameters.is_list() {
        faults.missing(configuration, "parameters", "that are an object");
    }
}

/// An attribute of devices: `gpu.example.org/model`.
fn attribute(name: &str) -> Option<&'static str> {
    let is_identifier = |id: &str| {
        let starts = id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        starts && id.len() <= 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    match name.split_once('/') {
        Some((domain, id)) if domain.len() <= 63 && syntax::dns_name(domain).is_none() && is_identifier(id) => None,
        _ => Some("it is the domain of a driver and a name: gpu.example.org/model"),
    }
}

fn constraint(constraint: Value<'_>, faults: &mut Faults) {
    if !constraint.get("matchAttribute").is_set() && !constraint.get("distinctAttribute").is_set() {
        faults.missing(constraint, "matchAttribute", "");
    }
}

/// Names of requests of the claim; of one with several ways, the way after a `/`.
fn requests(names: Value<'_>, faults: &mut Faults) {
    AtMost(32).check(names, names.parent(), "requests", faults);
    Unique("").check(names, names.parent(), "requests", faults);
    let claim = names.parent().parent().parent();
    let mut known = HashSet::default();
    for request in claim.get("requests").items() {
        let name = request.get("name").text();
        known.insert(name.to_owned());
        known.extend(request.get("firstAvailable").items().map(|way| format!("{name}/{}", way.get("name").text())));
    }
    for name in names.items().filter(|name| name.text().is_empty() || !known.contains(name.text())) {
        faults.add(VALUE, name, format!("is {name}, which the claim does not request"), "name one of its requests");
    }
}
