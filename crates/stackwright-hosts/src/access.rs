use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

/// How a person's computer makes hosts, or finds them, and reaches them: what a provider gives to an installer.
#[derive(Debug, Clone)]
pub struct Access {
    /// The hosts, in the order in which they are started.
    pub hosts: Vec<Host>,
    /// The user who logs in, and may become root without a password.
    pub user: String,
    /// The provider's own files.
    pub files: Vec<File>,
    /// `machines/steps/access.sh`, which an installer's script reads. It defines the functions `machines [HOST]`, which starts or
    /// finds them, `ssh_config HOST...`, which prints a configuration of ssh, `access_prerequisites`, which looks for what that needs on this
    /// computer, and `after_removal HOST`, which says what is left to do with a host that is no node any more.
    pub script: File,
    /// What the computer needs for it, a line each.
    pub needs: Vec<String>,
}

/// What every installer's script reads, beside the provider's own.
pub(crate) const STEPS: [(&str, &str); 2] = [
    ("connection.sh", include_str!("access/connection.sh")),
    ("prerequisites.sh", include_str!("access/prerequisites.sh")),
];

/// The script that makes the cluster.
pub(crate) const BOOTSTRAP: &str = "machines/bootstrap.sh";

/// Where it leaves the administrator's kubeconfig.
pub(crate) const KUBECONFIG: &str = "machines/kubeconfig";

/// What git leaves alone in `machines/`.
pub(crate) const GITIGNORE: &str = include_str!("access/gitignore");

/// What the charts here are installed with.
pub(crate) const OLDEST_HELM: &str = "4";
pub(crate) const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// A line for each thing that is needed beside kubectl and Helm.
pub(crate) fn needs(access: &Access) -> Vec<String> {
    let own = ["Linux or macOS; its Bash 3.2 is enough".to_owned(), format!("Rust {RUST} or newer")];
    own.into_iter().chain(access.needs.iter().cloned()).collect()
}

/// What an installer's `bootstrap.sh` is made from.
#[derive(Serialize)]
pub(crate) struct Bootstrap<'a> {
    /// The values that its steps read, by name.
    pub constants: Vec<(&'static str, &'a str)>,
    pub workers: Vec<&'a str>,
    /// All nodes, the control planes first, where steps need to know them.
    pub nodes: Vec<&'a str>,
    pub machines: Vec<&'a str>,
    /// Their addresses, where steps need to know them.
    pub addresses: Vec<IpAddr>,
    /// The hosts that others need for what they serve.
    pub servers: Vec<&'a str>,
    /// What every host gets beside the scripts, as it is called in `machines/`.
    pub copied: Vec<&'a str>,
    /// What is done without an argument, in this order.
    pub steps: &'static [&'static str],
    /// Steps about one machine.
    pub of_one: &'static [&'static str],
    /// Steps that are only done when asked for.
    pub others: &'static [&'static str],
}

impl<'a> Bootstrap<'a> {
    /// A script that reaches these hosts, without steps of its own yet.
    pub fn of(access: &'a Access, artefacts: &'a [Artefact]) -> Self {
        let serving = artefacts.iter().filter(|artefact| !artefact.listeners.is_empty());
        Self {
            constants: Vec::new(),
            workers: Vec::new(),
            nodes: Vec::new(),
            machines: access.hosts.iter().map(|host| host.name.as_str()).collect(),
            addresses: Vec::new(),
            servers: serving.map(|artefact| artefact.host.as_str()).collect(),
            copied: Vec::new(),
            steps: &[],
            of_one: &[],
            others: &[],
        }
    }

    /// `machines/bootstrap.sh`, which explains itself by this text.
    pub fn file(self, usage: &str) -> Result<File, Error> {
        let (head, tail) = (include_str!("access/bootstrap-head.sh.j2"), include_str!("access/bootstrap-tail.sh.j2"));
        template(BOOTSTRAP, &format!("{head}{usage}{tail}"), self)
    }
}

/// The artefacts' files, as they are called in `machines/`.
pub(crate) fn copied(artefacts: &[Artefact]) -> Result<Vec<&str>, Error> {
    let files = artefacts.iter().flat_map(|artefact| &artefact.files).map(below_machines);
    let mut copied = files.collect::<Result<Vec<_>, Error>>()?;
    copied.sort_unstable();
    copied.dedup();
    Ok(copied)
}

/// `machines/hosts`: the lines for the hosts file of a person's computer.
pub(crate) fn names_file(names: &[(String, IpAddr)]) -> Result<File, Error> {
    let names = names.iter().map(|(name, address)| Named { name, address: *address }).collect();
    template("machines/hosts", include_str!("access/hosts.j2"), Names { names })
}

#[derive(Serialize)]
struct Names<'a> {
    names: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    address: IpAddr,
}

/// `machines/steps/hosts.sh`: the steps that give each host its artefacts, by the names of their functions.
///
/// # Errors
/// When an artefact is for none of the hosts, or has an argument or a secret that no shell can hold.
pub(crate) fn hosts_step(access: &Access, steps: &[(&str, &[Artefact])]) -> Result<File, Error> {
    for artefact in steps.iter().flat_map(|(_, artefacts)| *artefacts) {
        if !access.hosts.iter().any(|host| host.name == artefact.host) {
            return Err(Error::new(
                format!(
                    "artefact `{}` is for host `{}`, which there is no access to",
                    artefact.name,
                    artefact.host.escape_debug()
                ),
                "give the provider that host, too",
            ));
        }
    }
    let mut written = Vec::new();
    for (name, artefacts) in steps {
        let artefacts = artefacts.iter().map(Given::new).collect::<Result<_, Error>>()?;
        written.push(HostsStep { name, artefacts });
    }
    let steps = written;
    let secrets = steps.iter().flat_map(|step| &step.artefacts).any(|given| !given.secrets.is_empty());
    template("machines/steps/hosts.sh", include_str!("access/hosts.sh.j2"), HostsSteps { steps, secrets })
}

/// The path of a file in the folder that is copied to the hosts.
pub(crate) fn below_machines(file: &File) -> Result<&str, Error> {
    file.path.as_str().strip_prefix("machines/").ok_or_else(|| {
        Error::new(
            format!("{} is not in the folder that hosts get", file.path),
            "give it a path in `machines/`, such as machines/remote/proxy.sh",
        )
    })
}

#[derive(Serialize)]
struct HostsSteps<'a> {
    steps: Vec<HostsStep<'a>>,
    /// Whether any of them gives a secret.
    secrets: bool,
}

#[derive(Serialize)]
struct HostsStep<'a> {
    name: &'a str,
    artefacts: Vec<Given<'a>>,
}

#[derive(Serialize)]
struct Given<'a> {
    host: &'a str,
    name: &'a str,
    script: &'a str,
    arguments: &'a [String],
    secrets: Vec<&'a str>,
}

impl<'a> Given<'a> {
    fn new(artefact: &'a Artefact) -> Result<Self, Error> {
        let Artefact { host, name, script, arguments, secrets, .. } = artefact;
        let secrets = secrets.iter().map(|key| key.file.as_str()).collect();
        Ok(Self { host, name, script: below_machines(script)?, arguments, secrets })
    }
}
