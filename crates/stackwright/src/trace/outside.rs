//! A request from outside.

use super::edge::{self, Arrived};
use super::request::Url;
use super::trail::Trail;
use super::{controller, exposed, name};

/// Follows a URL from its name to the pods that answer; none once it has ended.
pub(super) fn follow(trail: &mut Trail<'_, '_>, url: &Url) -> Option<()> {
    let entry = name::entry(trail, url)?;
    match edge::arrive(trail, url, entry)? {
        Arrived::Service { service, port, is_secure } => exposed::follow(trail, url, service, port, is_secure),
        Arrived::Pods { pods, port, is_secure } => exposed::into_pods(trail, url, pods, port, is_secure),
        Arrived::Somewhere => controller::unseen(trail, url),
    }
}
