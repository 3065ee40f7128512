//! What `capacity` says, as a text.

use std::collections::BTreeMap;
use std::fmt;

use super::proof::Answer;
use super::report::{Capacity, NodeCapacity, NodeLoss, Usage, WorkloadCapacity};
use super::text::{amount, grouped, list};

/// A table with a bar for each node, the workloads that do not surely fit, what is left over when a node is lost, and the answer.
impl fmt::Display for Capacity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nodes.is_empty() {
            return writeln!(out, "no nodes are known: give a cluster, or Node objects (kubectl get nodes -o yaml)");
        }
        write_table(out, &self.nodes)?;
        for workload in self.workloads.iter().filter(|workload| workload.fits != Answer::Yes) {
            writeln!(out, "\n{}: {}", title(workload), sentence(workload))?;
            if workload.placed() < workload.pods && workload.waits.is_none() {
                let reasons = workload.reasons.iter().map(|found| (found.node.as_str(), found.reason.as_str()));
                for line in grouped(reasons) {
                    writeln!(out, "  {line}")?;
                }
            }
        }
        for workload in &self.workloads {
            let Some(at_most) = workload.at_most.filter(|at_most| at_most.fits > workload.fits) else { continue };
            let how = match at_most.fits {
                Answer::No => "in no order do all of them fit",
                _ => "whether all of them fit depends on what comes first",
            };
            writeln!(out, "\n{}, up to {} by its autoscaler: {how}", title(workload), at_most.pods)?;
        }
        for lacking in &self.lacking {
            writeln!(out, "\n{lacking}.")?;
        }
        self.write_losses(out)?;
        if !self.uncounted.is_empty() {
            let uncounted = list(self.uncounted.iter().map(String::as_str));
            writeln!(out, "\nNot counted, as nothing says what pods they make: {uncounted}.")?;
        }
        let pod = if self.uncounted.is_empty() { "pod" } else { "pod that is counted" };
        match self.fits {
            Answer::Yes => writeln!(out, "\nEvery {pod} has a place, whatever comes first."),
            Answer::Depends => {
                writeln!(out, "\nWhether every {pod} has a place depends on the order in which they come.")
            }
            Answer::No => writeln!(out, "\nNot every {pod} has a place."),
        }
    }
}

impl Capacity {
    /// What is left over when a node is lost; nothing is said of it where no pod may be on another node.
    fn write_losses(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fits == Answer::No || self.workloads.iter().any(|workload| workload.placed() < workload.pods) {
            return Ok(());
        }
        let may_move = self.workloads.iter().any(|workload| workload.may_move && workload.pods > 0);
        if self.losses.is_empty() && may_move {
            writeln!(out, "\nWhichever node is lost, what may run elsewhere finds a place there.")?;
        }
        let (lost, at_risk): (Vec<_>, Vec<_>) = self.losses.iter().partition(|loss| loss.fits == Answer::No);
        for (number, loss) in lost.into_iter().enumerate() {
            writeln!(out, "{}{}", if number == 0 { "\n" } else { "" }, homeless(loss))?;
        }
        if !at_risk.is_empty() {
            let nodes = match &at_risk[..] {
                [one] => one.node.clone(),
                all if all.len() == self.nodes.len() => "any node".to_owned(),
                several => format!("one of {}", list(several.iter().map(|loss| loss.node.as_str()))),
            };
            writeln!(
                out,
                "\nWith {nodes} lost, there is room for what may run elsewhere, but what comes first may take it."
            )?;
        }
        let mut tied: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for workload in self.workloads.iter().filter(|workload| workload.pods > 0) {
            if let Some(node) = &workload.only_on {
                tied.entry(node).or_default().push(name(workload));
            }
        }
        for (number, (node, workloads)) in tied.into_iter().enumerate() {
            let are = if workloads.len() == 1 { "is" } else { "are" };
            let workloads = list(workloads.iter().map(String::as_str));
            let before = if number == 0 { "\n" } else { "" };
            writeln!(out, "{before}Only {node} may run {workloads}, which {are} gone with it until it is back.")?;
        }
        Ok(())
    }
}

/// `Deployment web/api (3 pods)`.
fn title(workload: &WorkloadCapacity) -> String {
    format!("{} ({})", name(workload), counted(workload.pods))
}

fn name(WorkloadCapacity { kind, namespace, name, .. }: &WorkloadCapacity) -> String {
    if kind.is_empty() { name.clone() } else { format!("{kind} {namespace}/{name}") }
}

fn counted(pods: u32) -> String {
    format!("{pods} {}", if pods == 1 { "pod" } else { "pods" })
}

fn sentence(workload: &WorkloadCapacity) -> String {
    let (placed, pods) = (workload.placed(), workload.pods);
    let some = if placed == 0 { "none has a place".to_owned() } else { format!("{placed} of {pods} have a place") };
    match (workload.fits, &workload.waits) {
        (Answer::No, _) => format!("{some}; in no order do all of them fit"),
        (_, Some(waits)) => waits.clone(),
        _ if placed == pods => "there is a place, but what comes first may take it".to_owned(),
        _ => format!("{some}; it depends on what comes first"),
    }
}

fn homeless(loss: &NodeLoss) -> String {
    let homeless: Vec<_> =
        loss.homeless.iter().map(|homeless| format!("{} of {}", counted(homeless.pods), homeless.workload)).collect();
    format!("With {} lost, there is no place for {}.", loss.node, list(homeless.iter().map(String::as_str)))
}

impl WorkloadCapacity {
    fn placed(&self) -> u32 {
        self.placed.values().sum()
    }
}

const HEAD: [&str; 9] = ["node", "cpu requested", "", "", "memory requested", "", "", "memory limits", "pods"];

/// A row for each node and, below several, one for all of them.
fn write_table(out: &mut fmt::Formatter<'_>, nodes: &[NodeCapacity]) -> fmt::Result {
    let mut rows: Vec<_> = std::iter::once(HEAD.map(str::to_owned)).chain(nodes.iter().map(row)).collect();
    if nodes.len() > 1 {
        rows.push(row(&NodeCapacity {
            name: format!("{} nodes", nodes.len()),
            cpu: nodes.iter().map(|node| node.cpu).sum(),
            memory: nodes.iter().map(|node| node.memory).sum(),
            pods: nodes.iter().map(|node| node.pods).sum(),
        }));
    }
    let widths: Vec<_> =
        (0..HEAD.len()).map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            // Names and bars at the left, numbers at the right.
            if matches!(column, 0 | 1 | 4) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

impl std::iter::Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(usages: I) -> Self {
        usages.fold(Self { allocatable: 0, requested: 0, limits: 0 }, |sum, usage| Self {
            allocatable: sum.allocatable.saturating_add(usage.allocatable),
            requested: sum.requested.saturating_add(usage.requested),
            limits: sum.limits.saturating_add(usage.limits),
        })
    }
}

fn row(node: &NodeCapacity) -> [String; 9] {
    let part = |usage: &Usage| [bar(usage), percent(usage.requested, usage.allocatable)];
    let of = |resource: &str, usage: &Usage| {
        format!("{} / {}", amount(resource, usage.requested), amount(resource, usage.allocatable))
    };
    let ([cpu, cpu_percent], [memory, memory_percent]) = (part(&node.cpu), part(&node.memory));
    [
        node.name.clone(),
        cpu,
        cpu_percent,
        of("cpu", &node.cpu),
        memory,
        memory_percent,
        of("memory", &node.memory),
        percent(node.memory.limits, node.memory.allocatable),
        format!("{} / {}", node.pods.requested, node.pods.allocatable),
    ]
}

fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 { "-".to_owned() } else { format!("{}%", i128::from(part) * 100 / i128::from(whole)) }
}

/// Twenty characters, as many of them filled as there is requested.
fn bar(usage: &Usage) -> String {
    const WIDTH: i64 = 20;
    let filled = if usage.allocatable <= 0 {
        0
    } else {
        (i128::from(usage.requested) * i128::from(WIDTH) / i128::from(usage.allocatable)).clamp(0, WIDTH.into())
    };
    let filled = usize::try_from(filled).unwrap_or(0);
    format!("[{}{}]", "#".repeat(filled), ".".repeat(20 - filled))
}
