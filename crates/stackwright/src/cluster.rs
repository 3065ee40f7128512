use std::net::Ipv4Addr;

use crate::{Machine, Network, Stack};

/// A cluster: its machines and network, and what runs on it.
#[derive(Debug)]
pub struct Cluster {
    /// Its name, which is also its folder in the rendered tree.
    pub name: String,
    /// What it is, in a sentence or two, for its README.
    pub about: String,
    /// The Kubernetes release that it runs, such as `1.35.4`.
    pub kubernetes: String,
    /// The network that its machines are on.
    pub network: Network,
    /// Its machines.
    pub machines: Vec<Machine>,
    /// Names that people reach it by from their own computers, and the address of each: the lines for their hosts file.
    pub hosts: Vec<(String, Ipv4Addr)>,
    /// The commands that bring it up, in order, for its README.
    pub steps: Vec<Step>,
    /// What runs on it. Their order has no effect on what is rendered.
    pub stacks: Vec<Stack>,
}

/// A command that a person runs to bring the cluster up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, as a sentence without a full stop.
    pub does: String,
    /// The command, as typed in the repository's root.
    pub command: String,
}

impl Step {
    /// A step that does this by that command.
    pub fn new(does: &str, command: &str) -> Self {
        Self { does: does.to_owned(), command: command.to_owned() }
    }
}
