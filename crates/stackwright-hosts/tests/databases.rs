//! Databases on a host: what it is told, and values that are refused. `e2e/databases/run` runs MySQL.

mod support;

use stackwright::prelude::*;
use stackwright_hosts::databases::{self, Config, Database};
use support::{HOSTILE, assert_snapshot, note, subnet};

const NAMES: [&str; 2] = ["mysql.shop.svc", "mysql"];

#[test]
fn two_databases_of_mysql() {
    let logins = [login("shop"), login("shop_reports")];
    let databases = [database("shop", &logins[0]), database("shop_reports", &logins[1])];
    let artefact = databases::mysql(&Config { databases: &databases, ..config(&host("nfs")) }).expect("MySQL");
    assert_snapshot("databases-mysql", &told(&artefact));
    assert_eq!(artefact.openings(&Source::Anyone), [Opening::tcp("MySQL", &[3306], Source::Anyone)]);
}

#[test]
fn two_databases_of_mongodb() {
    let logins = [login("shop"), login("shop_reports")];
    let databases = [database("shop", &logins[0]), database("shop_reports", &logins[1])];
    let artefact = databases::mongodb(&Config { databases: &databases, ..config(&host("nfs")) }).expect("MongoDB");
    assert_snapshot("databases-mongodb", &told(&artefact));
}

#[test]
fn pods_trust_the_certificate_without_its_private_key() {
    let login = login("shop");
    let databases = [database("shop", &login)];
    let artefact = databases::mysql(&Config { databases: &databases, ..config(&host("nfs")) }).expect("MySQL");
    let trust = databases::trust(&artefact, "shop", "mysql-ca").expect("a certificate");
    assert_eq!(trust.type_, "Opaque");
    let [key] = &trust.keys[..] else { panic!("one key") };
    assert_eq!((key.name.as_str(), key.file.as_str()), ("ca.crt", "databases/nfs/mysql/tls.crt"));
    let Material::Certificate { hosts, .. } = &key.material else { panic!("a certificate") };
    assert_eq!(hosts, &["mysql.shop.svc", "mysql", "10.120.52.40"]);
    let script = File::script("machines/remote/x.sh", "");
    let error = databases::trust(&Artefact::new(&host("nfs"), "x", script), "shop", "x").expect_err("no certificate");
    assert_eq!(error.to_string(), "artefact `x` has no certificate to trust");
}

#[test]
fn an_ipv6_network_is_mongodbs_alone() {
    let login = login("shop");
    let lan = Network::new("instances", subnet("fd00:52::/64"));
    let host = Host::new("nfs", (2, 4096), Nic::on(&lan, 0x40).expect("an address"));
    let databases = [database("shop", &login)];
    let config = Config { network: subnet("fd00:52::/64"), databases: &databases, ..config(&host) };
    let error = databases::mysql(&config).expect_err("IPv6");
    assert_eq!(error.to_string(), "MySQL cannot keep an account to fd00:52::/64");
    let mongodb = databases::mongodb(&config).expect("MongoDB");
    assert!(
        mongodb.files[0].text.contains("bindIp: 127.0.0.1,fd00:52::40\n  ipv6: true\n"),
        "{}",
        mongodb.files[0].text
    );
}

/// Names are words of SQL, of a shell and of file names: what is none is refused, whatever it is for.
#[test]
fn what_cannot_be_told_is_refused() {
    let mut refusals = String::new();
    let mut refuse = |what: &str, value: &str, config: &Config| {
        note(&mut refusals, &format!("MySQL, {what}"), value, databases::mysql(config));
        note(&mut refusals, &format!("MongoDB, {what}"), value, databases::mongodb(config));
    };
    let nfs = host("nfs");
    let fine = login("shop");
    let long = "x".repeat(33);
    for name in
        ["", "Shop", "1shop", "shop-x", "shop;", "shop'", "shop`", "%", "../x", "mysql", "admin", &long, HOSTILE]
    {
        refuse("database", name, &Config { databases: &[database(name, &fine)], ..config(&nfs) });
        refuse("user", name, &Config { databases: &[database("shop", &login(name))], ..config(&nfs) });
    }
    refuse("databases", "none", &config(&nfs));
    let twice = [database("shop", &fine), database("shop", &fine)];
    refuse("databases", "twice", &Config { databases: &twice, ..config(&nfs) });
    let shared = [database("shop", &fine), database("other", &fine)];
    refuse("user", "of two databases", &Config { databases: &shared, ..config(&nfs) });
    let no_user = SecretSpec::new("shop", "x", [("password", Material::Password)]);
    refuse("login", "without a user", &Config { databases: &[database("shop", &no_user)], ..config(&nfs) });
    let given = SecretSpec::new("shop", "x", [("username", Material::Password), ("password", Material::Password)]);
    refuse("login", "of a random user", &Config { databases: &[database("shop", &given)], ..config(&nfs) });
    let elsewhere = Config { network: subnet("10.0.0.0/8"), databases: &[database("shop", &fine)], ..config(&nfs) };
    refuse("network", "of others", &Config { network: subnet("192.168.0.0/24"), ..elsewhere });
    refuse("host", HOSTILE, &Config { databases: &[database("shop", &fine)], ..config(&host(HOSTILE)) });
    assert_snapshot("databases-refusals", &refusals);
}

fn config(host: &Host) -> Config<'_> {
    Config { host, network: subnet("10.120.52.0/24"), names: &NAMES, databases: &[] }
}

fn database<'a>(name: &'a str, login: &'a SecretSpec) -> Database<'a> {
    Database { name, login }
}

fn login(user: &str) -> SecretSpec {
    SecretSpec::login("shop", &format!("{user}-login"), user)
}

fn host(name: &str) -> Host {
    let lan = Network::new("instances", subnet("10.120.52.0/24"));
    Host::new(name, (2, 4096), Nic::on(&lan, 40).expect("an address"))
}

/// What a script is told, its files but for those that are the same everywhere, and the secrets' files.
fn told(artefact: &Artefact) -> String {
    let files = artefact.files.iter().filter(|file| file.path.extension() != Some("js"));
    let files: Vec<_> = files.map(|file| format!("\n# {}\n{}", file.path, file.text)).collect();
    let files = files.concat();
    let secrets: Vec<_> = artefact.secrets.iter().map(|key| key.file.as_str()).collect();
    format!("arguments: {:#?}\nsecrets: {secrets:#?}\n{files}", artefact.arguments)
}
