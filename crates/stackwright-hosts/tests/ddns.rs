//! Dynamic DNS: what a host is told, and values that are refused. `e2e/ddns/run` runs it.

mod support;

use stackwright::prelude::*;
use stackwright_hosts::ddns::{self, CLOUDFLARE, Record, RecordType, SOURCES};
use support::{HOSTILE, assert_snapshot, note, subnet};

const ZONE: &str = "023e105f4ecef8ad9ca31a8372d0c353";

#[test]
fn an_edge_host_with_names_in_two_zones() {
    let record = |name, record_type| Record { zone: ZONE, name, record_type, proxied: None };
    let records = [
        record("example.com", RecordType::A),
        record("example.com", RecordType::Aaaa),
        record("*.example.com", RecordType::A),
        Record {
            zone: "9a7806061c88ada191ed06f989cc3dac",
            proxied: Some(true),
            ..record("shop.example.org", RecordType::A)
        },
    ];
    let artefact = artefact(&records, &SOURCES, CLOUDFLARE).expect("dynamic DNS");
    assert_eq!(artefact.arguments, ["ddns/edge.json", "secrets/ddns/token"]);
    assert_snapshot("ddns-edge", &artefact.files[0].text);
    let paths: Vec<_> = artefact.files.iter().map(|file| file.path.as_str()).collect();
    let paths_of_all = ["machines/ddns/ddns.py", "machines/ddns/ddns.service", "machines/ddns/ddns.timer"];
    assert_eq!(paths, [&["machines/ddns/edge.json"][..], &paths_of_all].concat());
    // Nobody can make the token here.
    let [token] = &artefact.secrets[..] else { panic!("one secret") };
    assert!(matches!(&token.material, Material::Given(what) if what.contains("Edit zone DNS")));
}

/// Each value is data of JSON, and none of a unit or a shell, so what is refused is what could not work.
#[test]
fn what_is_no_record_and_no_url_is_refused() {
    let www = Record { zone: ZONE, name: "www.example.com", record_type: RecordType::A, proxied: None };
    let mut refusals = String::new();
    for name in [
        "",
        "WWW.example.com",
        "www example.com",
        "www.example.com.",
        "a/../b",
        "%n.example.com",
        "*",
        "a.*.com",
        HOSTILE,
    ] {
        note(&mut refusals, "name", name, artefact(&[Record { name, ..www }], &SOURCES, CLOUDFLARE));
    }
    for zone in ["", "example.com", "a/../b", "a?b", HOSTILE] {
        note(&mut refusals, "zone", zone, artefact(&[Record { zone, ..www }], &SOURCES, CLOUDFLARE));
    }
    note(&mut refusals, "records", "none", artefact(&[], &SOURCES, CLOUDFLARE));
    note(&mut refusals, "records", "twice", artefact(&[www, Record { zone: "other", ..www }], &SOURCES, CLOUDFLARE));
    for url in [
        "",
        "http://api.example.com",
        "https://",
        "https://api.example.com/",
        "https://token@api.example.com",
        "https://api.example.com:99999",
        "https://api.example.com/a?b",
        "https://api.example.com/a b",
        "https://api.example.com\r\nX: y",
        HOSTILE,
    ] {
        note(&mut refusals, "API", url, artefact(&[www], &SOURCES, url));
        note(&mut refusals, "source", url, artefact(&[www], &[SOURCES[0], url], CLOUDFLARE));
    }
    note(&mut refusals, "sources", "one", artefact(&[www], &SOURCES[..1], CLOUDFLARE));
    let alike = ["https://ip.example.com", "https://ip.example.com/again"];
    note(&mut refusals, "sources", "of one host", artefact(&[www], &alike, CLOUDFLARE));
    let config = ddns::Config { host: &host(HOSTILE), records: &[www], sources: &SOURCES, api: CLOUDFLARE };
    note(&mut refusals, "host", HOSTILE, ddns::artefact(&config));
    assert_snapshot("ddns-refusals", &refusals);
}

#[test]
fn another_api_and_a_port_are_taken() {
    let record = Record { zone: "z1", name: "www.example.com", record_type: RecordType::Aaaa, proxied: None };
    let artefact = artefact(&[record], &SOURCES[..2], "https://dns.example.com:8443/client/v4").expect("dynamic DNS");
    assert!(artefact.files[0].text.contains("\"https://dns.example.com:8443/client/v4\""));
}

fn artefact(records: &[Record], sources: &[&str], api: &str) -> Result<Artefact, Error> {
    ddns::artefact(&ddns::Config { host: &host("edge"), records, sources, api })
}

fn host(name: &str) -> Host {
    let lan = Network::new("lan", subnet("192.168.1.0/24"));
    Host::new(name, (2, 2048), Nic::on(&lan, 10).expect("an address"))
}
