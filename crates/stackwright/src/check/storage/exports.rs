use std::net::IpAddr;

use crate::check::topology::Addresses;
use crate::{Cluster, File, Host};

/// A directory that an NFS server exports, as a line of its exports file has it.
pub(super) struct Export<'a> {
    pub directory: &'a str,
    clients: Vec<(&'a str, &'a str)>,
}

/// The hosts that serve NFS, with what their exports files say.
pub(super) fn exports(cluster: &Cluster) -> impl Iterator<Item = (&Host, Vec<Export<'_>>)> {
    let artefacts = || cluster.stacks.iter().flat_map(|stack| &stack.artefacts);
    cluster.all_hosts().filter_map(move |host| {
        let files = artefacts().filter(|artefact| artefact.host == host.name).flat_map(|artefact| &artefact.files);
        let is_exports =
            |file: &&File| file.path.file_name() == Some("exports") || file.path.extension() == Some("exports");
        let mut files = files.filter(is_exports).peekable();
        files.peek()?;
        Some((host, files.flat_map(|file| lines(&file.text)).collect()))
    })
}

fn lines(text: &str) -> impl Iterator<Item = Export<'_>> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().split_whitespace());
    lines.filter_map(|mut words| {
        let directory = words.next().filter(|word| word.starts_with('/'))?;
        let clients = words.map(|word| word.split_once('(').unwrap_or((word, ""))).collect();
        Some(Export { directory, clients })
    })
}

impl<'a> Export<'a> {
    /// Whether a directory is the exported one or in it.
    pub(super) fn has(&self, directory: &str) -> bool {
        let rest = directory.strip_prefix(self.directory.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The options for a client with this address. A client by name may be any.
    pub(super) fn options(&self, address: IpAddr) -> Option<&'a str> {
        let is_one = |client: &str| Addresses::parse(client).is_none_or(|clients| clients.contains(address));
        self.clients.iter().find(|(client, _)| is_one(client)).map(|(_, options)| *options)
    }

    /// The clients, as the file names them.
    pub(super) fn clients(&self) -> String {
        self.clients.iter().map(|(client, _)| *client).collect::<Vec<_>>().join(", ")
    }
}

/// Whether the server takes a client's root for nobody, which is the default.
pub(super) fn squashes_root(options: &str) -> bool {
    let mut options = options.trim_end_matches(')').split(',');
    options.clone().any(|option| option == "all_squash") || options.all(|option| option != "no_root_squash")
}
