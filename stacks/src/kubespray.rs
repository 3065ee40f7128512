//! Kubernetes on the machines: kubespray's inventory and variables, and the scripts that go from nothing to a kubeconfig.

mod needs;
mod variables;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde::Serialize;
use stackwright::prelude::*;
use stackwright::yaml;

use crate::nfs::Export;
pub use needs::needs;
pub use variables::Helm;

/// The address of every node's own DNS cache, which is the one that pods ask: a policy that allows DNS has to name it.
pub const NODE_DNS: Ipv4Addr = Ipv4Addr::new(169, 254, 25, 10);

/// The domain of the cluster's own DNS.
pub const DOMAIN: &str = "cluster.local";

/// The annotation that asks for one of the load balancers' addresses. The newer `metallb.io/loadBalancerIPs` is unknown to
/// the MetalLB 0.13.9 that kubespray v2.31 installs.
pub const ADDRESS_ANNOTATION: &str = "metallb.universe.tf/loadBalancerIPs";

/// What kubespray brings along with these settings, beside what its files here say.
pub fn provided() -> Provided {
    Provided {
        namespaces: vec!["metallb-system".into()],
        kinds: ["BGPAdvertisement", "BGPPeer", "IPAddressPool", "L2Advertisement"].map(str::to_owned).into(),
        apis: vec!["metrics.k8s.io".into()],
        load_balancer: Some("metallb".into()),
        pods: pods().into(),
        // Set for every kubelet, whether the reservations have a control group of their own or not: kube 100m and 256Mi,
        // system 500m and 512Mi (roles/kubernetes/node: defaults and kubelet-config.v1beta1.yaml.j2). `eviction_hard` is
        // left empty, so that Kubernetes' own 100Mi are kept free as well.
        kubelet: Kubelet { cpu: "600m".into(), memory: "868Mi".into(), ..default() },
        ..default()
    }
}

/// The pods of kubespray v2.31 with what each requests. etcd is a service of the control planes, not a pod.
fn pods() -> [ProvidedPods; 13] {
    let pods = |name: &str, spread, resources: ResourceRequirements| ProvidedPods {
        name: name.into(),
        containers: vec![resources],
        spread,
    };
    let asks = |cpu: &str, memory: &str| resource_requests([("cpu", cpu), ("memory", memory)]);
    let asks_cpu = |cpu: &str| resource_requests([("cpu", cpu)]);
    [
        // Static pods that kubeadm writes: cmd/kubeadm/app/phases/controlplane/manifests.go in Kubernetes 1.35.
        pods("kube-apiserver", Spread::EveryControlPlane, asks_cpu("250m")),
        pods("kube-controller-manager", Spread::EveryControlPlane, asks_cpu("200m")),
        pods("kube-scheduler", Spread::EveryControlPlane, asks_cpu("100m")),
        pods("kube-proxy", Spread::EveryNode, default()),
        // The workers' way to the API server: roles/kubernetes/node/defaults, loadbalancer_apiserver_*_requests.
        pods("nginx-proxy", Spread::EveryWorker, asks("25m", "32M")),
        // roles/network_plugin/calico_defaults and roles/kubernetes-apps/policy_controller/calico/defaults.
        pods("calico-node", Spread::EveryNode, limited(asks("150m", "64M"), [("memory", "500M")])),
        pods(
            "calico-kube-controllers",
            Spread::Anywhere(1),
            limited(asks("30m", "64M"), [("cpu", "1000m"), ("memory", "256M")]),
        ),
        // roles/kubernetes-apps/ansible/defaults: dns_*, nodelocaldns_* and dns_autoscaler_*; two replicas up to 32 nodes.
        pods("coredns", Spread::Anywhere(2), limited(asks("100m", "70Mi"), [("memory", "300Mi")])),
        pods("nodelocaldns", Spread::EveryNode, limited(asks("100m", "70Mi"), [("memory", "200Mi")])),
        pods("dns-autoscaler", Spread::Anywhere(1), asks("20m", "10Mi")),
        // roles/kubernetes-apps/metrics_server/defaults.
        pods(
            "metrics-server",
            Spread::Anywhere(1),
            limited(asks("100m", "200Mi"), [("cpu", "100m"), ("memory", "200Mi")]),
        ),
        // roles/kubernetes-apps/metallb/templates/metallb.yaml.j2 gives neither requests nor limits.
        pods("metallb controller", Spread::Workers(1), default()),
        pods("metallb speaker", Spread::EveryNode, default()),
    ]
}

fn resource_requests<const N: usize>(amounts: [(&str, &str); N]) -> ResourceRequirements {
    ResourceRequirements { requests: Some(quantities(amounts)), ..default() }
}

fn limited<const N: usize>(resources: ResourceRequirements, limits: [(&str, &str); N]) -> ResourceRequirements {
    ResourceRequirements { limits: Some(quantities(limits)), ..resources }
}

fn quantities<const N: usize>(amounts: [(&str, &str); N]) -> BTreeMap<String, Quantity> {
    amounts.map(|(name, amount)| (name.to_owned(), Quantity(amount.to_owned()))).into()
}

/// How kubespray installs the cluster.
#[derive(Debug, Clone)]
pub struct Config<'a> {
    /// kubespray's release, a tag of its repository such as `v2.31.0`.
    pub release: &'a str,
    /// The Kubernetes release, one that kubespray's has checksums of, such as `1.35.4`.
    pub kubernetes: &'a str,
    /// Helm on the control plane.
    pub helm: Helm<'a>,
    /// The cluster's machines. The first control plane is where kubespray runs.
    pub machines: &'a [Machine],
    /// The addresses of Services.
    pub services: Network,
    /// The addresses of pods.
    pub pods: Network,
    /// MetalLB's addresses for Services of type LoadBalancer, on the machines' network.
    pub load_balancers: AddressRange,
    /// The export that the workers mount.
    pub export: Export<'a>,
    /// Names for the hosts file of the person's own computer, and the address of each.
    pub hosts: &'a [(String, Ipv4Addr)],
}

/// The inventory, its variables, `bootstrap.sh` and the scripts it runs on the machines.
///
/// # Errors
/// When the machines make no cluster, or a value cannot be written in one of the files.
pub fn stack(config: &Config) -> Result<Stack, Error> {
    let control_plane: Vec<_> = config.machines.iter().filter(|machine| machine.is_control_plane()).collect();
    let workers: Vec<_> = config.machines.iter().filter(|machine| machine.is_worker()).collect();
    check_machines(config, control_plane.len(), workers.len())?;
    let first = control_plane[0];

    let bootstrap = Bootstrap {
        kubernetes: config.kubernetes,
        release: config.release,
        needs: needs::NEEDS,
        control_plane: first,
        api_server: format!("https://{}:6443", first.address),
        nfs_server: config.export.server,
        nfs_directory: config.export.directory,
        workers: &workers,
        machines: config.machines,
    };
    let hosts = config.hosts.iter().map(|(name, address)| Host { name, address }).collect();

    let mut files = vec![
        template("machines/bootstrap.sh", include_str!("kubespray/bootstrap.sh.j2"), bootstrap)?,
        template(
            "machines/inventory/inventory.ini",
            include_str!("kubespray/inventory.ini.j2"),
            Inventory { control_plane, workers },
        )?,
        template("machines/hosts", include_str!("kubespray/hosts.j2"), Hosts { hosts })?,
        File::new("machines/.gitignore", include_str!("kubespray/gitignore")),
        variables_file("all/all", &variables::everywhere())?,
        variables_file("k8s_cluster/k8s-cluster", &variables::cluster(config)?)?,
        variables_file("k8s_cluster/k8s-net-calico", &variables::calico())?,
        variables_file("k8s_cluster/addons", &variables::addons(config)?)?,
    ];
    files.extend(STEPS.map(|(name, text)| File::script(format!("machines/steps/{name}"), text)));
    files.extend(SCRIPTS.map(|(name, text)| File::script(format!("machines/remote/{name}"), text)));
    Ok(Stack { name: "kubespray".into(), files, ..default() })
}

/// What `bootstrap.sh` reads.
const STEPS: [(&str, &str); 4] = [
    ("prerequisites.sh", include_str!("kubespray/steps/prerequisites.sh")),
    ("connection.sh", include_str!("kubespray/steps/connection.sh")),
    ("install.sh", include_str!("kubespray/steps/install.sh")),
    ("change.sh", include_str!("kubespray/steps/change.sh")),
];

/// The scripts that run on the machines as they are.
const SCRIPTS: [(&str, &str); 9] = [
    ("public-key.sh", include_str!("kubespray/remote/public-key.sh")),
    ("authorize.sh", include_str!("kubespray/remote/authorize.sh")),
    ("data-disk.sh", include_str!("kubespray/remote/data-disk.sh")),
    ("kubespray.sh", include_str!("kubespray/remote/kubespray.sh")),
    ("ansible.sh", include_str!("kubespray/remote/ansible.sh")),
    ("versions.sh", include_str!("kubespray/remote/versions.sh")),
    ("kubeconfig.sh", include_str!("kubespray/remote/kubeconfig.sh")),
    ("nodes.sh", include_str!("kubespray/remote/nodes.sh")),
    ("calico.sh", include_str!("kubespray/remote/calico.sh")),
];

fn check_machines(config: &Config, control_planes: usize, workers: usize) -> Result<(), Error> {
    if control_planes.is_multiple_of(2) {
        return Err(Error::new(
            format!("{control_planes} machines run the control plane, and etcd with it"),
            "etcd needs an odd number of members: give 1, 3 or 5 machines `Role::ControlPlane`",
        ));
    }
    if workers == 0 {
        return Err(Error::new("no machine is a worker", "give at least one machine `Role::Worker`"));
    }
    for Machine { name, address, data_disk, .. } in config.machines {
        if let Some(DataDisk { gibibytes, mounted_at }) = data_disk
            && (*gibibytes == 0 || !is_mountpoint(mounted_at))
        {
            return Err(Error::new(
                format!(
                    "the data disk of `{}` is {gibibytes} GiB at `{}`",
                    name.escape_debug(),
                    mounted_at.escape_debug()
                ),
                "give it a size, and an absolute path of letters, digits, dots and hyphens, such as /srv/data",
            ));
        }
        if !is_host_name(name) {
            return Err(Error::new(
                format!("`{}` is not a name for a node", name.escape_debug()),
                "use small letters, digits and hyphens, at most 63, with no hyphen at either end",
            ));
        }
        if config.load_balancers.contains(*address) {
            return Err(Error::new(
                format!("{address} is machine `{name}`, and one of the load balancers' {}", config.load_balancers),
                "give the load balancers addresses of the network that no machine has",
            ));
        }
    }
    Ok(())
}

/// Whether a name is a DNS label, which a node's has to be for kubespray.
fn is_host_name(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Whether `/etc/fstab` takes a path as it is, and it is not the system's own root.
fn is_mountpoint(path: &str) -> bool {
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let mut parts = path.strip_prefix('/').into_iter().flat_map(|path| path.split('/')).peekable();
    parts.peek().is_some() && parts.all(|part| !["", ".", ".."].contains(&part) && is_plain(part))
}

fn variables_file(name: &str, variables: &impl Serialize) -> Result<File, Error> {
    let mut text = String::new();
    yaml::write(&mut text, variables).map_err(|error| {
        Error::yaml(format!("variables of `{name}`"), "kubespray's variables are plain values and lists", error)
    })?;
    Ok(File::new(format!("machines/inventory/group_vars/{name}.yml"), text))
}

#[derive(Serialize)]
struct Bootstrap<'a> {
    kubernetes: &'a str,
    release: &'a str,
    needs: needs::Needs,
    control_plane: &'a Machine,
    api_server: String,
    nfs_server: &'a Machine,
    nfs_directory: &'a str,
    workers: &'a [&'a Machine],
    machines: &'a [Machine],
}

#[derive(Serialize)]
struct Inventory<'a> {
    control_plane: Vec<&'a Machine>,
    workers: Vec<&'a Machine>,
}

#[derive(Serialize)]
struct Hosts<'a> {
    hosts: Vec<Host<'a>>,
}

#[derive(Serialize)]
struct Host<'a> {
    name: &'a str,
    address: &'a Ipv4Addr,
}
