//! Addresses and ports.

mod cidr_overlap;
mod dns_policy;
mod external_ip_conflict;
pub(crate) mod forward_blocked;
mod forward_port_conflict;
pub(crate) mod forward_target_missing;
mod forward_too_open;
mod host_listen_conflict;
mod internal_port_open;
pub(crate) mod lb_ip_not_in_pool;
mod lb_ip_port_duplicate;
mod lb_pool_exhausted;
mod lb_pool_off_link;
mod lb_pool_overlaps;
mod lb_pool_unannounced;
pub(crate) mod lb_provider;
pub(crate) mod lb_service_without_pool;
mod lb_shared_local;
pub(crate) mod listener_blocked;
mod metallb_unread;
mod node_port_conflict;
mod node_port_range;
pub(crate) mod ports;
mod proxy_headers_dropped;
mod proxy_headers_forgeable;
pub(crate) mod proxy_name_unresolved;
pub(crate) mod proxy_name_unserved;
pub(crate) mod servicelb_port_conflict;
mod traffic_policy_local;
mod trust;
mod vip_conflict;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    node_port_range::CHECK,
    node_port_conflict::CHECK,
    lb_pool_overlaps::NODE,
    lb_pool_overlaps::DHCP,
    lb_pool_overlaps::OTHER,
    lb_pool_off_link::CHECK,
    lb_pool_exhausted::CHECK,
    lb_pool_unannounced::CHECK,
    metallb_unread::CHECK,
    lb_ip_not_in_pool::CHECK,
    lb_ip_port_duplicate::CHECK,
    lb_service_without_pool::CHECK,
    lb_shared_local::CHECK,
    lb_provider::CHECK,
    servicelb_port_conflict::CHECK,
    external_ip_conflict::CHECK,
    cidr_overlap::CHECK,
    vip_conflict::CHECK,
    dns_policy::CHECK,
    traffic_policy_local::CHECK,
    host_listen_conflict::CHECK,
    forward_target_missing::CHECK,
    forward_port_conflict::CHECK,
    forward_blocked::CHECK,
    forward_too_open::CHECK,
    listener_blocked::CHECK,
    internal_port_open::CHECK,
    proxy_name_unserved::CHECK,
    proxy_name_unresolved::CHECK,
    proxy_headers_dropped::CHECK,
    proxy_headers_forgeable::CHECK,
];
