use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::check::Item;
use stackwright::{Cluster, Error, Object, render, yaml};

use crate::writer::disk;

/// What the last render wrote for a cluster: it was reviewed and committed, and is applied.
pub struct Rendered<'a> {
    out: &'a Utf8Path,
    paths: Vec<Utf8PathBuf>,
    objects: Vec<OnceLock<Option<Object>>>,
}

impl<'a> Rendered<'a> {
    /// The cluster's objects below `out`; nothing is read yet.
    pub fn of(cluster: &Cluster, out: &'a Utf8Path) -> Result<Self, Error> {
        let paths = render::object_paths(cluster)?;
        Ok(Self { out, objects: paths.iter().map(|_| OnceLock::new()).collect(), paths })
    }

    /// What was written in an object's place, unless it is the same.
    pub fn other(&self, item: Item<'_>) -> Option<&Object> {
        let read = || {
            let before = disk::text(&self.out.join(&self.paths[item.index])).ok()??;
            let mut now = String::new();
            let is_same = item.object.write_yaml(&mut now).is_ok() && before == now;
            let object = if is_same { None } else { yaml::objects(&before).ok()?.pop() }?.object;
            (object.kind() == item.object.kind() && object.name() == item.object.name()).then_some(object)
        };
        self.objects.get(item.index)?.get_or_init(read).as_ref()
    }
}
