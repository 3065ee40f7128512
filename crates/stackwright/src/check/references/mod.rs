//! Names that objects give of one another.

use super::Check;

pub(super) const CHECKS: &[Check] = &[];
