//! Certificates, and the hosts that are to show them.

mod certificates;
mod tls_cn_only;
mod tls_expiry;
mod tls_host_not_covered;

use super::Check;

pub(crate) use certificates::Certificate;
pub(super) use certificates::certificates;
pub use certificates::is_for;

pub(super) const CHECKS: &[Check] = &[tls_host_not_covered::CHECK, tls_cn_only::CHECK, tls_expiry::CHECK];
