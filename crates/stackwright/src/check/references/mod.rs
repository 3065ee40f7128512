//! Names that objects give of one another.

mod built_in;
mod class_ref_missing;
mod classes;
mod config_map;
mod crd_missing;
mod dns_url_unresolved;
mod gateway_ref;
mod ingress_backend;
mod ingress_class;
mod ingress_route_duplicate;
mod issuer_missing;
mod missing;
mod namespace_undeclared;
mod operators;
mod ports;
mod provisioner_missing;
mod pvc_missing;
mod rbac;
mod secret;
mod secret_type_mismatch;
mod service_account_missing;
mod service_link_env;
mod service_monitor;
mod service_selects_nothing;
mod service_selects_several;
mod service_target_port;
mod storage_class;
mod unused_object;
mod webhook_backend;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    service_selects_nothing::CHECK,
    service_selects_several::CHECK,
    service_target_port::NAME,
    service_target_port::UNDECLARED,
    service_target_port::PROTOCOL,
    ingress_backend::SERVICE,
    ingress_backend::PORT,
    ingress_class::UNRESOLVED,
    ingress_class::DEFAULTS,
    ingress_route_duplicate::CHECK,
    gateway_ref::CHECK,
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
    namespace_undeclared::CHECK,
    crd_missing::CHECK,
    service_monitor::SELECTS_NOTHING,
    service_monitor::NOT_SELECTED,
    service_monitor::PORT,
    issuer_missing::CHECK,
    webhook_backend::CHECK,
    unused_object::CHECK,
    service_link_env::CHECK,
    dns_url_unresolved::CHECK,
];
