//! Typed Kubernetes clusters on your own machines.
//!
//! A [`Cluster`] is one value: its networks, hosts and nodes, and the [`Stack`]s that run on it. A stack is a plain function
//! from a configuration to [`Object`]s (k8s-openapi structs, unmodified), host [`File`]s, Helm [`Release`]s and the
//! [`SecretSpec`]s they read. [`check()`] links everything to everything; [`render`] turns the cluster into the files that
//! are committed, reviewed and applied with `kubectl apply -k`. Nothing here touches a disk, a clock or a terminal.
//!
//! ```
//! use stackwright::prelude::*;
//!
//! const HTTP: &str = "http";
//!
//! let app = App::new("hello", "web");
//! let hello = deployment(&app, PodSpec {
//!     containers: vec![Container {
//!         name: "hello".into(),
//!         image: Some("nginx:1.29".into()),
//!         ports: Some(vec![container_port(HTTP, 8080)]),
//!         ..default()
//!     }],
//!     ..default()
//! });
//! let service = service_for(&hello);
//! let stack = Stack::new("hello", [hello.into(), service.into()]);
//! assert_eq!(stack.objects.len(), 2);
//! ```

mod app;
mod artefact;
mod autoscaling;
pub mod capacity;
pub mod check;
mod cluster;
mod config;
mod delivery;
mod diff;
mod error;
mod facts;
mod host;
pub mod inflated;
mod ingress;
mod links;
mod namespace;
mod nearest;
mod network;
mod network_policy;
mod node;
mod object;
mod opening;
mod order;
mod outside;
mod platform;
mod pod;
mod quantity;
mod release;
mod rolls_with;
mod rotation;
mod secret;
mod service;
mod stack;
mod storage;
mod update;
mod way_in;
mod workload;

pub mod charts;
pub mod kubernetes;
pub mod prelude;
pub mod rbac;
pub mod render;
pub mod template;
pub mod trace;
pub mod yaml;

/// Maps and sets whose keys are hashed fast: names are looked up some hundred thousand times.
pub(crate) use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

pub use app::App;
pub use artefact::Artefact;
pub use capacity::Capacity;
pub use check::{Finding, Severity, check};
pub use cluster::{Cluster, Kubelet, Provided, ProvidedPods, Spread, Step, When};
pub use delivery::{Delivery, Flux, Repository};
pub use diff::{Change, Consequence, Direction, Effect, Matter, Shift, changes, edges, shifts};
pub use error::{Error, ErrorKind};
pub use host::{DataDisk, Host, Listener, Nic};
pub use nearest::nearest;
pub use network::{AddressRange, Holder, Network, Subnet};
pub use node::Node;
pub use object::{Kind, Object};
pub use opening::{Opening, Source};
pub use platform::{Component, Platform};
pub use quantity::Quantity;
pub use release::{Chart, Release};
pub use rolls_with::{ROLLS_WITH, rolls_with};
pub use rotation::{Rotation, Rotations};
pub use secret::{Key, Material, NamesSecret, SecretSpec};
pub use stack::{Endpoint, File, Stack};
pub use update::is_written_by_cluster;
pub use way_in::{WayIn, forward, forward_to};
