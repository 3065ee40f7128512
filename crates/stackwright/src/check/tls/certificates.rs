use std::time::SystemTime;

use k8s_openapi::api::core::v1::Secret;
use x509_cert::Certificate as X509;
use x509_cert::der::asn1::{AnyRef, ObjectIdentifier};
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use crate::Material;
use crate::check::{HashMap, Index, Item, Objects};
use crate::yaml::Node;

/// The certificate of a TLS secret: one that is there, one that is declared, or one that cert-manager is to get.
pub(crate) struct Certificate<'a> {
    /// The namespace and the name of the Secret that holds it.
    pub secret: (&'a str, &'a str),
    /// The object that has it; none where a stack declares it.
    pub item: Option<Item<'a>>,
    /// The path of the field.
    pub path: &'static str,
    /// What it is, as a person would say it.
    pub label: String,
    /// The names and addresses that it is for, as its subject alternative names.
    pub hosts: Vec<String>,
    /// The common name of its subject, where it can be read.
    pub common_name: Option<String>,
    /// When it ends, where that is known yet, and that day.
    pub end: Option<(SystemTime, String)>,
}

/// Every certificate: [`Index::certificates`] has them.
pub(in crate::check) fn certificates<'a>(objects: &Objects<'a>) -> Vec<Certificate<'a>> {
    let secrets = objects.all::<Secret>().filter_map(|(item, secret)| of_secret(item, secret));
    let declared = objects.secrets().flat_map(|(_, secret)| {
        secret.keys.iter().filter_map(move |key| match &key.material {
            Material::Certificate { hosts, .. } => Some(Certificate {
                secret: (&secret.namespace, &secret.name),
                item: None,
                path: "",
                label: format!("the certificate of secret {}/{}", secret.namespace, secret.name),
                hosts: hosts.clone(),
                common_name: None,
                end: None,
            }),
            _ => None,
        })
    });
    let requested = objects.of_kind("Certificate.cert-manager.io").filter_map(|item| {
        let spec = item.object.content()?.get("spec")?;
        let texts = |field| spec.get(field).map_or(&[][..], Node::items).iter().filter_map(Node::text);
        // Names that a certificate of this kind has in other ways are not known here.
        let known = spec.get("dnsNames").is_some() && spec.get("literalSubject").is_none();
        let hosts = texts("dnsNames").chain(texts("ipAddresses")).map(str::to_owned).collect();
        known.then_some(Certificate {
            secret: (item.namespace, spec.get("secretName")?.text()?),
            item: Some(item),
            path: "spec.dnsNames",
            label: item.label(),
            hosts,
            common_name: None,
            end: None,
        })
    });
    secrets.chain(declared).chain(requested).collect()
}

/// The same, to look up: a Secret that is there counts for more than one that is to be made.
pub(super) fn by_secret<'i, 'a>(index: &'i Index<'a>) -> HashMap<(&'a str, &'a str), &'i Certificate<'a>> {
    let mut by_secret = HashMap::default();
    for certificate in index.certificates() {
        by_secret.entry(certificate.secret).or_insert(certificate);
    }
    by_secret
}

fn of_secret<'a>(item: Item<'a>, secret: &Secret) -> Option<Certificate<'a>> {
    const KEY: &str = "tls.crt";
    let data = secret.data.as_ref().and_then(|data| data.get(KEY)).map(|bytes| (&bytes.0[..], "data[\"tls.crt\"]"));
    let plain = || Some((secret.string_data.as_ref()?.get(KEY)?.as_bytes(), "stringData[\"tls.crt\"]"));
    let (pem, path) = data.or_else(plain)?;
    let chain = X509::load_pem_chain(pem).ok()?;
    let certificate = chain.first()?.tbs_certificate();
    let end = certificate.validity().not_after;
    let day = end.to_date_time();
    let names = certificate.get_extension::<SubjectAltName>().ok()?;
    Some(Certificate {
        secret: (item.namespace, item.object.name()),
        item: Some(item),
        path,
        label: format!("the certificate of {}", item.label()),
        hosts: names.map_or_else(Vec::new, |(_, names)| names.0.iter().filter_map(host).collect()),
        common_name: common_name(certificate.subject()),
        end: Some((end.to_system_time(), format!("{}-{:02}-{:02}", day.year(), day.month(), day.day()))),
    })
}

fn host(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(name.as_str().to_owned()),
        GeneralName::IpAddress(bytes) => match bytes.as_bytes().len() {
            4 => <[u8; 4]>::try_from(bytes.as_bytes()).ok().map(|bytes| std::net::IpAddr::from(bytes).to_string()),
            _ => <[u8; 16]>::try_from(bytes.as_bytes()).ok().map(|bytes| std::net::IpAddr::from(bytes).to_string()),
        },
        _ => None,
    }
}

fn common_name(subject: &x509_cert::name::Name) -> Option<String> {
    const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
    let attribute = subject.iter().find(|attribute| attribute.oid == COMMON_NAME)?;
    let der = attribute.value.to_der().ok()?;
    let text = AnyRef::from_der(&der).ok()?;
    str::from_utf8(text.value()).ok().map(str::to_owned)
}

impl Certificate<'_> {
    /// Whether it is for a host: by name, or by a wildcard, which stands for exactly one label.
    pub(crate) fn covers(&self, host: &str) -> bool {
        self.hosts.iter().any(|name| is_for(name, host))
    }
}

/// Whether a name of a certificate or of a rule is that of a host, or has a star for its first label.
pub fn is_for(name: &str, host: &str) -> bool {
    let parent = host.split_once('.').map_or("", |(_, parent)| parent);
    name.eq_ignore_ascii_case(host) || name.strip_prefix("*.").is_some_and(|suffix| suffix.eq_ignore_ascii_case(parent))
}
