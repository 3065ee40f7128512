//! What the API server refuses.

mod duplicate_object;
mod schema;
mod unused_allowance;

use super::Check;

pub use schema::unreadable;
pub(super) use unused_allowance::CHECK as UNUSED_ALLOWANCE;

pub(super) const CHECKS: &[Check] = &[schema::CHECK, duplicate_object::CHECK, unused_allowance::CHECK];
