//! Rust types of what runs on most clusters: [Gateway API], [cert-manager], [prometheus-operator], [MetalLB] and [Traefik].
//!
//! Each project is a feature, and none is on: who doesn't use one doesn't wait for its compiler. A kind is found by its group and version, as in
//! k8s-openapi. The application chooses the Kubernetes version of k8s-openapi, as for all of Stackwright's crates.
//!
//! ```
//! # #[cfg(feature = "cert-manager")] {
//! use stackwright::prelude::*;
//! use stackwright_crds::cert_manager_io::v1::{Certificate, CertificateIssuerRef, CertificateSpec};
//!
//! let app = App::new("shop", "web");
//! let certificate = Certificate {
//!     metadata: app.metadata(),
//!     spec: Some(CertificateSpec {
//!         secret_name: "shop-tls".into(),
//!         dns_names: Some(vec!["shop.example".into()]),
//!         issuer_ref: CertificateIssuerRef { name: "lab".into(), ..default() },
//!         ..default()
//!     }),
//! };
//! assert_eq!(Object::from(certificate).to_string(), "Certificate web/shop");
//! # }
//! ```
//!
//! # Where they are from
//!
//! Each module is what `stackwright types --docs none --newest` writes of the files of a project, formatted. Only what people write is here: the kinds by which
//! prometheus-operator runs Prometheus itself would take two minutes to compile, and cert-manager's controllers make its requests and challenges.
//!
#![doc = include_str!("../sources.md")]
//!
//! `just crds metallb config/crd/bases` in a checkout of the project writes a module anew, of the files of another version; then the row above is to be changed, too.
//!
//! # What they cost
//!
//! Seconds of a processor to compile the types of one feature without optimization, beside k8s-openapi and serde, which every program of clusters has:
//! MetalLB 0.7, Gateway API 4.4, prometheus-operator 5.8, cert-manager 6.2, Traefik 6.9.
//!
//! [Gateway API]: https://gateway-api.sigs.k8s.io
//! [cert-manager]: https://cert-manager.io
//! [prometheus-operator]: https://prometheus-operator.dev
//! [MetalLB]: https://metallb.io
//! [Traefik]: https://traefik.io

#[cfg(feature = "cert-manager")]
mod cert_manager;
#[cfg(feature = "gateway-api")]
mod gateway_api;
#[cfg(feature = "metallb")]
mod metallb;
#[cfg(feature = "prometheus-operator")]
mod prometheus_operator;
#[cfg(feature = "traefik")]
mod traefik;

#[cfg(feature = "cert-manager")]
pub use cert_manager::*;
#[cfg(feature = "gateway-api")]
pub use gateway_api::*;
#[cfg(feature = "metallb")]
pub use metallb::*;
#[cfg(feature = "prometheus-operator")]
pub use prometheus_operator::*;
#[cfg(feature = "traefik")]
pub use traefik::*;
