use camino::Utf8PathBuf;
use serde::Serialize;

use super::{SECRETS, order};
use crate::{Cluster, Error, File, SecretSpec, yaml};

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

/// A cluster's kustomization, and that of its secrets: namespaces, then secrets, then everything else in order.
pub(super) fn files(cluster: &Cluster, objects: Vec<(usize, Utf8PathBuf)>) -> Result<Vec<File>, Error> {
    let mut secrets: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.secrets).collect();
    secrets.sort_by_key(|secret| (&secret.namespace, &secret.name));

    let (namespaces, rest): (Vec<_>, Vec<_>) = objects.into_iter().partition(|(rank, _)| *rank == order::NAMESPACE);
    let paths = |objects: Vec<(usize, Utf8PathBuf)>| objects.into_iter().map(|(_, path)| path.into_string());
    let secret_folder = (!secrets.is_empty()).then(|| SECRETS.to_owned());
    let resources = paths(namespaces).chain(secret_folder).chain(paths(rest)).collect();

    let mut files = vec![Kustomization::of(resources).file("kustomization.yaml".into())?];
    if !secrets.is_empty() {
        let folder = Utf8PathBuf::from(SECRETS);
        files.push(Kustomization::of_secrets(&secrets).file(folder.join("kustomization.yaml"))?);
        // The material lies beside these two files, and git sees nothing else of the folder.
        files.push(File::new(folder.join(".gitignore"), "*\n!.gitignore\n!kustomization.yaml\n"));
    }
    Ok(files)
}

/// The kustomization at the tree's root, which is the default cluster's.
pub(super) fn root(cluster: &str) -> Result<File, Error> {
    Kustomization::of(vec![cluster.to_owned()]).file("kustomization.yaml".into())
}
