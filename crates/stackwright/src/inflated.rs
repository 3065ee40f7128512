//! Inflated releases: objects that the person's own Helm made before, and that are objects of a stack like any other.
//!
//! The text of one is a file in the program's repository. Its first lines say what Helm was asked; what has changed since makes it
//! stale, and whoever renders it needs neither Helm nor a network to know.

use std::fmt::Write as _;
use std::panic::Location;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{Cluster, Error, Release, Stack, kubernetes, yaml};

/// A release whose objects are in a stack, and what its text says of how they were made.
#[derive(Debug, Clone)]
pub struct Inflated {
    /// The release. Helm doesn't install it.
    pub release: Release,
    /// The lines that say what Helm was asked, in their order; none where it wasn't asked yet.
    said: Vec<(String, String)>,
    /// The digest of the objects' text as it is.
    objects: String,
}

/// What the text of an inflated release begins with.
pub const MARK: &str = "# Helm made these objects; `inflate` makes them anew.\n";

impl Stack {
    /// The same stack with the objects of a Helm release, which `inflate` has written to a file: `include_str!` puts it into the program.
    /// The file is empty at first.
    ///
    /// Helm doesn't install the release then: its objects are checked, counted, ordered and applied like any other.
    ///
    /// ```
    /// use stackwright::prelude::*;
    ///
    /// const CHART: Chart = Chart { repository: "https://charts.example", name: "web", version: "1.0.0", digest: None };
    /// let release = Release::new("web", "shop", CHART, &serde_json::json!({ "replicas": 2 }));
    /// // include_str!("../inflated/lab/web.yaml")
    /// let stack = Stack::new("web", []).inflated(release, "")?;
    /// let lab = Cluster { stacks: vec![stack], ..Cluster::new("lab", "1.36.2") };
    /// let findings = stackwright::check(&lab);
    /// assert!(findings.iter().any(|finding| finding.message == "release shop/web is not inflated yet"));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// When the text holds something else than objects.
    #[track_caller]
    pub fn inflated(mut self, release: Release, text: &str) -> Result<Self, Error> {
        let place = Location::caller();
        let (said, body) = head(text);
        let objects = yaml::objects(body).map_err(|problems| {
            let problem = problems.first().map(ToString::to_string).unwrap_or_default();
            let help = "empty its file, and let `inflate` write it anew";
            Error::new(format!("the objects of release {} can't be read: {problem}", release.name), help)
                .written_at(place)
        })?;
        self.objects.extend(objects.into_iter().map(|read| read.object.made_by(&release, place)));
        self.inflated.push(Inflated { release, said, objects: digest(body) });
        Ok(self)
    }
}

impl Inflated {
    /// The whole text of a release, of what Helm made for a cluster from the chart of a digest.
    ///
    /// # Errors
    /// When nobody knows the cluster's release of Kubernetes.
    pub fn text(release: &Release, cluster: &Cluster, chart: &str, objects: &str) -> Result<String, Error> {
        let mut text = MARK.to_owned();
        for (name, value) in asked(release, cluster)? {
            _ = writeln!(text, "# {name}: {value}");
        }
        _ = write!(text, "# digest: {chart}\n# objects: {}\n{objects}", digest(objects));
        Ok(text)
    }

    /// What changed since Helm was asked, as the rest of a sentence about the release; none where its objects are what it would make.
    pub fn stale(&self, cluster: &Cluster) -> Option<String> {
        if self.said.is_empty() {
            return Some("is not inflated yet".to_owned());
        }
        let said = |name: &str| self.said.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        let asked = asked(&self.release, cluster).ok()?;
        for (name, value) in &asked {
            let before = said(name);
            if before == value {
                continue;
            }
            return Some(match name.as_str() {
                "values" => match changed(before, value) {
                    Some(path) => format!("is inflated with another value of {path}"),
                    None => "is inflated with other values".to_owned(),
                },
                _ => format!(
                    "is inflated for {name} {}, and is for {value} now",
                    if before.is_empty() { "none" } else { before }
                ),
            });
        }
        match self.release.chart.digest {
            Some(digest) if digest != said("digest") => {
                Some(format!("is inflated from another chart than the one of {digest}"))
            }
            _ if said("objects") != self.objects => Some("is inflated, and its objects were edited since".to_owned()),
            _ => None,
        }
    }
}

/// The APIs, beside Kubernetes' own, that a chart is told the cluster has: those that its other objects define or are of.
pub fn apis(cluster: &Cluster, release: &Release) -> Vec<String> {
    let mut apis = Vec::new();
    for object in cluster.stacks.iter().flat_map(|stack| &stack.objects) {
        if object.release() == Some(&release.name) {
            continue;
        }
        if let Some(defined) = object.get::<CustomResourceDefinition>() {
            for version in &defined.spec.versions {
                let version = format!("{}/{}", defined.spec.group, version.name);
                apis.extend([format!("{version}/{}", defined.spec.names.kind), version]);
            }
        } else if object.content().is_some() && object.release().is_none() {
            apis.extend([object.api_version().to_owned(), format!("{}/{}", object.api_version(), object.kind())]);
        }
    }
    apis.sort();
    apis.dedup();
    apis
}

/// What Helm is asked for a release, as the lines of its text have it.
fn asked(release: &Release, cluster: &Cluster) -> Result<Vec<(String, String)>, Error> {
    let Release { name, namespace, chart, values, .. } = release;
    let chart = [chart.name, chart.version, chart.repository].join(" ");
    let lines = [
        ("release", name.clone()),
        ("namespace", namespace.clone()),
        ("chart", chart.trim_end().to_owned()),
        ("kubernetes", format!("1.{}", kubernetes::minor(&cluster.kubernetes)?)),
        ("apis", apis(cluster, release).join(" ")),
        ("values", values.to_string()),
    ];
    Ok(lines.map(|(name, value)| (name.to_owned(), value)).into())
}

/// The lines before the objects, and those.
fn head(text: &str) -> (Vec<(String, String)>, &str) {
    let Some(mut rest) = text.strip_prefix(MARK) else { return (Vec::new(), text) };
    let mut said = Vec::new();
    while let Some((line, after)) = rest.split_once('\n')
        && let Some((name, value)) = line.strip_prefix("# ").and_then(|line| line.split_once(':'))
    {
        said.push((name.to_owned(), value.trim_start().to_owned()));
        rest = after;
    }
    (said, rest)
}

/// The first value that is another one.
fn changed(before: &str, after: &str) -> Option<String> {
    fn between(before: &Value, after: &Value) -> Option<String> {
        let (Some(one), Some(other)) = (before.as_object(), after.as_object()) else { return None };
        let mut keys = one.keys().chain(other.keys());
        let key = keys.find(|key| one.get(*key) != other.get(*key))?;
        let below = one.get(key).zip(other.get(key)).and_then(|(one, other)| between(one, other));
        Some(below.map_or_else(|| key.clone(), |below| format!("{key}.{below}")))
    }
    between(&serde_json::from_str(before).ok()?, &serde_json::from_str(after).ok()?)
}

fn digest(text: &str) -> String {
    let hex = Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("sha256:{hex}")
}
