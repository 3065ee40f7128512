//! Types of custom resources, written by `stackwright types` from the CRDs that define them. Run it again, and edit nothing here.

#![allow(dead_code, missing_docs, non_camel_case_types, rustdoc::all)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]

/// The group `monitoring.coreos.com`.
pub mod monitoring_coreos_com {
    /// Version `v1` of `monitoring.coreos.com`.
    pub mod v1 {
        use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
        use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
        use serde::Deserialize;
        use serde::Serialize;
        use std::collections::BTreeMap;

        /// `PodMonitor` of `monitoring.coreos.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitor {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: PodMonitorSpec,
        }

        impl k8s_openapi::Resource for PodMonitor {
            const API_VERSION: &'static str = "monitoring.coreos.com/v1";
            const GROUP: &'static str = "monitoring.coreos.com";
            const KIND: &'static str = "PodMonitor";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "podmonitors";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for PodMonitor {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for PodMonitor {
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
        pub struct PodMonitorSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub attach_metadata: Option<PodMonitorAttachMetadata>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub body_size_limit: Option<String>,
            #[serde(rename = "convertClassicHistogramsToNHCB", skip_serializing_if = "Option::is_none")]
            pub convert_classic_histograms_to_nhcb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fallback_scrape_protocol: Option<PodMonitorFallbackScrapeProtocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub job_label: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keep_dropped_targets: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_name_length_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_value_length_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace_selector: Option<PodMonitorNamespaceSelector>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub native_histogram_bucket_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub native_histogram_min_bucket_factor: Option<Quantity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_metrics_endpoints: Option<Vec<PodMonitorPodMetricsEndpoints>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_target_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sample_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_class: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_classic_histograms: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_protocols: Option<Vec<PodMonitorScrapeProtocols>>,
            pub selector: LabelSelector,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector_mechanism: Option<PodMonitorSelectorMechanism>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_limit: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorAttachMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorFallbackScrapeProtocol {
            #[default]
            PrometheusProto,
            #[serde(rename = "OpenMetricsText0.0.1")]
            OpenMetricsText0_0_1,
            #[serde(rename = "OpenMetricsText1.0.0")]
            OpenMetricsText1_0_0,
            #[serde(rename = "PrometheusText0.0.4")]
            PrometheusText0_0_4,
            #[serde(rename = "PrometheusText1.0.0")]
            PrometheusText1_0_0,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorNamespaceSelector {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub any: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_names: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpoints {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub authorization: Option<PodMonitorPodMetricsEndpointsAuthorization>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub basic_auth: Option<PodMonitorPodMetricsEndpointsBasicAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bearer_token_secret: Option<PodMonitorPodMetricsEndpointsBearerTokenSecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub enable_http2: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub filter_running: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub honor_labels: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub honor_timestamps: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metric_relabelings: Option<Vec<PodMonitorPodMetricsEndpointsMetricRelabelings>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub no_proxy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub oauth2: Option<PodMonitorPodMetricsEndpointsOauth2>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub params: Option<BTreeMap<String, Vec<String>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port_number: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_connect_header: Option<BTreeMap<String, Vec<PodMonitorPodMetricsEndpointsProxyConnectHeader>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_from_environment: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub relabelings: Option<Vec<PodMonitorPodMetricsEndpointsRelabelings>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<PodMonitorPodMetricsEndpointsScheme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_timeout: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls_config: Option<PodMonitorPodMetricsEndpointsTlsConfig>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub track_timestamps_staleness: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsAuthorization {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub credentials: Option<PodMonitorPodMetricsEndpointsAuthorizationCredentials>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsAuthorizationCredentials {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsBasicAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password: Option<PodMonitorPodMetricsEndpointsBasicAuthPassword>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub username: Option<PodMonitorPodMetricsEndpointsBasicAuthUsername>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsBasicAuthPassword {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsBasicAuthUsername {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsBearerTokenSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsMetricRelabelings {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<PodMonitorPodMetricsEndpointsMetricRelabelingsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsMetricRelabelingsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2 {
            pub client_id: PodMonitorPodMetricsEndpointsOauth2ClientId,
            pub client_secret: PodMonitorPodMetricsEndpointsOauth2ClientSecret,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub endpoint_params: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub no_proxy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_connect_header:
                Option<BTreeMap<String, Vec<PodMonitorPodMetricsEndpointsOauth2ProxyConnectHeader>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_from_environment: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scopes: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls_config: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfig>,
            pub token_url: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2ClientId {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<PodMonitorPodMetricsEndpointsOauth2ClientIdConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<PodMonitorPodMetricsEndpointsOauth2ClientIdSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2ClientIdConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2ClientIdSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2ClientSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2ProxyConnectHeader {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_secret: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigKeySecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigMaxVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigMinVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigCaConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigCaSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigCaConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigCaSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigCertConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<PodMonitorPodMetricsEndpointsOauth2TlsConfigCertSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigCertConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigCertSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsOauth2TlsConfigKeySecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsOauth2TlsConfigMaxVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsOauth2TlsConfigMinVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsProxyConnectHeader {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsRelabelings {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<PodMonitorPodMetricsEndpointsRelabelingsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsRelabelingsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsScheme {
            #[default]
            #[serde(rename = "http")]
            Http,
            #[serde(rename = "https")]
            Https,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<PodMonitorPodMetricsEndpointsTlsConfigCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert: Option<PodMonitorPodMetricsEndpointsTlsConfigCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_secret: Option<PodMonitorPodMetricsEndpointsTlsConfigKeySecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<PodMonitorPodMetricsEndpointsTlsConfigMaxVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<PodMonitorPodMetricsEndpointsTlsConfigMinVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<PodMonitorPodMetricsEndpointsTlsConfigCaConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<PodMonitorPodMetricsEndpointsTlsConfigCaSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigCaConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigCaSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<PodMonitorPodMetricsEndpointsTlsConfigCertConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<PodMonitorPodMetricsEndpointsTlsConfigCertSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigCertConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigCertSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PodMonitorPodMetricsEndpointsTlsConfigKeySecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsTlsConfigMaxVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorPodMetricsEndpointsTlsConfigMinVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorScrapeProtocols {
            #[default]
            PrometheusProto,
            #[serde(rename = "OpenMetricsText0.0.1")]
            OpenMetricsText0_0_1,
            #[serde(rename = "OpenMetricsText1.0.0")]
            OpenMetricsText1_0_0,
            #[serde(rename = "PrometheusText0.0.4")]
            PrometheusText0_0_4,
            #[serde(rename = "PrometheusText1.0.0")]
            PrometheusText1_0_0,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum PodMonitorSelectorMechanism {
            #[default]
            RelabelConfig,
            RoleSelector,
        }

        /// `Probe` of `monitoring.coreos.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Probe {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ProbeSpec,
        }

        impl k8s_openapi::Resource for Probe {
            const API_VERSION: &'static str = "monitoring.coreos.com/v1";
            const GROUP: &'static str = "monitoring.coreos.com";
            const KIND: &'static str = "Probe";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "probes";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for Probe {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for Probe {
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
        pub struct ProbeSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub authorization: Option<ProbeAuthorization>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub basic_auth: Option<ProbeBasicAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bearer_token_secret: Option<ProbeBearerTokenSecret>,
            #[serde(rename = "convertClassicHistogramsToNHCB", skip_serializing_if = "Option::is_none")]
            pub convert_classic_histograms_to_nhcb: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fallback_scrape_protocol: Option<ProbeFallbackScrapeProtocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub job_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keep_dropped_targets: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_name_length_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_value_length_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metric_relabelings: Option<Vec<ProbeMetricRelabelings>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub module: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub native_histogram_bucket_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub native_histogram_min_bucket_factor: Option<Quantity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub oauth2: Option<ProbeOauth2>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub params: Option<Vec<ProbeParams>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub prober: Option<ProbeProber>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sample_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_class: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_classic_histograms: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_protocols: Option<Vec<ProbeScrapeProtocols>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_timeout: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub targets: Option<ProbeTargets>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls_config: Option<ProbeTlsConfig>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeAuthorization {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub credentials: Option<ProbeAuthorizationCredentials>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeAuthorizationCredentials {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeBasicAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password: Option<ProbeBasicAuthPassword>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub username: Option<ProbeBasicAuthUsername>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeBasicAuthPassword {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeBasicAuthUsername {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeBearerTokenSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeFallbackScrapeProtocol {
            #[default]
            PrometheusProto,
            #[serde(rename = "OpenMetricsText0.0.1")]
            OpenMetricsText0_0_1,
            #[serde(rename = "OpenMetricsText1.0.0")]
            OpenMetricsText1_0_0,
            #[serde(rename = "PrometheusText0.0.4")]
            PrometheusText0_0_4,
            #[serde(rename = "PrometheusText1.0.0")]
            PrometheusText1_0_0,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeMetricRelabelings {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<ProbeMetricRelabelingsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeMetricRelabelingsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2 {
            pub client_id: ProbeOauth2ClientId,
            pub client_secret: ProbeOauth2ClientSecret,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub endpoint_params: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub no_proxy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_connect_header: Option<BTreeMap<String, Vec<ProbeOauth2ProxyConnectHeader>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_from_environment: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scopes: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls_config: Option<ProbeOauth2TlsConfig>,
            pub token_url: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2ClientId {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ProbeOauth2ClientIdConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ProbeOauth2ClientIdSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2ClientIdConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2ClientIdSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2ClientSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2ProxyConnectHeader {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<ProbeOauth2TlsConfigCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert: Option<ProbeOauth2TlsConfigCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_secret: Option<ProbeOauth2TlsConfigKeySecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<ProbeOauth2TlsConfigMaxVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<ProbeOauth2TlsConfigMinVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ProbeOauth2TlsConfigCaConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ProbeOauth2TlsConfigCaSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigCaConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigCaSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ProbeOauth2TlsConfigCertConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ProbeOauth2TlsConfigCertSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigCertConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigCertSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeOauth2TlsConfigKeySecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeOauth2TlsConfigMaxVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeOauth2TlsConfigMinVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeParams {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub values: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeProber {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub no_proxy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_connect_header: Option<BTreeMap<String, Vec<ProbeProberProxyConnectHeader>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_from_environment: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<ProbeProberScheme>,
            pub url: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeProberProxyConnectHeader {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeProberScheme {
            #[default]
            #[serde(rename = "http")]
            Http,
            #[serde(rename = "https")]
            Https,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeScrapeProtocols {
            #[default]
            PrometheusProto,
            #[serde(rename = "OpenMetricsText0.0.1")]
            OpenMetricsText0_0_1,
            #[serde(rename = "OpenMetricsText1.0.0")]
            OpenMetricsText1_0_0,
            #[serde(rename = "PrometheusText0.0.4")]
            PrometheusText0_0_4,
            #[serde(rename = "PrometheusText1.0.0")]
            PrometheusText1_0_0,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTargets {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress: Option<ProbeTargetsIngress>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub static_config: Option<ProbeTargetsStaticConfig>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTargetsIngress {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace_selector: Option<ProbeTargetsIngressNamespaceSelector>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub relabeling_configs: Option<Vec<ProbeTargetsIngressRelabelingConfigs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector: Option<LabelSelector>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTargetsIngressNamespaceSelector {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub any: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_names: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTargetsIngressRelabelingConfigs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<ProbeTargetsIngressRelabelingConfigsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeTargetsIngressRelabelingConfigsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTargetsStaticConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub relabeling_configs: Option<Vec<ProbeTargetsStaticConfigRelabelingConfigs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub static_: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTargetsStaticConfigRelabelingConfigs {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<ProbeTargetsStaticConfigRelabelingConfigsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeTargetsStaticConfigRelabelingConfigsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<ProbeTlsConfigCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert: Option<ProbeTlsConfigCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_secret: Option<ProbeTlsConfigKeySecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<ProbeTlsConfigMaxVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<ProbeTlsConfigMinVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ProbeTlsConfigCaConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ProbeTlsConfigCaSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigCaConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigCaSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ProbeTlsConfigCertConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ProbeTlsConfigCertSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigCertConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigCertSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ProbeTlsConfigKeySecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeTlsConfigMaxVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ProbeTlsConfigMinVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        /// `PrometheusRule` of `monitoring.coreos.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PrometheusRule {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: PrometheusRuleSpec,
        }

        impl k8s_openapi::Resource for PrometheusRule {
            const API_VERSION: &'static str = "monitoring.coreos.com/v1";
            const GROUP: &'static str = "monitoring.coreos.com";
            const KIND: &'static str = "PrometheusRule";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "prometheusrules";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for PrometheusRule {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for PrometheusRule {
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
        pub struct PrometheusRuleSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub groups: Option<Vec<PrometheusRuleGroups>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PrometheusRuleGroups {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limit: Option<i64>,
            pub name: String,
            #[serde(rename = "partial_response_strategy", skip_serializing_if = "Option::is_none")]
            pub partial_response_strategy: Option<String>,
            #[serde(rename = "query_offset", skip_serializing_if = "Option::is_none")]
            pub query_offset: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rules: Option<Vec<PrometheusRuleGroupsRules>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct PrometheusRuleGroupsRules {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub alert: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            pub expr: IntOrString,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub for_: Option<String>,
            #[serde(rename = "keep_firing_for", skip_serializing_if = "Option::is_none")]
            pub keep_firing_for: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub record: Option<String>,
        }

        /// `ServiceMonitor` of `monitoring.coreos.com/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitor {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ServiceMonitorSpec,
        }

        impl k8s_openapi::Resource for ServiceMonitor {
            const API_VERSION: &'static str = "monitoring.coreos.com/v1";
            const GROUP: &'static str = "monitoring.coreos.com";
            const KIND: &'static str = "ServiceMonitor";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "servicemonitors";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for ServiceMonitor {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for ServiceMonitor {
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
        pub struct ServiceMonitorSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub attach_metadata: Option<ServiceMonitorAttachMetadata>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub body_size_limit: Option<String>,
            #[serde(rename = "convertClassicHistogramsToNHCB", skip_serializing_if = "Option::is_none")]
            pub convert_classic_histograms_to_nhcb: Option<bool>,
            pub endpoints: Vec<ServiceMonitorEndpoints>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fallback_scrape_protocol: Option<ServiceMonitorFallbackScrapeProtocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub job_label: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keep_dropped_targets: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_name_length_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub label_value_length_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace_selector: Option<ServiceMonitorNamespaceSelector>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub native_histogram_bucket_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub native_histogram_min_bucket_factor: Option<Quantity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_target_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sample_limit: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_class: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_classic_histograms: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_protocols: Option<Vec<ServiceMonitorScrapeProtocols>>,
            pub selector: LabelSelector,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector_mechanism: Option<ServiceMonitorSelectorMechanism>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_limit: Option<i64>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorAttachMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpoints {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub authorization: Option<ServiceMonitorEndpointsAuthorization>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub basic_auth: Option<ServiceMonitorEndpointsBasicAuth>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bearer_token_file: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bearer_token_secret: Option<ServiceMonitorEndpointsBearerTokenSecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub enable_http2: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub filter_running: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub follow_redirects: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub honor_labels: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub honor_timestamps: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interval: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metric_relabelings: Option<Vec<ServiceMonitorEndpointsMetricRelabelings>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub no_proxy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub oauth2: Option<ServiceMonitorEndpointsOauth2>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub params: Option<BTreeMap<String, Vec<String>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub port: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_connect_header: Option<BTreeMap<String, Vec<ServiceMonitorEndpointsProxyConnectHeader>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_from_environment: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub relabelings: Option<Vec<ServiceMonitorEndpointsRelabelings>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scheme: Option<ServiceMonitorEndpointsScheme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scrape_timeout: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_port: Option<IntOrString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls_config: Option<ServiceMonitorEndpointsTlsConfig>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub track_timestamps_staleness: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsAuthorization {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub credentials: Option<ServiceMonitorEndpointsAuthorizationCredentials>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsAuthorizationCredentials {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsBasicAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password: Option<ServiceMonitorEndpointsBasicAuthPassword>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub username: Option<ServiceMonitorEndpointsBasicAuthUsername>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsBasicAuthPassword {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsBasicAuthUsername {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsBearerTokenSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsMetricRelabelings {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<ServiceMonitorEndpointsMetricRelabelingsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsMetricRelabelingsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2 {
            pub client_id: ServiceMonitorEndpointsOauth2ClientId,
            pub client_secret: ServiceMonitorEndpointsOauth2ClientSecret,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub endpoint_params: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub no_proxy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_connect_header: Option<BTreeMap<String, Vec<ServiceMonitorEndpointsOauth2ProxyConnectHeader>>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_from_environment: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub proxy_url: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub scopes: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tls_config: Option<ServiceMonitorEndpointsOauth2TlsConfig>,
            pub token_url: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2ClientId {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ServiceMonitorEndpointsOauth2ClientIdConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ServiceMonitorEndpointsOauth2ClientIdSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2ClientIdConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2ClientIdSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2ClientSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2ProxyConnectHeader {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<ServiceMonitorEndpointsOauth2TlsConfigCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert: Option<ServiceMonitorEndpointsOauth2TlsConfigCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_secret: Option<ServiceMonitorEndpointsOauth2TlsConfigKeySecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<ServiceMonitorEndpointsOauth2TlsConfigMaxVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<ServiceMonitorEndpointsOauth2TlsConfigMinVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ServiceMonitorEndpointsOauth2TlsConfigCaConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ServiceMonitorEndpointsOauth2TlsConfigCaSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigCaConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigCaSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ServiceMonitorEndpointsOauth2TlsConfigCertConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ServiceMonitorEndpointsOauth2TlsConfigCertSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigCertConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigCertSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsOauth2TlsConfigKeySecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsOauth2TlsConfigMaxVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsOauth2TlsConfigMinVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsProxyConnectHeader {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsRelabelings {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub action: Option<ServiceMonitorEndpointsRelabelingsAction>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub modulus: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub regex: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub replacement: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub separator: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_labels: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub target_label: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsRelabelingsAction {
            #[default]
            #[serde(rename = "replace")]
            Replace,
            #[serde(rename = "Replace")]
            Replace2,
            #[serde(rename = "keep")]
            Keep,
            #[serde(rename = "Keep")]
            Keep2,
            #[serde(rename = "drop")]
            Drop,
            #[serde(rename = "Drop")]
            Drop2,
            #[serde(rename = "hashmod")]
            Hashmod,
            HashMod,
            #[serde(rename = "labelmap")]
            Labelmap,
            LabelMap,
            #[serde(rename = "labeldrop")]
            Labeldrop,
            LabelDrop,
            #[serde(rename = "labelkeep")]
            Labelkeep,
            LabelKeep,
            #[serde(rename = "lowercase")]
            Lowercase,
            #[serde(rename = "Lowercase")]
            Lowercase2,
            #[serde(rename = "uppercase")]
            Uppercase,
            #[serde(rename = "Uppercase")]
            Uppercase2,
            #[serde(rename = "keepequal")]
            Keepequal,
            KeepEqual,
            #[serde(rename = "dropequal")]
            Dropequal,
            DropEqual,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsScheme {
            #[default]
            #[serde(rename = "http")]
            Http,
            #[serde(rename = "https")]
            Https,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfig {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<ServiceMonitorEndpointsTlsConfigCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_file: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert: Option<ServiceMonitorEndpointsTlsConfigCert>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cert_file: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub insecure_skip_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_file: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_secret: Option<ServiceMonitorEndpointsTlsConfigKeySecret>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub max_version: Option<ServiceMonitorEndpointsTlsConfigMaxVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub min_version: Option<ServiceMonitorEndpointsTlsConfigMinVersion>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ServiceMonitorEndpointsTlsConfigCaConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ServiceMonitorEndpointsTlsConfigCaSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigCaConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigCaSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigCert {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config_map: Option<ServiceMonitorEndpointsTlsConfigCertConfigMap>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret: Option<ServiceMonitorEndpointsTlsConfigCertSecret>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigCertConfigMap {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigCertSecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorEndpointsTlsConfigKeySecret {
            pub key: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub optional: Option<bool>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsTlsConfigMaxVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorEndpointsTlsConfigMinVersion {
            #[default]
            TLS10,
            TLS11,
            TLS12,
            TLS13,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorFallbackScrapeProtocol {
            #[default]
            PrometheusProto,
            #[serde(rename = "OpenMetricsText0.0.1")]
            OpenMetricsText0_0_1,
            #[serde(rename = "OpenMetricsText1.0.0")]
            OpenMetricsText1_0_0,
            #[serde(rename = "PrometheusText0.0.4")]
            PrometheusText0_0_4,
            #[serde(rename = "PrometheusText1.0.0")]
            PrometheusText1_0_0,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ServiceMonitorNamespaceSelector {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub any: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_names: Option<Vec<String>>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorScrapeProtocols {
            #[default]
            PrometheusProto,
            #[serde(rename = "OpenMetricsText0.0.1")]
            OpenMetricsText0_0_1,
            #[serde(rename = "OpenMetricsText1.0.0")]
            OpenMetricsText1_0_0,
            #[serde(rename = "PrometheusText0.0.4")]
            PrometheusText0_0_4,
            #[serde(rename = "PrometheusText1.0.0")]
            PrometheusText1_0_0,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ServiceMonitorSelectorMechanism {
            #[default]
            RelabelConfig,
            RoleSelector,
        }
    }
}
