use std::collections::HashMap;

use camino::Utf8Path;
use stackwright::yaml::{self, Located, Node};
use stackwright::{Cluster, Error, Object, render};

use crate::writer::disk;

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
        let root = out.join(&cluster.name);
        let mut folders: Vec<_> = disk::entries(&root)?.into_iter().filter(|(_, is_folder)| *is_folder).collect();
        folders.sort();
        let folders = folders.into_iter().map(|(name, _)| root.join(name));
        let mut rendered = Self { objects: Vec::new(), same: Vec::new(), unread: Vec::new() };
        let mut is_there = false;
        // Reading takes longer than all else: it is kept for what differs. A cluster that cannot be rendered has other errors.
        let now = render::render(cluster).unwrap_or_default();
        let objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
        let paths = render::object_paths(cluster).unwrap_or_default();
        let by_path: HashMap<_, _> = paths.iter().map(|path| &**path).zip(objects).collect();
        let same = |path: &Utf8Path, text: &str| {
            let path = path.strip_prefix(out).ok()?;
            by_path.get(path).copied().filter(|_| now.get(path).is_some_and(|file| file.text == text))
        };
        // The secrets are made after the render, by a generator of their own.
        for folder in [root.clone()].into_iter().chain(folders).filter(|folder| !folder.ends_with(render::SECRETS)) {
            is_there |= rendered.take_listed(&folder, &same)?;
        }
        Ok(is_there.then_some(rendered))
    }

    /// Takes the objects that a folder's kustomization lists, if it has one.
    fn take_listed(
        &mut self,
        folder: &Utf8Path,
        same: &impl Fn(&Utf8Path, &str) -> Option<&'c Object>,
    ) -> Result<bool, Error> {
        let list = folder.join("kustomization.yaml");
        let Some(text) = disk::text(&list)? else { return Ok(false) };
        match yaml::read(&text) {
            Ok(read) => {
                let resources = read.documents.first().and_then(|document| document.get("resources"));
                let paths = resources.map(Node::items).into_iter().flatten().filter_map(Node::text);
                paths.filter(|path| *path != render::SECRETS).for_each(|path| self.take(&folder.join(path), same));
            }
            Err(problems) => self.unread.push(format!("{list} cannot be read: {}", first(&problems))),
        }
        Ok(true)
    }

    fn take(&mut self, path: &Utf8Path, same: &impl Fn(&Utf8Path, &str) -> Option<&'c Object>) {
        match disk::text(path) {
            Ok(Some(text)) => {
                if let Some(object) = same(path, &text) {
                    self.same.push(object);
                    return;
                }
                match yaml::objects(&text) {
                    Ok(objects) => self.objects.extend(objects),
                    Err(problems) => self.unread.push(format!("{path} cannot be read: {}", first(&problems))),
                }
            }
            Ok(None) => self.unread.push(format!("{path} cannot be read: it is not there")),
            Err(error) => self.unread.push(error.to_string()),
        }
    }

    /// The objects.
    pub fn objects(&self) -> Vec<&Object> {
        self.objects.iter().map(|located| &located.object).chain(self.same.iter().copied()).collect()
    }
}

fn first(problems: &[yaml::Problem]) -> String {
    problems.first().map(|problem| format!("line {}: {}", problem.span.line, problem.message)).unwrap_or_default()
}
