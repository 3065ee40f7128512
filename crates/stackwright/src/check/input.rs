use std::time::SystemTime;

use crate::yaml::{Located, Problem};
use crate::{Cluster, Object, kubernetes};

/// Everything that checks may know: the objects and what surrounds them. An [`Index`](super::Index) is made of it.
///
/// ```
/// use stackwright::check::{Index, Input};
///
/// let text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n";
/// let read = stackwright::yaml::objects(text).unwrap();
/// let index = Index::new(Input::new(&read));
/// assert_eq!(index.items[0].label(), "Namespace web");
/// ```
#[derive(Default)]
pub struct Input<'a> {
    /// The objects, and what reading them said.
    pub objects: Vec<Given<'a>>,
    /// The namespace of objects that name none.
    pub namespace: &'a str,
    /// The cluster with its nodes that the objects are one's, or would be applied to.
    pub cluster: Option<&'a Cluster>,
    /// Whether the objects are all that there is, with what the cluster's releases and installer provide: then what isn't among them is
    /// missing. Otherwise charts and operators may make it.
    pub closed: bool,
    /// The minor version of the Kubernetes release that the objects are for, 35 for 1.35.4, if it is known.
    pub kubernetes: Option<u32>,
    /// Whether there was text beside the objects that could not be read at all.
    pub has_unreadable: bool,
    /// What is applied today, where that is known: some changes can't be made to what is there.
    pub previous: Option<Vec<&'a Object>>,
    /// When it is: whoever runs the checks says so, as the library has no clock. Without it no certificate has expired.
    pub now: Option<SystemTime>,
}

/// An object, and what reading it said.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The object.
    pub object: &'a Object,
    /// The number of the file that it is from: what is in two files is applied by itself, or one of them instead of the other.
    pub file: usize,
    /// The number of the folder that it is from: what lies in one folder is applied together, to one namespace where it names none.
    pub folder: usize,
    /// What is wrong in it, so that it could not be read whole.
    pub problems: &'a [Problem],
    /// What was read in it otherwise than people, or other readers of YAML, may take it.
    pub doubts: &'a [Problem],
    /// Whether it is as it was in what the findings are compared with: what the API server refuses in it, whatever else there is,
    /// isn't looked for.
    pub is_known: bool,
}

impl<'a> From<&'a Object> for Given<'a> {
    fn from(object: &'a Object) -> Self {
        Self { object, file: 0, folder: 0, problems: object.problems(), doubts: &[], is_known: false }
    }
}

impl<'a> From<&'a Located> for Given<'a> {
    fn from(located: &'a Located) -> Self {
        let Located { object, problems, doubts, .. } = located;
        Self { object, file: 0, folder: 0, problems, doubts, is_known: false }
    }
}

impl<'a> Input<'a> {
    /// These objects alone, those without a namespace in `default`.
    pub fn new<T: Into<Given<'a>>>(objects: impl IntoIterator<Item = T>) -> Self {
        let objects = objects.into_iter().map(Into::into).collect();
        Self { objects, namespace: "default", ..Self::default() }
    }

    /// A cluster's objects.
    pub fn of(cluster: &'a Cluster) -> Self {
        let objects = cluster.stacks.iter().flat_map(|stack| &stack.objects);
        let kubernetes = kubernetes::minor(&cluster.kubernetes).ok();
        Self { cluster: Some(cluster), closed: true, kubernetes, ..Self::new(objects) }
    }
}
