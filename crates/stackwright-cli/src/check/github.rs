//! Findings as annotations of a GitHub workflow.

use stackwright::Severity;

use super::findings::{Findings, Found};
use crate::report::{workflow_data, workflow_property};

/// The findings, one workflow command a line.
pub fn text(findings: &Findings) -> String {
    findings.found.iter().map(command).collect()
}

fn command(found: &Found) -> String {
    let finding = &found.finding;
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "notice",
    };
    let mut properties = vec![format!("file={}", workflow_property(&found.file))];
    if let Some(at) = found.at {
        properties.push(format!("line={}", at.span.line));
        properties.push(format!("col={}", at.span.column));
    }
    properties.push(format!("title={}", workflow_property(finding.id)));
    format!("::{command} {}::{}\n", properties.join(","), workflow_data(&found.whole_text()))
}
