use std::fmt::Arguments;

use k8s_openapi::api::autoscaling::{v1, v2};
use k8s_openapi::api::core::v1::LimitRange;

use crate::check::{Check, Finding, Group, GroupKind, Index, Item, Pods, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "hpa-no-request",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A HorizontalPodAutoscaler scales by a percentage of what containers request, and a container requests nothing. \
            A utilisation is a share of the request of every container of the pod: where one lacks it, the autoscaler reports \
            \"missing request\" and never scales.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for (item, scaler) in index.all::<v2::HorizontalPodAutoscaler>() {
        let spec = &scaler.spec;
        let target = &spec.scale_target_ref;
        let Some(pods) = pods(index, item, target_kind(target.api_version.as_deref(), &target.kind), &target.name)
        else {
            continue;
        };
        if spec.metrics.is_none() {
            // Without metrics the API server fills in 80 % of the CPU.
            missing(index, item, format_args!("spec"), pods, "cpu", None, findings);
        }
        for (number, metric) in spec.metrics.iter().flatten().enumerate() {
            if let Some(resource) = metric.resource.as_ref().filter(|resource| resource.target.type_ == "Utilization") {
                let path = format_args!("spec.metrics[{number}].resource");
                missing(index, item, path, pods, &resource.name, None, findings);
            }
            if let Some(resource) =
                metric.container_resource.as_ref().filter(|metric| metric.target.type_ == "Utilization")
            {
                let path = format_args!("spec.metrics[{number}].containerResource");
                missing(index, item, path, pods, &resource.name, Some(&resource.container), findings);
            }
        }
    }
    for (item, scaler) in index.all::<v1::HorizontalPodAutoscaler>() {
        let spec = &scaler.spec;
        let target = &spec.scale_target_ref;
        if let Some(pods) = pods(index, item, target_kind(target.api_version.as_deref(), &target.kind), &target.name) {
            missing(index, item, format_args!("spec"), pods, "cpu", None, findings);
        }
    }
}

fn target_kind<'a>(api_version: Option<&'a str>, kind: &'a str) -> GroupKind<'a> {
    GroupKind::new(api_version.unwrap_or_default(), kind)
}

fn pods<'i, 'a>(index: &'i Index<'a>, scaler: Item<'a>, kind: GroupKind<'_>, name: &str) -> Option<&'i Pods<'a>> {
    index.pods_of(index.named(kind, scaler.namespace, name)?)
}

/// Reports the containers, all or the one of a name, that do not request a resource.
fn missing(
    index: &Index<'_>,
    item: Item<'_>,
    path: Arguments<'_>,
    pods: &Pods<'_>,
    resource: &str,
    only: Option<&String>,
    findings: &mut Vec<Finding>,
) {
    // A LimitRange's default is as good as a request, and a pod's own stands for all of its containers'.
    let pod = pods.spec.resources.as_ref();
    let by_default = index.all_within::<LimitRange>(item.namespace).any(|(_, range)| {
        let limits = range.spec.iter().flat_map(|spec| &spec.limits).filter(|limit| limit.type_ == "Container");
        limits
            .flat_map(|limit| [&limit.default_request, &limit.default])
            .flatten()
            .any(|list| list.contains_key(resource))
    });
    if by_default {
        return;
    }
    if pod.and_then(|resources| resources.requests.as_ref()).is_some_and(|requests| requests.contains_key(resource)) {
        return;
    }
    for (number, container) in pods.spec.containers.iter().enumerate() {
        // A limit without a request is the request as well.
        let resources = container.resources.as_ref();
        let has = resources.is_some_and(|resources| {
            let lists = [&resources.requests, &resources.limits];
            lists.into_iter().flatten().any(|list| list.contains_key(resource))
        });
        if has || only.is_some_and(|only| *only != container.name) {
            continue;
        }
        let message = format!(
            "{} scales by {resource} utilisation, but container \"{}\" of {} requests no {resource}",
            item.label(),
            container.name,
            pods.item.label(),
        );
        let place = pods.spec_path(&format!("containers[{number}]"));
        let field = if resources.is_some() { format!("{place}.resources") } else { place };
        let finding = CHECK.finding(message, format!("give it resources.requests.{resource}"));
        findings.push(
            finding
                .why("a utilisation is a share of the request; without one the autoscaler never scales")
                .at(pods.item, field)
                .see(item, path.to_string(), "what needs the request"),
        );
    }
}
