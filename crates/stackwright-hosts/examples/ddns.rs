//! Dynamic DNS on one host: `cargo run --package stackwright-hosts --example ddns -- FOLDER API SOURCE...` writes what the host is given there.
//!
//! They are what `render` would write, below `machines/`.

use std::fs;

use stackwright::prelude::*;
use stackwright_hosts::ddns::{self, Record, RecordType};

const ZONE: &str = "023e105f4ecef8ad9ca31a8372d0c353";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [folder, api, sources @ ..] = &arguments[..] else { return Err("usage: ddns FOLDER API SOURCE...".into()) };
    let artefact = artefact(api, sources)?;
    for file in artefact.files.iter().chain([&artefact.script]) {
        let path = std::path::Path::new(folder).join(file.path.strip_prefix("machines")?);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, &file.text)?;
    }
    println!("{}", artefact.arguments.join("\n"));
    Ok(())
}

fn artefact(api: &str, sources: &[&str]) -> Result<Artefact, Error> {
    let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
    let edge = Host::new("edge", (2, 2048), Nic::on(&lan, 10)?);
    let record = |record_type| Record { zone: ZONE, name: "www.example.com", record_type, proxied: None };
    let records = [record(RecordType::A), record(RecordType::Aaaa)];
    ddns::artefact(&ddns::Config { host: &edge, records: &records, sources, api })
}
