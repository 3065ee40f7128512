//! Databases on one host: `cargo run --package stackwright-hosts --example databases -- FOLDER mysql|mongodb` writes what the host is given there.
//!
//! They are what `render` would write, below `machines/`. It prints the arguments, a line each.

use std::fs;

use stackwright::prelude::*;
use stackwright_hosts::databases::{self, Config, Database};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, server] = &arguments[..] else { return Err("usage: databases FOLDER mysql|mongodb".into()) };
    let artefact = artefact(server)?;
    for file in artefact.files.iter().chain([&artefact.script]) {
        let path = std::path::Path::new(folder).join(file.path.strip_prefix("machines")?);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, &file.text)?;
    }
    println!("{}", artefact.arguments.join("\n"));
    Ok(())
}

fn artefact(server: &str) -> Result<Artefact, Error> {
    let network = Subnet::new("10.120.52.0/24")?;
    let host = Host::new("nfs", (2, 4096), Nic::on(&Network::new("instances", network), 40)?);
    let logins = ["shop", "shop_reports"].map(|user| SecretSpec::login("shop", user, user));
    let databases = [("shop", &logins[0]), ("shop_reports", &logins[1])].map(|(name, login)| Database { name, login });
    let config = Config { host: &host, network, names: &["mysql.shop.svc"], databases: &databases };
    if server == "mysql" { databases::mysql(&config) } else { databases::mongodb(&config) }
}
