//! Hosts that exist, with a user who logs in by ssh and may become root.

use std::net::IpAddr;

use serde::Serialize;
use stackwright::prelude::*;

use crate::Access;
use crate::names::check_host_name;

/// How ssh reaches the hosts, in the cluster's folder: what `ssh -F` reads.
pub const CONFIG: &str = "machines/ssh-config";

/// The way to hosts that are there, as this user. The computer's own ssh has the keys, and knows the hosts' keys or asks about them.
///
/// # Errors
/// When a host has no address that is known, or it or the user has a name that ssh's configuration cannot hold.
pub fn access<'h>(user: &str, hosts: impl IntoIterator<Item = &'h Host>) -> Result<Access, Error> {
    let hosts: Vec<Host> = hosts.into_iter().cloned().collect();
    let entry = |host: &'_ Host| -> Result<(String, IpAddr), Error> {
        check_host_name(&host.name)?;
        Ok((host.name.clone(), host.address()?))
    };
    let entries = hosts.iter().map(entry).collect::<Result<Vec<_>, Error>>()?;
    let entries = entries.iter().map(|(name, address)| Entry { name, address: *address, user }).collect();
    Ok(Access {
        files: vec![template(CONFIG, include_str!("ssh/ssh-config.j2"), Config { hosts: entries })?],
        script: File::script("machines/steps/access.sh", include_str!("ssh/access.sh")),
        user: user.to_owned(),
        needs: vec![format!("ssh, by which `{user}` logs in to every host and may run `sudo` without a password")],
        hosts,
    })
}

#[derive(Serialize)]
struct Config<'a> {
    hosts: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    address: IpAddr,
    user: &'a str,
}
