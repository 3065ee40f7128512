//! Jenkins on one host: `cargo run --package stackwright-hosts --example jenkins -- FOLDER KUBECTL-SHA256` writes what the host is given there.
//!
//! They are what `render` would write, below `machines/`. It prints the arguments, a line each.

use std::fs;

use stackwright::prelude::*;
use stackwright_hosts::Download;
use stackwright_hosts::jenkins::{self, Config, LTS, Pipeline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, sum] = &arguments[..] else { return Err("usage: jenkins FOLDER KUBECTL-SHA256".into()) };
    let host = Host::new("ops", (2, 4096), Nic::on(&Network::new("instances", Subnet::new("10.120.52.0/24")?), 50)?);
    let shop =
        Pipeline { name: "shop", repository: "https://git.example.com/shop.git", branch: "main", path: "Jenkinsfile" };
    let artefact = jenkins::artefact(&Config {
        host: &host,
        url: "http://10.120.52.50:8080/",
        administrator: "admin",
        release: LTS,
        kubectl: Download { version: "1.35.4", amd64: sum, arm64: sum },
        pipelines: &[shop],
    })?;
    let (kubeconfig, _) = jenkins::kubeconfig(&App::new("jenkins", "shop"), &host, "https://10.120.52.23:6443", 30)?;
    for file in artefact.files.iter().chain([&artefact.script, &kubeconfig]) {
        let path = std::path::Path::new(folder).join(file.path.strip_prefix("machines")?);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, &file.text)?;
    }
    println!("{}", artefact.arguments.join("\n"));
    Ok(())
}
