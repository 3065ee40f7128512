use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::cron;
use crate::check::api::tree::Value;

const ACTIONS: &[&str] = &["Ignore", "FailIndex", "FailJob", "Count"];

pub(super) const RULES: &[TypeRules] = &[
    ("Job", &[("spec", Required), ("", By(indexed_name))]),
    ("JobTemplateSpec", &[("spec", Required)]),
    (
        "JobSpec",
        &[
            ("parallelism", Range(0, i64::MAX)),
            ("completions", Range(0, i64::MAX)),
            ("activeDeadlineSeconds", Range(0, i64::MAX)),
            ("backoffLimit", Range(0, i64::MAX)),
            ("ttlSecondsAfterFinished", Range(0, i64::MAX)),
            ("backoffLimitPerIndex", Range(0, i64::MAX)),
            ("maxFailedIndexes", Range(0, i64::MAX)),
            ("completionMode", OneOfIfSet(&["NonIndexed", "Indexed"])),
            ("managedBy", IsIfSet(syntax::domain_prefixed)),
            ("", By(restart)),
            ("", By(indexed)),
            ("", By(job_selector)),
            ("podReplacementPolicy", By(replacement)),
        ],
    ),
    ("PodFailurePolicy", &[("rules", AtMost(20))]),
    ("PodFailurePolicyRule", &[("action", Required), ("action", OneOf(ACTIONS)), ("", By(failure))]),
    (
        "PodFailurePolicyOnExitCodesRequirement",
        &[
            ("operator", Required),
            ("operator", OneOf(&["In", "NotIn"])),
            ("values", By(exit_codes)),
            ("containerName", By(container)),
        ],
    ),
    (
        "PodFailurePolicyOnPodConditionsPattern",
        &[("type", Must(syntax::qualified_name)), ("status", OneOf(&["True", "False", "Unknown"]))],
    ),
    ("SuccessPolicy", &[("rules", Required), ("rules", AtMost(20))]),
    ("SuccessPolicyRule", &[("succeededCount", Range(0, i64::MAX)), ("", By(success))]),
    (
        "CronJobSpec",
        &[
            ("schedule", By(schedule)),
            ("timeZone", By(time_zone)),
            ("concurrencyPolicy", OneOf(&["Allow", "Forbid", "Replace"])),
            ("startingDeadlineSeconds", Range(0, i64::MAX)),
            ("successfulJobsHistoryLimit", Range(0, i64::MAX)),
            ("failedJobsHistoryLimit", Range(0, i64::MAX)),
            ("jobTemplate", By(template)),
        ],
    ),
];

fn schedule(schedule: Value<'_>, faults: &mut Faults) {
    if schedule.text().is_empty() {
        faults.missing(schedule.parent(), "schedule", "");
    } else if schedule.text().contains("TZ") {
        faults.add("cron-schedule", schedule, format!("is {schedule}, with a time zone in it"), "set timeZone instead");
    } else if let Some(why) = cron::fault(schedule.text()) {
        faults.add("cron-schedule", schedule, format!("is {schedule}"), why);
    }
}

fn time_zone(zone: Value<'_>, faults: &mut Faults) {
    if zone.is_text()
        && let Some(why) = cron::zone_fault(zone.text())
    {
        faults.add("cron-schedule", zone, format!("is {zone}"), why);
    }
}

/// The selector of a CronJob's Jobs is made with them.
fn template(template: Value<'_>, faults: &mut Faults) {
    if template.at("spec.manualSelector").is_true() {
        faults.forbidden(template.at("spec.manualSelector"), "in a CronJob");
    }
}

fn job_selector(spec: Value<'_>, faults: &mut Faults) {
    let selector = spec.get("selector");
    let is_own = spec.get("manualSelector").is_true();
    if selector.is_set() && !is_own {
        faults.forbidden(selector, "without manualSelector: true, since the API server makes one");
    } else if is_own && !selector.is_set() && spec.root().type_name() == "Job" {
        faults.missing(spec, "selector", "with manualSelector: true");
    }
}

fn restart(spec: Value<'_>, faults: &mut Faults) {
    let template = spec.at("template.spec");
    let policy = template.get("restartPolicy");
    match policy.text() {
        "" => faults.missing(template, "restartPolicy", "in a Job: OnFailure or Never"),
        "Always" => faults.add(VALUE, policy, "is \"Always\": a Job's pods end", "write OnFailure or Never"),
        "OnFailure" if spec.get("podFailurePolicy").is_set() => {
            faults.add(VALUE, policy, "is \"OnFailure\" beside podFailurePolicy", "write Never");
        }
        _ => {}
    }
}

fn indexed_name(job: Value<'_>, faults: &mut Faults) {
    let spec = job.get("spec");
    let (name, completions) = (job.at("metadata.name"), spec.get("completions").int().unwrap_or_default());
    if spec.get("completionMode").text() == "Indexed" && completions > 0 {
        let host = format!("{}-{}", name.text(), completions - 1);
        if let Some(why) = syntax::dns_label(&host) {
            faults.add("name-syntax", name, format!("makes pods of the host name {host:?}"), why);
        }
    }
}

fn indexed(spec: Value<'_>, faults: &mut Faults) {
    let completions = spec.get("completions");
    let (limit, failed) = (spec.get("backoffLimitPerIndex"), spec.get("maxFailedIndexes"));
    if failed.is_set() && !limit.is_set() {
        faults.missing(spec, "backoffLimitPerIndex", "beside maxFailedIndexes");
    }
    if spec.get("completionMode").text() != "Indexed" {
        for field in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
            if spec.get(field).is_set() {
                faults.forbidden(spec.get(field), "without completionMode: Indexed");
            }
        }
        return;
    }
    if !completions.is_set() {
        faults.missing(spec, "completions", "with completionMode: Indexed");
    }
    let most = if completions.int().unwrap_or_default() > 100_000 && limit.is_set() { 10_000 } else { 100_000 };
    let parallelism = spec.get("parallelism");
    if parallelism.int().is_some_and(|number| number > most) {
        faults.add(VALUE, parallelism, format!("is {parallelism}"), format!("{most} is the most of an indexed Job"));
    }
    if completions.is_set() && failed.int() > completions.int() {
        faults.add(VALUE, failed, format!("is {failed}, more than there are completions"), "lower it");
    }
    if failed.int().is_some_and(|number| number > most) {
        faults.add(VALUE, failed, format!("is {failed}"), format!("{most} is the most"));
    }
    if most == 10_000 && !failed.is_set() {
        faults.missing(spec, "maxFailedIndexes", "with more than 100000 completions");
    }
}

fn replacement(policy: Value<'_>, faults: &mut Faults) {
    let known: &[&str] =
        if policy.parent().get("podFailurePolicy").is_set() { &["Failed"] } else { &["Failed", "TerminatingOrFailed"] };
    OneOfIfSet(known).check(policy, policy.parent(), "podReplacementPolicy", faults);
}

fn job_spec(value: Value<'_>) -> Value<'_> {
    let mut holder = value;
    while holder.type_name() != "JobSpec" && !holder.is_root() {
        holder = holder.parent();
    }
    holder
}

fn failure(rule: Value<'_>, faults: &mut Faults) {
    let (codes, conditions) = (rule.get("onExitCodes"), rule.get("onPodConditions"));
    if codes.is_set() == (conditions.len() > 0) {
        faults.add(VALUE, rule, "needs one of onExitCodes and onPodConditions", "set one of the two");
    }
    let action = rule.get("action");
    if action.text() == "FailIndex" && !job_spec(rule).get("backoffLimitPerIndex").is_set() {
        faults.forbidden(action, "to FailIndex without backoffLimitPerIndex");
    }
}

fn exit_codes(values: Value<'_>, faults: &mut Faults) {
    let codes: Vec<_> = values.items().filter_map(Value::int).collect();
    if codes.is_empty() {
        faults.missing(values.parent(), "values", "");
    }
    if !codes.is_sorted_by(|one, next| one < next) {
        faults.add(VALUE, values, "are not in order, each once", "write them in order");
    }
    if codes.contains(&0) && values.parent().get("operator").text() == "In" {
        faults.add(VALUE, values, "has 0, which is success", "remove it");
    }
    AtMost(255).check(values, values.parent(), "values", faults);
}

fn container(name: Value<'_>, faults: &mut Faults) {
    let pod = job_spec(name).at("template.spec");
    let mut containers = pod.get("containers").items().chain(pod.get("initContainers").items());
    if name.is_set() && !containers.any(|container| container.get("name").text() == name.text()) {
        faults.add(
            VALUE,
            name,
            format!("is {name}, and no container has the name"),
            "name one of the pod's containers",
        );
    }
}

fn success(rule: Value<'_>, faults: &mut Faults) {
    let (count, indexes) = (rule.get("succeededCount"), rule.get("succeededIndexes"));
    let completions = job_spec(rule).get("completions").int().unwrap_or_default();
    if !count.is_set() && !indexes.is_set() {
        faults.missing(rule, "succeededCount or succeededIndexes", "");
    }
    if count.int().is_some_and(|count| count > completions) {
        faults.add(VALUE, count, format!("is {count} of {completions} completions"), "lower it");
    }
    if !indexes.is_set() {
        return;
    }
    match total(indexes.text(), completions) {
        None => faults.add(VALUE, indexes, format!("is {indexes}"), "write indexes in order: 0,2-4"),
        Some(total) if count.int().is_some_and(|count| count > total) => {
            faults.add(VALUE, count, format!("is {count} of {total} indexes"), "lower it");
        }
        Some(_) => {}
    }
}

/// How many indexes a list such as `0,2-4` has.
fn total(text: &str, completions: i64) -> Option<i64> {
    let (mut total, mut last) = (0, -1);
    for part in text.split(',').filter(|_| !text.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (i64, i64) = (from.parse().ok()?, to.parse().ok()?);
        let is_range = part.contains('-');
        if from <= last || to >= completions || to < from || is_range && from == to {
            return None;
        }
        total += to - from + 1;
        last = to;
    }
    Some(total)
}
