use k8s_openapi::api::networking::v1::Ingress;

use super::Item;
use crate::yaml::Node;

/// A host that an Ingress or Gateway shows the certificate of a Secret for.
pub(crate) struct Shown<'a> {
    /// The namespace and the name of the Secret.
    pub secret: (&'a str, &'a str),
    pub host: &'a str,
    /// The field that names the host.
    pub path: String,
}

/// The hosts that an object shows certificates for.
pub(crate) fn of_object(item: Item<'_>) -> Vec<Shown<'_>> {
    match item.object.kind() {
        "Ingress" => item.object.get().map_or_else(Vec::new, |ingress| of_ingress(item, ingress)),
        "Gateway" => of_gateway(item),
        _ => Vec::new(),
    }
}

fn of_ingress<'a>(item: Item<'a>, ingress: &'a Ingress) -> Vec<Shown<'a>> {
    let mut shown = Vec::new();
    let Some(spec) = &ingress.spec else { return shown };
    for (number, tls) in spec.tls.iter().flatten().enumerate() {
        let secret = (item.namespace, tls.secret_name.as_deref().unwrap_or_default());
        let hosts = tls.hosts.as_deref().unwrap_or_default();
        for (at, host) in hosts.iter().enumerate() {
            shown.push(Shown { secret, host, path: format!("spec.tls[{number}].hosts[{at}]") });
        }
        // Without hosts it is for those of the rules.
        let rules = spec.rules.iter().flatten().enumerate().filter(|_| hosts.is_empty());
        for (at, host) in rules.filter_map(|(at, rule)| Some((at, rule.host.as_deref()?))) {
            shown.push(Shown { secret, host, path: format!("spec.rules[{at}].host") });
        }
    }
    shown
}

fn of_gateway(item: Item<'_>) -> Vec<Shown<'_>> {
    let listeners = item.object.content().and_then(|content| content.at("spec.listeners"));
    let listeners = listeners.map_or(&[][..], Node::items).iter().enumerate();
    let shown = listeners.filter_map(|(number, listener)| {
        let text = |path| listener.at(path).and_then(Node::text);
        let (host, secret) = text("hostname").zip(text("tls.certificateRefs[0].name"))?;
        let namespace = text("tls.certificateRefs[0].namespace").unwrap_or(item.namespace);
        // Which of several it shows is for the controller to choose.
        let is_one = listener.at("tls.certificateRefs[1]").is_none();
        is_one.then(|| Shown { secret: (namespace, secret), host, path: format!("spec.listeners[{number}].hostname") })
    });
    shown.collect()
}
