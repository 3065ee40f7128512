//! A way as people read it: a column of hops.

use std::fmt::Write as _;

use super::{End, Hop, State, Trace};
use crate::check::{Finding, Place};

/// A way in lines, the last of which says how it ends. `file` says where a place stands in a text that a person has, such as `web.yaml:12`.
pub fn text(trace: &Trace, file: impl Fn(&Place) -> Option<String>) -> String {
    let mut out = format!("{}\n\n", trace.request);
    for hop in &trace.hops {
        let mark = match &hop.state {
            State::Passes => "ok",
            State::Broken(_) => "BROKEN",
            State::Blocked(_) => "BLOCKED",
            State::Unknown(_) => "unknown",
        };
        _ = writeln!(out, "  {mark:<7}  {:<10}  {}", hop.stage, hop.what);
        for line in below(hop, &file) {
            _ = writeln!(out, "{:23}{line}", "");
        }
    }
    let last = trace.hops.last().map(|hop| hop.stage.to_string()).unwrap_or_default();
    let unknown = trace.hops.iter().filter(|hop| matches!(hop.state, State::Unknown(_))).count();
    let end = match trace.end() {
        End::Reached => "It is reached.".to_owned(),
        End::Open if unknown == 1 => "Nothing that is known breaks it; one hop is not known.".to_owned(),
        End::Open => format!("Nothing that is known breaks it; {unknown} hops are not known."),
        End::Broken => format!("It breaks there: {last}."),
        End::Blocked => format!("It is kept from getting further on purpose: {last}."),
    };
    _ = writeln!(out, "\n{end}");
    out
}

/// What is said below a hop.
fn below(hop: &Hop, file: &impl Fn(&Place) -> Option<String>) -> Vec<String> {
    let mut lines = Vec::new();
    match &hop.state {
        State::Passes => {}
        State::Unknown(why) | State::Blocked(why) => lines.push(why.clone()),
        State::Broken(finding) => {
            let Finding { id, severity, message, why, help, .. } = &**finding;
            lines.push(format!("{severity}[{id}]: {message}"));
            lines.extend(why.iter().map(|why| format!("why:  {why}")));
            lines.push(format!("help: {help}"));
        }
    }
    lines.extend(hop.notes.iter().cloned());
    if !matches!(hop.state, State::Passes) {
        let own = match &hop.state {
            State::Broken(finding) => finding.place.as_ref(),
            _ => None,
        };
        lines.extend(own.or(hop.place.as_ref()).map(|place| shown(place, file)));
    }
    lines
}

/// `at Service shop/web spec.ports[0], web.yaml:12`.
fn shown(place: &Place, file: &impl Fn(&Place) -> Option<String>) -> String {
    let Place { kind, namespace, name, path, .. } = place;
    let name = if namespace.is_empty() { name.clone() } else { format!("{namespace}/{name}") };
    let field = if path.is_empty() { String::new() } else { format!(" {path}") };
    let file = file(place).map_or_else(String::new, |file| format!(", {file}"));
    format!("at {kind} {name}{field}{file}")
}
