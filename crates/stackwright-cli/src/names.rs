//! Clusters and stacks by the names that a person types.

use stackwright::{Cluster, Error};

/// The clusters, if there is at least one and each has a name of its own.
pub fn distinct(clusters: Vec<Cluster>) -> Result<Vec<Cluster>, Error> {
    if clusters.is_empty() {
        return Err(Error::new("there are no clusters", "give the program at least one"));
    }
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
    let all = format!("{these_are} {}", known.join(", "));
    let help = match similar::get_close_matches(name, &known, 1, 0.6).first() {
        Some(nearest) => format!("did you mean `{nearest}`? {all}"),
        None => all,
    };
    Error::new(message, help)
}
