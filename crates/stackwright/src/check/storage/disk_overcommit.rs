use super::claims::{Backing, Claims, count, templates};
use super::exports::exports;
use super::nfs_server_unknown::PORT;
use super::size::{bytes, written};
use crate::check::scale::most;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::{Cluster, DataDisk, Machine};

pub(super) const CHECK: Check = Check {
    id: "disk-overcommit",
    group: Group::Storage,
    severity: Severity::Warning,
    profile: Profile::Link,
    about: "Claims ask for more than the disk that they lie on has.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    let size = |gibibytes: u32| u128::from(gibibytes) << 30;
    let servers: Vec<_> =
        cluster.machines.iter().filter(|machine| machine.services.iter().any(|service| service.port == PORT)).collect();
    if let [server] = servers[..]
        && let Some(room) = exported(cluster, server).map(size)
    {
        let whose = format!("{}, the NFS server,", server.name);
        overcommitted(index, Backing::Nfs, room, &whose, findings);
    }
    let disks: Option<Vec<_>> =
        cluster.machines.iter().filter(|machine| machine.is_worker()).map(|machine| machine.disk.map(size)).collect();
    if let Some(disks) = disks.filter(|disks| !disks.is_empty()) {
        let whose = format!("the {} workers together", disks.len());
        overcommitted(index, Backing::Node, disks.iter().sum(), &whose, findings);
    }
}

/// The size of the disk that the server's exports lie on; the system's where they are on several, or not known.
fn exported(cluster: &Cluster, server: &Machine) -> Option<u32> {
    let exports = exports(cluster).map(|(_, exports)| exports).unwrap_or_default();
    let on_data_disk =
        |disk: &DataDisk| !exports.is_empty() && exports.iter().all(|export| disk.holds(export.directory));
    server.data_disk.as_ref().filter(|disk| on_data_disk(disk)).map(|disk| disk.gibibytes).or(server.disk)
}

fn overcommitted(index: &Index<'_>, backing: Backing, room: u128, whose: &str, findings: &mut Vec<Finding>) {
    let claims = Claims::of(index);
    let most = most(index);
    let requests = |spec: &k8s_openapi::api::core::v1::PersistentVolumeClaimSpec| {
        bytes(spec.resources.as_ref().and_then(|resources| resources.requests.as_ref())).unwrap_or_default()
    };
    let single =
        claims.all.iter().filter(|claim| claims.backing(claim.spec, claim.volume.map(|(_, volume)| volume)) == backing);
    let single = single.map(|claim| (requests(claim.spec), claim.item));
    let each = index.pods.iter().flat_map(|pods| {
        let pods_of_it = u128::try_from(count(index, pods, &most)).unwrap_or_default();
        let specs = templates(pods).filter_map(|template| template.spec.as_ref());
        let specs = specs.filter(|spec| claims.backing(spec, None) == backing);
        specs.map(move |spec| (requests(spec) * pods_of_it, pods.item)).collect::<Vec<_>>()
    });
    let mut asked: Vec<_> = single.chain(each).collect();
    let sum: u128 = asked.iter().map(|(bytes, _)| bytes).sum();
    if sum <= room {
        return;
    }
    asked.sort_by_key(|(bytes, item)| (std::cmp::Reverse(*bytes), item.index));
    let [(_, largest), ..] = asked[..] else { return };
    let terms: Vec<_> =
        asked.iter().take(3).map(|(bytes, item)| format!("{} {}", written(*bytes), item.label())).collect();
    let more =
        if asked.len() > terms.len() { format!(" and {} more", asked.len() - terms.len()) } else { String::new() };
    let message = format!(
        "claims ask for {} of a disk of {}: {whose} cannot hold {}{more}",
        written(sum),
        written(room),
        terms.join(", ")
    );
    findings.push(CHECK.finding(message, "ask for less, or give the machine a larger disk").at(largest, "spec"));
}
