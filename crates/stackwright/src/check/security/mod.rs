//! What pods may do.

use super::Check;

pub(super) const CHECKS: &[Check] = &[];
