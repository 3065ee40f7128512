//! What objects say of one another, read from their fields: the pods that they make or scale, and the names that they give.
//!
//! The checks' index is made of it, and so is what a rotation restarts. It knows of neither.

mod autoscaler;
mod backends;
mod identity;
mod image;
mod installed;
mod item;
mod labels;
mod pod_set;
mod pods;
pub(crate) mod reference;
mod scope;
pub(crate) mod shown;

pub use self::reference::{Purpose, Reference};
pub(crate) use autoscaler::Autoscaler;
pub(crate) use backends::{BackendPath, backends};
pub use identity::{GroupKind, ObjectId};
pub(crate) use image::Image;
pub(crate) use installed::{Fault, Find, Installed, Repository, Written, installed};
pub use item::Item;
pub(crate) use labels::{fulfils, selects};
pub use pod_set::PodSet;
pub(crate) use pods::RUN_TIME_LABELS;
pub use pods::{ContainerPath, Pods};
use scope::Scopes;
pub use scope::{is_cluster_wide, is_cluster_wide_to_kustomize};
