//! The Ingress controller: the pods that ask others for visitors.

use super::address;
use super::policy::Who;
use super::request::Url;
use super::service::{self, Wanted};
use super::trail::Trail;
use super::{Hop, Stage, route};
use crate::Release;
use crate::check::network::proxy_name_unserved::others;
use crate::check::references::netpol_blocks_edge::parties;
use crate::check::topology::{Exposed, Maker, Port};
use crate::check::traffic::Party;
use crate::check::{Index, Pods};
use crate::facts::charts::{self, Runs};

/// Whether pods are those of a controller.
pub(super) fn is_one(pods: &Pods<'_>) -> bool {
    let mut images = pods.spec.containers.iter().filter_map(|container| container.image.as_deref());
    images.any(|image| charts::is_image_of(image, Runs::IngressController))
}

/// Goes on from a release's controller.
pub(super) fn of_release(trail: &mut Trail<'_, '_>, url: &Url, release: &Release, is_secure: bool) -> Option<()> {
    let class = charts::ingress_class(release).map_or_else(String::new, |class| format!(" of class {class}"));
    let what = format!("release {}/{} answers for Ingresses{class}", release.namespace, release.name);
    let hop = Hop::new(Stage::Controller, what);
    trail.take(hop.unknown(format!("its pods are what chart {} makes of its values", release.chart.name)))?;
    route::follow(trail, url, &others(trail.index, release), is_secure)
}

/// Goes on from a controller's pods.
pub(super) fn of_pods(trail: &mut Trail<'_, '_>, url: &Url, pods: &Pods<'_>, is_secure: bool) -> Option<()> {
    let hop = Hop::new(Stage::Controller, format!("{} answers for Ingresses and routes", pods.item.label()));
    trail.take(hop.at(pods.item, ""))?;
    route::follow(trail, url, &[], is_secure)
}

/// Goes on where nobody knows what has the address: it has to be a controller, if there is a rule for the name.
pub(super) fn unseen(trail: &mut Trail<'_, '_>, url: &Url) -> Option<()> {
    let index = trail.index;
    if !route::has_host(index, &url.host) {
        return route::follow(trail, url, &[], url.is_secure);
    }
    if let Some((service, port)) = in_front(index, url) {
        let what = format!("{} is in front of the controller: that is where the name has to lead", service.label());
        if service.is_balanced() {
            address::given(trail, service, port, &what)?;
        } else {
            trail.take(Hop::new(Stage::Address, what).at_any(service.item(), format!("{}.port", port.path)))?;
        }
        return match service.maker {
            Maker::Chart(release, _) => of_release(trail, url, release, url.is_secure),
            Maker::Object(item) => {
                let named = (item.namespace, item.object.name());
                let pods = service::reach(trail, named, Wanted::Number(port.port), &Who::Visitor, None)?;
                let pods = pods.into_iter().find(|pods| is_one(pods))?;
                of_pods(trail, url, pods, url.is_secure)
            }
        };
    }
    let known = parties(index, Runs::IngressController, None).into_iter().find_map(|party| match party {
        Party::Pods(pods) => Some(*pods),
        _ => None,
    });
    if let Some(pods) = known {
        return of_pods(trail, url, &pods, url.is_secure);
    }
    let hop = Hop::new(Stage::Controller, "an Ingress controller answers");
    trail
        .take(hop.unknown("it is not among what was given: what its address is, and whether it runs, is not known"))?;
    route::follow(trail, url, &[], url.is_secure)
}

/// The port of a Service that leads to a controller.
fn in_front<'i, 'a>(index: &'i Index<'a>, url: &Url) -> Option<(&'i Exposed<'a>, &'i Port<'a>)> {
    let leads = |service: &&'i Exposed<'a>| match service.maker {
        Maker::Chart(release, _) => {
            charts::of(release.chart.name).and_then(|facts| facts.runs) == Some(Runs::IngressController)
        }
        Maker::Object(_) => service.type_ != "ClusterIP" && service.pods(index).into_iter().any(is_one),
    };
    let at = |port: &&Port<'_>| port.port == i32::from(url.port) && port.protocol == "TCP";
    index.topology().services.iter().filter(leads).find_map(|service| Some((service, service.ports.iter().find(at)?)))
}
