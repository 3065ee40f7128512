use crate::{File, Host, Key, Listener, Opening, Source, WayIn};

/// What a host is given: a script that puts something in place there, and the files that it needs.
///
/// The script runs on the host as root, in a folder that holds its files under their rendered paths. It can be run again at any
/// time: what is in place stays. Who brings it there is the installer's or the provider's matter.
///
/// ```
/// # fn main() -> Result<(), stackwright::Error> {
/// use stackwright::prelude::*;
///
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let edge = Host::new("edge", (2, 2048), Nic::on(&lan, 10)?);
/// let proxy = Artefact {
///     arguments: vec!["machines/proxy.conf".into()],
///     files: vec![File::new("machines/proxy.conf", "listen 80\n")],
///     listeners: vec![Listener::tcp("proxy", 80)],
///     ..Artefact::new(&edge, "proxy", File::script("machines/remote/proxy.sh", "#!/bin/sh\ninstall -D -- \"$1\" /etc/proxy.conf\n"))
/// };
/// assert_eq!(proxy.host, "edge");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// The name of the host.
    pub host: String,
    /// What it is, in a word or two, such as `NFS server`.
    pub name: String,
    /// The script.
    pub script: File,
    /// What it is told, a word each.
    pub arguments: Vec<String>,
    /// The files that it puts in place.
    pub files: Vec<File>,
    /// The secrets that it puts in place. Their material lies in the cluster's `secrets/` and is made like any other, but is in no
    /// Kubernetes Secret. The script finds each at its [`Key::file`], below `secrets/` beside its files, and only while it runs.
    pub secrets: Vec<Key>,
    /// What listens on the host once it is there.
    pub listeners: Vec<Listener>,
    /// What it lets in from outside, where it is a firewall: nothing else gets in.
    pub opens: Option<Vec<Opening>>,
    /// The forwards of the host that it makes: whoever one is not for gets no further by it.
    pub ways_in: Vec<WayIn>,
    /// The DNS names that it keeps leading to the host. A star stands for any name below.
    pub names: Vec<String>,
}

impl Artefact {
    /// What this script puts in place on a host, without files or secrets of its own.
    pub fn new(host: &Host, name: &str, script: File) -> Self {
        Self {
            host: host.name.clone(),
            name: name.to_owned(),
            script,
            arguments: Vec::new(),
            files: Vec::new(),
            secrets: Vec::new(),
            listeners: Vec::new(),
            opens: None,
            ways_in: Vec::new(),
            names: Vec::new(),
        }
    }

    /// What a firewall of the host has to let in, so that these reach what it brings.
    pub fn openings(&self, from: &Source) -> Vec<Opening> {
        self.listeners.iter().map(|listener| Opening::to(listener, from.clone())).collect()
    }
}
