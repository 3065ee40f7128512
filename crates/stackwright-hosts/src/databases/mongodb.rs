use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use stackwright::{prelude::*, yaml};

use super::{Account, Config, found_at};
use crate::facts;

/// MongoDB, from its makers' repository, whose key is pinned.
///
/// Beside the accounts of the databases it has an administrator, who comes from the host itself alone.
///
/// # Errors
/// When the host has no address on the network, a name cannot be one, or a secret is no login.
pub fn mongodb(config: &Config) -> Result<Artefact, Error> {
    let address = config.address()?;
    let certificate = config.certificate("mongodb", address);
    let administrator = Key {
        name: "mongodb-administrator".into(),
        file: format!("databases/{}/mongodb/administrator", config.host.name).into(),
        material: Material::Password,
    };
    let accounts = config.accounts()?;
    let told = Told {
        address: address.to_string(),
        network: config.network.to_string(),
        administrator: found_at(&administrator),
        certificate: found_at(&certificate[0]),
        accounts: accounts
            .iter()
            .map(|Account { database, user, password }| ToldAccount { database, user, password: found_at(password) })
            .collect(),
    };
    let [settings, accounts_file] =
        ["conf", "json"].map(|extension| format!("databases/mongodb-{}.{extension}", config.host.name));
    let unwritten = |what: &str, error: &dyn std::fmt::Display| {
        Error::new(format!("MongoDB's {what} cannot be written: {error}"), "they have plain values")
    };
    let json = serde_json::to_string_pretty(&told).map_err(|error| unwritten("accounts", &error))?;
    let yaml = yaml::to_string(&Settings::at(&address.to_string())).map_err(|error| unwritten("settings", &error))?;
    let files = vec![
        File::new(format!("machines/{settings}"), yaml),
        File::new(format!("machines/{accounts_file}"), json + "\n"),
        File::new("machines/databases/mongodb-repositories", repositories()),
        File::new("machines/databases/mongodb-accounts.js", include_str!("mongodb-accounts.js")),
    ];
    let mut arguments = vec![settings, accounts_file];
    arguments.extend(certificate.iter().chain([&administrator]).map(found_at));
    let passwords = accounts.iter().map(|account| account.password.clone());
    Ok(Artefact {
        arguments,
        files,
        secrets: certificate.into_iter().chain([administrator]).chain(passwords).collect(),
        listeners: vec![Listener::tcp("MongoDB", 27017)],
        ..Artefact::new(config.host, "MongoDB", File::script("machines/remote/mongodb.sh", include_str!("mongodb.sh")))
    })
}

/// What the script that makes the accounts is told.
#[derive(Serialize)]
struct Told<'a> {
    address: String,
    network: String,
    administrator: String,
    certificate: String,
    accounts: Vec<ToldAccount<'a>>,
}

#[derive(Serialize)]
struct ToldAccount<'a> {
    database: &'a str,
    user: &'a str,
    password: String,
}

/// A line for each distribution, as the script reads it: its ID and code name, what `sources.list` says, the key's URL and fingerprint.
fn repositories() -> String {
    let line = |Repository { id, codename, line, key, fingerprint, .. }: &Repository| {
        format!("{id}|{codename}|{line}|{key}|{fingerprint}\n")
    };
    let lines: Vec<_> = REPOSITORIES.iter().map(line).collect();
    lines.concat()
}

static REPOSITORIES: LazyLock<Vec<Repository>> = LazyLock::new(|| facts::table(include_str!("mongodb.yaml")));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Repository {
    id: String,
    codename: String,
    line: String,
    key: String,
    fingerprint: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// `mongod.conf`, as far as it is used here: <https://www.mongodb.com/docs/manual/reference/configuration-options/>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    storage: Storage,
    system_log: SystemLog,
    net: Net,
    security: Security,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Storage {
    db_path: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SystemLog {
    destination: &'static str,
    path: &'static str,
    log_append: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Net {
    port: u16,
    bind_ip: String,
    ipv6: bool,
    tls: Tls,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tls {
    mode: &'static str,
    certificate_key_file: &'static str,
    #[serde(rename = "CAFile")]
    ca_file: &'static str,
    allow_connections_without_certificates: bool,
    disabled_protocols: &'static str,
}

#[derive(Serialize)]
struct Security {
    authorization: &'static str,
}

impl Settings {
    /// A server at this address and, for its administrator, at the loopback.
    fn at(address: &str) -> Self {
        Self {
            storage: Storage { db_path: "/var/lib/mongodb" },
            system_log: SystemLog { destination: "file", path: "/var/log/mongodb/mongod.log", log_append: true },
            net: Net {
                port: 27017,
                bind_ip: format!("127.0.0.1,{address}"),
                ipv6: address.contains(':'),
                tls: Tls {
                    mode: "requireTLS",
                    certificate_key_file: "/etc/stackwright/mongodb/server.pem",
                    // It starts with TLS only where it knows whose clients' certificates to believe, although none needs one:
                    // https://jira.mongodb.org/browse/SERVER-72839.
                    ca_file: "/etc/stackwright/mongodb/tls.crt",
                    allow_connections_without_certificates: true,
                    disabled_protocols: "TLS1_0,TLS1_1",
                },
            },
            security: Security { authorization: "enabled" },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_repository_has_its_source_and_a_line_that_the_script_can_split() {
        for Repository { id, codename, line, key, fingerprint, source, read } in &*REPOSITORIES {
            facts::assert_sourced(source, read);
            assert!([id, codename, line, key].iter().all(|word| !word.contains(['|', '\n'])), "{codename}");
            assert!(key.starts_with("https://") && line.starts_with("https://"), "{codename}");
            assert!(fingerprint.len() == 40 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()), "{codename}");
        }
    }
}
