use stackwright::Error;
use stackwright::check::{Check, Profile};

use crate::{flags, names};

/// The checks that flags choose. One that is named by its id runs whatever the profile.
pub fn selected<'c>(checks: &[&'c Check], flags: &flags::Check) -> Result<Vec<&'c Check>, Error> {
    let flags::Check { select, ignore, profile, .. } = flags;
    if let Some(name) = select.iter().chain(ignore).find(|name| !checks.iter().any(|check| is_named(check, name))) {
        return Err(unknown(checks, name));
    }
    let is_chosen = |check: &Check| {
        let in_profile = check.profile == Profile::Link || *profile == flags::Profile::Lint;
        let is_selected = in_profile && (select.is_empty() || select.iter().any(|name| is_named(check, name)));
        (is_selected || select.iter().any(|name| check.id == name)) && !ignore.iter().any(|name| is_named(check, name))
    };
    Ok(checks.iter().copied().filter(|check| is_chosen(check)).collect())
}

fn is_named(check: &Check, name: &str) -> bool {
    check.id == name || check.group.to_string() == name
}

/// The error for a name that is no check's and no group's.
pub fn unknown(checks: &[&Check], name: &str) -> Error {
    let mut groups: Vec<_> = checks.iter().map(|check| check.group.to_string()).collect();
    groups.dedup();
    let known: Vec<_> = groups.iter().map(String::as_str).chain(checks.iter().map(|check| check.id)).collect();
    let help = match names::meant(name, &known) {
        Some(meant) => format!("did you mean `{meant}`? "),
        None => format!("the groups are {}; ", groups.join(", ")),
    };
    Error::new(format!("there is no check or group of checks named `{name}`"), help + "`explain` lists all checks")
}
