use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Component, Utf8Path};
use stackwright::{Cluster, Error, Key, Material, SecretSpec};

/// Material that is made in one go: one file, or a certificate and its private key. Several secrets may name it.
pub(super) struct Piece<'a> {
    pub file: &'a Utf8Path,
    pub recipe: Recipe<'a>,
    pub secrets: Vec<Declared<'a>>,
}

/// A secret as somebody declared it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared<'a> {
    /// It becomes a Secret of the cluster.
    Kubernetes(&'a SecretSpec),
    /// Hosts are given it, by whichever artefacts.
    Host(&'a Key),
}

impl<'a> Declared<'a> {
    /// `namespace/name`; of a host's, its file.
    pub fn full_name(self) -> String {
        match self {
            Self::Kubernetes(secret) => format!("{}/{}", secret.namespace, secret.name),
            Self::Host(key) => key.file.to_string(),
        }
    }

    pub fn name(self) -> &'a str {
        match self {
            Self::Kubernetes(secret) => &secret.name,
            Self::Host(key) => &key.name,
        }
    }

    /// Whether a person may mean it by this name: its namespace can be left out.
    pub fn is_called(self, name: &str) -> bool {
        self.name() == name || self.full_name() == name
    }

    pub fn keys(self) -> &'a [Key] {
        match self {
            Self::Kubernetes(secret) => &secret.keys,
            Self::Host(key) => std::slice::from_ref(key),
        }
    }
}

/// How a piece is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Recipe<'a> {
    /// This text.
    Text(&'a str),
    /// So many random letters and digits.
    Random(usize),
    /// A self-signed certificate; its private key goes to a file of its own.
    Certificate { hosts: &'a [String], days: u16, key_file: &'a Utf8Path },
    /// A client's certificate; its private key and its authority go to files of their own.
    Client { name: &'a str, days: u16, key_file: &'a Utf8Path, authority_file: &'a Utf8Path },
    /// A person writes it; this says what it is.
    Given(&'a str),
}

impl<'a> Piece<'a> {
    /// Its file; what is made with a certificate, such as its private key, comes before it.
    pub fn files(&self) -> impl Iterator<Item = &'a Utf8Path> + use<'a> {
        let before = match self.recipe {
            Recipe::Certificate { key_file, .. } => [Some(key_file), None],
            Recipe::Client { key_file, authority_file, .. } => [Some(key_file), Some(authority_file)],
            Recipe::Text(_) | Recipe::Random(_) | Recipe::Given(_) => [None, None],
        };
        before.into_iter().flatten().chain([self.file])
    }
}

/// A cluster's secrets, by name, then those of its hosts.
pub(super) fn secrets(cluster: &Cluster) -> Vec<Declared<'_>> {
    let mut secrets: Vec<_> = cluster.stacks.iter().flat_map(|stack| &stack.secrets).collect();
    secrets.sort_by_key(|secret| (&secret.namespace, &secret.name));
    let mut keys: Vec<&Key> = Vec::new();
    for key in cluster.stacks.iter().flat_map(|stack| &stack.artefacts).flat_map(|artefact| &artefact.secrets) {
        // Several hosts may be given the same.
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.sort_by_key(|key| &key.file);
    secrets.into_iter().map(Declared::Kubernetes).chain(keys.into_iter().map(Declared::Host)).collect()
}

/// What a cluster's secrets are made of, by file.
pub(super) fn pieces(cluster: &Cluster) -> Result<Vec<Piece<'_>>, Error> {
    let mut pieces: BTreeMap<&Utf8Path, Piece<'_>> = BTreeMap::new();
    let secrets = secrets(cluster);
    for secret in secrets.iter().copied() {
        let key_file = certificate_key_file(secret, &secrets)?;
        for key in secret.keys() {
            check_path(secret, &key.file)?;
            let authority_file = authority_file(key, &secrets)?;
            let Some(recipe) = recipe(&key.material, key_file, authority_file) else { continue };
            let piece =
                pieces.entry(&key.file).or_insert_with(|| Piece { file: &key.file, recipe, secrets: Vec::new() });
            if piece.recipe != recipe {
                return Err(two_materials(&key.file));
            }
            if piece.secrets.last() != Some(&secret) {
                piece.secrets.push(secret);
            }
        }
    }
    let mut files = BTreeSet::new();
    match pieces.values().flat_map(Piece::files).find(|file| !files.insert(*file)) {
        Some(twice) => Err(two_materials(twice)),
        None => Ok(pieces.into_values().collect()),
    }
}

/// None for what is made with its certificate: a private key, and an authority.
fn recipe<'a>(
    material: &'a Material,
    key_file: Option<&'a Utf8Path>,
    authority_file: Option<&'a Utf8Path>,
) -> Option<Recipe<'a>> {
    match material {
        Material::Text(text) => Some(Recipe::Text(text)),
        Material::Password => Some(Recipe::Random(32)),
        Material::Salt => Some(Recipe::Random(64)),
        Material::Certificate { hosts, days } => {
            key_file.map(|key_file| Recipe::Certificate { hosts, days: *days, key_file })
        }
        Material::ClientCertificate { name, days } => {
            let (key_file, authority_file) = key_file.zip(authority_file)?;
            Some(Recipe::Client { name, days: *days, key_file, authority_file })
        }
        Material::CertificateKey | Material::ClientAuthority => None,
        Material::Given(what) => Some(Recipe::Given(what)),
    }
}

/// The file of the private key, if the secret holds a certificate. Where a host has the key and pods the certificate alone, the one that lies
/// beside it is meant.
fn certificate_key_file<'a>(secret: Declared<'a>, all: &[Declared<'a>]) -> Result<Option<&'a Utf8Path>, Error> {
    let (certificates, keys) = pairs(secret);
    let beside = |file: &Utf8Path, others: fn(Declared<'a>) -> Vec<&'a Utf8Path>| -> BTreeSet<_> {
        all.iter().flat_map(|other| others(*other)).filter(|other| other.parent() == file.parent()).collect()
    };
    match (&certificates[..], &keys[..]) {
        ([], []) => return Ok(None),
        ([_], [key]) => return Ok(Some(key)),
        ([certificate], []) => {
            if let [key] = Vec::from_iter(beside(certificate, |other| pairs(other).1))[..] {
                return Ok(Some(key));
            }
        }
        ([], [key]) if beside(key, |other| pairs(other).0).len() == 1 => return Ok(None),
        _ => {}
    }
    Err(Error::new(
        format!("secret {} does not hold one certificate with its one private key", secret.full_name()),
        "declare both, once each: `SecretSpec::self_signed` does",
    ))
}

/// The file of the authority of a client's certificate: the two lie in one folder, which has no other of either.
fn authority_file<'a>(key: &'a Key, all: &[Declared<'a>]) -> Result<Option<&'a Utf8Path>, Error> {
    let is_client = |material: &Material| matches!(material, Material::ClientCertificate { .. });
    let is_authority = |material: &Material| *material == Material::ClientAuthority;
    if !is_client(&key.material) && !is_authority(&key.material) {
        return Ok(None);
    }
    let beside = |is: fn(&Material) -> bool| -> BTreeSet<&'a Utf8Path> {
        let keys = all.iter().flat_map(|secret| secret.keys()).filter(|other| is(&other.material));
        keys.map(|other| &*other.file).filter(|file| file.parent() == key.file.parent()).collect()
    };
    match (&Vec::from_iter(beside(is_client))[..], &Vec::from_iter(beside(is_authority))[..]) {
        ([_], [authority]) => Ok(Some(authority)),
        _ => Err(Error::new(
            format!("{} is not of one client's certificate with its one authority", key.file),
            "declare both, once each, in one folder",
        )),
    }
}

/// The files of a secret's certificates, and of their private keys.
fn pairs(secret: Declared<'_>) -> (Vec<&Utf8Path>, Vec<&Utf8Path>) {
    let files = |is: fn(&Material) -> bool| -> Vec<&Utf8Path> {
        secret.keys().iter().filter(|key| is(&key.material)).map(|key| &*key.file).collect()
    };
    (
        files(|material| matches!(material, Material::Certificate { .. } | Material::ClientCertificate { .. })),
        files(|material| *material == Material::CertificateKey),
    )
}

/// Material lies in folders of its own, away from what the renderer writes, under names that temporary files never take.
fn check_path(secret: Declared<'_>, file: &Utf8Path) -> Result<(), Error> {
    let normal = file.components().all(|component| matches!(component, Utf8Component::Normal(_)));
    if normal && file.components().count() > 1 && !file.as_str().ends_with('~') {
        return Ok(());
    }
    Err(Error::new(
        format!("secret {} names `{file}`, which cannot hold material", secret.full_name()),
        "write its path from the cluster's secrets folder, such as database/login/password",
    ))
}

fn two_materials(file: &Utf8Path) -> Error {
    Error::new(
        format!("two secrets name {file} but not the same material"),
        "share the whole declaration with `copy_in`, or give one of the two another file",
    )
}
