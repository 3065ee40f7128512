//! Volumes and what serves them.

use super::Check;

pub(super) const CHECKS: &[Check] = &[];
