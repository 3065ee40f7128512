//! Stacks for Stackwright's clusters that most of them need. Each is a function of its configuration and of the
//! [`Platform`](stackwright::Platform) that the cluster stands on, whoever installed it.

pub mod alerts;
pub mod dashboard;
pub mod gateway;
mod images;
pub mod metallb;
pub mod metrics_server;
pub mod monitoring;
pub mod nfs;
pub mod prometheus;
pub mod traefik;
