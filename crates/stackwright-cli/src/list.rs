use std::fmt::Write as _;
use std::io;

use stackwright::{Cluster, Error, Stack};

use crate::{Outcome, report};

/// Prints the clusters and their stacks, with how much each holds.
pub fn outcome(clusters: &[Cluster]) -> Result<Outcome, Error> {
    report::data(&table(clusters, report::is_coloured(&io::stdout())))?;
    Ok(Outcome::Clean)
}

const HEAD: [&str; 4] = ["objects", "files", "releases", "secrets"];

fn table(clusters: &[Cluster], coloured: bool) -> String {
    let mut rows = Vec::new();
    for (index, cluster) in clusters.iter().enumerate() {
        let default = if index == 0 { " (default)" } else { "" };
        rows.push((format!("{}{default}", cluster.name), counts(&cluster.stacks.iter().collect::<Vec<_>>()), coloured));
        let mut stacks: Vec<_> = cluster.stacks.iter().collect();
        stacks.sort_by_key(|stack| &stack.name);
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

fn counts(stacks: &[&Stack]) -> [usize; 4] {
    let sum = |count: fn(&Stack) -> usize| stacks.iter().map(|stack| count(stack)).sum();
    [
        sum(|stack| stack.objects.len()),
        sum(|stack| stack.files.len()),
        sum(|stack| stack.releases.len()),
        sum(|stack| stack.secrets.len()),
    ]
}
