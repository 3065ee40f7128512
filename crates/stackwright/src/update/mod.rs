//! What the API server makes of an object that is applied over the one that is there.

mod kept;
mod values;

pub(crate) use kept::{bytes, delete_command, is_kept, refused, way_out};
pub(crate) use values::{Difference, differences, fact, in_text};

/// Whether a cluster, or kubectl, writes what is at this path of an object's metadata, such as `metadata.uid`: nobody else decides about it.
///
/// ```
/// assert!(stackwright::is_written_by_cluster("metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"]"));
/// assert!(!stackwright::is_written_by_cluster("metadata.labels"));
/// ```
pub fn is_written_by_cluster(path: &str) -> bool {
    lines(include_str!("written.txt")).any(|written| path.strip_prefix(written).is_some_and(is_below))
}

/// Whether what is left of a path leads to the value itself, or to what is in it.
fn is_below(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '['])
}

/// The lines of a file of data, without its comments.
fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.starts_with('#'))
}
