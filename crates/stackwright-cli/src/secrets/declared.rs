use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use stackwright::{Cluster, Error, Key, Material, SecretSpec};

/// Material that is made in one go: one file, or a certificate and its private key. Several secrets may name it.
pub(super) struct Piece<'a> {
    pub file: &'a Utf8Path,
    pub recipe: Recipe<'a>,
    pub secrets: Vec<Declared<'a>>,
}

/// The folder of what is sealed, in the one of the material: git takes its files alone.
pub(super) const SEALED: &str = "sealed";

/// How the names of sealed files end.
pub(super) const SEALED_SUFFIX: &str = ".sops.yaml";

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

    /// Where it is sealed, if it is: a Secret for itself, what only hosts are given in one.
    pub fn sealed_file(self) -> Utf8PathBuf {
        let name = match self {
            // No namespace has a dot in its name.
            Self::Kubernetes(secret) => format!("{}.{}", secret.namespace, secret.name),
            Self::Host(_) => "hosts".to_owned(),
        };
        Utf8PathBuf::from(SEALED).join(name + SEALED_SUFFIX)
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
    Client { name: &'a str, days: u16, key_file: &'a Utf8Path, authority: Authority<'a> },
    /// A person writes it; this says what it is.
    Given(&'a str),
}

/// The authority of a client's certificate, which is made with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Authority<'a> {
    pub days: u16,
    pub file: &'a Utf8Path,
    pub key_file: &'a Utf8Path,
}

impl<'a> Piece<'a> {
    /// The first Secret of the cluster that it is of, if it is of one.
    pub fn kubernetes(&self) -> Option<&'a SecretSpec> {
        self.secrets.iter().find_map(|secret| match secret {
            Declared::Kubernetes(secret) => Some(*secret),
            Declared::Host(_) => None,
        })
    }

    /// The keys of all secrets that it is of.
    pub fn keys(&self) -> impl Iterator<Item = &'a Key> + use<'_, 'a> {
        self.secrets.iter().flat_map(|secret| secret.keys())
    }

    /// Its file; what is made with a certificate, such as its private key, comes before it.
    pub fn files(&self) -> impl Iterator<Item = &'a Utf8Path> + use<'a> {
        let before = match self.recipe {
            Recipe::Certificate { key_file, .. } => [Some(key_file), None, None],
            Recipe::Client { key_file, authority, .. } => {
                [Some(authority.key_file), Some(authority.file), Some(key_file)]
            }
            Recipe::Text(_) | Recipe::Random(_) | Recipe::Given(_) => [None; 3],
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
            let authority = authority(key, &secrets)?;
            let Some(recipe) = recipe(&key.material, key_file, authority) else { continue };
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
    authority: Option<Authority<'a>>,
) -> Option<Recipe<'a>> {
    match material {
        Material::Text(text) => Some(Recipe::Text(text)),
        Material::Password => Some(Recipe::Random(32)),
        Material::Salt => Some(Recipe::Random(64)),
        Material::Certificate { hosts, days } => {
            key_file.map(|key_file| Recipe::Certificate { hosts, days: *days, key_file })
        }
        Material::ClientCertificate { name, days } => {
            let (key_file, authority) = key_file.zip(authority)?;
            Some(Recipe::Client { name, days: *days, key_file, authority })
        }
        Material::CertificateKey | Material::ClientAuthority { .. } | Material::ClientAuthorityKey => None,
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

/// The authority of a client's certificate: all of them lie in one folder, which has no other of any.
fn authority<'a>(key: &'a Key, all: &[Declared<'a>]) -> Result<Option<Authority<'a>>, Error> {
    let is_client: fn(&Material) -> bool = |material| matches!(material, Material::ClientCertificate { .. });
    let is_authority: fn(&Material) -> bool = |material| matches!(material, Material::ClientAuthority { .. });
    let is_key: fn(&Material) -> bool = |material| *material == Material::ClientAuthorityKey;
    if ![is_client, is_authority, is_key].iter().any(|is| is(&key.material)) {
        return Ok(None);
    }
    let beside = |is: fn(&Material) -> bool| -> BTreeMap<&'a Utf8Path, &'a Material> {
        let keys = all.iter().flat_map(|secret| secret.keys()).filter(|other| is(&other.material));
        let here = keys.filter(|other| other.file.parent() == key.file.parent());
        here.map(|other| (&*other.file, &other.material)).collect()
    };
    let [clients, authorities, keys] = [is_client, is_authority, is_key].map(|is| Vec::from_iter(beside(is)));
    match (&clients[..], &authorities[..], &keys[..]) {
        ([_], [(file, Material::ClientAuthority { days })], [(key_file, _)]) => {
            Ok(Some(Authority { days: *days, file, key_file }))
        }
        _ => Err(Error::new(
            format!("{} is not of one client's certificate with its one authority and the authority's key", key.file),
            "declare all of them, once each, in one folder",
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

/// Material lies in folders of its own, away from what the renderer writes and what git takes, under names that temporary files never take.
fn check_path(secret: Declared<'_>, file: &Utf8Path) -> Result<(), Error> {
    let normal = file.components().all(|component| matches!(component, Utf8Component::Normal(_)));
    let is_free = !file.as_str().ends_with('~') && !file.starts_with(SEALED);
    if normal && file.components().count() > 1 && is_free {
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
