use k8s_openapi::api::rbac::v1::PolicyRule;

use super::rights::{self, Defined, Rights, Sort, base, joined, own, said};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::resources;
use crate::nearest::nearest;
use crate::yaml::is_unknown;

pub(super) const CHECK: Check = Check {
    id: "rbac-rule-unknown",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A rule of a Role or ClusterRole names an API group that is none, or a resource that is in none of its \
            groups.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut roles = rights::all(index).peekable();
    if roles.peek().is_none() {
        return;
    }
    let defined = Defined::of(index);
    for role in roles {
        for (number, rule) in role.rules.iter().enumerate() {
            let rule = Rule::of(&defined, number, rule);
            if let Some(finding) = rule.wrong_group(&role) {
                findings.push(finding);
            } else {
                rule.unknown_resources(&role, findings);
            }
        }
    }
}

/// A rule, as it is looked at.
struct Rule<'r> {
    defined: &'r Defined<'r>,
    number: usize,
    groups: &'r [String],
    resources: &'r [String],
    sorts: Vec<Sort>,
}

/// Why a resource is in none of a rule's groups.
struct Unknown {
    /// What is said of the groups.
    fact: String,
    help: String,
    severity: Severity,
}

impl<'r> Rule<'r> {
    fn of(defined: &'r Defined<'r>, number: usize, rule: &'r PolicyRule) -> Self {
        let groups = rule.api_groups.as_deref().unwrap_or_default();
        let sorts = groups.iter().map(|group| defined.sort(group)).collect();
        Self { defined, number, groups, resources: rule.resources.as_deref().unwrap_or_default(), sorts }
    }

    /// The finding about a group that is none; none as well where the rule gives all that it names without it.
    fn wrong_group(&self, role: &Rights<'_>) -> Option<Finding> {
        let (place, help) = self.sorts.iter().enumerate().find_map(|(place, sort)| match sort {
            Sort::Wrong(help) => Some((place, help)),
            _ => None,
        })?;
        let is_all = self.sorts.iter().all(|sort| matches!(sort, Sort::Wrong(_)));
        if !is_all && self.resources.iter().all(|name| base(name) == "*" || self.is_there(name)) {
            return None;
        }
        let message = format!("{} has a rule for API group {}, which is none", role.item.label(), self.groups[place]);
        let help = self
            .group_of_all()
            .filter(|meant| !meant.is_empty() && !help.contains(meant))
            .map_or_else(|| help.clone(), |meant| format!("write {meant}, which has {}", joined(self.resources)));
        let finding = CHECK.finding(message, help).why("who relies on the rule gets error 403");
        let severity = if is_all { Severity::Error } else { Severity::Warning };
        Some(finding.rated(severity).at(role.item, format!("rules[{}].apiGroups[{place}]", self.number)))
    }

    /// The one group of Kubernetes' own that has all of the resources.
    fn group_of_all(&self) -> Option<&'static str> {
        let stems = || self.resources.iter().map(|name| base(name));
        let groups: &[&str] = resources::groups_of(stems().next()?);
        let mut groups = groups.iter().filter(|group| stems().all(|stem| own(group, stem).is_some()));
        let first = groups.next()?;
        groups.next().is_none().then_some(*first)
    }

    fn unknown_resources(&self, role: &Rights<'_>, findings: &mut Vec<Finding>) {
        // One finding tells of all resources that are mended in the same way.
        let mut unknown: Vec<(Unknown, Vec<(usize, &str)>)> = Vec::new();
        for (place, name) in self.resources.iter().enumerate() {
            let Some(why) = self.unknown(role, name) else { continue };
            match unknown.iter_mut().find(|(known, _)| known.help == why.help && known.fact == why.fact) {
                Some((_, names)) => names.push((place, name)),
                None => unknown.push((why, vec![(place, name)])),
            }
        }
        let lost: usize = unknown.iter().map(|(_, names)| names.len()).sum();
        for (Unknown { fact, help, severity }, names) in unknown {
            let (place, _) = names[0];
            let said: Vec<_> = names.iter().map(|(_, name)| name).collect();
            let message = format!("{} gives {} {fact}", role.item.label(), joined(&said));
            let severity = if lost == self.resources.len() { severity } else { severity.max(Severity::Warning) };
            let finding = CHECK.finding(message, help).rated(severity);
            let path = format!("rules[{}].resources[{place}]", self.number);
            findings.push(finding.why("the rule gives nothing of what is not there").at(role.item, path));
        }
    }

    /// Whether one of the groups has a resource, as far as that is known.
    fn is_there(&self, name: &str) -> bool {
        let mut groups = self.groups.iter().zip(&self.sorts);
        groups.any(|(group, sort)| match sort {
            Sort::Own => own(group, base(name)).is_some(),
            Sort::Foreign => true,
            Sort::Wrong(_) => false,
        })
    }

    /// Why a resource is in none of the groups; none where it may be in one, or where another rule gives it.
    fn unknown(&self, role: &Rights<'_>, name: &str) -> Option<Unknown> {
        let stem = base(name);
        if self.groups.is_empty() || stem == "*" || is_unknown(name) {
            return None;
        }
        if let Some(group) = self.groups.iter().find(|group| own(group, stem).is_some()) {
            return unknown_part(group, name, self.resources);
        }
        let is_known = self.groups.iter().any(|group| self.defined.is_namespaced(group, name).is_some());
        if is_known || self.groups.iter().any(|group| group == "*") {
            return None;
        }
        let has_foreign = self.sorts.iter().any(|sort| matches!(sort, Sort::Foreign));
        let missing = |help: String| {
            let has = if self.groups.len() == 1 { "has" } else { "have" };
            let fact = format!("of {}, which {has} no such resource", said(self.groups));
            Unknown { fact, help, severity: Severity::Error }
        };
        if has_foreign {
            let meant = self.groups.iter().find_map(|group| self.defined.meant(group, name))?;
            return Some(Unknown { severity: Severity::Warning, ..missing(format!("did you mean {meant}?")) });
        }
        let own_groups: &[&str] = resources::groups_of(stem);
        let elsewhere: Vec<_> = own_groups.iter().copied().chain(self.defined.group_of(stem)).collect();
        if role.gives(&elsewhere, name, self.number, |_| true) {
            return None;
        }
        if let Some(since) = self.groups.iter().find_map(|group| resources::retired_since(group, name)) {
            let has = if self.groups.len() == 1 { "has" } else { "have" };
            let fact = format!("of {}, which {has} had none since Kubernetes {since}", said(self.groups));
            return Some(match elsewhere.first() {
                Some(_) => Unknown { fact, help: help(&elsewhere), severity: Severity::Warning },
                None => Unknown { fact, help: "remove them from the rule".into(), severity: Severity::Information },
            });
        }
        if !elsewhere.is_empty() {
            return Some(missing(help(&elsewhere)));
        }
        let known = self.groups.iter().flat_map(|group| resources::names_in(group)).copied();
        Some(missing(match nearest(stem, known) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "remove it, or name the group that has it".to_owned(),
        }))
    }
}

/// What to do about a resource that is in other groups.
fn help(elsewhere: &[&str]) -> String {
    let groups: Vec<_> = elsewhere.iter().map(|group| format!("\"{group}\"")).collect();
    format!("give them in a rule with apiGroups: [{}]", groups.join(", "))
}

/// Why a resource that is there has no such part. Programs ask about parts of their own, so that only a slip is told.
fn unknown_part(group: &str, name: &str, resources: &[String]) -> Option<Unknown> {
    let (stem, part) = name.split_once('/')?;
    let parts = resources::parts_of(group, stem);
    if part == "finalizers" || parts.contains(&part) || resources.iter().any(|name| name == "*") {
        return None;
    }
    if part == "*" {
        let fact = format!("of {}, which RBAC takes as the name of one part", said(&[group.to_owned()]));
        let example = parts.iter().find(|part| **part == "log").or(parts.first());
        let example = example.map_or_else(String::new, |part| format!(", such as {stem}/{part}"));
        return Some(Unknown { fact, help: format!("name each part{example}"), severity: Severity::Error });
    }
    let meant = nearest(part, parts.iter().copied())?;
    let fact = format!("of {}, where {stem} has no such part", said(&[group.to_owned()]));
    Some(Unknown { fact, help: format!("did you mean {stem}/{meant}?"), severity: Severity::Error })
}
