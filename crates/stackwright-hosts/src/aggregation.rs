//! The aggregation layer: how API servers pass requests on to extension API servers, such as metrics-server, and by what those know them.
//!
//! kubeadm makes an authority and a client's certificate for it on the first control plane, and sets the flags. So the layer is there without
//! any of this. What is here makes both declared secrets: the same on each control plane, of an authority that is for this alone, with an end that
//! `secrets list` shows. kubeadm takes the files that it finds, so [`artefacts`] come before it.
//!
//! The client's certificate is valid for a year, and its authority for ten. kubeadm renews the client's whenever it upgrades Kubernetes, and
//! [`artefacts`] leave a later one of the same authority in place. Without an upgrade for a year it ends: extension API servers then refuse every
//! API server, and `kubectl top` and autoscalers get no answer. Before that, delete `secrets/front-proxy/`, render, and run the step `hosts`: API
//! servers read the new files by themselves, and nothing is restarted. [`check`] says when that is due.
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::aggregation;
//!
//! # fn main() -> Result<(), Error> {
//! let lan = Network::new("lan", Subnet::new("10.0.0.0/24")?);
//! let nodes = [Node::control_plane(Host::new("control", (2, 4096), Nic::on(&lan, 10)?))?];
//! let artefacts = aggregation::artefacts(&nodes)?; // for `kubespray::Config`, with its `aggregator_routing`
//! let (script, step) = aggregation::check(&nodes)?;
//! let stack = Stack { files: vec![script], steps: vec![step], ..Stack::new("aggregation", []) };
//! # assert_eq!((artefacts[0].secrets.len(), stack.steps[0].0), (4, When::Running));
//! # Ok(())
//! # }
//! ```

use serde::Serialize;
use stackwright::prelude::*;

use crate::names::check_host_name;

/// The client's name, which kubeadm tells API servers to accept: `cmd/kubeadm/app/phases/controlplane/manifests.go` in Kubernetes.
const CLIENT: &str = "front-proxy-client";

/// How long the certificate is valid, and its authority: as kubeadm has it.
const DAYS: u16 = 365;
const AUTHORITY_DAYS: u16 = 3650;

/// The certificates, as each control plane is given them, where kubespray has kubeadm look for them.
///
/// # Errors
/// When no node is a control plane, or one has a name that no host has.
pub fn artefacts(nodes: &[Node]) -> Result<Vec<Artefact>, Error> {
    let key = |name: &str, material| Key {
        name: format!("front-proxy-{name}"),
        file: format!("front-proxy/{name}").into(),
        material,
    };
    let secrets = vec![
        key("ca.crt", Material::ClientAuthority { days: AUTHORITY_DAYS }),
        // Without it kubeadm would refuse to bring the certificates to further control planes.
        key("ca.key", Material::ClientAuthorityKey),
        key("client.crt", Material::ClientCertificate { name: CLIENT.into(), days: DAYS }),
        key("client.key", Material::CertificateKey),
    ];
    let script = File::script("machines/remote/front-proxy.sh", include_str!("aggregation/front-proxy.sh"));
    let artefact = |node: &Node| Artefact {
        arguments: secrets.iter().map(|key| format!("secrets/{}", key.file)).collect(),
        secrets: secrets.clone(),
        ..Artefact::new(&node.host, "front proxy", script.clone())
    };
    Ok(control_planes(nodes)?.into_iter().map(artefact).collect())
}

/// The script that looks at each control plane and at what extension API servers serve, and its step. It needs [`artefacts`], changes nothing,
/// and can be run at any time.
///
/// # Errors
/// When no node is a control plane, or one has a name that no host has.
pub fn check(nodes: &[Node]) -> Result<(File, (When, Step)), Error> {
    let nodes = control_planes(nodes)?.into_iter().map(Node::name).collect();
    let text =
        template("machines/aggregation.sh", include_str!("aggregation/aggregation.sh.j2"), ControlPlanes { nodes })?;
    let step = Step::new("Look whether API servers reach extension API servers", "machines/aggregation.sh");
    Ok((File { executable: true, ..text }, (When::Running, step)))
}

#[derive(Serialize)]
struct ControlPlanes<'a> {
    nodes: Vec<&'a str>,
}

fn control_planes(nodes: &[Node]) -> Result<Vec<&Node>, Error> {
    let control_planes: Vec<_> = nodes.iter().filter(|node| node.control_plane).collect();
    if control_planes.is_empty() {
        return Err(Error::new(
            "no node runs an API server, which the aggregation layer is a part of",
            "give it the nodes of the control plane: `Node::control_plane`",
        ));
    }
    control_planes.iter().try_for_each(|node| check_host_name(node.name()))?;
    Ok(control_planes)
}
