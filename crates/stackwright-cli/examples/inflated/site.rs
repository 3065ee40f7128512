//! Values of the chart site 1.0.0: A site, and what charts do that not everything can follow
//!
//! `stackwright chart` wrote it from the chart's schema, defaults and templates, and writes it anew for another version.
//! Only what is `Some` is written; what the chart doesn't say the type of is open JSON. Its pods are not known here.

#![allow(clippy::all, clippy::pedantic, rustdoc::all)]

use serde::Serialize;
use stackwright::{Chart, Release};

/// The chart, its pinned version, and the digest of what was read of it.
pub const CHART: Chart = Chart {
    repository: "https://charts.example",
    name: "site",
    version: "1.0.0",
    digest: Some("sha256:c6ad1209c9dd77c59084da8827b01982ff8a96ae78c3607934254bee42d396b0"),
};

/// The API groups of the kinds that it defines.
pub const BRINGS: [&str; 1] = ["site.example"];

/// A release of the chart with these values.
pub fn release(name: &str, namespace: &str, values: &Values) -> Release {
    Release { brings: BRINGS.map(str::to_owned).into(), ..Release::new(name, namespace, CHART, values) }
}

/// All values of the chart site.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Values {
    /// How many pods answer.
    /// The chart's default is `1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<i64>,
    /// The value `image`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// What a container is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resources: Option<k8s_openapi::api::core::v1::ResourceRequirements>,
    /// The password, which a chart had better not be given
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The value `auth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<Auth>,
    /// Makes a password up.
    /// The chart's default is `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generate: Option<bool>,
    /// Runs a Job before each install.
    /// The chart's default is `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate: Option<bool>,
}

/// What `image` holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// Its name.
    /// The chart's default is `"nginx"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its tag.
    /// The chart's default is `"1.29"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// What `auth` holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Auth {
    /// The Secret that has it instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing_secret: Option<String>,
}
