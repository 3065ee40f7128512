//! An NFS export: the directory of one host that others mount.

use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use crate::firewall;

/// The package that a host mounts an export with.
pub const CLIENT_PACKAGE: &str = "nfs-common";

/// A directory that a host exports.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The host with the disk.
    pub server: &'a Host,
    /// The absolute path of the directory there.
    pub directory: &'a str,
}

impl Export<'_> {
    /// The address that clients mount it from.
    ///
    /// # Errors
    /// When the server has no address that is known, or the directory is no absolute path.
    pub fn address(&self) -> Result<IpAddr, Error> {
        if !self.directory.starts_with('/') || self.directory.split('/').any(|part| part == "..") {
            return Err(Error::new(
                format!("`{}` is not a directory to export", self.directory),
                "write an absolute path, such as /srv/nfs-volume",
            ));
        }
        self.server.address()
    }
}

/// Who has to do with an export.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// What is exported.
    pub export: Export<'a>,
    /// The hosts that mount it.
    pub clients: Vec<&'a Host>,
    /// The subnets whose hosts may mount it.
    pub subnets: &'a [Subnet],
    /// The subnets of pods, which are kept from the server: they have volumes by what their nodes mount.
    pub pods: &'a [Subnet],
    /// The hosts that pods run on, or pass.
    pub nodes: &'a [Node],
}

/// What makes the server serve, keeps pods from it on every node, and lets each client mount it, in that order.
///
/// # Errors
/// When the directory is no absolute path, or one that an exports file cannot hold.
pub fn artefacts(config: &Config) -> Result<Vec<Artefact>, Error> {
    let Config { export, clients, subnets, pods, nodes } = config;
    let address = export.address()?;
    let disk = export.server.data_disk.as_ref().filter(|disk| disk.holds(export.directory));
    let disk = disk.map(|disk| disk.mounted_at.as_str());
    let exports = template(
        "machines/exports",
        include_str!("nfs/exports.j2"),
        Exports { path: export.directory, clients: subnets.iter().map(Subnet::to_string).collect(), disk },
    )?;
    let server = File::script("machines/remote/nfs-server.sh", include_str!("nfs/nfs-server.sh"));
    let server = Artefact {
        arguments: [export.directory, "exports"].into_iter().chain(disk).map(str::to_owned).collect(),
        files: vec![exports],
        listeners: vec![Listener::tcp("NFS server", 2049)],
        ..Artefact::new(export.server, "NFS server", server)
    };

    let rules = template("machines/nfs.nft", include_str!("nfs/nfs.nft.j2"), Firewall::new(address, pods))?;
    let script = firewall::script();
    let firewall = |node: &Node| Artefact {
        arguments: ["nfs", "nfs.nft"].map(str::to_owned).into(),
        files: vec![rules.clone()],
        ..Artefact::new(&node.host, "NFS server, kept from pods", script.clone())
    };

    let client = File::script("machines/remote/nfs-client.sh", include_str!("nfs/nfs-client.sh"));
    let client = |host: &&Host| Artefact {
        arguments: vec![address.to_string(), export.directory.to_owned()],
        ..Artefact::new(host, "NFS client", client.clone())
    };
    Ok([server].into_iter().chain(nodes.iter().map(firewall)).chain(clients.iter().map(client)).collect())
}

#[derive(Serialize)]
struct Exports<'a> {
    path: &'a str,
    clients: Vec<String>,
    /// A disk without which there is nothing to export: `mountpoint` in exports(5).
    disk: Option<&'a str>,
}

#[derive(Serialize)]
struct Firewall {
    server: IpAddr,
    pods: Vec<Pods>,
}

#[derive(Serialize)]
struct Pods {
    subnet: String,
    /// What nftables calls the family.
    family: &'static str,
    /// Whether the server's address is of this family, too.
    reaches_server: bool,
}

impl Firewall {
    fn new(server: IpAddr, pods: &[Subnet]) -> Self {
        let pods = pods.iter().map(|subnet| Pods {
            subnet: subnet.to_string(),
            family: if subnet.is_ipv6() { "ip6" } else { "ip" },
            reaches_server: subnet.is_ipv6() == server.is_ipv6(),
        });
        Self { server, pods: pods.collect() }
    }
}
