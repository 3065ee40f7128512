//! Types of custom resources, written by `stackwright types` from the CRDs that define them. Run it again, and edit nothing here.

#![allow(dead_code, missing_docs, non_camel_case_types, rustdoc::all)]
#![allow(clippy::all, clippy::pedantic, clippy::nursery)]

/// The group `metallb.io`.
pub mod metallb_io {
    /// Version `v1beta1` of `metallb.io`.
    pub mod v1beta1 {
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
        use serde::Deserialize;
        use serde::Serialize;

        /// `AddressPool` of `metallb.io/v1beta1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct AddressPool {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: AddressPoolSpec,
        }

        impl k8s_openapi::Resource for AddressPool {
            const API_VERSION: &'static str = "metallb.io/v1beta1";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "AddressPool";
            const VERSION: &'static str = "v1beta1";
            const URL_PATH_SEGMENT: &'static str = "addresspools";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for AddressPool {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for AddressPool {
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
        pub struct AddressPoolSpec {
            pub addresses: Vec<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auto_assign: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bgp_advertisements: Option<Vec<AddressPoolBgpAdvertisements>>,
            pub protocol: AddressPoolProtocol,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct AddressPoolBgpAdvertisements {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub aggregation_length: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub aggregation_length_v6: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub communities: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub local_pref: Option<i32>,
        }

        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum AddressPoolProtocol {
            #[default]
            #[serde(rename = "layer2")]
            Layer2,
            #[serde(rename = "bgp")]
            Bgp,
        }

        /// `BFDProfile` of `metallb.io/v1beta1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BFDProfile {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<BFDProfileSpec>,
        }

        impl k8s_openapi::Resource for BFDProfile {
            const API_VERSION: &'static str = "metallb.io/v1beta1";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "BFDProfile";
            const VERSION: &'static str = "v1beta1";
            const URL_PATH_SEGMENT: &'static str = "bfdprofiles";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for BFDProfile {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for BFDProfile {
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
        pub struct BFDProfileSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub detect_multiplier: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub echo_interval: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub echo_mode: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub minimum_ttl: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub passive_mode: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub receive_interval: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub transmit_interval: Option<i32>,
        }

        /// `BGPAdvertisement` of `metallb.io/v1beta1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BGPAdvertisement {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<BGPAdvertisementSpec>,
        }

        impl k8s_openapi::Resource for BGPAdvertisement {
            const API_VERSION: &'static str = "metallb.io/v1beta1";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "BGPAdvertisement";
            const VERSION: &'static str = "v1beta1";
            const URL_PATH_SEGMENT: &'static str = "bgpadvertisements";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for BGPAdvertisement {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for BGPAdvertisement {
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
        pub struct BGPAdvertisementSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub aggregation_length: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub aggregation_length_v6: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub communities: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_address_pool_selectors: Option<Vec<LabelSelector>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_address_pools: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub local_pref: Option<i32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selectors: Option<Vec<LabelSelector>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub peers: Option<Vec<String>>,
        }

        /// `Community` of `metallb.io/v1beta1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Community {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<CommunitySpec>,
        }

        impl k8s_openapi::Resource for Community {
            const API_VERSION: &'static str = "metallb.io/v1beta1";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "Community";
            const VERSION: &'static str = "v1beta1";
            const URL_PATH_SEGMENT: &'static str = "communities";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for Community {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for Community {
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
        pub struct CommunitySpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub communities: Option<Vec<CommunityCommunities>>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct CommunityCommunities {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub value: Option<String>,
        }

        /// `IPAddressPool` of `metallb.io/v1beta1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IPAddressPool {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            pub spec: IPAddressPoolSpec,
        }

        impl k8s_openapi::Resource for IPAddressPool {
            const API_VERSION: &'static str = "metallb.io/v1beta1";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "IPAddressPool";
            const VERSION: &'static str = "v1beta1";
            const URL_PATH_SEGMENT: &'static str = "ipaddresspools";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for IPAddressPool {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for IPAddressPool {
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
        pub struct IPAddressPoolSpec {
            pub addresses: Vec<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub auto_assign: Option<bool>,
            #[serde(rename = "avoidBuggyIPs", skip_serializing_if = "Option::is_none")]
            pub avoid_buggy_ips: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_allocation: Option<IPAddressPoolServiceAllocation>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct IPAddressPoolServiceAllocation {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace_selectors: Option<Vec<LabelSelector>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespaces: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub priority: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub service_selectors: Option<Vec<LabelSelector>>,
        }

        /// `L2Advertisement` of `metallb.io/v1beta1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct L2Advertisement {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<L2AdvertisementSpec>,
        }

        impl k8s_openapi::Resource for L2Advertisement {
            const API_VERSION: &'static str = "metallb.io/v1beta1";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "L2Advertisement";
            const VERSION: &'static str = "v1beta1";
            const URL_PATH_SEGMENT: &'static str = "l2advertisements";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for L2Advertisement {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for L2Advertisement {
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
        pub struct L2AdvertisementSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub interfaces: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_address_pool_selectors: Option<Vec<LabelSelector>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ip_address_pools: Option<Vec<String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selectors: Option<Vec<LabelSelector>>,
        }
    }

    /// Version `v1beta2` of `metallb.io`.
    pub mod v1beta2 {
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
        use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
        use serde::Deserialize;
        use serde::Serialize;

        /// `BGPPeer` of `metallb.io/v1beta2`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BGPPeer {
            /// Its name, namespace, labels and annotations.
            #[serde(default)]
            pub metadata: ObjectMeta,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub spec: Option<BGPPeerSpec>,
        }

        impl k8s_openapi::Resource for BGPPeer {
            const API_VERSION: &'static str = "metallb.io/v1beta2";
            const GROUP: &'static str = "metallb.io";
            const KIND: &'static str = "BGPPeer";
            const VERSION: &'static str = "v1beta2";
            const URL_PATH_SEGMENT: &'static str = "bgppeers";
            type Scope = k8s_openapi::NamespaceResourceScope;
        }

        impl k8s_openapi::Metadata for BGPPeer {
            type Ty = ObjectMeta;

            fn metadata(&self) -> &ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut ObjectMeta {
                &mut self.metadata
            }
        }

        impl serde::Serialize for BGPPeer {
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
        pub struct BGPPeerSpec {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub bfd_profile: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub ebgp_multi_hop: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub hold_time: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub keepalive_time: Option<String>,
            #[serde(rename = "myASN")]
            pub my_asn: i32,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub node_selectors: Option<Vec<LabelSelector>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub password_secret: Option<BGPPeerPasswordSecret>,
            #[serde(rename = "peerASN")]
            pub peer_asn: i32,
            pub peer_address: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub peer_port: Option<i64>,
            #[serde(rename = "routerID", skip_serializing_if = "Option::is_none")]
            pub router_id: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source_address: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub vrf: Option<String>,
        }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct BGPPeerPasswordSecret {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub namespace: Option<String>,
        }
    }
}
