//! `inflate`: lets the person's own Helm make the objects of releases, once, so that they are objects of their stacks like any other.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use stackwright::inflated::{self, Inflated};
use stackwright::yaml::{self, Node};
use stackwright::{Cluster, Error, File, Object, Release, check, kubernetes};

use crate::helm::{self, Packed, Reference, Template};
use crate::writer::Folder;
use crate::writer::disk::{self, Scratch};
use crate::{Outcome, flags, names, report};

/// Writes the objects of the releases that are asked for.
pub fn outcome(clusters: &[Cluster], flags: &flags::Inflate) -> Result<Outcome, Error> {
    let clusters = match &flags.cluster {
        Some(name) => vec![names::cluster(clusters, name)?],
        None => clusters.iter().collect(),
    };
    let is_wanted = |release: &Release| flags.release.as_ref().is_none_or(|name| *name == release.name);
    let all = clusters.into_iter().flat_map(|cluster| {
        let inflated = cluster.stacks.iter().flat_map(|stack| &stack.inflated).map(|inflated| &inflated.release);
        inflated.filter(|release| is_wanted(release)).map(move |release| (cluster, release))
    });
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        let help = "a stack says which: `Stack::inflated(release, include_str!(\"../inflated/CLUSTER/RELEASE.yaml\"))`, of an empty file at first";
        return Err(Error::new("there is no such inflated release", help));
    }
    if let (Some(_), [_, _, ..]) = (&flags.chart, all.as_slice()) {
        return Err(Error::new(
            "--chart is one chart, and these are several releases",
            "choose one with --release, and its cluster",
        ));
    }
    // Each is made before any is written.
    let texts =
        all.iter().map(|(cluster, release)| Ok((*cluster, *release, made(cluster, release, flags.chart.as_deref())?)));
    let texts = texts.collect::<Result<Vec<_>, Error>>()?;
    for (cluster, release, text) in texts {
        let path = Utf8PathBuf::from(format!("{}/{}.yaml", cluster.name, release.name));
        let place = flags.out.join(&path);
        let before = disk::text(&place)?;
        let is_same = before.as_ref() == Some(&text);
        match before {
            Some(_) if is_same => {}
            Some(before) if before.trim().is_empty() || before.starts_with(inflated::MARK) => {
                disk::replace(&place, &text)?;
            }
            // What is there and not ours is refused by name.
            _ => Folder::locked(&flags.out)?.add(&[File::new(path, text)])?,
        }
        report::note(&format!("{place}: {}", if is_same { "unchanged" } else { "written" }));
    }
    Ok(Outcome::Clean)
}

/// The text of a release.
fn made(cluster: &Cluster, release: &Release, at: Option<&Utf8Path>) -> Result<String, Error> {
    let chart = Fetched::of(release, at)?;
    let scratch = Scratch::new()?;
    let values = scratch.path().join("values.yaml");
    // JSON is YAML, and says everything that the values do.
    disk::write_new(&values, &release.values.to_string(), false, &values)?;
    let text = chart.rendered(cluster, release, &values)?;
    if chart.rendered(cluster, release, &values)? != text {
        let help = "set the values that it makes up, such as a password's existing Secret; or leave the release to Helm, in `releases`";
        return Err(Error::new(
            format!("release {} is another one each time: its chart makes values up", release.name),
            help,
        ));
    }
    let objects = objects(&text, release, &chart)?;
    let mut body = String::new();
    for node in &objects {
        body.push_str("---\n");
        body.push_str(&yaml::to_string(node).map_err(|error| {
            Error::yaml(
                format!("an object of release {} cannot be written", release.name),
                "see what `helm template` makes",
                error,
            )
        })?);
    }
    for doubt in chart.doubts()? {
        report::note(&format!("release {}: {doubt}", release.name));
    }
    Inflated::text(release, cluster, &chart.digest, &body)
}

/// A chart on this disk.
struct Fetched {
    place: Utf8PathBuf,
    digest: String,
    /// Where Helm put it, if it had to.
    _scratch: Option<Scratch>,
}

impl Fetched {
    /// The release's chart: at a path, or pulled by Helm. It has to be the one that is pinned.
    fn of(release: &Release, at: Option<&Utf8Path>) -> Result<Self, Error> {
        let chart = &release.chart;
        let (scratch, place) = if let Some(place) = at {
            (None, place.to_owned())
        } else {
            let repository = Some(chart.repository).filter(|repository| !repository.is_empty());
            let (scratch, place) =
                helm::pull(&Reference { chart: chart.name, repository, version: Some(chart.version) })?;
            (Some(scratch), place)
        };
        let Some(packed) = Packed::read(&place)? else {
            return Err(Error::new(format!("there is no chart at {place}"), "name its folder or archive"));
        };
        let digest = packed.digest();
        match chart.digest {
            Some(pinned) if pinned != digest => {
                let message =
                    format!("the chart of release {} has digest {digest}, and {pinned} is pinned", release.name);
                let help = "if it is meant to be this one, type it anew with `stackwright chart`; a folder's digest is not its archive's";
                return Err(Error::new(message, help));
            }
            _ => {}
        }
        let (name, version) = version(&place)?;
        if name != chart.name.rsplit('/').next().unwrap_or_default() || version != chart.version {
            let Release { name: of, chart, .. } = release;
            let message =
                format!("{place} is chart {name} {version}, and release {of} is of {} {}", chart.name, chart.version);
            return Err(Error::new(message, "name the chart that is pinned with --chart, or pin this one"));
        }
        Ok(Self { place, digest, _scratch: scratch })
    }

    fn rendered(&self, cluster: &Cluster, release: &Release, values: &Utf8Path) -> Result<String, Error> {
        let template = Template {
            release: &release.name,
            namespace: &release.namespace,
            chart: &self.place,
            values: vec![values.to_owned()],
            kubernetes: Some(kubernetes::minor(&cluster.kubernetes)?),
            apis: &inflated::apis(cluster, release),
            more: vec!["--include-crds".to_owned()],
        };
        template.text(helm::PROGRAM.into())
    }

    /// How a release of it does without a Secret of its own.
    fn without_secret(&self) -> String {
        let mut found = Vec::new();
        let values = helm::run(helm::PROGRAM.into(), &["show", "values", self.place.as_str()]).unwrap_or_default();
        for values in yaml::read(&values).unwrap_or_default().documents {
            existing_secrets(&values, "", &mut found);
        }
        found.truncate(3);
        let by = if found.is_empty() { "the chart's value for it".to_owned() } else { found.join(", ") };
        format!("declare the secret in the stack, and name it by {by}; or leave the release to Helm, in `releases`")
    }

    /// What its templates do that is not the same without a cluster.
    fn doubts(&self) -> Result<Vec<String>, Error> {
        let Some(Packed::Folder(files)) = Packed::read(&self.place)? else {
            let doubt = "its archive's templates are not looked into: name its folder with --chart, and `lookup` in them is said";
            return Ok(vec![doubt.to_owned()]);
        };
        let templates = files.iter().filter(|(path, _)| path.contains("templates/"));
        let doubts = templates.flat_map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            let actions: Vec<_> = text.split("{{").skip(1).filter_map(|action| action.split("}}").next()).collect();
            let calls = |word: &str| actions.iter().any(|action| has_word(action, word));
            SAID.iter().filter(|(word, _)| calls(word)).map(|(_, what)| format!("{path} {what}")).collect::<Vec<_>>()
        });
        Ok(doubts.collect())
    }
}

/// What templates do that is not the same without a cluster, by the word that does it.
const SAID: [(&str, &str); 3] = [
    ("lookup", "looks an object up in the cluster, and finds none here"),
    ("now", "asks for the time, which is that of today here"),
    (".Capabilities.APIVersions", "decides by the APIs of the cluster: those that its objects define are told"),
];

/// Whether an action of a template has a word, outside comments.
fn has_word(action: &str, word: &str) -> bool {
    let is_comment = action.trim_start_matches('-').trim_start().starts_with("/*");
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '$' | '_');
    !is_comment
        && action
            .split(|c| !is_of_name(c))
            .any(|other| other.trim_start_matches('$') == word || word.starts_with('.') && other.contains(word))
}

/// The name and version of a chart, as Helm reads them.
fn version(place: &Utf8Path) -> Result<(String, String), Error> {
    let text = helm::run(helm::PROGRAM.into(), &["show", "chart", place.as_str()])?;
    let head = yaml::read(&text).ok().and_then(|stream| stream.documents.into_iter().next());
    let field = |key: &str| head.as_ref().and_then(|head| head.get(key)?.text().map(str::to_owned)).unwrap_or_default();
    Ok((field("name"), field("version")))
}

/// The objects that Helm made, as they are applied: in their namespaces, without what only Helm runs.
fn objects(text: &str, release: &Release, chart: &Fetched) -> Result<Vec<Value>, Error> {
    let read = yaml::readable(text);
    if let Some(problem) = read.problems.first() {
        let help = format!("see what `helm template` makes of release {}", release.name);
        return Err(Error::new(format!("release {} is no YAML of objects: {problem}", release.name), help));
    }
    let mut objects = Vec::new();
    for located in read.objects {
        let object = &located.object;
        if let Some(problem) = located.problems.first() {
            let help = "set the value that it comes from otherwise, or leave the release to Helm, in `releases`";
            return Err(Error::new(
                format!("release {} makes a {object} that the API refuses: {problem}", release.name),
                help,
            ));
        }
        if let Some(gone) = hook(object) {
            report::note(&format!("release {}: {gone}", release.name));
            if gone.ends_with(LEFT_OUT) {
                continue;
            }
        }
        if is_secret(object, &located.node) {
            let message =
                format!("release {} makes {object} with its secret in it, which must not be committed", release.name);
            return Err(Error::new(message, chart.without_secret()));
        }
        objects.push(placed(object, &located.node, &release.namespace));
    }
    Ok(objects)
}

const LEFT_OUT: &str = "left out";

/// What an object loses that Helm runs at certain times, in words.
fn hook(object: &Object) -> Option<String> {
    let annotations = object.metadata().annotations.as_ref()?;
    if annotations.get("helm.sh/resource-policy").is_some_and(|policy| policy == "keep") {
        return Some(format!("{object} is to be kept when the release goes, and a prune removes it"));
    }
    let events: Vec<_> = annotations.get("helm.sh/hook")?.split(',').map(str::trim).collect();
    let all = |known: &[&str]| events.iter().all(|event| known.contains(event));
    Some(if all(&["test", "test-success", "test-failure"]) {
        format!("{object} is a test, {LEFT_OUT}")
    } else if all(&["crd-install"]) {
        return None;
    } else if !events.iter().any(|event| matches!(*event, "pre-install" | "post-install")) {
        format!("{object} runs only at {}, {LEFT_OUT}", events.join(", "))
    } else {
        format!("{object} is a hook of {}: as an object it is applied once, among the others", events.join(", "))
    })
}

/// Whether an object is a Secret that holds something: no secret is committed.
fn is_secret(object: &Object, node: &Node) -> bool {
    let is_filled = |entry: &yaml::Entry| entry.value.text() != Some("");
    let holds = |field: &str| node.get(field).is_some_and(|data| data.entries().iter().any(is_filled));
    object.api_version() == "v1" && object.kind() == "Secret" && (holds("data") || holds("stringData"))
}

/// The paths of values that name a Secret which is there already, as charts mostly call them.
fn existing_secrets(values: &Node, path: &str, found: &mut Vec<String>) {
    for entry in values.entries() {
        let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        let key = entry.key.to_lowercase();
        if key.contains("existing") && key.contains("secret") {
            found.push(path.clone());
        }
        existing_secrets(&entry.value, &path, found);
    }
}

/// The object in the namespace that Helm would install it in.
fn placed(object: &Object, node: &Node, namespace: &str) -> Value {
    let mut value = serde_json::to_value(node).unwrap_or_default();
    let is_placed = object.namespace().is_some() || check::is_cluster_wide(object.group_kind());
    if let (false, Some(metadata)) = (is_placed, value.get_mut("metadata").and_then(Value::as_object_mut)) {
        metadata.insert("namespace".to_owned(), namespace.into());
    }
    value
}
