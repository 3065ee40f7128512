use super::{Certificate, Config};
use crate::ddns::{Record, RecordType};

/// The records by which visitors find these sites, one for each name, for [`ddns`](crate::ddns). Each is proxied by Cloudflare or not, as the
/// certificate of its site asks for.
///
/// ```
/// use stackwright::prelude::*;
/// use stackwright_hosts::ddns::RecordType;
/// use stackwright_hosts::edge::{self, Certificate, Site, Upstream};
///
/// # fn main() -> Result<(), Error> {
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let proxy = Host::new("edge", (2, 2048), Nic::on(&lan, 10)?);
/// let node = Node::worker(Host::new("node", (4, 8192), Nic::on(&lan, 21)?))?;
/// let shop = Site::new(&["shop.example.com"], 443, Certificate::Cloudflare, Upstream::node_port("traefik", 30080, [&node]));
/// let config = edge::Config { host: &proxy, sites: &[shop], ipv6: false };
/// let records = edge::records(&config, "023e105f4ecef8ad9ca31a8372d0c353", RecordType::A);
/// assert_eq!((records[0].name, records[0].proxied), ("shop.example.com", Some(true)));
/// # Ok(())
/// # }
/// ```
pub fn records<'c>(config: &Config<'c>, zone: &'c str, record_type: RecordType) -> Vec<Record<'c>> {
    let mut records: Vec<Record> = Vec::new();
    for site in config.sites {
        let proxied = Some(site.certificate == Certificate::Cloudflare);
        for name in &site.names {
            // Sites that share a name share its certificate: others are refused.
            if !records.iter().any(|record| record.name == name) {
                records.push(Record { zone, name, record_type, proxied });
            }
        }
    }
    records
}
