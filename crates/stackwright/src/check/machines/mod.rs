//! The machines themselves.

mod host_identity_duplicate;
mod host_minimum;

use super::Check;

pub(super) const CHECKS: &[Check] = &[host_identity_duplicate::CHECK, host_minimum::CHECK];
