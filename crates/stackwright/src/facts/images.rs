use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use crate::links::Image;

/// What is known of images in `images.yaml`, which explains its form. Few of them are met, so that each entry is read on its own.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entries = include_str!("images.yaml").split(BEGIN).skip(1);
    entries.map(|text| Entry { text, facts: OnceLock::new() }).collect()
});

/// What each entry begins with, before its names.
const BEGIN: &str = "\n- images: [";

/// The entries by the last part of each name.
static BY_NAME: LazyLock<HashMap<&'static str, Vec<Named>>> = LazyLock::new(|| {
    let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
    for entry in ENTRIES.iter() {
        for name in entry.names() {
            by_name.entry(last_part(name)).or_default().push(Named { name, entry });
        }
    }
    by_name
});

/// An entry, behind what it begins with.
struct Entry {
    text: &'static str,
    facts: OnceLock<Facts>,
}

impl Entry {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.text.split(']').next().into_iter().flat_map(|names| names.split(", "))
    }

    fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| {
            let mut read = super::table(&format!("{BEGIN}{}", self.text));
            read.pop().expect("an entry has its facts")
        })
    }
}

/// An entry, and one of the names that it is for.
struct Named {
    name: &'static str,
    entry: &'static Entry,
}

/// What is true of images of some names and tags.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    images: Vec<String>,
    from: Option<u64>,
    until: Option<u64>,
    variant: Option<String>,
    #[serde(default)]
    except: Vec<String>,
    /// The folder that has to be kept.
    pub data: Option<String>,
    /// The same where the container has no arguments, if the image's own move it.
    pub without_args: Option<String>,
    /// The folder, at or above the data, that the image declares as a volume.
    pub volume: Option<String>,
    /// Variables that move the data.
    #[serde(default)]
    pub variables: Vec<String>,
    /// Variables by which another program keeps the data.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// Flags that move the data.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Whether a working folder moves the data as well.
    #[serde(default)]
    pub in_working_folder: bool,
    /// Programs that are this image's server.
    #[serde(default)]
    pub commands: Vec<String>,
    /// Folders with programs.
    #[serde(default)]
    pub programs: Vec<String>,
    /// Configuration files.
    #[serde(default)]
    pub files: Vec<String>,
    /// Folders with files that are needed.
    #[serde(default)]
    pub folders: Vec<Folder>,
    /// Where it listens by TCP.
    #[serde(default)]
    pub ports: Vec<i32>,
    /// Variables that change where it listens.
    #[serde(default)]
    pub port_variables: Vec<String>,
    /// Folders and files whose content changes where it listens.
    #[serde(default)]
    pub configured_in: Vec<String>,
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

/// A folder of an image with files that it needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Folder {
    /// Its path.
    pub path: String,
    /// Files without which the image does not start.
    pub needs: Vec<String>,
    /// Files that a configuration may include by their names.
    #[serde(default)]
    pub includes: Vec<String>,
}

impl Facts {
    /// Where a volume for the data is mounted.
    pub(crate) fn place(&self) -> Option<&str> {
        self.volume.as_deref().or(self.data.as_deref())
    }

    /// Whether it may be about a tag: of one that tells no version, each may be meant.
    fn is_of(&self, tag: Option<&str>) -> bool {
        let has = |part: &str| tag.is_some_and(|tag| tag.split('-').any(|own| own == part));
        let is_version = major(tag).is_none_or(|major| {
            self.from.is_none_or(|from| from <= major) && self.until.is_none_or(|until| major < until)
        });
        is_version && self.variant.as_deref().is_none_or(has) && !self.except.iter().any(|part| has(part))
    }
}

/// What may be true of an image, by whichever registry it comes: nothing where it is not known.
pub(crate) fn of(image: &Image<'_>) -> impl Iterator<Item = &'static Facts> {
    let (repository, tag) = (image.repository, image.tag);
    let named = BY_NAME.get(last_part(repository)).into_iter().flatten();
    let named = named.filter(move |named| is_named(named.name, repository)).map(|named| named.entry.facts());
    named.filter(move |facts| facts.is_of(tag))
}

/// What is known of other versions of an image.
pub(crate) fn of_others(facts: &Facts) -> impl Iterator<Item = &'static Facts> {
    let alike = ENTRIES.iter().filter(|entry| entry.names().eq(facts.images.iter().map(String::as_str)));
    alike.map(Entry::facts).filter(|other| other.source != facts.source)
}

/// The major version that a tag begins with.
fn major(tag: Option<&str>) -> Option<u64> {
    let version = tag?.trim_start_matches('v');
    version.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether an image is the one of a name, or a copy of it: a name without a slash is that of an official image only.
fn is_named(name: &str, repository: &str) -> bool {
    repository.strip_suffix(name).is_some_and(|before| match before.strip_suffix('/') {
        None => before.is_empty(),
        Some(before) => name.contains('/') || before == "library" || before.ends_with("/library"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static Facts> {
        ENTRIES.iter().map(Entry::facts)
    }

    #[test]
    fn entries_alone_are_those_of_the_whole_file() {
        let whole: Vec<Facts> = crate::facts::table(include_str!("images.yaml"));
        let names = |facts: &Facts| facts.images.clone();
        assert_eq!(whole.iter().map(names).collect::<Vec<_>>(), all().map(names).collect::<Vec<_>>());
        for entry in ENTRIES.iter() {
            assert!(entry.names().eq(entry.facts().images.iter().map(String::as_str)), "{}", entry.text);
        }
    }

    /// The data folders of what may be true of an image.
    fn data(image: &str) -> Vec<&'static str> {
        of(&Image::of(image)).filter_map(|facts| facts.data.as_deref()).collect()
    }

    #[test]
    fn every_fact_has_its_source_and_day() {
        for facts in all() {
            crate::facts::assert_sourced(&facts.images[0], &facts.source, &facts.read);
        }
    }

    #[test]
    fn data_lies_in_the_declared_volume() {
        for facts in all() {
            if let (Some(data), Some(volume)) = (&facts.data, &facts.volume) {
                assert!(format!("{data}/").starts_with(&format!("{volume}/")), "{facts:?}");
            }
        }
    }

    #[test]
    fn an_image_is_known_wherever_it_is_copied_to() {
        for image in
            ["mysql:8", "docker.io/library/mysql:8", "hub.example/mysql:8", "hub.example/mirror/library/mysql:8"]
        {
            assert_eq!(data(image), ["/var/lib/mysql"], "{image}");
        }
        assert_eq!(data("hub.example/proxy/grafana/grafana:12.0.0"), ["/var/lib/grafana"]);
        assert_eq!(data("docker.io/bitnami/mysql:8"), ["/bitnami/mysql/data"]);
        for image in ["bitnami/kafka:3", "example/my-mysql", "mysql/mysql-server"] {
            assert_eq!(data(image), [] as [&str; 0], "{image}");
        }
    }

    #[test]
    fn versions_and_variants_differ() {
        let (before, since) = ("/var/lib/postgresql/data", "/var/lib/postgresql/18/docker");
        assert_eq!(data("postgres:17.6-alpine"), [before]);
        assert_eq!(data("postgres:18"), [since]);
        assert_eq!(data("postgres:18beta1@sha256:ab"), [since]);
        assert_eq!(data("postgres:alpine"), [since, before]);
        assert_eq!(data("influxdb:3.4-core"), [] as [&str; 0]);
        assert_eq!(data("gitea/gitea:1.24-rootless"), ["/var/lib/gitea/git"]);
        assert_eq!(data("gitea/gitea:1.24"), ["/data/git"]);
    }
}
