//! Hosts that become virtual machines: what providers share that make them by a script, which a person runs.

use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use crate::names::check_host_name;

/// What a provider's script is told of a host.
#[derive(Serialize)]
pub(crate) struct Instance<'a> {
    pub name: &'a str,
    pub cpus: u32,
    /// In MiB.
    pub memory: u32,
    /// In GiB.
    pub disk: u32,
    pub address: IpAddr,
    /// The hardware address of the NIC that has this address.
    pub mac: String,
    #[serde(skip)]
    pub host: &'a Host,
}

impl<'a> Instance<'a> {
    /// # Errors
    /// When the host can't be one: by its name, its sizes, or an address elsewhere than on the network.
    pub fn new(host: &'a Host, network: &Network) -> Result<Self, Error> {
        let Host { name, cpus, memory, disk, .. } = host;
        check_host_name(name)?;
        // The least that `multipass help launch` has; what runs Kubernetes needs more by far.
        let Some(disk) = disk.filter(|disk| *disk >= 1 && *cpus >= 1 && *memory >= 512) else {
            let disk = disk.map_or("no size".to_owned(), |disk| format!("{disk} GiB"));
            return Err(Error::new(
                format!("host `{name}` has {cpus} CPUs, {memory} MiB of memory and {disk} of disk"),
                "give it a CPU, 512 MiB and `disk: Some(1)` at least",
            ));
        };
        let address = host.address()?;
        if !address.is_ipv4() || !network.contains(address) {
            let network = network.name.escape_debug();
            return Err(Error::new(
                format!("host `{name}` is at {address}, which is no address of IPv4 on network `{network}`"),
                "take its NIC from that network, by `Nic::on`, whose first subnet is one of IPv4",
            ));
        }
        Ok(Self { name, cpus: *cpus, memory: *memory, disk, address, mac: mac(address), host })
    }
}

/// The network of all these hosts.
///
/// # Errors
/// When there is none, or more than one.
pub(crate) fn network<'a>(hosts: &[&Host], networks: &'a [Network]) -> Result<&'a Network, Error> {
    let names: Vec<_> = hosts.iter().flat_map(|host| &host.nics).map(|nic| nic.network.as_str()).collect();
    let Some(first) = names.first().filter(|first| names.iter().all(|name| name == *first)) else {
        return Err(Error::new(
            "the instances are on no network, or not all on one",
            "give each one NIC, on the same network, which their computer is on, too",
        ));
    };
    networks.iter().find(|network| network.name == *first).ok_or_else(|| {
        Error::new(
            format!("the instances are on network `{}`, which is none of those given", first.escape_debug()),
            "give the provider's `networks` that one, too",
        )
    })
}

/// The script that makes, starts, stops and deletes instances: their values, the provider's own part, and what is the same everywhere.
///
/// The own part has the functions `start`, `stop`, `delete` and `usage`, and a value `provider`.
pub(crate) fn script(path: &str, own: &str, values: impl Serialize) -> Result<File, Error> {
    let (head, tail) = (include_str!("instances/head.sh.j2"), include_str!("instances/tail.sh"));
    template(path, &format!("{head}{own}{tail}"), values)
}

/// `machines/steps/access.sh`: how an installer's script makes instances by that script, and reaches them. The own part has the function
/// `access_prerequisites`. Its values have the instances and the folder of the script in `machines/`.
pub(crate) fn access(own: &str, values: impl Serialize) -> Result<File, Error> {
    template("machines/steps/access.sh", &format!("{}{own}", include_str!("instances/access.sh.j2")), values)
}

/// A hardware address of QEMU's, as its documentation has them (52:54:00), which nobody else has where nobody else has the IP address: its last
/// three bytes are the same.
fn mac(address: IpAddr) -> String {
    let [a, b, c] = match address {
        IpAddr::V4(address) => {
            let [_, rest @ ..] = address.octets();
            rest
        }
        IpAddr::V6(address) => {
            let [.., a, b, c] = address.octets();
            [a, b, c]
        }
    };
    format!("52:54:00:{a:02x}:{b:02x}:{c:02x}")
}
