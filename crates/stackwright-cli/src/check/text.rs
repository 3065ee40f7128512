//! Findings as a person reads them: the fact, the text that it is about, and what to do.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};
use stackwright::Severity;

use super::findings::{At, Findings, Found};
use crate::input::Source;
use crate::report::Style;

/// How many findings of one check with one cause are shown in full.
const MOST_ALIKE: usize = 5;
/// Places that are fewer lines apart are shown together.
const CLOSE: usize = 5;

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
            _ = writeln!(out, "{head} and {more} more like these: --format json lists all\n");
        }
    }
    out
}

fn finding(out: &mut String, found: &Found, sources: &[Source], style: Style) {
    let finding = &found.finding;
    let head = style.head(finding.severity, &format!("{}[{}]:", finding.severity, finding.id));
    _ = writeln!(out, "{head} {}", finding.message);

    // The finding's own place first, with the others that are close to it. What stands in one place has one label.
    let mut snippets: Vec<Vec<(At, Vec<&str>)>> = Vec::new();
    let own = found.at.iter().map(|at| (*at, None));
    for (at, what) in own.chain(found.related.iter().map(|(at, what)| (*at, Some(what.as_str())))) {
        let is_close =
            |(other, _): &(At, Vec<&str>)| other.source == at.source && other.span.line.abs_diff(at.span.line) < CLOSE;
        let position = snippets.iter().position(|places| is_close(&places[0])).unwrap_or(snippets.len());
        if position == snippets.len() {
            snippets.push(Vec::new());
        }
        match snippets[position].iter_mut().find(|(other, _)| other.span.start == at.span.start) {
            Some((_, labels)) => labels.extend(what),
            None => snippets[position].push((at, Vec::from_iter(what))),
        }
    }
    for places in snippets {
        let window = Window::around(&places[0].0, &sources[places[0].0.source]);
        let labels = places.into_iter().map(|(at, labels)| {
            let (text, range) = (labels.join("; "), at.span.start..at.span.end);
            let text = Some(text).filter(|text| !text.is_empty());
            if found.at == Some(at) {
                LabeledSpan::new_primary_with_span(text, range)
            } else {
                LabeledSpan::new_with_span(text, range)
            }
        });
        snippet(out, &Snippet { window, labels: labels.collect(), severity: finding.severity }, style);
    }

    let notes = [("why", &finding.why), ("from", &found.stack), ("help", &Some(finding.help.clone()))];
    for (label, note) in notes {
        if let Some(note) = note {
            let indented = note.replace('\n', "\n        ");
            _ = writeln!(out, "  {} {indented}", style.label(&format!("{:<5}", format!("{label}:"))));
        }
    }
    out.push('\n');
}

/// A part of a source with labels below its lines, as miette draws it.
fn snippet(out: &mut String, snippet: &Snippet, style: Style) {
    let handler = GraphicalReportHandler::new_themed(style.theme("")).with_wrap_lines(false);
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, snippet).is_ok() {
        // The headline, which is empty, has a line of its own.
        for line in drawn.lines().filter(|line| !line.trim().is_empty()) {
            _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

/// The lines around a place, which miette would count from the beginning of the source for each finding.
#[derive(Debug)]
struct Window {
    name: String,
    text: String,
    /// Where it begins in the source.
    start: usize,
    /// How many lines are before it.
    lines: usize,
}

impl Window {
    fn around(at: &At, source: &Source) -> Self {
        let bytes = source.text.as_bytes();
        let breaks_before = (0..at.span.start.min(bytes.len())).rev().filter(|at| bytes[*at] == b'\n');
        let breaks_before: Vec<_> = breaks_before.take(CLOSE + 2).collect();
        let breaks_after = (at.span.end.min(bytes.len())..bytes.len()).filter(|at| bytes[*at] == b'\n');
        let end = breaks_after.take(CLOSE + 2).last().map_or(bytes.len(), |at| at + 1);
        // The first of these line breaks ends a line that is not shown.
        let start = breaks_before.get(CLOSE + 1).map_or(0, |at| at + 1);
        let lines = at.span.line.saturating_sub(1 + breaks_before.len().min(CLOSE + 1));
        Self { name: source.name.clone(), text: source.text[start..end].to_owned(), start, lines }
    }
}

impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let moved = |offset: usize| offset.checked_sub(self.start).ok_or(MietteError::OutOfBounds);
        let inner = (moved(span.offset())?, span.len()).into();
        let read = self.text.read_span(&inner, before, after)?;
        let span = (read.span().offset() + self.start, read.span().len()).into();
        let (line, column) = (read.line() + self.lines, read.column());
        let contents =
            MietteSpanContents::new_named(self.name.clone(), read.data(), span, line, column, read.line_count());
        Ok(Box::new(contents))
    }
}

#[derive(Debug)]
struct Snippet {
    window: Window,
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
        Some(&self.window)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
