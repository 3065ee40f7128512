//! A way as a picture.

use std::fmt::Write as _;

use super::{State, Trace};
use crate::template::mermaid_text;

/// A Mermaid flowchart of a way: a node a hop, in the colour of how it goes on from there.
pub fn mermaid(trace: &Trace) -> String {
    let mut out = String::from("flowchart TD\n");
    _ = writeln!(out, "  request([\"{}\"])", mermaid_text(&trace.request.to_string()));
    let mut before = "request".to_owned();
    for (number, hop) in trace.hops.iter().enumerate() {
        let class = match &hop.state {
            State::Passes => "passes",
            State::Broken(_) => "broken",
            State::Blocked(_) => "blocked",
            State::Unknown(_) => "unknown",
        };
        let why = match &hop.state {
            State::Passes => None,
            State::Broken(finding) => Some(&finding.message),
            State::Blocked(why) | State::Unknown(why) => Some(why),
        };
        let why = why.map_or_else(String::new, |why| format!("<br>{}", mermaid_text(why)));
        let (this, what) = (format!("hop{number}"), mermaid_text(&hop.what));
        _ = writeln!(out, "  {this}[\"<b>{}</b><br>{what}{why}\"]:::{class}", hop.stage);
        _ = writeln!(out, "  {before} --> {this}");
        before = this;
    }
    out + "  classDef passes stroke:#2da44e\n  classDef broken stroke:#cf222e,stroke-width:3px\n  \
           classDef blocked stroke:#bf8700,stroke-width:3px\n  classDef unknown stroke:#57606a,stroke-dasharray:4\n"
}
