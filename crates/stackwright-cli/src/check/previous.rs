use std::collections::{BTreeMap, BTreeSet, HashMap};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::yaml::{self, Located, Node};
use stackwright::{Cluster, Error, Object, render};

use crate::writer::disk;

/// Reads what lies at a path of the tree, if something does.
type TextAt<'t> = dyn Fn(&Utf8Path) -> Result<Option<String>, Error> + 't;

/// What a file of the tree is for the cluster as it is now.
enum Known<'c> {
    /// It is rendered the same, of this object.
    Same(&'c Object),
    /// It has the cluster delivered, and is no object of a stack.
    Delivery,
    Other,
}

/// What the last render wrote for a cluster that is rendered otherwise now: it was reviewed and committed, and is applied.
pub struct Rendered<'c> {
    /// What was read of the files that are rendered otherwise now.
    objects: Vec<Located>,
    /// The cluster's own objects whose files are as they were.
    same: Vec<&'c Object>,
    /// What could not be read of it, in words.
    pub unread: Vec<String>,
}

impl<'c> Rendered<'c> {
    /// The objects that the kustomizations of the cluster's folder below `out` apply; none where nothing was rendered there.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of(cluster: &'c Cluster, out: &Utf8Path) -> Result<Option<Self>, Error> {
        let entries = disk::entries(&out.join(&cluster.name))?;
        let folders = entries.into_iter().filter(|(_, is_folder)| *is_folder).map(|(name, _)| name).collect();
        Self::read(cluster, &folders, out, &|path| disk::text(&out.join(path)))
    }

    /// The same of texts by their paths below the cluster's folder, which people know as that of `out`.
    pub fn of_texts(
        cluster: &'c Cluster,
        texts: &BTreeMap<Utf8PathBuf, String>,
        out: &Utf8Path,
    ) -> Result<Option<Self>, Error> {
        let folders = texts.keys().filter(|path| path.components().count() > 1);
        let folders = folders.filter_map(|path| Some(path.components().next()?.to_string())).collect();
        let own = |path: &Utf8Path| path.strip_prefix(&cluster.name).ok().and_then(|path| texts.get(path)).cloned();
        Self::read(cluster, &folders, out, &|path| Ok(own(path)))
    }

    fn read(
        cluster: &'c Cluster,
        folders: &BTreeSet<String>,
        out: &Utf8Path,
        text_at: &TextAt<'_>,
    ) -> Result<Option<Self>, Error> {
        let root = Utf8PathBuf::from(&cluster.name);
        let folders = folders.iter().map(|name| root.join(name));
        let mut rendered = Self { objects: Vec::new(), same: Vec::new(), unread: Vec::new() };
        let mut is_there = false;
        // Reading takes longer than all else: it is kept for what differs. A cluster that cannot be rendered has other errors.
        let now = render::render(cluster).unwrap_or_default();
        let objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
        let paths = render::object_paths(cluster).unwrap_or_default();
        let by_path: HashMap<_, _> = paths.iter().map(|path| &**path).zip(objects).collect();
        let same = |path: &Utf8Path, text: &str| match by_path.get(path) {
            Some(object) if now.get(path).is_some_and(|file| file.text == text) => Known::Same(object),
            // Of what delivers it, nothing is among the cluster's objects.
            None if now.contains_key(path) || is_delivery(cluster, path) => Known::Delivery,
            _ => Known::Other,
        };
        // The secrets are made after the render, by a generator of their own.
        for folder in [root.clone()].into_iter().chain(folders).filter(|folder| !folder.ends_with(render::SECRETS)) {
            is_there |= rendered.take_listed(&folder, out, text_at, &same)?;
        }
        Ok(is_there.then_some(rendered))
    }

    /// Takes the objects that a folder's kustomization lists, if it has one.
    fn take_listed(
        &mut self,
        folder: &Utf8Path,
        out: &Utf8Path,
        text_at: &TextAt<'_>,
        same: &impl Fn(&Utf8Path, &str) -> Known<'c>,
    ) -> Result<bool, Error> {
        let list = folder.join("kustomization.yaml");
        let Some(text) = text_at(&list)? else { return Ok(false) };
        match yaml::read(&text) {
            Ok(read) => {
                let resources = read.documents.first().and_then(|document| document.get("resources"));
                let paths = resources.map(Node::items).into_iter().flatten().filter_map(Node::text);
                for path in paths.filter(|path| *path != render::SECRETS).map(|path| folder.join(path)) {
                    self.take(&path, &out.join(&path), text_at(&path), same);
                }
            }
            Err(problems) => {
                self.unread.push(format!("{} cannot be read: {}", out.join(&list), first(&problems)));
            }
        }
        Ok(true)
    }

    /// Takes the objects of a file, which people know by its place.
    fn take(
        &mut self,
        path: &Utf8Path,
        place: &Utf8Path,
        text: Result<Option<String>, Error>,
        same: &impl Fn(&Utf8Path, &str) -> Known<'c>,
    ) {
        match text {
            Ok(Some(text)) => match same(path, &text) {
                Known::Same(object) => self.same.push(object),
                Known::Delivery => {}
                Known::Other => match yaml::objects(&text) {
                    Ok(objects) => self.objects.extend(objects),
                    Err(problems) => self.unread.push(format!("{place} cannot be read: {}", first(&problems))),
                },
            },
            Ok(None) => self.unread.push(format!("{place} cannot be read: it is not there")),
            Err(error) => self.unread.push(error.to_string()),
        }
    }

    /// The objects.
    pub fn objects(&self) -> Vec<&Object> {
        self.objects.iter().map(|located| &located.object).chain(self.same.iter().copied()).collect()
    }
}

/// Whether a file lies where a cluster's delivery does, which applies itself.
pub fn is_delivery(cluster: &Cluster, path: &Utf8Path) -> bool {
    let folder = path.strip_prefix(&cluster.name).ok().and_then(|path| path.components().next());
    cluster.delivery.folder().is_some() && folder.map(|folder| folder.as_str()) == cluster.delivery.folder()
}

fn first(problems: &[yaml::Problem]) -> String {
    problems.first().map(|problem| format!("line {}: {}", problem.span.line, problem.message)).unwrap_or_default()
}
