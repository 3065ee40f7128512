use stackwright::check::Check;
use stackwright::{Error, yaml};

/// The checks that flags choose by their ids and groups.
pub fn selected<'c>(checks: &[&'c Check], select: &[String], ignore: &[String]) -> Result<Vec<&'c Check>, Error> {
    for name in select.iter().chain(ignore) {
        if !checks.iter().any(|check| is_named(check, name)) {
            return Err(unknown(checks, name));
        }
    }
    let is_selected = |check: &Check| select.is_empty() || select.iter().any(|name| is_named(check, name));
    let is_ignored = |check: &Check| ignore.iter().any(|name| is_named(check, name));
    Ok(checks.iter().copied().filter(|check| is_selected(check) && !is_ignored(check)).collect())
}

fn is_named(check: &Check, name: &str) -> bool {
    check.id == name || check.group.to_string() == name
}

/// The error for a name that is no check's and no group's.
pub fn unknown(checks: &[&Check], name: &str) -> Error {
    let mut groups: Vec<_> = checks.iter().map(|check| check.group.to_string()).collect();
    groups.dedup();
    let names = groups.iter().map(String::as_str).chain(checks.iter().map(|check| check.id));
    let help = match yaml::nearest(name, names) {
        Some(meant) => format!("did you mean `{meant}`? "),
        None => format!("the groups are {}; ", groups.join(", ")),
    };
    Error::new(format!("there is no check or group of checks named `{name}`"), help + "`explain` lists all checks")
}
