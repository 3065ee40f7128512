//! What is asked about.

use crate::links::{Item, Pods};
use crate::{Cluster, Kind};

/// Objects whose pods are to be placed, and the cluster that they are on.
pub(crate) struct Input<'i, 'a> {
    /// The cluster: its nodes are known, and its installer and releases make pods, too.
    pub(crate) cluster: Option<&'a Cluster>,
    /// The objects, in the order in which pods come that are of one priority.
    pub(crate) items: &'i [Item<'a>],
    /// The pods that they make, in their order.
    pub(crate) pods: Vec<Pods<'a>>,
    /// Whether a namespace may have pods that are made by none of the objects.
    pub(crate) is_open: &'i dyn Fn(&str) -> bool,
}

impl<'i, 'a> Input<'i, 'a> {
    /// What is asked about these objects.
    pub(crate) fn new(cluster: Option<&'a Cluster>, items: &'i [Item<'a>], is_open: &'i dyn Fn(&str) -> bool) -> Self {
        Self { cluster, items, pods: items.iter().filter_map(|item| Pods::of(*item)).collect(), is_open }
    }

    /// The objects of a type, with where they are.
    pub(crate) fn all<T: Kind>(&self) -> impl Iterator<Item = (Item<'a>, &'a T)> {
        self.items.iter().filter_map(|item| Some((*item, item.object.get::<T>()?)))
    }
}
