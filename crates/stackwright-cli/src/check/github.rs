//! Findings as annotations of a GitHub workflow:
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use stackwright::Severity;

use super::findings::{Findings, Found};

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
    let mut properties = vec![format!("file={}", property(&found.file))];
    if let Some(at) = found.at {
        properties.push(format!("line={}", at.span.line));
        properties.push(format!("col={}", at.span.column));
    }
    properties.push(format!("title={}", property(finding.id)));
    format!("::{command} {}::{}\n", properties.join(","), data(&found.whole_text()))
}

/// Text as a command's data. A line break would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as a command's property, which a colon or comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
