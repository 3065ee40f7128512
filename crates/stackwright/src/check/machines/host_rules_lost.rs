use crate::File;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "host-rules-lost",
    group: Group::Machines,
    profile: Profile::Link,
    severity: Severity::Warning,
    about: "A script for a machine adds packet filter or forwarding rules with iptables, ip6tables or nft, and nothing keeps them: at the \
            machine's next start they are gone, and with them whatever they let through or forwarded to a NodePort.",
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
    let stacks = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks);
    let files: Vec<&File> = stacks.flat_map(|stack| &stack.files).collect();
    // The rules may be kept by another file than the one that adds them, such as a unit that runs the script at each start.
    let starts = |script: &File| {
        let name = script.path.file_name().unwrap_or_default();
        files.iter().any(|file| is_unit(file) && file.text.contains(name))
    };
    let is_kept =
        files.iter().any(|file| KEPT.iter().any(|kept| file.text.contains(kept) || file.path.as_str().contains(kept)));
    for script in files.iter().filter(|file| !is_kept && !is_unit(file) && !starts(file)) {
        let Some((number, rule)) = script.text.lines().enumerate().find(|(_, line)| adds_rule(line)) else { continue };
        let message = format!(
            "{}:{} adds a rule that is lost when the machine restarts: {}",
            script.path,
            number + 1,
            rule.trim()
        );
        let help = "write the rules to /etc/nftables.conf and enable nftables.service, or have a systemd unit run the script at each start";
        findings.push(CHECK.finding(message, help));
    }
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
