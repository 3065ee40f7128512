//! Secrets of hosts, which are in no Kubernetes Secret.

use super::*;

/// Two hosts that are given the same token, beside the cluster's own secrets.
pub fn with_hosts() -> Lab {
    let mut lab = Lab::new(secrets());
    let token = Key { name: "join".into(), file: "hosts/join".into(), material: Material::Password };
    let lan = Network::new("lan", Subnet::new("10.0.0.0/24").unwrap());
    let artefact = |name| {
        let host = Host::new(name, (1, 1024), Nic::on(&lan, 1).unwrap());
        let script = File::script("machines/remote/join.sh", "install -m 0600 secrets/hosts/join /etc/join\n");
        Artefact { secrets: vec![token.clone()], ..Artefact::new(&host, "joining", script) }
    };
    lab.cluster.stacks[0].artefacts = vec![artefact("one"), artefact("two")];
    lab
}

#[test]
fn a_secret_of_hosts_is_made_once_listed_and_in_no_kustomization() {
    let lab = with_hosts();
    assert!(lab.ensure().unwrap().contains(&"hosts/join".to_owned()));
    let token = lab.read("hosts/join");
    assert_eq!((token.len(), lab.mode("hosts/join")), (32, 0o600));
    assert!(lab.ensure().unwrap().is_empty());
    assert_eq!(lab.read("hosts/join"), token);

    let line = "lab      hosts/join  hosts/join           present  0 hours\n";
    let list = lab.list(SystemTime::now());
    assert!(list.contains(line), "{list}");
    let files = stackwright::render::render(&lab.cluster).unwrap();
    let kustomization = &files[Utf8Path::new("lab/secrets/kustomization.yaml")].text;
    assert!(kustomization.contains("db/app/password") && !kustomization.contains("join"), "{kustomization}");
}

#[test]
fn git_ignores_the_secrets_of_a_cluster_that_has_only_those_of_hosts() {
    let mut lab = with_hosts();
    lab.cluster.stacks[0].secrets.clear();
    let files = stackwright::render::render(&lab.cluster).unwrap();
    assert!(files.contains_key(Utf8Path::new("lab/secrets/.gitignore")));
    assert!(!files.contains_key(Utf8Path::new("lab/secrets/kustomization.yaml")));
    let readme = &files[Utf8Path::new("lab/README.md")].text;
    assert!(readme.contains("| hosts/join | `hosts/` | joining on one, joining on two |"), "{readme}");
}

#[test]
fn a_secret_of_hosts_is_not_rotated_behind_their_back() {
    let lab = with_hosts();
    lab.ensure().unwrap();
    let before = lab.read("hosts/join");
    for name in ["join", "hosts/join"] {
        let error = lab.rotate(name).unwrap_err();
        assert!(error.to_string().contains("joining on one, joining on two"), "{error}");
        assert!(error.help().contains("hosts/join"), "{}", error.help());
    }
    assert_eq!(lab.read("hosts/join"), before);
}

/// A server of TLS outside the cluster: its host has both files, and pods have the certificate to trust it by.
#[test]
fn a_certificate_and_its_private_key_may_be_of_different_people() {
    let mut lab = with_hosts();
    let hosts = vec!["db.example.com".to_owned()];
    let certificate = Key {
        name: "tls.crt".into(),
        file: "hosts/db/tls.crt".into(),
        material: Material::Certificate { hosts, days: 365 },
    };
    let key = Key { name: "tls.key".into(), file: "hosts/db/tls.key".into(), material: Material::CertificateKey };
    lab.cluster.stacks[0].artefacts[0].secrets.extend([certificate.clone(), key]);
    let trust =
        SecretSpec { keys: vec![Key { name: "ca.crt".into(), ..certificate }], ..SecretSpec::new("db", "trust", []) };
    lab.cluster.stacks[0].secrets.push(trust);
    let made = lab.ensure().unwrap();
    assert!(["hosts/db/tls.crt", "db/trust"].iter().all(|name| made.contains(&(*name).to_owned())), "{made:?}");
    assert_eq!(lab.mode("hosts/db/tls.key"), 0o600);
    assert!(lab.ensure().unwrap().is_empty());
    let files = stackwright::render::render(&lab.cluster).unwrap();
    let kustomization = &files[Utf8Path::new("lab/secrets/kustomization.yaml")].text;
    assert!(
        kustomization.contains("ca.crt=hosts/db/tls.crt") && !kustomization.contains("hosts/db/tls.key"),
        "{kustomization}"
    );

    let before = [lab.read("hosts/db/tls.crt"), lab.read("hosts/db/tls.key")];
    lab.rotate("db/trust").unwrap();
    let after = [lab.read("hosts/db/tls.crt"), lab.read("hosts/db/tls.key")];
    assert!(before[0] != after[0] && before[1] != after[1]);
}

#[test]
fn a_certificate_whose_private_key_nobody_has_is_refused() {
    let mut lab = with_hosts();
    let material = Material::Certificate { hosts: vec!["db.example.com".to_owned()], days: 365 };
    let alone = Key { name: "tls.crt".into(), file: "hosts/db/tls.crt".into(), material };
    lab.cluster.stacks[0].artefacts[0].secrets.push(alone);
    let error = lab.ensure().unwrap_err();
    assert!(error.to_string().contains("hosts/db/tls.crt does not hold one certificate"), "{error}");
}

/// A client, as two hosts are given it: four files that are made together, once.
#[test]
fn a_client_comes_with_its_authority() {
    let mut lab = with_hosts();
    for artefact in &mut lab.cluster.stacks[0].artefacts {
        artefact.secrets.extend(client());
    }
    let files = ["ca.crt", "client.crt", "client.key", "ca.key"].map(|name| format!("hosts/client/{name}"));
    let files = files.each_ref().map(String::as_str);
    let made = lab.ensure().unwrap();
    assert!(made.contains(&"hosts/client/client.crt".to_owned()), "{made:?}");
    let before = files.map(|file| lab.read(file));
    assert!(before[..2].iter().all(|text| text.starts_with("-----BEGIN CERTIFICATE-----\n")));
    let keys = [2, 3];
    assert!(keys.iter().all(|key| before[*key].contains(" PRIVATE KEY-----\n")));
    assert!(keys.iter().all(|key| lab.mode(files[*key]) == 0o600) && before[2] != before[3]);
    assert!(lab.ensure().unwrap().is_empty());
    assert_eq!(files.map(|file| lab.read(file)), before);
    let list = lab.list(SystemTime::now());
    assert!(list.contains("hosts/client/client.crt  present  0 hours  until ") && !list.contains("stale"), "{list}");

    std::fs::remove_file(lab.path(files[0])).unwrap();
    let error = lab.ensure().unwrap_err();
    assert!(error.to_string().contains("hosts/client/ca.crt is not"), "{error}");
    assert!(files.iter().all(|file| error.help().contains(file)), "{}", error.help());
}

#[test]
fn a_client_without_its_authority_is_refused_and_an_authority_without_its_client() {
    for left_out in [0, 1, 3] {
        let mut lab = with_hosts();
        let mut keys = client().to_vec();
        keys.remove(left_out);
        lab.cluster.stacks[0].artefacts[0].secrets.extend(keys);
        let error = lab.ensure().unwrap_err();
        assert!(error.to_string().contains("hosts/client/"), "{error}");
    }
}

fn client() -> [Key; 4] {
    let key = |name: &str, material| Key { name: name.into(), file: format!("hosts/client/{name}").into(), material };
    [
        key("ca.crt", Material::ClientAuthority { days: 3650 }),
        key("client.crt", Material::ClientCertificate { name: "client".into(), days: 365 }),
        key("client.key", Material::CertificateKey),
        key("ca.key", Material::ClientAuthorityKey),
    ]
}
