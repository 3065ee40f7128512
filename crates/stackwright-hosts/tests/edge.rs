//! The sites of a proxy. `e2e/edge/run` has the real nginx serve the snapshot, and asks it.

mod support;

use std::fmt::Write as _;
use std::net::SocketAddr;

use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};
use stackwright::prelude::*;
use stackwright_hosts::ddns::RecordType;
use stackwright_hosts::edge::{self, Acme, Certificate, Challenge, Http, LETS_ENCRYPT, Port, Site, Upstream};
use stackwright_hosts::firewall::{self, Rules};
use support::{HOSTILE, assert_snapshot, subnet};

/// Two names for an Ingress controller on three nodes, one behind Cloudflare; and Grafana at a port of its own. The addresses are those of
/// `e2e/edge`.
#[test]
fn sites_of_a_cluster() {
    let host = host();
    let sites = sites();
    let config = edge::Config { host: &host, sites: &sites, ipv6: true };
    let artefacts = edge::artefacts(&config).expect("sites");
    let artefact = &artefacts[0];
    assert_eq!(artefact.arguments, ["8443", "8080", "30200", "2083", "8880"]);
    let ports: Vec<_> = artefact.listeners.iter().map(|listener| listener.port).collect();
    assert_eq!(ports, [8443, 8080, 30200, 2083, 8880]);
    assert_snapshot("edge-sites", &artefact.files[0].text);

    let files: Vec<_> = artefact.secrets.iter().map(|key| key.file.as_str()).collect();
    assert_eq!(files, ["edge/proxied.example.com/fullchain.pem", "edge/proxied.example.com/privkey.pem"]);
    // One certificate for both sites of the name.
    let [certificate] = &artefacts[1..] else { panic!("not one certificate: {artefacts:?}") };
    let wanted = ["admin@example.com", LETS_ENCRYPT, "http", "shop.example.com", "www.example.com"];
    assert_eq!(certificate.arguments, wanted);
    assert!(certificate.secrets.is_empty());
    let token = Key { name: "token".into(), file: "edge/token".into(), material: Material::Given("a token".into()) };
    let by_dns = |site: &Site| {
        let Certificate::Acme(acme) = &site.certificate else { return site.clone() };
        let acme = Acme { challenge: Challenge::CloudflareDns(token.clone()), ..acme.clone() };
        Site { http: Http::Closed, certificate: Certificate::Acme(acme), ..site.clone() }
    };
    let sites_by_dns: Vec<_> = sites.iter().map(by_dns).collect();
    let by_dns = edge::artefacts(&edge::Config { sites: &sites_by_dns, ..config.clone() }).expect("no port is needed");
    assert_eq!((by_dns[1].arguments[2].as_str(), &by_dns[1].secrets[..]), ("secrets/edge/token", &[token][..]));

    let records = edge::records(&config, "zone", RecordType::A);
    let records: Vec<_> = records.iter().map(|record| (record.name, record.proxied)).collect();
    let [shop, www, proxied] = ["shop.example.com", "www.example.com", "proxied.example.com"];
    assert_eq!(records, [(shop, Some(false)), (www, Some(false)), (proxied, Some(true))]);

    let words = |ways: &[WayIn]| {
        let word =
            |way: &WayIn| format!("{} {} -> {:?} {} for {}\n", way.at, way.port, way.to, way.names.join(" "), way.from);
        ways.iter().map(word).collect::<String>()
    };
    let forwards = edge::forwards(&config, "router").expect("an address");
    assert_snapshot("edge-ways", &(words(&forwards) + &words(&edge::ways_in(&config))));
    let openings = edge::openings(&config);
    assert_eq!(openings.len(), 5);
    let ssh = Opening::tcp("ssh", &[22], Source::Subnets(vec![subnet("192.0.2.0/24")]));
    let rules = Rules { openings: [vec![ssh], openings.clone()].concat(), ..default() };
    let zone = firewall::firewalld(&host, &rules).expect("rules");
    assert_eq!(zone.opens.as_ref(), Some(&rules.openings));
    assert_snapshot("edge-firewalld", &zone.files[0].text);
    let inside = vec![subnet("10.42.0.0/16")];
    assert!(firewall::firewalld(&host, &Rules { inside, ..default() }).is_err());
    assert!(forwards.iter().all(|way| openings.iter().any(|opening| opening.lets_in(
        "TCP",
        way.to[0].port(),
        &way.from
    ))));
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let host = host();
    let [shop, grafana, proxied] = sites();
    let mut refusals = String::new();
    let mut refuse = |sites: &[Site]| {
        let error = edge::artefacts(&edge::Config { host: &host, sites, ipv6: false }).expect_err("refused");
        writeln!(refusals, "{error}\n  {}", error.help()).expect("a string takes any text");
    };
    refuse(&[Site { names: vec![], ..shop.clone() }]);
    for name in ["Shop.example.com", "shop.example.com:8443", "https://shop.example.com", "*.example.com", "a;b", ""] {
        refuse(&[Site { names: vec![name.into()], ..shop.clone() }]);
    }
    refuse(&[Site { upstream: Upstream { to: vec![], ..shop.upstream.clone() }, ..shop.clone() }]);
    refuse(&[Site { http: Http::Serves(shop.https), ..shop.clone() }]);
    refuse(&[shop.clone(), Site { names: vec!["other.example.com".into()], https: 8080.into(), ..grafana.clone() }]);
    refuse(&[shop.clone(), Site { https: shop.https, ..grafana.clone() }]);
    let by = |email: &str, directory: &str| {
        Certificate::Acme(Acme { email: email.into(), directory: directory.into(), challenge: Challenge::Http })
    };
    for certificate in [by("nobody", LETS_ENCRYPT), by("-x@example.com", LETS_ENCRYPT), by("a@example.com", "http://a")]
    {
        refuse(&[Site { certificate, ..shop.clone() }]);
    }
    refuse(&[Site { http: Http::Closed, ..shop.clone() }]);
    refuse(&[Site { http: Http::Redirects(8080.into()), ..shop.clone() }]);
    refuse(&[shop.clone(), Site { names: shop.names.clone(), ..proxied.clone() }]);
    refuse(&[shop.clone(), Site { https: shop.https, ..proxied.clone() }]);
    // One port of the router's for two of nginx', and two for one.
    let elsewhere = |port| Site { names: vec!["other.example.com".into()], https: port, ..grafana.clone() };
    refuse(&[shop.clone(), elsewhere(Port { listens: 9443, public: 443 })]);
    refuse(&[shop.clone(), elsewhere(Port { listens: 8443, public: 9443 })]);
    refuse(&[Site { https: 30200.into(), ..proxied.clone() }]);
    refuse(&[Site { http: Http::Redirects(443.into()), ..proxied }]);
    for (name, port, app_protocol) in [("websecure", 443, None), ("tls", 8443, Some("https")), ("admin", 443, None)] {
        let port = ServicePort {
            name: Some(name.into()),
            port,
            app_protocol: app_protocol.map(Into::into),
            node_port: Some(30443),
            ..default()
        };
        let spec = ServiceSpec { ports: Some(vec![port]), ..default() };
        let service = Service { metadata: App::new("traefik", "traefik").metadata(), spec: Some(spec), ..default() };
        let error = edge::upstream(&service, name, &[]).expect_err("refused");
        writeln!(refusals, "{error}\n  {}", error.help()).expect("a string takes any text");
    }
    assert_snapshot("edge-refusals", &refusals);

    let what = HOSTILE.to_owned();
    let hostile = Site { upstream: Upstream { what, ..shop.upstream.clone() }, ..shop.clone() };
    let lines = |site| {
        let sites = [site];
        let artefacts = edge::artefacts(&edge::Config { host: &host, sites: &sites, ipv6: false }).expect("a comment");
        artefacts[0].files[0].text.lines().count()
    };
    assert_eq!(lines(hostile), lines(shop));
}

fn host() -> Host {
    let lan = Network::new("lan", subnet("10.77.0.0/24"));
    Host::new("edge", (2, 2048), Nic::on(&lan, 10).expect("an address"))
}

fn sites() -> [Site; 3] {
    let upstream = |what: &str, port: u16| Upstream {
        what: what.into(),
        to: [21, 22, 23].map(|number| SocketAddr::from(([10, 77, 0, number], port))).into(),
    };
    let public = Certificate::Acme(Acme {
        directory: LETS_ENCRYPT.into(),
        email: "admin@example.com".into(),
        challenge: Challenge::Http,
    });
    [
        Site {
            http: Http::Redirects(Port { listens: 8080, public: 80 }),
            ..Site::new(
                &["shop.example.com", "www.example.com"],
                Port { listens: 8443, public: 443 },
                public.clone(),
                upstream("traefik", 30080),
            )
        },
        Site { patience: 2, ..Site::new(&["shop.example.com"], 30200, public, upstream("grafana", 30090)) },
        Site {
            http: Http::Serves(8880.into()),
            ..Site::new(&["proxied.example.com"], 2083, Certificate::Cloudflare, upstream("traefik", 30080))
        },
    ]
}
