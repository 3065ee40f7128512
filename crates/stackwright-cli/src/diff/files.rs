//! The files of a cluster that are no objects: what their changes mean, and what people do about all of it.

use std::collections::{BTreeMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::template::shell_word;
use stackwright::{Cluster, Consequence, Delivery, Error, render};

use super::compared::Compared;
use super::lost::lost;
use crate::check::is_delivery;

/// A file's change.
#[derive(Clone)]
pub struct FileChange {
    pub path: Utf8PathBuf,
    pub consequence: Consequence,
    pub fact: String,
    pub then: String,
    pub is_removed: bool,
    /// Why it is meant to be so.
    pub allowed: Option<String>,
}

/// What the change of a host's file means: `hosts.txt` says so by what is in its path.
fn of_host(path: &Utf8Path) -> Option<&'static str> {
    let lines = include_str!("hosts.txt").lines().filter(|line| !line.starts_with('#'));
    let mut known = lines.filter_map(|line| line.split_once(' '));
    known.find(|(part, _)| path.as_str().contains(part)).map(|(_, then)| then)
}

impl FileChange {
    fn of(cluster: &Cluster, path: &Utf8Path, fact: String) -> Self {
        let change = |consequence, then: &str| Self {
            path: path.to_owned(),
            consequence,
            fact,
            then: then.to_owned(),
            is_removed: false,
            allowed: None,
        };
        if path.starts_with(RELEASES) {
            let is_by_hand = cluster.delivery == Delivery::ByHand;
            let consequence = if is_by_hand { Consequence::ByHand } else { Consequence::Unknown };
            let then = "what its chart makes of it isn't known here; an inflated release is compared object by object";
            return change(consequence, then);
        }
        let otherwise = "the cluster's README says which step carries it to its host";
        change(Consequence::ByHand, of_host(path).unwrap_or(otherwise))
    }

    fn removed(cluster: &Cluster, path: &Utf8Path) -> Self {
        let change = Self { is_removed: true, ..Self::of(cluster, path, "it is removed".to_owned()) };
        match path.file_stem().filter(|_| path.starts_with(RELEASES) && path != INSTALL) {
            Some(name) => Self { then: format!("`helm uninstall {name}` removes what its chart made"), ..change },
            None => {
                Self { then: "what it brought to a host stays there until a person removes it".to_owned(), ..change }
            }
        }
    }
}

/// The folder of Helm releases: a file of values for each, and the script that installs them.
const RELEASES: &str = "releases";
const INSTALL: &str = "releases/install.sh";

/// The files that are no objects and change.
pub fn changed(cluster: &Cluster, before: &BTreeMap<Utf8PathBuf, String>) -> Result<Vec<FileChange>, Error> {
    let objects: HashSet<_> = render::object_paths(cluster)?.into_iter().collect();
    let now: BTreeMap<_, _> = render::render(cluster)?
        .into_iter()
        .filter(|(path, _)| !objects.contains(path))
        .filter_map(|(path, file)| Some((path.strip_prefix(&cluster.name).ok()?.to_owned(), file.text)))
        .collect();
    // Those tell what people and kubectl do with the others.
    let tells = |path: &Utf8Path| {
        let is_told = matches!(path.file_name(), Some("README.md" | "kustomization.yaml" | ".gitignore"));
        is_told || is_delivery(cluster, &Utf8Path::new(&cluster.name).join(path))
    };
    let mut changed = Vec::new();
    for (path, text) in now.iter().filter(|(path, _)| !tells(path)) {
        let (fact, lost) = match before.get(path) {
            Some(old) if old == text => continue,
            None if before.is_empty() => continue,
            Some(old) => (fact(old, text), lost(path, old, text)),
            None => ("it is new".to_owned(), None),
        };
        let change = FileChange::of(cluster, path, fact);
        changed.push(match lost {
            Some((consequence, fact, then)) => FileChange { consequence, fact, then: then.to_owned(), ..change },
            None => change,
        });
    }
    let is_object = |path: &Utf8Path| objects.contains(&Utf8Path::new(&cluster.name).join(path));
    let gone = before.iter().filter(|(path, text)| {
        let was_object = path.extension() == Some("yaml") && text.contains("\nkind: ") && text.contains("apiVersion: ");
        !now.contains_key(*path) && !is_object(path) && !tells(path) && !was_object
    });
    changed.extend(gone.map(|(path, _)| FileChange::removed(cluster, path)));
    Ok(changed)
}

/// How a text differs: by its one line, if it is one.
fn fact(old: &str, new: &str) -> String {
    let (olds, news): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    if olds.len() != news.len() {
        return "it changes".to_owned();
    }
    let mut differ = olds.iter().zip(&news).zip(1..).filter(|((old, new), _)| old != new);
    match (differ.next(), differ.count()) {
        (Some(((old, new), line)), 0) => format!("line {line} changes from `{}` to `{}`", old.trim(), new.trim()),
        (_, more) => format!("{} lines change", more + 1),
    }
}

/// What people do, in this order, so that a cluster becomes what the code says.
pub fn steps(cluster: &Cluster, compared: &Compared, out: &Utf8Path) -> Vec<String> {
    let folder = out.join(&cluster.name);
    let (releases, hosts): (Vec<_>, Vec<_>) = compared.files.iter().partition(|file| file.path.starts_with(RELEASES));
    let mut steps = Vec::new();
    if !hosts.is_empty() {
        steps.push(format!("the steps for its hosts in {}", folder.join("README.md")));
    }
    if cluster.delivery != Delivery::ByHand {
        if !compared.changes.is_empty() || !releases.is_empty() {
            steps.push("merge it: what delivers the cluster applies it".to_owned());
        }
        return steps;
    }
    if compared.changes.iter().any(|told| !told.is_removed()) {
        steps.push(format!("`kubectl apply -k {}`", shell_word(folder.as_str())));
    }
    let install = shell_word(folder.join(INSTALL).as_str());
    let installed = releases.iter().filter(|file| !file.is_removed);
    // The versions of all charts are in the script.
    if installed.clone().any(|file| file.path == INSTALL) {
        steps.push(format!("`{install}`"));
    } else {
        let names = installed.filter_map(|file| file.path.file_stem());
        steps.extend(names.map(|name| format!("`{install} {}`", shell_word(name))));
    }
    steps.extend(compared.changes.iter().filter_map(|told| Some(format!("`{}`", told.delete.as_ref()?))));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_host_says_what_its_change_means() {
        let begins = |path: &str, words: &str| of_host(path.into()).is_some_and(|then| then.starts_with(words));
        assert!(begins("machines/desktop/Vagrantfile", "`vagrant reload` gives"));
        assert!(begins("machines/firewall-server.nft", "the step that installs the firewall"));
        assert!(begins("machines/libvirt/kworker1/network-config", "cloud-init reads it"));
        assert_eq!(of_host("machines/remote/versions.sh".into()), None);
    }

    #[test]
    fn one_line_is_told_as_it_changes() {
        assert_eq!(
            fact("a\nmemory: 2048\n", "a\nmemory: 4096\n"),
            "line 2 changes from `memory: 2048` to `memory: 4096`"
        );
        assert_eq!(fact("a\nb\n", "c\nd\n"), "2 lines change");
        assert_eq!(fact("a\n", "a\nb\n"), "it changes");
    }
}
