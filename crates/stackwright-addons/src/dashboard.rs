//! Grafana's dashboards, as code: panels of queries, and the address at which a page shows one of them.

mod nodes;

use serde::Serialize;
use serde_json::{Value, json};
use stackwright::prelude::*;

pub use nodes::nodes;

/// The label of ConfigMaps that Grafana's sidecar loads dashboards from, in every namespace: what kube-prometheus-stack sets unless told
/// otherwise (`grafana.sidecar.dashboards` in the values.yaml of 88.5.3). The `grafana` chart takes the same label with any value.
pub const LABEL: (&str, &str) = ("grafana_dashboard", "1");
/// The data source that the same chart gives Grafana for its Prometheus (`grafana.sidecar.datasources.uid`). With separate charts it is ours.
pub(crate) const DATA_SOURCE: &str = "prometheus";
/// The width of Grafana's grid, and what a panel takes of it.
const COLUMNS: usize = 24;
const WIDTH: usize = 12;
const HEIGHT: usize = 8;

/// A dashboard.
///
/// ```
/// use stackwright_addons::dashboard::{Dashboard, Panel, Query, Shown, Unit};
///
/// let load = Panel {
///     id: 1,
///     title: "Load".into(),
///     shown: Shown::TimeSeries,
///     unit: Unit::Number,
///     queries: vec![Query::new("node_load1", "{{instance}}")],
///     thresholds: vec![],
/// };
/// let url = |dashboard: &Dashboard| dashboard.panel_url("http://grafana.example/", &dashboard.panels[0]);
/// let nodes = Dashboard { uid: "nodes".into(), title: "Nodes".into(), refresh: "10s".into(), panels: vec![load] };
/// assert!(url(&nodes).starts_with("http://grafana.example/d-solo/nodes/nodes?orgId=1&panelId=1&refresh=10s"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// What its addresses know it by: at most 40 letters, digits, `-` and `_`.
    pub uid: String,
    /// What people read.
    pub title: String,
    /// The time between two looks at the data, such as `10s`.
    pub refresh: String,
    /// Its panels, two in a row.
    pub panels: Vec<Panel>,
}

/// A panel of a dashboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its number, which addresses know it by: each panel of a dashboard has another.
    pub id: u32,
    /// What people read.
    pub title: String,
    /// How it shows its data.
    pub shown: Shown,
    /// What its numbers are.
    pub unit: Unit,
    /// What it asks Prometheus.
    pub queries: Vec<Query>,
    /// From which number on it has another colour, the lowest first.
    pub thresholds: Vec<Threshold>,
}

/// How a panel shows its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Shown {
    /// Lines over time.
    TimeSeries,
    /// The last number of each series.
    Stat,
}

/// What numbers are, by Grafana's names (grafana/grafana, packages/grafana-data/src/valueFormats/categories.ts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Unit {
    /// Plain numbers.
    #[serde(rename = "short")]
    Number,
    /// Of a hundred.
    #[serde(rename = "percent")]
    Percent,
    /// Requests per second.
    #[serde(rename = "reqps")]
    RequestsPerSecond,
    /// Bytes, by powers of 1024.
    #[serde(rename = "bytes")]
    Bytes,
}

/// What a panel asks Prometheus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The query, in PromQL.
    pub expr: String,
    /// The name of each series, with labels such as `{{pod}}`.
    pub legend: String,
}

impl Query {
    /// A query, and the name of each series that it finds.
    pub fn new(expr: impl Into<String>, legend: impl Into<String>) -> Self {
        Self { expr: expr.into(), legend: legend.into() }
    }
}

/// The number from which on a panel has another colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// The number.
    pub from: f64,
    /// The colour, such as `red`.
    pub color: String,
}

/// A string of PromQL, in quotes: its escapes are Go's, which JSON's are among.
///
/// ```
/// assert_eq!(stackwright_addons::dashboard::promql_string(r#"a"b\c"#), r#""a\"b\\c""#);
/// ```
pub fn promql_string(text: &str) -> String {
    Value::from(text).to_string()
}

impl Dashboard {
    /// The ConfigMap that Grafana's sidecar loads it from.
    pub fn config_map(&self, app: &App) -> ConfigMap {
        let mut config = config_map(app, &format!("dashboard-{}", self.uid), [self.file()]);
        config.metadata.labels.get_or_insert_default().insert(LABEL.0.to_owned(), LABEL.1.to_owned());
        config
    }

    /// Its file: the name, and what is in it.
    pub(crate) fn file(&self) -> (String, String) {
        (format!("{}.json", self.uid), format!("{:#}\n", self.json()))
    }

    /// The address at which a page shows one of its panels in a frame. `grafana` is the URL that people type for Grafana.
    pub fn panel_url(&self, grafana: &str, panel: &Panel) -> String {
        let Self { uid, title, refresh, .. } = self;
        let (grafana, slug, id) = (grafana.trim_end_matches('/'), slug(title), panel.id);
        format!(
            "{grafana}/d-solo/{uid}/{slug}?orgId=1&panelId={id}&refresh={refresh}&from=now-15m&to=now&timezone=browser&theme=light"
        )
    }

    /// It, as Grafana reads it.
    pub fn json(&self) -> Value {
        let panels: Vec<_> = self.panels.iter().enumerate().map(|(number, panel)| panel.json(number)).collect();
        json!({
            "uid": self.uid,
            "title": self.title,
            "refresh": self.refresh,
            "time": {"from": "now-15m", "to": "now"},
            "timezone": "browser",
            "editable": false,
            "schemaVersion": 41,
            "tags": [],
            "panels": panels,
        })
    }
}

impl Panel {
    fn json(&self, number: usize) -> Value {
        let in_row = COLUMNS / WIDTH;
        let targets: Vec<_> = self.queries.iter().zip('A'..).map(|(query, id)| query.json(id)).collect();
        // The first step is the colour of what is below every threshold.
        let base = json!({"color": "green", "value": null});
        let steps = self.thresholds.iter().map(|Threshold { from, color }| json!({"color": color, "value": from}));
        let steps: Vec<_> = [base].into_iter().chain(steps).collect();
        let mut custom = json!({"lineWidth": 2, "fillOpacity": 10, "showPoints": "never"});
        if !self.thresholds.is_empty() {
            custom["thresholdsStyle"] = json!({"mode": "line"});
        }
        let options = match self.shown {
            Shown::TimeSeries => json!({
                "legend": {"displayMode": "list", "placement": "bottom", "showLegend": true},
                "tooltip": {"mode": "multi", "sort": "none"},
            }),
            Shown::Stat => {
                custom = json!({});
                json!({"reduceOptions": {"calcs": ["lastNotNull"]}, "textMode": "value_and_name"})
            }
        };
        json!({
            "id": self.id,
            "title": self.title,
            "type": self.shown,
            "datasource": {"type": "prometheus", "uid": DATA_SOURCE},
            "gridPos": {"h": HEIGHT, "w": WIDTH, "x": number % in_row * WIDTH, "y": number / in_row * HEIGHT},
            "fieldConfig": {
                "defaults": {
                    "unit": self.unit,
                    "min": 0,
                    "custom": custom,
                    "thresholds": {"mode": "absolute", "steps": steps},
                },
                "overrides": [],
            },
            "options": options,
            "targets": targets,
        })
    }
}

impl Query {
    fn json(&self, id: char) -> Value {
        json!({
            "refId": id,
            "expr": self.expr,
            "legendFormat": self.legend,
            "datasource": {"type": "prometheus", "uid": DATA_SOURCE},
        })
    }
}

/// A title as a part of a path, which Grafana puts there for people alone.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "-".to_owned() } else { slug }
}
