use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::links::Fault;

pub(super) const CHECK: Check = Check {
    id: "helm-values-unreadable",
    group: Group::References,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "The text of a HelmChart, a HelmChartConfig or an Application that should hold a chart's values is no YAML, or no map.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for written in index.installed().iter().flat_map(|installed| &installed.values) {
        let label = written.item.label();
        let finding = match &written.values {
            Ok(_) | Err(Fault::Unknown) => continue,
            Err(Fault::NoMap) => {
                let message = format!("{label} has values that are no map");
                CHECK
                    .finding(message, "write one key of the chart's values a line, with a colon")
                    .why("Helm refuses them")
            }
            Err(Fault::Syntax(problem)) if problem.check == "yaml-duplicate-key" => {
                let (path, line) = (&problem.path, problem.span.line);
                let message = format!("{label} sets {path} twice, the second time in line {line} of its values");
                CHECK.finding(message, "remove one of them: only the last one counts").rated(Severity::Warning)
            }
            Err(Fault::Syntax(problem)) => {
                let (line, fact) = (problem.span.line, &problem.message);
                let message = format!("{label} has values that are no YAML, in their line {line}: {fact}");
                let help = problem.help.clone().unwrap_or_else(|| "mend that line of the text".to_owned());
                CHECK.finding(message, help).why("Helm refuses them")
            }
        };
        findings.push(finding.at(written.item, written.path.as_str()));
    }
}
