//! The stacks of this repository.

pub mod kubespray;
pub mod nfs;
pub mod vagrant;
