//! `trace`: the way of a request, and where it breaks.

mod json;

use std::collections::HashMap;
use std::time::SystemTime;

use stackwright::check::{Index, Input, Place};
use stackwright::trace::{End, Request, Trace, knows, mermaid, text, trace};
use stackwright::yaml::Located;
use stackwright::{Cluster, Error};

use crate::check::{self, Applied, Asked, Manifests, Target};
use crate::flags::{self, TraceFormat};
use crate::{Outcome, names, report};

/// Prints the way of a request in the clusters that know it, or in manifests.
pub fn outcome(clusters: Result<Vec<Cluster>, Error>, flags: &flags::Trace) -> Result<Outcome, Error> {
    let (what, words) = flags.parts();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let request = Request::parse(&words)?;
    let clusters = names::if_asked(clusters, what, flags.cluster.as_deref())?;
    let asked = Asked::of(&clusters, what, "trace")?;
    let target = Target {
        namespace: &flags.namespace,
        kubernetes: None,
        closed: flags.closed,
        cluster: flags.cluster.as_ref().map(|name| names::cluster(&clusters, name)).transpose()?,
        out: flags::OUT.into(),
        previous: None,
        now: SystemTime::now(),
    };
    let manifests =
        if asked.paths.is_empty() { Vec::new() } else { check::manifests(&asked.paths, &flags.helm, None)? };
    for fault in manifests.iter().flat_map(Manifests::faults) {
        report::note(&format!("not read: {fault}"));
    }
    let of_clusters = asked.clusters.iter().map(|cluster| World::of_cluster(cluster, target.now));
    let asked_in: Vec<_> = of_clusters.chain(manifests.iter().map(|read| World::of_manifests(read, &target))).collect();

    let mut found = Vec::new();
    for world in meant(&asked_in, &request)? {
        found.push((world, trace(&world.index, &request)?));
    }
    report::data(&shown(&found, flags.format))?;
    let is_stopped = |trace: &Trace| matches!(trace.end(), End::Broken | End::Blocked);
    Ok(if found.iter().any(|(_, trace)| is_stopped(trace)) { Outcome::Found } else { Outcome::Clean })
}

/// What a request is followed in: a cluster, or manifests.
struct World<'a> {
    /// The cluster's name; that of manifests alone is none.
    name: Option<&'a str>,
    index: Index<'a>,
    read: Option<Read<'a>>,
}

/// Manifests, and the source of each of their objects, by its position in the index.
struct Read<'a> {
    manifests: &'a Manifests,
    objects: HashMap<usize, (usize, &'a Located)>,
}

impl<'a> World<'a> {
    fn of_cluster(cluster: &'a Cluster, now: SystemTime) -> Self {
        let index = Index::new(Input { now: Some(now), ..Input::of(cluster) });
        Self { name: Some(&cluster.name), index, read: None }
    }

    fn of_manifests(manifests: &'a Manifests, target: &Target<'a>) -> Self {
        let name = target.cluster.map(|cluster| cluster.name.as_str()).or(manifests.name.as_deref());
        let Applied { index, read } = manifests.applied(target);
        Self { name, index, read: Some(Read { manifests, objects: read }) }
    }

    /// The file and the line at which a place stands.
    fn file(&self, place: &Place) -> Option<(String, usize)> {
        let Read { manifests, objects } = self.read.as_ref()?;
        let (source, located) = objects.get(&place.index)?;
        let span = located.node.at(&place.path).unwrap_or(&located.node).span;
        let (source, span) = manifests.local(*source, span);
        Some((manifests.sources[source].name.clone(), span.line))
    }
}

/// The worlds that know what is asked for; the first, where none does.
fn meant<'w, 'a>(worlds: &'w [World<'a>], request: &Request) -> Result<Vec<&'w World<'a>>, Error> {
    let known: Vec<_> = worlds.iter().filter(|world| knows(&world.index, request)).collect();
    if !known.is_empty() {
        return Ok(known);
    }
    // Of those that don't know who asks, one may know of whom that is a slip.
    let refused = worlds.iter().filter_map(|world| trace(&world.index, request).err());
    let meant = refused.reduce(|one, other| if one.help().starts_with("did you mean") { one } else { other });
    match meant {
        Some(error) => Err(error),
        None => Ok(worlds.iter().take(1).collect()),
    }
}

fn shown(found: &[(&World<'_>, Trace)], format: TraceFormat) -> String {
    let texts = found.iter().map(|(world, trace)| {
        let text = match format {
            TraceFormat::Json => return json::line(world.name, trace, |place| world.file(place)),
            TraceFormat::Mermaid => mermaid(trace),
            TraceFormat::Text => text(trace, |place| world.file(place).map(|(file, line)| format!("{file}:{line}"))),
        };
        match world.name {
            Some(name) if found.len() > 1 && format == TraceFormat::Text => format!("{name}\n\n{text}"),
            _ => text,
        }
    });
    let texts: Vec<_> = texts.collect();
    texts.join(if format == TraceFormat::Json { "" } else { "\n" })
}
