use k8s_openapi::api::networking::v1::Ingress;

use super::ports::label;
use crate::WayIn;
use crate::check::tls::is_for;
use crate::check::topology::Maker;
use crate::check::{Check, Finding, Group, Index, Profile, Severity};
use crate::facts::charts::{self, Runs};

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
    let hosts = Hosts::of(index);
    let has_any = |kind: &str| index.of_kind(kind).next().is_some();
    // Other kinds of routes are not read.
    if hosts.serves_any || has_any("HTTPRoute.gateway.networking.k8s.io") || has_any("IngressRoute.traefik.io") {
        return;
    }
    for way_in in cluster.ways_in.iter().filter(|way_in| leads_to_controller(index, way_in)) {
        for name in way_in.names.iter().filter(|name| !hosts.serve(name)) {
            let message = format!(
                "{} sends on what visitors ask of {name}, and no Ingress has a rule for that host",
                label(way_in)
            );
            let help = match &hosts.names[..] {
                [] => "give an Ingress a rule for it".to_owned(),
                names => format!("give an Ingress a rule for it; there are rules for {}", names.join(", ")),
            };
            findings.push(CHECK.finding(message, help).why("the controller answers with 404"));
        }
    }
}

/// What Ingresses have rules for.
struct Hosts<'a> {
    names: Vec<&'a str>,
    /// Whether one has a rule for every host.
    serves_any: bool,
}

impl<'a> Hosts<'a> {
    fn of(index: &Index<'a>) -> Self {
        let specs = || index.all::<Ingress>().filter_map(|(_, ingress)| ingress.spec.as_ref());
        let rules = || specs().flat_map(|spec| spec.rules.iter().flatten());
        let mut names: Vec<_> =
            rules().filter_map(|rule| rule.host.as_deref()).filter(|host| !host.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let has_no_host = rules().any(|rule| rule.host.as_deref().unwrap_or_default().is_empty());
        Self { names, serves_any: has_no_host || specs().any(|spec| spec.default_backend.is_some()) }
    }

    /// A star is one label: <https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards>.
    fn serve(&self, name: &str) -> bool {
        self.names.iter().any(|host| is_for(host, name))
    }
}

/// Whether all that a way in leads to is a node port of an Ingress controller.
fn leads_to_controller(index: &Index<'_>, way_in: &WayIn) -> bool {
    let is_controllers = |port: u16| {
        index.topology().services.iter().any(|service| {
            let Maker::Chart(release, _) = service.maker else { return false };
            let runs = charts::of(release.chart.name).and_then(|facts| facts.runs);
            runs == Some(Runs::IngressController)
                && service.ports.iter().any(|listener| listener.node_port == Some(i32::from(port)))
        })
    };
    !way_in.to.is_empty() && way_in.to.iter().all(|to| is_controllers(to.port()))
}
