//! What people read on standard error, and what programs read on standard output.

use std::fmt;
use std::io::{self, IsTerminal, Write as _};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use stackwright::{Error, Severity};

/// Reports why the program could not work.
pub fn error(error: &Error) {
    let stderr = io::stderr();
    let mut text = String::new();
    // Lines are left to the terminal to wrap: a path that is cut in two cannot be copied.
    let handler = GraphicalReportHandler::new_themed(Style::of(&stderr).theme("error:")).with_wrap_lines(false);
    if handler.render_report(&mut text, &Report(error)).is_ok() {
        _ = stderr.lock().write_all(text.trim_start().as_bytes());
    }
}

/// A line on standard error. That nobody can read it is no reason to stop.
pub fn note(line: &str) {
    _ = writeln!(io::stderr(), "{line}");
}

/// Text of several lines on standard error.
pub fn text(text: &str) {
    _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes text to standard output. A reader that has seen enough, as `head` has, is no error.
pub fn data(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let help = "see to where it goes, or use --out to write files";
            Err(Error::io("cannot write to standard output", help, error))
        }
        _ => Ok(()),
    }
}

/// The fact and why, in a line; without the system's numbers, which tell a reader nothing more.
pub fn fact(error: &Error) -> String {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.fold(error.to_string(), |fact, cause| {
        let cause = cause.to_string();
        format!("{fact}: {}", cause.split(" (os error").next().unwrap_or_default())
    })
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

/// Text as the data of a GitHub workflow's command, which a line break would end:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
pub fn workflow_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as such a command's property, which a colon or comma would end.
pub fn workflow_property(text: &str) -> String {
    workflow_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// How text looks on a stream.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    is_coloured: bool,
    is_unicode: bool,
}

impl Style {
    /// Lines and colours for a terminal, plain ASCII for anything else.
    pub fn of(stream: &impl IsTerminal) -> Self {
        Self { is_coloured: is_coloured(stream), is_unicode: stream.is_terminal() }
    }

    /// Plain ASCII.
    #[cfg(test)]
    pub const PLAIN: Self = Self { is_coloured: false, is_unicode: false };

    /// The headline of a finding of this severity.
    pub fn head(self, severity: Severity, text: &str) -> String {
        let colour = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Information => "1;36",
        };
        self.painted(colour, text)
    }

    /// What stands in front of a note.
    pub fn label(self, text: &str) -> String {
        self.painted("36", text)
    }

    fn painted(self, colour: &str, text: &str) -> String {
        if self.is_coloured { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The same for miette; the headline stands where it has a symbol, as compilers write it.
    pub fn theme(self, headline: &str) -> GraphicalTheme {
        let characters = if self.is_unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let headline = || headline.to_owned();
        GraphicalTheme {
            characters: ThemeCharacters { error: headline(), warning: headline(), advice: headline(), ..characters },
            styles: if self.is_coloured { ThemeStyles::ansi() } else { ThemeStyles::none() },
        }
    }
}

/// An error as miette shows it.
#[derive(Debug)]
struct Report<'a>(&'a Error);

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&fact(self.0))?;
        self.0.place().map_or(Ok(()), |place| write!(formatter, ", in {place}"))
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.0.help()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_says_why_without_its_number() {
        // ENOENT of Unix.
        let refused = io::Error::from_raw_os_error(2);
        assert!(refused.to_string().contains("os error"), "{refused}");
        let error = crate::writer::disk::failed("read", "there/is/none".into(), refused);
        assert_eq!(fact(&error), "cannot read there/is/none: No such file or directory");
        assert_eq!((error.kind(), error.path()), (stackwright::ErrorKind::Io, Some("there/is/none".into())));
        let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<io::Error>());
        assert_eq!(source.map(io::Error::kind), Some(io::ErrorKind::NotFound));
    }
}
