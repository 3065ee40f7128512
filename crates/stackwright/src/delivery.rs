/// How the objects and releases of a cluster reach it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delivery {
    /// A person applies them, and installs the releases by a script.
    #[default]
    ByHand,
    /// Flux applies and installs them, and removes what is no longer rendered.
    Flux(Flux),
    /// Argo CD does.
    ArgoCd(Repository),
}

impl Delivery {
    /// The folder of the cluster's that a person applies to begin with, and that applies itself from then on; none where a person applies everything.
    pub fn folder(&self) -> Option<&'static str> {
        match self {
            Self::ByHand => None,
            Self::Flux(_) => Some("flux"),
            Self::ArgoCd(_) => Some("argocd"),
        }
    }
}

/// The git repository that a cluster's files are committed to, as the cluster reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its URL, such as `https://git.example/lab.git`.
    pub url: String,
    /// The branch that is applied.
    pub branch: String,
    /// The folder in it that clusters are rendered to, told from its root.
    pub folder: String,
}

impl Repository {
    /// The branch `main` of a repository, and the folder in it that clusters are rendered to.
    pub fn new(url: &str, folder: &str) -> Self {
        Self { url: url.to_owned(), branch: "main".to_owned(), folder: folder.to_owned() }
    }
}

/// What Flux needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flux {
    /// Where it reads.
    pub repository: Repository,
    /// The Secret of its namespace by which it may read there, where not everybody may.
    pub credentials: Option<String>,
    /// The Secret of its namespace with the age key that opens what `secrets seal` put into the repository. Without one, secrets are applied by
    /// hand.
    pub decryption: Option<String>,
}

impl Flux {
    /// From a repository that everybody may read, with secrets applied by hand.
    pub fn new(repository: Repository) -> Self {
        Self { repository, credentials: None, decryption: None }
    }
}
