//! Verbs that RBAC is never asked for, where it is seen what is meant by them: programs may ask for verbs of their own.

use super::{CHECK, Rule};
use crate::check::references::rights::{joined, own};
use crate::check::{Finding, Severity};
use crate::facts::resources;
use crate::nearest::nearest;
use crate::yaml::is_unknown;

pub(super) fn strange(rule: &Rule<'_, '_>, findings: &mut Vec<Finding>) {
    let is_own = |verb: &str| verb == "*" || resources::is_verb(verb);
    for (place, verb) in rule.written.verbs.iter().enumerate() {
        if rule.resources.is_empty() || is_own(verb) || is_unknown(verb) {
            continue;
        }
        let item = rule.role.item;
        let never = || format!("{} has a rule with verb {verb}, which RBAC is never asked for", item.label());
        let (message, help) = match (part(rule, verb), meant(verb)) {
            // The rule only says in the words of old what another gives.
            (Some(part), _) if part.is_given => continue,
            (Some(part), help) if part.is_exact || help.is_none() => (part.fact(rule, verb), part.help()),
            (_, Some(help)) => (never(), help),
            _ => continue,
        };
        let has_other = rule.written.verbs.iter().any(|verb| is_own(verb));
        let severity = if has_other { Severity::Warning } else { Severity::Error };
        let path = format!("rules[{}].verbs[{place}]", rule.number);
        findings.push(CHECK.finding(message, help).rated(severity).at(item, path));
    }
}

/// A part of a resource that is taken for a verb: `exec` of `pods`.
struct Part<'r> {
    resource: &'r str,
    name: &'static str,
    verbs: &'static [&'static str],
    /// Whether it is written as it should be.
    is_exact: bool,
    /// Whether the role gives it in its right place as well.
    is_given: bool,
}

impl Part<'_> {
    fn fact(&self, rule: &Rule<'_, '_>, verb: &str) -> String {
        let Self { resource, name, .. } = self;
        let who = rule.role.item.label();
        format!("{who} has a rule with verb {verb}, which RBAC is never asked for: {resource}/{name} is a resource")
    }

    fn help(&self) -> String {
        // What opens a stream is created; a client may also ask to get it.
        let verbs = if matches!(self.verbs, ["create"] | ["create", "get"]) { &["create"][..] } else { self.verbs };
        format!("have a rule that gives {} of {}/{}", joined(verbs), self.resource, self.name)
    }
}

/// The part of one of a rule's resources that is meant by a verb.
fn part<'r>(rule: &Rule<'r, '_>, verb: &str) -> Option<Part<'r>> {
    let plain = verb.to_ascii_lowercase().replace(['-', '_'], "");
    rule.resources.iter().find_map(|(_, known)| {
        let of_group = |group: &&str| {
            let parts = resources::parts_of(group, known.name);
            let name = nearest(&plain, parts)?;
            let full = format!("{}/{name}", known.name);
            let is_here = || rule.written.resources.iter().flatten().any(|resource| *resource == full);
            Some(Part {
                resource: known.name,
                name,
                verbs: &own(group, &full)?.verbs,
                is_exact: name == plain,
                is_given: is_here() || rule.role.gives(&[*group], &full, rule.number, |_| true),
            })
        };
        rule.groups.iter().find_map(of_group)
    })
}

/// What to write instead of a verb that RBAC is never asked for; none where it may be a program's own.
fn meant(verb: &str) -> Option<String> {
    let instead = match verb.to_ascii_lowercase().as_str() {
        "post" => "create",
        "put" => "update",
        "head" => "get",
        "remove" => "delete",
        "read" | "view" => "get, list and watch",
        "write" | "edit" | "modify" => "create, update and patch",
        lower => {
            let is_meant = |meant: &&str| verb.len() > 3 || *meant == lower || lacks_a_letter(lower, meant);
            let meant = nearest(verb, resources::USUAL).filter(is_meant)?;
            return Some(format!("did you mean {meant}?"));
        }
    };
    Some(format!("write {instead}"))
}

/// Whether one name is another without one of its letters.
fn lacks_a_letter(name: &str, whole: &str) -> bool {
    let mut letters = whole.chars();
    name.len() + 1 == whole.len() && name.chars().all(|letter| letters.any(|known| known == letter))
}
