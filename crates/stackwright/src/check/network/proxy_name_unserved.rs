use k8s_openapi::api::networking::v1::{Ingress, IngressRule};

use super::ports::label;
use crate::check::references::class;
use crate::check::tls::is_for;
use crate::check::topology::Maker;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};
use crate::facts::charts::{self, Runs};
use crate::{Release, WayIn};

pub(super) const CHECK: Check = Check {
    id: "proxy-name-unserved",
    group: Group::Network,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "A proxy sends on what visitors ask of a name, to an Ingress controller that has no rule for it.",
    run,
};

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let Some(cluster) = index.cluster() else { return };
    for way_in in &cluster.ways_in {
        findings.extend(of_way_in(index, way_in).into_iter().map(|(_, finding)| finding));
    }
}

/// The names that a proxy sends on for, and no Ingress of the controller has a rule for.
pub(crate) fn of_way_in<'w>(index: &Index<'_>, way_in: &'w WayIn) -> Vec<(&'w str, Finding)> {
    let has_any = |kind: &str| index.of_kind(kind).next().is_some();
    // Other kinds of routes are not read.
    if has_any("HTTPRoute.gateway.networking.k8s.io") || has_any("IngressRoute.traefik.io") {
        return Vec::new();
    }
    let controllers = controllers(index, way_in);
    let Some(controller) = controllers.first() else { return Vec::new() };
    let hosts = Hosts::of(index, controller);
    let unserved = way_in.names.iter().filter(|name| !hosts.serve(name)).map(|name| {
        let message =
            format!("{} sends on what visitors ask of {name}, and no Ingress has a rule for that host", label(way_in));
        let others = others(index, controller);
        let elsewhere = index.all::<Ingress>().find(|(item, ingress)| {
            is_of(*item, ingress, &others) && rules(ingress).any(|rule| is_for(host(rule), name))
        });
        let help = match (elsewhere, &hosts.names[..]) {
            (Some((item, _)), _) => format!("give {} the class of {}", item.label(), release_label(controller)),
            (None, []) => "give an Ingress a rule for it".to_owned(),
            (None, names) => format!("give an Ingress a rule for it; there are rules for {}", names.join(", ")),
        };
        (name.as_str(), CHECK.finding(message, help).why("the controller answers with 404"))
    });
    unserved.collect()
}

/// What the Ingresses of a controller have rules for.
struct Hosts<'a> {
    names: Vec<&'a str>,
    /// Whether one has a rule for every host.
    serves_any: bool,
}

impl<'a> Hosts<'a> {
    fn of(index: &Index<'a>, controller: &Release) -> Self {
        let others = others(index, controller);
        let own = || index.all::<Ingress>().filter(|(item, ingress)| !is_of(*item, ingress, &others));
        let rules = || own().flat_map(|(_, ingress)| rules(ingress));
        let mut names: Vec<_> = rules().map(host).filter(|host| !host.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let has_default = |ingress: &Ingress| ingress.spec.as_ref().is_some_and(|spec| spec.default_backend.is_some());
        let serves_any = rules().any(|rule| host(rule).is_empty()) || own().any(|(_, ingress)| has_default(ingress));
        Self { names, serves_any }
    }

    /// A star is one label: <https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards>.
    fn serve(&self, name: &str) -> bool {
        self.serves_any || self.names.iter().any(|host| is_for(host, name))
    }
}

fn rules(ingress: &Ingress) -> impl Iterator<Item = &IngressRule> {
    ingress.spec.iter().flat_map(|spec| spec.rules.iter().flatten())
}

fn host(rule: &IngressRule) -> &str {
    rule.host.as_deref().unwrap_or_default()
}

/// The classes of other releases' controllers. One that nobody is known to serve may be anyone's.
pub(crate) fn others(index: &Index<'_>, controller: &Release) -> Vec<String> {
    let own = charts::ingress_class(controller);
    let releases = index.cluster().into_iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.releases);
    let others = releases.filter(|release| !std::ptr::eq(*release, controller)).filter_map(charts::ingress_class);
    others.filter(|class| own.as_ref() != Some(class)).collect()
}

/// Whether an Ingress is of one of these classes.
pub(crate) fn is_of(item: Item<'_>, ingress: &Ingress, classes: &[String]) -> bool {
    class(item, ingress).is_some_and(|(class, _)| classes.iter().any(|other| other == class))
}

fn release_label(Release { name, namespace, .. }: &Release) -> String {
    format!("release {namespace}/{name}")
}

/// The Ingress controllers that a way in leads to, by node ports; none where it leads to anything else, too.
fn controllers<'a>(index: &Index<'a>, way_in: &WayIn) -> Vec<&'a Release> {
    let controller = |port: u16| {
        index.topology().services.iter().find_map(|service| {
            let Maker::Chart(release, _) = service.maker else { return None };
            let runs = charts::of(release.chart.name).and_then(|facts| facts.runs);
            let listens = service.ports.iter().any(|listener| listener.node_port == Some(i32::from(port)));
            (runs == Some(Runs::IngressController) && listens).then_some(release)
        })
    };
    way_in.to.iter().map(|to| controller(to.port())).collect::<Option<_>>().unwrap_or_default()
}
