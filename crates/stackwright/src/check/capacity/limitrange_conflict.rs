use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{LimitRange, LimitRangeItem, PersistentVolumeClaim, ResourceRequirements};

use crate::Quantity;
use crate::capacity::{Resources, Workload, amounts, defaults, of_container};
use crate::check::{Check, Finding, Group, HashMap, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "limitrange-conflict",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "A container, pod or claim asks for less or more than a LimitRange of its namespace allows, once the defaults of the \
            LimitRange are filled in: the API server refuses the pod, and the workload stays without pods. A limit of memory that a \
            container only gets from the LimitRange is worth knowing.",
    run,
};

/// A rule of a LimitRange, and where it stands.
struct Rule<'a> {
    item: Item<'a>,
    path: String,
    limit: &'a LimitRangeItem,
}

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut rules: BTreeMap<&str, Vec<Rule>> = BTreeMap::new();
    for (item, range) in index.all::<LimitRange>() {
        let limits = range.spec.iter().flat_map(|spec| &spec.limits).enumerate();
        let limits = limits.map(|(number, limit)| Rule { item, path: format!("spec.limits[{number}]"), limit });
        rules.entry(item.namespace).or_default().extend(limits);
    }
    if rules.is_empty() {
        return;
    }
    let defaults = defaults(index.all());
    for (_, Workload { pods, resources, .. }) in index.analysis().workloads() {
        let Some(pods) = pods else { continue };
        for rule in rules.get(pods.item.namespace).into_iter().flatten() {
            match rule.limit.type_.as_str() {
                "Container" => {
                    for (path, container) in pods.containers() {
                        let found = of_container(container.resources.as_ref(), defaults.get(pods.item.namespace));
                        let who = format!("container {} of {}", container.name, pods.item.label());
                        let found = broken(rule, &found).map(|fact| finding(rule, &who, &fact));
                        let found = found.or_else(|| silent(rule, &who, container.resources.as_ref()));
                        findings.extend(found.map(|finding| finding.at(pods.item, path)));
                    }
                }
                "Pod" => {
                    let who = format!("a pod of {}", pods.item.label());
                    let path = pods.spec_path("containers");
                    findings.extend(broken(rule, resources).map(|fact| finding(rule, &who, &fact).at(pods.item, path)));
                }
                _ => {}
            }
        }
    }
    for (item, claim) in index.all::<PersistentVolumeClaim>() {
        let asked = claim.spec.as_ref().and_then(|spec| spec.resources.as_ref()?.requests.as_ref());
        let found = Resources { requests: amounts(asked), ..Resources::default() };
        let rules = rules.get(item.namespace).into_iter().flatten();
        for rule in rules.filter(|rule| rule.limit.type_ == "PersistentVolumeClaim") {
            findings.extend(broken(rule, &found).map(|fact| finding(rule, &item.label(), &fact).at(item, "spec")));
        }
    }
}

fn finding(rule: &Rule, who: &str, fact: &str) -> Finding {
    let help = "ask for what the LimitRange allows, or change it";
    let finding = CHECK.finding(format!("{who} {fact}"), help);
    finding.why("the API server refuses it").see(rule.item, rule.path.clone(), "the LimitRange")
}

/// The limit of memory that a container gets without saying so: where it needs more it is killed, and its own manifest has no reason.
fn silent(rule: &Rule, who: &str, resources: Option<&ResourceRequirements>) -> Option<Finding> {
    let limit = rule.limit.default.as_ref()?.get("memory")?;
    let is_limited =
        resources.and_then(|resources| resources.limits.as_ref()).is_some_and(|limits| limits.contains_key("memory"));
    let message = format!("{who} sets no limit of memory and gets {} from a LimitRange", limit.0);
    let finding =
        CHECK.finding(message, "write the limit that it needs, unless this is meant").rated(Severity::Information);
    let finding = finding.why("a process that needs more is killed, and its own manifest does not say why");
    (!is_limited).then(|| finding.see(rule.item, rule.path.clone(), "the LimitRange"))
}

/// The first thing that a rule does not allow.
fn broken(rule: &Rule, found: &Resources) -> Option<String> {
    let text = |list: &Option<BTreeMap<String, k8s_openapi::apimachinery::pkg::api::resource::Quantity>>| -> HashMap<String, String> {
        list.iter().flatten().map(|(name, quantity)| (name.clone(), quantity.0.clone())).collect()
    };
    let (least, most) = (text(&rule.limit.min), text(&rule.limit.max));
    let by_claim = rule.limit.type_ == "PersistentVolumeClaim";
    for (name, bound) in amounts(rule.limit.min.as_ref()) {
        match found.requests.get(name) {
            None => return Some(format!("requests no {name}, of which at least {} is asked", least[name])),
            Some(request) if *request < bound => return Some(format!("requests less than {} of {name}", least[name])),
            Some(_) => {}
        }
        if found.limits.get(name).is_some_and(|limit| *limit < bound) {
            return Some(format!("is limited to less than {} of {name}", least[name]));
        }
    }
    for (name, bound) in amounts(rule.limit.max.as_ref()) {
        match found.limits.get(name) {
            None if !by_claim => {
                return Some(format!("has no limit of {name}, of which at most {} is allowed", most[name]));
            }
            Some(limit) if *limit > bound => return Some(format!("may use more than {} of {name}", most[name])),
            _ => {}
        }
        if found.requests.get(name).is_some_and(|request| *request > bound) {
            return Some(format!("requests more than {} of {name}", most[name]));
        }
    }
    for (name, ratio) in amounts(rule.limit.max_limit_request_ratio.as_ref()) {
        let (Some(limit), Some(request)) = (found.limits.get(name), found.requests.get(name)) else {
            return Some(format!("does not both request and limit {name}, whose ratio is bound"));
        };
        // In thousandths, as the API server compares them.
        let exceeds = |limit: Quantity, request: Quantity| {
            let product = i128::from(request.thousandths()) * i128::from(ratio.thousandths());
            i128::from(limit.thousandths()) * 1000 > product
        };
        if exceeds(*limit, *request) {
            return Some(format!("is limited to more of {name} than the allowed multiple of what it requests"));
        }
    }
    None
}
