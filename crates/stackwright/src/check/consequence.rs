use crate::check::{Check, Finding, Group, HashSet, Index, Item};
use crate::yaml::Problem;

/// Checks of references and capacity that look only at what is there: nothing that was not read can mend what they find.
const OF_WHAT_IS_THERE: [&str; 22] = [
    "configmap-key-missing",
    "helm-value-unknown",
    "helm-values-unreadable",
    "hpa-duplicate-target",
    "hpa-min-max",
    "hpa-replicas-conflict",
    "ingress-backend-port",
    "ingress-class-defaults",
    "ingress-route-duplicate",
    "limitrange-conflict",
    "pdb-overlap",
    "probe-port-name",
    "quota-exceeded",
    "release-stale",
    "secret-key-missing",
    "secret-type-mismatch",
    "selector-overlap",
    "selector-template-mismatch",
    "service-link-env",
    "service-port-protocol",
    "volume-mount-undefined",
    "volume-unused",
];

/// Removes what may only follow from objects that could not be read whole: once those are right, it is found again or gone.
pub(super) fn remove(index: &Index<'_>, checks: &[&Check], findings: &mut Vec<Finding>) {
    let wrong: HashSet<_> = index.problems().map(|(item, _)| item.index).collect();
    if wrong.is_empty() && !index.has_unreadable() {
        return;
    }
    let unsure = index.problems().filter(|(item, problems)| hides_more(*item, problems));
    let unsure: HashSet<_> = unsure.map(|(item, _)| item.namespace).collect();
    let everywhere = index.has_unreadable() || unsure.contains("");

    findings.retain(|finding| {
        let group = checks.iter().find(|check| check.id == finding.id).map(|check| check.group);
        // What is missing may be in what could not be read; what is there and wrong is wrong.
        let of_absence = matches!(group, Some(Group::References | Group::Capacity))
            && OF_WHAT_IS_THERE.binary_search(&finding.id).is_err();
        let mut places = finding.place.iter().chain(finding.related.iter().map(|(place, _)| place));
        let touches = places.any(|place| wrong.contains(&place.index));
        let nearby = finding.place.as_ref().is_some_and(|place| unsure.contains(place.namespace.as_str()));
        group == Some(Group::Api) || !(touches || of_absence && (everywhere || nearby))
    });
}

/// Whether what was not read of an object may be what others need: its name, its labels, or everything.
fn hides_more(item: Item<'_>, problems: &[Problem]) -> bool {
    let is_found_by = |problem: &Problem| problem.path.starts_with("metadata") || problem.path.contains("abels");
    item.object.content().is_some() || problems.iter().any(is_found_by)
}

#[cfg(test)]
mod tests {
    use super::OF_WHAT_IS_THERE;
    use crate::check::checks;

    #[test]
    fn what_is_listed_are_checks_in_order() {
        assert!(OF_WHAT_IS_THERE.is_sorted());
        assert!(OF_WHAT_IS_THERE.iter().all(|id| checks().any(|check| check.id == *id)));
    }
}
