use camino::Utf8PathBuf;
use serde::Serialize;

use super::SECRETS;
use crate::order::{Order, is_namespace};
use crate::{Cluster, Delivery, Error, File, Object, SecretSpec, Stack, yaml};

/// What kustomize reads: <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kustomization {
    api_version: &'static str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_options: Option<SortOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generator_options: Option<GeneratorOptions>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    secret_generator: Vec<SecretGenerator>,
}

#[derive(Serialize)]
struct SortOptions {
    order: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GeneratorOptions {
    disable_name_suffix_hash: bool,
}

#[derive(Serialize)]
struct SecretGenerator {
    name: String,
    namespace: String,
    r#type: String,
    files: Vec<String>,
}

impl Kustomization {
    /// These resources, applied in the order of the list.
    fn of(resources: Vec<String>) -> Self {
        Self {
            api_version: "kustomize.config.k8s.io/v1beta1",
            kind: "Kustomization",
            sort_options: Some(SortOptions { order: "fifo" }),
            generator_options: None,
            resources,
            secret_generator: Vec::new(),
        }
    }

    /// A generator of Secrets from the files beside it. Their names stay as they are written: no hashes.
    fn of_secrets(secrets: &[&SecretSpec]) -> Self {
        Self {
            sort_options: None,
            generator_options: Some(GeneratorOptions { disable_name_suffix_hash: true }),
            secret_generator: secrets.iter().map(|secret| generator(secret)).collect(),
            ..Self::of(Vec::new())
        }
    }

    fn file(&self, path: Utf8PathBuf) -> Result<File, Error> {
        let mut text = String::new();
        yaml::write(&mut text, self).map_err(|error| {
            Error::yaml(format!("{path} cannot be written"), "this is a bug of the renderer", error).at(&path)
        })?;
        Ok(File::new(path, text))
    }
}

fn generator(secret: &SecretSpec) -> SecretGenerator {
    SecretGenerator {
        name: secret.name.clone(),
        namespace: secret.namespace.clone(),
        r#type: secret.type_.clone(),
        files: secret.keys.iter().map(|key| format!("{}={}", key.name, key.file)).collect(),
    }
}

/// The kustomizations of a cluster: that of the objects that wait for nothing (namespaces, then secrets, then everything else in order), those
/// of the objects that wait, each in the folder of its part, and that of the secrets.
pub(super) fn files(
    cluster: &Cluster,
    order: &Order,
    objects: Vec<(&Object, Utf8PathBuf)>,
) -> Result<Vec<File>, Error> {
    let mut secrets: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.secrets).collect();
    secrets.sort_by_key(|secret| (&secret.namespace, &secret.name));

    // Nobody else has the material, or applies it otherwise.
    let is_by_hand = cluster.delivery == Delivery::ByHand;
    let mut objects = objects.into_iter();
    let mut files = Vec::new();
    for part in &order.parts {
        let folder = Utf8PathBuf::from(part.after.folder());
        let of_part = objects.by_ref().take(part.objects.len());
        let (namespaces, rest): (Vec<_>, Vec<_>) = of_part.partition(|(object, _)| is_namespace(object));
        let is_first = files.is_empty();
        if !is_first && namespaces.is_empty() && rest.is_empty() {
            continue;
        }
        let paths = |objects: Vec<(&Object, Utf8PathBuf)>| {
            let inside = objects.into_iter().map(|(_, path)| path.strip_prefix(&folder).unwrap_or(&path).to_string());
            inside.collect::<Vec<_>>()
        };
        let secrets = (is_first && is_by_hand && !secrets.is_empty()).then(|| SECRETS.to_owned());
        let resources = paths(namespaces).into_iter().chain(secrets).chain(paths(rest)).collect();
        files.push(Kustomization::of(resources).file(folder.join("kustomization.yaml"))?);
    }
    if !secrets.is_empty() {
        let folder = Utf8PathBuf::from(SECRETS);
        files.push(Kustomization::of_secrets(&secrets).file(folder.join("kustomization.yaml"))?);
    }
    if cluster.stacks.iter().any(Stack::has_secrets) {
        let folder = Utf8PathBuf::from(SECRETS);
        // The material lies beside these, and git sees nothing else of the folder.
        let seen = "*\n!.gitignore\n!kustomization.yaml\n!sealed/\n!sealed/*.sops.yaml\n";
        files.push(File::new(folder.join(".gitignore"), seen));
    }
    Ok(files)
}

/// A kustomization of what lies beside it.
pub(super) fn of(resources: Vec<String>, path: Utf8PathBuf) -> Result<File, Error> {
    Kustomization::of(resources).file(path)
}

/// The kustomization at the tree's root, which is the default cluster's.
pub(super) fn root(cluster: &str) -> Result<File, Error> {
    Kustomization::of(vec![cluster.to_owned()]).file("kustomization.yaml".into())
}
