//! The aggregation layer of three masters: `cargo run --package stackwright-hosts --example aggregation -- FOLDER` writes what they are given
//! there, as `render` would below `machines/`. It prints the arguments, a line each.

use std::fs;

use stackwright::prelude::*;
use stackwright_hosts::aggregation;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: aggregation FOLDER")?;
    let lan = Network::new("lan", Subnet::new("192.168.96.0/20")?);
    let master = |number: u32| -> Result<Node, Error> {
        Node::control_plane(Host::new(&format!("master-{number}"), (2, 4096), Nic::on(&lan, number)?))
    };
    let nodes = [master(1)?, master(2)?, master(3)?];
    let artefacts = aggregation::artefacts(&nodes)?;
    for file in [&artefacts[0].script, &aggregation::check(&nodes)?.0] {
        let path = std::path::Path::new(&folder).join(file.path.strip_prefix("machines")?);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, &file.text)?;
    }
    println!("{}", artefacts[0].arguments.join("\n"));
    Ok(())
}
