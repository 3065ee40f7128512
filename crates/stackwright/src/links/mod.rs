//! What objects say of one another, read from their fields: the pods that they make and the names that they give.
//!
//! The checks' index is made of it, and so is what a rotation restarts. It knows of neither.

mod identity;
mod item;
mod labels;
mod pods;
pub(crate) mod reference;
mod scope;

pub use self::reference::{Purpose, Reference};
pub use identity::{GroupKind, ObjectId};
pub use item::Item;
pub(crate) use labels::{fulfils, selects};
pub(crate) use pods::RUN_TIME_LABELS;
pub use pods::{ContainerPath, Pods};
pub(crate) use scope::Scopes;
pub use scope::is_cluster_wide;
