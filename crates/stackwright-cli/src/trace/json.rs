//! A way as programs read it.

use serde::Serialize;
use stackwright::Finding;
use stackwright::check::Place;
use stackwright::trace::{End, Hop, State, Trace};

use crate::check::json::Object;

#[derive(Serialize)]
struct Record<'a> {
    request: String,
    cluster: Option<&'a str>,
    end: &'static str,
    hops: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    stage: &'static str,
    what: &'a str,
    state: &'static str,
    why: Option<&'a str>,
    finding: Option<Found<'a>>,
    object: Option<Object<'a>>,
    path: Option<&'a str>,
    file: Option<String>,
    line: Option<usize>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a str,
    severity: String,
    message: &'a str,
    why: Option<&'a str>,
    help: &'a str,
}

/// A way in one line; what a hop has not is null.
pub fn line(cluster: Option<&str>, trace: &Trace, file: impl Fn(&Place) -> Option<(String, usize)>) -> String {
    let end = match trace.end() {
        End::Reached => "reached",
        End::Broken => "broken",
        End::Blocked => "blocked",
        _ => "open",
    };
    let hops = trace.hops.iter().map(|hop| step(hop, &file)).collect();
    let record = Record { request: trace.request.to_string(), cluster, end, hops };
    serde_json::to_string(&record).unwrap_or_default() + "\n"
}

fn step<'a>(hop: &'a Hop, file: &impl Fn(&Place) -> Option<(String, usize)>) -> Step<'a> {
    let (state, why, finding) = match &hop.state {
        State::Passes => ("passes", None, None),
        State::Blocked(why) => ("blocked", Some(why.as_str()), None),
        State::Unknown(why) => ("unknown", Some(why.as_str()), None),
        State::Broken(finding) => ("broken", None, Some(&**finding)),
        _ => ("unknown", None, None),
    };
    let place = finding.and_then(|finding| finding.place.as_ref()).or(hop.place.as_ref());
    let (file, line) = place.and_then(file).unzip();
    Step {
        stage: hop.stage.id(),
        what: &hop.what,
        state,
        why,
        finding: finding.map(found),
        object: place.map(Object::of),
        path: place.map(|place| place.path.as_str()),
        file,
        line,
        notes: &hop.notes,
    }
}

fn found(finding: &Finding) -> Found<'_> {
    Found {
        id: finding.id,
        severity: finding.severity.to_string(),
        message: &finding.message,
        why: finding.why.as_deref(),
        help: &finding.help,
    }
}
