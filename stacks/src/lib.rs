//! The stacks and clusters of this repository: systems that people built by hand, as typed programs.

pub mod clusters;
pub mod kubespray;
pub mod mysql;
