//! Small random worlds: namespaces, pods with a Service each, and policies that often meet.

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::DeploymentSpec;
use k8s_openapi::api::core::v1::{
    ContainerPort, Namespace, Pod as PodObject, PodTemplateSpec, ServicePort, ServiceSpec,
};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use stackwright::Object;
use stackwright::prelude::*;

use crate::model::{Labels, Pod, Rules};

const NAMESPACES: [&str; 4] = ["shop", "data", "edge", "lab"];
const VALUES: [&str; 2] = ["a", "b"];
const NAMES: [&str; 3] = ["http", "admin", "sync"];
const NUMBERS: [i32; 2] = [8080, 9000];
/// The pods' network, where it is known.
const PODS: &str = "10.244.0.0/16";
/// Networks with parts of them, which policies may leave out.
const NETWORKS: [(&str, &[&str]); 7] = [
    ("0.0.0.0/0", &["10.0.0.0/8", "192.0.2.0/24", "203.0.113.8/31"]),
    ("10.0.0.0/8", &["10.244.0.0/16", "10.244.8.0/24"]),
    ("10.244.0.0/17", &["10.244.8.0/24"]),
    ("192.0.2.0/24", &["192.0.2.0/29", "192.0.2.128/25"]),
    ("203.0.113.9/32", &[]),
    ("::/0", &["2001:db8::/32"]),
    ("2001:db8::/32", &["2001:db8::/64"]),
];

#[derive(Debug, Clone)]
pub struct World {
    pub rules: Rules,
    pub pods: Vec<Pod>,
    /// The network of the pods' addresses.
    pub network: Option<&'static str>,
    shapes: Vec<Shape>,
}

/// How a pod is written down, which must not matter.
#[derive(Debug, Clone)]
struct Shape {
    is_pod: bool,
    has_sidecar: bool,
    is_led_to_by_name: bool,
    /// Whose Service its environment names.
    asks: Index,
}

pub fn world() -> impl Strategy<Value = World> {
    (
        2..=4_usize,
        vec((any::<Index>(), pod(), shape()), 3..=6),
        vec(labels(), 4),
        vec((any::<Index>(), policy()), 0..=5),
        of(Just(PODS)),
    )
        .prop_map(|(count, pods, labels, policies, network)| {
            let names = &NAMESPACES[..count];
            let namespaces: BTreeMap<_, _> = names.iter().map(|name| (*name).to_owned()).zip(labels).collect();
            let (mut shapes, mut placed) = (Vec::new(), Vec::new());
            for (number, (namespace, pod, shape)) in pods.into_iter().enumerate() {
                shapes.push(shape);
                placed.push(Pod { name: format!("w{number}"), namespace: (*namespace.get(names)).to_owned(), ..pod });
            }
            let policies = policies.into_iter().enumerate().map(|(number, (namespace, spec))| NetworkPolicy {
                metadata: metadata(&namespace.get(&placed).namespace, &format!("p{number}")),
                spec: Some(spec),
            });
            World { rules: Rules { namespaces, policies: policies.collect() }, pods: placed, network, shapes }
        })
}

fn pod() -> impl Strategy<Value = Pod> {
    let number_and_protocol = (select(NUMBERS.to_vec()), weighted(0.5, select(vec!["TCP", "UDP"])));
    let ports = vec((number_and_protocol, proptest::bool::weighted(0.8)), 1..=3);
    (labels(), Just(NAMES.to_vec()).prop_shuffle(), ports).prop_map(|(labels, names, ports)| {
        let mut written: Vec<ContainerPort> = Vec::new();
        for (name, ((number, protocol), is_named)) in names.into_iter().zip(ports) {
            let is_taken = |port: &ContainerPort| {
                port.container_port == number && port.protocol.as_deref().unwrap_or("TCP") == protocol.unwrap_or("TCP")
            };
            if written.iter().any(is_taken) {
                continue;
            }
            let name = is_named.then(|| name.to_owned());
            let protocol = protocol.map(str::to_owned);
            written.push(ContainerPort { name, container_port: number, protocol, ..default() });
        }
        Pod { name: String::new(), namespace: String::new(), labels, ports: written }
    })
}

fn shape() -> impl Strategy<Value = Shape> {
    any::<(bool, bool, bool, Index)>().prop_map(|(is_pod, has_sidecar, is_led_to_by_name, asks)| Shape {
        is_pod,
        has_sidecar,
        is_led_to_by_name,
        asks,
    })
}

fn labels() -> impl Strategy<Value = Labels> {
    let value = || weighted(0.7, select(VALUES.to_vec()));
    (value(), value()).prop_map(|(tier, team)| {
        let written = [("tier", tier), ("team", team)].into_iter();
        written.filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned()))).collect()
    })
}

fn selector() -> impl Strategy<Value = LabelSelector> {
    let values = subsequence(VALUES.to_vec(), 1..=2);
    let wanted = (select(vec!["tier", "team"]), values).prop_flat_map(|(key, values)| requirement(key, values));
    let some =
        |key: &'static str| weighted(0.3, select(VALUES.to_vec())).prop_map(move |value| value.map(|it| (key, it)));
    (of((some("tier"), some("team"))), of(vec(wanted, 0..=1))).prop_map(|(labels, match_expressions)| LabelSelector {
        match_labels: labels.map(|(tier, team)| {
            tier.into_iter().chain(team).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
        }),
        match_expressions,
    })
}

fn namespace_selector() -> impl Strategy<Value = LabelSelector> {
    let named = subsequence(NAMESPACES.to_vec(), 1..=3)
        .prop_flat_map(|names| requirement("kubernetes.io/metadata.name", names))
        .prop_map(|wanted| LabelSelector { match_expressions: Some(vec![wanted]), ..default() });
    prop_oneof![2 => selector(), 1 => named]
}

fn requirement(key: &'static str, values: Vec<&'static str>) -> impl Strategy<Value = LabelSelectorRequirement> {
    select(vec!["In", "NotIn", "Exists", "DoesNotExist"]).prop_map(move |operator| LabelSelectorRequirement {
        key: key.into(),
        operator: operator.into(),
        values: operator.ends_with("In").then(|| values.iter().map(|value| (*value).to_owned()).collect()),
    })
}

fn policy() -> impl Strategy<Value = NetworkPolicySpec> {
    let types = of(subsequence(vec!["Ingress", "Egress"], 0..=2));
    let peers = || weighted(0.85, vec(peer(), 0..=3));
    let rules = || weighted(0.7, vec((peers(), weighted(0.7, vec(port(), 0..=2))), 0..=2));
    (of(selector()), rules(), rules(), types).prop_map(|(pod_selector, ingress, egress, types)| NetworkPolicySpec {
        pod_selector,
        ingress: ingress
            .map(|rules| rules.into_iter().map(|(from, ports)| NetworkPolicyIngressRule { from, ports }).collect()),
        egress: egress
            .map(|rules| rules.into_iter().map(|(to, ports)| NetworkPolicyEgressRule { to, ports }).collect()),
        policy_types: types.map(|types| types.into_iter().map(str::to_owned).collect()),
    })
}

fn peer() -> impl Strategy<Value = NetworkPolicyPeer> {
    let block = (select(NETWORKS.to_vec()), any::<(bool, Index)>()).prop_map(|((network, parts), (is_whole, part))| {
        let except = (!is_whole && !parts.is_empty()).then(|| vec![(*part.get(parts)).to_owned()]);
        NetworkPolicyPeer { ip_block: Some(IPBlock { cidr: network.into(), except }), ..default() }
    });
    let pods = selector().prop_map(|pods| NetworkPolicyPeer { pod_selector: Some(pods), ..default() });
    let namespaces = (namespace_selector(), of(selector())).prop_map(|(namespaces, pod_selector)| NetworkPolicyPeer {
        namespace_selector: Some(namespaces),
        pod_selector,
        ..default()
    });
    prop_oneof![3 => block, 4 => pods, 5 => namespaces]
}

fn port() -> impl Strategy<Value = NetworkPolicyPort> {
    let protocol = of(prop_oneof![6 => Just("TCP"), 3 => Just("UDP"), 1 => Just("SCTP")]);
    let number = (select(vec![443, 8080, 8081, 9000]), weighted(0.3, 0..=1000))
        .prop_map(|(first, more)| (Some(IntOrString::Int(first)), more.map(|more| first + more)));
    let name = select(NAMES.to_vec()).prop_map(|name| (Some(IntOrString::String(name.into())), None));
    (protocol, prop_oneof![1 => Just((None, None)), 3 => number, 2 => name]).prop_map(|(protocol, (port, end_port))| {
        NetworkPolicyPort { protocol: protocol.map(str::to_owned), port, end_port }
    })
}

impl World {
    pub fn objects(&self) -> Vec<Object> {
        let namespaces = self.rules.namespaces.iter().map(|(name, labels)| {
            let metadata = ObjectMeta { name: Some(name.clone()), labels: Some(labels.clone()), ..default() };
            Object::from(Namespace { metadata, ..default() })
        });
        let policies = self.rules.policies.iter().cloned().map(Object::from);
        let pods = self.pods.iter().zip(&self.shapes).enumerate();
        let pods = pods.flat_map(|(number, (pod, shape))| [self.workload(pod, shape), service(number, pod, shape)]);
        namespaces.chain(pods).chain(policies).collect()
    }

    /// The cluster, where the network of its pods is known.
    pub fn cluster(&self) -> Option<Cluster> {
        let pods = vec![Subnet::new(self.network?).expect("a network")];
        Some(Cluster { pods, ..Cluster::new("world", "1.35.4") })
    }

    pub fn is_pod(&self, number: usize) -> bool {
        self.shapes[number].is_pod
    }

    /// What a person asks with, and the workload's kind.
    pub fn word(&self, number: usize) -> String {
        let kind = if self.is_pod(number) { "pod" } else { "deployment" };
        format!("{kind}/{}/{}", self.pods[number].namespace, self.pods[number].name)
    }

    fn workload(&self, pod: &Pod, shape: &Shape) -> Object {
        let asked = shape.asks.get(&self.pods);
        let url = format!("http://{}.{}:{}", asked.name, asked.namespace, service_port(0));
        let container = |name: &str, ports: &[ContainerPort]| Container {
            name: name.into(),
            image: Some("example/program:1.0".into()),
            ports: Some(ports.to_vec()),
            ..default()
        };
        let (first, rest) = pod.ports.split_at(if shape.has_sidecar { 1 } else { pod.ports.len() });
        let web = Container { env: Some(vec![env_var("UPSTREAM_URL", &url)]), ..container("web", first) };
        let sidecar = shape.has_sidecar.then(|| container("sidecar", rest));
        let spec = PodSpec { containers: std::iter::once(web).chain(sidecar).collect(), ..default() };
        let metadata = ObjectMeta { labels: Some(all_labels(pod)), ..metadata(&pod.namespace, &pod.name) };
        if shape.is_pod {
            return PodObject { metadata, spec: Some(spec), ..default() }.into();
        }
        let labels = Some(all_labels(pod));
        let template = PodTemplateSpec { metadata: Some(ObjectMeta { labels, ..default() }), spec: Some(spec) };
        let selector = LabelSelector { match_labels: Some(own_label(pod)), ..default() };
        Deployment { metadata, spec: DeploymentSpec { selector, template, ..default() }, ..default() }.into()
    }
}

/// The number of a Service's port, which no policy means.
pub fn service_port(position: usize) -> u16 {
    7000 + u16::try_from(position).expect("a pod has few ports")
}

/// A Service's own address: asked by it, no name is looked up.
pub fn service_address(number: usize) -> String {
    format!("10.96.0.{}", number + 1)
}

fn service(number: usize, pod: &Pod, shape: &Shape) -> Object {
    let ports = pod.ports.iter().enumerate().map(|(position, declared)| ServicePort {
        name: Some(format!("port{position}")),
        port: service_port(position).into(),
        protocol: declared.protocol.clone(),
        target_port: Some(match &declared.name {
            Some(name) if shape.is_led_to_by_name => IntOrString::String(name.clone()),
            _ => IntOrString::Int(declared.container_port),
        }),
        ..default()
    });
    let spec = ServiceSpec {
        cluster_ip: Some(service_address(number)),
        selector: Some(own_label(pod)),
        ports: Some(ports.collect()),
        ..default()
    };
    Service { metadata: metadata(&pod.namespace, &pod.name), spec: Some(spec), ..default() }.into()
}

fn own_label(pod: &Pod) -> Labels {
    [("app".to_owned(), pod.name.clone())].into()
}

fn all_labels(pod: &Pod) -> Labels {
    pod.labels.clone().into_iter().chain(own_label(pod)).collect()
}

fn metadata(namespace: &str, name: &str) -> ObjectMeta {
    ObjectMeta { name: Some(name.into()), namespace: Some(namespace.into()), ..default() }
}
