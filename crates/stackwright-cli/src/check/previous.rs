use std::fs;
use std::io::ErrorKind;

use camino::Utf8Path;
use stackwright::yaml::{self, Located, Node};
use stackwright::{Cluster, Error, Object};

/// What the last render wrote for a cluster: it was reviewed and committed, and is applied.
pub struct Rendered {
    objects: Vec<Located>,
    /// What could not be read of it, in words.
    pub unread: Vec<String>,
}

impl Rendered {
    /// The objects that `kubectl apply -k` applies from the cluster's folder below `out`; none where nothing was rendered there.
    ///
    /// # Errors
    /// When there is a render whose list of objects cannot be read.
    pub fn of(cluster: &Cluster, out: &Utf8Path) -> Result<Option<Self>, Error> {
        let folder = out.join(&cluster.name);
        let list = folder.join("kustomization.yaml");
        let text = match fs::read_to_string(&list) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(error) => return Err(unreadable(&list, &error.to_string())),
        };
        let read = yaml::read(&text).map_err(|problems| unreadable(&list, &first(&problems)))?;
        let mut rendered = Self { objects: Vec::new(), unread: Vec::new() };
        let resources = read.documents.first().and_then(|document| document.get("resources"));
        for path in resources.map(Node::items).into_iter().flatten().filter_map(Node::text) {
            // The secrets are a folder.
            if path.ends_with(".yaml") {
                rendered.take(&folder.join(path));
            }
        }
        Ok(Some(rendered))
    }

    fn take(&mut self, path: &Utf8Path) {
        let read = fs::read_to_string(path).map_err(|error| error.to_string());
        match read.and_then(|text| yaml::objects(&text).map_err(|problems| first(&problems))) {
            Ok(objects) => self.objects.extend(objects),
            Err(why) => self.unread.push(format!("{path}: {why}")),
        }
    }

    /// The objects.
    pub fn objects(&self) -> Vec<&Object> {
        self.objects.iter().map(|located| &located.object).collect()
    }
}

fn first(problems: &[yaml::Problem]) -> String {
    problems.first().map(|problem| format!("line {}: {}", problem.span.line, problem.message)).unwrap_or_default()
}

fn unreadable(path: &Utf8Path, why: &str) -> Error {
    Error::new(format!("cannot read {path}: {why}"), "the last render wrote it: take it back from git")
}
