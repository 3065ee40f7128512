use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::Quantity;
use crate::check::api::tree::Value;

pub(super) const RULES: &[TypeRules] = &[
    ("ResourceRequirements", &[("", By(requirements))]),
    ("LimitRangeItem", &[("type", By(limit_type)), ("", By(limit))]),
    ("LimitRangeSpec", &[("limits", Unique("type"))]),
    ("ResourceQuotaSpec", &[("hard", By(quota)), ("", By(scopes))]),
    ("ScopedResourceSelectorRequirement", &[("", By(scope))]),
];

pub(super) const CONTAINER: &[&str] = &["cpu", "memory", "ephemeral-storage"];
const STANDARD: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "storage",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "services",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];
/// What the names of those end with that are not counted in whole things.
const MEASURED: [&str; 3] = ["cpu", "memory", "storage"];
const SCOPES: &[&str] = &[
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
];

fn is_huge(name: &str) -> bool {
    name.starts_with("hugepages-") || name.starts_with("requests.hugepages-") || name.starts_with("limits.hugepages-")
}

/// Whether more of it can be limited than is requested: not of what is handed out whole.
fn can_overcommit(name: &str) -> bool {
    (!name.contains('/') || name.contains("kubernetes.io/")) && !is_huge(name)
}

/// A domain's resource: `example.org/gpu`.
fn is_extended(name: &str) -> bool {
    name.contains('/')
        && !name.contains("kubernetes.io/")
        && !name.starts_with("requests.")
        && syntax::qualified_name(&format!("requests.{name}")).is_none()
}

pub(super) fn resource_name(amount: Value<'_>, known: &[&str], faults: &mut Faults) {
    let name = amount.key();
    let is_known = if name.contains('/') {
        name.contains("kubernetes.io/") || is_extended(name) || known.len() > CONTAINER.len()
    } else {
        known.contains(&name) || is_huge(name)
    };
    let fact = || format!("has the key {name:?}, which is no resource");
    if let Some(why) = syntax::qualified_name(name) {
        faults.add(VALUE, amount.parent(), fact(), why);
    } else if !is_known {
        let help = match crate::nearest::nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "a resource of one's own has a domain: example.org/gpu".to_owned(),
        };
        faults.add(VALUE, amount.parent(), fact(), help);
    }
}

fn amount(amount: Value<'_>, faults: &mut Faults) {
    super::least_amount(amount, false, faults);
    let name = amount.key();
    let is_counted = STANDARD.contains(&name) && !MEASURED.iter().any(|measured| name.ends_with(measured));
    let is_whole = is_counted || is_extended(name) || name.starts_with("count/");
    if is_whole && Quantity::parse(amount.text()).is_some_and(|quantity| quantity.thousandths() % 1000 != 0) {
        faults.add("quantity", amount, format!("is {amount}"), "write a whole number");
    }
}

/// An amount without a unit where one was meant, or with that of another resource.
pub(super) fn unit(amount: Value<'_>, faults: &mut Faults) {
    /// Fewer bytes than this are enough for nothing that runs.
    const FEW: i64 = 1 << 20;
    /// Whoever asks for a round number of so many CPUs meant thousandths.
    const MANY: i64 = 100;
    let text = amount.text();
    let Some(units) = Quantity::parse(text).map(Quantity::units).filter(|units| *units > 0) else { return };
    let (number, suffix) = text.split_at(text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len()));
    let is_cpu = amount.key() == "cpu";
    let of_volume = matches!(amount.key(), "storage" | "ephemeral-storage" | "sizeLimit");
    if !(is_cpu || of_volume || amount.key() == "memory") {
        return;
    }
    let fact = match (is_cpu, suffix) {
        (true, "") if units >= MANY && units % 50 == 0 => format!("is {amount}, so many whole CPUs"),
        (true, "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei") => {
            format!("is {amount}, in a unit of memory")
        }
        (false, "m") => format!("is {amount}"),
        (false, "") if units < FEW => format!("is {amount}, so many bytes"),
        _ => return,
    };
    let help = match (is_cpu, suffix) {
        (true, "" | "M" | "Mi") => format!("did you mean {number}m?"),
        (true, _) => "write CPUs as 2 or 500m".to_owned(),
        (false, "m") => format!("{text} is thousandths of a byte: did you mean {number}Mi?"),
        (false, _) if of_volume || units < 16 => format!("did you mean {number}Gi?"),
        (false, _) => format!("did you mean {number}Mi?"),
    };
    faults.warn("quantity", amount, fact, help);
}

fn requirements(resources: Value<'_>, faults: &mut Faults) {
    let (requests, limits) = (resources.get("requests"), resources.get("limits"));
    let of_claim = resources.type_name() == "VolumeResourceRequirements";
    for one in limits.items().chain(requests.items()) {
        if !of_claim {
            resource_name(one, CONTAINER, faults);
        }
        amount(one, faults);
        let quantity = || Quantity::parse(one.text()).unwrap_or_default();
        unit(one, faults);
        if let Some(page) = one.key().strip_prefix("hugepages-").and_then(Quantity::parse)
            && (quantity().units() <= 0 || quantity().units() % page.units().max(1) != 0)
        {
            faults.add("quantity", one, format!("is {one}"), "write a multiple of the page's size");
        }
    }
    for request in requests.items() {
        let limit = limits.get(request.key());
        let (asked, most) = (Quantity::parse(request.text()), Quantity::parse(limit.text()));
        if !limit.is_set() {
            if !can_overcommit(request.key()) {
                faults.missing(resources, &format!("limits for {}", request.key()), "where it is requested");
            }
        } else if asked > most {
            let fact =
                format!("requests {} of {}, more than the limit of {}", request.text(), request.key(), limit.text());
            let help = format!("request at most {}, or raise the limit", limit.text());
            faults.add("request-exceeds-limit", request, fact, help);
        } else if asked != most && !can_overcommit(request.key()) {
            faults.add(
                "request-exceeds-limit",
                request,
                format!("is {request} and the limit {limit}"),
                "make both the same",
            );
        }
    }
    let has = |name: &str| requests.get(name).is_set() || limits.get(name).is_set();
    let huge = limits.items().chain(requests.items()).find(|amount| is_huge(amount.key()));
    if let Some(huge) = huge.filter(|_| !has("cpu") && !has("memory")) {
        faults.forbidden(huge, "without cpu or memory");
    }
}

fn limit_type(kind: Value<'_>, faults: &mut Faults) {
    const KNOWN: &[&str] = &["Container", "Pod", "PersistentVolumeClaim"];
    match kind.text() {
        name if name.contains('/') => faults.malformed(kind, syntax::qualified_name),
        "" => faults.missing(kind.parent(), "type", ""),
        name if !KNOWN.contains(&name) => faults.unknown(kind, KNOWN),
        _ => {}
    }
}

fn limit(item: Value<'_>, faults: &mut Faults) {
    let kind = item.get("type").text();
    let parts = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];
    let known = if matches!(kind, "Container" | "Pod") { CONTAINER } else { STANDARD };
    for one in parts.into_iter().flat_map(|part| item.get(part).items()) {
        resource_name(one, known, faults);
    }
    let amounts = parts[1..4].iter().flat_map(|part| item.get(part).items());
    amounts.filter(|one| matches!(one.key(), "cpu" | "memory")).for_each(|one| unit(one, faults));
    if kind == "Pod" {
        for part in ["default", "defaultRequest"] {
            if item.get(part).len() > 0 {
                faults.forbidden(item.get(part), "for pods");
            }
        }
    }
    if kind == "PersistentVolumeClaim" && !item.at("min.storage").is_set() && !item.at("max.storage").is_set() {
        faults.missing(item, "min.storage or max.storage", "for claims");
    }
    let order = [
        ("min", "max"),
        ("min", "defaultRequest"),
        ("min", "default"),
        ("defaultRequest", "default"),
        ("defaultRequest", "max"),
        ("default", "max"),
    ];
    for (lower, upper) in order {
        for less in item.get(lower).items() {
            let more = item.get(upper).get(less.key());
            if more.is_set() && Quantity::parse(less.text()) > Quantity::parse(more.text()) {
                faults.add(
                    VALUE,
                    less,
                    format!("is {less}, more than {upper}, which is {more}"),
                    "change one of the two",
                );
            }
        }
    }
    for ratio in item.get("maxLimitRequestRatio").items() {
        let parsed = Quantity::parse(ratio.text()).unwrap_or_default();
        if parsed < Quantity::of_units(1) {
            faults.add(VALUE, ratio, format!("is {ratio}"), "1 is the least");
        }
        let amount = |part| Quantity::parse(item.get(part).get(ratio.key()).text());
        #[allow(clippy::cast_precision_loss)] // as the server does
        if let (Some(least), Some(most)) = (amount("min"), amount("max"))
            && parsed.thousandths() as f64 / 1000.0 > most.thousandths() as f64 / least.thousandths() as f64
        {
            faults.add(VALUE, ratio, format!("is {ratio}, more than max divided by min"), "lower it");
        }
    }
    for request in item.get("defaultRequest").items().filter(|request| !can_overcommit(request.key())) {
        let limit = item.get("default").get(request.key());
        if limit.is_set() && Quantity::parse(limit.text()) != Quantity::parse(request.text()) {
            faults.add(VALUE, request, format!("is {request} and default {limit}"), "make both the same");
        }
    }
}

fn quota(hard: Value<'_>, faults: &mut Faults) {
    for one in hard.items() {
        resource_name(one, STANDARD, faults);
        amount(one, faults);
    }
}

fn scopes(spec: Value<'_>, faults: &mut Faults) {
    let scopes = spec.get("scopes");
    let selected = spec.at("scopeSelector.matchExpressions");
    let all: Vec<_> = scopes.items().chain(selected.items().map(|expression| expression.get("scopeName"))).collect();
    for scope in &all {
        if !SCOPES.contains(&scope.text()) {
            faults.unknown(*scope, SCOPES);
        }
        for one in spec.get("hard").items().filter(|one| !applies(scope.text(), one.key())) {
            faults.add(
                VALUE,
                one,
                format!("can't be limited in the scope {}", scope.text()),
                "remove it, or the scope",
            );
        }
    }
    for [one, other] in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] {
        for list in [scopes.items().collect::<Vec<_>>(), selected.items().map(|it| it.get("scopeName")).collect()] {
            if list.iter().any(|it| it.text() == one) && list.iter().any(|it| it.text() == other) {
                faults.add(
                    VALUE,
                    list[0].parent(),
                    format!("has {one} and {other}, which no pod is both"),
                    "remove one of them",
                );
            }
        }
    }
}

/// Whether a quota of a resource can be limited to a scope.
fn applies(scope: &str, resource: &str) -> bool {
    if resource.contains('/') || !STANDARD.contains(&resource) {
        return true;
    }
    let of_compute = ["cpu", "memory", "ephemeral-storage"].iter().any(|name| resource.ends_with(name))
        && !resource.starts_with("services");
    match scope {
        "BestEffort" => resource == "pods",
        "Terminating" | "NotTerminating" | "NotBestEffort" | "PriorityClass" | "CrossNamespacePodAffinity" => {
            resource == "pods" || of_compute
        }
        "VolumeAttributesClass" => matches!(resource, "persistentvolumeclaims" | "requests.storage"),
        _ => true,
    }
}

fn scope(expression: Value<'_>, faults: &mut Faults) {
    const OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist"];
    let (name, operator, values) =
        (expression.get("scopeName").text(), expression.get("operator"), expression.get("values"));
    match operator.text() {
        "In" | "NotIn" if values.len() == 0 => faults.missing(expression, "values", "with In or NotIn"),
        "Exists" | "DoesNotExist" if values.len() > 0 => faults.forbidden(values, "with Exists or DoesNotExist"),
        known if OPERATORS.contains(&known) => {}
        _ => faults.unknown(operator, OPERATORS),
    }
    if !matches!(name, "PriorityClass" | "VolumeAttributesClass")
        && operator.text() != "Exists"
        && SCOPES.contains(&name)
    {
        faults.add(VALUE, operator, format!("is {operator} for the scope {name}"), "write Exists");
    }
}
