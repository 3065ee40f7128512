//! Secrets that a person gives.

use super::hosts::with_hosts;
use super::*;

/// A token of somebody else's service for a host, and a key for an object, beside what is made.
fn with_given() -> Lab {
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
        (lab.path("dns/api"), "a token of the DNS provider".to_owned()),
        (lab.path("web/mail/key"), "the mail service's key".to_owned()),
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
