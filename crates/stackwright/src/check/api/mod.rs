//! What the API server refuses.

mod duplicate_object;

use super::Check;

pub(super) const CHECKS: &[Check] = &[duplicate_object::CHECK];
