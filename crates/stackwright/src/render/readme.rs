use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::IpAddr;

use camino::Utf8Path;

use super::{SECRETS, diagram, steps};
use crate::order::Order;
use crate::{Cluster, File, Host, Key, Material, Node, Rotations, SecretSpec, Stack, Subnet, WayIn};

/// The page that says what a cluster is, how to bring it up, and where everything of it is found.
pub(super) fn file(cluster: &Cluster, order: &Order) -> File {
    let mut stacks: Vec<_> = cluster.stacks.iter().collect();
    stacks.sort_by_key(|stack| &stack.name);

    let mut page = format!("# {}\n\n{}\n", text(&cluster.name), text(&cluster.about));
    let sections = [
        (if cluster.is_existing { "Apply it" } else { "Bring it up" }, steps::section(cluster, &stacks, order)),
        ("Where things are", endpoints(cluster, &stacks)),
        ("Ways in", ways_in(cluster)),
        ("Picture", diagram::mermaid(cluster)),
        ("Hosts", hosts(cluster)),
        ("Secrets", secrets(cluster, &stacks)),
        ("Stacks", contents(&stacks)),
    ];
    for (title, body) in sections.iter().filter(|(_, body)| !body.is_empty()) {
        _ = write!(page, "\n## {title}\n\n{body}");
    }
    File::new("README.md", page)
}

fn endpoints(cluster: &Cluster, stacks: &[&Stack]) -> String {
    let rows: Vec<_> = stacks
        .iter()
        .flat_map(|stack| &stack.endpoints)
        .map(|endpoint| [text(&endpoint.what), format!("<{}>", endpoint.url)])
        .collect();
    let mut out = table(["What", "URL"], &rows);
    if !cluster.names.is_empty() {
        out.push_str("\nYour computer finds these names with the following lines in its hosts file:\n\n```\n");
        for (name, address) in &cluster.names {
            _ = writeln!(out, "{address} {name}");
        }
        out.push_str("```\n");
    }
    out
}

/// The forwards, which nobody but a person sets on a router: the table is what to set.
fn ways_in(cluster: &Cluster) -> String {
    let row = |way_in: &WayIn| {
        let name = |address: IpAddr| {
            let host = cluster.all_hosts().find(|host| host.addresses().any(|other| other == address));
            host.map_or_else(String::new, |host| format!(" ({})", host.name))
        };
        let to: Vec<_> = way_in.to.iter().map(|to| format!("{to}{}", name(to.ip()))).collect();
        let mut at = format!("{}, port {}/{}", way_in.at, way_in.port, way_in.protocol);
        if !way_in.names.is_empty() {
            at = format!("{at}, for {}", way_in.names.join(", "));
        }
        [at, to.join(", "), way_in.what.clone(), way_in.from.to_string()].map(|cell| text(&cell))
    };
    let rows: Vec<_> = cluster.ways_in.iter().map(row).collect();
    table(["Listens at", "Leads to", "What", "For"], &rows)
}

fn hosts(cluster: &Cluster) -> String {
    let what = |node: &Node| match (node.control_plane, node.runs_workloads()) {
        (true, false) => "control plane",
        (true, true) => "control plane and worker",
        (false, _) => "worker",
    };
    let other = |host: &Host| {
        let runs_any = cluster.all_hosts().any(|other| other.runs_on.as_ref() == Some(&host.name));
        if runs_any { "runs virtual machines" } else { "" }
    };
    let row = |host: &Host, what: &str| {
        let addresses: Vec<_> = host.addresses().map(|address| address.to_string()).collect();
        let cells = [&host.name, what, &host.cpus.to_string(), &format!("{} MiB", host.memory), &addresses.join(", ")];
        cells.map(text)
    };
    let nodes = cluster.nodes.iter().map(|node| row(&node.host, what(node)));
    let rows: Vec<_> = nodes.chain(cluster.hosts.iter().map(|host| row(host, other(host)))).collect();
    let table = table(["Host", "Role", "CPUs", "Memory", "Addresses"], &rows);
    let networks: Vec<_> =
        cluster.networks.iter().flat_map(|network| &network.subnets).map(Subnet::to_string).collect();
    let mut page = format!("Kubernetes {}", text(&cluster.kubernetes));
    if cluster.is_existing {
        page.push_str(", on machines that are someone else's");
    }
    if !networks.is_empty() {
        _ = write!(page, "{} on {}", if cluster.is_existing { "," } else { "" }, networks.join(", "));
    }
    page.push_str(".\n");
    if !rows.is_empty() {
        _ = write!(page, "\n{table}");
    }
    page
}

fn secrets<'c>(cluster: &'c Cluster, stacks: &[&'c Stack]) -> String {
    let of_hosts = secrets_of_hosts(stacks);
    let mut secrets: Vec<_> = stacks.iter().flat_map(|stack| &stack.secrets).collect();
    if secrets.is_empty() && of_hosts.is_empty() {
        return String::new();
    }
    secrets.sort_by_key(|secret| (&secret.namespace, &secret.name));
    let rotations = Rotations::of(cluster);
    let row = |secret: &&'c SecretSpec| {
        let name = format!("{}/{}", secret.namespace, secret.name);
        [name, material(secret), text(&secret.purpose), text(&rotations.rotation(secret).summary)]
    };
    let rows: Vec<_> = secrets.iter().map(row).chain(of_hosts).collect();
    let given = if given(stacks).next().is_some() { " What is yours to give, you write there." } else { "" };
    format!(
        "The first render makes them in `{}/{SECRETS}/`, which git ignores; `secrets list` shows them and `secrets rotate NAME` \
         replaces one \
         and prints the commands that follow.{given}\n\n{}",
        cluster.name,
        table(["Secret", "Folder", "For", "After a rotation"], &rows)
    )
}

/// The files of what people give and no render makes, with what that is.
pub(super) fn given<'c>(stacks: &[&'c Stack]) -> impl Iterator<Item = (&'c Utf8Path, &'c str)> {
    let of_hosts = stacks.iter().flat_map(|stack| &stack.artefacts).flat_map(|artefact| &artefact.secrets);
    let of_objects = stacks.iter().flat_map(|stack| &stack.secrets).flat_map(|secret| &secret.keys);
    of_hosts.chain(of_objects).filter_map(|key| match &key.material {
        Material::Given(what) => Some((key.file.as_path(), what.as_str())),
        _ => None,
    })
}

/// A row for each secret that hosts are given.
fn secrets_of_hosts(stacks: &[&Stack]) -> Vec<[String; 4]> {
    let mut given: BTreeMap<&Utf8Path, (&Key, Vec<String>)> = BTreeMap::new();
    for artefact in stacks.iter().flat_map(|stack| &stack.artefacts) {
        for key in &artefact.secrets {
            let (_, whom) = given.entry(&key.file).or_insert_with(|| (key, Vec::new()));
            whom.push(format!("{} on {}", artefact.name, artefact.host));
        }
    }
    let row = |(file, (key, whom)): (&Utf8Path, (&Key, Vec<String>))| {
        let folder = file.parent().map(|folder| format!("`{folder}/`")).unwrap_or_default();
        let after = match &key.material {
            Material::Given(what) => format!("yours to give: {}", text(what)),
            _ => "a host's: it is not rotated so".to_owned(),
        };
        [text(file.as_str()), folder, text(&whom.join(", ")), after]
    };
    given.into_iter().map(row).collect()
}

/// The folders of a secret's files, those of its values that are no secret, and what a person gives.
fn material(secret: &SecretSpec) -> String {
    let mut folders: Vec<_> =
        secret.keys.iter().filter_map(|key| key.file.parent()).map(|path| format!("`{path}/`")).collect();
    folders.dedup();
    let open = secret.keys.iter().filter_map(|key| match &key.material {
        Material::Text(value) => Some(format!("{} is {}", key.name, text(value))),
        Material::Given(what) => Some(format!("{} is yours to give: {}", key.name, text(what))),
        _ => None,
    });
    folders.into_iter().chain(open).collect::<Vec<_>>().join("<br>")
}

fn contents(stacks: &[&Stack]) -> String {
    let row = |stack: &&Stack| {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for object in &stack.objects {
            *kinds.entry(object.kind()).or_default() += 1;
        }
        let mut parts: Vec<_> = kinds
            .into_iter()
            .map(|(kind, count)| if count == 1 { kind.to_owned() } else { format!("{count} {kind}") })
            .collect();
        parts.extend(stack.releases.iter().map(|release| format!("release {}", text(&release.name))));
        match stack.all_files().len() {
            0 => {}
            1 => parts.push("1 file".to_owned()),
            count => parts.push(format!("{count} files")),
        }
        [stack.name.clone(), parts.join(", ")]
    };
    table(["Stack", "What it holds"], &stacks.iter().map(row).collect::<Vec<_>>())
}

fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(&head.map(str::to_owned));
    out.push_str(&line(&[const { "---" }; N].map(str::to_owned)));
    for row in rows {
        out.push_str(&line(row));
    }
    out
}

/// Text that Markdown shows as it is, on one line.
pub(super) fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for char in raw.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(char, '|' | '<' | '*' | '_' | '\\' | '[' | ']') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}
