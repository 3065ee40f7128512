//! `helmCharts` of a kustomization, as far as the charts lie in the repository.
//!
//! Read in kubernetes-sigs/kustomize, plugin/builtin/helmchartinflationgenerator, on 2026-11-28.

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::Node;

use super::{Chart, Values};
use crate::gitops::kustomize::{Build, Built};
use crate::gitops::node::{is_set, text_at};
use crate::input::plain;

/// Adds their objects. Flux refuses such a kustomization; Argo CD takes it where it is told to.
pub fn add(build: &mut Build<'_>, folder: &Utf8Path, kustomization: &Node, objects: &mut Vec<Built>) {
    let listed = kustomization.get("helmCharts").filter(|list| !list.items().is_empty());
    let Some(list) = listed else { return };
    let Some(helm) = build.helm else {
        build.notes.insert(format!("not done: helmCharts of {}", build.files.place(list.span)));
        build.is_part = true;
        return;
    };
    let home = text_at(kustomization, "helmGlobals.chartHome").unwrap_or("charts");
    for entry in list.items() {
        let text = |field| text_at(entry, field);
        let name = text("name").unwrap_or_default();
        let at = |path: &str| Utf8PathBuf::from(plain(&folder.join(path)));
        let place = match (text("version"), text("repo")) {
            (Some(version), Some(_)) => at(&format!("{home}/{name}-{version}/{name}")),
            _ => at(&format!("{home}/{name}")),
        };
        if !super::is_there(build.files, &place) {
            build.notes.insert(format!("not fetched: the chart {name}, of {}", build.files.place(entry.span)));
            build.is_part = true;
            continue;
        }
        let file = text("valuesFile").map(|path| Values::File(at(path)));
        let inline = entry.get("valuesInline").map(Values::of);
        let mut values: Vec<_> = match text("valuesMerge") {
            Some("replace") if inline.is_some() => inline.into_iter().collect(),
            Some("merge") => inline.into_iter().chain(file).collect(),
            _ => file.into_iter().chain(inline).collect(),
        };
        let more = entry.get("additionalValuesFiles").map(Node::items).unwrap_or_default();
        values.extend(more.iter().filter_map(Node::text).map(|path| Values::File(at(path))));
        let flags = [("includeCRDs", "--include-crds"), ("skipHooks", "--no-hooks"), ("skipTests", "--skip-tests")];
        let more = flags.into_iter().filter(|(field, _)| is_set(entry, field)).map(|(_, flag)| flag.to_owned());
        let version = text("kubeVersion").map(|version| format!("--kube-version={version}"));
        let chart = Chart {
            label: format!("the kustomization of {folder}"),
            span: entry.get("name").map_or(entry.span, |name| name.span),
            place,
            release: text("releaseName").unwrap_or("release-name").to_owned(),
            namespace: text("namespace").unwrap_or_default().to_owned(),
            values,
            more: more.chain(version).collect(),
            ..Chart::default()
        };
        let apis = entry.get("apiVersions").map(Node::items).unwrap_or_default();
        let apis: Vec<_> = apis.iter().filter_map(Node::text).map(str::to_owned).collect();
        objects.extend(super::built(build, helm, &chart, &apis));
    }
}
