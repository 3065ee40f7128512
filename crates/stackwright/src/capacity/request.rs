//! What a pod asks for: the effective requests and limits that the scheduler counts.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Container, LimitRange, PodSpec, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use crate::Quantity;
use crate::links::Item;

/// Amounts by the name of the resource.
pub(crate) type Amounts<'a> = BTreeMap<&'a str, Quantity>;

/// Requests and limits, of a container or of a whole pod.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resources<'a> {
    pub(crate) requests: Amounts<'a>,
    pub(crate) limits: Amounts<'a>,
}

/// What the LimitRanges of a namespace give to containers that do not say it themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Defaults<'a> {
    requests: Amounts<'a>,
    limits: Amounts<'a>,
}

/// The amounts of a map; what is no quantity counts as nothing, as another check reports it.
pub(crate) fn amounts(texts: Option<&BTreeMap<String, Text>>) -> Amounts<'_> {
    let texts = texts.into_iter().flatten();
    texts.filter_map(|(name, text)| Some((name.as_str(), Quantity::parse(&text.0)?))).collect()
}

/// The defaults of every namespace that has some, by its LimitRanges.
pub(crate) fn defaults<'a>(
    ranges: impl Iterator<Item = (Item<'a>, &'a LimitRange)>,
) -> BTreeMap<&'a str, Defaults<'a>> {
    let mut found: BTreeMap<&str, Defaults> = BTreeMap::new();
    for (item, range) in ranges {
        for limit in range.spec.iter().flat_map(|spec| &spec.limits).filter(|limit| limit.type_ == "Container") {
            let defaults = found.entry(item.namespace).or_default();
            let keep = |into: &mut Amounts<'a>, from: Amounts<'a>| {
                for (name, amount) in from {
                    into.entry(name).or_insert(amount);
                }
            };
            // As the API server fills in a LimitRange: a maximum is the default limit, and that the default request.
            let mut limits = amounts(limit.default.as_ref());
            keep(&mut limits, amounts(limit.max.as_ref()));
            let mut requests = amounts(limit.default_request.as_ref());
            keep(&mut requests, limits.clone());
            keep(&mut requests, amounts(limit.min.as_ref()));
            keep(&mut defaults.limits, limits);
            keep(&mut defaults.requests, requests);
        }
    }
    found
}

/// What a container asks for, once defaults are filled in: a limit without a request is the request as well.
pub(crate) fn of_container<'a>(
    resources: Option<&'a ResourceRequirements>,
    defaults: Option<&Defaults<'a>>,
) -> Resources<'a> {
    let mut limits = amounts(resources.and_then(|resources| resources.limits.as_ref()));
    let mut requests = amounts(resources.and_then(|resources| resources.requests.as_ref()));
    for (name, amount) in &limits {
        requests.entry(name).or_insert(*amount);
    }
    for (name, amount) in defaults.into_iter().flat_map(|defaults| &defaults.limits) {
        limits.entry(name).or_insert(*amount);
    }
    for (name, amount) in defaults.into_iter().flat_map(|defaults| &defaults.requests) {
        requests.entry(name).or_insert(*amount);
    }
    Resources { requests, limits }
}

/// What a pod asks for. Containers run together; those that initialise run one by one before them, beside the sidecars
/// that were started by then. What runs the pod adds its overhead, which a pod that is there already says itself.
pub(crate) fn of_pod<'a>(
    spec: &'a PodSpec,
    defaults: Option<&Defaults<'a>>,
    overhead: Option<&'a BTreeMap<String, Text>>,
) -> Resources<'a> {
    let container = |container: &'a Container| of_container(container.resources.as_ref(), defaults);
    let sum = |mut sum: Resources<'a>, own: Resources<'a>| {
        sum.add(&own);
        sum
    };
    let mut together = spec.containers.iter().map(container).reduce(sum).unwrap_or_default();
    let (mut sidecars, mut highest) = (Resources::default(), Resources::default());
    for init in spec.init_containers.iter().flatten() {
        let own = container(init);
        if init.restart_policy.as_deref() == Some("Always") {
            together.add(&own);
            sidecars.add(&own);
            raise(&mut highest, &sidecars);
        } else {
            let mut now = sidecars.clone();
            now.add(&own);
            raise(&mut highest, &now);
        }
    }
    raise(&mut together, &highest);
    whole_pod(spec, &mut together);
    let overhead = amounts(spec.overhead.as_ref().or(overhead));
    for (name, amount) in overhead {
        *together.requests.entry(name).or_default() += amount;
        if let Some(limit) = together.limits.get_mut(name) {
            *limit += amount;
        }
    }
    together
}

/// Resources that are given for the pod as a whole count instead of the sum of its containers'.
fn whole_pod<'a>(spec: &'a PodSpec, pod: &mut Resources<'a>) {
    let Some(whole) = &spec.resources else { return };
    let shared = |name: &str| matches!(name, "cpu" | "memory") || name.starts_with("hugepages-");
    let requests = amounts(whole.requests.as_ref());
    for (name, limit) in amounts(whole.limits.as_ref()).into_iter().filter(|(name, _)| shared(name)) {
        pod.limits.insert(name, limit);
        pod.requests.entry(name).or_insert(limit);
    }
    pod.requests.extend(requests.into_iter().filter(|(name, _)| shared(name)));
}

impl Resources<'_> {
    /// Adds what another asks for.
    pub(crate) fn add(&mut self, other: &Self) {
        for (name, amount) in &other.requests {
            *self.requests.entry(name).or_default() += *amount;
        }
        for (name, amount) in &other.limits {
            *self.limits.entry(name).or_default() += *amount;
        }
    }
}

fn raise<'a>(highest: &mut Resources<'a>, other: &Resources<'a>) {
    let raise = |highest: &mut Amounts<'a>, other: &Amounts<'a>| {
        for (name, amount) in other {
            let known = highest.entry(name).or_default();
            *known = (*known).max(*amount);
        }
    };
    raise(&mut highest.requests, &other.requests);
    raise(&mut highest.limits, &other.limits);
}
