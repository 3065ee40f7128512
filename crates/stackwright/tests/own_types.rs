//! An object is checked the same in whatever form it comes: every fixture with a custom resource is tried as it is, as structs of one's
//! own, and as JSON in a List.

mod clusters;

use std::fs;
use std::path::Path;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::{ClusterResourceScope, Metadata, NamespaceResourceScope, Resource};
use serde::Serialize;
use serde_json::{Map, Value};
use stackwright::check::{Finding, Index, Input, checks, findings};
use stackwright::yaml::{self, Located};
use stackwright::{Cluster, Object};

/// Structs as a user writes them, for each kind that a fixture has and k8s-openapi has not.
macro_rules! own {
    ($($name:ident $kind:literal $api_version:literal $group:literal $version:literal $scope:ident;)*) => {
        $(
            #[derive(Serialize)]
            #[serde(rename_all = "camelCase")]
            struct $name {
                api_version: &'static str,
                kind: &'static str,
                metadata: ObjectMeta,
                #[serde(flatten)]
                rest: Map<String, Value>,
            }

            impl Resource for $name {
                const API_VERSION: &'static str = $api_version;
                const GROUP: &'static str = $group;
                const KIND: &'static str = $kind;
                const VERSION: &'static str = $version;
                const URL_PATH_SEGMENT: &'static str = "";
                type Scope = $scope;
            }

            impl Metadata for $name {
                type Ty = ObjectMeta;

                fn metadata(&self) -> &ObjectMeta {
                    &self.metadata
                }

                fn metadata_mut(&mut self) -> &mut ObjectMeta {
                    &mut self.metadata
                }
            }
        )*

        fn own(api_version: &str, kind: &str, metadata: ObjectMeta, rest: Map<String, Value>) -> Option<Object> {
            match (api_version, kind) {
                $(($api_version, $kind) => {
                    let (api_version, kind) = ($name::API_VERSION, $name::KIND);
                    Some($name { api_version, kind, metadata, rest }.into())
                })*
                _ => None,
            }
        }
    };
}

own! {
    Application "Application" "argoproj.io/v1alpha1" "argoproj.io" "v1alpha1" NamespaceResourceScope;
    AppProject "AppProject" "argoproj.io/v1alpha1" "argoproj.io" "v1alpha1" NamespaceResourceScope;
    CephCluster "CephCluster" "ceph.rook.io/v1" "ceph.rook.io" "v1" NamespaceResourceScope;
    CiliumL2AnnouncementPolicy "CiliumL2AnnouncementPolicy" "cilium.io/v2alpha1" "cilium.io" "v2alpha1" ClusterResourceScope;
    CiliumLoadBalancerIPPool "CiliumLoadBalancerIPPool" "cilium.io/v2" "cilium.io" "v2" ClusterResourceScope;
    PostgresCluster "Cluster" "postgresql.cnpg.io/v1" "postgresql.cnpg.io" "v1" NamespaceResourceScope;
    ExternalSecret "ExternalSecret" "external-secrets.io/v1" "external-secrets.io" "v1" NamespaceResourceScope;
    GarageCluster "GarageCluster" "garage.rajsingh.info/v1beta1" "garage.rajsingh.info" "v1beta1" NamespaceResourceScope;
    Grafana "Grafana" "grafana.integreatly.org/v1beta1" "grafana.integreatly.org" "v1beta1" NamespaceResourceScope;
    GitRepository "GitRepository" "source.toolkit.fluxcd.io/v1" "source.toolkit.fluxcd.io" "v1" NamespaceResourceScope;
    HelmChart "HelmChart" "helm.cattle.io/v1" "helm.cattle.io" "v1" NamespaceResourceScope;
    HelmChartConfig "HelmChartConfig" "helm.cattle.io/v1" "helm.cattle.io" "v1" NamespaceResourceScope;
    HelmRelease "HelmRelease" "helm.toolkit.fluxcd.io/v2" "helm.toolkit.fluxcd.io" "v2" NamespaceResourceScope;
    SopsSecret "SopsSecret" "isindir.github.com/v1alpha3" "isindir.github.com" "v1alpha3" NamespaceResourceScope;
    Postgresql "postgresql" "acid.zalan.do/v1" "acid.zalan.do" "v1" NamespaceResourceScope;
    ClusterRoleOld "ClusterRole" "rbac.authorization.k8s.io/v1beta1" "rbac.authorization.k8s.io" "v1beta1" ClusterResourceScope;
    DefinitionOld "CustomResourceDefinition" "apiextensions.k8s.io/v1beta1" "apiextensions.k8s.io" "v1beta1" ClusterResourceScope;
    GatewayOfIstio "Gateway" "networking.istio.io/v1" "networking.istio.io" "v1" NamespaceResourceScope;
    Region "Region" "example.com/v1" "example.com" "v1" ClusterResourceScope;
    Gatway "Gatway" "networking.k8s.io/v2" "networking.k8s.io" "v2" NamespaceResourceScope;
    IngressOld "Ingress" "networking.k8s.io/v1beta1" "networking.k8s.io" "v1beta1" NamespaceResourceScope;
    ServiceCIDROld "ServiceCIDR" "networking.k8s.io/v1beta1" "networking.k8s.io" "v1beta1" ClusterResourceScope;
    BGPAdvertisement "BGPAdvertisement" "metallb.io/v1beta1" "metallb.io" "v1beta1" NamespaceResourceScope;
    Backup "Backup" "keep.example.org/v1" "keep.example.org" "v1" NamespaceResourceScope;
    Bundle "Bundle" "trust.cert-manager.io/v1alpha1" "trust.cert-manager.io" "v1alpha1" ClusterResourceScope;
    Certificate "Certificate" "cert-manager.io/v1" "cert-manager.io" "v1" NamespaceResourceScope;
    CiliumNetworkPolicy "CiliumNetworkPolicy" "cilium.io/v2" "cilium.io" "v2" NamespaceResourceScope;
    ClusterIssuer "ClusterIssuer" "cert-manager.io/v1" "cert-manager.io" "v1" ClusterResourceScope;
    Database "Database" "postgres.example/v1" "postgres.example" "v1" NamespaceResourceScope;
    DatabaseOfExample "Database" "example.org/v1" "example.org" "v1" NamespaceResourceScope;
    Gateway "Gateway" "gateway.networking.k8s.io/v1" "gateway.networking.k8s.io" "v1" NamespaceResourceScope;
    GatewayClass "GatewayClass" "gateway.networking.k8s.io/v1" "gateway.networking.k8s.io" "v1" ClusterResourceScope;
    Greeting "Greeting" "example.org/v1" "example.org" "v1" NamespaceResourceScope;
    HelmRepository "HelmRepository" "source.toolkit.fluxcd.io/v1" "source.toolkit.fluxcd.io" "v1" NamespaceResourceScope;
    GRPCRoute "GRPCRoute" "gateway.networking.k8s.io/v1" "gateway.networking.k8s.io" "v1" NamespaceResourceScope;
    TLSRoute "TLSRoute" "gateway.networking.k8s.io/v1alpha3" "gateway.networking.k8s.io" "v1alpha3" NamespaceResourceScope;
    TCPRoute "TCPRoute" "gateway.networking.k8s.io/v1alpha2" "gateway.networking.k8s.io" "v1alpha2" NamespaceResourceScope;
    UDPRoute "UDPRoute" "gateway.networking.k8s.io/v1alpha2" "gateway.networking.k8s.io" "v1alpha2" NamespaceResourceScope;
    HTTPRoute "HTTPRoute" "gateway.networking.k8s.io/v1" "gateway.networking.k8s.io" "v1" NamespaceResourceScope;
    IPAddressPool "IPAddressPool" "metallb.io/v1beta1" "metallb.io" "v1beta1" NamespaceResourceScope;
    L2Advertisement "L2Advertisement" "metallb.io/v1beta1" "metallb.io" "v1beta1" NamespaceResourceScope;
    IPPool "IPPool" "crd.projectcalico.org/v1" "crd.projectcalico.org" "v1" ClusterResourceScope;
    Ingress "Ingress" "example.org/v1beta1" "example.org" "v1beta1" NamespaceResourceScope;
    Ingress2 "Ingress" "extensions/v1beta1" "extensions" "v1beta1" NamespaceResourceScope;
    IngressRoute "IngressRoute" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    IngressRouteTCP "IngressRouteTCP" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    IngressRouteUDP "IngressRouteUDP" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    Middleware "Middleware" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    ServersTransport "ServersTransport" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    TLSOption "TLSOption" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    TraefikService "TraefikService" "traefik.io/v1alpha1" "traefik.io" "v1alpha1" NamespaceResourceScope;
    MiddlewareBefore "Middleware" "traefik.containo.us/v1alpha1" "traefik.containo.us" "v1alpha1" NamespaceResourceScope;
    ClusterIssuerMisspelt "ClusterIssuer" "certmanager.io/v1" "certmanager.io" "v1" NamespaceResourceScope;
    IssuerBefore "Issuer" "certmanager.k8s.io/v1alpha1" "certmanager.k8s.io" "v1alpha1" NamespaceResourceScope;
    GatewayClassBefore "GatewayClass" "networking.x-k8s.io/v1alpha1" "networking.x-k8s.io" "v1alpha1" NamespaceResourceScope;
    Issuer "Issuer" "cert-manager.io/v1" "cert-manager.io" "v1" NamespaceResourceScope;
    Kustomization "Kustomization" "kustomize.config.k8s.io/v1beta1" "kustomize.config.k8s.io" "v1beta1" NamespaceResourceScope;
    KustomizationOfFlux "Kustomization" "kustomize.toolkit.fluxcd.io/v1" "kustomize.toolkit.fluxcd.io" "v1" NamespaceResourceScope;
    MutatingAdmissionPolicy "MutatingAdmissionPolicy" "admissionregistration.k8s.io/v1alpha1" "admissionregistration.k8s.io" "v1alpha1" ClusterResourceScope;
    OCIRepository "OCIRepository" "source.toolkit.fluxcd.io/v1" "source.toolkit.fluxcd.io" "v1" NamespaceResourceScope;
    Package "Package" "packages.example/v1" "packages.example" "v1" NamespaceResourceScope;
    Pipeline "Pipeline" "build.example.org/v1" "build.example.org" "v1" NamespaceResourceScope;
    PodMonitor "PodMonitor" "monitoring.coreos.com/v1" "monitoring.coreos.com" "v1" NamespaceResourceScope;
    Prometheus "Prometheus" "monitoring.coreos.com/v1" "monitoring.coreos.com" "v1" NamespaceResourceScope;
    PrometheusRule "PrometheusRule" "monitoring.coreos.com/v1" "monitoring.coreos.com" "v1" NamespaceResourceScope;
    ReferenceGrant "ReferenceGrant" "gateway.networking.k8s.io/v1beta1" "gateway.networking.k8s.io" "v1beta1" NamespaceResourceScope;
    Rollout "Rollout" "argoproj.io/v1alpha1" "argoproj.io" "v1alpha1" NamespaceResourceScope;
    SealedSecret "SealedSecret" "bitnami.com/v1alpha1" "bitnami.com" "v1alpha1" NamespaceResourceScope;
    ServiceMonitor "ServiceMonitor" "monitoring.coreos.com/v1" "monitoring.coreos.com" "v1" NamespaceResourceScope;
    Site "Site" "example.com/v1" "example.com" "v1" NamespaceResourceScope;
    Store "Store" "example.org/v1" "example.org" "v1" NamespaceResourceScope;
    Thing "Thing" "elsewhere.example.org/v1" "elsewhere.example.org" "v1" NamespaceResourceScope;
    Thing2 "Thing" "other.example/v1" "other.example" "v1" NamespaceResourceScope;
    VolumeAttributesClass "VolumeAttributesClass" "storage.k8s.io/v1alpha1" "storage.k8s.io" "v1alpha1" ClusterResourceScope;
    VolumeSnapshot "VolumeSnapshot" "snapshot.storage.k8s.io/v1" "snapshot.storage.k8s.io" "v1" NamespaceResourceScope;
    Widget "Widget" "example.com/v1" "example.com" "v1" NamespaceResourceScope;
    Widget2 "Widget" "example.com/v1alpha1" "example.com" "v1alpha1" NamespaceResourceScope;
    Wigdet "Wigdet" "example.com/v1" "example.com" "v1" NamespaceResourceScope;
}

#[test]
fn a_struct_of_ones_own_is_checked_as_its_yaml_is() {
    let mut tried = 0;
    let mut unknown = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks");
    for case in walk(&folder) {
        let text = fs::read_to_string(&case).expect("a fixture can be read");
        let yaml::Readable { objects: read, problems, .. } = yaml::readable(&text);
        let is_whole = problems.is_empty() && read.iter().all(|located| located.problems.is_empty());
        let is_custom = |located: &Located| located.object.content().is_some();
        // A program's own configuration has no metadata: it is no object.
        let is_no_object = |located: &Located| is_custom(located) && located.object.name().is_empty();
        if !is_whole || !read.iter().any(is_custom) || read.iter().any(is_no_object) {
            continue;
        }
        let cluster = text.lines().next().and_then(|line| line.strip_prefix("# cluster: ")).map(clusters::cluster);
        let made: Vec<_> = read.iter().map(|located| remade(located, &mut unknown)).collect();
        if !unknown.is_empty() {
            continue;
        }
        let as_read = found(read.iter().map(|located| &located.object), cluster.as_ref());
        assert_eq!(found(&made, cluster.as_ref()), as_read, "{}: as structs", case.display());
        let list = in_a_list(&read);
        let in_a_list = found(list.iter().map(|located| &located.object), cluster.as_ref());
        assert_eq!(in_a_list, as_read, "{}: as JSON in a List", case.display());
        tried += 1;
    }
    unknown.sort();
    unknown.dedup();
    assert!(unknown.is_empty(), "add these kinds to the list: {unknown:#?}");
    assert!(tried > 40, "{tried} fixtures have custom resources");
}

/// The object as a struct of one's own, if it has none of k8s-openapi's; those of k8s-openapi as they are.
fn remade(located: &Located, unknown: &mut Vec<String>) -> Object {
    let object = &located.object;
    let (api_version, kind) = (object.api_version(), object.kind());
    if object.content().is_none() {
        let mut text = String::new();
        object.write_yaml(&mut text).expect("what was read can be written");
        return yaml::objects(&text).expect("what was written can be read").pop().expect("it is an object").object;
    }
    let mut rest: Map<String, Value> = yaml::decode(&located.node).expect("a custom resource is a map");
    for known in ["apiVersion", "kind", "metadata"] {
        rest.remove(known);
    }
    own(api_version, kind, object.metadata().clone(), rest).unwrap_or_else(|| {
        unknown.push(format!("{kind} {api_version:?}"));
        Object::custom(api_version, kind, object.metadata().clone(), [])
    })
}

/// The same objects as kubectl prints them with `--output=json`.
fn in_a_list(read: &[Located]) -> Vec<Located> {
    let items: Vec<Value> = read.iter().map(|located| yaml::decode(&located.node).expect("it is a map")).collect();
    let list = serde_json::json!({ "apiVersion": "v1", "kind": "List", "items": items });
    yaml::objects(&list.to_string()).expect("JSON is YAML")
}

fn found<'a>(objects: impl IntoIterator<Item = &'a Object>, cluster: Option<&'a Cluster>) -> Vec<Finding> {
    findings(&Index::new(Input { cluster, ..Input::new(objects) }), checks())
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries =
        fs::read_dir(folder).expect("the fixtures are there").map(|entry| entry.expect("it can be listed").path());
    let mut paths: Vec<_> = entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}
