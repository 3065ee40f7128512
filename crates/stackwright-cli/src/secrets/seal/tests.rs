use std::time::{Duration, SystemTime};

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;

use super::{open, seal};
use crate::secrets::ensure;
use crate::secrets::tests::{Lab, with_given};

/// A key and its recipient.
fn person() -> (String, String) {
    let identity = Identity::generate();
    (identity.to_string().expose_secret().to_owned() + "\n", identity.to_public().to_string())
}

const MATERIAL: [&str; 4] = ["dns/api", "hosts/join", "web/mail/key", "web/mail/salt"];
const SEALED: [&str; 2] = ["sealed/hosts.sops.yaml", "sealed/web.mail.sops.yaml"];

fn given() -> Lab {
    let lab = with_given();
    lab.ensure().unwrap();
    let now = SystemTime::now();
    lab.write("dns/api", "t\u{f6}ken: of ENC[AES256_GCM,data:\n", 0o600, now, Duration::ZERO);
    lab.write("web/mail/key", "", 0o600, now, Duration::ZERO);
    std::fs::write(lab.path("web/mail/key"), [0, 159, 146, 150]).unwrap();
    lab
}

fn material(lab: &Lab) -> Vec<Vec<u8>> {
    MATERIAL.iter().map(|file| std::fs::read(lab.path(file)).unwrap()).collect()
}

fn sealed(lab: &Lab) -> [String; 2] {
    SEALED.map(|file| lab.read(file))
}

fn seal_for(lab: &Lab, people: &[&str]) -> Result<Vec<String>, stackwright::Error> {
    let people: Vec<_> = people.iter().map(|one| (*one).to_owned()).collect();
    seal(lab.root(), &lab.cluster, &people, false, SystemTime::now())
}

/// As a clone on another machine: what git has, and nothing else.
fn clone(lab: &Lab) -> Lab {
    let other = with_given();
    for (file, text) in SEALED.iter().zip(sealed(lab)) {
        other.write(file, &text, 0o644, SystemTime::now(), Duration::ZERO);
    }
    other
}

#[test]
fn what_is_sealed_is_opened_elsewhere_by_those_it_is_for() {
    let lab = given();
    let ((key, ada), (other, bob), (strange, _)) = (person(), person(), person());
    let said = seal_for(&lab, &[&bob, &ada]).unwrap();
    assert!(said.last().unwrap().starts_with("who can open them: age1"), "{said:?}");
    for text in sealed(&lab) {
        assert!(text.contains("ENC[AES256_GCM,data:") && text.contains(&ada) && text.contains(&bob));
        assert!(!text.contains("ken: of") && !text.contains(&lab.read("hosts/join")));
    }
    assert!(lab.read(SEALED[1]).contains("kind: Secret\nmetadata:\n  name: mail\n  namespace: web\ntype: Opaque\n"));
    assert!(lab.read("sealed/kustomization.yaml").ends_with("resources:\n- web.mail.sops.yaml\n"));
    assert_eq!((lab.mode(".sealed"), lab.mode(SEALED[0])), (0o600, 0o600));

    for key in [&key, &other] {
        let there = clone(&lab);
        // A render makes nothing in the place of what is sealed, and asks for nothing.
        let ensured = ensure(there.root(), &there.cluster).unwrap();
        assert_eq!(
            (ensured.made, ensured.sealed),
            (vec![], vec!["dns/api".into(), "hosts/join".into(), "web/mail".into()])
        );
        assert!(crate::secrets::to_give(there.root(), &there.cluster).unwrap().is_empty());
        assert!(there.list(SystemTime::now()).contains("sealed  -    `secrets open` brings it"));
        open(there.root(), &there.cluster, key, false).unwrap();
        assert_eq!(material(&there), material(&lab));
        assert!(MATERIAL.iter().all(|file| there.mode(file) == 0o600));
        // And what was opened is as it was sealed.
        seal_for(&there, &[]).unwrap();
        assert_eq!(sealed(&there), sealed(&lab));
    }
    let there = clone(&lab);
    let error = open(there.root(), &there.cluster, &strange, false).unwrap_err();
    assert_eq!(error.to_string(), "no key of the key file opens it");
    assert!(!there.path("dns/api").exists());
}

#[test]
fn only_what_changed_is_sealed_again() {
    let lab = given();
    let (_, ada) = person();
    seal_for(&lab, &[&ada]).unwrap();
    let first = sealed(&lab);
    let said = seal_for(&lab, &[]).unwrap();
    assert_eq!(said[0], "as it was sealed: 2 of 2 files");
    assert_eq!(sealed(&lab), first);
    lab.rotate("mail").unwrap();
    seal_for(&lab, &[]).unwrap();
    let second = sealed(&lab);
    assert!(second[0] == first[0] && second[1] != first[1]);
    // Somebody else is to have them: all of them are encrypted anew.
    let (key, bob) = person();
    seal_for(&lab, &[&bob]).unwrap();
    let third = sealed(&lab);
    assert!(third[0] != first[0] && third.iter().all(|text| text.contains(&bob) && !text.contains(&ada)));
    let there = clone(&lab);
    open(there.root(), &there.cluster, &key, false).unwrap();
    assert_eq!(material(&there), material(&lab));
}

#[test]
fn neither_side_overwrites_what_it_does_not_know() {
    let lab = given();
    let (key, ada) = person();
    seal_for(&lab, &[&ada]).unwrap();
    let there = clone(&lab);
    open(there.root(), &there.cluster, &key, false).unwrap();
    // Here it is rotated and sealed, there it was not: what comes by git is opened over what was opened.
    lab.rotate("mail").unwrap();
    seal_for(&lab, &[]).unwrap();
    there.write(SEALED[1], &lab.read(SEALED[1]), 0o644, SystemTime::now(), Duration::ZERO);
    let error = seal_for(&there, &[]).unwrap_err();
    assert!(error.to_string().contains("sealed elsewhere since") && error.to_string().contains(SEALED[1]), "{error}");
    open(there.root(), &there.cluster, &key, false).unwrap();
    assert_eq!(material(&there), material(&lab));
    // It was rotated on both sides: a person says which counts.
    there.rotate("mail").unwrap();
    lab.rotate("mail").unwrap();
    seal_for(&lab, &[]).unwrap();
    there.write(SEALED[1], &lab.read(SEALED[1]), 0o644, SystemTime::now(), Duration::ZERO);
    let before = material(&there);
    let error = open(there.root(), &there.cluster, &key, false).unwrap_err();
    assert!(error.to_string().contains("web/mail/salt") && !error.to_string().contains("dns/api"), "{error}");
    assert_eq!(material(&there), before);
    open(there.root(), &there.cluster, &key, true).unwrap();
    assert_eq!(material(&there), material(&lab));
}

#[test]
fn what_was_tampered_with_is_refused() {
    let lab = given();
    let (key, ada) = person();
    seal_for(&lab, &[&ada]).unwrap();
    let text = lab.read(SEALED[1]);
    let value = text.split("salt: ").nth(1).unwrap().lines().next().unwrap();
    let cases = [
        (text.replace("name: mail", "name: other"), "changed by something"),
        (text.replace("salt: ", "pepper: "), "changed by something"),
        (text.replace(value, "plain"), "changed by something"),
        (text.replace(value, &value.replace("data:", "data:AAAA")), "changed by something"),
        (text.replace("encrypted_regex: ^(data|stringData)$", "encrypted_regex: x"), "other parts"),
        (text.replace("  mac: ", "  nothing: "), "no sops.mac"),
        (text.replace("-----BEGIN AGE", "-----BEGIN OTHER"), "no key"),
        (format!("<<<<<<< HEAD\n{text}"), "cannot be read"),
        (String::new(), "not one document"),
    ];
    for (changed, why) in cases {
        assert_ne!(changed, text, "{why}");
        let there = clone(&lab);
        there.write(SEALED[1], &changed, 0o644, SystemTime::now(), Duration::ZERO);
        let error = open(there.root(), &there.cluster, &key, false).unwrap_err();
        assert!(error.to_string().contains(why), "{why}: {error}");
        assert!(!there.path("web/mail/salt").exists() && !there.path("dns/api").exists());
    }
}

#[test]
fn what_is_missing_or_nobodys_is_said_and_keys_are_not_repeated() {
    let lab = with_given();
    lab.ensure().unwrap();
    let (key, ada) = person();
    assert!(seal_for(&lab, &[]).unwrap_err().to_string().contains("nobody is named"));
    let error = seal_for(&lab, &[&ada]).unwrap_err().to_string();
    assert!(error.contains("dns/api") && error.contains("web/mail/key"), "{error}");
    assert!(open(lab.root(), &lab.cluster, &key, false).unwrap_err().to_string().contains("nothing is sealed of lab"));
    let lab = given();
    for wrong in [key.trim(), "age1", "ada"] {
        let error = seal_for(&lab, &[wrong]).unwrap_err();
        assert!(
            !format!("{error} {}", error.help()).contains("SECRET-KEY-1P") && !error.to_string().contains(&key[..20])
        );
    }
    for wrong in ["", "# nothing\n", ada.as_str(), "hello"] {
        assert!(!open(lab.root(), &lab.cluster, wrong, false).unwrap_err().to_string().contains(&ada));
    }
}
