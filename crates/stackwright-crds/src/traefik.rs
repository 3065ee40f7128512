//! Types of custom resources, written by `stackwright types` from the CRDs that define them. Run it again, and edit nothing here.

#![allow(dead_code, missing_docs, non_camel_case_types, rustdoc::all)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]

/// The group `traefik.io`.
pub mod traefik_io {
    /// Version `v1alpha1` of `traefik.io`.
    pub mod v1alpha1 {
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
        use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
        use serde::Deserialize;
        use serde::Serialize;
        use std::collections::BTreeMap;

        /// `IngressRoute` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRoute {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: IngressRouteSpec,
        }

        impl k8s_openapi::Resource for IngressRoute {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "IngressRoute";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "ingressroutes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for IngressRoute {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for IngressRoute {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub entry_points: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<IngressRouteParentRefs>>,
            pub routes: Vec<IngressRouteRoutes>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<IngressRouteTls>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteParentRefs {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutes {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<IngressRouteRoutesKind>,
            pub match_: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<IngressRouteRoutesMiddlewares>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub observability: Option<IngressRouteRoutesObservability>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub services: Option<Vec<IngressRouteRoutesServices>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub syntax: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IngressRouteRoutesKind {
            #[default]
            Rule,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesObservability {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_logs: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metrics: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub trace_verbosity: Option<IngressRouteRoutesObservabilityTraceVerbosity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tracing: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IngressRouteRoutesObservabilityTraceVerbosity {
            #[default]
            #[serde(rename = "minimal")]
            Minimal,
            #[serde(rename = "detailed")]
            Detailed,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServices {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<IngressRouteRoutesServicesHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<IngressRouteRoutesServicesKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<IngressRouteRoutesServicesMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<IngressRouteRoutesServicesPassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<IngressRouteRoutesServicesResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<IngressRouteRoutesServicesSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<IngressRouteRoutesServicesStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServicesHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IngressRouteRoutesServicesKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServicesMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServicesPassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServicesResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServicesSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<IngressRouteRoutesServicesStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteRoutesServicesStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<IngressRouteRoutesServicesStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IngressRouteRoutesServicesStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IngressRouteRoutesServicesStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert_resolver: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domains: Option<Vec<IngressRouteTlsDomains>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub options: Option<IngressRouteTlsOptions>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub store: Option<IngressRouteTlsStore>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTlsDomains {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub main: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sans: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTlsOptions {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTlsStore {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        /// `IngressRouteTCP` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCP {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: IngressRouteTCPSpec,
        }

        impl k8s_openapi::Resource for IngressRouteTCP {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "IngressRouteTCP";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "ingressroutetcps";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for IngressRouteTCP {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for IngressRouteTCP {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub entry_points: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_class_name: Option<String>,
            pub routes: Vec<IngressRouteTCPRoutes>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<IngressRouteTCPTls>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPRoutes {
            pub match_: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<IngressRouteTCPRoutesMiddlewares>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub services: Option<Vec<IngressRouteTCPRoutesServices>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub syntax: Option<IngressRouteTCPRoutesSyntax>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPRoutesMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPRoutesServices {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            pub port: IntOrString,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_protocol: Option<IngressRouteTCPRoutesServicesProxyProtocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub termination_delay: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPRoutesServicesProxyProtocol {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub version: Option<i64>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IngressRouteTCPRoutesSyntax {
            #[default]
            #[serde(rename = "v3")]
            V3,
            #[serde(rename = "v2")]
            V2,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert_resolver: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domains: Option<Vec<IngressRouteTCPTlsDomains>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub options: Option<IngressRouteTCPTlsOptions>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passthrough: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub store: Option<IngressRouteTCPTlsStore>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPTlsDomains {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub main: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sans: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPTlsOptions {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteTCPTlsStore {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        /// `IngressRouteUDP` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteUDP {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: IngressRouteUDPSpec,
        }

        impl k8s_openapi::Resource for IngressRouteUDP {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "IngressRouteUDP";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "ingressrouteudps";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for IngressRouteUDP {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for IngressRouteUDP {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteUDPSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub entry_points: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_class_name: Option<String>,
            pub routes: Vec<IngressRouteUDPRoutes>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteUDPRoutes {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub services: Option<Vec<IngressRouteUDPRoutesServices>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IngressRouteUDPRoutesServices {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            pub port: IntOrString,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        /// `Middleware` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Middleware {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: MiddlewareSpec,
        }

        impl k8s_openapi::Resource for Middleware {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "Middleware";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "middlewares";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for Middleware {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for Middleware {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add_prefix: Option<MiddlewareAddPrefix>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub basic_auth: Option<MiddlewareBasicAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub buffering: Option<MiddlewareBuffering>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub chain: Option<MiddlewareChain>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub circuit_breaker: Option<MiddlewareCircuitBreaker>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub compress: Option<MiddlewareCompress>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub content_type: Option<MiddlewareContentType>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub digest_auth: Option<MiddlewareDigestAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub encoded_characters: Option<MiddlewareEncodedCharacters>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub errors: Option<MiddlewareErrors>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub forward_auth: Option<MiddlewareForwardAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub grpc_web: Option<MiddlewareGrpcWeb>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<MiddlewareHeaders>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub in_flight_req: Option<MiddlewareInFlightReq>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_allow_list: Option<MiddlewareIpAllowList>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_white_list: Option<MiddlewareIpWhiteList>,
            #[serde(rename = "passTLSClientCert", skip_serializing_if = "Option::is_none")]
            pub pass_tls_client_cert: Option<MiddlewarePassTLSClientCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub plugin: Option<BTreeMap<String, serde_json::Value>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rate_limit: Option<MiddlewareRateLimit>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub redirect_regex: Option<MiddlewareRedirectRegex>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub redirect_scheme: Option<MiddlewareRedirectScheme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_path: Option<MiddlewareReplacePath>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_path_regex: Option<MiddlewareReplacePathRegex>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub retry: Option<MiddlewareRetry>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strip_prefix: Option<MiddlewareStripPrefix>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strip_prefix_regex: Option<MiddlewareStripPrefixRegex>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareAddPrefix {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub prefix: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareBasicAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub header_field: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub realm: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareBuffering {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_request_body_bytes: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_response_body_bytes: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mem_request_body_bytes: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mem_response_body_bytes: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub retry_expression: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareChain {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<MiddlewareChainMiddlewares>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareChainMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareCircuitBreaker {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub check_period: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub expression: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fallback_duration: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub recovery_duration: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_code: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareCompress {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub default_encoding: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub encodings: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub excluded_content_types: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub included_content_types: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_response_body_bytes: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareContentType {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auto_detect: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareDigestAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub header_field: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub realm: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareEncodedCharacters {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_back_slash: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_hash: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_null_character: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_percent: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_question_mark: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_semicolon: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_encoded_slash: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrors {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub error_request_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub query: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service: Option<MiddlewareErrorsService>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status_rewrites: Option<BTreeMap<String, i64>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsService {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<MiddlewareErrorsServiceHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<MiddlewareErrorsServiceKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<MiddlewareErrorsServiceMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<MiddlewareErrorsServicePassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<MiddlewareErrorsServiceResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<MiddlewareErrorsServiceSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<MiddlewareErrorsServiceStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsServiceHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum MiddlewareErrorsServiceKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsServiceMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsServicePassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsServiceResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsServiceSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<MiddlewareErrorsServiceStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareErrorsServiceStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<MiddlewareErrorsServiceStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum MiddlewareErrorsServiceStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum MiddlewareErrorsServiceStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareForwardAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add_auth_cookies_to_response: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub address: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auth_request_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auth_response_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auth_response_headers_regex: Option<String>,
            #[serde(rename = "authSigninURL", skip_serializing_if = "Option::is_none")]
            pub auth_signin_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub forward_body: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub header_field: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_body_size: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_response_body_size: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub preserve_location_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub preserve_request_method: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<MiddlewareForwardAuthTls>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub trust_forward_header: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareForwardAuthTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_optional: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_secret: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert_secret: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareGrpcWeb {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_origins: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareHeaders {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_allow_credentials: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_allow_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_allow_methods: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_allow_origin_list: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_allow_origin_list_regex: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_expose_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub access_control_max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add_vary_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allowed_hosts: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub browser_xss_filter: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub content_security_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub content_security_policy_report_only: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub content_type_nosniff: Option<bool>,
            #[serde(rename = "customBrowserXSSValue", skip_serializing_if = "Option::is_none")]
            pub custom_browser_xss_value: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub custom_frame_options_value: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub custom_request_headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub custom_response_headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub feature_policy: Option<String>,
            #[serde(rename = "forceSTSHeader", skip_serializing_if = "Option::is_none")]
            pub force_sts_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub frame_deny: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hosts_proxy_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub is_development: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub permissions_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub public_key: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub referrer_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ssl_force_host: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ssl_host: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ssl_proxy_headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ssl_redirect: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ssl_temporary_redirect: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sts_include_subdomains: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sts_preload: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sts_seconds: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareInFlightReq {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub amount: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_criterion: Option<MiddlewareInFlightReqSourceCriterion>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareInFlightReqSourceCriterion {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_strategy: Option<MiddlewareInFlightReqSourceCriterionIpStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_header_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_host: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareInFlightReqSourceCriterionIpStrategy {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub depth: Option<i64>,
            #[serde(rename = "excludedIPs", skip_serializing_if = "Option::is_none")]
            pub excluded_ips: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ipv6_subnet: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareIpAllowList {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_strategy: Option<MiddlewareIpAllowListIpStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub reject_status_code: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_range: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareIpAllowListIpStrategy {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub depth: Option<i64>,
            #[serde(rename = "excludedIPs", skip_serializing_if = "Option::is_none")]
            pub excluded_ips: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ipv6_subnet: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareIpWhiteList {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_strategy: Option<MiddlewareIpWhiteListIpStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_range: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareIpWhiteListIpStrategy {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub depth: Option<i64>,
            #[serde(rename = "excludedIPs", skip_serializing_if = "Option::is_none")]
            pub excluded_ips: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ipv6_subnet: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewarePassTLSClientCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub info: Option<MiddlewarePassTLSClientCertInfo>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pem: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewarePassTLSClientCertInfo {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub issuer: Option<MiddlewarePassTLSClientCertInfoIssuer>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub not_after: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub not_before: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sans: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub serial_number: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub subject: Option<MiddlewarePassTLSClientCertInfoSubject>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewarePassTLSClientCertInfoIssuer {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub common_name: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub country: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain_component: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub locality: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub organization: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub province: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub serial_number: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewarePassTLSClientCertInfoSubject {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub common_name: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub country: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain_component: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub locality: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub organization: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub organizational_unit: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub province: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub serial_number: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRateLimit {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub average: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub burst: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub period: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub redis: Option<MiddlewareRateLimitRedis>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_criterion: Option<MiddlewareRateLimitSourceCriterion>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRateLimitRedis {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub db: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dial_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub endpoints: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_active_conns: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_idle_conns: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pool_size: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub read_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<MiddlewareRateLimitRedisTls>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub write_timeout: Option<IntOrString>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRateLimitRedisTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_secret: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert_secret: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRateLimitSourceCriterion {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_strategy: Option<MiddlewareRateLimitSourceCriterionIpStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_header_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_host: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRateLimitSourceCriterionIpStrategy {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub depth: Option<i64>,
            #[serde(rename = "excludedIPs", skip_serializing_if = "Option::is_none")]
            pub excluded_ips: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ipv6_subnet: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRedirectRegex {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub permanent: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRedirectScheme {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub permanent: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareReplacePath {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareReplacePathRegex {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareRetry {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub attempts: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub disable_retry_on_network_error: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub initial_interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_request_body_bytes: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub retry_non_idempotent_method: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareStripPrefix {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub force_slash: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub prefixes: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareStripPrefixRegex {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<Vec<String>>,
        }

        /// `MiddlewareTCP` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareTCP {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: MiddlewareTCPSpec,
        }

        impl k8s_openapi::Resource for MiddlewareTCP {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "MiddlewareTCP";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "middlewaretcps";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for MiddlewareTCP {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for MiddlewareTCP {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareTCPSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub in_flight_conn: Option<MiddlewareTCPInFlightConn>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_allow_list: Option<MiddlewareTCPIpAllowList>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_white_list: Option<MiddlewareTCPIpWhiteList>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareTCPInFlightConn {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub amount: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareTCPIpAllowList {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_range: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct MiddlewareTCPIpWhiteList {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_range: Option<Vec<String>>,
        }

        /// `ServersTransport` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransport {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ServersTransportSpec,
        }

        impl k8s_openapi::Resource for ServersTransport {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "ServersTransport";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "serverstransports";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for ServersTransport {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for ServersTransport {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub certificates_secrets: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cipher_suites: Option<Vec<String>>,
            #[serde(rename = "disableHTTP2", skip_serializing_if = "Option::is_none")]
            pub disable_http2: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub forwarding_timeouts: Option<ServersTransportForwardingTimeouts>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_idle_conns_per_host: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<String>,
            #[serde(rename = "peerCertURI", skip_serializing_if = "Option::is_none")]
            pub peer_cert_uri: Option<String>,
            #[serde(rename = "rootCAs", skip_serializing_if = "Option::is_none")]
            pub root_cas: Option<Vec<ServersTransportRootCAs>>,
            #[serde(rename = "rootCAsSecrets", skip_serializing_if = "Option::is_none")]
            pub root_cas_secrets: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spiffe: Option<ServersTransportSpiffe>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportForwardingTimeouts {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dial_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub idle_conn_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ping_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub read_idle_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_header_timeout: Option<IntOrString>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportRootCAs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportSpiffe {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ids: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub trust_domain: Option<String>,
        }

        /// `ServersTransportTCP` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportTCP {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ServersTransportTCPSpec,
        }

        impl k8s_openapi::Resource for ServersTransportTCP {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "ServersTransportTCP";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "serverstransporttcps";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for ServersTransportTCP {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for ServersTransportTCP {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportTCPSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dial_keep_alive: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dial_timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_protocol: Option<ServersTransportTCPProxyProtocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub termination_delay: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<ServersTransportTCPTls>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportTCPProxyProtocol {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub version: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportTCPTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub certificates_secrets: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(rename = "peerCertURI", skip_serializing_if = "Option::is_none")]
            pub peer_cert_uri: Option<String>,
            #[serde(rename = "rootCAs", skip_serializing_if = "Option::is_none")]
            pub root_cas: Option<Vec<ServersTransportTCPTlsRootCAs>>,
            #[serde(rename = "rootCAsSecrets", skip_serializing_if = "Option::is_none")]
            pub root_cas_secrets: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spiffe: Option<ServersTransportTCPTlsSpiffe>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportTCPTlsRootCAs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServersTransportTCPTlsSpiffe {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ids: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub trust_domain: Option<String>,
        }

        /// `TLSOption` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSOption {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: TLSOptionSpec,
        }

        impl k8s_openapi::Resource for TLSOption {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "TLSOption";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "tlsoptions";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for TLSOption {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for TLSOption {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSOptionSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub alpn_protocols: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cipher_suites: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_auth: Option<TLSOptionClientAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub curve_preferences: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub disable_session_tickets: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub prefer_server_cipher_suites: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sni_strict: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSOptionClientAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_auth_type: Option<TLSOptionClientAuthClientAuthType>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_names: Option<Vec<String>>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TLSOptionClientAuthClientAuthType {
            #[default]
            NoClientCert,
            RequestClientCert,
            RequireAnyClientCert,
            VerifyClientCertIfGiven,
            RequireAndVerifyClientCert,
        }

        /// `TLSStore` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSStore {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: TLSStoreSpec,
        }

        impl k8s_openapi::Resource for TLSStore {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "TLSStore";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "tlsstores";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for TLSStore {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for TLSStore {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSStoreSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub certificates: Option<Vec<TLSStoreCertificates>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub default_certificate: Option<TLSStoreDefaultCertificate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub default_generated_cert: Option<TLSStoreDefaultGeneratedCert>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSStoreCertificates {
            pub secret_name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSStoreDefaultCertificate {
            pub secret_name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSStoreDefaultGeneratedCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<TLSStoreDefaultGeneratedCertDomain>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub resolver: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSStoreDefaultGeneratedCertDomain {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub main: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sans: Option<Vec<String>>,
        }

        /// `TraefikService` of `traefik.io/v1alpha1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikService {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: TraefikServiceSpec,
        }

        impl k8s_openapi::Resource for TraefikService {
            const API_VERSION: &'static str = "traefik.io/v1alpha1";
            const GROUP: &'static str = "traefik.io";
            const KIND: &'static str = "TraefikService";
            const VERSION: &'static str = "v1alpha1";
            const URL_PATH_SEGMENT: &'static str = "traefikservices";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for TraefikService {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for TraefikService {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                fields.serialize_entry("spec", &self.spec)?;
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failover: Option<TraefikServiceFailover>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub highest_random_weight: Option<TraefikServiceHighestRandomWeight>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mirroring: Option<TraefikServiceMirroring>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weighted: Option<TraefikServiceWeighted>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailover {
            pub errors: TraefikServiceFailoverErrors,
            pub fallback: TraefikServiceFailoverFallback,
            pub service: TraefikServiceFailoverService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverErrors {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_request_body_bytes: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallback {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<TraefikServiceFailoverFallbackHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<TraefikServiceFailoverFallbackKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<TraefikServiceFailoverFallbackMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<TraefikServiceFailoverFallbackPassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<TraefikServiceFailoverFallbackResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceFailoverFallbackSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<TraefikServiceFailoverFallbackStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallbackHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceFailoverFallbackKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallbackMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallbackPassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallbackResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallbackSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceFailoverFallbackStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverFallbackStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceFailoverFallbackStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceFailoverFallbackStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceFailoverFallbackStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverService {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<TraefikServiceFailoverServiceHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<TraefikServiceFailoverServiceKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<TraefikServiceFailoverServiceMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<TraefikServiceFailoverServicePassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<TraefikServiceFailoverServiceResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceFailoverServiceSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<TraefikServiceFailoverServiceStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverServiceHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceFailoverServiceKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverServiceMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverServicePassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverServiceResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverServiceSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceFailoverServiceStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceFailoverServiceStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceFailoverServiceStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceFailoverServiceStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceFailoverServiceStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeight {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub services: Option<Vec<TraefikServiceHighestRandomWeightServices>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServices {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<TraefikServiceHighestRandomWeightServicesHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<TraefikServiceHighestRandomWeightServicesKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<TraefikServiceHighestRandomWeightServicesMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<TraefikServiceHighestRandomWeightServicesPassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<TraefikServiceHighestRandomWeightServicesResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceHighestRandomWeightServicesSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<TraefikServiceHighestRandomWeightServicesStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServicesHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceHighestRandomWeightServicesKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServicesMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServicesPassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServicesResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServicesSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceHighestRandomWeightServicesStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceHighestRandomWeightServicesStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceHighestRandomWeightServicesStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceHighestRandomWeightServicesStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceHighestRandomWeightServicesStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroring {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<TraefikServiceMirroringHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<TraefikServiceMirroringKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_body_size: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<TraefikServiceMirroringMiddlewares>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mirror_body: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mirrors: Option<Vec<TraefikServiceMirroringMirrors>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<TraefikServiceMirroringPassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<TraefikServiceMirroringResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceMirroringSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<TraefikServiceMirroringStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceMirroringKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrors {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<TraefikServiceMirroringMirrorsHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<TraefikServiceMirroringMirrorsKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<TraefikServiceMirroringMirrorsMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<TraefikServiceMirroringMirrorsPassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub percent: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<TraefikServiceMirroringMirrorsResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceMirroringMirrorsSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<TraefikServiceMirroringMirrorsStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrorsHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceMirroringMirrorsKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrorsMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrorsPassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrorsResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrorsSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceMirroringMirrorsStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringMirrorsStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceMirroringMirrorsStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceMirroringMirrorsStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceMirroringMirrorsStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringPassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceMirroringStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceMirroringStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceMirroringStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceMirroringStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceMirroringStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeighted {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub services: Option<Vec<TraefikServiceWeightedServices>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceWeightedSticky>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServices {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub health_check: Option<TraefikServiceWeightedServicesHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<TraefikServiceWeightedServicesKind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub middlewares: Option<Vec<TraefikServiceWeightedServicesMiddlewares>>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(rename = "nativeLB", skip_serializing_if = "Option::is_none")]
            pub native_lb: Option<bool>,
            #[serde(rename = "nodePortLB", skip_serializing_if = "Option::is_none")]
            pub node_port_lb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pass_host_header: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_health_check: Option<TraefikServiceWeightedServicesPassiveHealthCheck>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_forwarding: Option<TraefikServiceWeightedServicesResponseForwarding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub servers_transport: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sticky: Option<TraefikServiceWeightedServicesSticky>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub strategy: Option<TraefikServiceWeightedServicesStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServicesHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeout: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub unhealthy_interval: Option<IntOrString>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceWeightedServicesKind {
            #[default]
            Service,
            TraefikService,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServicesMiddlewares {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServicesPassiveHealthCheck {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub failure_window: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_failed_attempts: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServicesResponseForwarding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub flush_interval: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServicesSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceWeightedServicesStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedServicesStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceWeightedServicesStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceWeightedServicesStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceWeightedServicesStrategy {
            #[default]
            #[serde(rename = "wrr")]
            Wrr,
            #[serde(rename = "p2c")]
            P2c,
            #[serde(rename = "hrw")]
            Hrw,
            #[serde(rename = "leasttime")]
            Leasttime,
            RoundRobin,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedSticky {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cookie: Option<TraefikServiceWeightedStickyCookie>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TraefikServiceWeightedStickyCookie {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub domain: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http_only: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub same_site: Option<TraefikServiceWeightedStickyCookieSameSite>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secure: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum TraefikServiceWeightedStickyCookieSameSite {
            #[default]
            #[serde(rename = "none")]
            None,
            #[serde(rename = "lax")]
            Lax,
            #[serde(rename = "strict")]
            Strict,
            #[serde(rename = "None")]
            None2,
            #[serde(rename = "Lax")]
            Lax2,
            #[serde(rename = "Strict")]
            Strict2,
        }
    }
}
