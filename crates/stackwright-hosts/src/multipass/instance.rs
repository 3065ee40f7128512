//! An instance: its sizes, and what cloud-init does in it at first.

use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use super::USER;
use crate::cloud_init::{UserData, Written};
use crate::netplan::Netplan;

/// What `launch` is told of a host.
#[derive(Serialize)]
pub struct Instance<'a> {
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
    host: &'a Host,
}

/// After what Multipass gives: netplan reads files in the order of their names.
const NETPLAN: &str = "/etc/netplan/60-stackwright.yaml";

impl<'a> Instance<'a> {
    pub fn new(host: &'a Host) -> Result<Self, Error> {
        let Host { name, cpus, memory, disk, .. } = host;
        let address = host.address()?;
        Ok(Self {
            name,
            cpus: *cpus,
            memory: *memory,
            disk: disk.unwrap_or_default(),
            address,
            mac: mac(address),
            host,
        })
    }

    /// `machines/multipass/NAME.yaml`. Multipass takes user-data alone, and no configuration of networks, so netplan's file is among it.
    pub fn user_data(&self, networks: &[Network]) -> Result<File, Error> {
        let netplan = Netplan::of(self.host, networks)?.named_by(&self.mac).text(NETPLAN)?;
        let user_data = UserData {
            ssh_pwauth: false,
            write_files: vec![
                Written { path: NETPLAN.into(), permissions: "0600", content: netplan },
                // Multipass keeps its own key in the user's home.
                Written {
                    path: "/etc/ssh/sshd_config.d/00-stackwright.conf".into(),
                    permissions: "0644",
                    content: "AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/authorized_keys.d/%u\n".into(),
                },
                Written {
                    path: format!("/etc/ssh/authorized_keys.d/{USER}"),
                    permissions: "0644",
                    content: "# machines/multipass/authorized_keys replaces this.\n".into(),
                },
            ],
            // At the first start, the network is there before files are written.
            runcmd: vec![vec!["netplan", "apply"], vec!["systemctl", "try-reload-or-restart", "ssh.service"]],
        };
        user_data.file(&format!("machines/multipass/{}.yaml", self.name))
    }
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
