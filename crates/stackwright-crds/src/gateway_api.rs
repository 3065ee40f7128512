//! Types of custom resources, written by `stackwright types` from the CRDs that define them. Run it again, and edit nothing here.

#![allow(dead_code, missing_docs, non_camel_case_types, rustdoc::all)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]

/// The group `gateway.networking.k8s.io`.
pub mod gateway_networking_k8s_io {
    /// Version `v1` of `gateway.networking.k8s.io`.
    pub mod v1 {
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
        use serde::Deserialize;
        use serde::Serialize;
        use std::collections::BTreeMap;

        /// `BackendTLSPolicy` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BackendTLSPolicy {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: BackendTLSPolicySpec,
        }

        impl k8s_openapi::Resource for BackendTLSPolicy {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "BackendTLSPolicy";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "backendtlspolicies";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for BackendTLSPolicy {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for BackendTLSPolicy {
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
        pub struct BackendTLSPolicySpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub options: Option<BTreeMap<String, String>>,
            pub target_refs: Vec<BackendTLSPolicyTargetRefs>,
            pub validation: BackendTLSPolicyValidation,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BackendTLSPolicyTargetRefs {
            pub group: String,
            pub kind: String,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub section_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BackendTLSPolicyValidation {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_certificate_refs: Option<Vec<BackendTLSPolicyValidationCaCertificateRefs>>,
            pub hostname: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub subject_alt_names: Option<Vec<BackendTLSPolicyValidationSubjectAltNames>>,
            #[serde(rename = "wellKnownCACertificates", skip_serializing_if = "Option::is_none")]
            pub well_known_ca_certificates: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BackendTLSPolicyValidationCaCertificateRefs {
            pub group: String,
            pub kind: String,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BackendTLSPolicyValidationSubjectAltNames {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            pub type_: BackendTLSPolicyValidationSubjectAltNamesType,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub uri: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum BackendTLSPolicyValidationSubjectAltNamesType {
            #[default]
            Hostname,
            URI,
        }

        /// `GRPCRoute` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRoute {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: GRPCRouteSpec,
        }

        impl k8s_openapi::Resource for GRPCRoute {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "GRPCRoute";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "grpcroutes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for GRPCRoute {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for GRPCRoute {
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
        pub struct GRPCRouteSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostnames: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<GRPCRouteParentRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rules: Option<Vec<GRPCRouteRules>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteParentRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub section_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRules {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub backend_refs: Option<Vec<GRPCRouteRulesBackendRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub filters: Option<Vec<GRPCRouteRulesFilters>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub matches: Option<Vec<GRPCRouteRulesMatches>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub filters: Option<Vec<GRPCRouteRulesBackendRefsFilters>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFilters {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub extension_ref: Option<GRPCRouteRulesBackendRefsFiltersExtensionRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_header_modifier: Option<GRPCRouteRulesBackendRefsFiltersRequestHeaderModifier>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_mirror: Option<GRPCRouteRulesBackendRefsFiltersRequestMirror>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_header_modifier: Option<GRPCRouteRulesBackendRefsFiltersResponseHeaderModifier>,
            pub type_: GRPCRouteRulesBackendRefsFiltersType,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersExtensionRef {
            pub group: String,
            pub kind: String,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersRequestHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<GRPCRouteRulesBackendRefsFiltersRequestHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<GRPCRouteRulesBackendRefsFiltersRequestHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersRequestHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersRequestHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersRequestMirror {
            pub backend_ref: GRPCRouteRulesBackendRefsFiltersRequestMirrorBackendRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fraction: Option<GRPCRouteRulesBackendRefsFiltersRequestMirrorFraction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub percent: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersRequestMirrorBackendRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersRequestMirrorFraction {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub denominator: Option<i32>,
            pub numerator: i32,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersResponseHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<GRPCRouteRulesBackendRefsFiltersResponseHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<GRPCRouteRulesBackendRefsFiltersResponseHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersResponseHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesBackendRefsFiltersResponseHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GRPCRouteRulesBackendRefsFiltersType {
            #[default]
            ResponseHeaderModifier,
            RequestHeaderModifier,
            RequestMirror,
            ExtensionRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFilters {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub extension_ref: Option<GRPCRouteRulesFiltersExtensionRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_header_modifier: Option<GRPCRouteRulesFiltersRequestHeaderModifier>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_mirror: Option<GRPCRouteRulesFiltersRequestMirror>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_header_modifier: Option<GRPCRouteRulesFiltersResponseHeaderModifier>,
            pub type_: GRPCRouteRulesFiltersType,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersExtensionRef {
            pub group: String,
            pub kind: String,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersRequestHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<GRPCRouteRulesFiltersRequestHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<GRPCRouteRulesFiltersRequestHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersRequestHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersRequestHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersRequestMirror {
            pub backend_ref: GRPCRouteRulesFiltersRequestMirrorBackendRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fraction: Option<GRPCRouteRulesFiltersRequestMirrorFraction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub percent: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersRequestMirrorBackendRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersRequestMirrorFraction {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub denominator: Option<i32>,
            pub numerator: i32,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersResponseHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<GRPCRouteRulesFiltersResponseHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<GRPCRouteRulesFiltersResponseHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersResponseHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesFiltersResponseHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GRPCRouteRulesFiltersType {
            #[default]
            ResponseHeaderModifier,
            RequestHeaderModifier,
            RequestMirror,
            ExtensionRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesMatches {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<Vec<GRPCRouteRulesMatchesHeaders>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<GRPCRouteRulesMatchesMethod>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesMatchesHeaders {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<GRPCRouteRulesMatchesHeadersType>,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GRPCRouteRulesMatchesHeadersType {
            #[default]
            Exact,
            RegularExpression,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GRPCRouteRulesMatchesMethod {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<GRPCRouteRulesMatchesMethodType>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GRPCRouteRulesMatchesMethodType {
            #[default]
            Exact,
            RegularExpression,
        }

        /// `Gateway` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Gateway {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: GatewaySpec,
        }

        impl k8s_openapi::Resource for Gateway {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "Gateway";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "gateways";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for Gateway {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for Gateway {
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
        pub struct GatewaySpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub addresses: Option<Vec<GatewayAddresses>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allowed_listeners: Option<GatewayAllowedListeners>,
            pub gateway_class_name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub infrastructure: Option<GatewayInfrastructure>,
            pub listeners: Vec<GatewayListeners>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<GatewayTls>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayAddresses {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub value: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayAllowedListeners {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespaces: Option<GatewayAllowedListenersNamespaces>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayAllowedListenersNamespaces {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub from: Option<GatewayAllowedListenersNamespacesFrom>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector: Option<LabelSelector>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GatewayAllowedListenersNamespacesFrom {
            All,
            Selector,
            Same,
            #[default]
            None,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayInfrastructure {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parameters_ref: Option<GatewayInfrastructureParametersRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayInfrastructureParametersRef {
            pub group: String,
            pub kind: String,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayListeners {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allowed_routes: Option<GatewayListenersAllowedRoutes>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            pub name: String,
            pub port: i32,
            pub protocol: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<GatewayListenersTls>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayListenersAllowedRoutes {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kinds: Option<Vec<GatewayListenersAllowedRoutesKinds>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespaces: Option<GatewayListenersAllowedRoutesNamespaces>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayListenersAllowedRoutesKinds {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            pub kind: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayListenersAllowedRoutesNamespaces {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub from: Option<GatewayListenersAllowedRoutesNamespacesFrom>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector: Option<LabelSelector>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GatewayListenersAllowedRoutesNamespacesFrom {
            All,
            Selector,
            #[default]
            Same,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayListenersTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub certificate_refs: Option<Vec<GatewayListenersTlsCertificateRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<GatewayListenersTlsMode>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub options: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayListenersTlsCertificateRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GatewayListenersTlsMode {
            #[default]
            Terminate,
            Passthrough,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub backend: Option<GatewayTlsBackend>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub frontend: Option<GatewayTlsFrontend>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsBackend {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_certificate_ref: Option<GatewayTlsBackendClientCertificateRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsBackendClientCertificateRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontend {
            pub default: GatewayTlsFrontendDefault,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub per_port: Option<Vec<GatewayTlsFrontendPerPort>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendDefault {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub validation: Option<GatewayTlsFrontendDefaultValidation>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendDefaultValidation {
            pub ca_certificate_refs: Vec<GatewayTlsFrontendDefaultValidationCaCertificateRefs>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<GatewayTlsFrontendDefaultValidationMode>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendDefaultValidationCaCertificateRefs {
            pub group: String,
            pub kind: String,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GatewayTlsFrontendDefaultValidationMode {
            #[default]
            AllowValidOnly,
            AllowInsecureFallback,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendPerPort {
            pub port: i32,
            pub tls: GatewayTlsFrontendPerPortTls,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendPerPortTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub validation: Option<GatewayTlsFrontendPerPortTlsValidation>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendPerPortTlsValidation {
            pub ca_certificate_refs: Vec<GatewayTlsFrontendPerPortTlsValidationCaCertificateRefs>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<GatewayTlsFrontendPerPortTlsValidationMode>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayTlsFrontendPerPortTlsValidationCaCertificateRefs {
            pub group: String,
            pub kind: String,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum GatewayTlsFrontendPerPortTlsValidationMode {
            #[default]
            AllowValidOnly,
            AllowInsecureFallback,
        }

        /// `GatewayClass` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayClass {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: GatewayClassSpec,
        }

        impl k8s_openapi::Resource for GatewayClass {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "GatewayClass";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "gatewayclasses";
            type Scope = k8s_openapi::ClusterResourceScope;
        }

        impl k8s_openapi::Metadata for GatewayClass {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for GatewayClass {
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
        pub struct GatewayClassSpec {
            pub controller_name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub description: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parameters_ref: Option<GatewayClassParametersRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct GatewayClassParametersRef {
            pub group: String,
            pub kind: String,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        /// `HTTPRoute` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRoute {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: HTTPRouteSpec,
        }

        impl k8s_openapi::Resource for HTTPRoute {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "HTTPRoute";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "httproutes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for HTTPRoute {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for HTTPRoute {
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
        pub struct HTTPRouteSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostnames: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<HTTPRouteParentRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rules: Option<Vec<HTTPRouteRules>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteParentRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub section_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRules {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub backend_refs: Option<Vec<HTTPRouteRulesBackendRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub filters: Option<Vec<HTTPRouteRulesFilters>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub matches: Option<Vec<HTTPRouteRulesMatches>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timeouts: Option<HTTPRouteRulesTimeouts>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub filters: Option<Vec<HTTPRouteRulesBackendRefsFilters>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFilters {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cors: Option<HTTPRouteRulesBackendRefsFiltersCors>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub extension_ref: Option<HTTPRouteRulesBackendRefsFiltersExtensionRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_header_modifier: Option<HTTPRouteRulesBackendRefsFiltersRequestHeaderModifier>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_mirror: Option<HTTPRouteRulesBackendRefsFiltersRequestMirror>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_redirect: Option<HTTPRouteRulesBackendRefsFiltersRequestRedirect>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_header_modifier: Option<HTTPRouteRulesBackendRefsFiltersResponseHeaderModifier>,
            pub type_: HTTPRouteRulesBackendRefsFiltersType,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub url_rewrite: Option<HTTPRouteRulesBackendRefsFiltersUrlRewrite>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersCors {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_credentials: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_methods: Option<Vec<HTTPRouteRulesBackendRefsFiltersCorsAllowMethods>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_origins: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub expose_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i32>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesBackendRefsFiltersCorsAllowMethods {
            #[default]
            GET,
            HEAD,
            POST,
            PUT,
            DELETE,
            CONNECT,
            OPTIONS,
            TRACE,
            PATCH,
            #[serde(rename = "*")]
            Star,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersExtensionRef {
            pub group: String,
            pub kind: String,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<HTTPRouteRulesBackendRefsFiltersRequestHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<HTTPRouteRulesBackendRefsFiltersRequestHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestMirror {
            pub backend_ref: HTTPRouteRulesBackendRefsFiltersRequestMirrorBackendRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fraction: Option<HTTPRouteRulesBackendRefsFiltersRequestMirrorFraction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub percent: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestMirrorBackendRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestMirrorFraction {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub denominator: Option<i32>,
            pub numerator: i32,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestRedirect {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<HTTPRouteRulesBackendRefsFiltersRequestRedirectPath>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<HTTPRouteRulesBackendRefsFiltersRequestRedirectScheme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status_code: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersRequestRedirectPath {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_full_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_prefix_match: Option<String>,
            pub type_: HTTPRouteRulesBackendRefsFiltersRequestRedirectPathType,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesBackendRefsFiltersRequestRedirectPathType {
            #[default]
            ReplaceFullPath,
            ReplacePrefixMatch,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesBackendRefsFiltersRequestRedirectScheme {
            #[default]
            #[serde(rename = "http")]
            Http,
            #[serde(rename = "https")]
            Https,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersResponseHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<HTTPRouteRulesBackendRefsFiltersResponseHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<HTTPRouteRulesBackendRefsFiltersResponseHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersResponseHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersResponseHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesBackendRefsFiltersType {
            #[default]
            RequestHeaderModifier,
            ResponseHeaderModifier,
            RequestMirror,
            RequestRedirect,
            URLRewrite,
            ExtensionRef,
            CORS,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersUrlRewrite {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<HTTPRouteRulesBackendRefsFiltersUrlRewritePath>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesBackendRefsFiltersUrlRewritePath {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_full_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_prefix_match: Option<String>,
            pub type_: HTTPRouteRulesBackendRefsFiltersUrlRewritePathType,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesBackendRefsFiltersUrlRewritePathType {
            #[default]
            ReplaceFullPath,
            ReplacePrefixMatch,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFilters {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cors: Option<HTTPRouteRulesFiltersCors>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub extension_ref: Option<HTTPRouteRulesFiltersExtensionRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_header_modifier: Option<HTTPRouteRulesFiltersRequestHeaderModifier>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_mirror: Option<HTTPRouteRulesFiltersRequestMirror>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request_redirect: Option<HTTPRouteRulesFiltersRequestRedirect>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub response_header_modifier: Option<HTTPRouteRulesFiltersResponseHeaderModifier>,
            pub type_: HTTPRouteRulesFiltersType,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub url_rewrite: Option<HTTPRouteRulesFiltersUrlRewrite>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersCors {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_credentials: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_methods: Option<Vec<HTTPRouteRulesFiltersCorsAllowMethods>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allow_origins: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub expose_headers: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_age: Option<i32>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesFiltersCorsAllowMethods {
            #[default]
            GET,
            HEAD,
            POST,
            PUT,
            DELETE,
            CONNECT,
            OPTIONS,
            TRACE,
            PATCH,
            #[serde(rename = "*")]
            Star,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersExtensionRef {
            pub group: String,
            pub kind: String,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<HTTPRouteRulesFiltersRequestHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<HTTPRouteRulesFiltersRequestHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestMirror {
            pub backend_ref: HTTPRouteRulesFiltersRequestMirrorBackendRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fraction: Option<HTTPRouteRulesFiltersRequestMirrorFraction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub percent: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestMirrorBackendRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestMirrorFraction {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub denominator: Option<i32>,
            pub numerator: i32,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestRedirect {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<HTTPRouteRulesFiltersRequestRedirectPath>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<HTTPRouteRulesFiltersRequestRedirectScheme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub status_code: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersRequestRedirectPath {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_full_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_prefix_match: Option<String>,
            pub type_: HTTPRouteRulesFiltersRequestRedirectPathType,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesFiltersRequestRedirectPathType {
            #[default]
            ReplaceFullPath,
            ReplacePrefixMatch,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesFiltersRequestRedirectScheme {
            #[default]
            #[serde(rename = "http")]
            Http,
            #[serde(rename = "https")]
            Https,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersResponseHeaderModifier {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub add: Option<Vec<HTTPRouteRulesFiltersResponseHeaderModifierAdd>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub remove: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub set: Option<Vec<HTTPRouteRulesFiltersResponseHeaderModifierSet>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersResponseHeaderModifierAdd {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersResponseHeaderModifierSet {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesFiltersType {
            #[default]
            RequestHeaderModifier,
            ResponseHeaderModifier,
            RequestMirror,
            RequestRedirect,
            URLRewrite,
            ExtensionRef,
            CORS,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersUrlRewrite {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<HTTPRouteRulesFiltersUrlRewritePath>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesFiltersUrlRewritePath {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_full_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replace_prefix_match: Option<String>,
            pub type_: HTTPRouteRulesFiltersUrlRewritePathType,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesFiltersUrlRewritePathType {
            #[default]
            ReplaceFullPath,
            ReplacePrefixMatch,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesMatches {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub headers: Option<Vec<HTTPRouteRulesMatchesHeaders>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub method: Option<HTTPRouteRulesMatchesMethod>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<HTTPRouteRulesMatchesPath>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub query_params: Option<Vec<HTTPRouteRulesMatchesQueryParams>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesMatchesHeaders {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<HTTPRouteRulesMatchesHeadersType>,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesMatchesHeadersType {
            #[default]
            Exact,
            RegularExpression,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesMatchesMethod {
            #[default]
            GET,
            HEAD,
            POST,
            PUT,
            DELETE,
            CONNECT,
            OPTIONS,
            TRACE,
            PATCH,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesMatchesPath {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<HTTPRouteRulesMatchesPathType>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub value: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesMatchesPathType {
            Exact,
            #[default]
            PathPrefix,
            RegularExpression,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesMatchesQueryParams {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<HTTPRouteRulesMatchesQueryParamsType>,
            pub value: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum HTTPRouteRulesMatchesQueryParamsType {
            #[default]
            Exact,
            RegularExpression,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct HTTPRouteRulesTimeouts {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub backend_request: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub request: Option<String>,
        }

        /// `ListenerSet` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSet {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ListenerSetSpec,
        }

        impl k8s_openapi::Resource for ListenerSet {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "ListenerSet";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "listenersets";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for ListenerSet {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for ListenerSet {
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
        pub struct ListenerSetSpec {
            pub listeners: Vec<ListenerSetListeners>,
            pub parent_ref: ListenerSetParentRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetListeners {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub allowed_routes: Option<ListenerSetListenersAllowedRoutes>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hostname: Option<String>,
            pub name: String,
            pub port: i32,
            pub protocol: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls: Option<ListenerSetListenersTls>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetListenersAllowedRoutes {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kinds: Option<Vec<ListenerSetListenersAllowedRoutesKinds>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespaces: Option<ListenerSetListenersAllowedRoutesNamespaces>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetListenersAllowedRoutesKinds {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            pub kind: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetListenersAllowedRoutesNamespaces {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub from: Option<ListenerSetListenersAllowedRoutesNamespacesFrom>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector: Option<LabelSelector>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ListenerSetListenersAllowedRoutesNamespacesFrom {
            All,
            Selector,
            #[default]
            Same,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetListenersTls {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub certificate_refs: Option<Vec<ListenerSetListenersTlsCertificateRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mode: Option<ListenerSetListenersTlsMode>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub options: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetListenersTlsCertificateRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ListenerSetListenersTlsMode {
            #[default]
            Terminate,
            Passthrough,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ListenerSetParentRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }

        /// `ReferenceGrant` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ReferenceGrant {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ReferenceGrantSpec,
        }

        impl k8s_openapi::Resource for ReferenceGrant {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "ReferenceGrant";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "referencegrants";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for ReferenceGrant {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for ReferenceGrant {
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
        pub struct ReferenceGrantSpec {
            pub from: Vec<ReferenceGrantFrom>,
            pub to: Vec<ReferenceGrantTo>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ReferenceGrantFrom {
            pub group: String,
            pub kind: String,
            pub namespace: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ReferenceGrantTo {
            pub group: String,
            pub kind: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        /// `TCPRoute` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TCPRoute {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: TCPRouteSpec,
        }

        impl k8s_openapi::Resource for TCPRoute {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "TCPRoute";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "tcproutes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for TCPRoute {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for TCPRoute {
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
        pub struct TCPRouteSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<TCPRouteParentRefs>>,
            pub rules: Vec<TCPRouteRules>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TCPRouteParentRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub section_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TCPRouteRules {
            pub backend_refs: Vec<TCPRouteRulesBackendRefs>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TCPRouteRulesBackendRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i32>,
        }

        /// `TLSRoute` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSRoute {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: TLSRouteSpec,
        }

        impl k8s_openapi::Resource for TLSRoute {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "TLSRoute";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "tlsroutes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for TLSRoute {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for TLSRoute {
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
        pub struct TLSRouteSpec {
            pub hostnames: Vec<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<TLSRouteParentRefs>>,
            pub rules: Vec<TLSRouteRules>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSRouteParentRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub section_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSRouteRules {
            pub backend_refs: Vec<TLSRouteRulesBackendRefs>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct TLSRouteRulesBackendRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i32>,
        }

        /// `UDPRoute` of `gateway.networking.k8s.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct UDPRoute {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: UDPRouteSpec,
        }

        impl k8s_openapi::Resource for UDPRoute {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = "UDPRoute";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "udproutes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for UDPRoute {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for UDPRoute {
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
        pub struct UDPRouteSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<UDPRouteParentRefs>>,
            pub rules: Vec<UDPRouteRules>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct UDPRouteParentRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub section_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct UDPRouteRules {
            pub backend_refs: Vec<UDPRouteRulesBackendRefs>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct UDPRouteRulesBackendRefs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i32>,
        }
    }
}
