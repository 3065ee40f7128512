//! One file per cluster: its values, and nothing else.

pub mod home_idc;
pub mod k3s_course;
pub mod kvm_monitoring;
pub mod multipass_lab;
pub mod wordpress_lab;

use stackwright::{Cluster, Error};

/// Every cluster of this repository; the first is the default.
///
/// # Errors
/// When a value of a cluster cannot be what it is meant to be, such as an address outside its network.
pub fn clusters() -> Result<Vec<Cluster>, Error> {
    Ok(vec![
        wordpress_lab::cluster()?,
        k3s_course::cluster()?,
        home_idc::cluster()?,
        multipass_lab::cluster()?,
        kvm_monitoring::cluster()?,
    ])
}
