//! K3s on hosts: a configuration for each node, the script that installs it, and those that go from nothing to a kubeconfig.

mod config;

use std::net::IpAddr;
use std::sync::LazyLock;

use stackwright::prelude::*;

use crate::access::{
    BOOTSTRAP, Bootstrap, GITIGNORE, KUBECONFIG, OLDEST_HELM, RUST, STEPS, copied, hosts_step, names_file, needs,
};
use crate::brought::{Brought, Part};
use crate::facts;
use crate::firewall::Traffic;
use crate::names::is_dns_name;
use crate::{Access, Download, nodes};

/// Where K3s looks for its configuration.
const FOLDER: &str = "/etc/rancher/k3s";
/// The servers' token, which lets a host join as server, and as agent, too.
const TOKEN: &str = "token";
/// The agents' token.
const AGENT_TOKEN: &str = "agent-token";

/// K3s v1.36.1+k3s1.
///
/// The release publishes its sums in `sha256sum-amd64.txt` and `sha256sum-arm64.txt`, which were not to be had when these were written down.
/// They are from two strangers who check their own downloads by them (2026-11-27): one has both, and a configuration of `NixOS` has that for
/// amd64, of which Nix has made sure. For arm64 no second one was found. A wrong sum means that the download is refused.
pub const K3S_1_36: Download<'static> = Download {
    version: "v1.36.1+k3s1",
    amd64: "a443db3fe9820cd93617ae67e4386d87c1514c1e96ceb30f4c2791c39065653c",
    arm64: "2240e9f7fd8cf36e9998d7ef18781975780d724b59408174618ec15b410891dc",
};

/// The subnet of pods that K3s has unless it is told another.
pub const PODS: &str = "10.42.0.0/16";
/// The subnet of Services that K3s has unless it is told another.
pub const SERVICES: &str = "10.43.0.0/16";

/// What K3s brings along unless it is disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packaged {
    /// CoreDNS, by which pods find Services.
    CoreDns,
    /// Volumes on the nodes' own disks: the storage class `local-path`.
    LocalStorage,
    /// The metrics that autoscalers and `kubectl top` read.
    MetricsServer,
    /// The classes of other runtimes for containers.
    Runtimes,
    /// Services of type `LoadBalancer`, by ports of every node.
    ServiceLb,
    /// Traefik, with the ingress class `traefik`.
    Traefik,
}

impl Packaged {
    /// How `disable` calls it: <https://docs.k3s.io/installation/packaged-components>.
    fn name(self) -> &'static str {
        match self {
            Self::CoreDns => "coredns",
            Self::LocalStorage => "local-storage",
            Self::MetricsServer => "metrics-server",
            Self::Runtimes => "runtimes",
            Self::ServiceLb => "servicelb",
            Self::Traefik => "traefik",
        }
    }
}

/// How K3s is installed.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// The release of K3s, such as [`K3S_1_36`].
    pub release: Download<'a>,
    /// The way to the hosts.
    pub access: &'a Access,
    /// The cluster's nodes. Those of the control plane are K3s' servers, the others its agents; all join the first server.
    pub nodes: &'a [Node],
    /// The networks that the nodes are on.
    pub networks: &'a [Network],
    /// The subnets of Services: one, such as [`SERVICES`], or one of IPv4 and one of IPv6.
    pub services: &'a [Subnet],
    /// The subnets of pods, likewise, such as [`PODS`]. The family of the first is the cluster's first.
    pub pods: &'a [Subnet],
    /// Names and addresses that the API server is reached by, beside the nodes' own. The first one stands in people's kubeconfig.
    pub tls_san: &'a [&'a str],
    /// What of K3s' own is left out.
    pub disable: &'a [Packaged],
    /// What the hosts are given before Kubernetes, in the order in which that has to happen.
    pub artefacts: Vec<Artefact>,
    /// Names for the hosts file of the person's own computer, and the address of each.
    pub names: &'a [(String, IpAddr)],
}

/// Kubernetes by K3s: what each node is given, as [`Artefact`]s, and `bootstrap.sh`, which brings it there by ssh.
///
/// ```
/// use stackwright::prelude::*;
/// use stackwright_hosts::k3s::{self, K3S_1_36, PODS, SERVICES};
/// use stackwright_hosts::ssh;
///
/// # fn main() -> Result<(), Error> {
/// let lan = Network::new("lan", Subnet::new("192.168.1.0/24")?);
/// let host = |name, number| Ok::<_, Error>(Host::new(name, (2, 4096), Nic::on(&lan, number)?));
/// // Without its taint, workloads run on the server, too.
/// let server = Node { taints: vec![], ..Node::control_plane(host("server", 11)?)? };
/// let nodes = [server, Node::worker(host("agent", 12)?)?];
///
/// let platform = k3s::platform(&k3s::Config {
///     release: K3S_1_36,
///     access: &ssh::access("admin", nodes.iter().map(|node| &node.host))?,
///     nodes: &nodes,
///     networks: &[lan],
///     services: &[Subnet::new(SERVICES)?],
///     pods: &[Subnet::new(PODS)?],
///     tls_san: &["lab.example.com"],
///     disable: &[],
///     artefacts: vec![],
///     names: &[],
/// })?;
/// assert_eq!(platform.provided.storage_classes, ["local-path"]);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the nodes make no cluster, or a value cannot be written in one of the files.
pub fn platform(config: &Config) -> Result<Platform, Error> {
    check(config)?;
    let brought = brought(config.nodes, config.disable);
    Ok(Platform {
        stack: stack(config)?,
        nodes: config.nodes.to_vec(),
        node_subnets: nodes::subnets(config.nodes, config.networks),
        pods: config.pods.to_vec(),
        services: config.services.to_vec(),
        provided: brought.provided(),
        domain: "cluster.local".into(),
        node_dns: None,
        // Its load balancer gives the nodes' own addresses.
        address_annotation: None,
        // None: all of it is one process that shows these metrics on 127.0.0.1 alone: https://docs.k3s.io/reference/metrics.
        scraped: brought.scraped(),
        annotated: brought.annotated(),
    })
}

/// What nodes and pods of a cluster of these nodes ask of its nodes, for the [firewall](crate::firewall) of each.
pub fn traffic(nodes: &[Node]) -> Vec<Traffic> {
    brought(nodes, &[]).traffic()
}

/// What K3s brings to these nodes without these components.
fn brought(nodes: &[Node], disable: &[Packaged]) -> Brought<'static> {
    static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| facts::table(include_str!("k3s/brought.yaml")));
    let servers = nodes.iter().filter(|node| node.control_plane).count();
    Brought::of(&PARTS, |option| match option {
        "sqlite" => servers == 1,
        "etcd" => servers > 1,
        packaged => !disable.iter().any(|component| component.name() == packaged),
    })
}

fn stack(config: &Config) -> Result<Stack, Error> {
    let (servers, agents): (Vec<_>, Vec<_>) = config.nodes.iter().partition(|node| node.control_plane);
    let first = servers[0];
    let nodes: Vec<_> = servers.iter().chain(&agents).copied().collect();
    let k3s = nodes.iter().map(|node| artefact(config, first, node)).collect::<Result<Vec<_>, _>>()?;
    let api_server = match config.tls_san.first() {
        Some(name) => match name.parse() {
            Ok(address) => config::url(address),
            Err(_) => format!("https://{name}:6443"),
        },
        None => config::url(first.address),
    };
    let bootstrap = Bootstrap {
        constants: vec![
            ("KUBERNETES", kubernetes(config.release.version)?),
            ("HELM", OLDEST_HELM),
            ("RUST", RUST),
            ("CONTROL_PLANE", first.name()),
            ("API_SERVER", &api_server),
        ],
        workers: agents.iter().map(|node| node.name()).collect(),
        nodes: nodes.iter().map(|node| node.name()).collect(),
        copied: copied(&config.artefacts)?.into_iter().chain(copied(&k3s)?).collect(),
        steps: &["prerequisites", "machines", "hosts", "k3s", "kubeconfig", "nodes"],
        of_one: &["add", "remove", "uninstall"],
        others: &["upgrade"],
        ..Bootstrap::of(config.access, &config.artefacts)
    };
    let mut files = vec![
        bootstrap.file(include_str!("k3s/usage.txt"))?,
        names_file(config.names)?,
        File::new("machines/.gitignore", GITIGNORE),
        config.access.script.clone(),
        hosts_step(config.access, &[("hosts", &config.artefacts), ("k3s", &k3s)])?,
        File::script("machines/remote/k3s-uninstall.sh", include_str!("k3s/remote/k3s-uninstall.sh")),
    ];
    files.extend(config.access.files.iter().cloned());
    let own =
        [("install.sh", include_str!("k3s/steps/install.sh")), ("change.sh", include_str!("k3s/steps/change.sh"))];
    files.extend(STEPS.iter().chain(&own).map(|(name, text)| File::script(format!("machines/steps/{name}"), *text)));
    Ok(Stack {
        name: "k3s".into(),
        files,
        artefacts: config.artefacts.iter().cloned().chain(k3s).collect(),
        needs: needs(config.access),
        kubeconfig: Some(KUBECONFIG.into()),
        steps: steps(config),
        ..default()
    })
}

fn steps(config: &Config) -> Vec<(When, Step)> {
    // A provider may have brought K3s along.
    let install = "Install K3s where it is not yet, fetch the kubeconfig, and wait for the nodes (it can be run again at any time)";
    let name = config.tls_san.first().filter(|first| config.names.iter().any(|(name, _)| name == *first));
    let find = name.map(|name| {
        let does = format!("Let this computer find {name}, where the kubeconfig says that the cluster is");
        // Only the lines that are not there yet.
        (When::Access, Step::new(&does, "grep -vxFf /etc/hosts machines/hosts | sudo tee -a /etc/hosts"))
    });
    [(When::Kubernetes, Step::new(install, BOOTSTRAP))].into_iter().chain(find).collect()
}

/// K3s itself, as a host is given it. An agent never has the servers' token, with which it could become one.
fn artefact(config: &Config, first: &Node, node: &Node) -> Result<Artefact, Error> {
    let secret = |name: &str| Key {
        name: format!("k3s-{name}"),
        file: format!("k3s/{name}").into(),
        material: Material::Password,
    };
    let secrets: Vec<_> =
        if node.control_plane { vec![secret(TOKEN), secret(AGENT_TOKEN)] } else { vec![secret(AGENT_TOKEN)] };
    let file = config::file(config, first, node)?;
    let Download { version, amd64, arm64 } = config.release;
    let role = if node.control_plane { "server" } else { "agent" };
    let told = [role, file.path.as_str().trim_start_matches("machines/"), version, amd64, arm64].map(str::to_owned);
    Ok(Artefact {
        arguments: told.into_iter().chain(secrets.iter().map(|key| format!("secrets/{}", key.file))).collect(),
        files: vec![file],
        secrets,
        ..Artefact::new(
            &node.host,
            &format!("K3s {role}"),
            File::script("machines/remote/k3s.sh", include_str!("k3s/remote/k3s.sh")),
        )
    })
}

fn check(config: &Config) -> Result<(), Error> {
    let servers = config.nodes.iter().filter(|node| node.control_plane).count();
    if servers.is_multiple_of(2) {
        return Err(Error::new(
            format!("{servers} nodes run the control plane, and the datastore with it"),
            "etcd needs an odd number of members, and one server has SQLite: make 1, 3 or 5 nodes a `Node::control_plane`",
        ));
    }
    if !config.nodes.iter().any(Node::runs_workloads) {
        return Err(Error::new(
            "no node runs workloads",
            "add a `Node::worker`, or leave out the taint of the control plane: `Node { taints: vec![], .. }`",
        ));
    }
    nodes::check_reached(config.nodes, config.access)?;
    for name in config.tls_san {
        if name.parse::<IpAddr>().is_err() && !is_dns_name(name) {
            return Err(Error::new(
                format!("`{}` is not a name of the API server", name.escape_debug()),
                "write a DNS name of small letters such as lab.example.com, or an address",
            ));
        }
    }
    config.release.check()?;
    kubernetes(config.release.version)?;
    check_families(config)
}

/// Pods and Services have the same families, in the same order, and one subnet of each.
fn check_families(config: &Config) -> Result<(), Error> {
    let families = |subnets: &[Subnet]| subnets.iter().map(Subnet::is_ipv6).collect::<Vec<_>>();
    let (pods, services) = (families(config.pods), families(config.services));
    if pods == services && matches!(pods[..], [_] | [false, true] | [true, false]) {
        return Ok(());
    }
    let listed = |subnets: &[Subnet]| match subnets {
        [] => "none".to_owned(),
        subnets => subnets.iter().map(Subnet::to_string).collect::<Vec<_>>().join(", "),
    };
    Err(Error::new(
        format!("the subnets of pods are {}, those of Services {}", listed(config.pods), listed(config.services)),
        "give both one subnet each, or one of IPv4 and one of IPv6 each, in the same order",
    ))
}

/// The Kubernetes version of a release of K3s: `1.36.1` of `v1.36.1+k3s1`.
fn kubernetes(version: &str) -> Result<&str, Error> {
    let split = version.strip_prefix('v').and_then(|rest| rest.split_once("+k3s"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match split {
        Some((kubernetes, build))
            if is_number(build) && kubernetes.split('.').count() == 3 && kubernetes.split('.').all(is_number) =>
        {
            Ok(kubernetes)
        }
        _ => Err(Error::new(
            format!("`{}` is not a release of K3s", version.escape_debug()),
            "write it as its tag is called, such as v1.36.1+k3s1",
        )),
    }
}
