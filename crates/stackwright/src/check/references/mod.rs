//! Names that objects give of one another.

mod built_in;
mod classes;
mod config_map;
mod crd_missing;
mod ingress_backend;
mod ingress_class;
mod ingress_route_duplicate;
mod missing;
mod namespace_undeclared;
mod operators;
mod ports;
mod pvc_missing;
mod rbac;
mod secret;
mod service_account_missing;
mod service_selects_nothing;
mod service_selects_several;
mod service_target_port;
mod storage_class;

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
    config_map::MISSING,
    config_map::KEY_MISSING,
    secret::MISSING,
    secret::KEY_MISSING,
    secret::IMAGE_PULL,
    pvc_missing::CHECK,
    storage_class::MISSING,
    storage_class::DEFAULT_COUNT,
    service_account_missing::CHECK,
    rbac::ROLE,
    rbac::SUBJECT,
    namespace_undeclared::CHECK,
    crd_missing::CHECK,
];
