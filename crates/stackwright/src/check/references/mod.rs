//! Names that objects give of one another.

mod advice;
mod annotation_unknown;
pub(in crate::check) mod built_in;
mod class_ref_missing;
mod classes;
mod config_map;
mod crd_missing;
pub(crate) mod dns_url_unresolved;
mod endpoints_port_name;
mod external_name_address;
pub(crate) mod gateway_ref;
mod gitops_depends_on;
mod gitops_source_missing;
mod gitops_variable_unset;
mod helm_value_unknown;
mod helm_values_unreadable;
pub(crate) mod host_unresolved;
mod hosts;
mod hpa_duplicate_target;
mod hpa_metrics_source;
mod hpa_min_max;
mod hpa_no_request;
mod hpa_replicas_conflict;
mod hpa_target_missing;
mod image_port_mismatch;
mod ingress_backend;
mod ingress_class;
mod ingress_path_regex;
mod ingress_route_duplicate;
mod issuer_missing;
mod lb_advertisement_empty;
mod missing;
mod namespace_undeclared;
pub(crate) mod netpol_blocks_edge;
mod netpol_peer_nothing;
mod netpol_peer_split;
mod netpol_selects_nothing;
mod netpol_service_port;
mod pdb_blocks_drain;
mod pdb_overlap;
mod pdb_selects_nothing;
mod ports;
mod probe_port_name;
mod provisioner_missing;
mod pvc_missing;
mod rbac;
mod rbac_rule_unknown;
mod rbac_rule_without_effect;
mod release_stale;
mod retired_group;
mod rights;
mod scheme_port;
mod secret;
mod secret_type_mismatch;
mod selector_overlap;
mod selector_template_mismatch;
mod selectors;
mod service_account_missing;
mod service_link_env;
mod service_monitor;
pub(crate) mod service_names;
mod service_selects_nothing;
mod service_selects_several;
mod service_target_port;
mod statefulset_service;
mod storage_class;
pub(crate) mod traefik;
pub(crate) mod traffic;
mod unused_object;
mod volume_mount_undefined;
mod volume_unused;
mod webhook_backend;

use super::Check;

pub(in crate::check) use classes::{DEFAULT_STORAGE, mark};
pub(crate) use ingress_class::class;
pub(in crate::check) use release_stale::name_makers;
pub(in crate::check) use storage_class::each_claim;
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
    netpol_peer_split::CHECK,
    netpol_selects_nothing::CHECK,
    netpol_service_port::CHECK,
    pdb_blocks_drain::CHECK,
    pdb_overlap::CHECK,
    pdb_selects_nothing::CHECK,
    probe_port_name::CHECK,
    selector_overlap::CHECK,
    selector_template_mismatch::CHECK,
    statefulset_service::CHECK,
    volume_mount_undefined::CHECK,
    volume_unused::CHECK,
    service_selects_nothing::CHECK,
    service_selects_several::CHECK,
    service_target_port::NAME,
    service_target_port::UNDECLARED,
    service_target_port::PROTOCOL,
    image_port_mismatch::CHECK,
    endpoints_port_name::CHECK,
    external_name_address::CHECK,
    ingress_backend::SERVICE,
    ingress_backend::PORT,
    ingress_class::UNRESOLVED,
    ingress_class::DEFAULTS,
    ingress_route_duplicate::CHECK,
    ingress_path_regex::CHECK,
    gateway_ref::CHECK,
    traefik::traefik_ref::CHECK,
    traefik::traefik_annotation::CHECK,
    lb_advertisement_empty::CHECK,
    config_map::MISSING,
    config_map::KEY_MISSING,
    secret::MISSING,
    secret::KEY_MISSING,
    secret::IMAGE_PULL,
    secret_type_mismatch::CHECK,
    pvc_missing::CHECK,
    storage_class::MISSING,
    storage_class::DEFAULT_COUNT,
    provisioner_missing::CHECK,
    class_ref_missing::CHECK,
    service_account_missing::CHECK,
    rbac::ROLE,
    rbac::SUBJECT,
    rbac_rule_unknown::CHECK,
    rbac_rule_without_effect::CHECK,
    namespace_undeclared::CHECK,
    crd_missing::CHECK,
    retired_group::CHECK,
    annotation_unknown::CHECK,
    service_monitor::SELECTS_NOTHING,
    service_monitor::NOT_SELECTED,
    service_monitor::PORT,
    issuer_missing::CHECK,
    webhook_backend::CHECK,
    unused_object::CHECK,
    service_link_env::CHECK,
    dns_url_unresolved::CHECK,
    host_unresolved::CHECK,
    helm_value_unknown::CHECK,
    helm_values_unreadable::CHECK,
    release_stale::CHECK,
    gitops_source_missing::CHECK,
    gitops_depends_on::CHECK,
    gitops_variable_unset::CHECK,
];
