use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule, IngressSpec, IngressTLS,
};

use crate::{App, SecretSpec};

/// An Ingress that sends every path of a host to a backend, by the controllers of a class.
pub fn ingress(app: &App, class: &str, host: &str, backend: IngressBackend) -> Ingress {
    let path = HTTPIngressPath { backend, path: Some("/".to_owned()), path_type: "Prefix".to_owned() };
    let rule = IngressRule { host: Some(host.to_owned()), http: Some(HTTPIngressRuleValue { paths: vec![path] }) };
    Ingress {
        metadata: app.metadata(),
        spec: Some(IngressSpec {
            ingress_class_name: Some(class.to_owned()),
            rules: Some(vec![rule]),
            ..IngressSpec::default()
        }),
        ..Ingress::default()
    }
}

/// TLS for these hosts with the certificate of a `kubernetes.io/tls` secret.
pub fn ingress_tls<const N: usize>(hosts: [&str; N], certificate: &SecretSpec) -> IngressTLS {
    IngressTLS { hosts: Some(hosts.map(str::to_owned).to_vec()), secret_name: Some(certificate.name.clone()) }
}
