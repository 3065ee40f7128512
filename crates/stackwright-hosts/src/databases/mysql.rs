use serde::Serialize;
use stackwright::prelude::*;

use super::{Account, Config, found_at};

/// MySQL, as the distribution has it: on Ubuntu that is MySQL, on Debian MariaDB, and both are told the same.
///
/// # Errors
/// When the host has no address on the network, that is one of IPv6, a name cannot be one, or a secret is no login.
pub fn mysql(config: &Config) -> Result<Artefact, Error> {
    let address = config.address()?;
    if config.network.is_ipv6() {
        // https://dev.mysql.com/doc/refman/8.4/en/account-names.html: a netmask is for IPv4 alone, and MariaDB reads no prefix length.
        return Err(Error::new(
            format!("MySQL cannot keep an account to {}", config.network),
            "give it a network of IPv4, which the host may have beside the other",
        ));
    }
    let certificate = config.certificate("mysql", address);
    let accounts = config.accounts()?;
    let name = format!("databases/mysql-{}.cnf", config.host.name);
    let file =
        template(&format!("machines/{name}"), include_str!("mysql.cnf.j2"), Settings { address: address.to_string() })?;
    let clients = format!("{}/{}", config.network.cidr().network(), config.network.cidr().netmask());
    let mut arguments = vec![name, address.to_string(), clients];
    arguments.extend(certificate.iter().map(found_at));
    for Account { database, user, password } in &accounts {
        arguments.extend([(*database).to_owned(), (*user).to_owned(), found_at(password)]);
    }
    Ok(Artefact {
        arguments,
        files: vec![file],
        secrets: certificate.into_iter().chain(accounts.iter().map(|account| account.password.clone())).collect(),
        listeners: vec![Listener::tcp("MySQL", 3306)],
        ..Artefact::new(config.host, "MySQL", File::script("machines/remote/mysql.sh", include_str!("mysql.sh")))
    })
}

#[derive(Serialize)]
struct Settings {
    address: String,
}
