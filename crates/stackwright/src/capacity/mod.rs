//! Whether all pods fit on the nodes: each placed as the scheduler's filters let it be, and what is certain about it.
//!
//! Nodes are the cluster's, less what the kubelet keeps of them, and the Node objects among the others. Pods are
//! those of every workload, of the installer and of the Helm releases. Three answers are given for a workload:
//!
//! - **yes**: its pods find a place whatever comes first. The proof counts how many nodes all other pods could close to it.
//! - **no**: its pods do not all find a place even when they come first.
//! - **depends**: neither is certain. The scheduler takes pods one by one, so who comes late may find the room taken.
//!
//! ```
//! use stackwright::capacity::Answer;
//! use stackwright::check::{Index, Input};
//! use stackwright::yaml;
//!
//! let manifests = "
//! apiVersion: v1
//! kind: Node
//! metadata: {name: node1}
//! status: {allocatable: {cpu: '2', memory: 2Gi, pods: '110'}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: nginx, resources: {requests: {memory: 3Gi}}}]}
//! ";
//! let objects = yaml::objects(manifests).unwrap();
//! let index = Index::new(Input::new(&objects));
//! let capacity = index.capacity();
//! assert_eq!(capacity.workloads[0].fits, Answer::No);
//! assert_eq!(capacity.workloads[0].reasons[0].reason, "memory: 2Gi - 0 = 2Gi free; needs 3Gi");
//! ```
//!
//! It knows of objects, what links them, and clusters: not of checks, which read it.

mod analysis;
mod binding;
mod classes;
mod devices;
mod display;
mod every_way;
mod host_port;
mod input;
mod model;
mod node;
mod order;
mod place;
mod proof;
mod provided;
mod relations;
mod report;
mod request;
mod running;
mod surge;
mod text;
mod volumes;
mod workload;

#[cfg(test)]
mod tests;

pub(crate) use analysis::{Analysis, Refused};
pub(crate) use devices::is_extended;
pub(crate) use host_port::{HostPort, host_ports};
pub(crate) use input::Input;
pub(crate) use model::{MEMORY, Model, PODS};
pub(crate) use node::{Node, taint_text};
pub(crate) use place::Obstacle;
pub(crate) use proof::{PortShortfall, Shortfall};
pub(crate) use request::{Defaults, Resources, amounts, defaults, of_container};
pub(crate) use surge::{Stuck, Surges, homeless_surges};
pub(crate) use text::{amount, by_reason, lacking_ports, lacking_volumes, list, subtraction, unbound};
pub(crate) use volumes::{Unbound, Why};
pub(crate) use workload::{Count, Refusal, Workload};

pub use proof::Answer;
pub use report::{AtMost, Capacity, Homeless, NodeCapacity, NodeLoss, NodeReason, Usage, WorkloadCapacity};
