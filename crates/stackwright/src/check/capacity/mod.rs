//! Pods on machines: where each can run, and whether all fit.

use super::Check;

pub(super) const CHECKS: &[Check] = &[];
