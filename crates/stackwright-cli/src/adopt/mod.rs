//! `adopt`: manifests become the Rust code of a stack, and it is proven that the code makes the same objects.

mod given;
mod proof;
mod server;

use std::fmt::Write as _;
use std::io;

use stackwright::Error;

use crate::check::{self, Findings};
use crate::code::{self, Given, Module};
use crate::flags::Adopt;
use crate::input::Inputs;
use crate::report::Style;
use crate::writer::Folder;
use crate::{Outcome, report};
use given::Adopted;

/// Writes the module of a stack that makes these objects, proves it, and says what is left to do.
pub fn outcome(flags: &Adopt) -> Result<Outcome, Error> {
    is_name(&flags.name)?;
    let inputs = Inputs::read("adopt", &flags.paths)?;
    inputs.notes.iter().for_each(|note| report::note(note));
    let Adopted { objects, notes, broken } = given::adopted(inputs.sources, flags.namespace.as_deref());
    for note in notes {
        report::note(&note);
    }
    let is_broken = !broken.is_empty();
    let broken = broken
        .into_iter()
        .fold(Findings::default(), |all, (source, problems)| all.and(Findings::of_problems(source, &problems)));
    if is_broken {
        report::text(&check::text(&broken, Style::of(&io::stderr())));
        return Err(Error::new(
            "not every file can be read",
            "mend what is named above: the API server refuses it too",
        ));
    }
    if objects.is_empty() {
        return Err(Error::new(
            "there are no objects to adopt",
            "name files or folders with manifests, or - for what is piped in",
        ));
    }
    let nowhere = objects.iter().find(|given| code::is_declared(given) && given.namespace().is_empty());
    if let Some(given) = nowhere {
        let help = "say which with --namespace: the files of its material are named after it";
        return Err(Error::new(format!("{}: {} names no namespace", given.place, given.label()), help));
    }
    let from: Vec<_> =
        flags.paths.iter().map(|path| if path == "-" { "standard input" } else { path.as_str() }).collect();
    let module = code::module(&flags.name, &from.join(", "), &objects);
    let workshop =
        if flags.no_proof { None } else { Some(proof::Workshop::of(flags.path.as_deref(), &flags.out, &module.crds)?) };
    for (given, path) in objects.iter().filter_map(|given| Some((given, given.misfit()?))) {
        let note = "its type of stackwright-crds can't hold";
        report::note(&format!("{}: {}: {note} {path}, it is taken as it is", given.place, given.label()));
    }
    Folder::locked(&flags.out)?.add(&module.files)?;
    report::note(&summary(flags, &objects, &module));

    let mut different = left_of_secrets(&objects);
    if let Some(workshop) = workshop {
        different.extend(workshop.differences(&flags.name, &module, &objects)?);
        if different.is_empty() {
            report::note(&format!("proven: the code makes the same {}", report::counted(objects.len(), "object")));
        }
    }
    for line in &different {
        report::note(&format!("different: {line}"));
    }
    Ok(if different.is_empty() { Outcome::Clean } else { Outcome::Found })
}

/// A stack's name is also that of a module and of a folder.
fn is_name(name: &str) -> Result<(), Error> {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code::is_module(name) && name.chars().all(is_letter) {
        return Ok(());
    }
    Err(Error::new(format!("`{name}` can't be the name of a module"), "use small letters, digits and _, such as shop"))
}

/// What was written, and what a person does with it.
fn summary(flags: &Adopt, objects: &[Given], module: &Module) -> String {
    let lines = module.files[0].text.lines().count();
    let references = module.references;
    let mut text = format!(
        "{}/{}.rs: {} in {}",
        flags.out,
        flags.name,
        report::counted(objects.len(), "object"),
        report::counted(lines, "line"),
    );
    if references.all > 0 {
        _ = write!(text, ", {} of {} references are references in Rust", references.recovered, references.all);
    }
    if module.files.len() > 1 {
        let files = report::counted(module.files.len() - 1, "file");
        _ = write!(text, "\n{}/{}/: {files} of long texts", flags.out, flags.name);
    }
    let call = if module.can_fail { format!("{}::stack()?", flags.name) } else { format!("{}::stack()", flags.name) };
    _ = write!(text, "\nin the program: `mod {};`, and `{call}` among the cluster's stacks", flags.name);
    if module.has_json {
        text.push_str("\nin Cargo.toml: serde_json, for its custom resources");
    }
    if !module.crds.is_empty() {
        let features: Vec<_> = module.crds.iter().collect();
        _ = write!(text, "\nin Cargo.toml: stackwright-crds with features = {features:?}");
    }
    for given in objects.iter().filter(|given| code::is_declared(given)) {
        for key in code::keys(given) {
            let (namespace, name) = (given.namespace(), given.name());
            let place = format!("rendered/CLUSTER/secrets/{namespace}/{name}/{key}");
            _ = write!(text, "\nto give: {place}, mode 0600: `{key}` of {}", given.place);
        }
    }
    text
}

/// What Secrets hold that a declared secret has no place for.
fn left_of_secrets(objects: &[Given]) -> Vec<String> {
    let declared = objects.iter().filter(|given| code::is_declared(given));
    let left = declared.flat_map(|given| {
        let metadata = ["labels", "annotations"]
            .into_iter()
            .filter(|field| given.value.pointer(&format!("/metadata/{field}")).is_some_and(|value| !value.is_null()));
        let own = ["immutable"].into_iter().filter(|field| given.value.get(*field).is_some());
        // One may hold what the Secret holds.
        let comments = (!given.comments.is_empty()).then_some("comments");
        let label = given.label();
        metadata.chain(own).chain(comments).map(move |field| format!("{label}: a declared secret has no {field}"))
    });
    left.collect()
}
