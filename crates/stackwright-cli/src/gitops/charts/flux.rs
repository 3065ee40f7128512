//! HelmReleases of Flux whose chart lies in the repository.
//!
//! Read in fluxcd/helm-controller, api/v2/helmrelease_types.go, and fluxcd/pkg, chartutil/values.go, on 2026-11-28.

use camino::Utf8PathBuf;
use stackwright::yaml::{Document, Node, is_unknown};

use super::{Chart, Values};
use crate::gitops::generate::decoded;
use crate::gitops::kustomize::{Build, Built};
use crate::gitops::node::{self, is_set, pairs, text_at};
use crate::gitops::{patch, transform};
use crate::input::plain;
use crate::writer;

const GROUP: &str = "helm.toolkit.fluxcd.io";

/// Whether an object is one.
pub fn is_one(node: &Node) -> bool {
    text_at(node, "kind") == Some("HelmRelease")
        && text_at(node, "apiVersion").is_some_and(|text| text.split_once('/').is_some_and(|(group, _)| group == GROUP))
}

/// A chart of a source.
pub struct Wanted {
    /// The source's kind and name.
    pub source: String,
    /// Its name there; for a source that is files, its folder or archive.
    pub chart: Utf8PathBuf,
    pub is_of_files: bool,
    /// The node that says so.
    pub written: Node,
    values_files: Vec<Utf8PathBuf>,
}

/// The chart of a release, which a HelmChart among the objects may name for it.
pub fn wanted(release: &Node, objects: &[Document]) -> Option<Wanted> {
    let spec = match (release.at("spec.chart.spec"), release.at("spec.chartRef")) {
        (Some(spec), _) => spec,
        (None, Some(reference)) if text_at(reference, "kind") == Some("HelmChart") => {
            let namespace = text_at(reference, "namespace").or_else(|| text_at(release, "metadata.namespace"));
            let id = ("HelmChart", namespace.unwrap_or_default(), text_at(reference, "name")?);
            named(objects, id)?.at("spec")?
        }
        (None, reference) => {
            let reference = reference?;
            let source = format!("{} {}", text_at(reference, "kind")?, text_at(reference, "name")?);
            let (chart, written) = (Utf8PathBuf::new(), reference.clone());
            return Some(Wanted { source, chart, is_of_files: false, written, values_files: Vec::new() });
        }
    };
    let kind = text_at(spec, "sourceRef.kind")?;
    let is_of_files = matches!(kind, "GitRepository" | "Bucket");
    let written = spec.get("chart")?;
    let chart = text_at(spec, "chart")?;
    let path = |path: &str| Utf8PathBuf::from(plain(path.trim_start_matches('/').into()));
    let files = spec.get("valuesFiles").map(Node::items).unwrap_or_default();
    Some(Wanted {
        source: format!("{kind} {}", text_at(spec, "sourceRef.name")?),
        chart: if is_of_files { path(chart) } else { chart.into() },
        is_of_files,
        written: written.clone(),
        values_files: files.iter().filter_map(Node::text).map(path).collect(),
    })
}

/// An object by its kind, namespace and name.
fn named<'d>(objects: &'d [Document], id: (&str, &str, &str)) -> Option<&'d Node> {
    let is_it = |node: &Node| {
        let text = |path| text_at(node, path).unwrap_or_default();
        (text("kind"), text("metadata.namespace"), text("metadata.name")) == id
    };
    objects.iter().map(|document| &document.node).find(|node| is_it(node))
}

/// What a release's chart is asked for. ConfigMaps and Secrets with values are looked for among the objects.
pub fn chart(release: &Node, wanted: &Wanted, objects: &[Document]) -> Chart {
    let text = |path| text_at(release, path);
    let (name, own) = (text("metadata.name").unwrap_or_default(), text("metadata.namespace").unwrap_or_default());
    let target = text("spec.targetNamespace");
    let called = match (text("spec.releaseName"), target) {
        (Some(called), _) => called.to_owned(),
        (None, Some(target)) => format!("{target}-{name}"),
        (None, None) => name.to_owned(),
    };
    let mut chart = Chart {
        label: format!("HelmRelease {own}/{name}"),
        span: release.at("metadata.name").map_or(release.span, |name| name.span),
        place: wanted.chart.clone(),
        release: short(called),
        namespace: target.unwrap_or(own).to_owned(),
        values: wanted.values_files.iter().cloned().map(Values::File).collect(),
        ..Chart::default()
    };
    let leaves_out_crds = text("spec.install.crds") == Some("Skip");
    let leaves_out_hooks = is_set(release, "spec.install.disableHooks");
    chart.more.extend((!leaves_out_crds).then(|| "--include-crds".to_owned()));
    chart.more.extend(leaves_out_hooks.then(|| "--no-hooks".to_owned()));
    for from in release.at("spec.valuesFrom").map(Node::items).unwrap_or_default() {
        let (Some(kind), Some(name)) = (text_at(from, "kind"), text_at(from, "name")) else { continue };
        let key = text_at(from, "valuesKey").unwrap_or("values.yaml");
        match value(objects, (kind, own, name), key) {
            Some(value) => match text_at(from, "targetPath") {
                Some(path) if kind == "Secret" => {
                    let text =
                        if is_set(from, "literal") { value.as_str() } else { unquoted(&value).unwrap_or(&value) };
                    chart.secrets.push((path.to_owned(), text.to_owned()));
                }
                // As Helm takes it on its command line, which Flux does, too.
                Some(path) if is_set(from, "literal") => chart.more.extend([format!("--set-literal={path}={value}")]),
                Some(path) => {
                    let (flag, value) =
                        unquoted(&value).map_or(("--set", value.as_str()), |inner| ("--set-string", inner));
                    chart.more.push(format!("{flag}={path}={value}"));
                }
                None => chart.values.push(Values::Text(value)),
            },
            None if is_set(from, "optional") && named(objects, (kind, own, name)).is_none() => {}
            None => _ = chart.unknown.insert(format!("{key} of {kind} {own}/{name}")),
        }
    }
    chart.values.extend(release.at("spec.values").map(Values::of));
    chart
}

/// What is in quotes, which has Flux take it for a text.
fn unquoted(value: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
}

/// The text of a key of a ConfigMap or Secret, if anybody can know it.
fn value(objects: &[Document], id: (&str, &str, &str), key: &str) -> Option<String> {
    let object = named(objects, id)?;
    let field = |field| object.get(field).map(pairs).unwrap_or_default().into_iter().find(|(known, ..)| *known == key);
    if let Some((_, text, _)) = field("stringData") {
        return Some(text).filter(|text| !is_unknown(text));
    }
    let (_, text, _) = field("data")?;
    if is_unknown(&text) {
        return None;
    }
    if id.0 == "Secret" { decoded(&text) } else { Some(text) }
}

/// A release's name as Flux shortens it: Helm takes 53 letters.
fn short(name: String) -> String {
    match name.get(..40) {
        Some(begin) if name.len() > 53 => format!("{begin}-{}", &writer::digest(name.as_bytes())[..12]),
        _ => name,
    }
}

/// What Flux makes of a chart's objects before it applies them.
pub fn finished(build: &mut Build<'_>, release: &Node, chart: &Chart, mut objects: Vec<Built>) -> Vec<Built> {
    objects.retain(super::is_applied);
    let namespace = node::text(&chart.namespace, chart.span);
    for built in &mut objects {
        built.place_in(&namespace);
    }
    for renderer in release.at("spec.postRenderers").map(Node::items).unwrap_or_default() {
        if let Some(kustomization) = renderer.get("kustomize") {
            for field in ["patches", "patchesJson6902"] {
                patch::patches(build, "".into(), kustomization, field, &mut objects);
            }
            patch::old_merges(build, "".into(), kustomization, &mut objects);
            transform::images(kustomization, &mut objects);
        }
    }
    let mut owner = node::map(chart.span);
    for (key, field) in [("name", "metadata.name"), ("namespace", "metadata.namespace")] {
        if let Some(value) = release.at(field) {
            node::set(&mut owner, &format!("{GROUP}/{key}"), value.clone());
        }
    }
    for built in &mut objects {
        for field in ["labels", "annotations"] {
            if let Some(entries) = release.at(&format!("spec.commonMetadata.{field}")) {
                transform::put_metadata(built, field, entries);
            }
        }
        transform::put_metadata(built, "labels", &owner);
    }
    objects
}
