mod bound;
mod verbs;

use k8s_openapi::api::rbac::v1::PolicyRule;

use super::rights::{self, Defined, Rights, Sort, joined, own};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::resources;

pub(super) const CHECK: Check = Check {
    id: "rbac-rule-without-effect",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A rule gives nothing: a Role or RoleBinding what is in no namespace, a verb that a resource does not have, \
            or a name where requests have none.",
    run,
};

/// What is not asked for by name, so that `resourceNames` match none of it.
const NAMELESS: [&str; 2] = ["create", "deletecollection"];

/// What has a name only where the client selects by it.
const LISTS: [&str; 2] = ["list", "watch"];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut roles = rights::all(index).peekable();
    if roles.peek().is_none() {
        return;
    }
    let defined = Defined::of(index);
    for role in roles {
        for (number, rule) in role.rules.iter().enumerate() {
            if let Some(rule) = Rule::of(&defined, &role, number, rule) {
                verbs::strange(&rule, findings);
                rule.without_effect(index, findings);
                rule.named(findings);
            }
        }
    }
    bound::run(index, &defined, findings);
}

/// A rule about resources of which all is known.
struct Rule<'r, 'a> {
    role: &'r Rights<'a>,
    number: usize,
    written: &'r PolicyRule,
    groups: Vec<&'r str>,
    /// What it is about, by the positions.
    resources: Vec<(usize, Known<'r>)>,
    has_names: bool,
}

/// A resource in one of a rule's groups.
struct Known<'r> {
    name: &'r str,
    is_namespaced: bool,
    /// Those that it has; none where they are a program's own.
    verbs: Option<Vec<&'static str>>,
}

/// Why a rule gives nothing of a resource.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    Namespace,
    Name,
    Verb,
}

impl<'r, 'a> Rule<'r, 'a> {
    /// None where groups or resources are those of programs that are not known.
    fn of(defined: &Defined<'_>, role: &'r Rights<'a>, number: usize, written: &'r PolicyRule) -> Option<Self> {
        let groups: Vec<_> = written.api_groups.iter().flatten().map(String::as_str).collect();
        let names = written.resources.iter().flatten().map(String::as_str).enumerate();
        let is_foreign = |group: &&str| !matches!(defined.sort(group), Sort::Own);
        let known = |name: &'r str| {
            let served: Vec<_> = groups.iter().filter_map(|group| own(group, name)).collect();
            let custom = groups.iter().find_map(|group| defined.is_namespaced(group, name));
            if served.is_empty() {
                // A part of a definition's resource may be asked for in any way.
                return Some(Known { name, is_namespaced: custom?, verbs: None });
            }
            let verbs: Vec<_> = served.iter().flat_map(|served| &served.verbs).copied().collect();
            Some(Known {
                name,
                is_namespaced: served.iter().any(|served| served.is_namespaced),
                verbs: (!verbs.contains(&"*")).then_some(verbs),
            })
        };
        let resources: Vec<_> = names.filter_map(|(place, name)| Some((place, known(name)?))).collect();
        let is_custom =
            |known: &Known<'_>| groups.iter().any(|group| defined.is_namespaced(group, known.name).is_some());
        let has_foreign = groups.iter().any(is_foreign);
        if has_foreign && !resources.iter().all(|(_, known)| is_custom(known)) {
            return None;
        }
        let has_names = written.resource_names.iter().flatten().next().is_some();
        Some(Self { role, number, written, groups, resources, has_names })
    }

    /// What the rule gives nothing of at all.
    fn without_effect(&self, index: &Index<'_>, findings: &mut Vec<Finding>) {
        let is_said_again = |known: &Known<'_>, lack: Lack| {
            lack == Lack::Namespace && self.role.is_given_everywhere(index, &self.groups, known.name)
        };
        let lacks = self.resources.iter().filter_map(|(place, known)| Some((*place, known, self.lack(known)?)));
        let lacks: Vec<_> = lacks.filter(|(_, known, lack)| !is_said_again(known, *lack)).collect();
        let is_all = lacks.len() == self.written.resources.as_ref().map_or(0, Vec::len);
        for lack in [Lack::Namespace, Lack::Name, Lack::Verb] {
            let of_lack = lacks.iter().filter(|(.., known)| *known == lack);
            let names: Vec<_> = of_lack.clone().map(|(_, known, _)| known.name).collect();
            let Some((place, first, _)) = of_lack.clone().next() else { continue };
            let (item, said) = (self.role.item, joined(&names));
            let (message, help) = match lack {
                Lack::Namespace => (
                    format!("{} gives {said}, and a Role gives nothing that is in no namespace", item.label()),
                    "have a ClusterRole for it, and a ClusterRoleBinding that gives it".to_owned(),
                ),
                Lack::Name => (
                    format!(
                        "{} gives {} of {said} by resourceNames, and these requests have no name",
                        item.label(),
                        self.verbs()
                    ),
                    format!("have a rule of its own for {}, without resourceNames", self.verbs()),
                ),
                Lack::Verb => (
                    format!("{} gives {} of {said}, which has no such verb", item.label(), self.verbs()),
                    first
                        .verbs
                        .as_ref()
                        .map_or_else(String::new, |verbs| format!("the verbs of {} are {}", first.name, joined(verbs))),
                ),
            };
            let severity = match lack {
                _ if is_all => Severity::Error,
                // Roles like view list some things beside others that have the verbs.
                Lack::Verb => Severity::Information,
                Lack::Namespace | Lack::Name => Severity::Warning,
            };
            let path = format!("rules[{}].resources[{place}]", self.number);
            findings.push(CHECK.finding(message, help).rated(severity).at(item, path));
        }
    }

    /// What a rule with names gives less of than it says.
    fn named(&self, findings: &mut Vec<Finding>) {
        if !self.has_names {
            return;
        }
        // The rule's other verbs work, and many a project's own manifests have these beside them.
        let all = [
            (&NAMELESS, "gives nothing by resourceNames: these requests have no name"),
            (&LISTS, "works by resourceNames only for who selects by metadata.name"),
        ];
        for (verbs, fact) in all {
            for verb in verbs {
                let Some(place) = self.written.verbs.iter().position(|known| known == verb) else { continue };
                let gives = |rule: &PolicyRule| {
                    let has_names = rule.resource_names.iter().flatten().next().is_some();
                    !has_names && rule.verbs.iter().any(|known| known == verb || known == "*")
                };
                let is_lost = |known: &Known<'_>| {
                    let is_whole = !known.name.contains('/');
                    let has = known.verbs.as_ref().is_none_or(|verbs| verbs.contains(verb));
                    is_whole
                        && has
                        && self.lack(known).is_none()
                        && !self.role.gives(&self.groups, known.name, self.number, gives)
                };
                let lost = self.resources.iter().filter(|(_, known)| is_lost(known));
                let names: Vec<_> = lost.map(|(_, known)| known.name).collect();
                if names.is_empty() {
                    continue;
                }
                let message = format!("{}: {verb} of {} {fact}", self.role.item.label(), joined(&names));
                let help = format!("have a rule for {verb} without resourceNames, or take {verb} out of this one");
                let path = format!("rules[{}].verbs[{place}]", self.number);
                findings.push(CHECK.finding(message, help).rated(Severity::Information).at(self.role.item, path));
            }
        }
    }

    /// Why the rule gives nothing of a resource; none where it gives something, or where that is not known.
    fn lack(&self, known: &Known<'_>) -> Option<Lack> {
        let is_custom = |verb: &&String| !resources::is_verb(verb);
        if self.written.verbs.is_empty() || self.written.verbs.iter().any(|verb| is_custom(&verb)) {
            // A verb of a program's own, or `*`.
            let is_any = self.written.verbs.iter().any(|verb| verb == "*");
            let is_lost = is_any && self.role.is_of_namespace && !known.is_namespaced;
            return (is_lost && !reaches_namespace(known.name)).then_some(Lack::Namespace);
        }
        let has = |verb: &&str| known.verbs.as_ref().is_none_or(|verbs| verbs.contains(verb));
        let mut verbs: Vec<_> = self.written.verbs.iter().map(String::as_str).collect();
        verbs.retain(|verb| has(verb));
        if verbs.is_empty() {
            return Some(Lack::Verb);
        }
        if self.role.is_of_namespace && !known.is_namespaced {
            verbs.retain(|verb| is_of_namespace(known.name, verb));
        }
        if verbs.is_empty() {
            return Some(Lack::Namespace);
        }
        let is_nameless = |verb: &&str| NAMELESS.contains(verb);
        (self.has_names && !known.name.contains('/') && verbs.iter().all(is_nameless)).then_some(Lack::Name)
    }

    fn verbs(&self) -> String {
        joined(&self.written.verbs)
    }
}

/// Whether a Role gives something of a resource that is in no namespace: a Namespace is asked for in itself.
fn reaches_namespace(name: &str) -> bool {
    matches!(rights::base(name), "namespaces" | "clusterroles")
}

/// Whether a request about a resource that is in no namespace has one nevertheless: one about a Namespace by its name, and one that binds a
/// ClusterRole in a namespace.
fn is_of_namespace(name: &str, verb: &str) -> bool {
    match rights::base(name) {
        "namespaces" => matches!(verb, "get" | "update" | "patch" | "delete"),
        "clusterroles" => verb == "bind",
        _ => false,
    }
}
