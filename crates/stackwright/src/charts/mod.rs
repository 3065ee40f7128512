//! Typed values of the Helm charts that a cluster installs.
//!
//! A chart without a schema ignores a key that it does not know, so a mistyped value is lost in silence. Here it does
//! not compile. Every member is an `Option`, and `None` is not written: a values file holds only decisions that
//! someone made, and the chart's defaults stay the chart's.
//!
//! Each chart's module has its coordinates in `CHART` and, in `KNOWN`, the values that this version of it reads.
//! A member that the chart would ignore fails this library's tests; values that were written without these types can
//! be held against the same list by [`unknown_values`].
//!
//! ```
//! use stackwright::charts::traefik::{Deployment, Values};
//!
//! let values = Values {
//!     deployment: Some(Deployment { replicas: Some(2), ..Default::default() }),
//!     ..Default::default()
//! };
//! assert_eq!(serde_json::to_string(&values).unwrap(), r#"{"deployment":{"replicas":2}}"#);
//! ```
//!
//! What so many values files say, and the chart never reads:
//!
//! ```compile_fail,E0560
//! use stackwright::charts::kube_prometheus_stack::Prometheus;
//!
//! let prometheus = Prometheus { resources: None, ..Default::default() };
//! ```

mod known;
mod over_versions;

pub mod alertmanager;
pub mod grafana;
pub mod kube_prometheus_stack;
pub mod prometheus;
pub mod traefik;

pub use crate::facts::charts::{ChartPods, pods};
pub(crate) use known::known_values;
pub use known::unknown_values;
pub(crate) use over_versions::{OverVersions, over_versions};

use serde::Serialize;

/// Declares structs of chart values: the keys are the members' names in the given case, each member is an `Option`
/// and is left out while it is `None`.
macro_rules! values {
    (
        rename_all = $case:literal;
        $($(#[$about:meta])* pub struct $name:ident {
            $($(#[$about_member:meta])* pub $member:ident: $type:ty,)*
        })*
    ) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        #[serde(rename_all = $case)]
        pub struct $name {
            $(
                $(#[$about_member])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $member: Option<$type>,
            )*
        }
    )*};
}
use values;

values! {
    rename_all = "camelCase";

    /// A part of a chart that can only be switched on or off.
    pub struct Switch {
        /// Whether the part is installed.
        pub enabled: bool,
    }
}

/// A part of a chart that is installed.
pub const ON: Switch = Switch { enabled: Some(true) };

/// A part of a chart that is not installed.
pub const OFF: Switch = Switch { enabled: Some(false) };

/// How a Service is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum ServiceType {
    /// Inside the cluster only.
    ClusterIP,
    /// On one port of every node.
    NodePort,
    /// On an address of its own.
    LoadBalancer,
}

/// Which nodes answer for a Service from outside the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum ExternalTrafficPolicy {
    /// Every node; the client's address is replaced by the node's.
    Cluster,
    /// Only nodes that run a ready pod of the Service; the client's address is kept.
    Local,
}
