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

/// `machines/steps/hosts.sh`: the step that gives each host its artefacts.
///
/// # Errors
/// When an artefact is for none of the hosts, or has an argument that no shell can hold.
pub(crate) fn hosts_step(access: &Access, artefacts: &[Artefact]) -> Result<File, Error> {
    for artefact in artefacts {
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
    let artefacts = artefacts.iter().map(|artefact| {
        let script = below_machines(&artefact.script)?;
        Ok(Given { host: &artefact.host, name: &artefact.name, script, arguments: &artefact.arguments })
    });
    let artefacts: Vec<_> = artefacts.collect::<Result<_, Error>>()?;
    template("machines/steps/hosts.sh", include_str!("access/hosts.sh.j2"), Hosts { artefacts })
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
struct Hosts<'a> {
    artefacts: Vec<Given<'a>>,
}

#[derive(Serialize)]
struct Given<'a> {
    host: &'a str,
    name: &'a str,
    script: &'a str,
    arguments: &'a [String],
}
