use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::{Cluster, Error, File, render};

/// What the code renders: the whole tree of all clusters, or one cluster's part of it.
pub struct Tree {
    /// Its files by their path from the root of the tree.
    pub files: BTreeMap<Utf8PathBuf, File>,
    /// The cluster that it is the part of, if it is not the whole.
    pub cluster: Option<String>,
}

impl Tree {
    /// The whole tree of these clusters, whose root is that of the first.
    pub fn whole(clusters: &[Cluster]) -> Result<Self, Error> {
        let mut files = BTreeMap::new();
        if let Some(default) = clusters.first() {
            let root = render::root(default)?;
            files.insert(root.path.clone(), root);
        }
        for cluster in clusters {
            files.extend(render::render(cluster)?);
        }
        Ok(Self { files, cluster: None })
    }

    /// The part of one cluster.
    pub fn part(cluster: &Cluster) -> Result<Self, Error> {
        Ok(Self { files: render::render(cluster)?, cluster: Some(cluster.name.clone()) })
    }

    /// Whether this tree decides what lies at a path, be it that nothing does.
    pub fn decides(&self, path: &Utf8Path) -> bool {
        self.cluster.as_ref().is_none_or(|cluster| path.starts_with(cluster))
    }

    /// Whether a path is that of secret material, which nobody but the secrets' own code touches or looks at.
    pub fn is_material(&self, path: &Utf8Path) -> bool {
        path.components().nth(1).is_some_and(|folder| folder.as_str() == render::SECRETS)
            && !self.files.contains_key(path)
    }
}
