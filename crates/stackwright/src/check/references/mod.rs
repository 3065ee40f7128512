//! Names that objects give of one another.

mod hpa_duplicate_target;
mod hpa_metrics_source;
mod hpa_min_max;
mod hpa_no_request;
mod hpa_replicas_conflict;
mod hpa_target_missing;
mod netpol_blocks_edge;
mod netpol_peer_nothing;
mod netpol_selects_nothing;
mod pdb_blocks_drain;
mod pdb_overlap;
mod pdb_selects_nothing;
mod probe_port_name;
mod selector_overlap;
mod selector_template_mismatch;
mod selectors;
mod service_names;
mod statefulset_service;
mod traffic;
mod volume_mount_undefined;
mod volume_unused;

use super::Check;

pub(in crate::check) use traffic::selects_namespace;

pub(super) const CHECKS: &[Check] = &[
    hpa_duplicate_target::CHECK,
    hpa_metrics_source::CHECK,
    hpa_min_max::CHECK,
    hpa_no_request::CHECK,
    hpa_replicas_conflict::CHECK,
    hpa_target_missing::CHECK,
    netpol_blocks_edge::CHECK,
    netpol_peer_nothing::CHECK,
    netpol_selects_nothing::CHECK,
    pdb_blocks_drain::CHECK,
    pdb_overlap::CHECK,
    pdb_selects_nothing::CHECK,
    probe_port_name::CHECK,
    selector_overlap::CHECK,
    selector_template_mismatch::CHECK,
    statefulset_service::CHECK,
    volume_mount_undefined::CHECK,
    volume_unused::CHECK,
];
