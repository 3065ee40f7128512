//! Clusters and stacks by the names that a person types.

use stackwright::{Cluster, Error, nearest};

use crate::{input, report};

/// The clusters, if each has a name of its own.
pub fn distinct(clusters: Vec<Cluster>) -> Result<Vec<Cluster>, Error> {
    for (index, cluster) in clusters.iter().enumerate() {
        if clusters[..index].iter().any(|earlier| earlier.name == cluster.name) {
            return Err(Error::new(
                format!("two clusters are named `{}`", cluster.name),
                "a cluster's name is its folder: rename one of the two",
            ));
        }
    }
    Ok(clusters)
}

/// The clusters, for a command that is of no use without one.
pub fn some(command: &str, clusters: Result<Vec<Cluster>, Error>) -> Result<Vec<Cluster>, Error> {
    let clusters = clusters?;
    if clusters.is_empty() {
        let guide =
            concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/guide.md#your-own-repository-in-ten-minutes");
        return Err(Error::new(
            format!("`{command}` works on clusters, and this program has none"),
            format!("clusters are described in a program of one's own, which `stackwright init` writes: {guide}"),
        ));
    }
    Ok(clusters)
}

/// The clusters, for a command that reads manifests, too. Where it is to read nothing else, clusters that could not be described
/// are told and left out.
pub fn if_asked(
    clusters: Result<Vec<Cluster>, Error>,
    names: &[String],
    target: Option<&str>,
) -> Result<Vec<Cluster>, Error> {
    let error = match clusters {
        Ok(clusters) => return Ok(clusters),
        Err(error) => error,
    };
    match names.iter().find(|name| !input::is_there(name)) {
        Some(name) => Err(Error::new(
            format!("there is no file or folder named `{name}`, and the clusters could not be described: {error}"),
            error.help(),
        )),
        None if names.is_empty() || target.is_some() => Err(error),
        None => {
            report::note(&format!("the clusters could not be described, and are left out: {error}"));
            Ok(Vec::new())
        }
    }
}

/// The cluster of this name.
pub fn cluster<'a>(clusters: &'a [Cluster], name: &str) -> Result<&'a Cluster, Error> {
    let known = || clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    let found = clusters.iter().find(|cluster| cluster.name == name);
    found.ok_or_else(|| unknown(format!("there is no cluster named `{name}`"), "the clusters are", name, known()))
}

/// The name of a stack, if the cluster has it.
pub fn stack<'a>(cluster: &Cluster, name: &'a str) -> Result<&'a str, Error> {
    let known: Vec<_> = cluster.stacks.iter().map(|stack| stack.name.as_str()).collect();
    if known.contains(&name) {
        return Ok(name);
    }
    Err(unknown(format!("cluster {} has no stack named `{name}`", cluster.name), "its stacks are", name, known))
}

fn unknown(message: String, these_are: &str, name: &str, mut known: Vec<&str>) -> Error {
    known.sort_unstable();
    let all = match known.as_slice() {
        [] => "there are none".to_owned(),
        known => format!("{these_are} {}", known.join(", ")),
    };
    let help = match meant(name, &known) {
        Some(meant) => format!("did you mean `{meant}`? {all}"),
        None => all,
    };
    Error::new(message, help)
}

/// The name that was probably meant by one that was typed: with a slip, or only a part of it.
pub fn meant<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    nearest(name, known.iter().copied()).or_else(|| {
        let mut whole = known.iter().filter(|known| is_part(name, known));
        let first = *whole.next()?;
        // A full name and the bare one are of the same thing.
        whole.all(|other| other.ends_with(first) || first.ends_with(other)).then_some(first)
    })
}

/// Whether a name is whole words of another, at its beginning or end.
fn is_part(part: &str, name: &str) -> bool {
    let ends_word = |rest: &str| rest.ends_with(['-', '/', '.']);
    let begins_word = |rest: &str| rest.starts_with(['-', '/', '.']);
    name.strip_prefix(part).is_some_and(begins_word) || name.strip_suffix(part).is_some_and(ends_word)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_part_that_one_name_has_is_enough() {
        let known =
            ["wordpress-lab", "edge-proxy", "monitoring/grafana-admin", "grafana-admin", "mysql-root", "mysql-app"];
        let meant = |name| meant(name, &known);
        assert_eq!([meant("lab"), meant("wordpress"), meant("wrodpress-lab")], [Some("wordpress-lab"); 3]);
        assert_eq!(meant("monitoring"), Some("monitoring/grafana-admin"));
        // Two begin with it, or it is a word of none.
        assert_eq!([meant("mysql"), meant("word"), meant("grafanas"), meant("")], [None; 4]);
    }
}
