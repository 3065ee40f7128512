//! Objects of these types are read, rendered and checked as their YAML is.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;
use stackwright::prelude::*;
use stackwright::{Kind, check, yaml};
use stackwright_crds::cert_manager_io::v1::{Certificate, ClusterIssuer};
use stackwright_crds::gateway_networking_k8s_io::v1::{Gateway, GatewayClass, HTTPRoute};
use stackwright_crds::metallb_io::v1beta1::{IPAddressPool, L2Advertisement};
use stackwright_crds::metallb_io::v1beta2::BGPPeer;
use stackwright_crds::monitoring_coreos_com::v1::{Probe, PrometheusRule, ServiceMonitor};
use stackwright_crds::traefik_io::v1alpha1::{IngressRoute, Middleware, TLSOption};

/// What `adopt` writes as code, too. Some of it refers to what is not there.
const MANIFESTS: &str = "crates/stackwright-cli/tests/adopt/operators.yaml";

#[test]
fn what_is_read_is_written_the_same() {
    for value in manifests() {
        let object = typed(&value).unwrap_or_else(|| panic!("no type is tried for {}", value["kind"]));
        let mut text = String::new();
        object.write_yaml(&mut text).expect("an object can be written");
        assert_eq!(values(&text), [value]);
    }
}

#[test]
fn the_linker_finds_the_same_in_types_as_in_yaml() {
    let read = yaml::objects(&text(MANIFESTS)).expect("the manifests can be read");
    let untyped = findings(read.into_iter().map(|located| located.object).collect());
    let objects: Vec<_> = manifests().iter().filter_map(typed).collect();
    assert!(objects.iter().filter(|object| object.kind() != "Service").count() > 10);
    assert_eq!(findings(objects), untyped);
    for id in ["gateway-ref", "issuer-missing", "lb-ip-not-in-pool", "servicemonitor-selects-nothing"] {
        assert!(untyped.iter().any(|finding| finding.starts_with(id)), "{id} is not among {untyped:#?}");
    }
}

/// A module is of the version that the other files of the repository speak of.
#[test]
fn versions_are_those_of_the_programs_that_run() {
    let programs = ["", "k3s-course/", "metallb/"].map(|module| text(&format!("e2e/running/programs/{module}go.mod")));
    let sources = include_str!("../sources.md");
    let mut compared = 0;
    for row in sources.lines().skip(2) {
        let [_, _, module, version, ..] = row.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("no row: {row}")
        };
        let used = programs.iter().flat_map(|program| program.lines()).filter_map(|line| {
            let (name, version) = line.trim().trim_start_matches("require ").split_once(' ')?;
            (name == module).then(|| version.split(' ').next().unwrap_or_default())
        });
        for used in used {
            assert_eq!(used, version, "{module}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "{compared}");
}

/// What the checks say of a cluster in which nothing else is.
fn findings(objects: Vec<Object>) -> Vec<String> {
    let cluster = Cluster { stacks: vec![Stack { objects, ..Stack::new("shop", []) }], ..Cluster::new("lab", "1.36") };
    check(&cluster).iter().map(|finding| format!("{}: {}", finding.id, finding.message)).collect()
}

/// The object of a manifest as its type.
fn typed(value: &Value) -> Option<Object> {
    [
        of::<Service>,
        of::<Certificate>,
        of::<ClusterIssuer>,
        of::<Gateway>,
        of::<GatewayClass>,
        of::<HTTPRoute>,
        of::<IPAddressPool>,
        of::<L2Advertisement>,
        of::<BGPPeer>,
        of::<Probe>,
        of::<PrometheusRule>,
        of::<ServiceMonitor>,
        of::<IngressRoute>,
        of::<Middleware>,
        of::<TLSOption>,
    ]
    .into_iter()
    .find_map(|typed| typed(value))
}

/// The object of a manifest, if it is of this kind.
fn of<T: Kind + DeserializeOwned>(value: &Value) -> Option<Object> {
    let is_kind = value["apiVersion"] == T::API_VERSION && value["kind"] == T::KIND;
    is_kind.then(|| serde_json::from_value::<T>(value.clone()).expect("a manifest fits its type").into())
}

fn manifests() -> Vec<Value> {
    values(&text(MANIFESTS))
}

fn values(text: &str) -> Vec<Value> {
    let stream = yaml::read(text).expect("it is YAML");
    stream.documents.iter().map(|document| serde_json::to_value(document).expect("it is JSON")).collect()
}

fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).expect("a file of the repository can be read")
}
