//! A chart as it lies in its folder or archive: what it is, its files, its subcharts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use stackwright::Error;
use stackwright::yaml::{self, Node};

use super::archive;
use crate::helm;

pub use crate::helm::Files;

/// A chart, with the subcharts that lie in it.
#[derive(Clone)]
pub struct Chart {
    /// What people know it by: a path, or that of the chart that it lies in with its own.
    pub place: String,
    pub name: String,
    pub version: String,
    pub about: String,
    /// Whether it only has templates for others.
    pub is_library: bool,
    /// Its subcharts by the names that their values stand under.
    pub subcharts: Vec<(String, Chart)>,
    /// The names of subcharts that it needs and that do not lie in it.
    pub missing: Vec<String>,
    /// The values that switch its subcharts.
    pub conditions: Vec<Vec<String>>,
    files: Files,
}

/// Charts in charts: more are a circle, or meant to harm.
const MOST_DEEP: usize = 5;

impl Chart {
    pub fn of(place: &str, files: Files) -> Result<Self, Error> {
        Self::at(place, files, MOST_DEEP)
    }

    fn at(place: &str, files: Files, deep: usize) -> Result<Self, Error> {
        let Some(deep) = deep.checked_sub(1) else {
            return Err(Error::new(format!("{place} lies in too many charts"), "have a look at what it holds"));
        };
        let (own, below): (Files, Files) = files.into_iter().partition(|(path, _)| !path.starts_with("charts/"));
        let mut chart = Self {
            place: place.to_owned(),
            name: String::new(),
            version: String::new(),
            about: String::new(),
            is_library: false,
            subcharts: Vec::new(),
            missing: Vec::new(),
            conditions: Vec::new(),
            files: own,
        };
        let Some(head) = chart.yaml("Chart.yaml")? else {
            return Err(Error::new(
                format!("{place} has no Chart.yaml, so it is no chart"),
                "name a chart's folder or its archive",
            ));
        };
        let text = |key: &str| head.get(key).and_then(scalar);
        let (Some(name), Some(version)) = (text("name"), text("version")) else {
            return Err(Error::new(
                format!("{place}/Chart.yaml has no name or no version"),
                "a chart has both: see whether it is whole",
            ));
        };
        (chart.name, chart.version) = (name, version);
        chart.about = text("description").unwrap_or_default();
        chart.is_library = text("type").as_deref() == Some("library");

        let mut at_hand = Vec::new();
        for (folder, files) in folders(place, below)? {
            let subchart = Self::at(&format!("{place}/charts/{folder}"), files, deep)?;
            at_hand.push(subchart);
        }
        let old = chart.yaml("requirements.yaml")?;
        let listed = [Some(&head), old.as_ref()].into_iter().flatten().filter_map(|of| of.get("dependencies"));
        let listed: Vec<_> = listed.flat_map(Node::items).filter_map(Dependency::of).collect();
        for dependency in &listed {
            chart.conditions.extend(dependency.conditions());
        }
        chart.place_subcharts(at_hand, &listed);
        Ok(chart)
    }

    /// Puts subcharts where their values stand. One that nobody lists has its own name.
    fn place_subcharts(&mut self, at_hand: Vec<Self>, listed: &[Dependency]) {
        for dependency in listed {
            let name = dependency.alias.as_ref().unwrap_or(&dependency.name);
            match at_hand.iter().find(|subchart| subchart.name == dependency.name) {
                Some(subchart) => self.subcharts.push((name.clone(), subchart.clone())),
                None => self.missing.push(name.clone()),
            }
        }
        for subchart in at_hand {
            if listed.iter().all(|dependency| dependency.name != subchart.name) {
                self.subcharts.push((subchart.name.clone(), subchart));
            }
        }
    }

    /// The text of a file, if it is there.
    pub fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes))
    }

    /// The texts of a folder, by their paths.
    pub fn texts(&self, folder: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let files = self.files.iter().filter(move |(path, _)| path.starts_with(folder));
        files.map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes)))
    }

    /// The first document of a file, if it is there.
    pub fn yaml(&self, path: &str) -> Result<Option<Node>, Error> {
        let Some(text) = self.text(path) else { return Ok(None) };
        match yaml::read(&text) {
            Ok(stream) => Ok(stream.documents.into_iter().next()),
            Err(problems) => {
                let problem = problems.first().map(ToString::to_string).unwrap_or_default();
                let help = "Helm reads no such file either, or not as it is meant: see whether the chart is whole";
                Err(Error::new(format!("{}/{path}:{problem}", self.place), help))
            }
        }
    }

    /// The API groups of the kinds that it and its subcharts define.
    pub fn groups(&self) -> Vec<String> {
        let mut groups: Vec<String> = self.subcharts.iter().flat_map(|(_, subchart)| subchart.groups()).collect();
        for (_, text) in self.texts("crds/").chain(self.texts("templates/")) {
            // A file of several definitions has one after each mark; what a template decides of them is not looked into.
            let definitions = text.split("kind: CustomResourceDefinition").skip(1);
            let group = |definition: &str| {
                let line =
                    definition.lines().find_map(|line| line.trim().strip_prefix("group: ").map(str::to_owned))?;
                let group = line.trim().trim_matches(['"', '\'']);
                let is_group =
                    group.contains('.') && group.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
                is_group.then(|| group.to_owned())
            };
            groups.extend(definitions.filter_map(group));
        }
        groups.sort();
        groups.dedup();
        groups
    }
}

/// What `charts/` holds: a folder or an archive each.
fn folders(place: &str, files: Files) -> Result<BTreeMap<String, Files>, Error> {
    let mut folders: BTreeMap<String, Files> = BTreeMap::new();
    for (path, bytes) in files {
        let path = path.strip_prefix("charts/").unwrap_or(&path);
        match path.split_once('/') {
            // Helm leaves these out.
            Some((folder, _)) if folder.starts_with(['.', '_']) => {}
            Some((folder, path)) => _ = folders.entry(folder.to_owned()).or_default().insert(path.to_owned(), bytes),
            None if helm::is_archive(path) => {
                _ = folders.insert(path.to_owned(), archive::files(&format!("{place}/charts/{path}"), &bytes)?);
            }
            None => {}
        }
    }
    folders.retain(|_, files| files.contains_key("Chart.yaml"));
    Ok(folders)
}

/// A chart that another needs.
struct Dependency {
    name: String,
    alias: Option<String>,
    condition: Option<String>,
    tags: Vec<String>,
}

impl Dependency {
    fn of(node: &Node) -> Option<Self> {
        let text = |key: &str| node.get(key).and_then(scalar);
        let tags = node.get("tags").map(Node::items).unwrap_or_default().iter().filter_map(scalar);
        Some(Self { name: text("name")?, alias: text("alias"), condition: text("condition"), tags: tags.collect() })
    }

    fn conditions(&self) -> impl Iterator<Item = Vec<String>> {
        let paths = self.condition.iter().flat_map(|paths| paths.split(','));
        let paths = paths.map(|path| path.trim().split('.').map(str::to_owned).collect());
        paths.chain(self.tags.iter().map(|tag| vec!["tags".to_owned(), tag.clone()]))
    }
}

/// The text of a scalar: versions are sometimes numbers.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        yaml::Value::String(text) => Some(text.clone()),
        yaml::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
