//! A CRD, as far as types need it.

use std::cmp::Reverse;

use stackwright::Error;
use stackwright::yaml::{self, Node, Value};

use super::{CRD, broken};
use crate::input::Source;

/// A kind that a CRD defines.
pub struct Definition {
    pub group: String,
    pub kind: String,
    pub plural: String,
    pub is_cluster_wide: bool,
    /// Those that are served, the one first that clients prefer.
    pub versions: Vec<Version>,
    /// File, line and column.
    pub place: String,
    pub file: String,
}

/// A version of a kind.
#[derive(PartialEq)]
pub struct Version {
    pub name: String,
    /// None where anything goes, as before `apiextensions.k8s.io/v1`.
    pub schema: Option<Node>,
}

/// What a text has.
pub struct Found {
    pub definitions: Vec<Definition>,
    /// How many documents are no CRDs.
    pub others: usize,
}

/// The CRDs of a text, also those in a List.
pub fn definitions(source: &Source) -> Result<Found, Error> {
    let stream = yaml::read(&source.text).map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        let help = "CRDs are read as the API server reads YAML: render templates first, such as by `helm template`";
        Error::new(format!("{}:{first}", source.name), help).at(&source.name)
    })?;
    let mut found = Found { definitions: Vec::new(), others: 0 };
    for document in &stream.documents {
        let is_list = text(document, "kind").is_some_and(|kind| kind.ends_with("List"));
        let objects = if is_list {
            document.get("items").map(Node::items).unwrap_or_default()
        } else {
            std::slice::from_ref(document)
        };
        for object in objects {
            if text(object, "kind") == Some(CRD) {
                found.definitions.push(definition(&source.name, object)?);
            } else {
                found.others += 1;
            }
        }
    }
    Ok(found)
}

fn definition(file: &str, object: &Node) -> Result<Definition, Error> {
    let missing = |at: &Node, path: &str, key: &str| broken(file, at, format!("{path}.{key} is not there, or no text"));
    let spec = object.get("spec").ok_or_else(|| broken(file, object, format!("a {CRD} has no spec")))?;
    let text_of = |at: &Node, path: &str, key: &str| match text(at, key) {
        Some(name) if !name.is_empty() => Ok(name.to_owned()),
        _ => Err(missing(at, path, key)),
    };
    let names = spec.get("names").ok_or_else(|| missing(spec, "spec", "names"))?;
    // Of v1beta1: a schema of all versions, and one version without a list.
    let common = schema(spec.get("validation"));
    let mut versions = Vec::new();
    for version in spec.get("versions").map(Node::items).unwrap_or_default() {
        let name = text_of(version, "spec.versions[]", "name")?;
        if version.get("served").is_none_or(|served| served.value != Value::Bool(false)) {
            versions.push(Version { name, schema: schema(version.get("schema")).or(common).cloned() });
        }
    }
    match spec.get("versions") {
        None => versions.push(Version { name: text_of(spec, "spec", "version")?, schema: common.cloned() }),
        Some(list) if list.items().is_empty() => return Err(broken(file, list, "spec.versions lists none")),
        Some(_) => {}
    }
    versions.sort_by(|one, other| priority(&other.name).cmp(&priority(&one.name)));
    Ok(Definition {
        group: text_of(spec, "spec", "group")?,
        kind: text_of(names, "spec.names", "kind")?,
        plural: text_of(names, "spec.names", "plural")?,
        is_cluster_wide: text(spec, "scope") == Some("Cluster"),
        versions,
        place: format!("{file}:{}", object.span.line),
        file: file.to_owned(),
    })
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key)?.text()
}

fn schema(validation: Option<&Node>) -> Option<&Node> {
    validation?.get("openAPIV3Schema").filter(|schema| schema.value != Value::Null)
}

/// How much clients prefer a version, as the API server orders them: a stable one, then `beta`, then `alpha`, each by its numbers.
fn priority(version: &str) -> (u8, u32, u32, Reverse<&str>) {
    let number = |text: &str| text.parse::<u32>().ok();
    let known = version.strip_prefix('v').and_then(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (major, suffix) = rest.split_at(digits);
        let (rank, minor) = match suffix.strip_prefix("beta") {
            _ if suffix.is_empty() => (3, 0),
            Some(minor) => (2, number(minor)?),
            None => (1, number(suffix.strip_prefix("alpha")?)?),
        };
        Some((rank, number(major)?, minor))
    });
    let (rank, major, minor) = known.unwrap_or_default();
    (rank, major, minor, Reverse(version))
}
