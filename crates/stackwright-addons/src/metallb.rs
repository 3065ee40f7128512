//! MetalLB's addresses as objects: which ones it gives to Services, and that nodes answer for them on their own network. The installer brings
//! MetalLB itself.

use serde::Serialize;
use serde_json::json;
use stackwright::prelude::*;

/// The namespace of MetalLB, which comes with it.
const NAMESPACE: &str = "metallb-system";
/// Of v0.13 and later. A newer MetalLB serves it, too.
const API_VERSION: &str = "metallb.io/v1beta1";
const POOL: &str = "primary";

/// What an `IPAddressPool` says: addresses that Services get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressPool {
    /// Subnets, or first and last addresses with a hyphen between them.
    pub addresses: Vec<String>,
    /// Whether a Service gets one that does not ask for a certain one.
    pub auto_assign: bool,
}

/// What an `L2Advertisement` says: that a node answers for these pools' addresses by ARP and NDP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer2 {
    /// The names of the pools.
    pub ip_address_pools: Vec<String>,
}

/// The pool of these addresses, that nodes answer for them, and the key by which MetalLB's speakers know each other.
///
/// ```
/// use stackwright::prelude::*;
/// use stackwright_addons::metallb;
///
/// let lan = Subnet::new("192.168.1.0/24")?;
/// let stack = metallb::stack(&[lan.range("192.168.1.200-192.168.1.209")?]);
/// assert_eq!(stack.objects[0].to_string(), "IPAddressPool metallb-system/primary");
/// # Ok::<(), Error>(())
/// ```
pub fn stack(addresses: &[AddressRange]) -> Stack {
    let app = App::new("metallb", NAMESPACE);
    let pool = AddressPool {
        // MetalLB wants both ends, even of one address.
        addresses: addresses.iter().map(|range| format!("{}-{}", range.first(), range.last())).collect(),
        auto_assign: true,
    };
    let layer2 = Layer2 { ip_address_pools: vec![POOL.to_owned()] };
    let object = |kind, spec| Object::custom(API_VERSION, kind, app.named(POOL), [("spec", spec)]);
    Stack {
        objects: vec![object("IPAddressPool", json!(pool)), object("L2Advertisement", json!(layer2))],
        secrets: vec![SecretSpec { after_rotation: vec![restart()], ..memberlist() }],
        steps: vec![(
            When::Running,
            Step { does: "Have MetalLB's speakers take the key of this cluster".into(), ..restart() },
        )],
        ..Stack::new("metallb", [])
    }
}

/// The key of what the speakers tell each other. Its controller makes one if there is none, which it then leaves alone (`CreateMlSecret` in
/// v0.13.9's `internal/k8s/k8s.go`): one that is made here is known, kept and rotated as all others.
fn memberlist() -> SecretSpec {
    SecretSpec {
        purpose: "what MetalLB's speakers tell each other".into(),
        ..SecretSpec::new(NAMESPACE, "memberlist", [("secretkey", Material::Password)])
    }
}

/// A speaker gets it by its environment, so when it starts.
fn restart() -> Step {
    // No slash: in a step that would be a file.
    let speaker = "daemonset speaker";
    let kubectl = format!("kubectl --namespace {NAMESPACE} rollout");
    Step::new(
        "restart MetalLB's speakers",
        &format!("{kubectl} restart {speaker} && {kubectl} status --timeout=10m {speaker}"),
    )
}
