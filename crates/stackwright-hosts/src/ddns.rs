//! Dynamic DNS: records that follow the public address of a host, by the API that Cloudflare has.
//!
//! A timer runs a client every 5 minutes. It asks two sources for the host's address, and changes nothing unless they agree and anybody
//! could reach it. Of a record it changes the content alone: whether it is proxied and for how long it is kept stays. Records are found by
//! type and name, and are made by a person. Where a record has to be proxied by Cloudflare, or must not be, a run says so if it is otherwise:
//! [`edge::records`](crate::edge::records) knows it from a site's certificate. A run that fails is a unit that failed: `systemctl --failed` and `systemctl status ddns` show it,
//! and so does what watches units, such as node-exporter's systemd collector.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::ddns::{self, CLOUDFLARE, Record, RecordType, SOURCES};
//!
//! # fn main() -> Result<(), Error> {
//! const ZONE: &str = "023e105f4ecef8ad9ca31a8372d0c353";
//!
//! let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
//! let edge = Host::new("edge", (2, 2048), Nic::on(&lan, 10)?);
//! let ddns = ddns::artefact(&ddns::Config {
//!     host: &edge,
//!     records: &[
//!         Record { zone: ZONE, name: "www.example.com", record_type: RecordType::A, proxied: None },
//!         Record { zone: ZONE, name: "www.example.com", record_type: RecordType::Aaaa, proxied: None },
//!     ],
//!     sources: &SOURCES,
//!     api: CLOUDFLARE,
//! })?;
//! // A person writes it to the cluster's `secrets/ddns/token`.
//! assert_eq!(ddns.secrets[0].file, "ddns/token");
//! # Ok(())
//! # }
//! ```

use serde::Serialize;
use stackwright::prelude::*;

use crate::names::{check_host_name, is_dns_name};

/// Cloudflare's API: <https://developers.cloudflare.com/api/resources/dns/subresources/records/>.
pub const CLOUDFLARE: &str = "https://api.cloudflare.com/client/v4";

/// Sources of three operators (Amazon, Cloudflare, ident.me), which answer with the bare address over either family. The third is asked if one of
/// the others does not know.
pub const SOURCES: [&str; 3] = ["https://checkip.global.api.aws", "https://icanhazip.com", "https://ident.me"];

/// What follows the address of a host.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// The host.
    pub host: &'a Host,
    /// The records.
    pub records: &'a [Record<'a>],
    /// URLs that answer with the address that they are asked from, and nothing else, such as [`SOURCES`]. The first two that know it have to
    /// agree.
    pub sources: &'a [&'a str],
    /// The API's URL: [`CLOUDFLARE`], or that of another that answers the same.
    pub api: &'a str,
}

impl Config<'_> {
    /// The names of its records, each once.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.records.iter().map(|record| record.name.to_owned()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// A record of the DNS, which is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// The id of its zone, which the zone's overview at the provider shows.
    pub zone: &'a str,
    /// Its whole name, in small letters: `example.com`, `www.example.com`, `*.example.com`.
    pub name: &'a str,
    /// What it has: an address of IPv4 or of IPv6.
    #[serde(rename = "type")]
    pub record_type: RecordType,
    /// Whether visitors have to come by Cloudflare's proxy, or must not, since the host's certificate is for one of the two. None where either
    /// will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxied: Option<bool>,
}

/// What a record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// An address of IPv4.
    A,
    /// An address of IPv6.
    Aaaa,
}

/// The client, its timer and its configuration, as a host is given them.
///
/// # Errors
/// When there is nothing to do, a record is named twice or by no name of the DNS, a URL is not one of `https`, or fewer than two hosts are
/// asked for the address.
pub fn artefact(config: &Config) -> Result<Artefact, Error> {
    let Config { host, records, sources, api } = config;
    check_host_name(&host.name)?;
    check_records(records)?;
    check_url("the API", api)?;
    check_sources(sources)?;
    let token = Key {
        name: "ddns-token".into(),
        file: "ddns/token".into(),
        material: Material::Given(
            "a token of the DNS provider's API that may edit records of the zone and nothing else; \
             for Cloudflare, one by its template `Edit zone DNS`"
                .into(),
        ),
    };
    let path = format!("ddns/{}.json", host.name);
    let mut files = vec![File::new(format!("machines/{path}"), Client { api, sources, records }.json()?)];
    files.extend(FILES.iter().map(|(name, text)| File::new(format!("machines/ddns/{name}"), *text)));
    Ok(Artefact {
        arguments: vec![path, format!("secrets/{}", token.file)],
        files,
        secrets: vec![token],
        names: config.names(),
        ..Artefact::new(host, "dynamic DNS", File::script("machines/remote/ddns.sh", include_str!("ddns/ddns.sh")))
    })
}

/// What is the same on every host.
const FILES: [(&str, &str); 3] = [
    ("ddns.py", include_str!("ddns/ddns.py")),
    ("ddns.service", include_str!("ddns/ddns.service")),
    ("ddns.timer", include_str!("ddns/ddns.timer")),
];

/// What the client reads: Python has JSON without more.
#[derive(Serialize)]
struct Client<'a> {
    api: &'a str,
    sources: &'a [&'a str],
    records: &'a [Record<'a>],
}

impl Client<'_> {
    fn json(&self) -> Result<String, Error> {
        let json = serde_json::to_string_pretty(self).map_err(|error| {
            Error::new(format!("the client's configuration cannot be written: {error}"), "it has plain values")
        })?;
        Ok(json + "\n")
    }
}

fn check_records(records: &[Record]) -> Result<(), Error> {
    if records.is_empty() {
        return Err(Error::new("no record follows the address", "name one, or leave dynamic DNS out"));
    }
    for (number, record) in records.iter().enumerate() {
        let Record { zone, name, .. } = record;
        if !is_dns_name(name.strip_prefix("*.").unwrap_or(name)) {
            return Err(Error::new(
                format!("`{}` is not the name of a record", name.escape_debug()),
                "write the whole name in small letters, such as www.example.com",
            ));
        }
        if zone.is_empty() || !zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(Error::new(
                format!("`{}` is not the id of a zone", zone.escape_debug()),
                "write the letters and digits that the zone's overview at the provider shows",
            ));
        }
        if records[..number].iter().any(|other| (other.name, other.record_type) == (*name, record.record_type)) {
            return Err(Error::new(format!("the same record `{name}` is named twice"), "name it once"));
        }
    }
    Ok(())
}

fn check_sources(sources: &[&str]) -> Result<(), Error> {
    let mut hosts = Vec::new();
    for source in sources {
        let host = check_url("a source of the address", source)?;
        if hosts.contains(&host) {
            return Err(Error::new(
                format!("`{host}` is asked for the address twice, and agrees with itself"),
                "take sources of several operators",
            ));
        }
        hosts.push(host);
    }
    if hosts.len() < 2 {
        return Err(Error::new(
            "fewer than two sources say what the address is",
            "name two or more that have to agree, such as `ddns::SOURCES`",
        ));
    }
    Ok(())
}

/// The host of a URL. What goes there is believed, or is a token: nobody between may read or change it.
fn check_url<'u>(what: &str, url: &'u str) -> Result<&'u str, Error> {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._~/-".contains(&byte);
    if is_dns_name(host) && port.parse::<u16>().is_ok() && path.bytes().all(is_plain) && !url.ends_with('/') {
        return Ok(host);
    }
    Err(Error::new(
        format!("`{}` is not a URL of {what}", url.escape_debug()),
        "write https://, a name in small letters and a path if it has one, without a slash at its end",
    ))
}
