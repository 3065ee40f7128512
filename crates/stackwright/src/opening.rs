use std::fmt;

use ipnet::IpNet;
use k8s_openapi::api::core::v1::Service;

use crate::way_in::node_port;
use crate::{Error, Listener, Subnet};

/// Who may come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Everyone who reaches it, strangers too.
    Anyone,
    /// Who has an address in one of these subnets.
    Subnets(Vec<Subnet>),
}

impl Source {
    /// Whether strangers are among them: a subnet of all addresses limits nobody.
    pub fn has_strangers(&self) -> bool {
        match self {
            Self::Anyone => true,
            Self::Subnets(subnets) => subnets.iter().any(|subnet| subnet.cidr().prefix_len() == 0),
        }
    }

    /// Whether all who are meant by another are among these.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Anyone, _) => true,
            (Self::Subnets(_), Self::Anyone) => false,
            (Self::Subnets(these), Self::Subnets(others)) => {
                // Two halves let in the whole.
                let these = IpNet::aggregate(&these.iter().map(Subnet::cidr).collect());
                others.iter().all(|inner| these.iter().any(|outer| outer.contains(&inner.cidr())))
            }
        }
    }
}

/// How many subnets are told one by one.
const MOST: usize = 5;

/// `anyone`, or the subnets.
impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => formatter.write_str("anyone"),
            Self::Subnets(subnets) if subnets.is_empty() => formatter.write_str("nobody"),
            Self::Subnets(subnets) => {
                // Nobody reads on for longer than this.
                let shown = if subnets.len() > MOST { &subnets[..MOST - 1] } else { subnets };
                let words: Vec<_> = shown.iter().map(Subnet::to_string).collect();
                formatter.write_str(&words.join(", "))?;
                if shown.len() == subnets.len() {
                    return Ok(());
                }
                write!(formatter, " and {} other subnets", subnets.len() - shown.len())
            }
        }
    }
}

/// What a host's firewall lets in: who reaches which ports.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let office = Source::Subnets(vec![Subnet::new("192.168.1.0/24")?]);
/// let sshd = Listener::tcp("sshd", 22);
/// let opening = Opening::to(&sshd, office);
/// assert!(opening.lets_in("TCP", 22, &Source::Subnets(vec![Subnet::new("192.168.1.128/25")?])));
/// assert!(!opening.lets_in("TCP", 22, &Source::Anyone));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What is reached by it, in a word or two.
    pub what: String,
    /// `TCP` or `UDP`.
    pub protocol: String,
    /// The ports.
    pub ports: Vec<u16>,
    /// Who reaches them.
    pub from: Source,
}

impl Opening {
    /// These ports of TCP.
    pub fn tcp(what: &str, ports: &[u16], from: Source) -> Self {
        Self { what: what.to_owned(), protocol: "TCP".to_owned(), ports: ports.to_vec(), from }
    }

    /// These ports of UDP.
    pub fn udp(what: &str, ports: &[u16], from: Source) -> Self {
        Self { protocol: "UDP".to_owned(), ..Self::tcp(what, ports, from) }
    }

    /// The port at which something listens.
    pub fn to(listener: &Listener, from: Source) -> Self {
        Self { protocol: listener.protocol.clone(), ..Self::tcp(&listener.name, &[listener.port], from) }
    }

    /// The node port of a Service's port.
    ///
    /// # Errors
    /// When the Service has no such port, or no node port is chosen for it.
    #[track_caller]
    pub fn node_port(service: &Service, port: &str, from: Source) -> Result<Self, Error> {
        let (node_port, protocol) = node_port(service, port)?;
        let name = service.metadata.name.as_deref().unwrap_or_default();
        Ok(Self { protocol, ..Self::tcp(name, &[node_port], from) })
    }

    /// Whether it lets these in at that port.
    pub fn lets_in(&self, protocol: &str, port: u16, from: &Source) -> bool {
        self.protocol == protocol && self.ports.contains(&port) && self.from.covers(from)
    }
}
