//! How changes and failures pass.

mod apply_order_cycle;
mod config_change_unnoticed;
mod job_never_completes;
mod priority_default_risk;
mod probe_risky;
mod resources_missing;
mod retired_component;
mod rollout_outage;
mod served;
mod subpath_stale;
mod webhook_fail_closed;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    apply_order_cycle::CHECK,
    config_change_unnoticed::CHECK,
    job_never_completes::CHECK,
    priority_default_risk::CHECK,
    probe_risky::CHECK,
    resources_missing::CHECK,
    retired_component::CHECK,
    rollout_outage::CHECK,
    subpath_stale::CHECK,
    webhook_fail_closed::CHECK,
];
