//! What a change means for the whole cluster: who reaches whom and who may do what, what pods may do, where images come from, where pods fit.
//!
//! Only differences are told. What nobody knows, such as where pods fit without any nodes, is left out.

mod capacity;
mod images;
mod network;
mod peers;
mod rights;
mod security;
mod ways_in;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::check::{Index, Item, Pods};

/// What a shift is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Matter {
    /// Who reaches whom: ways in, and what NetworkPolicies let through.
    Reachability,
    /// What Roles let people and programs do.
    Rights,
    /// What pods may do on their node, by the levels of the Pod Security Standards.
    PodSecurity,
    /// Where images come from, and whether they stay what they are.
    Images,
    /// Whether pods have a place, also while they are replaced and when a node is lost.
    Capacity,
}

impl Matter {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Reachability, Self::Rights, Self::PodSecurity, Self::Images, Self::Capacity];
}

/// In kebab-case.
impl fmt::Display for Matter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Reachability => "reachability",
            Self::Rights => "rights",
            Self::PodSecurity => "pod-security",
            Self::Images => "images",
            Self::Capacity => "capacity",
        })
    }
}

/// Which way a cluster shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// More is allowed than before, or less is kept or spare.
    Weaker,
    /// It is otherwise, and neither better nor worse.
    Neither,
    /// Less is allowed than before, or more is kept or spare.
    Stronger,
}

/// In kebab-case.
impl fmt::Display for Direction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Weaker => "weaker",
            Self::Neither => "neither",
            Self::Stronger => "stronger",
        })
    }
}

/// Something that is otherwise for the whole cluster than before.
#[derive(Debug, Clone)]
pub struct Shift<'a> {
    /// What it is about.
    pub matter: Matter,
    /// Which way it goes.
    pub direction: Direction,
    /// What is otherwise, in a clause.
    pub fact: String,
    /// The objects that it is about, as they will be; as they were, if they are removed.
    pub objects: Vec<Item<'a>>,
}

impl Shift<'_> {
    /// Which way it goes, in the word of its matter, such as `wider`.
    pub fn word(&self) -> &'static str {
        match (self.direction, self.matter) {
            (Direction::Neither, _) => "otherwise",
            (Direction::Weaker, Matter::Reachability | Matter::Rights) => "wider",
            (Direction::Stronger, Matter::Reachability | Matter::Rights) => "narrower",
            (Direction::Weaker, Matter::Capacity) => "tighter",
            (Direction::Stronger, Matter::Capacity) => "roomier",
            (Direction::Weaker, _) => "weaker",
            (Direction::Stronger, _) => "stronger",
        }
    }
}

/// What is otherwise for the whole cluster in an index than in one of what was there before, matter by matter.
///
/// ```
/// use stackwright::check::{Index, Input};
/// use stackwright::{shifts, yaml};
///
/// let pod = |image| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{containers: [{{name: web, image: '{image}'}}]}}\n");
/// let (before, after) = (yaml::objects(&pod("nginx:1.29")).unwrap(), yaml::objects(&pod("nginx")).unwrap());
/// let shifts = shifts(&Index::new(Input::new(&after)), &Index::new(Input::new(&before)));
/// assert_eq!(shifts[0].word(), "weaker");
/// assert_eq!(shifts[0].fact, "the image of container \"web\" of Pod default/web has no tag, which means latest");
/// ```
pub fn shifts<'a>(index: &Index<'a>, before: &Index<'a>) -> Vec<Shift<'a>> {
    let sides = Sides { before, after: index };
    let mut shifts = ways_in::shifts(&sides);
    shifts.extend(network::shifts(&sides));
    shifts.extend(rights::shifts(&sides));
    shifts.extend(security::shifts(&sides));
    shifts.extend(images::shifts(&sides));
    shifts.extend(capacity::shifts(&sides));
    shifts.sort_by_key(|shift| (shift.matter, shift.direction));
    shifts
}

/// A cluster's two states.
struct Sides<'i, 'a> {
    before: &'i Index<'a>,
    after: &'i Index<'a>,
}

impl<'i, 'a> Sides<'i, 'a> {
    /// The pods of an object of the state after, as they were before.
    fn old(&self, pods: &Pods<'a>) -> Option<&'i Pods<'a>> {
        self.before.pods_of(self.before.find(pods.item.id())?)
    }

    /// The pods that are there before and after.
    fn pods(&self) -> impl Iterator<Item = (&'i Pods<'a>, &'i Pods<'a>)> {
        self.after.pods.iter().filter_map(|new| Some((self.old(new)?, new)))
    }
}
