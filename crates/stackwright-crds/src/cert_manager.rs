//! Types of custom resources, written by `stackwright types` from the CRDs that define them. Run it again, and edit nothing here.

#![allow(dead_code, missing_docs, non_camel_case_types, rustdoc::all)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]

/// The group `cert-manager.io`.
pub mod cert_manager_io {
    /// Version `v1` of `cert-manager.io`.
    pub mod v1 {
        use k8s_openapi::api::core::v1::Affinity;
        use k8s_openapi::api::core::v1::Toleration;
        use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
        use serde::Deserialize;
        use serde::Serialize;
        use std::collections::BTreeMap;

        /// `Certificate` of `cert-manager.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Certificate {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<CertificateSpec>,
        }

        impl k8s_openapi::Resource for Certificate {
            const API_VERSION: &'static str = "cert-manager.io/v1";
            const GROUP: &'static str = "cert-manager.io";
            const KIND: &'static str = "Certificate";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "certificates";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for Certificate {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for Certificate {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use k8s_openapi::Resource as _;
                use serde::ser::SerializeMap as _;

                let mut fields = serializer.serialize_map(None)?;
                fields.serialize_entry("apiVersion", Self::API_VERSION)?;
                fields.serialize_entry("kind", Self::KIND)?;
                fields.serialize_entry("metadata", &self.metadata)?;
                if let Some(value) = &self.spec {
                    fields.serialize_entry("spec", value)?;
                }
                fields.end()
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub additional_output_formats: Option<Vec<CertificateAdditionalOutputFormats>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub common_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_names: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub duration: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email_addresses: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub encode_usages_in_request: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_addresses: Option<Vec<String>>,
            #[serde(rename = "isCA", skip_serializing_if = "Option::is_none")]
            pub is_ca: Option<bool>,
            pub issuer_ref: CertificateIssuerRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keystores: Option<CertificateKeystores>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub literal_subject: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name_constraints: Option<CertificateNameConstraints>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub other_names: Option<Vec<CertificateOtherNames>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub private_key: Option<CertificatePrivateKey>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub renew_before: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub renew_before_percentage: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub renewal: Option<CertificateRenewal>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub revision_history_limit: Option<i32>,
            pub secret_name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_template: Option<CertificateSecretTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub signature_algorithm: Option<CertificateSignatureAlgorithm>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub subject: Option<CertificateSubject>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub uris: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub usages: Option<Vec<CertificateUsages>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateAdditionalOutputFormats {
            pub type_: CertificateAdditionalOutputFormatsType,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificateAdditionalOutputFormatsType {
            #[default]
            DER,
            CombinedPEM,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateIssuerRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub group: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateKeystores {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub jks: Option<CertificateKeystoresJks>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pkcs12: Option<CertificateKeystoresPkcs12>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateKeystoresJks {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub alias: Option<String>,
            pub create: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password_secret_ref: Option<CertificateKeystoresJksPasswordSecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateKeystoresJksPasswordSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateKeystoresPkcs12 {
            pub create: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password_secret_ref: Option<CertificateKeystoresPkcs12PasswordSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub profile: Option<CertificateKeystoresPkcs12Profile>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateKeystoresPkcs12PasswordSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificateKeystoresPkcs12Profile {
            #[default]
            LegacyRC2,
            LegacyDES,
            Modern2023,
            Modern2026,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateNameConstraints {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub critical: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub excluded: Option<CertificateNameConstraintsExcluded>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub permitted: Option<CertificateNameConstraintsPermitted>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateNameConstraintsExcluded {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_domains: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email_addresses: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_ranges: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub uri_domains: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateNameConstraintsPermitted {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_domains: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email_addresses: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_ranges: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub uri_domains: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateOtherNames {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub oid: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub utf8_value: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificatePrivateKey {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub algorithm: Option<CertificatePrivateKeyAlgorithm>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub encoding: Option<CertificatePrivateKeyEncoding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rotation_policy: Option<CertificatePrivateKeyRotationPolicy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub size: Option<i64>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificatePrivateKeyAlgorithm {
            #[default]
            RSA,
            ECDSA,
            Ed25519,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificatePrivateKeyEncoding {
            #[default]
            PKCS1,
            PKCS8,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificatePrivateKeyRotationPolicy {
            #[default]
            Never,
            Always,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateRenewal {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub policy: Option<CertificateRenewalPolicy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub windows: Option<Vec<CertificateRenewalWindows>>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificateRenewalPolicy {
            #[default]
            RenewBefore,
            Disabled,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateRenewalWindows {
            pub cron: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub timezone: Option<String>,
            pub window_duration: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateSecretTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificateSignatureAlgorithm {
            #[default]
            SHA256WithRSA,
            SHA384WithRSA,
            SHA512WithRSA,
            ECDSAWithSHA256,
            ECDSAWithSHA384,
            ECDSAWithSHA512,
            PureEd25519,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CertificateSubject {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub countries: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub localities: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub organizational_units: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub organizations: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub postal_codes: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub provinces: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub serial_number: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub street_addresses: Option<Vec<String>>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum CertificateUsages {
            #[default]
            #[serde(rename = "signing")]
            Signing,
            #[serde(rename = "digital signature")]
            DigitalSignature,
            #[serde(rename = "content commitment")]
            ContentCommitment,
            #[serde(rename = "key encipherment")]
            KeyEncipherment,
            #[serde(rename = "key agreement")]
            KeyAgreement,
            #[serde(rename = "data encipherment")]
            DataEncipherment,
            #[serde(rename = "cert sign")]
            CertSign,
            #[serde(rename = "crl sign")]
            CrlSign,
            #[serde(rename = "encipher only")]
            EncipherOnly,
            #[serde(rename = "decipher only")]
            DecipherOnly,
            #[serde(rename = "any")]
            Any,
            #[serde(rename = "server auth")]
            ServerAuth,
            #[serde(rename = "client auth")]
            ClientAuth,
            #[serde(rename = "code signing")]
            CodeSigning,
            #[serde(rename = "email protection")]
            EmailProtection,
            #[serde(rename = "s/mime")]
            SMime,
            #[serde(rename = "ipsec end system")]
            IpsecEndSystem,
            #[serde(rename = "ipsec tunnel")]
            IpsecTunnel,
            #[serde(rename = "ipsec user")]
            IpsecUser,
            #[serde(rename = "timestamping")]
            Timestamping,
            #[serde(rename = "ocsp signing")]
            OcspSigning,
            #[serde(rename = "microsoft sgc")]
            MicrosoftSgc,
            #[serde(rename = "netscape sgc")]
            NetscapeSgc,
        }

        /// `ClusterIssuer` of `cert-manager.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuer {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: ClusterIssuerSpec,
        }

        impl k8s_openapi::Resource for ClusterIssuer {
            const API_VERSION: &'static str = "cert-manager.io/v1";
            const GROUP: &'static str = "cert-manager.io";
            const KIND: &'static str = "ClusterIssuer";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "clusterissuers";
            type Scope = k8s_openapi::ClusterResourceScope;
        }

        impl k8s_openapi::Metadata for ClusterIssuer {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for ClusterIssuer {
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
        pub struct ClusterIssuerSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub acme: Option<ClusterIssuerAcme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<ClusterIssuerCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub self_signed: Option<ClusterIssuerSelfSigned>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub vault: Option<ClusterIssuerVault>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub venafi: Option<ClusterIssuerVenafi>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcme {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub disable_account_key_generation: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub enable_duration_feature: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub external_account_binding: Option<ClusterIssuerAcmeExternalAccountBinding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub preferred_chain: Option<String>,
            pub private_key_secret_ref: ClusterIssuerAcmePrivateKeySecretRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub profile: Option<String>,
            pub server: String,
            #[serde(rename = "skipTLSVerify", skip_serializing_if = "Option::is_none")]
            pub skip_tls_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub solvers: Option<Vec<ClusterIssuerAcmeSolvers>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeExternalAccountBinding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_algorithm: Option<ClusterIssuerAcmeExternalAccountBindingKeyAlgorithm>,
            #[serde(rename = "keyID")]
            pub key_id: String,
            pub key_secret_ref: ClusterIssuerAcmeExternalAccountBindingKeySecretRef,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ClusterIssuerAcmeExternalAccountBindingKeyAlgorithm {
            #[default]
            HS256,
            HS384,
            HS512,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeExternalAccountBindingKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmePrivateKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolvers {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns01: Option<ClusterIssuerAcmeSolversDns01>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http01: Option<ClusterIssuerAcmeSolversHttp01>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector: Option<ClusterIssuerAcmeSolversSelector>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub wait_instead_of_self_check: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01 {
            #[serde(rename = "acmeDNS", skip_serializing_if = "Option::is_none")]
            pub acme_dns: Option<ClusterIssuerAcmeSolversDns01AcmeDNS>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub akamai: Option<ClusterIssuerAcmeSolversDns01Akamai>,
            #[serde(rename = "azureDNS", skip_serializing_if = "Option::is_none")]
            pub azure_dns: Option<ClusterIssuerAcmeSolversDns01AzureDNS>,
            #[serde(rename = "cloudDNS", skip_serializing_if = "Option::is_none")]
            pub cloud_dns: Option<ClusterIssuerAcmeSolversDns01CloudDNS>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cloudflare: Option<ClusterIssuerAcmeSolversDns01Cloudflare>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cname_strategy: Option<ClusterIssuerAcmeSolversDns01CnameStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub digitalocean: Option<ClusterIssuerAcmeSolversDns01Digitalocean>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rfc2136: Option<ClusterIssuerAcmeSolversDns01Rfc2136>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub route53: Option<ClusterIssuerAcmeSolversDns01Route53>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub webhook: Option<ClusterIssuerAcmeSolversDns01Webhook>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AcmeDNS {
            pub account_secret_ref: ClusterIssuerAcmeSolversDns01AcmeDNSAccountSecretRef,
            pub host: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AcmeDNSAccountSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Akamai {
            pub access_token_secret_ref: ClusterIssuerAcmeSolversDns01AkamaiAccessTokenSecretRef,
            pub client_secret_secret_ref: ClusterIssuerAcmeSolversDns01AkamaiClientSecretSecretRef,
            pub client_token_secret_ref: ClusterIssuerAcmeSolversDns01AkamaiClientTokenSecretRef,
            pub service_consumer_domain: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AkamaiAccessTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AkamaiClientSecretSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AkamaiClientTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AzureDNS {
            #[serde(rename = "clientID", skip_serializing_if = "Option::is_none")]
            pub client_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_secret_secret_ref: Option<ClusterIssuerAcmeSolversDns01AzureDNSClientSecretSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub environment: Option<ClusterIssuerAcmeSolversDns01AzureDNSEnvironment>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hosted_zone_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub managed_identity: Option<ClusterIssuerAcmeSolversDns01AzureDNSManagedIdentity>,
            pub resource_group_name: String,
            #[serde(rename = "subscriptionID")]
            pub subscription_id: String,
            #[serde(rename = "tenantID", skip_serializing_if = "Option::is_none")]
            pub tenant_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub zone_type: Option<ClusterIssuerAcmeSolversDns01AzureDNSZoneType>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AzureDNSClientSecretSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ClusterIssuerAcmeSolversDns01AzureDNSEnvironment {
            #[default]
            AzurePublicCloud,
            AzureChinaCloud,
            AzureGermanCloud,
            AzureUSGovernmentCloud,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01AzureDNSManagedIdentity {
            #[serde(rename = "clientID", skip_serializing_if = "Option::is_none")]
            pub client_id: Option<String>,
            #[serde(rename = "resourceID", skip_serializing_if = "Option::is_none")]
            pub resource_id: Option<String>,
            #[serde(rename = "tenantID", skip_serializing_if = "Option::is_none")]
            pub tenant_id: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ClusterIssuerAcmeSolversDns01AzureDNSZoneType {
            #[default]
            AzurePublicZone,
            AzurePrivateZone,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01CloudDNS {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hosted_zone_name: Option<String>,
            pub project: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_secret_ref: Option<ClusterIssuerAcmeSolversDns01CloudDNSServiceAccountSecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01CloudDNSServiceAccountSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Cloudflare {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub api_key_secret_ref: Option<ClusterIssuerAcmeSolversDns01CloudflareApiKeySecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub api_token_secret_ref: Option<ClusterIssuerAcmeSolversDns01CloudflareApiTokenSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01CloudflareApiKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01CloudflareApiTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ClusterIssuerAcmeSolversDns01CnameStrategy {
            #[default]
            None,
            Follow,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Digitalocean {
            pub token_secret_ref: ClusterIssuerAcmeSolversDns01DigitaloceanTokenSecretRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01DigitaloceanTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Rfc2136 {
            pub nameserver: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<ClusterIssuerAcmeSolversDns01Rfc2136Protocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tsig_algorithm: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tsig_key_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tsig_secret_secret_ref: Option<ClusterIssuerAcmeSolversDns01Rfc2136TsigSecretSecretRef>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ClusterIssuerAcmeSolversDns01Rfc2136Protocol {
            #[default]
            TCP,
            UDP,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Rfc2136TsigSecretSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Route53 {
            #[serde(rename = "accessKeyID", skip_serializing_if = "Option::is_none")]
            pub access_key_id: Option<String>,
            #[serde(rename = "accessKeyIDSecretRef", skip_serializing_if = "Option::is_none")]
            pub access_key_id_secret_ref: Option<ClusterIssuerAcmeSolversDns01Route53AccessKeyIDSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auth: Option<ClusterIssuerAcmeSolversDns01Route53Auth>,
            #[serde(rename = "hostedZoneID", skip_serializing_if = "Option::is_none")]
            pub hosted_zone_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub region: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_access_key_secret_ref: Option<ClusterIssuerAcmeSolversDns01Route53SecretAccessKeySecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Route53AccessKeyIDSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Route53Auth {
            pub kubernetes: ClusterIssuerAcmeSolversDns01Route53AuthKubernetes,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Route53AuthKubernetes {
            pub service_account_ref: ClusterIssuerAcmeSolversDns01Route53AuthKubernetesServiceAccountRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Route53AuthKubernetesServiceAccountRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub audiences: Option<Vec<String>>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Route53SecretAccessKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversDns01Webhook {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config: Option<serde_json::Value>,
            pub group_name: String,
            pub solver_name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01 {
            #[serde(rename = "gatewayHTTPRoute", skip_serializing_if = "Option::is_none")]
            pub gateway_http_route: Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoute>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress: Option<ClusterIssuerAcmeSolversHttp01Ingress>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoute {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<ClusterIssuerAcmeSolversHttp01GatewayHTTPRouteParentRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_template: Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_type: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRouteParentRefs {
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
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateMetadata>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpec>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub affinity: Option<Affinity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub image_pull_secrets:
                Option<Vec<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecImagePullSecrets>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selector: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub resources: Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecResources>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub security_context: Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContext>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tolerations: Option<Vec<Toleration>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecImagePullSecrets {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecResources {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limits: Option<BTreeMap<String, Quantity>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub requests: Option<BTreeMap<String, Quantity>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContext {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group_change_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_non_root: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_user: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub se_linux_options:
                Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeLinuxOptions>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub seccomp_profile:
                Option<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeccompProfile>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub supplemental_groups: Option<Vec<i64>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sysctls:
                Option<Vec<ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSysctls>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeLinuxOptions {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub level: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub user: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeccompProfile {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub localhost_profile: Option<String>,
            pub type_: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSysctls {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01Ingress {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub class: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_template: Option<ClusterIssuerAcmeSolversHttp01IngressIngressTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_template: Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_type: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressIngressTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<ClusterIssuerAcmeSolversHttp01IngressIngressTemplateMetadata>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressIngressTemplateMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplateMetadata>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpec>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub affinity: Option<Affinity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub image_pull_secrets: Option<Vec<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecImagePullSecrets>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selector: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub resources: Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecResources>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub security_context: Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContext>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tolerations: Option<Vec<Toleration>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecImagePullSecrets {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecResources {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limits: Option<BTreeMap<String, Quantity>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub requests: Option<BTreeMap<String, Quantity>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContext {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group_change_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_non_root: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_user: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub se_linux_options:
                Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeLinuxOptions>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub seccomp_profile:
                Option<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeccompProfile>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub supplemental_groups: Option<Vec<i64>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sysctls: Option<Vec<ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSysctls>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeLinuxOptions {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub level: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub user: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeccompProfile {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub localhost_profile: Option<String>,
            pub type_: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSysctls {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerAcmeSolversSelector {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_names: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_zones: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub crl_distribution_points: Option<Vec<String>>,
            #[serde(rename = "issuingCertificateURLs", skip_serializing_if = "Option::is_none")]
            pub issuing_certificate_urls: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ocsp_servers: Option<Vec<String>>,
            pub secret_name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerSelfSigned {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub crl_distribution_points: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVault {
            pub auth: ClusterIssuerVaultAuth,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle_secret_ref: Option<ClusterIssuerVaultCaBundleSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_cert_secret_ref: Option<ClusterIssuerVaultClientCertSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_key_secret_ref: Option<ClusterIssuerVaultClientKeySecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            pub path: String,
            pub server: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub app_role: Option<ClusterIssuerVaultAuthAppRole>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub aws: Option<ClusterIssuerVaultAuthAws>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_certificate: Option<ClusterIssuerVaultAuthClientCertificate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kubernetes: Option<ClusterIssuerVaultAuthKubernetes>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub token_secret_ref: Option<ClusterIssuerVaultAuthTokenSecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthAppRole {
            pub path: String,
            pub role_id: String,
            pub secret_ref: ClusterIssuerVaultAuthAppRoleSecretRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthAppRoleSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthAws {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub iam_role_arn: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mount_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub region: Option<String>,
            pub role: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_ref: Option<ClusterIssuerVaultAuthAwsServiceAccountRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub vault_header_value: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthAwsServiceAccountRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub audiences: Option<Vec<String>>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthClientCertificate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mount_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthKubernetes {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mount_path: Option<String>,
            pub role: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_ref: Option<ClusterIssuerVaultAuthKubernetesSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_ref: Option<ClusterIssuerVaultAuthKubernetesServiceAccountRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthKubernetesSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthKubernetesServiceAccountRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub audiences: Option<Vec<String>>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultAuthTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultCaBundleSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultClientCertSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVaultClientKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafi {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cloud: Option<ClusterIssuerVenafiCloud>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ngts: Option<ClusterIssuerVenafiNgts>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tpp: Option<ClusterIssuerVenafiTpp>,
            pub zone: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiCloud {
            pub api_token_secret_ref: ClusterIssuerVenafiCloudApiTokenSecretRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub url: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiCloudApiTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiNgts {
            pub credentials_ref: ClusterIssuerVenafiNgtsCredentialsRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub token_endpoint: Option<String>,
            #[serde(rename = "tsgID")]
            pub tsg_id: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub url: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiNgtsCredentialsRef {
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiTpp {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle_secret_ref: Option<ClusterIssuerVenafiTppCaBundleSecretRef>,
            pub credentials_ref: ClusterIssuerVenafiTppCredentialsRef,
            pub url: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiTppCaBundleSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct ClusterIssuerVenafiTppCredentialsRef {
            pub name: String,
        }

        /// `Issuer` of `cert-manager.io/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Issuer {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: IssuerSpec,
        }

        impl k8s_openapi::Resource for Issuer {
            const API_VERSION: &'static str = "cert-manager.io/v1";
            const GROUP: &'static str = "cert-manager.io";
            const KIND: &'static str = "Issuer";
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = "issuers";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for Issuer {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for Issuer {
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
        pub struct IssuerSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub acme: Option<IssuerAcme>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca: Option<IssuerCa>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub self_signed: Option<IssuerSelfSigned>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub vault: Option<IssuerVault>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub venafi: Option<IssuerVenafi>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcme {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub disable_account_key_generation: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub enable_duration_feature: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub external_account_binding: Option<IssuerAcmeExternalAccountBinding>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub preferred_chain: Option<String>,
            pub private_key_secret_ref: IssuerAcmePrivateKeySecretRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub profile: Option<String>,
            pub server: String,
            #[serde(rename = "skipTLSVerify", skip_serializing_if = "Option::is_none")]
            pub skip_tls_verify: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub solvers: Option<Vec<IssuerAcmeSolvers>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeExternalAccountBinding {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key_algorithm: Option<IssuerAcmeExternalAccountBindingKeyAlgorithm>,
            #[serde(rename = "keyID")]
            pub key_id: String,
            pub key_secret_ref: IssuerAcmeExternalAccountBindingKeySecretRef,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IssuerAcmeExternalAccountBindingKeyAlgorithm {
            #[default]
            HS256,
            HS384,
            HS512,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeExternalAccountBindingKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmePrivateKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolvers {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns01: Option<IssuerAcmeSolversDns01>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub http01: Option<IssuerAcmeSolversHttp01>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub selector: Option<IssuerAcmeSolversSelector>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub wait_instead_of_self_check: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01 {
            #[serde(rename = "acmeDNS", skip_serializing_if = "Option::is_none")]
            pub acme_dns: Option<IssuerAcmeSolversDns01AcmeDNS>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub akamai: Option<IssuerAcmeSolversDns01Akamai>,
            #[serde(rename = "azureDNS", skip_serializing_if = "Option::is_none")]
            pub azure_dns: Option<IssuerAcmeSolversDns01AzureDNS>,
            #[serde(rename = "cloudDNS", skip_serializing_if = "Option::is_none")]
            pub cloud_dns: Option<IssuerAcmeSolversDns01CloudDNS>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cloudflare: Option<IssuerAcmeSolversDns01Cloudflare>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cname_strategy: Option<IssuerAcmeSolversDns01CnameStrategy>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub digitalocean: Option<IssuerAcmeSolversDns01Digitalocean>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub rfc2136: Option<IssuerAcmeSolversDns01Rfc2136>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub route53: Option<IssuerAcmeSolversDns01Route53>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub webhook: Option<IssuerAcmeSolversDns01Webhook>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AcmeDNS {
            pub account_secret_ref: IssuerAcmeSolversDns01AcmeDNSAccountSecretRef,
            pub host: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AcmeDNSAccountSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Akamai {
            pub access_token_secret_ref: IssuerAcmeSolversDns01AkamaiAccessTokenSecretRef,
            pub client_secret_secret_ref: IssuerAcmeSolversDns01AkamaiClientSecretSecretRef,
            pub client_token_secret_ref: IssuerAcmeSolversDns01AkamaiClientTokenSecretRef,
            pub service_consumer_domain: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AkamaiAccessTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AkamaiClientSecretSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AkamaiClientTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AzureDNS {
            #[serde(rename = "clientID", skip_serializing_if = "Option::is_none")]
            pub client_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_secret_secret_ref: Option<IssuerAcmeSolversDns01AzureDNSClientSecretSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub environment: Option<IssuerAcmeSolversDns01AzureDNSEnvironment>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hosted_zone_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub managed_identity: Option<IssuerAcmeSolversDns01AzureDNSManagedIdentity>,
            pub resource_group_name: String,
            #[serde(rename = "subscriptionID")]
            pub subscription_id: String,
            #[serde(rename = "tenantID", skip_serializing_if = "Option::is_none")]
            pub tenant_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub zone_type: Option<IssuerAcmeSolversDns01AzureDNSZoneType>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AzureDNSClientSecretSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IssuerAcmeSolversDns01AzureDNSEnvironment {
            #[default]
            AzurePublicCloud,
            AzureChinaCloud,
            AzureGermanCloud,
            AzureUSGovernmentCloud,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01AzureDNSManagedIdentity {
            #[serde(rename = "clientID", skip_serializing_if = "Option::is_none")]
            pub client_id: Option<String>,
            #[serde(rename = "resourceID", skip_serializing_if = "Option::is_none")]
            pub resource_id: Option<String>,
            #[serde(rename = "tenantID", skip_serializing_if = "Option::is_none")]
            pub tenant_id: Option<String>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IssuerAcmeSolversDns01AzureDNSZoneType {
            #[default]
            AzurePublicZone,
            AzurePrivateZone,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01CloudDNS {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hosted_zone_name: Option<String>,
            pub project: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_secret_ref: Option<IssuerAcmeSolversDns01CloudDNSServiceAccountSecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01CloudDNSServiceAccountSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Cloudflare {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub api_key_secret_ref: Option<IssuerAcmeSolversDns01CloudflareApiKeySecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub api_token_secret_ref: Option<IssuerAcmeSolversDns01CloudflareApiTokenSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub email: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01CloudflareApiKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01CloudflareApiTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IssuerAcmeSolversDns01CnameStrategy {
            #[default]
            None,
            Follow,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Digitalocean {
            pub token_secret_ref: IssuerAcmeSolversDns01DigitaloceanTokenSecretRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01DigitaloceanTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Rfc2136 {
            pub nameserver: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub protocol: Option<IssuerAcmeSolversDns01Rfc2136Protocol>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tsig_algorithm: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tsig_key_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tsig_secret_secret_ref: Option<IssuerAcmeSolversDns01Rfc2136TsigSecretSecretRef>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum IssuerAcmeSolversDns01Rfc2136Protocol {
            #[default]
            TCP,
            UDP,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Rfc2136TsigSecretSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Route53 {
            #[serde(rename = "accessKeyID", skip_serializing_if = "Option::is_none")]
            pub access_key_id: Option<String>,
            #[serde(rename = "accessKeyIDSecretRef", skip_serializing_if = "Option::is_none")]
            pub access_key_id_secret_ref: Option<IssuerAcmeSolversDns01Route53AccessKeyIDSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auth: Option<IssuerAcmeSolversDns01Route53Auth>,
            #[serde(rename = "hostedZoneID", skip_serializing_if = "Option::is_none")]
            pub hosted_zone_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub region: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_access_key_secret_ref: Option<IssuerAcmeSolversDns01Route53SecretAccessKeySecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Route53AccessKeyIDSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Route53Auth {
            pub kubernetes: IssuerAcmeSolversDns01Route53AuthKubernetes,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Route53AuthKubernetes {
            pub service_account_ref: IssuerAcmeSolversDns01Route53AuthKubernetesServiceAccountRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Route53AuthKubernetesServiceAccountRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub audiences: Option<Vec<String>>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Route53SecretAccessKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversDns01Webhook {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub config: Option<serde_json::Value>,
            pub group_name: String,
            pub solver_name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01 {
            #[serde(rename = "gatewayHTTPRoute", skip_serializing_if = "Option::is_none")]
            pub gateway_http_route: Option<IssuerAcmeSolversHttp01GatewayHTTPRoute>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress: Option<IssuerAcmeSolversHttp01Ingress>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoute {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub parent_refs: Option<Vec<IssuerAcmeSolversHttp01GatewayHTTPRouteParentRefs>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_template: Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_type: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRouteParentRefs {
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
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateMetadata>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpec>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub affinity: Option<Affinity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub image_pull_secrets: Option<Vec<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecImagePullSecrets>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selector: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub resources: Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecResources>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub security_context: Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContext>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tolerations: Option<Vec<Toleration>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecImagePullSecrets {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecResources {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limits: Option<BTreeMap<String, Quantity>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub requests: Option<BTreeMap<String, Quantity>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContext {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group_change_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_non_root: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_user: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub se_linux_options:
                Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeLinuxOptions>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub seccomp_profile:
                Option<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeccompProfile>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub supplemental_groups: Option<Vec<i64>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sysctls: Option<Vec<IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSysctls>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeLinuxOptions {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub level: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub user: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSeccompProfile {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub localhost_profile: Option<String>,
            pub type_: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01GatewayHTTPRoutePodTemplateSpecSecurityContextSysctls {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01Ingress {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub class: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ingress_template: Option<IssuerAcmeSolversHttp01IngressIngressTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub pod_template: Option<IssuerAcmeSolversHttp01IngressPodTemplate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_type: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressIngressTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<IssuerAcmeSolversHttp01IngressIngressTemplateMetadata>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressIngressTemplateMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub metadata: Option<IssuerAcmeSolversHttp01IngressPodTemplateMetadata>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<IssuerAcmeSolversHttp01IngressPodTemplateSpec>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateMetadata {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub annotations: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub affinity: Option<Affinity>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub image_pull_secrets: Option<Vec<IssuerAcmeSolversHttp01IngressPodTemplateSpecImagePullSecrets>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selector: Option<BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority_class_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub resources: Option<IssuerAcmeSolversHttp01IngressPodTemplateSpecResources>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub security_context: Option<IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContext>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tolerations: Option<Vec<Toleration>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpecImagePullSecrets {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpecResources {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limits: Option<BTreeMap<String, Quantity>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub requests: Option<BTreeMap<String, Quantity>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContext {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fs_group_change_policy: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_group: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_non_root: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub run_as_user: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub se_linux_options: Option<IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeLinuxOptions>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub seccomp_profile: Option<IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeccompProfile>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub supplemental_groups: Option<Vec<i64>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sysctls: Option<Vec<IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSysctls>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeLinuxOptions {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub level: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub role: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub type_: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub user: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSeccompProfile {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub localhost_profile: Option<String>,
            pub type_: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversHttp01IngressPodTemplateSpecSecurityContextSysctls {
            pub name: String,
            pub value: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerAcmeSolversSelector {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_names: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub dns_zones: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub match_labels: Option<BTreeMap<String, String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerCa {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub crl_distribution_points: Option<Vec<String>>,
            #[serde(rename = "issuingCertificateURLs", skip_serializing_if = "Option::is_none")]
            pub issuing_certificate_urls: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ocsp_servers: Option<Vec<String>>,
            pub secret_name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerSelfSigned {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub crl_distribution_points: Option<Vec<String>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVault {
            pub auth: IssuerVaultAuth,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle_secret_ref: Option<IssuerVaultCaBundleSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_cert_secret_ref: Option<IssuerVaultClientCertSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_key_secret_ref: Option<IssuerVaultClientKeySecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
            pub path: String,
            pub server: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub server_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuth {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub app_role: Option<IssuerVaultAuthAppRole>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub aws: Option<IssuerVaultAuthAws>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub client_certificate: Option<IssuerVaultAuthClientCertificate>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kubernetes: Option<IssuerVaultAuthKubernetes>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub token_secret_ref: Option<IssuerVaultAuthTokenSecretRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthAppRole {
            pub path: String,
            pub role_id: String,
            pub secret_ref: IssuerVaultAuthAppRoleSecretRef,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthAppRoleSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthAws {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub iam_role_arn: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mount_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub region: Option<String>,
            pub role: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_ref: Option<IssuerVaultAuthAwsServiceAccountRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub vault_header_value: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthAwsServiceAccountRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub audiences: Option<Vec<String>>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthClientCertificate {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mount_path: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_name: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthKubernetes {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub mount_path: Option<String>,
            pub role: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub secret_ref: Option<IssuerVaultAuthKubernetesSecretRef>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_account_ref: Option<IssuerVaultAuthKubernetesServiceAccountRef>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthKubernetesSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthKubernetesServiceAccountRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub audiences: Option<Vec<String>>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultAuthTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultCaBundleSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultClientCertSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVaultClientKeySecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafi {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cloud: Option<IssuerVenafiCloud>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ngts: Option<IssuerVenafiNgts>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tpp: Option<IssuerVenafiTpp>,
            pub zone: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiCloud {
            pub api_token_secret_ref: IssuerVenafiCloudApiTokenSecretRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub url: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiCloudApiTokenSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiNgts {
            pub credentials_ref: IssuerVenafiNgtsCredentialsRef,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub token_endpoint: Option<String>,
            #[serde(rename = "tsgID")]
            pub tsg_id: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub url: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiNgtsCredentialsRef {
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiTpp {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ca_bundle_secret_ref: Option<IssuerVenafiTppCaBundleSecretRef>,
            pub credentials_ref: IssuerVenafiTppCredentialsRef,
            pub url: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiTppCaBundleSecretRef {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub key: Option<String>,
            pub name: String,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IssuerVenafiTppCredentialsRef {
            pub name: String,
        }
    }
}
