//! Applications of Argo CD whose folder is a chart.
//!
//! Read in argoproj/argo-cd, reposerver/repository/repository.go and docs/user-guide/helm.md, on 2026-11-28.

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::Node;

use super::{Chart, Values};
use crate::gitops::files::Found;
use crate::gitops::kustomize::{Build, Built};
use crate::gitops::node::{is_set, text_at};
use crate::input::plain;

/// The objects of the chart in an Application's folder.
pub fn built(build: &mut Build<'_>, folder: &Utf8Path, application: &Node, apis: &[String]) -> Vec<Built> {
    let Some(helm) = build.helm else {
        build.notes.insert(super::unseen(folder));
        return Vec::new();
    };
    let Some(source) = application.at("spec.source") else { return Vec::new() };
    let text = |path| text_at(source, path);
    let listed = |path| source.at(path).map(Node::items).unwrap_or_default();
    let name = text_at(application, "metadata.name").unwrap_or_default();
    let namespace = text("helm.namespace").or_else(|| text_at(application, "spec.destination.namespace"));
    let mut chart = Chart {
        label: format!("Application {name}"),
        span: source.get("path").map_or(source.span, |path| path.span),
        place: folder.to_owned(),
        release: text("helm.releaseName").unwrap_or(name).to_owned(),
        namespace: namespace.unwrap_or_default().to_owned(),
        ..Chart::default()
    };
    for file in listed("helm.valueFiles") {
        let Some(written) = file.text() else { continue };
        match values_file(folder, application, written) {
            Some(path) if build.files.at(&path) == Found::File => chart.values.push(Values::File(path)),
            _ if is_set(source, "helm.ignoreMissingValueFiles") => {}
            Some(path) => {
                let way_out = "correct the path, which is told from the chart, or say ignoreMissingValueFiles";
                build.problem(file.span, format!("{path} is listed and is not there"), way_out);
            }
            None => _ = chart.unknown.insert(written.to_owned()),
        }
    }
    // One takes the place of the other.
    let inline = source.at("helm.valuesObject").map(Values::of);
    chart.values.extend(inline.or_else(|| text("helm.values").map(|text| Values::Text(text.to_owned()))));
    for parameter in listed("helm.parameters") {
        let (Some(name), Some(value)) = (text_at(parameter, "name"), parameter.get("value").and_then(Node::text))
        else {
            continue;
        };
        let flag = if is_set(parameter, "forceString") { "--set-string" } else { "--set" };
        chart.more.push(format!("{flag}={name}={}", whole(value)));
    }
    for parameter in listed("helm.fileParameters") {
        if let (Some(name), Some(path)) = (text_at(parameter, "name"), text_at(parameter, "path")) {
            let path = build.files.on_disk(plain(&folder.join(path)).as_str().into());
            chart.more.push(format!("--set-file={name}={path}"));
        }
    }
    for (field, flag) in [("skipTests", "--skip-tests"), ("skipSchemaValidation", "--skip-schema-validation")] {
        chart.more.extend(is_set(source, &format!("helm.{field}")).then(|| flag.to_owned()));
    }
    chart.more.extend((!is_set(source, "helm.skipCrds")).then(|| "--include-crds".to_owned()));
    chart.more.extend(text("helm.kubeVersion").map(|version| format!("--kube-version={version}")));
    let told = listed("helm.apiVersions").iter().filter_map(Node::text).map(str::to_owned);
    let apis: Vec<_> = apis.iter().cloned().chain(told).collect();
    super::built(build, helm, &chart, &apis)
}

/// The path of a file of values: told from the chart, from the repository's root, or from another source; none where that is elsewhere.
fn values_file(folder: &Utf8Path, application: &Node, written: &str) -> Option<Utf8PathBuf> {
    if written.contains("://") || written.contains(['*', '?']) {
        return None;
    }
    let path = match written.strip_prefix('$').and_then(|rest| rest.split_once('/')) {
        Some((name, rest)) => {
            let sources = application.at("spec.sources").map(Node::items).unwrap_or_default();
            let other = sources.iter().find(|source| text_at(source, "ref") == Some(name))?;
            if text_at(other, "repoURL") != text_at(application, "spec.source.repoURL") {
                return None;
            }
            rest.into()
        }
        None => match written.strip_prefix('/') {
            Some(rest) => rest.into(),
            None => folder.join(written),
        },
    };
    Some(plain(&path).into())
}

/// A parameter's value as `--set` takes it for one: only a list in braces is several.
fn whole(value: &str) -> String {
    if value.starts_with('{') && value.ends_with('}') {
        return value.to_owned();
    }
    let mut out = String::new();
    let mut before = ' ';
    for letter in value.chars() {
        if letter == ',' && before != '\\' {
            out.push('\\');
        }
        out.push(letter);
        before = letter;
    }
    out
}
