//! What Roles let people and programs do, by the bindings that give them.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject};

use super::{Direction, Matter, Shift, Sides};
use crate::capacity::list;
use crate::check::{Index, Item};
use crate::links::selects;

/// A right: verb, group, resource, the name that it is for (none where it is all), and where (empty where it is the whole cluster). A path of
/// the API server is a resource that begins with a slash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Right<'a> {
    place: &'a str,
    group: &'a str,
    resource: &'a str,
    name: Option<&'a str>,
    verb: &'a str,
}

/// A role that a binding gives, in a namespace or everywhere.
struct Grant<'a> {
    binding: Item<'a>,
    place: &'a str,
    rules: Vec<&'a PolicyRule>,
    /// The role, where it is not among the objects.
    unread: Option<&'a RoleRef>,
}

/// What a subject may do in a place and not elsewhere.
#[derive(Default)]
struct More<'a> {
    rights: BTreeSet<Right<'a>>,
    /// What roles allow that are not among the objects, in words.
    roles: BTreeSet<String>,
    bindings: Vec<Item<'a>>,
}

/// What each subject is given, by what it is called.
type Grants<'a> = BTreeMap<String, Vec<Grant<'a>>>;

/// The subjects that may do more than before, or less.
pub(super) fn shifts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    let (old, new) = (grants(sides.before, sides.after), grants(sides.after, sides.before));
    let mut found = Vec::new();
    for subject in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (was, is) = (given(&old, subject), given(&new, subject));
        if !is_same(was, is) {
            found.extend(more(is, was, subject, Direction::Weaker, "may now"));
            found.extend(more(was, is, subject, Direction::Stronger, "may no longer"));
        }
    }
    found
}

fn given<'g, 'a>(grants: &'g Grants<'a>, subject: &str) -> &'g [Grant<'a>] {
    grants.get(subject).map(Vec::as_slice).unwrap_or_default()
}

fn is_same(one: &[Grant<'_>], other: &[Grant<'_>]) -> bool {
    let is_alike = |(one, other): (&Grant<'_>, &Grant<'_>)| {
        (one.place, &one.rules, one.unread) == (other.place, &other.rules, other.unread)
    };
    one.len() == other.len() && one.iter().zip(other).all(is_alike)
}

/// What a subject may do by these grants and not by others, place by place.
fn more<'a>(
    these: &[Grant<'a>],
    others: &[Grant<'a>],
    subject: &str,
    direction: Direction,
    may: &str,
) -> Vec<Shift<'a>> {
    let mut by_place: BTreeMap<&str, More<'a>> = BTreeMap::new();
    for grant in these {
        let rights = grant.rules.iter().flat_map(|rule| rights(rule, grant.place));
        let rights: Vec<_> = rights.filter(|right| !others.iter().any(|other| other.gives(right))).collect();
        let is_known = |other: &Grant<'_>| other.unread == grant.unread && is_within(grant.place, other.place);
        let unread = grant.unread.filter(|_| !others.iter().any(is_known));
        if !rights.is_empty() || unread.is_some() {
            let more = by_place.entry(grant.place).or_default();
            more.rights.extend(rights);
            more.roles.extend(unread.map(of_role));
            more.bindings.push(grant.binding);
        }
    }
    let shift = |(place, more): (&str, More<'a>)| {
        let what: Vec<_> = more.roles.into_iter().chain(told(&more.rights)).collect();
        let at = if place.is_empty() { "in the whole cluster".to_owned() } else { format!("in namespace {place}") };
        let what = list(what.iter().map(String::as_str));
        Shift {
            matter: Matter::Rights,
            direction,
            fact: format!("{subject} {may} {what} {at}"),
            objects: more.bindings,
        }
    };
    by_place.into_iter().map(shift).collect()
}

const ADMINISTRATOR: &str = "cluster-admin";

fn of_role(role: &RoleRef) -> String {
    match role.name.as_str() {
        ADMINISTRATOR => "do everything".to_owned(),
        name => format!("do what {} {name} allows", role.kind),
    }
}

/// What a right lets one do, in words, and whether it does.
type Danger = (&'static str, fn(&Right<'_>) -> bool);

/// Rights by which one gets others, or Secrets, the worst first.
const DANGERS: [Danger; 10] = [
    ("do everything", |right| (right.group, right.resource, right.verb) == ("*", "*", "*")),
    ("give itself any right (escalate)", |right| right.verb == "escalate" && right.name.is_none()),
    ("give itself any role (bind)", |right| right.verb == "bind" && right.name.is_none()),
    ("act as others (impersonate)", |right| right.verb == "impersonate" && right.name.is_none()),
    ("read objects of every kind, Secrets too", |right| right.is("*") && right.does(&READ)),
    ("change objects of every kind", |right| right.is("*") && !right.does(&READ)),
    ("read Secrets", |right| right.is("secrets") && right.does(&READ) && right.name.is_none()),
    ("run commands in pods (pods/exec)", |right| right.is("pods/exec") && right.does(&["create", "get"])),
    ("run commands on nodes (nodes/proxy)", |right| right.is("nodes/proxy") && right.does(&["create", "get"])),
    ("take tokens of ServiceAccounts", |right| right.is("serviceaccounts/token") && right.does(&["create"])),
];

const READ: [&str; 3] = ["get", "list", "watch"];

/// Rights in words, the worst first.
fn told(rights: &BTreeSet<Right<'_>>) -> Vec<String> {
    let is_there = |(_, is): &&Danger| rights.iter().any(is);
    let mut told: Vec<_> = DANGERS.iter().filter(is_there).map(|(words, _)| (*words).to_owned()).collect();
    if told.first().is_some_and(|worst| worst == DANGERS[0].0) {
        told.truncate(1);
        return told;
    }
    let is_told = |right: &Right<'_>| DANGERS.iter().any(|(_, is)| is(right));
    let mut verbs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for right in rights.iter().filter(|right| !is_told(right) || right.verb == "*" && right.resource != "*") {
        verbs.entry(right.object()).or_default().push(right.verb);
    }
    told.extend(verbs.into_iter().map(|(object, verbs)| match verbs[..] {
        ["*", ..] => format!("do all with {object}"),
        _ => format!("{} {object}", verbs.join("/")),
    }));
    told
}

impl Right<'_> {
    /// Whether it is about this resource of the core group.
    fn is(&self, resource: &str) -> bool {
        self.resource == resource && ["*", ""].contains(&self.group)
    }

    fn does(&self, verbs: &[&str]) -> bool {
        self.verb == "*" || verbs.contains(&self.verb)
    }

    /// What it is about, such as `deployments.apps` or `secrets "login"`.
    fn object(&self) -> String {
        let group = if self.group.is_empty() { String::new() } else { format!(".{}", self.group) };
        let name = self.name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
        format!("{}{group}{name}", self.resource)
    }
}

impl Grant<'_> {
    fn gives(&self, right: &Right<'_>) -> bool {
        is_within(right.place, self.place) && (self.is_all() || self.rules.iter().any(|rule| allows(rule, right)))
    }

    /// Whether it is the role that Kubernetes brings for who may do everything.
    fn is_all(&self) -> bool {
        self.unread.is_some_and(|role| role.name == ADMINISTRATOR)
    }
}

/// Whether what is given in a place is so in another one.
fn is_within(place: &str, given: &str) -> bool {
    given.is_empty() || given == place
}

/// Each right of a rule.
fn rights<'a>(rule: &'a PolicyRule, place: &'a str) -> Vec<Right<'a>> {
    let texts = |list: &'a Option<Vec<String>>| list.iter().flatten().map(String::as_str);
    let names: Vec<_> = texts(&rule.resource_names).map(Some).collect();
    let names = if names.is_empty() { vec![None] } else { names };
    let mut found = Vec::new();
    for verb in rule.verbs.iter().map(String::as_str) {
        for resource in texts(&rule.resources) {
            for (group, name) in texts(&rule.api_groups).flat_map(|group| names.iter().map(move |name| (group, *name)))
            {
                found.push(Right { place, group, resource, name, verb });
            }
        }
        let url = |path| Right { place, group: "", resource: path, name: None, verb };
        found.extend(texts(&rule.non_resource_urls).map(url));
    }
    found
}

/// Whether a rule has a right in it: see <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources>.
fn allows(rule: &PolicyRule, right: &Right<'_>) -> bool {
    let has = |list: &Option<Vec<String>>, text: &str| list.iter().flatten().any(|own| own == "*" || own == text);
    if !rule.verbs.iter().any(|verb| verb == "*" || verb == right.verb) {
        return false;
    }
    if right.resource.starts_with('/') {
        let is_url = |own: &String| {
            own.strip_suffix('*').map_or(own == right.resource, |start| right.resource.starts_with(start))
        };
        return rule.non_resource_urls.iter().flatten().any(is_url);
    }
    let part = right.resource.split_once('/').map(|(_, part)| format!("*/{part}"));
    let is_part = || part.is_some_and(|part| rule.resources.iter().flatten().any(|own| *own == part));
    let names = rule.resource_names.as_deref().unwrap_or_default();
    has(&rule.api_groups, right.group)
        && (has(&rule.resources, right.resource) || is_part())
        && (names.is_empty() || right.name.is_some_and(|name| names.iter().any(|own| own == name)))
}

/// What every subject is given; a role that is in neither state is known by its name.
fn grants<'a>(index: &Index<'a>, other: &Index<'a>) -> Grants<'a> {
    let mut grants = Grants::new();
    for (item, binding) in index.all::<RoleBinding>() {
        give(index, other, item, (&binding.role_ref, binding.subjects.as_deref()), &mut grants);
    }
    for (item, binding) in index.all::<ClusterRoleBinding>() {
        give(index, other, item, (&binding.role_ref, binding.subjects.as_deref()), &mut grants);
    }
    grants
}

fn give<'a>(
    index: &Index<'a>,
    other: &Index<'a>,
    binding: Item<'a>,
    (role, subjects): (&'a RoleRef, Option<&'a [Subject]>),
    grants: &mut Grants<'a>,
) {
    for subject in subjects.into_iter().flatten() {
        let namespace = subject.namespace.as_deref().unwrap_or(binding.namespace);
        let label = match subject.kind.as_str() {
            "ServiceAccount" => format!("ServiceAccount {namespace}/{}", subject.name),
            kind => format!("{kind} {}", subject.name),
        };
        let (rules, unread) = rules(index, other, binding.namespace, role);
        grants.entry(label).or_default().push(Grant { binding, place: binding.namespace, rules, unread });
    }
}

/// The rules of a role, and its name where it is among no objects.
fn rules<'a>(
    index: &Index<'a>,
    other: &Index<'a>,
    namespace: &'a str,
    role: &'a RoleRef,
) -> (Vec<&'a PolicyRule>, Option<&'a RoleRef>) {
    let name = role.name.as_str();
    if role.kind == "Role" {
        let found = index.get::<Role>(namespace, name);
        let is_unread = found.is_none() && other.get::<Role>(namespace, name).is_none();
        let rules = found.into_iter().flat_map(|(_, found)| found.rules.iter().flatten()).collect();
        return (rules, is_unread.then_some(role));
    }
    let found = index.get::<ClusterRole>("", name).map(|(_, role)| role);
    let is_unread = found.is_none() && other.get::<ClusterRole>("", name).is_none();
    let is_made_of_others = found.is_some_and(|found| found.aggregation_rule.is_some());
    let own = found.filter(|_| !is_made_of_others).into_iter().flat_map(|found| found.rules.iter().flatten());
    if !is_made_of_others && aggregated(name).is_empty() {
        return (own.collect(), is_unread.then_some(role));
    }
    let selectors = found.and_then(|found| found.aggregation_rule.as_ref()?.cluster_role_selectors.as_ref());
    let parts = index.all::<ClusterRole>().filter(|(item, part)| {
        let Some(labels) = &part.metadata.labels else { return false };
        let goes_there = |label: &&str| labels.get(*label).is_some_and(|value| value == "true");
        item.object.name() != name
            && (selectors.into_iter().flatten().any(|selector| selects(selector, labels))
                || aggregated(name).iter().any(goes_there))
    });
    (own.chain(parts.flat_map(|(_, part)| part.rules.iter().flatten())).collect(), is_unread.then_some(role))
}

/// The labels by which the rules of other ClusterRoles become those of one that Kubernetes brings.
fn aggregated(role: &str) -> &'static [&'static str] {
    const LABELS: [&str; 3] = [
        "rbac.authorization.k8s.io/aggregate-to-view",
        "rbac.authorization.k8s.io/aggregate-to-edit",
        "rbac.authorization.k8s.io/aggregate-to-admin",
    ];
    match role {
        "view" => &LABELS[..1],
        "edit" => &LABELS[..2],
        "admin" => &LABELS,
        _ => &[],
    }
}
