//! The names that objects give of ConfigMaps, Secrets, claims and ServiceAccounts, and the fields that give them.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::{KeyToPath, LocalObjectReference, ServiceAccount, Volume};
use k8s_openapi::api::networking::v1::Ingress;

use super::{Item, Pods};
use crate::yaml::{Node, Value};

/// An object's name, as another object gives it.
#[derive(Debug, Clone)]
pub struct Reference<'a> {
    /// The object that gives it.
    pub from: Item<'a>,
    /// The field that holds the name.
    pub path: String,
    /// The kind that is referred to.
    pub kind: &'static str,
    /// The name.
    pub name: &'a str,
    /// The keys that must be in it, each with its field.
    pub keys: Vec<(&'a str, String)>,
    /// Whether it works without.
    pub optional: bool,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an object is referred to for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To be read or mounted by a pod, or to run as.
    Run,
    /// To pull images.
    Pull,
    /// To serve TLS.
    Serve,
}

/// What pods refer to.
pub(crate) fn of_pods<'a>(pods: &Pods<'a>, out: &mut Vec<Reference<'a>>) {
    let spec = pods.spec;
    for (path, container) in pods.containers() {
        for (number, source) in container.env_from.iter().flatten().enumerate() {
            if let Some(source) = &source.config_map_ref {
                let path = format!("{path}.envFrom[{number}].configMapRef.name");
                out.push(Reference::to("ConfigMap", &source.name, pods.item, path).unless(source.optional));
            }
            if let Some(source) = &source.secret_ref {
                let path = format!("{path}.envFrom[{number}].secretRef.name");
                out.push(Reference::to("Secret", &source.name, pods.item, path).unless(source.optional));
            }
        }
        for (number, variable) in container.env.iter().flatten().enumerate() {
            let Some(source) = &variable.value_from else { continue };
            if let Some(source) = &source.config_map_key_ref {
                let path = format!("{path}.env[{number}].valueFrom.configMapKeyRef");
                let reference = Reference::to("ConfigMap", &source.name, pods.item, format!("{path}.name"));
                let keys = vec![(source.key.as_str(), format!("{path}.key"))];
                out.push(Reference { keys, ..reference.unless(source.optional) });
            }
            if let Some(source) = &source.secret_key_ref {
                let path = format!("{path}.env[{number}].valueFrom.secretKeyRef");
                let reference = Reference::to("Secret", &source.name, pods.item, format!("{path}.name"));
                let keys = vec![(source.key.as_str(), format!("{path}.key"))];
                out.push(Reference { keys, ..reference.unless(source.optional) });
            }
        }
    }
    // A StatefulSet replaces the volumes that have the name of one of its claims.
    let templates = pods.item.object.get::<StatefulSet>().and_then(|set| set.spec.volume_claim_templates.as_ref());
    let is_replaced = |volume: &Volume| {
        templates.into_iter().flatten().any(|template| template.metadata.name.as_ref() == Some(&volume.name))
    };
    for (number, volume) in spec.volumes.iter().flatten().enumerate().filter(|(_, volume)| !is_replaced(volume)) {
        of_volume(volume, pods.item, &pods.spec_path(&format!("volumes[{number}]")), out);
    }
    pulling(spec.image_pull_secrets.as_deref(), pods.item, &pods.spec_path("imagePullSecrets"), out);
    if let Some(name) = &spec.service_account_name {
        out.push(Reference::to("ServiceAccount", name, pods.item, pods.spec_path("serviceAccountName")));
    } else if let Some(name) = &spec.service_account {
        out.push(Reference::to("ServiceAccount", name, pods.item, pods.spec_path("serviceAccount")));
    }
}

fn of_volume<'a>(volume: &'a Volume, item: Item<'a>, path: &str, out: &mut Vec<Reference<'a>>) {
    if let Some(source) = &volume.config_map {
        let reference = Reference::to("ConfigMap", &source.name, item, format!("{path}.configMap.name"));
        let keys = items(source.items.as_deref(), &format!("{path}.configMap"));
        out.push(Reference { keys, ..reference.unless(source.optional) });
    }
    if let Some(source) = &volume.secret
        && let Some(name) = &source.secret_name
    {
        let reference = Reference::to("Secret", name, item, format!("{path}.secret.secretName"));
        let keys = items(source.items.as_deref(), &format!("{path}.secret"));
        out.push(Reference { keys, ..reference.unless(source.optional) });
    }
    let projected = volume.projected.iter().flat_map(|projected| projected.sources.iter().flatten());
    for (number, source) in projected.enumerate() {
        let path = format!("{path}.projected.sources[{number}]");
        if let Some(source) = &source.config_map {
            let reference = Reference::to("ConfigMap", &source.name, item, format!("{path}.configMap.name"));
            let keys = items(source.items.as_deref(), &format!("{path}.configMap"));
            out.push(Reference { keys, ..reference.unless(source.optional) });
        }
        if let Some(source) = &source.secret {
            let reference = Reference::to("Secret", &source.name, item, format!("{path}.secret.name"));
            let keys = items(source.items.as_deref(), &format!("{path}.secret"));
            out.push(Reference { keys, ..reference.unless(source.optional) });
        }
    }
    if let Some(claim) = &volume.persistent_volume_claim {
        let path = format!("{path}.persistentVolumeClaim.claimName");
        out.push(Reference::to("PersistentVolumeClaim", &claim.claim_name, item, path));
    }
    let logins = [
        ("cephfs", volume.cephfs.as_ref().and_then(|source| source.secret_ref.as_ref())),
        ("csi.nodePublishSecretRef", volume.csi.as_ref().and_then(|source| source.node_publish_secret_ref.as_ref())),
        ("flexVolume", volume.flex_volume.as_ref().and_then(|source| source.secret_ref.as_ref())),
        ("iscsi", volume.iscsi.as_ref().and_then(|source| source.secret_ref.as_ref())),
        ("rbd", volume.rbd.as_ref().and_then(|source| source.secret_ref.as_ref())),
    ];
    for (field, login) in logins {
        let Some(login) = login else { continue };
        let field = if field.contains('.') { field.to_owned() } else { format!("{field}.secretRef") };
        out.push(Reference::to("Secret", &login.name, item, format!("{path}.{field}.name")));
    }
    if let Some(source) = &volume.azure_file {
        out.push(Reference::to("Secret", &source.secret_name, item, format!("{path}.azureFile.secretName")));
    }
}

/// What objects that make no pods refer to.
pub(crate) fn of_object<'a>(item: Item<'a>, out: &mut Vec<Reference<'a>>) {
    match item.object.kind() {
        "ServiceAccount" => {
            let Some(account) = item.object.get::<ServiceAccount>() else { return };
            pulling(account.image_pull_secrets.as_deref(), item, "imagePullSecrets", out);
        }
        "Ingress" => {
            let Some(spec) = item.object.get::<Ingress>().and_then(|ingress| ingress.spec.as_ref()) else { return };
            for (number, tls) in spec.tls.iter().flatten().enumerate() {
                let Some(name) = &tls.secret_name else { continue };
                let reference = Reference::to("Secret", name, item, format!("spec.tls[{number}].secretName"));
                out.push(Reference { purpose: Purpose::Serve, ..reference });
            }
        }
        "Kustomization" if item.kind().group == "kustomize.toolkit.fluxcd.io" => {
            of_flux(item, "spec.postBuild.substituteFrom", out);
            one_of_flux(item, "spec.decryption.secretRef", out);
            one_of_flux(item, "spec.kubeConfig.secretRef", out);
        }
        "HelmRelease" if item.kind().group == "helm.toolkit.fluxcd.io" => {
            of_flux(item, "spec.valuesFrom", out);
            one_of_flux(item, "spec.kubeConfig.secretRef", out);
        }
        "Gateway" => {
            let listeners = item.object.content().and_then(|content| content.at("spec.listeners"));
            for (number, listener) in listeners.iter().flat_map(|listeners| listeners.items()).enumerate() {
                let certificates = listener.at("tls.certificateRefs");
                for (place, certificate) in certificates.iter().flat_map(|refs| refs.items()).enumerate() {
                    let own = certificate.get("namespace").is_none() && certificate.get("group").is_none();
                    let Some(name) = certificate.get("name").and_then(|name| name.text()).filter(|_| own) else {
                        continue;
                    };
                    let path = format!("spec.listeners[{number}].tls.certificateRefs[{place}].name");
                    out.push(Reference { purpose: Purpose::Serve, ..Reference::to("Secret", name, item, path) });
                }
            }
        }
        _ => {}
    }
}

/// The ConfigMaps and Secrets that a list of Flux names, with the key that values are read from.
fn of_flux<'a>(item: Item<'a>, list: &str, out: &mut Vec<Reference<'a>>) {
    let entries = item.object.content().and_then(|content| content.at(list)).map(Node::items).unwrap_or_default();
    for (number, entry) in entries.iter().enumerate() {
        let text = |key| entry.get(key).and_then(Node::text);
        let kind = match text("kind") {
            Some("ConfigMap") => "ConfigMap",
            Some("Secret") => "Secret",
            _ => continue,
        };
        let Some(name) = text("name") else { continue };
        let reference = Reference::to(kind, name, item, format!("{list}[{number}].name"));
        let keys = text("valuesKey").map(|key| (key, format!("{list}[{number}].valuesKey")));
        let optional = entry.get("optional").is_some_and(|node| node.value == Value::Bool(true));
        out.push(Reference { keys: keys.into_iter().collect(), optional, ..reference });
    }
}

/// The Secret that a field of Flux names.
fn one_of_flux<'a>(item: Item<'a>, field: &str, out: &mut Vec<Reference<'a>>) {
    let name = item.object.content().and_then(|content| content.at(field)?.get("name")?.text());
    out.extend(name.map(|name| Reference::to("Secret", name, item, format!("{field}.name"))));
}

fn pulling<'a>(secrets: Option<&'a [LocalObjectReference]>, item: Item<'a>, path: &str, out: &mut Vec<Reference<'a>>) {
    for (number, secret) in secrets.into_iter().flatten().enumerate() {
        let reference = Reference::to("Secret", &secret.name, item, format!("{path}[{number}].name"));
        out.push(Reference { purpose: Purpose::Pull, ..reference });
    }
}

/// The keys that a volume takes, with their fields.
fn items<'a>(items: Option<&'a [KeyToPath]>, path: &str) -> Vec<(&'a str, String)> {
    let items = items.into_iter().flatten().enumerate();
    items.map(|(number, item)| (item.key.as_str(), format!("{path}.items[{number}].key"))).collect()
}

impl<'a> Reference<'a> {
    fn to(kind: &'static str, name: &'a str, from: Item<'a>, path: String) -> Self {
        Self { from, path, kind, name, keys: Vec::new(), optional: false, purpose: Purpose::Run }
    }

    fn unless(self, optional: Option<bool>) -> Self {
        Self { optional: optional == Some(true), ..self }
    }
}
