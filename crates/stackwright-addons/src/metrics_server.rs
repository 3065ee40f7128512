//! metrics-server: what autoscalers and `kubectl top` ask, as objects of our own, for a cluster whose installer brings none.
//!
//! It is an extension API server: the API server passes on to it what is asked of `metrics.k8s.io`, and it believes whom that names, by the
//! certificate of the aggregation layer. kubeadm and K3s set that up; a host's API server may be given a declared one.

use k8s_openapi::api::apps::v1::{DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::api::core::v1::{ResourceRequirements, SecurityContext, ServicePort};
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::{APIService, APIServiceSpec, ServiceReference};
use stackwright::prelude::*;

use crate::images::image;

/// The API that it serves.
const GROUP: &str = "metrics.k8s.io";
const VERSION: &str = "v1beta1";

/// The name of its port, and its number: above 1024, as nobody's user has it. That it is the kubelets' too is upstream's choice.
const HTTPS: &str = "https";
const PORT: u16 = 10250;

/// The user that its image's manifests name.
const USER: i64 = 1000;

/// How metrics-server asks a cluster.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// The cluster.
    pub platform: &'a Platform,
    /// By whose certificates kubelets serve.
    pub kubelets: Kubelets,
    /// How many pods there are. With one, autoscalers wait while it moves to another node. Each of several asks every kubelet.
    pub replicas: u16,
}

/// Who signed the certificates that kubelets serve their metrics by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kubelets {
    /// Each its own, as kubelets do unless they are told otherwise: kubespray's `kubelet_rotate_server_certificates` is off by default, and
    /// kubeadm has no other way. Nobody can check those, so metrics-server takes any: `--kubelet-insecure-tls`. Whoever can pretend to be a
    /// node's address then learns the token of metrics-server, and tells autoscalers what he likes.
    SelfSigned,
    /// The cluster's authority, by requests that somebody approves (`serverTLSBootstrap`), or as K3s does. metrics-server checks them by the
    /// authority that every pod is told of.
    Signed,
}

/// metrics-server, in `kube-system`, where the API server's own configuration is that it has to read.
///
/// # Errors
/// When the cluster's installer brings one, too: each would undo the other's objects.
pub fn stack(config: &Config<'_>) -> Result<Stack, Error> {
    let Platform { nodes, node_subnets, provided, .. } = config.platform;
    if provided.apis.iter().any(|api| api == GROUP) {
        return Err(Error::new(
            "the cluster's installer brings metrics-server, too",
            "leave this stack out, or have the installer not bring it: `Addon::MetricsServer` of `kubespray::Config`",
        ));
    }
    let app = App::new("metrics-server", "kube-system");
    let account = service_account(&app);
    let deployment = deployment_of(&app, &account, config);
    let service = service(&deployment);
    let api_servers = config.platform.node_and_pod_peers();
    let kubelets = node_subnets.iter().copied().map(subnet_peer).collect();

    let mut objects = rights(&app, &account);
    objects.extend([
        api_service(&app, &service).into(),
        // The API server calls from its node. Where the network is an overlay, from the node's address in the pods' network.
        allow_ingress(&app, "metrics-server-from-api-server", api_servers, vec![tcp(PORT)]).into(),
        allow_egress(&app, "metrics-server-to-kubelets", kubelets, vec![tcp(10250)]).into(),
        allow_api_server(&app, nodes).into(),
        service.into(),
        account.into(),
    ]);
    objects.extend((config.replicas > 1).then(|| disruption_budget(&deployment, 1).into()));
    objects.push(deployment.into());
    Ok(Stack { name: "metrics-server".into(), objects, ..default() })
}

/// Whom it asks, who may ask it, and that it may ask the API server who somebody is. The names are upstream's.
fn rights(app: &App, account: &ServiceAccount) -> Vec<Object> {
    let rules =
        vec![rbac::rule("", ["nodes/metrics"], ["get"]), rbac::rule("", ["pods", "nodes"], ["get", "list", "watch"])];
    let own = ClusterRole { metadata: app.cluster_wide("system:metrics-server"), ..rbac::cluster_role(app, rules) };
    let mut reader = ClusterRole {
        metadata: app.cluster_wide("system:aggregated-metrics-reader"),
        ..rbac::cluster_role(app, vec![rbac::rule(GROUP, ["pods", "nodes"], ["get", "list", "watch"])])
    };
    // Whoever may look at a namespace may look at its metrics.
    for role in ["view", "edit", "admin"] {
        let label = format!("rbac.authorization.k8s.io/aggregate-to-{role}");
        reader.metadata.labels.get_or_insert_default().insert(label, "true".into());
    }
    // Kubernetes' own: by the one it asks who a token is of and what they may, by the other it reads whom to believe.
    let delegator = ClusterRole { metadata: app.cluster_wide("system:auth-delegator"), ..default() };
    let authentication = Role { metadata: app.named("extension-apiserver-authentication-reader"), ..default() };
    let may_ask = ClusterRoleBinding {
        metadata: app.cluster_wide("metrics-server:system:auth-delegator"),
        ..rbac::cluster_role_binding(&delegator, account)
    };
    let may_read = RoleBinding {
        metadata: app.named("metrics-server-auth-reader"),
        ..rbac::role_binding(&authentication, account)
    };
    let binding = rbac::cluster_role_binding(&own, account);
    vec![own.into(), reader.into(), binding.into(), may_ask.into(), may_read.into()]
}

fn deployment_of(app: &App, account: &ServiceAccount, config: &Config<'_>) -> Deployment {
    let scratch = empty_volume("tmp");
    let mut args: Vec<String> = vec![
        // It signs a certificate itself at each start.
        "--cert-dir=/tmp".into(),
        format!("--secure-port={PORT}"),
        // Policies let it to these alone.
        "--kubelet-preferred-address-types=InternalIP".into(),
        "--kubelet-use-node-status-port".into(),
        "--metric-resolution=15s".into(),
    ];
    if config.kubelets == Kubelets::SelfSigned {
        args.push("--kubelet-insecure-tls".into());
    }
    let container = Container {
        name: app.name.clone(),
        image: Some(image("metrics-server")),
        args: Some(args),
        ports: Some(vec![container_port(HTTPS, PORT)]),
        volume_mounts: Some(vec![mount(&scratch, "/tmp")]),
        // It is ready once it has measured twice.
        readiness_probe: Some(Probe { initial_delay_seconds: Some(20), ..https_probe("/readyz") }),
        liveness_probe: Some(https_probe("/livez")),
        resources: Some(size(config.platform.nodes.len())),
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        ..default()
    };
    let mut deployment = deployment(
        app,
        PodSpec {
            service_account_name: account.metadata.name.clone(),
            priority_class_name: Some("system-cluster-critical".into()),
            node_selector: Some([("kubernetes.io/os".into(), "linux".into())].into()),
            security_context: Some(restricted_pod(USER)),
            containers: vec![container],
            topology_spread_constraints: (config.replicas > 1).then(|| vec![spread_over_nodes(app.selector())]),
            volumes: Some(vec![scratch]),
            ..default()
        },
    );
    let rolling_update = RollingUpdateDeployment { max_unavailable: Some(IntOrString::Int(0)), max_surge: None };
    deployment.spec = DeploymentSpec {
        replicas: Some(config.replicas.into()),
        strategy: Some(DeploymentStrategy { type_: None, rolling_update: Some(rolling_update) }),
        ..deployment.spec
    };
    deployment
}

fn https_probe(path: &str) -> Probe {
    let mut probe = http_probe(path, HTTPS);
    if let Some(get) = &mut probe.http_get {
        get.scheme = Some("HTTPS".into());
    }
    probe
}

/// What upstream's README asks for up to 100 nodes, and a millicore and 2Mi for each one more; twice the memory before it is ended.
fn size(nodes: usize) -> ResourceRequirements {
    let more = nodes.saturating_sub(100);
    let (cpu, memory) = (100 + more, 200 + 2 * more);
    resources((&format!("{cpu}m"), &format!("{memory}Mi")), (&format!("{}m", 5 * cpu), &format!("{}Mi", 2 * memory)))
}

/// At 443, where the API server asks.
fn service(deployment: &Deployment) -> Service {
    let mut service = service_for(deployment);
    for port in service.spec.iter_mut().flat_map(|spec| spec.ports.iter_mut().flatten()) {
        *port = ServicePort { port: 443, app_protocol: Some("https".into()), ..port.clone() };
    }
    service
}

fn api_service(app: &App, service: &Service) -> APIService {
    let service = ServiceReference {
        name: service.metadata.name.clone(),
        namespace: service.metadata.namespace.clone(),
        port: None,
    };
    APIService {
        metadata: app.cluster_wide(&format!("{VERSION}.{GROUP}")),
        spec: Some(APIServiceSpec {
            service: Some(service),
            group: Some(GROUP.into()),
            version: Some(VERSION.into()),
            // The certificate that it signs itself is another one at each start. What it answers are metrics, and no secret; the API
            // server shows it a certificate of its own, but nobody's token.
            insecure_skip_tls_verify: Some(true),
            group_priority_minimum: 100,
            version_priority: 100,
            ..default()
        }),
        ..default()
    }
}
