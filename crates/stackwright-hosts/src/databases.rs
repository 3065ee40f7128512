//! Databases on a host of their own, outside Kubernetes: [`mysql`] from the distribution, and [`mongodb`] from its makers' repository.
//!
//! Each listens at the host's address on one network, by TLS alone, and lets its accounts in from there alone. What pods ask comes from the
//! address of their node, so that network is the nodes'. The databases, the accounts and what they may do are made again at each run of the
//! step: a new password or certificate takes effect by it. An account that is taken out of the code stays: the script can't know whose it is.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::databases::{self, Database};
//!
//! # fn main() -> Result<(), Error> {
//! let network = Subnet::new("10.120.52.0/24")?;
//! let lan = Network::new("lan", network);
//! let host = Host::new("nfs", (2, 4096), Nic::on(&lan, 40)?);
//! let login = SecretSpec::login("shop", "mysql-login", "shop");
//! let mysql = databases::mysql(&databases::Config {
//!     host: &host,
//!     network,
//!     names: &["mysql.shop.svc"],
//!     databases: &[Database { name: "shop", login: &login }],
//! })?;
//!
//! // Pods find it by a name, are let out to it, and know whom to trust.
//! let (service, slice) = service_outside(&App::new("mysql", "shop"), &host, &mysql.listeners)?;
//! let policy = connect_outside(&App::new("web", "shop"), &slice);
//! let trust = databases::trust(&mysql, "shop", "mysql-ca")?;
//! let openings = mysql.openings(&Source::Subnets(vec![network]));
//! # assert_eq!((dns_name(&service).as_str(), openings[0].ports[0]), ("mysql.shop.svc", 3306));
//! # assert_eq!((trust.keys[0].name.as_str(), policy.metadata.name.as_deref()), ("ca.crt", Some("web-to-mysql")));
//! # Ok(())
//! # }
//! ```

mod mongodb;
mod mysql;

use std::net::IpAddr;

use stackwright::prelude::*;

use crate::names::check_host_name;

pub use mongodb::mongodb;
pub use mysql::mysql;

/// How long a certificate is valid: clients accept no more than a year.
const DAYS: u16 = 365;

/// A server of databases.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// The host that it runs on.
    pub host: &'a Host,
    /// The network that it serves.
    pub network: Subnet,
    /// The DNS names that clients ask for, beside the host's address: a Service's.
    pub names: &'a [&'a str],
    /// Its databases.
    pub databases: &'a [Database<'a>],
}

/// A database, and the one account that may do everything in it, and nothing elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Database<'a> {
    /// Its name.
    pub name: &'a str,
    /// The account, as [`SecretSpec::login`] declares it: pods read the same secret.
    pub login: &'a SecretSpec,
}

/// The Secret by which pods trust such a server: its certificate, under the key `ca.crt`, without the private key.
///
/// # Errors
/// When the artefact gives no certificate to its host.
pub fn trust(server: &Artefact, namespace: &str, name: &str) -> Result<SecretSpec, Error> {
    let certificate = server.secrets.iter().find(|key| matches!(key.material, Material::Certificate { .. }));
    let certificate = certificate.ok_or_else(|| {
        Error::new(format!("artefact `{}` has no certificate to trust", server.name), "take one of `databases`")
    })?;
    let secret = SecretSpec::new(namespace, name, []);
    let key = Key { name: "ca.crt".to_owned(), ..certificate.clone() };
    let purpose = format!("trusting {} of host {}", server.name, server.host);
    Ok(SecretSpec { keys: vec![key], purpose, ..secret })
}

/// What both servers are told of an account.
struct Account<'a> {
    database: &'a str,
    user: &'a str,
    password: &'a Key,
}

impl Config<'_> {
    /// The host's address on the network.
    fn address(&self) -> Result<IpAddr, Error> {
        check_host_name(&self.host.name)?;
        self.host.addresses().find(|address| self.network.contains(*address)).ok_or_else(|| {
            Error::new(
                format!("host `{}` has no address in {}, which its databases are for", self.host.name, self.network),
                "give it a NIC there, by `Nic::on`",
            )
        })
    }

    /// The certificate and its private key, which are on the host and on the computer that renders alone.
    fn certificate(&self, server: &str, address: IpAddr) -> [Key; 2] {
        let mut hosts: Vec<_> = self.names.iter().map(|name| (*name).to_owned()).collect();
        hosts.push(address.to_string());
        let key = |name: &str, material| Key {
            name: format!("{server}-{name}"),
            file: format!("databases/{}/{server}/{name}", self.host.name).into(),
            material,
        };
        [key("tls.crt", Material::Certificate { hosts, days: DAYS }), key("tls.key", Material::CertificateKey)]
    }

    /// The accounts, each of a database of its own.
    fn accounts(&self) -> Result<Vec<Account<'_>>, Error> {
        if self.databases.is_empty() {
            return Err(Error::new(
                format!("host `{}` has a server without a database", self.host.name),
                "name one, or leave the server out",
            ));
        }
        let mut accounts: Vec<Account> = Vec::new();
        for Database { name, login } in self.databases {
            let account = account(name, login)?;
            if accounts.iter().any(|other| other.database == *name || other.user == account.user) {
                return Err(Error::new(
                    format!("database `{name}` or its user `{}` is named twice", account.user),
                    "give each database a name and a user of its own",
                ));
            }
            accounts.push(account);
        }
        Ok(accounts)
    }
}

fn account<'a>(database: &'a str, login: &'a SecretSpec) -> Result<Account<'a>, Error> {
    let key = |name: &str| login.keys.iter().find(|key| key.name == name);
    let (Some(Material::Text(user)), Some(password)) = (key("username").map(|key| &key.material), key("password"))
    else {
        return Err(Error::new(
            format!("secret {}/{} is no login for database `{}`", login.namespace, login.name, database.escape_debug()),
            "declare a user name and a password: `SecretSpec::login`",
        ));
    };
    for (what, name) in [("a database", database), ("a user of a database", user)] {
        check_name(what, name)?;
    }
    Ok(Account { database, user, password })
}

/// Names are words of SQL, of URLs and of file names at once.
fn check_name(what: &str, name: &str) -> Result<(), Error> {
    let is_word = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && name.len() <= 32;
    // Their own of either server, and of Debian's packages.
    let is_taken =
        ["admin", "config", "information_schema", "local", "mariadb", "mysql", "performance_schema", "root", "sys"]
            .contains(&name);
    if is_word && !is_taken {
        return Ok(());
    }
    Err(Error::new(
        format!("`{}` is not a name for {what}", name.escape_debug()),
        "use small letters, digits and _, a letter first, at most 32, and no name of the server's own",
    ))
}

/// The files of secrets, as a script finds them.
fn found_at(key: &Key) -> String {
    format!("secrets/{}", key.file)
}
