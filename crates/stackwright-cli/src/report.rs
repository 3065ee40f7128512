//! What people read on standard error, and what programs read on standard output.

use std::fmt;
use std::io::{self, IsTerminal, Write as _};
use std::iter;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use stackwright::check::Place;
use stackwright::{Cluster, Error, Finding, Severity, check};

/// Reports why the program could not work.
pub fn error(error: &Error) {
    diagnostic(&Report {
        headline: "error:".to_owned(),
        severity: miette::Severity::Error,
        message: error.to_string(),
        help: error.help(),
    });
}

/// Reports what the checks find in these clusters, and returns whether they can work.
pub fn checked<'a>(clusters: impl IntoIterator<Item = &'a Cluster>) -> bool {
    let mut good = true;
    for cluster in clusters {
        let mut findings = check(cluster);
        // What may well be meant is not repeated at every render.
        findings.retain(|finding| finding.severity < Severity::Information);
        for found in &findings {
            finding(found);
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        if errors > 0 {
            note(&format!("{}: {}, so nothing is rendered", cluster.name, counted(errors, "error")));
            good = false;
        }
    }
    good
}

fn finding(finding: &Finding) {
    diagnostic(&Report {
        headline: format!("{}[{}]:", finding.severity, finding.id),
        severity: match finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Information => miette::Severity::Advice,
        },
        message: message(finding),
        help: &finding.help,
    });
}

/// The fact, where it stands, what else has to do with it, and what it leads to: each on a line.
fn message(finding: &Finding) -> String {
    let place = finding.place.iter().map(|place| format!("at {}", located(place)));
    let related = finding.related.iter().map(|(place, what)| format!("see {}: {what}", located(place)));
    let lines = iter::once(finding.message.clone()).chain(place).chain(related).chain(finding.why.clone());
    lines.collect::<Vec<_>>().join("\n")
}

/// `Deployment web/hello spec.replicas`.
fn located(place: &Place) -> String {
    let Place { kind, namespace, name, path, .. } = place;
    let namespace = if namespace.is_empty() { String::new() } else { format!("{namespace}/") };
    format!("{kind} {namespace}{name} {path}").trim_end().to_owned()
}

/// A line on standard error. That nobody can read it is no reason to stop.
pub fn note(line: &str) {
    _ = writeln!(io::stderr(), "{line}");
}

/// Writes text to standard output. A reader that has seen enough, as `head` has, is no error.
pub fn data(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::new(
            format!("cannot write to standard output: {}", reason(&error)),
            "see to where it goes, or use --out to write files",
        )),
        _ => Ok(()),
    }
}

/// The system's reason, without the number that tells a reader nothing more.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Whether a stream is a terminal whose user has nothing against colour: <https://no-color.org>.
pub fn is_coloured(stream: &impl IsTerminal) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// An error or finding as miette shows it.
#[derive(Debug)]
struct Report<'a> {
    headline: String,
    severity: miette::Severity,
    message: String,
    help: &'a str,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.help))
    }
}

fn diagnostic(report: &Report<'_>) {
    let stderr = io::stderr();
    let characters = if stderr.is_terminal() { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    // The headline stands where miette has a symbol, as compilers write it.
    let headline = report.headline.clone();
    let theme = GraphicalTheme {
        characters: ThemeCharacters {
            error: headline.clone(),
            warning: headline.clone(),
            advice: headline,
            ..characters
        },
        styles: if is_coloured(&stderr) { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    let mut text = String::new();
    // Lines are left to the terminal to wrap: a path that is cut in two cannot be copied.
    let handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false);
    if handler.render_report(&mut text, report).is_ok() {
        _ = stderr.lock().write_all(text.trim_start().as_bytes());
    }
}
