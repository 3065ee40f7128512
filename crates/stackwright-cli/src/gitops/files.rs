//! The files of a repository, each read once. All texts stand one behind the other in one space of bytes, so that a place tells its file.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{self, Document, Problem, Span};

use super::ignored::Ignored;
use super::node;
use crate::input::{KUSTOMIZATIONS, Source, plain};
use crate::writer::disk;

/// What lies at a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Nothing,
    File,
    Folder,
    /// Nothing here; a source of Flux includes what is there from another repository.
    Included,
}

/// The files below a folder, by their paths from it.
#[derive(Default)]
pub struct Files {
    root: Utf8PathBuf,
    folders: HashMap<Utf8PathBuf, Vec<(String, bool)>>,
    numbers: HashMap<Utf8PathBuf, Option<usize>>,
    paths: Vec<Utf8PathBuf>,
    ignored: Ignored,
    included: Vec<Utf8PathBuf>,
    /// What was read, and where each text begins.
    pub sources: Vec<Source>,
    pub starts: Vec<usize>,
    documents: Vec<Vec<Document>>,
    /// Why documents could not be read, in places of all texts.
    pub problems: Vec<Problem>,
}

impl Files {
    pub fn new(root: Utf8PathBuf) -> Self {
        Self { root, ..Self::default() }
    }

    /// What lies in a folder, in order of its names.
    pub fn entries(&mut self, folder: &Utf8Path) -> &[(String, bool)] {
        if !self.folders.contains_key(folder) {
            let mut entries = disk::entries(&self.root.join(folder)).unwrap_or_default();
            entries.retain(|(name, is_folder)| *is_folder || !self.ignored.has(&folder.join(name)));
            entries.sort();
            self.folders.insert(folder.to_owned(), entries);
        }
        &self.folders[folder]
    }

    /// Leaves files out from now on, as if they weren't there.
    pub fn leave_out(&mut self, ignored: Ignored) {
        self.ignored = ignored;
        self.folders.clear();
    }

    /// Has a folder come from another repository.
    pub fn include(&mut self, folder: Utf8PathBuf) {
        self.included.push(folder);
    }

    /// Why a file is not there, if it only is left out.
    pub fn left_out(&self, path: &Utf8Path) -> &'static str {
        let is_left_out = self.ignored.has(path) && disk::text(&self.root.join(path)).is_ok_and(|text| text.is_some());
        if is_left_out { "is left out of the source" } else { "is not there" }
    }

    /// Whether any file is left in a folder: without one, no source has it.
    pub fn has_files(&mut self, folder: &Utf8Path) -> bool {
        let entries = self.entries(folder).to_vec();
        entries.iter().any(|(_, is_folder)| !is_folder)
            || entries.iter().any(|(name, _)| self.has_files(&folder.join(name)))
    }

    /// Where a path of the repository lies on the disk.
    pub fn on_disk(&self, path: &Utf8Path) -> Utf8PathBuf {
        plain(&self.root.join(path)).into()
    }

    /// Whether kustomize finds a kustomization in a folder.
    pub fn has_kustomization(&mut self, folder: &Utf8Path) -> bool {
        self.entries(folder).iter().any(|(name, _)| KUSTOMIZATIONS.contains(&name.as_str()))
    }

    pub fn at(&mut self, path: &Utf8Path) -> Found {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Found::Folder;
        };
        let entries = self.entries(parent);
        let place = entries.binary_search_by(|(entry, _)| entry.as_str().cmp(name)).ok();
        let found = place.map(|place| entries[place].1);
        match found {
            None if self.included.iter().any(|folder| path.starts_with(folder)) => Found::Included,
            None => Found::Nothing,
            Some(true) => Found::Folder,
            // A link may lead to a folder.
            Some(_) if !self.entries(path).is_empty() => Found::Folder,
            Some(_) => Found::File,
        }
    }

    /// Every file of a name below a folder, but for hidden folders.
    pub fn named(&mut self, folder: &Utf8Path, wanted: &str) -> Vec<Utf8PathBuf> {
        let mut found = Vec::new();
        for (name, is_folder) in self.entries(folder).to_vec() {
            let path = folder.join(&name);
            if is_folder && !name.starts_with('.') {
                found.extend(self.named(&path, wanted));
            } else if !is_folder && name == wanted {
                found.push(path);
            }
        }
        found
    }

    /// Every file below a folder whose name ends in one of these, but for hidden folders.
    pub fn below(&mut self, folder: &Utf8Path, extensions: &[&str]) -> Vec<Utf8PathBuf> {
        let mut found = Vec::new();
        for (name, is_folder) in self.entries(folder).to_vec() {
            let path = folder.join(&name);
            if is_folder && !name.starts_with('.') {
                found.extend(self.below(&path, extensions));
            } else if !is_folder && path.extension().is_some_and(|extension| extensions.contains(&extension)) {
                found.push(path);
            }
        }
        found
    }

    /// The number of a file's text; none where there is no file, or no text in it.
    pub fn source(&mut self, path: &Utf8Path) -> Option<usize> {
        if let Some(number) = self.numbers.get(path) {
            return *number;
        }
        let place = self.root.join(path);
        let number = disk::text(&place).ok().flatten().map(|text| {
            let start =
                self.starts.last().zip(self.sources.last()).map_or(0, |(start, last)| start + last.text.len() + 1);
            self.sources.push(Source { name: plain(&place), text });
            self.starts.push(start);
            self.paths.push(path.to_owned());
            self.sources.len() - 1
        });
        self.numbers.insert(path.to_owned(), number);
        number
    }

    pub fn text(&mut self, path: &Utf8Path) -> Option<&str> {
        let number = self.source(path)?;
        Some(&self.sources[number].text)
    }

    /// The documents of a file, with places among all texts. What is wrong with them is a problem once.
    pub fn documents(&mut self, path: &Utf8Path) -> Vec<Document> {
        let Some(number) = self.source(path) else { return Vec::new() };
        while self.documents.len() <= number {
            let next = self.documents.len();
            let (documents, problems) = yaml::raw(&self.sources[next].text);
            let start = self.starts[next];
            let moved = |mut problem: Problem| {
                problem.span =
                    Span { start: problem.span.start + start, end: problem.span.end + start, ..problem.span };
                problem
            };
            let documents = documents.into_iter().map(|mut document| {
                node::move_by(&mut document.node, start);
                document.problems = document.problems.into_iter().map(moved).collect();
                document.doubts = document.doubts.into_iter().map(moved).collect();
                document
            });
            self.documents.push(documents.collect());
            self.problems.extend(problems.into_iter().map(moved));
        }
        self.documents[number].clone()
    }

    /// The file of a place.
    pub fn file(&self, span: Span) -> usize {
        self.starts.partition_point(|start| *start <= span.start).saturating_sub(1)
    }

    /// The name of a place, as a person opens it.
    pub fn place(&self, span: Span) -> String {
        let name = self.sources.get(self.file(span)).map_or("", |source| &source.name);
        format!("{name}:{}", span.line)
    }

    /// The path of the file of a place.
    pub fn path(&self, span: Span) -> Utf8PathBuf {
        self.paths.get(self.file(span)).cloned().unwrap_or_default()
    }

    /// Gives places of a text that stands in another, such as a patch in a kustomization, their places there: by its lines, if it is a
    /// block, and else all at its beginning.
    pub fn place_within(&self, inner: &mut yaml::Node, outer: Span) {
        let number = self.file(outer);
        let Some(source) = self.sources.get(number) else { return };
        let start = self.starts[number];
        let Some((before, _)) = source.text.split_at_checked(outer.start - start) else { return };
        let header =
            before.trim_end().trim_end_matches(|letter: char| letter.is_ascii_digit() || "+-".contains(letter));
        let is_block = header.ends_with(['|', '>']) && before.trim_end_matches(' ').ends_with('\n');
        let first = before.rfind('\n').map_or(0, |newline| newline + 1);
        let indent = before.len() - first;
        let begins = |at: &mut usize, line: &str| {
            let begin = *at;
            *at += line.len();
            Some(begin)
        };
        let begins: Vec<_> = source.text[first..].split_inclusive('\n').scan(first + start, begins).collect();
        node::at_spans(inner, &mut |span| {
            let begin = begins.get(span.line - 1).filter(|_| is_block);
            *span = begin.map_or(outer, |begin| {
                let start = begin + indent + span.column - 1;
                let end = start + (span.end - span.start);
                Span { start, end, line: outer.line + span.line - 1, column: indent + span.column }
            });
        });
    }
}
