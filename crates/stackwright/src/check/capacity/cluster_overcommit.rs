use super::{count_path, names, number_of};
use crate::capacity::{Analysis, PODS, Shortfall, amount, by_reason, is_extended, list};
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "cluster-overcommit",
    group: Group::Capacity,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "Not all pods have a place on the nodes together.",
    run,
};

const HELP: &str = "ask for less, run fewer pods, or give the nodes more; `capacity` shows what each takes";

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let analysis = index.analysis();
    let model = &analysis.model;
    let before = findings.len();
    for refused in analysis.refused.iter().filter(|refused| {
        refused.best > 0 && refused.by_resources < refused.pods.into() && refused.by_number >= refused.pods.into()
    }) {
        let Some(pods) = &model.workloads[refused.workload].pods else { continue };
        let message = format!(
            "only {} of {} of {} find a place",
            refused.best,
            number_of(refused.pods, "pod"),
            pods.item.label()
        );
        let finding = CHECK.finding(message, HELP).why(by_reason(&analysis.reasons(refused.workload)));
        findings.push(finding.at(pods.item, count_path(pods)));
    }
    let mut shortfalls = analysis.shortfalls.iter().filter(|shortfall| is_of_size(analysis, shortfall));
    if let Some(shortfall) = shortfalls.next() {
        findings.push(with_homeless(analysis, CHECK.finding(sum(analysis, shortfall, "the pods"), HELP)));
    } else if findings.len() == before && !analysis.fits && analysis.refused.is_empty() && analysis.is_enough() {
        let message = "no placement was found for all pods, though the sum of what they ask for is there".to_owned();
        findings.push(with_homeless(analysis, CHECK.finding(message, HELP).rated(Severity::Warning)));
    } else if analysis.fits && analysis.refused.is_empty() && !analysis.fits_at_most {
        let shortfall = analysis.shortfalls_at_most.iter().find(|shortfall| is_of_size(analysis, shortfall));
        let who = "the pods, when autoscalers have made as many as they may,";
        let message = shortfall.map_or_else(
            || "no placement was found for the pods when autoscalers have made as many as they may".to_owned(),
            |shortfall| sum(analysis, shortfall, who),
        );
        findings.push(CHECK.finding(message, HELP).rated(Severity::Warning));
    }
}

/// Whether the nodes are too small, rather than too few or without devices: other checks say that.
fn is_of_size(analysis: &Analysis, shortfall: &Shortfall) -> bool {
    let missing = is_extended(analysis.model.resources[shortfall.resource]) && shortfall.room == 0;
    shortfall.resource != PODS && !missing
}

fn sum(analysis: &Analysis, shortfall: &Shortfall, who: &str) -> String {
    let resource = analysis.model.resources[shortfall.resource];
    let shown = |number: i128| amount(resource, i64::try_from(number).unwrap_or(i64::MAX));
    format!(
        "{who} ask for {} of {resource}, and {} have {}",
        shown(shortfall.asked),
        list(names(&analysis.model, &shortfall.nodes)),
        shown(shortfall.room)
    )
}

/// The finding, with what finds no place when pods come in the order given, and why the nodes do not take it.
fn with_homeless(analysis: &Analysis, finding: Finding) -> Finding {
    let left = &analysis.placement.left;
    let homeless: Vec<_> = (0..left.len()).filter(|workload| left[*workload] > 0).collect();
    let Some(first) = homeless.first() else { return finding };
    let texts: Vec<_> = homeless
        .iter()
        .map(|workload| {
            format!("{} of {}", number_of(left[*workload], "pod"), analysis.model.workloads[*workload].name)
        })
        .collect();
    let finding = finding.why(format!(
        "in the order given, {} would find no place ({})",
        list(texts.iter().map(String::as_str)),
        by_reason(&analysis.reasons(*first))
    ));
    match analysis.model.workloads[*first].pods {
        Some(pods) => finding.at(pods.item, count_path(&pods)),
        None => finding,
    }
}
