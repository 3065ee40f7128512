//! What each node has left.

use super::{Dashboard, Panel, Query, Shown, Threshold, Unit};

/// CPU, memory and disk in use on each node, and the pods that are there. Node-exporter and kube-state-metrics tell, whoever installed them.
pub fn nodes() -> Dashboard {
    // Kubelets evict from 15 % or less on.
    let full = || vec![Threshold { from: 85.0, color: "red".into() }];
    let of_hundred = |id, title: &str, expr: &str| Panel {
        id,
        title: title.into(),
        shown: Shown::TimeSeries,
        unit: Unit::Percent,
        queries: vec![Query::new(expr, "{{instance}}")],
        thresholds: full(),
    };
    Dashboard {
        uid: "nodes".into(),
        title: "Nodes".into(),
        refresh: "30s".into(),
        panels: vec![
            // Over five minutes, in which a reading a minute is enough.
            of_hundred(1, "CPU", r#"100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])))"#),
            of_hundred(2, "Memory", "100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)"),
            of_hundred(
                3,
                "Disk of the system",
                r#"100 * (1 - node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"})"#,
            ),
            Panel {
                id: 4,
                title: "Pods".into(),
                shown: Shown::TimeSeries,
                unit: Unit::Number,
                queries: vec![Query::new("count by (node) (kube_pod_info)", "{{node}}")],
                thresholds: vec![],
            },
        ],
    }
}
