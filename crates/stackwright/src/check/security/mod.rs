//! What pods may do.

pub(crate) mod controls;
mod image_mutable_tag;
mod pod_security;
mod psa_violation;
mod rbac_broad;
mod run_as_named_user;
mod secret_plaintext;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    image_mutable_tag::CHECK,
    pod_security::CHECK,
    psa_violation::CHECK,
    rbac_broad::CHECK,
    run_as_named_user::CHECK,
    secret_plaintext::CHECK,
];
