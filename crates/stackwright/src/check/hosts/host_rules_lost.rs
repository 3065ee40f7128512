use crate::File;
use crate::check::{Check, Finding, Group, HashSet, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-rules-lost",
    group: Group::Hosts,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A script for a host adds packet filter or forwarding rules, and nothing keeps them.",
    run,
};

/// What keeps rules over a restart, as scripts and units write it.
const KEPT: [&str; 6] = [
    "/etc/nftables",
    "firewall-cmd",
    "iptables-persistent",
    "iptables-save",
    "netfilter-persistent",
    "nftables.service",
];

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let artefacts = || cluster.stacks.iter().flat_map(|stack| &stack.artefacts);
    let mut seen = HashSet::default();
    for host in cluster.all_hosts() {
        let given = artefacts().filter(|artefact| artefact.host == host.name);
        let files: Vec<_> = given.flat_map(|artefact| artefact.files.iter().chain([&artefact.script])).collect();
        // A script that several hosts get is one.
        findings.extend(lost(&files).into_iter().filter(|finding| seen.insert(finding.message.clone())));
    }
    // Of other files nothing says which host they are for.
    let others: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.files).collect();
    findings.extend(lost(&others));
}

/// The rules that scripts among these files of one host add, and that none of them keeps.
fn lost(files: &[&File]) -> Vec<Finding> {
    // The rules may be kept by another file than the one that adds them, such as a unit that runs the script at each start.
    let starts = |script: &File| {
        let name = script.path.file_name().unwrap_or_default();
        files.iter().any(|file| is_unit(file) && file.text.contains(name))
    };
    let is_kept =
        files.iter().any(|file| KEPT.iter().any(|kept| file.text.contains(kept) || file.path.as_str().contains(kept)));
    let adding = files.iter().filter(|file| !is_kept && !is_unit(file) && !starts(file));
    let finding = |script: &&&File| {
        let (number, rule) = script.text.lines().enumerate().find(|(_, line)| adds_rule(line))?;
        let message =
            format!("{}:{} adds a rule that is lost when the host restarts: {}", script.path, number + 1, rule.trim());
        let help = "write the rules to /etc/nftables.conf and enable nftables.service, or have a systemd unit run the script at each start";
        Some(CHECK.finding(message, help))
    };
    adding.filter_map(|script| finding(&script)).collect()
}

fn is_unit(file: &File) -> bool {
    file.path.extension() == Some("service")
}

/// Whether a line of a script adds a rule to the kernel's tables.
fn adds_rule(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().skip_while(|word| *word == "sudo").collect();
    let has = |options: &[&str]| words.iter().any(|word| options.contains(word));
    match words.first() {
        Some(&("iptables" | "ip6tables")) => has(&["-A", "-I", "--append", "--insert"]),
        Some(&"nft") => has(&["add", "insert"]) && has(&["rule"]),
        _ => false,
    }
}
