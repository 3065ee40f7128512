//! The hosts themselves.

mod etcd_quorum;
mod host_identity_duplicate;
mod host_minimum;
mod host_network_mismatch;
mod host_rules_lost;
mod hypervisor_overcommit;
mod node_package_missing;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    host_identity_duplicate::CHECK,
    host_network_mismatch::CHECK,
    host_minimum::CHECK,
    host_rules_lost::CHECK,
    node_package_missing::CHECK,
    hypervisor_overcommit::CHECK,
    etcd_quorum::CHECK,
];
