//! What the rules of Roles and ClusterRoles are about: the resources of Kubernetes' own groups and those that definitions bring.

use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

use crate::check::{HashMap, Index, Item};
use crate::facts::resources::{self, Resource};
use crate::nearest::nearest;
use crate::yaml::is_unknown;

/// A Role or ClusterRole whose rules someone wrote.
pub(super) struct Rights<'a> {
    pub item: Item<'a>,
    pub rules: &'a [PolicyRule],
    /// Whether it is a Role, which reaches no further than its namespace.
    pub is_of_namespace: bool,
}

/// Every Role and ClusterRole, but for those that the API server or a controller fills.
pub(super) fn all<'i, 'a>(index: &'i Index<'a>) -> impl Iterator<Item = Rights<'a>> + use<'i, 'a> {
    let roles = index.all::<Role>().map(|(item, role)| (item, &role.rules, true));
    let everywhere = index.all::<ClusterRole>().filter(|(_, role)| role.aggregation_rule.is_none());
    let everywhere = everywhere.map(|(item, role)| (item, &role.rules, false));
    roles.chain(everywhere).filter(|(item, ..)| !is_of_kubernetes(*item)).map(|(item, rules, is_of_namespace)| Rights {
        item,
        rules: rules.as_deref().unwrap_or_default(),
        is_of_namespace,
    })
}

/// Whether the API server makes this role itself: its own ones name what once was, too.
pub(super) fn is_of_kubernetes(item: Item<'_>) -> bool {
    let labels = item.object.metadata().labels.as_ref();
    labels.is_some_and(|labels| labels.contains_key("kubernetes.io/bootstrapping"))
}

impl Rights<'_> {
    /// Whether another rule than that of a number gives something of a resource in one of some groups.
    pub(super) fn gives(&self, groups: &[&str], name: &str, but: usize, does: impl Fn(&PolicyRule) -> bool) -> bool {
        let mut others = self.rules.iter().enumerate().filter(|(number, _)| *number != but);
        others.any(|(_, rule)| is_about(rule, groups, name) && does(rule))
    }

    /// Whether someone to whom this Role is given has something of a resource in the whole cluster: then the Role only says it again.
    pub(super) fn is_given_everywhere(&self, index: &Index<'_>, groups: &[&str], name: &str) -> bool {
        let (namespace, role) = (self.item.namespace, self.item.object.name());
        let bindings = index.all_within::<RoleBinding>(namespace).map(|(_, binding)| binding);
        let bindings = bindings.filter(|binding| binding.role_ref.kind == "Role" && binding.role_ref.name == role);
        let whom: Vec<_> = bindings
            .flat_map(|binding| binding.subjects.iter().flatten())
            .map(|subject| who(subject, namespace))
            .collect();
        index.all::<ClusterRoleBinding>().any(|(_, binding)| {
            let is_theirs = binding.subjects.iter().flatten().any(|subject| whom.contains(&who(subject, "")));
            let given = || index.get::<ClusterRole>("", &binding.role_ref.name);
            let has_rule = |role: &ClusterRole| role.rules.iter().flatten().any(|rule| is_about(rule, groups, name));
            is_theirs && given().is_some_and(|(_, role)| has_rule(role))
        })
    }
}

/// Whether a rule is about a resource of one of some groups.
fn is_about(rule: &PolicyRule, groups: &[&str], name: &str) -> bool {
    let has = |list: &Option<Vec<String>>, wanted: &[&str]| {
        list.iter().flatten().any(|known| known == "*" || wanted.contains(&known.as_str()))
    };
    has(&rule.api_groups, groups) && has(&rule.resources, &[name])
}

/// Who is meant by a binding of a namespace.
fn who<'s>(subject: &'s Subject, namespace: &'s str) -> (&'s str, &'s str, &'s str) {
    let namespace =
        if subject.kind == "ServiceAccount" { subject.namespace.as_deref().unwrap_or(namespace) } else { "" };
    (&subject.kind, namespace, &subject.name)
}

/// What a name in a rule's `apiGroups` stands for.
pub(super) enum Sort {
    /// A group of Kubernetes' own: all that it has is known.
    Own,
    /// Someone else's, of which perhaps a few definitions are there.
    Foreign,
    /// No group, and what to do about it.
    Wrong(String),
}

/// The definitions that are among the objects, by their groups.
pub(super) struct Defined<'a>(HashMap<&'a str, Vec<&'a CustomResourceDefinition>>);

impl<'a> Defined<'a> {
    pub(super) fn of(index: &Index<'a>) -> Self {
        let mut groups: HashMap<_, Vec<_>> = HashMap::default();
        for (_, definition) in index.all::<CustomResourceDefinition>() {
            groups.entry(definition.spec.group.as_str()).or_default().push(definition);
        }
        Self(groups)
    }

    /// What a group is; `*` is someone else's, since it stands for those as well.
    pub(super) fn sort(&self, group: &str) -> Sort {
        if resources::is_group(group) {
            Sort::Own
        } else if group == "*" || is_unknown(group) || self.0.contains_key(group) {
            Sort::Foreign
        } else {
            wrong(group).map_or(Sort::Foreign, Sort::Wrong)
        }
    }

    /// Whether a definition of a group brings a resource, and whether that is in namespaces.
    pub(super) fn is_namespaced(&self, group: &str, name: &str) -> Option<bool> {
        let name = base(name);
        let definition = self.0.get(group)?.iter().find(|definition| definition.spec.names.plural == name)?;
        Some(definition.spec.scope == "Namespaced")
    }

    /// The group of which a definition brings a resource.
    pub(super) fn group_of(&self, name: &str) -> Option<&'a str> {
        let has = |group: &&&str| self.is_namespaced(group, name).is_some();
        self.0.keys().filter(has).min().copied()
    }

    /// The resource of a group that was meant by a name that nothing brings: a kind, a singular, or a plural with a wrong letter.
    pub(super) fn meant(&self, group: &str, name: &str) -> Option<&'a str> {
        let is_meant = |definition: &&&CustomResourceDefinition| {
            let names = &definition.spec.names;
            let is = |known: &str| known.eq_ignore_ascii_case(name);
            is(&names.plural)
                || is(&names.kind)
                || names.singular.as_deref().is_some_and(is)
                || name.strip_suffix('s').is_some_and(|name| names.kind.eq_ignore_ascii_case(name))
                || names.short_names.iter().flatten().any(|short| is(short))
                || is_one_letter_off(name, &names.plural)
        };
        Some(self.0.get(group)?.iter().find(is_meant)?.spec.names.plural.as_str())
    }
}

/// A resource without its part: `pods` of `pods/log`.
pub(super) fn base(name: &str) -> &str {
    name.split_once('/').map_or(name, |(base, _)| base)
}

/// The resource that a group of Kubernetes' own has under this name. A part of which nothing is known is none.
pub(super) fn own(group: &str, name: &str) -> Option<&'static Resource> {
    resources::resource(group, name)
}

/// Groups as a sentence lists them.
pub(super) fn said(groups: &[String]) -> String {
    let said = groups.iter().map(|group| match group.as_str() {
        "" => "the core group".to_owned(),
        group => format!("group {group}"),
    });
    joined(&said.collect::<Vec<_>>())
}

/// A few names as a sentence lists them.
pub(super) fn joined(names: &[impl AsRef<str>]) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// What to do about something that is no group of anyone's; none where it may be one.
fn wrong(group: &str) -> Option<String> {
    if let Some((group, version)) = group.split_once('/') {
        return Some(format!("write {group}: a rule names no version such as {version}"));
    }
    if matches!(group, "v1" | "core" | "v1beta1" | "api" | "core.k8s.io") {
        return Some("write \"\", which is the group of what has apiVersion v1".to_owned());
    }
    if !group.contains('.') {
        // Definitions have groups with a dot, so that all others are Kubernetes' own.
        let named = |known: &&str| known.split('.').next() == Some(group);
        let meant = resources::groups().filter(named).min().or_else(|| nearest(group, resources::groups()));
        return Some(meant.map_or_else(no_group, did_you_mean));
    }
    // Projects of Kubernetes have groups like these, too: only a slip is wrong.
    let is_ours = group.ends_with(".k8s.io") && !group.ends_with(".x-k8s.io");
    let dotted = resources::groups().filter(|known| known.contains('.'));
    is_ours.then(|| nearest(group, dotted)).flatten().map(did_you_mean)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean {name}?")
}

fn no_group() -> String {
    "remove it: groups of definitions have a dot, and Kubernetes has none of this name".to_owned()
}

/// Whether two long names differ in one letter.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    const LONG: usize = 8;
    let same = |(a, b): &(&u8, &u8)| a == b;
    let start = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one.as_bytes()[start..], &other.as_bytes()[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    start + end >= LONG && one.len() - end <= 1 && other.len() - end <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_others_are_never_wrong() {
        for group in [
            "metrics.k8s.io",
            "custom.metrics.k8s.io",
            "gateway.networking.k8s.io",
            "snapshot.storage.k8s.io",
            "policy.networking.k8s.io",
            "autoscaling.k8s.io",
            "scheduling.sigs.k8s.io",
            "networking.x-k8s.io",
            "app.k8s.io",
            "cert-manager.io",
        ] {
            assert_eq!(wrong(group), None, "{group}");
        }
    }

    #[test]
    fn slips_of_groups_are_told() {
        let told = [
            ("apps/v1", "write apps: a rule names no version such as v1"),
            ("core", "write \"\", which is the group of what has apiVersion v1"),
            ("networking", "did you mean networking.k8s.io?"),
            ("network.k8s.io", "did you mean networking.k8s.io?"),
            ("app", "did you mean apps?"),
        ];
        for (group, help) in told {
            assert_eq!(wrong(group).as_deref(), Some(help), "{group}");
        }
    }

    #[test]
    fn one_wrong_letter_makes_a_slip_of_a_long_name() {
        assert!(is_one_letter_off("certficates", "certificates"));
        assert!(is_one_letter_off("middleware", "middlewares"));
        assert!(!is_one_letter_off("middlewares", "middlewaretcps"));
        assert!(!is_one_letter_off("routes", "router"));
    }
}
