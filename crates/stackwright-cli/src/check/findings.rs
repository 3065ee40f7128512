use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::mem;
use std::time::SystemTime;

use camino::Utf8Path;
use stackwright::check::{Check, Index, Input, Place, findings, unreadable};
use stackwright::yaml::{self, Node, Problem, Readable, Span, Value};
use stackwright::{Cluster, Error, Finding, Severity, render};

use super::local;
use super::manifests::{Applied, Manifests, Target};
use super::previous::Rendered;
use super::variables;
use crate::input::Source;

/// What the checks found, and the texts that a person reads it in.
#[derive(Default)]
pub struct Findings {
    pub sources: Vec<Source>,
    pub found: Vec<Found>,
    /// What could not be looked at, in words that follow "not checked:".
    pub unchecked: Vec<String>,
}

/// A finding, and where a person finds it.
pub struct Found {
    pub finding: Finding,
    pub at: Option<At>,
    /// The file that it is in, or, where it is about a cluster as a whole, that cluster's README.
    pub file: String,
    /// Other places, and what stands there.
    pub related: Vec<(At, String)>,
    /// The stack whose object it is about, and the line of code that made it.
    pub stack: Option<String>,
}

impl Found {
    /// All that there is to say where one text is all there is: the fact, what it leads to, and what to do.
    pub fn whole_text(&self) -> String {
        let Finding { message, why, help, .. } = &self.finding;
        match why {
            Some(why) => format!("{message}\nwhy: {why}\nhelp: {help}"),
            None => format!("{message}\nhelp: {help}"),
        }
    }
}

/// A place in one of the sources.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct At {
    pub source: usize,
    /// It ends on the line that it begins on.
    pub span: Span,
}

impl Findings {
    /// What checks find in a cluster, located in the files that it is rendered to below `out`.
    pub fn of_cluster(cluster: &Cluster, checks: &[&Check], out: &Utf8Path) -> Result<Self, Error> {
        let rendered = Rendered::of(cluster, out)?;
        let index = Index::new(Input {
            now: Some(SystemTime::now()),
            previous: rendered.as_ref().map(Rendered::objects),
            ..Input::of(cluster)
        });
        let found = findings(&index, checks.iter().copied());
        let readme = out.join(&cluster.name).join("README.md");
        let mut texts = Texts { whole: readme.into_string(), ..Texts::default() };
        texts.render(cluster, out, &index, &found)?;
        let mut findings = texts.located(&index, found);
        findings.unchecked.extend(undefined(&index));
        if checks.iter().any(|check| check.id == IMMUTABLE_CHANGE) {
            let unread = match rendered {
                Some(rendered) => rendered.unread,
                None => vec![format!("nothing is rendered in {out}/{}", cluster.name)],
            };
            findings.unchecked.extend(unread.iter().map(|why| format!("changes of what is applied, as {why}")));
        }
        Ok(findings)
    }

    /// What checks find in manifests, alone or as they would be applied to a cluster.
    pub fn of_manifests(mut manifests: Manifests, checks: &[&Check], target: &Target<'_>) -> Result<Self, Error> {
        let sources = mem::take(&mut manifests.sources);
        let Applied { index, read } = manifests.applied(target);
        let found = findings(&index, checks.iter().copied());
        let whole = sources.first().map(|source| source.name.clone()).unwrap_or_default();
        let mut texts = Texts { sources, whole, starts: manifests.starts.clone(), ..Texts::default() };
        texts.nodes =
            read.iter().map(|(number, (source, located))| (*number, (*source, Cow::Borrowed(&located.node)))).collect();
        let may_have: Vec<_> = texts.sources.iter().map(|source| variables::may_be_in(&source.text)).collect();
        let objects = texts.nodes.values().filter(|(source, _)| may_have[*source]);
        let unchecked = variables::unchecked(objects.map(|(_, node)| node.as_ref()));
        if let Some(cluster) = target.cluster {
            texts.render(cluster, target.out, &index, &found)?;
        }
        let mut findings = texts.located(&index, found);
        findings.unchecked.extend(undefined(&index).into_iter().chain(unchecked));
        let selected =
            manifests.problems.iter().filter(|(_, problem)| checks.iter().any(|check| check.id == problem.check));
        let broken: Vec<_> =
            selected.map(|(source, problem)| broken(problem, *source, &findings.sources[*source])).collect();
        findings.found.splice(0..0, broken);
        Ok(findings)
    }

    /// What is wrong with a text that cannot be read, and in which of its objects.
    pub fn of_problems(source: Source, problems: &[Problem]) -> Self {
        let Readable { objects, .. } = yaml::readable(&source.text);
        let found = problems.iter().map(|problem| {
            let mut found = broken(problem, 0, &source);
            if let Some(located) = objects.iter().find(|located| located.problems.contains(problem)) {
                // Its name may be what is missing.
                let object = located.object.to_string();
                found.finding.message = format!("{}: {}", object.trim_end(), found.finding.message);
            }
            found
        });
        let found = found.collect();
        Self { found, sources: vec![source], unchecked: Vec::new() }
    }

    /// These, and then others.
    pub fn and(mut self, other: Self) -> Self {
        let before = self.sources.len();
        self.sources.extend(other.sources);
        self.unchecked.extend(other.unchecked);
        self.found.extend(other.found.into_iter().map(|found| {
            let moved = |at: At| At { source: at.source + before, ..at };
            let related = found.related.into_iter().map(|(at, what)| (moved(at), what)).collect();
            Found { at: found.at.map(moved), related, ..found }
        }));
        self
    }

    /// Each finding once: clusters of one repository share much of it.
    pub fn distinct(mut self) -> Self {
        let mut seen = HashSet::new();
        let names: Vec<_> = self.sources.iter().map(|source| source.name.clone()).collect();
        self.found.retain(|found| {
            let at = found.at.map(|at| (names[at.source].clone(), at.span));
            seen.insert((found.finding.id, found.finding.message.clone(), at))
        });
        self
    }

    /// Without those that a cluster has alone: not about any of the first `sources`, and not new.
    pub fn beside(mut self, cluster: &Cluster, checks: &[&Check], sources: usize) -> Self {
        let index = Index::new(Input { now: Some(SystemTime::now()), ..Input::of(cluster) });
        let before = findings(&index, checks.iter().copied());
        self.found.retain(|found| {
            let mut places = found.at.iter().chain(found.related.iter().map(|(at, _)| at));
            places.any(|at| at.source < sources) || found.finding.place.is_none() && !before.contains(&found.finding)
        });
        self
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|found| found.finding.severity == severity).count()
    }

    /// Leaves out what may well be meant.
    pub fn without_information(mut self) -> Self {
        self.found.retain(|found| found.finding.severity < Severity::Information);
        self
    }
}

/// The check that finds what cannot be read.
pub const SCHEMA: &str = "schema";

/// The check that compares with what is applied today.
const IMMUTABLE_CHANGE: &str = "immutable-change";

/// A problem of a text that is no object, as a finding.
fn broken(problem: &Problem, number: usize, source: &Source) -> Found {
    let at = At { source: number, span: on_one_line(problem.span, &source.text) };
    Found { finding: unreadable(problem), at: Some(at), file: source.name.clone(), related: Vec::new(), stack: None }
}

/// The texts of objects by the position of the object.
#[derive(Default)]
struct Texts<'a> {
    sources: Vec<Source>,
    /// Where those begin that share one space of places.
    starts: Vec<usize>,
    nodes: HashMap<usize, (usize, Cow<'a, Node>)>,
    /// The file that stands for all of them.
    whole: String,
}

impl Texts<'_> {
    /// Adds the rendered files of those of a cluster's objects that findings are about.
    fn render(&mut self, cluster: &Cluster, out: &Utf8Path, index: &Index<'_>, found: &[Finding]) -> Result<(), Error> {
        let mut paths = None;
        for place in found.iter().flat_map(places) {
            if self.nodes.contains_key(&place.index) {
                continue;
            }
            let paths = match &paths {
                Some(paths) => paths,
                None => paths.insert(render::object_paths(cluster)?),
            };
            let Some(path) = paths.get(place.index) else { continue };
            let mut text = String::new();
            // What cannot be written has no text to point into; rendering it says so.
            let written = index.items[place.index].object.write_yaml(&mut text);
            let node = written.ok().and_then(|()| yaml::read(&text).ok()?.documents.pop());
            if let Some(node) = node {
                self.nodes.insert(place.index, (self.sources.len(), Cow::Owned(node)));
                self.sources.push(Source { name: out.join(path).into_string(), text });
            }
        }
        Ok(())
    }

    fn located(self, index: &Index<'_>, findings: Vec<Finding>) -> Findings {
        let at = |place: &Place| {
            let (source, node) = self.nodes.get(&place.index)?;
            let span = place.span.unwrap_or_else(|| shown(node, &place.path));
            let (source, span) = local(&self.starts, *source, span);
            Some(At { source, span: on_one_line(span, &self.sources[source].text) })
        };
        let found = findings.into_iter().map(|finding| {
            let own = finding.place.as_ref().and_then(at);
            Found {
                at: own,
                file: own.map_or(&self.whole, |at| &self.sources[at.source].name).clone(),
                related: finding.related.iter().filter_map(|(place, what)| Some((at(place)?, what.clone()))).collect(),
                stack: finding.place.as_ref().and_then(|place| {
                    let (name, made) = (index.stack(place.index)?, index.items[place.index].object.made_at());
                    Some(format!("stack {name}, made at {}:{}", made.file(), made.line()))
                }),
                finding,
            }
        });
        let found = found.collect();
        Findings { found, sources: self.sources, unchecked: Vec::new() }
    }
}

/// The kinds of which nothing but the metadata was looked at.
fn undefined(index: &Index<'_>) -> Option<String> {
    let kinds: Vec<_> = index.undefined().iter().map(|(api_version, kind)| format!("{api_version} {kind}")).collect();
    (!kinds.is_empty()).then(|| format!("no definition of {}", kinds.join(", ")))
}

fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    finding.place.iter().chain(finding.related.iter().map(|(place, _)| place))
}

/// What a person looks at for a field: the value itself, the key of a map or list, the name of a whole object; where there is
/// no such field, what is there on the way to it.
fn shown(root: &Node, path: &str) -> Span {
    let mut path = if path.is_empty() { "metadata.name" } else { path };
    while !path.is_empty() {
        let (parent, _) = split(path);
        if let Some(node) = root.at(path) {
            let is_whole = matches!(node.value, Value::Map(_) | Value::List(_) | Value::Null);
            let entries = root.at(parent).map_or(&[][..], Node::entries);
            let entry = entries.iter().find(|entry| entry.value.span == node.span);
            return entry.filter(|_| is_whole).map_or(node.span, |entry| entry.key_span);
        }
        path = parent;
    }
    root.span
}

/// A path without its last field or item, and that.
fn split(path: &str) -> (&str, &str) {
    let at = match path.strip_suffix("\"]") {
        Some(quoted) => quoted.rfind("[\""),
        None => path.rfind(['.', '[']),
    };
    path.split_at(at.unwrap_or_default())
}

/// The part of a span that is on its first line: that is enough to find it.
fn on_one_line(span: Span, text: &str) -> Span {
    let start = span.start.min(text.len());
    let line = text.get(start..span.end.clamp(start, text.len())).unwrap_or_default();
    let line = line.lines().next().unwrap_or_default().trim_end();
    Span { start, end: start + line.len(), ..span }
}

#[cfg(test)]
mod tests {
    use stackwright::yaml;

    use super::shown;

    #[test]
    fn a_field_is_shown_by_its_value_its_key_or_what_is_there_of_it() {
        let text = "metadata:\n  name: api\n  labels: {a.b/c: d}\nspec:\n  ports:\n  - port: 80\n  empty:\n";
        let node = &yaml::read(text).unwrap().documents[0];
        let shown = |path| &text[shown(node, path).start..shown(node, path).end];
        assert_eq!(shown("spec.ports[0].port"), "80");
        assert_eq!(shown("spec.ports"), "ports");
        assert_eq!(shown("spec.ports[0]"), "port: 80");
        assert_eq!(shown("spec.empty"), "empty");
        assert_eq!(shown("metadata.labels[\"a.b/c\"]"), "d");
        assert_eq!(shown(""), "api");
        assert_eq!(shown("spec.ports[0].targetPort"), "port: 80");
        assert_eq!(shown("metadata.annotations[\"x.y/z\"]"), "metadata");
    }
}
