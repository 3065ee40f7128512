use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule, IngressSpec, IngressTLS,
};

use crate::{App, NamesSecret};

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

/// TLS for these hosts with the certificate of a `kubernetes.io/tls` secret: a declared one, or the name of one that is made elsewhere.
pub fn ingress_tls<const N: usize>(hosts: [&str; N], certificate: &(impl NamesSecret + ?Sized)) -> IngressTLS {
    let secret_name = Some(certificate.secret_name().to_owned());
    IngressTLS { hosts: Some(hosts.map(str::to_owned).to_vec()), secret_name }
}

/// The class that an Ingress names, in its field or in the annotation that was there before it.
pub(crate) fn class_name(ingress: &Ingress) -> Option<&str> {
    let annotations = ingress.metadata.annotations.as_ref();
    let old = annotations.and_then(|annotations| annotations.get("kubernetes.io/ingress.class"));
    let new = ingress.spec.as_ref().and_then(|spec| spec.ingress_class_name.as_ref());
    new.or(old).map(String::as_str)
}
