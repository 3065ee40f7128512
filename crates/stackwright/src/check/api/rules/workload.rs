use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::tree::Value;

const RETENTION: &[&str] = &["Retain", "Delete"];

pub(super) const RULES: &[TypeRules] = &[
    (
        "DeploymentSpec",
        &[
            ("replicas", Range(0, i64::MAX)),
            ("minReadySeconds", Range(0, i64::MAX)),
            ("revisionHistoryLimit", Range(0, i64::MAX)),
            ("progressDeadlineSeconds", Range(0, i64::MAX)),
            ("selector", By(selector)),
            ("template", By(always)),
            ("", By(progress)),
        ],
    ),
    ("DeploymentStrategy", &[("type", OneOf(&["Recreate", "RollingUpdate"])), ("rollingUpdate", By(rolling))]),
    (
        "RollingUpdateDeployment",
        &[
            ("maxUnavailable", CountOrPercent),
            ("maxSurge", CountOrPercent),
            ("maxUnavailable", By(at_most_all)),
            ("", By(neither)),
        ],
    ),
    (
        "ReplicaSetSpec",
        &[
            ("replicas", Range(0, i64::MAX)),
            ("minReadySeconds", Range(0, i64::MAX)),
            ("selector", By(selector)),
            ("template", Required),
            ("template", By(always)),
        ],
    ),
    (
        "ReplicationControllerSpec",
        &[
            ("replicas", Range(0, i64::MAX)),
            ("minReadySeconds", Range(0, i64::MAX)),
            ("template", Required),
            ("template", By(always)),
        ],
    ),
    ("ReplicationController", &[("spec", Required)]),
    (
        "DaemonSetSpec",
        &[
            ("minReadySeconds", Range(0, i64::MAX)),
            ("revisionHistoryLimit", Range(0, i64::MAX)),
            ("selector", By(selector)),
            ("template", By(always)),
        ],
    ),
    ("DaemonSetUpdateStrategy", &[("type", OneOf(&["RollingUpdate", "OnDelete"]))]),
    (
        "RollingUpdateDaemonSet",
        &[
            ("maxUnavailable", CountOrPercent),
            ("maxSurge", CountOrPercent),
            ("maxUnavailable", By(at_most_all)),
            ("maxSurge", By(at_most_all)),
            ("", By(only_one)),
        ],
    ),
    (
        "StatefulSetSpec",
        &[
            ("replicas", Range(0, i64::MAX)),
            ("minReadySeconds", Range(0, i64::MAX)),
            ("serviceName", Is(syntax::dns_label)),
            ("podManagementPolicy", OneOf(&["OrderedReady", "Parallel"])),
            ("selector", By(selector)),
            ("template", By(always)),
        ],
    ),
    ("StatefulSetOrdinals", &[("start", Range(0, i64::MAX))]),
    ("StatefulSetUpdateStrategy", &[("type", OneOf(&["RollingUpdate", "OnDelete"])), ("rollingUpdate", By(rolling))]),
    (
        "RollingUpdateStatefulSetStrategy",
        &[("partition", Range(0, i64::MAX)), ("maxUnavailable", CountOrPercent), ("maxUnavailable", By(at_most_all))],
    ),
    (
        "StatefulSetPersistentVolumeClaimRetentionPolicy",
        &[("whenDeleted", OneOf(RETENTION)), ("whenScaled", OneOf(RETENTION))],
    ),
    (
        "PodDisruptionBudgetSpec",
        &[
            ("minAvailable", CountOrPercent),
            ("minAvailable", By(at_most_all)),
            ("maxUnavailable", CountOrPercent),
            ("maxUnavailable", By(at_most_all)),
            ("", AtMostOne(&["minAvailable", "maxUnavailable"])),
            ("unhealthyPodEvictionPolicy", OneOfIfSet(&["IfHealthyBudget", "AlwaysAllow"])),
        ],
    ),
];

fn selector(selector: Value<'_>, faults: &mut Faults) {
    if selector.get("matchLabels").len() + selector.get("matchExpressions").len() == 0 {
        faults.missing(selector.parent(), "selector", "that selects its own pods");
    }
}

/// What keeps pods running starts them again.
fn always(template: Value<'_>, faults: &mut Faults) {
    let policy = template.at("spec.restartPolicy");
    if matches!(policy.text(), "OnFailure" | "Never") {
        let kind = template.root().type_name();
        faults.add(
            VALUE,
            policy,
            format!("is {policy}; a {kind} starts its pods again"),
            "write Always, or make it a Job",
        );
    }
    let deadline = template.at("spec.activeDeadlineSeconds");
    if deadline.is_set() {
        faults.forbidden(deadline, &format!("in a {}", template.root().type_name()));
    }
}

fn progress(spec: Value<'_>, faults: &mut Faults) {
    let (deadline, ready) = (spec.get("progressDeadlineSeconds"), spec.get("minReadySeconds"));
    let seconds = deadline.int().unwrap_or(600);
    if seconds <= ready.int().unwrap_or_default() {
        let place = if deadline.is_set() { deadline } else { ready };
        let fact = format!("leaves no time: pods need minReadySeconds, and progressDeadlineSeconds is {seconds}");
        faults.add(VALUE, place, fact, "make progressDeadlineSeconds larger");
    }
}

fn rolling(update: Value<'_>, faults: &mut Faults) {
    let kind = update.parent().get("type").text();
    if update.is_set() && matches!(kind, "Recreate" | "OnDelete") {
        faults.forbidden(update, &format!("with type: {kind}"));
    }
}

/// A percentage or number that rounds down to none.
fn is_none(value: Value<'_>, default: bool) -> bool {
    if !value.is_set() {
        return default;
    }
    match value.text().strip_suffix('%') {
        Some(digits) => digits.parse() == Ok(0),
        None => value.int() == Some(0),
    }
}

fn neither(update: Value<'_>, faults: &mut Faults) {
    let (unavailable, surge) = (update.get("maxUnavailable"), update.get("maxSurge"));
    if is_none(unavailable, false) && is_none(surge, false) {
        faults.add(VALUE, unavailable, "and maxSurge are both 0: no pod could be replaced", "make one of them 1");
    }
}

fn only_one(update: Value<'_>, faults: &mut Faults) {
    let (unavailable, surge) = (update.get("maxUnavailable"), update.get("maxSurge"));
    match (is_none(unavailable, false), is_none(surge, true)) {
        (true, true) => {
            faults.add(VALUE, unavailable, "and maxSurge are both 0: no pod could be replaced", "make one of them 1");
        }
        (false, false) => faults.forbidden(surge, "unless maxUnavailable is 0"),
        _ => {}
    }
}

fn at_most_all(value: Value<'_>, faults: &mut Faults) {
    let percent = value.text().strip_suffix('%').and_then(|digits| digits.parse::<u64>().ok());
    if percent.is_some_and(|percent| percent > 100) {
        faults.add(VALUE, value, format!("is {value}"), "\"100%\" is the most");
    }
}
