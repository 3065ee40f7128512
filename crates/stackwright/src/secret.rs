use camino::Utf8PathBuf;
use k8s_openapi::api::core::v1::Secret;

use crate::Step;

/// A Secret that a stack needs: its name and keys, and how each comes to be. Never the material itself.
///
/// The material is made once, on the machine that renders, or given by a person, as files under `<cluster>/secrets/`, which git ignores; kustomize's
/// `secretGenerator` carries it into the cluster. Two secrets may name the same files: that is how two namespaces share a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretSpec {
    /// The Secret's name.
    pub name: String,
    /// The Secret's namespace.
    pub namespace: String,
    /// The Secret's type: `Opaque`, or `kubernetes.io/tls` for a certificate.
    pub type_: String,
    /// Its keys, in the order in which they were declared.
    pub keys: Vec<Key>,
    /// Who uses it and for what, in a few words, for the cluster's README.
    pub purpose: String,
    /// What is left to do once the new material is in the cluster and the objects that read it are restarted: [`Rotations`] finds those.
    /// Each `does` is told in a list, so it begins with a small letter.
    ///
    /// [`Rotations`]: crate::Rotations
    pub after_rotation: Vec<Step>,
}

/// One key of a [`SecretSpec`], or a secret of hosts: an [`Artefact`](crate::Artefact) has those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key's name.
    pub name: String,
    /// The file that holds its material, relative to the cluster's `secrets/`.
    pub file: Utf8PathBuf,
    /// How the material comes to be.
    pub material: Material,
}

/// How the material of a key comes to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// A value that is no secret, such as a user's name.
    Text(String),
    /// 32 letters and digits: 190 bits.
    Password,
    /// 64 letters and digits: 380 bits.
    Salt,
    /// A self-signed certificate in PEM for these DNS names, valid for so many days; its private key is made with it.
    Certificate {
        /// The names that it is valid for, as subject alternative names.
        hosts: Vec<String>,
        /// How long it is valid, from the day it is made.
        days: u16,
    },
    /// The private key in PEM of the certificate in the same secret.
    CertificateKey,
    /// A client's certificate in PEM of this common name and of no organization, valid for so many days. An authority that is made for it
    /// alone has signed it: [`Material::ClientAuthority`].
    ClientCertificate {
        /// Who the client is.
        name: String,
        /// How long it is valid, from the day it is made.
        days: u16,
    },
    /// The authority, in PEM, of the [`Material::ClientCertificate`] in the same folder, by which servers know that client. It may sign clients,
    /// and no further authority.
    ClientAuthority {
        /// How long it is valid, from the day it is made.
        days: u16,
    },
    /// The private key in PEM of the [`Material::ClientAuthority`] in the same folder.
    ClientAuthorityKey,
    /// What nobody can make here, such as a token of somebody else's service: a person writes its file. The text says what it is and
    /// where it comes from, and is shown until the file is there.
    Given(String),
}

impl SecretSpec {
    /// An opaque secret of these keys.
    pub fn new<const N: usize>(namespace: &str, name: &str, keys: [(&str, Material); N]) -> Self {
        let key = |(key, material): (&str, Material)| Key {
            file: Utf8PathBuf::from(format!("{namespace}/{name}/{key}")),
            name: key.to_owned(),
            material,
        };
        Self {
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            type_: "Opaque".to_owned(),
            keys: keys.into_iter().map(key).collect(),
            purpose: String::new(),
            after_rotation: Vec::new(),
        }
    }

    /// A user name and a random password, under the keys `username` and `password`.
    pub fn login(namespace: &str, name: &str, user: &str) -> Self {
        Self::new(namespace, name, [("username", Material::Text(user.to_owned())), ("password", Material::Password)])
    }

    /// A self-signed certificate for these hosts, as an Ingress takes it. A year is the longest that clients accept.
    pub fn self_signed(namespace: &str, name: &str, hosts: Vec<String>, days: u16) -> Self {
        let keys = [("tls.crt", Material::Certificate { hosts, days }), ("tls.key", Material::CertificateKey)];
        Self { type_: "kubernetes.io/tls".to_owned(), ..Self::new(namespace, name, keys) }
    }

    /// The same secret in another namespace: the same files, so the same material.
    #[must_use]
    pub fn copy_in(&self, namespace: &str) -> Self {
        Self { namespace: namespace.to_owned(), ..self.clone() }
    }
}

/// What says which Secret is meant: a [`SecretSpec`], a Secret that someone else's YAML has, or only the name of one that something
/// else makes, such as cert-manager or an operator.
///
/// A declared secret can't be misspelt. Of a plain name the checks say whether it is there, as far as they can know.
///
/// ```
/// use stackwright::prelude::*;
///
/// let by_hand = ingress_tls(["shop.example"], "wildcard-tls");
/// assert_eq!(by_hand.secret_name.as_deref(), Some("wildcard-tls"));
///
/// let declared = SecretSpec::login("shop", "database", "shop");
/// let password = env_var_from("PASSWORD", secret_key(&declared, "password"));
/// # assert_eq!(password.value_from.unwrap().secret_key_ref.unwrap().name, "database");
/// ```
pub trait NamesSecret {
    /// The Secret's name.
    fn secret_name(&self) -> &str;
}

impl NamesSecret for SecretSpec {
    fn secret_name(&self) -> &str {
        &self.name
    }
}

impl NamesSecret for Secret {
    fn secret_name(&self) -> &str {
        self.metadata.name.as_deref().unwrap_or_default()
    }
}

impl NamesSecret for str {
    fn secret_name(&self) -> &str {
        self
    }
}

impl NamesSecret for String {
    fn secret_name(&self) -> &str {
        self
    }
}

impl<T: NamesSecret + ?Sized> NamesSecret for &T {
    fn secret_name(&self) -> &str {
        (**self).secret_name()
    }
}
