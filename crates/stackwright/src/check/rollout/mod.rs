//! How changes and failures pass.

mod apply_order_cycle;
mod job_never_completes;
mod retired_component;
mod webhook_fail_closed;

use super::Check;

pub(super) const CHECKS: &[Check] =
    &[apply_order_cycle::CHECK, job_never_completes::CHECK, retired_component::CHECK, webhook_fail_closed::CHECK];
