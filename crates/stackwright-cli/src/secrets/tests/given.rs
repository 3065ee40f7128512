//! Secrets that a person gives.

use super::hosts::with_hosts;
use super::*;
use crate::secrets::{ToGive, faults};

/// A token of somebody else's service for a host, and a key for an object, beside what is made.
pub fn with_given() -> Lab {
    let mut lab = with_hosts();
    let given = |what: &str| Material::Given(what.to_owned());
    let artefacts = &mut lab.cluster.stacks[0].artefacts;
    artefacts[0].secrets =
        vec![Key { name: "api".into(), file: "dns/api".into(), material: given("a token of the DNS provider") }];
    lab.cluster.stacks[0].secrets =
        vec![SecretSpec::new("web", "mail", [("key", given("the mail service's key")), ("salt", Material::Salt)])];
    lab
}

#[test]
fn what_a_person_gives_is_asked_for_and_never_made() {
    let lab = with_given();
    let asked = |lab: &Lab| to_give(lab.root(), &lab.cluster).unwrap();
    let both = [
        ToGive { file: lab.path("dns/api"), what: "a token of the DNS provider".into(), is_applied: false },
        ToGive { file: lab.path("web/mail/key"), what: "the mail service's key".into(), is_applied: true },
    ];
    assert_eq!(lab.ensure().unwrap(), ["hosts/join", "web/mail"]);
    assert_eq!(asked(&lab), both);
    assert!(!lab.path("dns/api").exists() && !lab.path("web/mail/key").exists());
    // There is a place to write it to, and nobody else looks into it.
    assert_eq!(lab.mode("dns"), 0o700);
    let list = lab.list(SystemTime::now());
    assert!(
        list.contains("dns/api     dns/api        missing  -        yours to give: a token of the DNS provider\n"),
        "{list}"
    );

    let now = SystemTime::now();
    lab.write("dns/api", "", 0o600, now, Duration::ZERO);
    assert_eq!(asked(&lab), both, "an empty file gives nothing");
    lab.write("dns/api", "s3cret", 0o644, now, Duration::ZERO);
    lab.write("web/mail/key", "s3cret", 0o600, now, Duration::ZERO);
    assert_eq!(lab.ensure().unwrap(), Vec::<String>::new());
    assert_eq!(asked(&lab), []);
    assert_eq!((lab.read("dns/api").as_str(), lab.mode("dns/api")), ("s3cret", 0o600));
    assert!(!lab.list(now).contains("yours to give"));
}

#[test]
fn what_a_person_gives_is_theirs_to_replace() {
    let lab = with_given();
    lab.ensure().unwrap();
    let now = SystemTime::now();
    lab.write("dns/api", "s3cret", 0o600, now, Duration::ZERO);
    lab.write("web/mail/key", "s3cret", 0o600, now, Duration::ZERO);
    let salt = lab.read("web/mail/salt");
    let message = lab.rotate("mail").unwrap();
    assert!(message.starts_with(&format!(
        "replaced {}\nyours to replace: {}: the mail service's key\nnext: ",
        lab.path("web/mail/salt"),
        lab.path("web/mail/key")
    )));
    assert_ne!(lab.read("web/mail/salt"), salt);
    assert_eq!(lab.read("web/mail/key"), "s3cret");

    let error = lab.rotate("dns/api").unwrap_err();
    assert_eq!(
        error.to_string(),
        "dns/api is given by a person, and nothing here can make another: a token of the DNS provider"
    );
    assert_eq!(
        error.help(),
        format!("write the new one to {}, and give it to the hosts again: joining on one", lab.path("dns/api"))
    );
    assert_eq!(lab.read("dns/api"), "s3cret");
    let readme = &stackwright::render::render(&lab.cluster).unwrap()[Utf8Path::new("lab/README.md")].text;
    for part in [
        "\
Render first, which makes the secrets. By hand, before the first step:

- write to `secrets/dns/api`, for you alone to read: a token of the DNS provider
- write to `secrets/web/mail/key`, for you alone to read: the mail service's key

Then, from this folder:
",
        "What is yours to give, you write there.",
        "| yours to give: a token of the DNS provider |",
        "key is yours to give: the mail service's key",
    ] {
        assert!(readme.contains(part), "{readme}");
    }
}

/// A certificate that a person gives, beside the Ingress that shows it.
fn with_given_certificate() -> Lab {
    let mut lab = Lab::new(Vec::new());
    let given = |what: &str| Material::Given(what.to_owned());
    let keys = [("tls.crt", given("the certificate")), ("tls.key", given("its private key"))];
    let secret = SecretSpec { type_: "kubernetes.io/tls".into(), ..SecretSpec::new("web", "tls", keys) };
    lab.cluster.stacks[0].secrets = vec![secret];
    lab
}

#[test]
fn a_certificate_that_a_person_gives_is_read() {
    let lab = with_given_certificate();
    lab.ensure().unwrap();
    let now = SystemTime::now();
    let day = Duration::from_hours(24);
    let said = |lab: &Lab, at| {
        let faults = faults(lab.root(), &lab.cluster, at).unwrap();
        faults.into_iter().map(|line| line.replace(lab.path("").as_str(), "")).collect::<Vec<_>>()
    };
    let give = |hosts: &[&str]| {
        let hosts: Vec<_> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let pair = self_signed(&hosts, 90, now).unwrap();
        lab.write("web/tls/tls.crt", &pair.certificate, 0o600, now, Duration::ZERO);
        lab.write("web/tls/tls.key", &pair.key, 0o600, now, Duration::ZERO);
    };
    assert_eq!(said(&lab, now), [""; 0], "what is not there has no faults");
    for fits in [WEB_HOSTS[0], "*.example.com"] {
        give(&[fits]);
        assert_eq!(said(&lab, now), [""; 0], "{fits}");
    }
    assert!(lab.list(now).contains("  until "), "{}", lab.list(now));
    assert!(said(&lab, now + day * 70)[0].starts_with("web/tls/tls.crt: ends on "));
    assert!(said(&lab, now + day * 91)[0].starts_with("web/tls/tls.crt: EXPIRED "));

    give(&["other.test"]);
    let not_for = format!("web/tls/tls.crt: is not for {}, for which it is shown: write another", WEB_HOSTS[0]);
    assert_eq!(said(&lab, now), [not_for.as_str()]);
    give(&[WEB_HOSTS[0]]);
    let other = self_signed(&[WEB_HOSTS[0].to_owned()], 90, now).unwrap();
    lab.write("web/tls/tls.key", &other.key, 0o600, now, Duration::ZERO);
    assert_eq!(said(&lab, now), ["web/tls/tls.crt: its key is another's: write another"]);
    lab.write("web/tls/tls.crt", "hello", 0o600, now, Duration::ZERO);
    assert_eq!(said(&lab, now), ["web/tls/tls.crt: no certificate that can be read: write another"]);
}

#[test]
fn a_line_break_at_the_end_of_what_is_given_is_said() {
    let lab = with_given();
    lab.ensure().unwrap();
    let now = SystemTime::now();
    for (text, is_said) in [("s3cret", false), ("s3cret\n", true), ("s3cret\r\n", true), ("[a]\nb = 1\n", false)] {
        lab.write("dns/api", text, 0o600, now, Duration::ZERO);
        let faults = faults(lab.root(), &lab.cluster, now).unwrap();
        assert_eq!(!faults.is_empty(), is_said, "{text:?}: {faults:?}");
    }
}

#[test]
fn a_render_says_what_others_could_read() {
    let lab = with_given();
    lab.ensure().unwrap();
    lab.write("dns/api", "s3cret", 0o644, SystemTime::now(), Duration::ZERO);
    let closed = || ensure(lab.root(), &lab.cluster).unwrap().closed;
    assert_eq!(closed(), [(lab.path("dns/api"), 0o644)]);
    assert_eq!(closed(), []);
}
