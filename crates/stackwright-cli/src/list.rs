use std::fmt::Write as _;
use std::io;

use serde_json::{Value, json};
use stackwright::{Cluster, Error, Network, Release, Stack, Subnet};

use crate::flags::DataFormat;
use crate::{Outcome, report};

/// Prints the clusters and their stacks: for people how much each holds, for scripts what.
pub fn outcome(clusters: &[Cluster], format: DataFormat) -> Result<Outcome, Error> {
    let text = match format {
        DataFormat::Text => table(clusters, report::is_coloured(&io::stdout())),
        DataFormat::Json => clusters.iter().map(data).fold(String::new(), |text, line| text + &line.to_string() + "\n"),
    };
    report::data(&text)?;
    Ok(Outcome::Clean)
}

/// What a script asks of a cluster: its networks, hosts, nodes and stacks, and the names of what is in them.
fn data(cluster: &Cluster) -> Value {
    let provided = &cluster.provided;
    json!({
        "name": cluster.name,
        "about": cluster.about,
        "kubernetes": cluster.kubernetes,
        "networks": cluster.networks.iter().map(of_network).collect::<Vec<_>>(),
        "services": texts(&cluster.services),
        "pods": texts(&cluster.pods),
        "nodes": cluster.nodes,
        "hosts": cluster.hosts,
        "provided": {
            "namespaces": provided.namespaces,
            "pods": provided.pods,
            "kubelet": provided.kubelet,
        },
        "stacks": sorted(&cluster.stacks).into_iter().map(of_stack).collect::<Vec<_>>(),
    })
}

fn of_network(network: &Network) -> Value {
    json!({ "name": network.name, "subnets": texts(&network.subnets) })
}

fn texts(subnets: &[Subnet]) -> Vec<String> {
    subnets.iter().map(Subnet::to_string).collect()
}

fn of_stack(stack: &Stack) -> Value {
    let objects = stack.objects.iter().map(|object| {
        json!({
            "api_version": object.api_version(),
            "kind": object.kind(),
            "namespace": object.namespace(),
            "name": object.name(),
        })
    });
    let secrets = stack.secrets.iter().map(|secret| json!({ "namespace": secret.namespace, "name": secret.name }));
    let of_hosts = stack.host_secrets().into_iter().map(|key| json!({ "namespace": null, "name": key.file.as_str() }));
    let endpoints = stack.endpoints.iter().map(|endpoint| json!({ "what": endpoint.what, "url": endpoint.url }));
    json!({
        "name": stack.name,
        "objects": objects.collect::<Vec<_>>(),
        "files": stack.all_files().iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        "releases": stack.releases.iter().map(of_release).collect::<Vec<_>>(),
        "secrets": secrets.chain(of_hosts).collect::<Vec<_>>(),
        "endpoints": endpoints.collect::<Vec<_>>(),
    })
}

fn of_release(release: &Release) -> Value {
    let chart = &release.chart;
    json!({
        "name": release.name,
        "namespace": release.namespace,
        "chart": { "repository": chart.repository, "name": chart.name, "version": chart.version },
        "pods": release.pods,
    })
}

const HEAD: [&str; 4] = ["objects", "files", "releases", "secrets"];

fn table(clusters: &[Cluster], coloured: bool) -> String {
    let mut rows = Vec::new();
    for (index, cluster) in clusters.iter().enumerate() {
        let default = if index == 0 { " (default)" } else { "" };
        let stacks = sorted(&cluster.stacks);
        rows.push((format!("{}{default}", cluster.name), counts(&stacks), coloured));
        rows.extend(stacks.into_iter().map(|stack| (format!("  {}", stack.name), counts(&[stack]), false)));
    }

    let width = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
    let mut out = format!("{:width$}  {}\n", "cluster", HEAD.join("  "));
    for (name, counts, bold) in rows {
        let mut line = format!("{name:width$}");
        for (head, count) in HEAD.iter().zip(counts) {
            _ = write!(line, "  {count:>width$}", width = head.len());
        }
        _ = if bold { writeln!(out, "\x1b[1m{line}\x1b[0m") } else { writeln!(out, "{line}") };
    }
    out
}

/// Stacks by their names: their order in a cluster has no meaning.
fn sorted(stacks: &[Stack]) -> Vec<&Stack> {
    let mut stacks: Vec<_> = stacks.iter().collect();
    stacks.sort_by_key(|stack| &stack.name);
    stacks
}

fn counts(stacks: &[&Stack]) -> [usize; 4] {
    let sum = |count: fn(&Stack) -> usize| stacks.iter().map(|stack| count(stack)).sum();
    [
        sum(|stack| stack.objects.len()),
        sum(|stack| stack.all_files().len()),
        sum(|stack| stack.releases.len()),
        sum(|stack| stack.secrets.len() + stack.host_secrets().len()),
    ]
}
