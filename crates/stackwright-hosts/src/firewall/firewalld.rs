//! The same rules for a host that has firewalld, such as Rocky Linux: a zone of its own.

use serde::Serialize;
use stackwright::prelude::*;

use super::{Rule, Rules, rules_of};
use crate::names::check_host_name;

/// What makes firewalld let in what these rules say and nothing else, on every interface of a host. It is for hosts that no traffic of pods
/// passes.
///
/// # Errors
/// When the host has a name that no host can have, an opening has no ports or a protocol other than TCP and UDP, nobody may use it, or there
/// are subnets inside.
pub fn firewalld(host: &Host, rules: &Rules) -> Result<Artefact, Error> {
    check_host_name(&host.name)?;
    if !rules.inside.is_empty() {
        return Err(Error::new(
            format!("host `{}` has subnets behind it, which a zone of firewalld does not guard", host.name),
            "take `firewall::artefact`, whose rules also see what is translated and sent on",
        ));
    }
    let mut written = Vec::new();
    for opening in &rules.openings {
        written.extend(rules_of(opening)?);
    }
    let name = format!("firewalld-{}.xml", host.name);
    let file = template(&format!("machines/{name}"), include_str!("firewalld.xml.j2"), Zone { rules: written })?;
    let script = File::script("machines/remote/firewalld.sh", include_str!("firewalld.sh"));
    Ok(Artefact {
        arguments: vec![name],
        files: vec![file],
        opens: Some(rules.openings.clone()),
        ..Artefact::new(host, "firewall", script)
    })
}

#[derive(Serialize)]
struct Zone {
    rules: Vec<Rule>,
}
