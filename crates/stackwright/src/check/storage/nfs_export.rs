use k8s_openapi::api::core::v1::Container;

use super::claims::{Backing, Claims};
use super::exports::{Export, exports, squashes_root};
use crate::check::{Check, Finding, Group, HashSet, Index, Pods, Profile, Severity};
use crate::facts::chowning;
use crate::{Cluster, Host, Node, Subnet};

pub(super) const CHECK: Check = Check {
    id: "nfs-export",
    group: Group::Storage,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The exports file of the NFS server does not fit what is mounted.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for (server, exports) in exports(cluster) {
        mounted(index, cluster, server, &exports, findings);
    }
    let all: Vec<_> = exports(cluster).flat_map(|(_, exports)| exports).collect();
    squashed(index, &all, &cluster.nodes, findings);
}

/// What is mounted from a server has to be among its exports, for the nodes that mount it.
fn mounted(index: &Index<'_>, cluster: &Cluster, server: &Host, exports: &[Export], findings: &mut Vec<Finding>) {
    let mut seen = HashSet::default();
    for nfs in index.topology().nfs.iter().filter(|nfs| nfs.is_served_by(server)) {
        if !seen.insert((nfs.item.index, nfs.directory)) {
            continue;
        }
        let label = nfs.item.label();
        let Some(export) = exports.iter().find(|export| export.has(nfs.directory)) else {
            let known: Vec<_> = exports.iter().map(|export| export.directory).collect();
            let message = format!("{label} mounts {}, which {} does not export", nfs.directory, server.name);
            let help = match &known[..] {
                [] => format!("export it in the exports file of {}", server.name),
                known => format!("mount what it exports, {}, or export this too", known.join(", ")),
            };
            findings.push(CHECK.finding(message, help).at(nfs.item, nfs.directory_path.clone()));
            continue;
        };
        let workers = || cluster.nodes.iter().filter(|node| node.runs_workloads());
        let refused: Vec<_> = workers().filter(|node| export.options(node.address).is_none()).collect();
        if let Some(first) = refused.first() {
            let message = format!(
                "{} may be mounted by {}, which {} of {} nodes are not: {} is {}",
                export.directory,
                export.clients(),
                refused.len(),
                workers().count(),
                first.name(),
                first.address
            );
            let networks =
                cluster.networks.iter().filter(|network| refused.iter().any(|node| network.contains(node.address)));
            let subnets: Vec<_> = networks.flat_map(|network| &network.subnets).map(Subnet::to_string).collect();
            let help = format!("let the nodes' network mount it: {}", subnets.join(", "));
            let finding = CHECK.finding(message, help).at(nfs.item, nfs.directory_path.clone());
            findings.push(finding.why("pods on those nodes never start"));
        }
    }
}

fn squashed(index: &Index<'_>, exports: &[Export], nodes: &[Node], findings: &mut Vec<Finding>) {
    let workers = || nodes.iter().filter(|node| node.runs_workloads());
    let mut options = exports.iter().flat_map(|export| workers().filter_map(|node| export.options(node.address)));
    if !options.any(squashes_root) {
        return;
    }
    let claims = Claims::of(index);
    let on_nfs: HashSet<_> = claims
        .all
        .iter()
        .filter(|claim| claims.backing(claim.spec, claim.volume.map(|(_, volume)| volume)) == Backing::Nfs)
        .map(|claim| (claim.item.namespace, claim.item.object.name()))
        .collect();
    for pods in &index.pods {
        let volumes = pods.spec.volumes.iter().flatten().filter(|volume| {
            let claim = volume.persistent_volume_claim.as_ref();
            volume.nfs.is_some()
                || claim.is_some_and(|claim| on_nfs.contains(&(pods.item.namespace, claim.claim_name.as_str())))
        });
        let templates = super::claims::templates(pods)
            .filter(|template| template.spec.as_ref().is_some_and(|spec| claims.backing(spec, None) == Backing::Nfs));
        let names: HashSet<_> = volumes
            .map(|volume| volume.name.as_str())
            .chain(templates.filter_map(|template| template.metadata.name.as_deref()))
            .collect();
        for (path, container) in pods.containers() {
            let mounted = container.volume_mounts.iter().flatten().any(|mount| names.contains(mount.name.as_str()));
            let Some(image) = chowning(container).filter(|_| mounted && is_root(pods, container)) else { continue };
            let message =
                format!("{} runs {image} as root on NFS, whose server takes root for nobody", pods.item.label());
            let help =
                "run it as the user that its data is for (securityContext.runAsUser), or export with no_root_squash";
            let why = format!("{image} begins by giving its data to a user of its own, which nobody may not");
            findings.push(CHECK.finding(message, help).why(why).at(pods.item, format!("{path}.image")));
        }
    }
}

/// The short name of a container's image, if it is one that gives its data away and nothing replaces what it starts.
fn chowning(container: &Container) -> Option<&str> {
    let image = container.image.as_deref().filter(|_| container.command.is_none())?;
    let name = image.rsplit('/').next()?.split([':', '@']).next()?;
    let official = [name.to_owned(), format!("library/{name}"), format!("docker.io/library/{name}")];
    let path = image.split('@').next()?.rsplit_once(':').map_or(image, |(path, _)| path);
    (chowning::has(name) && official.iter().any(|known| known == path)).then_some(name)
}

fn is_root(pods: &Pods, container: &Container) -> bool {
    let own = container.security_context.as_ref().and_then(|context| context.run_as_user);
    let user = own.or_else(|| pods.spec.security_context.as_ref().and_then(|context| context.run_as_user));
    user.is_none_or(|user| user == 0)
}
