//! A request from outside.

use super::edge::{self, Arrived};
use super::request::Url;
use super::trail::{Trail, fault};
use super::{Hop, Stage, controller, exposed, name};

/// Visitors' programs give up after some more redirects than these.
const MOST: usize = 5;

/// Follows a URL from its name to the pods that answer, and on to where they send visitors.
pub(super) fn follow(trail: &mut Trail<'_, '_>, url: &Url) {
    let mut before = Vec::new();
    let mut asked = vec![url.clone()];
    while let Some(url) = asked.last() {
        once(trail, url);
        let hops = std::mem::take(&mut trail.hops);
        // What the next request has in common with one before needs no second word.
        let new: Vec<_> = hops.into_iter().skip_while(|hop| before.contains(hop)).collect();
        before.extend(new);
        let Some(to) = trail.redirected.take() else { break };
        trail.unserved = None;
        if asked.len() > MOST || asked.iter().any(|url| url.is_same(&to)) {
            let state = fault(format!("visitors are sent to {to} again and again"), "let one of the rules answer them");
            before.push(Hop::new(Stage::Redirect, "the redirects lead in a circle").is(state));
            break;
        }
        asked.push(to);
    }
    trail.hops = before;
}

/// Follows a URL; none once it has ended.
fn once(trail: &mut Trail<'_, '_>, url: &Url) -> Option<()> {
    let entry = name::entry(trail, url)?;
    match edge::arrive(trail, url, entry)? {
        Arrived::Service { service, port, is_secure } => exposed::follow(trail, url, service, port, is_secure),
        Arrived::Pods { pods, port, is_secure } => exposed::into_pods(trail, url, pods, port, is_secure),
        Arrived::Somewhere => controller::unseen(trail, url),
    }
}
