use super::api::UNUSED_ALLOWANCE;
use super::{Check, Finding, HashMap, Index, Item, checks};
use crate::nearest::nearest;
use crate::{Consequence, Object};

/// What is right as it is in spite of a check, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The check.
    pub id: String,
    /// Why it does not apply.
    pub reason: String,
}

impl Allowance {
    /// This check does not apply for this reason.
    pub fn new(id: &str, reason: &str) -> Self {
        Self { id: id.to_owned(), reason: reason.to_owned() }
    }
}

/// The annotation that allows what a check finds in an object is this and the check's id.
const ANNOTATION: &str = "stackwright.dev/allow.";

/// An allowance, and where it was given.
struct Given<'a> {
    /// The object; none for the cluster itself.
    item: Option<Item<'a>>,
    path: String,
    id: &'a str,
    reason: &'a str,
    is_used: bool,
}

/// Removes what is allowed, and reports the allowances that are of no use.
pub(super) fn apply(index: &Index<'_>, checks: &[&Check], findings: &mut Vec<Finding>) {
    let mut given = given(index);
    let by_place: HashMap<_, _> = given
        .iter()
        .enumerate()
        .map(|(number, given)| ((given.item.map(|item| item.index), given.id), number))
        .collect();
    findings.retain(|finding| {
        let place = finding.place.as_ref().map(|place| place.index);
        let Some(number) = by_place.get(&(place, finding.id)) else { return true };
        given[*number].is_used = true;
        given[*number].reason.trim().is_empty()
    });
    if checks.iter().any(|check| check.id == UNUSED_ALLOWANCE.id) {
        findings.extend(given.iter().filter_map(|given| given.fault(index, checks)));
    }
}

fn given<'a>(index: &Index<'a>) -> Vec<Given<'a>> {
    let given = |item, path: &str, id, reason| Given { item, path: path.to_owned(), id, reason, is_used: false };
    let of_cluster = index.cluster().into_iter().flat_map(|cluster| &cluster.allowances);
    let mut all: Vec<_> = of_cluster.map(|allowance| given(None, "", &*allowance.id, &*allowance.reason)).collect();
    for item in &index.items {
        all.extend(allowances(item.object).map(|(id, reason, path)| given(Some(*item), &path, id, reason)));
    }
    all
}

/// What an object allows, with the reason, and where it says so.
pub(crate) fn allowances(object: &Object) -> impl Iterator<Item = (&str, &str, String)> {
    let in_code = object.allowances().iter();
    let annotations = object.metadata().annotations.iter().flatten();
    let annotated = annotations.filter_map(|(key, reason)| {
        Some((key.strip_prefix(ANNOTATION)?, reason.as_str(), format!("metadata.annotations[\"{key}\"]")))
    });
    in_code.map(|given| (given.id.as_str(), given.reason.as_str(), "metadata.name".to_owned())).chain(annotated)
}

impl Given<'_> {
    fn fault(&self, index: &Index<'_>, ran: &[&Check]) -> Option<Finding> {
        let Self { item, path, id, reason, .. } = self;
        let who = match (item, index.cluster()) {
            (Some(item), _) => item.label(),
            (None, cluster) => format!("cluster {}", cluster.map_or("", |cluster| &cluster.name)),
        };
        let has_run = ran.iter().any(|check| check.id == *id);
        // Those are for `diff`: what a change leads to is not seen in what there is.
        let is_consequence = Consequence::ALL.iter().any(|consequence| consequence.to_string() == *id);
        // What could not be read may be what the allowance is for.
        let all_read = index.problems().next().is_none() && !index.has_unreadable();
        let (fact, help) = if !has_run && !is_consequence && checks().all(|check| check.id != *id) {
            let known = ran.iter().map(|check| check.id);
            let help = match nearest(id, known) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "`explain` lists the checks".to_owned(),
            };
            (format!("allows {id}, which is no check"), help)
        } else if reason.trim().is_empty() {
            (format!("allows {id} without a reason"), "say why it is right as it is".to_owned())
        } else if has_run && !self.is_used && all_read {
            (format!("allows {id}, which finds nothing in it"), "remove the allowance".to_owned())
        } else {
            return None;
        };
        let finding = UNUSED_ALLOWANCE.finding(format!("{who} {fact}"), help);
        Some(match item {
            Some(item) => finding.at(*item, path),
            None => finding,
        })
    }
}
