//! Charts that lie in the repository: the person's own Helm makes their objects, if it is asked to.

pub mod argo;
pub mod flux;
pub mod kustomize;

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::Error;
use stackwright::yaml::{self, Document, Node, Span};

use super::Helm;
use super::files::{Files, Found};
use super::kustomize::{Build, Built};
use super::node::{at_spans, text_at};
use crate::helm::Template;
use crate::writer::disk::{self, Scratch};

/// What asks for the objects of a chart, and with which values.
#[derive(Default)]
pub struct Chart {
    /// What asks for it, such as `HelmRelease shop/web`.
    pub label: String,
    /// Where that is written: its objects stand there.
    pub span: Span,
    /// Its folder or archive, from the repository's root.
    pub place: Utf8PathBuf,
    pub release: String,
    /// The namespace that it is installed in; empty where none is told.
    pub namespace: String,
    /// Its values; those of a later one win.
    pub values: Vec<Values>,
    /// Texts for paths in the values, out of Secrets: in files, since everybody sees the arguments of a command.
    pub secrets: Vec<(String, String)>,
    /// Further arguments of `helm template`.
    pub more: Vec<String>,
    /// Where values are that nobody can know here.
    pub unknown: BTreeSet<String>,
}

/// Values of a chart.
pub enum Values {
    /// A file in the repository.
    File(Utf8PathBuf),
    Text(String),
}

impl Values {
    /// Those that stand in an object.
    pub fn of(node: &Node) -> Self {
        // JSON is YAML, and says everything that the values do.
        Self::Text(serde_json::to_string(node).unwrap_or_default())
    }
}

/// Whether a chart lies at a path, as a folder or an archive.
pub fn is_there(files: &mut Files, place: &Utf8Path) -> bool {
    match files.at(place) {
        Found::Folder => files.at(&place.join("Chart.yaml")) == Found::File,
        Found::File => crate::helm::is_archive(place.as_str()),
        Found::Included | Found::Nothing => false,
    }
}

/// What is said of a chart where nobody asked for Helm.
pub fn unseen(place: &Utf8Path) -> String {
    format!("not looked at: the chart {place}: --helm lets your Helm make its objects")
}

/// The objects of a chart, all where it is asked for. What Helm refuses is a problem there, unless a value that nobody knows may be why.
pub fn built(build: &mut Build<'_>, helm: &Helm, chart: &Chart, apis: &[String]) -> Vec<Built> {
    let Chart { label, place, unknown, .. } = chart;
    let without = unknown.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    build.is_part |= !unknown.is_empty();
    let text = match text(build.files, helm, chart, apis) {
        Ok(text) => text,
        Err(error) if !unknown.is_empty() => {
            build.notes.insert(format!("not rendered: the chart {place} of {label}, without {without}: {error}"));
            return Vec::new();
        }
        Err(error) if error.to_string().contains("missing in charts/") => {
            build.is_part = true;
            build
                .notes
                .insert(format!("not rendered: the chart {place} of {label}, before `helm dependency build`: {error}"));
            return Vec::new();
        }
        Err(error) => {
            let fact = format!("the chart {place} makes no objects for {label}: {error}");
            build.problem(
                chart.span,
                fact,
                "correct the chart, or the values that it is given here: nothing of it is applied until then",
            );
            return Vec::new();
        }
    };
    if !unknown.is_empty() {
        build.notes.insert(format!("rendered without {without}: the chart {place} of {label}"));
    }
    let (documents, problems) = yaml::raw(&text);
    for problem in problems {
        let fact = format!("the chart {place} makes something else than YAML for {label}: {problem}");
        build.problem(chart.span, fact, "correct its template");
    }
    let mut objects = Vec::new();
    for mut document in documents {
        at_spans(&mut document.node, &mut |span| *span = chart.span);
        // A key that stands twice in a template is not where the chart is asked for.
        let (documents, problems) = Document::new(document.node).opened();
        build.problems.extend(problems);
        objects.extend(documents.into_iter().map(Built::of));
    }
    objects
}

fn text(files: &Files, helm: &Helm, chart: &Chart, apis: &[String]) -> Result<String, Error> {
    let scratch = Scratch::new()?;
    let mut values = Vec::new();
    for (number, given) in chart.values.iter().enumerate() {
        values.push(match given {
            Values::File(path) => files.on_disk(path),
            Values::Text(text) => {
                let place = scratch.path().join(format!("values-{number}.yaml"));
                disk::write_new(&place, text, false, &place)?;
                place
            }
        });
    }
    let mut more = chart.more.clone();
    for (number, (path, text)) in chart.secrets.iter().enumerate() {
        let place = scratch.path().join(format!("secret-{number}"));
        disk::write_new(&place, text, false, &place)?;
        more.push(format!("--set-file={path}={place}"));
    }
    let template = Template {
        release: &chart.release,
        namespace: &chart.namespace,
        chart: &files.on_disk(&chart.place),
        values,
        kubernetes: helm.kubernetes,
        apis,
        more,
    };
    template.text(&helm.program)
}

/// Whether Flux and Argo CD ever apply what a chart may have made: hooks of an installation, and not tests or what runs at the end.
pub fn is_applied(built: &Built) -> bool {
    let Some(hook) = text_at(&built.document.node, "metadata.annotations[\"helm.sh/hook\"]") else { return true };
    let applied = ["pre-install", "post-install", "pre-upgrade", "post-upgrade", "crd-install"];
    hook.split(',').any(|event| applied.contains(&event.trim()))
}

/// The APIs, beside Kubernetes' own, that objects are of or define: a chart is told that the cluster has them.
pub fn apis<'n>(objects: impl Iterator<Item = &'n Node>) -> Vec<String> {
    let mut apis = BTreeSet::new();
    let mut add = |version: String, kind: &str| {
        apis.insert(format!("{version}/{kind}"));
        apis.insert(version);
    };
    for object in objects {
        let (Some(version), Some(kind)) = (text_at(object, "apiVersion"), text_at(object, "kind")) else { continue };
        if version.contains('.') {
            add(version.to_owned(), kind);
        }
        if kind == "CustomResourceDefinition" {
            let text = |path| text_at(object, path).unwrap_or_default();
            for version in object.at("spec.versions").map(Node::items).unwrap_or_default() {
                let version = text_at(version, "name").unwrap_or_default();
                add(format!("{}/{version}", text("spec.group")), text("spec.names.kind"));
            }
        }
    }
    apis.into_iter().collect()
}
