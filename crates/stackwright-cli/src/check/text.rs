//! Findings as a person reads them: the fact, the text that it is about, and what to do.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, LabeledSpan, NamedSource, SourceCode};
use stackwright::Severity;

use super::findings::{Findings, Found};
use crate::input::Source;
use crate::report::Style;

/// How many findings of one check with one cause are shown in full.
const MOST_ALIKE: usize = 5;

/// The findings, each with its place.
pub fn text(findings: &Findings, style: Style) -> String {
    let mut out = String::new();
    let mut alike: HashMap<_, usize> = HashMap::new();
    for found in &findings.found {
        let count = alike.entry((found.finding.id, found.finding.help.as_str())).or_default();
        *count += 1;
        if *count <= MOST_ALIKE {
            finding(&mut out, found, &findings.sources, style);
        }
    }
    // In the order in which they were found, as everything else.
    for found in &findings.found {
        let key = (found.finding.id, found.finding.help.as_str());
        if let Some(more) = alike.remove(&key).and_then(|count| count.checked_sub(MOST_ALIKE)).filter(|more| *more > 0)
        {
            let (severity, id) = (found.finding.severity, found.finding.id);
            let head = style.head(severity, &format!("{severity}[{id}]:"));
            _ = writeln!(out, "{head} and {more} more with the same help; --format json lists all\n");
        }
    }
    out
}

fn finding(out: &mut String, found: &Found, sources: &[Source], style: Style) {
    let finding = &found.finding;
    let head = style.head(finding.severity, &format!("{}[{}]:", finding.severity, finding.id));
    _ = writeln!(out, "{head} {}", finding.message);

    // One snippet a file, the finding's own first.
    let mut snippets: Vec<(usize, Vec<LabeledSpan>)> = Vec::new();
    let own = found.at.iter().map(|at| (at, None));
    for (at, what) in own.chain(found.related.iter().map(|(at, what)| (at, Some(what.clone())))) {
        let range = at.span.start..at.span.end;
        let label = match what {
            None => LabeledSpan::new_primary_with_span(None, range),
            Some(what) => LabeledSpan::new_with_span(Some(what), range),
        };
        match snippets.iter_mut().find(|(source, _)| *source == at.source) {
            Some((_, labels)) => labels.push(label),
            None => snippets.push((at.source, vec![label])),
        }
    }
    for (source, labels) in snippets {
        snippet(out, &sources[source], labels, finding.severity, style);
    }

    let stack = found.stack.as_ref().map(|stack| format!("stack {stack}"));
    let notes = [("why", &finding.why), ("from", &stack), ("help", &Some(finding.help.clone()))];
    for (label, note) in notes {
        if let Some(note) = note {
            let indented = note.replace('\n', "\n        ");
            _ = writeln!(out, "  {} {indented}", style.label(&format!("{:<5}", format!("{label}:"))));
        }
    }
    out.push('\n');
}

/// A part of a source with labels below its lines, as miette draws it.
fn snippet(out: &mut String, source: &Source, labels: Vec<LabeledSpan>, severity: Severity, style: Style) {
    let source = NamedSource::new(&source.name, source.text.clone());
    let report = Snippet { source, labels, severity };
    let handler = GraphicalReportHandler::new_themed(style.theme("")).with_wrap_lines(false);
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &report).is_ok() {
        // The headline, which is empty, has a line of its own.
        let lines = drawn.lines().skip_while(|line| line.trim().is_empty());
        for line in lines.filter(|line| !line.trim().is_empty()) {
            _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

#[derive(Debug)]
struct Snippet {
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl fmt::Display for Snippet {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Information => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
