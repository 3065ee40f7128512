//! `fmt`: manifests in the form in which render writes them.

use std::io;

use camino::Utf8Path;
use stackwright::Error;
use stackwright::yaml::{self, Formatted};

use crate::check::{self, Findings};
use crate::flags::Fmt;
use crate::input::{Inputs, STDIN};
use crate::report::Style;
use crate::writer::disk;
use crate::{Outcome, report};

/// Prints the canonical form of manifests, writes it in their place, or says which have another form.
pub fn outcome(flags: &Fmt) -> Result<Outcome, Error> {
    let stdin = [STDIN.into()];
    let paths = if flags.paths.is_empty() { &stdin[..] } else { &flags.paths };
    if flags.write && paths.iter().any(|path| path == STDIN) {
        return Err(Error::new("standard input cannot be written in place", "leave out --write, or name files"));
    }
    let (mut streams, mut changed) = (Vec::new(), Vec::new());
    let mut broken = Findings::default();
    for source in Inputs::read("fmt", paths)?.sources {
        // The form is YAML's: a file that says it is JSON is only printed in it.
        if (flags.write || flags.check) && Utf8Path::new(&source.name).extension() == Some("json") {
            report::note(&format!("{} stays JSON: `fmt {0}` prints it as YAML", source.name));
            continue;
        }
        match yaml::format(&source.text) {
            // There is nothing to put in the place of comments alone.
            Ok(Formatted { text, .. }) if text.is_empty() => {
                report::note(&format!("{} has no objects, or only in comments, and stays as it is", source.name));
            }
            Ok(Formatted { text, lost_comments, doubts, .. }) => {
                for doubt in doubts {
                    report::note(&format!("{}:{doubt}", source.name));
                }
                for comment in lost_comments {
                    let line = comment.span.line;
                    report::note(&format!("{}:{line}: comment is lost: # {}", source.name, comment.text));
                }
                if text != source.text {
                    changed.push((source.name, text.clone()));
                }
                streams.push(text);
            }
            Err(problems) => broken = broken.and(Findings::of_problems(source, &problems)),
        }
    }
    if !broken.found.is_empty() {
        report::text(&check::text(&broken, Style::of(&io::stderr())));
    }
    if flags.write {
        for (name, text) in &changed {
            disk::replace(name.as_str().into(), text)?;
        }
    } else if flags.check {
        let names: Vec<_> = changed.iter().flat_map(|(name, _)| [name.as_str(), "\n"]).collect();
        report::data(&names.concat())?;
    } else {
        streams.retain(|stream| !stream.is_empty());
        report::data(&streams.join("---\n"))?;
    }
    match broken.sources.len() {
        0 if flags.check && !changed.is_empty() => Ok(Outcome::Found),
        0 => Ok(Outcome::Clean),
        files => Err(Error::new(
            format!("{} cannot be formatted", report::counted(files, "file")),
            "repair what is named above: the API server refuses it too",
        )),
    }
}
