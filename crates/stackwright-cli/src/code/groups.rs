//! Which objects are made by one function: few all by one, many by one for each workload and what belongs to it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Given;
use super::names::snake;
use super::references::{Index, Site, Target};
use super::secrets::is_declared;

/// As many objects one function makes at most, unless they hang together: a reader wants no more, and the stack of a thread of
/// tests holds no more without optimization.
const MOST: usize = 12;

/// Kinds whose objects several others refer to, and which are handed to them.
const HANDED: [&str; 9] = [
    "ClusterRole",
    "ConfigMap",
    "IngressClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "PriorityClass",
    "Role",
    "RuntimeClass",
    "StorageClass",
];

/// Objects that one function makes.
#[derive(Debug)]
pub struct Group {
    pub name: String,
    /// The objects, each after those that it refers to.
    pub members: Vec<usize>,
    /// Objects that others make and it refers to.
    pub borrowed: Vec<usize>,
    /// Whether it is one object that several groups refer to.
    pub is_shared: bool,
}

pub fn groups(given: &[Given], sites: &[HashMap<String, Site>], index: &Index) -> Vec<Group> {
    let needs: Vec<_> = (0..given.len()).map(|place| needed(place, sites, index)).collect();
    let all: Vec<_> = (0..given.len()).filter(|place| !is_declared(&given[*place])).collect();
    if all.len() <= MOST {
        let group =
            Group { name: String::new(), members: ordered(&all, &needs), borrowed: Vec::new(), is_shared: false };
        return vec![group];
    }
    let (owner, shared) = owners(given, &all, &needs);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &place in all.iter().filter(|place| !shared.contains(place)) {
        members.entry(owner[place]).or_default().push(place);
    }
    let shared = ordered(&shared.into_iter().collect::<Vec<_>>(), &needs);
    let group = |name: String, members: Vec<usize>, is_shared| {
        let borrowed: BTreeSet<_> = members.iter().flat_map(|place| &needs[*place]).copied().collect();
        let members = ordered(&members, &needs);
        let own: HashSet<_> = members.iter().collect();
        let borrowed = borrowed.into_iter().filter(|place| !own.contains(place)).collect();
        Group { name, members, borrowed, is_shared }
    };
    let mut called: HashMap<&str, usize> = HashMap::new();
    for place in &all {
        *called.entry(given[*place].name()).or_default() += 1;
    }
    let title_of = |place: usize| {
        let name = given[place].name();
        if called[name] == 1 { name.to_owned() } else { format!("{name} {}", snake(&given[place].kind)) }
    };
    let mut groups: Vec<_> = shared.iter().map(|place| group(title_of(*place), vec![*place], true)).collect();
    let (alone, together): (Vec<_>, Vec<_>) = members.into_values().partition(|members| members.len() == 1);
    groups.extend(together.into_iter().map(|members| group(title(given, &members), members, false)));
    // What hangs together with nothing is kept by its kind.
    let mut by_kind: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for place in alone.into_iter().flatten() {
        by_kind.entry(plural(&given[place].kind)).or_default().push(place);
    }
    for (name, members) in by_kind {
        groups.extend(members.chunks(MOST).map(|members| group(name.clone(), members.to_vec(), false)));
    }
    groups
}

/// The places of the objects that one refers to.
fn needed(place: usize, sites: &[HashMap<String, Site>], index: &Index) -> BTreeSet<usize> {
    let targets = |place: usize| sites[place].values().map(|site| &site.target);
    let of = |target: &Target| match target {
        Target::Name(key) => index.places.get(key).copied(),
        // A StatefulSet names the Service that selects its pods.
        Target::Selector { workload, .. } => index.places.get(workload).copied().filter(|workload| {
            let names = targets(*workload).filter_map(|target| match target {
                Target::Name(key) => index.places.get(key),
                _ => None,
            });
            names.copied().all(|name| name != place)
        }),
        Target::Port(_) => None,
    };
    targets(place).filter_map(of).filter(|other| *other != place).collect()
}

/// Objects in their own order, but each after those that it needs.
fn ordered(members: &[usize], needs: &[BTreeSet<usize>]) -> Vec<usize> {
    fn visit(
        place: usize,
        members: &HashSet<usize>,
        needs: &[BTreeSet<usize>],
        seen: &mut HashSet<usize>,
        out: &mut Vec<usize>,
    ) {
        if members.contains(&place) && seen.insert(place) {
            needs[place].iter().for_each(|needed| visit(*needed, members, needs, seen, out));
            out.push(place);
        }
    }
    let (own, mut seen, mut out) = (members.iter().copied().collect(), HashSet::new(), Vec::new());
    for &place in members {
        visit(place, &own, needs, &mut seen, &mut out);
    }
    out
}

/// The group that each object is in, by one of its members, and the objects that several groups refer to.
fn owners(given: &[Given], all: &[usize], needs: &[BTreeSet<usize>]) -> (Vec<usize>, BTreeSet<usize>) {
    fn root(owner: &mut [usize], mut place: usize) -> usize {
        while owner[place] != place {
            // The next one has a shorter way.
            owner[place] = owner[owner[place]];
            place = owner[place];
        }
        place
    }
    let mut owner: Vec<_> = (0..given.len()).collect();
    let is_handed = |place: usize| HANDED.contains(&given[place].kind.as_str());
    let mut users: HashMap<usize, Vec<usize>> = HashMap::new();
    for &place in all {
        for &needed in needs[place].iter().filter(|needed| !is_declared(&given[**needed])) {
            if is_handed(needed) {
                users.entry(needed).or_default().push(place);
            } else {
                let (from, to) = (root(&mut owner, place), root(&mut owner, needed));
                owner[from] = to;
            }
        }
    }
    let mut shared = BTreeSet::new();
    for &place in all {
        let users = users.get(&place).into_iter().flatten();
        let users: BTreeSet<_> = users.map(|user| root(&mut owner, *user)).collect();
        match (users.len(), users.first()) {
            (1, Some(user)) => {
                let own = root(&mut owner, place);
                owner[own] = *user;
            }
            (0, _) => {}
            _ => _ = shared.insert(place),
        }
    }
    ((0..given.len()).map(|place| root(&mut owner, place)).collect(), shared)
}

/// What a function is called that makes these: after the workload.
fn title(given: &[Given], members: &[usize]) -> String {
    let rank = |place: &&usize| match given[**place].kind.as_str() {
        "Deployment" | "StatefulSet" | "DaemonSet" => 0,
        "CronJob" | "Job" | "Service" => 1,
        "ServiceAccount" => 2,
        _ => 3,
    };
    members.iter().min_by_key(rank).map(|place| given[*place].name().to_owned()).unwrap_or_default()
}

fn plural(kind: &str) -> String {
    let kind = snake(kind);
    match kind.strip_suffix('y') {
        Some(stem) if !stem.ends_with('a') => format!("{stem}ies"),
        _ if kind.ends_with('s') => format!("{kind}es"),
        _ => format!("{kind}s"),
    }
}
