use std::cell::OnceCell;

use k8s_openapi::api::core::v1::ConfigMap;

use crate::check::{Index, Pods, Severity};
use crate::facts::{charts, release_kinds};
use crate::yaml::{Node, Value};

/// The setting by which routes may lead to other namespaces, as files, flags and values of charts have it.
const SETTING: &str = "allowcrossnamespace";

/// Whether Traefik lets its routes name objects of other namespaces: it doesn't unless it is told to, and that may stand in files that nobody reads
/// here. Found out when it is first asked for, since few routes do so.
pub(super) struct CrossNamespace<'i, 'a> {
    index: &'i Index<'a>,
    severity: OnceCell<Option<Severity>>,
}

impl<'i, 'a> CrossNamespace<'i, 'a> {
    pub(super) fn new(index: &'i Index<'a>) -> Self {
        Self { index, severity: OnceCell::new() }
    }

    /// How bad it is that a route names an object of another namespace; none where that is allowed.
    pub(super) fn severity(&self) -> Option<Severity> {
        *self.severity.get_or_init(|| found(self.index))
    }
}

/// What stands for no release, and has values for that of another object.
const VALUES: &str = "HelmChartConfig.helm.cattle.io";

fn found(index: &Index<'_>) -> Option<Severity> {
    let containers = index.pods.iter().flat_map(Pods::containers).map(|(_, container)| container);
    let own = containers.filter(|container| is_traefik(container.image.as_deref().unwrap_or_default()));
    let own: Vec<_> = own.collect();
    let kinds = release_kinds::all().chain([VALUES.into()]);
    let releases = kinds.flat_map(|kind| index.of_kind(kind)).filter_map(|item| item.object.content());
    let releases: Vec<_> = releases.filter(|content| names_traefik(content)).collect();
    let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    let of_stacks = stacks.flat_map(|stack| &stack.releases).filter(|release| release.chart.name == "traefik");
    let of_stacks: Vec<_> = of_stacks.collect();

    let by_flag = own.iter().any(|container| {
        let flags = container.args.iter().chain(&container.command).flatten();
        let values =
            container.env.iter().flatten().flat_map(|variable| [Some(&variable.name), variable.value.as_ref()]);
        flags.chain(values.flatten()).any(|text| allows(text))
    });
    let by_file = || {
        let files = index.all::<ConfigMap>().flat_map(|(_, map)| map.data.iter().flatten());
        files.map(|(_, text)| text).any(|text| allows(text))
    };
    let by_values = || {
        let setting = |values| charts::value(values, "providers.kubernetesCRD.allowCrossNamespace");
        let is_set = |values| setting(values).and_then(serde_json::Value::as_bool) == Some(true);
        releases.iter().any(|content| sets(content)) || of_stacks.iter().any(|release| is_set(&release.values))
    };
    if by_flag || by_file() || by_values() {
        return None;
    }
    let is_seen = !own.is_empty() || releases.iter().any(|content| is_whole(content)) || !of_stacks.is_empty();
    Some(if is_seen || index.is_whole() { Severity::Warning } else { Severity::Information })
}

/// Whether an image is Traefik's, from whichever registry.
fn is_traefik(image: &str) -> bool {
    let last = image.rsplit('/').next().unwrap_or_default();
    last.split([':', '@']).next() == Some("traefik")
}

/// Whether a flag or a file sets it; `=false` doesn't.
fn allows(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.match_indices(SETTING).any(|(place, _)| {
        let value = text[place + SETTING.len()..].trim_start_matches(['"', ' ', '=', ':']);
        !value.starts_with("false")
    })
}

/// Whether a release is of a chart that is called so, or is set for one.
fn names_traefik(content: &Node) -> bool {
    let name = content.at("metadata.name").and_then(Node::text);
    let charts = ["spec.chart", "spec.chart.spec.chart", "spec.source.chart", "spec.sources[0].chart"];
    let mut names = charts.into_iter().filter_map(|path| content.at(path)?.text()).chain(name);
    names.any(|name| name.rsplit('/').next() == Some("traefik"))
}

/// Whether all values of a release stand in it.
fn is_whole(content: &Node) -> bool {
    let elsewhere =
        ["spec.valuesFrom", "spec.valuesSecrets", "spec.source", "spec.sources", "spec.template", "spec.inputsFrom"];
    elsewhere.iter().all(|path| content.at(path).is_none())
}

/// Whether a release's values, or the text of them, set it.
fn sets(node: &Node) -> bool {
    match &node.value {
        Value::String(text) => allows(text),
        Value::List(items) => items.iter().any(sets),
        Value::Map(entries) => entries.iter().any(|entry| {
            let is_it = entry.key.eq_ignore_ascii_case(SETTING) && entry.value.value != Value::Bool(false);
            is_it || sets(&entry.value)
        }),
        _ => false,
    }
}
