//! What the messages of commits allow.

use stackwright::{Consequence, Error};

use super::sides::{HEAD, Side, git};
use crate::report;

/// The beginning of a line that allows a consequence: that follows, and for one object its label.
const ALLOW: &str = "stackwright.dev/allow.";

/// What is meant to happen, as a commit says.
#[derive(Debug, PartialEq, Eq)]
pub struct Allowed {
    pub consequence: Consequence,
    /// The object or file that it is about; all of them if none is named.
    pub label: Option<String>,
    /// Why.
    pub reason: String,
}

/// What the commits allow that lead from one revision to the other, or to the last one.
pub fn allowed(before: &Side, after: Option<&Side>) -> Result<Vec<Allowed>, Error> {
    let Side::Revision { revision: from, .. } = before else { return Ok(Vec::new()) };
    let to = match after {
        Some(Side::Revision { revision, .. }) => revision,
        _ => HEAD,
    };
    let messages = git(&["log", "--format=%B", "--end-of-options", &format!("{from}..{to}"), "--"], "")?;
    Ok(String::from_utf8_lossy(&messages).lines().filter_map(line).collect())
}

/// What a line of a message allows. One that can't be understood is told, and allows nothing.
fn line(line: &str) -> Option<Allowed> {
    let said = line.trim().strip_prefix(ALLOW)?;
    let allowed = said.split_once(": ").and_then(|(what, reason)| {
        let (id, label) = what.split_once(' ').map_or((what, None), |(id, label)| (id, Some(label.trim().to_owned())));
        let consequence = Consequence::ALL.into_iter().find(|known| known.to_string() == id)?;
        let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty())?;
        Some(Allowed { consequence, label, reason })
    });
    if allowed.is_none() {
        report::note(&format!("a commit allows nothing by `{}`: it is `{ALLOW}CONSEQUENCE: REASON`", line.trim()));
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_allows_what_it_names() {
        let allowed = |consequence, label: Option<&str>, reason: &str| {
            Some(Allowed { consequence, label: label.map(str::to_owned), reason: reason.to_owned() })
        };
        let cases = [
            ("stackwright.dev/allow.outage: at night", allowed(Consequence::Outage, None, "at night")),
            (
                "  stackwright.dev/allow.data-loss PersistentVolumeClaim web/old: copied: see #12",
                allowed(Consequence::DataLoss, Some("PersistentVolumeClaim web/old"), "copied: see #12"),
            ),
            (
                "stackwright.dev/allow.removed ClusterRole a:b: it is unused",
                allowed(Consequence::Removed, Some("ClusterRole a:b"), "it is unused"),
            ),
            ("stackwright.dev/allow.outage:", None),
            ("stackwright.dev/allow.nothing: for a reason", None),
            ("This allows nothing", None),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected, "{text}");
        }
    }
}
