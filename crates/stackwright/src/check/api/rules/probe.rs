//! What containers are asked, and what they do when they start and end.

use super::Rule::*;
use super::container::pod_spec;
use super::{Faults, TypeRules, VALUE, in_range, syntax};
use crate::check::api::tree::Value;

const HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

pub(super) const RULES: &[TypeRules] = &[
    ("Container", &[("livenessProbe", By(once)), ("startupProbe", By(once)), ("readinessProbe", By(readiness))]),
    (
        "Probe",
        &[
            ("", By(probe)),
            ("initialDelaySeconds", By(not_negative)),
            ("timeoutSeconds", By(not_negative)),
            ("periodSeconds", By(not_negative)),
            ("successThreshold", By(not_negative)),
            ("failureThreshold", By(not_negative)),
            ("terminationGracePeriodSeconds", By(positive)),
        ],
    ),
    ("LifecycleHandler", &[("", By(handler))]),
    ("Lifecycle", &[("stopSignal", By(stop_signal))]),
    ("SleepAction", &[("seconds", By(sleep))]),
    ("ExecAction", &[("command", Required)]),
    ("HTTPGetAction", &[("port", PortOrName), ("scheme", OneOf(&["HTTP", "HTTPS"]))]),
    ("HTTPHeader", &[("name", By(header))]),
    ("TCPSocketAction", &[("port", PortOrName)]),
    ("GRPCAction", &[("port", Port)]),
];

fn not_negative(value: Value<'_>, faults: &mut Faults) {
    if let Some(number) = value.int().filter(|number| *number < 0) {
        faults.add("probe-invalid", value, format!("is {number}"), "0 is the least");
    }
}

fn positive(value: Value<'_>, faults: &mut Faults) {
    if let Some(number) = value.int().filter(|number| *number < 1) {
        faults.add("probe-invalid", value, format!("is {number}"), "1 is the least");
    }
}

fn probe(probe: Value<'_>, faults: &mut Faults) {
    handlers(probe, "probe-invalid", faults);
}

fn handler(handler: Value<'_>, faults: &mut Faults) {
    handlers(handler, VALUE, faults);
}

fn handlers(holder: Value<'_>, id: &'static str, faults: &mut Faults) {
    let set: Vec<_> = HANDLERS.iter().copied().filter(|handler| holder.get(handler).is_set()).collect();
    match set[..] {
        [_] => {}
        [] => faults.add(id, holder, "asks nothing", "set one of exec, httpGet, tcpSocket and grpc"),
        [first, second, ..] => faults.add(id, holder, format!("has {first} and {second}"), "keep one of them"),
    }
}

/// Liveness and startup are decided by one success.
fn once(probe: Value<'_>, faults: &mut Faults) {
    let threshold = probe.get("successThreshold");
    if threshold.int().is_some_and(|number| !(0..=1).contains(&number)) {
        faults.add("probe-invalid", threshold, format!("is {threshold}; here only 1 is allowed"), "remove it");
    }
}

fn readiness(probe: Value<'_>, faults: &mut Faults) {
    let period = probe.get("terminationGracePeriodSeconds");
    if period.is_set() {
        faults.add("probe-invalid", period, "can't be set on a readiness probe, which ends nothing", "remove it");
    }
}

fn header(name: Value<'_>, faults: &mut Faults) {
    if let Some(why) = syntax::header_name(name.text()) {
        faults.add(VALUE, name, format!("is {name}"), why);
    }
}

fn sleep(seconds: Value<'_>, faults: &mut Faults) {
    let most = pod_spec(seconds).get("terminationGracePeriodSeconds").int().unwrap_or(30);
    in_range(seconds, 0, most, faults);
}

fn stop_signal(signal: Value<'_>, faults: &mut Faults) {
    if signal.is_set() && pod_spec(signal).at("os.name").is_blank() {
        // The server drops it, unless a feature of it is switched on that then refuses it.
        faults.warn(VALUE, signal, "has no effect without os.name of the pod", "set os.name, or remove it");
    }
}
