//! A Service that is seen from outside, and who is behind it: the pods that answer, or an Ingress controller that asks others.

use super::controller;
use super::policy::Who;
use super::request::Url;
use super::service::{self, Wanted};
use super::trail::Trail;
use super::{Hop, Stage, pods};
use crate::check::Pods;
use crate::check::topology::{Exposed, Maker, Port};
use crate::facts::charts::{self, Runs};

/// Follows what comes to a port of a Service.
pub(super) fn follow<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    url: &Url,
    exposed: &'i Exposed<'a>,
    port: &Port<'a>,
    is_secure: bool,
) -> Option<()> {
    match exposed.maker {
        Maker::Chart(release, _) => {
            if charts::of(release.chart.name).and_then(|facts| facts.runs) == Some(Runs::IngressController) {
                return controller::of_release(trail, url, release, is_secure);
            }
            let hop = Hop::new(Stage::Service, format!("{} answers", exposed.label()));
            trail
                .end(hop.unknown(format!("which pods it has is what chart {} makes of its values", release.chart.name)))
        }
        Maker::Object(item) => {
            let name = item.object.name();
            let pods = service::reach(trail, (item.namespace, name), Wanted::Number(port.port), &Who::Visitor, None)?;
            behind(trail, url, &pods, is_secure)
        }
    }
}

/// Follows what comes to a port that pods take of their node.
pub(super) fn into_pods<'i, 'a>(
    trail: &mut Trail<'i, 'a>,
    url: &Url,
    taker: &'i Pods<'a>,
    port: i32,
    is_secure: bool,
) -> Option<()> {
    pods::answer(trail, &[taker], &[(port, "TCP")], None)?;
    behind(trail, url, &[taker], is_secure)
}

/// Goes on from the pods that answered, where they are a controller's.
fn behind(trail: &mut Trail<'_, '_>, url: &Url, pods: &[&Pods<'_>], is_secure: bool) -> Option<()> {
    if let Some(pods) = pods.iter().find(|pods| controller::is_one(pods)) {
        return controller::of_pods(trail, url, pods, is_secure);
    }
    if !is_secure {
        return Some(());
    }
    let hop = Hop::new(Stage::Tls, format!("the pods speak TLS with who asks for {}", url.host));
    trail.take(hop.unknown("which certificate they show is decided in them"))
}
