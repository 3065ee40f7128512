//! Hosts for Stackwright's clusters: who makes them, what they are given, and who installs Kubernetes on them.
//!
//! A *provider* says how hosts come to be and how a person's computer reaches them: [`vagrant`], [`multipass`] and [`libvirt`] make virtual
//! machines, [`ssh`] takes hosts that exist. Each gives an [`Access`]. An *installer* makes a cluster of nodes by way of it, and gives a
//! [`Platform`](stackwright::Platform): [`kubespray`] and [`k3s`]. What hosts are given beside Kubernetes are
//! [`Artefact`](stackwright::Artefact)s: [`disk`], [`nfs`], [`databases`], [`jenkins`], [`firewall`], [`edge`], [`ddns`] and, for control
//! planes, [`aggregation`]. Providers and installers know nothing of
//! each other.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::kubespray::{self, Addon, HELM_4};
//! use stackwright_hosts::{disk, ssh};
//!
//! # fn main() -> Result<(), Error> {
//! let subnet = Subnet::new("10.0.0.0/24")?;
//! let lan = Network::new("lan", subnet);
//! let host = |name, number| Ok::<_, Error>(Host::new(name, (4, 8192), Nic::on(&lan, number)?));
//! let nodes = [Node::control_plane(host("control", 10)?)?, Node::worker(host("worker", 20)?)?];
//!
//! let access = ssh::access("admin", nodes.iter().map(|node| &node.host))?;
//! let platform = kubespray::platform(&kubespray::Config {
//!     release: "v2.31.0",
//!     kubernetes: "1.35.4",
//!     helm: HELM_4,
//!     access: &access,
//!     nodes: &nodes,
//!     networks: &[lan],
//!     services: &[Subnet::new("10.233.0.0/18")?],
//!     pods: &[Subnet::new("10.233.64.0/18")?],
//!     load_balancers: None,
//!     addons: &[Addon::MetricsServer],
//!     aggregator_routing: false,
//!     artefacts: disk::artefacts(nodes.iter().map(|node| &node.host))?,
//!     names: &[],
//! })?;
//! assert!(platform.stack.files.iter().any(|file| file.path == "machines/bootstrap.sh"));
//! # Ok(())
//! # }
//! ```

mod access;
pub mod aggregation;
mod brought;
mod cloud_init;
pub mod databases;
pub mod ddns;
pub mod disk;
mod download;
pub mod edge;
mod facts;
pub mod firewall;
mod forwards;
mod instances;
pub mod jenkins;
pub mod k3s;
pub mod kubespray;
pub mod libvirt;
pub mod multipass;
mod names;
mod netplan;
pub mod nfs;
mod nodes;
pub mod ssh;
pub mod vagrant;

pub use access::Access;
pub use download::Download;
