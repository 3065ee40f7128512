use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::Service;

use crate::check::scale::most;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "statefulset-service",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "The Service that a StatefulSet names is missing, has an address of its own, or selects other pods.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let most = most(index);
    for (item, set) in index.all::<StatefulSet>() {
        let Some(name) = set.spec.service_name.as_deref().filter(|name| !name.is_empty()) else { continue };
        let Some(pods) = index.pods_of(item) else { continue };
        let path = "spec.serviceName";
        let first = format!("{}-0.{name}", item.object.name());
        let why = format!("the pods have no DNS names of their own: {first} does not resolve");
        let Some((at, service)) = index.get::<Service>(item.namespace, name) else {
            let own = index.all::<Service>().find(|(at, service)| {
                let spec = service.spec.as_ref();
                let headless = spec.is_some_and(|spec| spec.cluster_ip.as_deref() == Some("None"));
                let selector = spec.and_then(|spec| spec.selector.as_ref());
                headless && at.namespace == item.namespace && selector.is_some_and(|labels| pods.carry(labels))
            });
            // A file that isn't here, or a chart, has it; but that there is a headless one for the pods is no chance.
            if index.is_open(item.namespace) || (own.is_none() && !index.is_closed()) {
                continue;
            }
            let help = match own {
                Some((at, _)) => format!("the headless Service of its pods is {}: name that", at.object.name()),
                None => format!("add a Service {name} with clusterIP: None that selects its pods"),
            };
            let message =
                format!("{} names Service {name}, which namespace {} does not have", item.label(), item.namespace);
            findings.push(CHECK.finding(message, help).why(why).at(item, path));
            continue;
        };
        let Some(spec) = &service.spec else { continue };
        if spec.cluster_ip.as_deref() != Some("None") {
            let message = format!("{} names {}, which is not headless", item.label(), at.label());
            let help = format!("set clusterIP: None in {name}, or name a headless Service beside it");
            // A single pod is found by the Service's own name.
            let is_alone = spec.selector.as_ref().is_some_and(|labels| pods.carry(labels)) && most[&item.index] <= 1;
            let severity = if is_alone && !index.is_closed() { Severity::Information } else { CHECK.severity };
            findings.push(CHECK.finding(message, help).rated(severity).why(why).at(item, path).see(
                at,
                "spec",
                "has an address of its own",
            ));
        } else if spec.selector.as_ref().is_some_and(|labels| !labels.is_empty() && !pods.carry(labels)) {
            let message = format!("{} names {}, which selects other pods", item.label(), at.label());
            let help = format!("let {name} select the pods' labels");
            findings.push(CHECK.finding(message, help).why(why).at(item, path).see(
                at,
                "spec.selector",
                "selects others",
            ));
        }
    }
}
