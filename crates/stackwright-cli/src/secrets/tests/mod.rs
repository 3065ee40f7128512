use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::thread;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use stackwright::prelude::*;
use tempfile::TempDir;

use super::certificate::self_signed;
use super::{ensure, list, rotate, to_give};

mod given;
mod hosts;
mod rotated;

const WEB_HOSTS: [&str; 2] = ["web.example.com", "*.web.example.com"];

/// A folder for a rendered tree, and the cluster `lab` with these secrets.
struct Lab {
    folder: TempDir,
    cluster: Cluster,
}

impl Lab {
    fn new(secrets: Vec<SecretSpec>) -> Self {
        let cluster = Cluster {
            stacks: vec![Stack { secrets, ..Stack::new("web", readers()) }],
            ..Cluster::new("lab", "1.35.4")
        };
        Self { folder: TempDir::new().unwrap(), cluster }
    }

    fn root(&self) -> &Utf8Path {
        self.folder.path().try_into().unwrap()
    }

    fn path(&self, file: &str) -> Utf8PathBuf {
        self.root().join("lab/secrets").join(file)
    }

    fn ensure(&self) -> Result<Vec<String>, Error> {
        ensure(self.root(), &self.cluster)
    }

    fn rotate(&self, name: &str) -> Result<String, Error> {
        rotate(self.root(), &self.cluster, name)
    }

    fn list(&self, now: SystemTime) -> String {
        list(self.root(), &[&self.cluster], now).unwrap()
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    fn mode(&self, file: &str) -> u32 {
        fs::metadata(self.path(file)).unwrap().permissions().mode() & 0o7777
    }

    /// A file of this age at the time `now`.
    fn write(&self, file: &str, contents: &str, mode: u32, now: SystemTime, age: Duration) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(now - age).unwrap();
    }

    /// The message of the error that making the material gives, and proof that nothing was made.
    fn refusal(&self) -> String {
        let before = super::Folder::of(self.root(), &self.cluster).files().ok();
        let error = self.ensure().unwrap_err();
        assert!(!error.help().is_empty());
        assert_eq!(super::Folder::of(self.root(), &self.cluster).files().ok(), before);
        crate::report::fact(&error).replace(self.root().as_str(), "ROOT")
    }
}

/// The database of the login, the shop that logs in, and the Ingress with the certificate.
fn readers() -> [Object; 3] {
    let pod = |secrets: &[&SecretSpec]| PodSpec {
        containers: vec![Container {
            name: "main".into(),
            env_from: Some(secrets.iter().map(all_secret_keys).collect()),
            ..default()
        }],
        ..default()
    };
    let (login, certificate) = (login(), certificate());
    let (db, web) = (App::new("db", "db"), App::new("web", "web"));
    let service = headless_service(&db, &[]);
    let mut front = ingress(&web, "public", WEB_HOSTS[0], backend(&service_for(&deployment(&web, pod(&[]))), "http"));
    front.spec.get_or_insert_default().tls = Some(vec![ingress_tls([WEB_HOSTS[0]], &certificate)]);
    [
        deployment(&web, pod(&[&login.copy_in("web"), &salts()])).into(),
        stateful_set(&db, &service, pod(&[&login]), Vec::new()).into(),
        front.into(),
    ]
}

fn login() -> SecretSpec {
    SecretSpec::login("db", "app", "shop")
}

fn salts() -> SecretSpec {
    SecretSpec::new("web", "salts", [("AUTH_KEY", Material::Salt), ("AUTH_SALT", Material::Salt)])
}

fn certificate() -> SecretSpec {
    SecretSpec::self_signed("web", "tls", WEB_HOSTS.map(str::to_owned).into(), 365)
}

/// A login that two namespaces share, eight salts fewer six, and a certificate.
fn secrets() -> Vec<SecretSpec> {
    vec![salts(), certificate(), login().copy_in("web"), login()]
}

const FILES: [&str; 6] = [
    "db/app/password",
    "db/app/username",
    "web/salts/AUTH_KEY",
    "web/salts/AUTH_SALT",
    "web/tls/tls.crt",
    "web/tls/tls.key",
];

#[test]
fn what_is_missing_is_made_once() {
    let lab = Lab::new(secrets());
    assert_eq!(lab.ensure().unwrap(), ["db/app", "web/app", "web/salts", "web/tls"]);
    let made = FILES.map(|file| lab.read(file));
    assert_eq!(made[1], "shop");
    assert_eq!([made[0].len(), made[2].len(), made[3].len()], [32, 64, 64]);
    assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), FILES.len());

    assert_eq!(lab.ensure().unwrap(), Vec::<String>::new());
    assert_eq!(FILES.map(|file| lab.read(file)), made);

    fs::remove_file(lab.path("web/salts/AUTH_KEY")).unwrap();
    assert_eq!(lab.ensure().unwrap(), ["web/salts"]);
    assert_ne!(lab.read("web/salts/AUTH_KEY"), made[2]);
    assert_eq!(lab.read("web/salts/AUTH_SALT"), made[3]);
}

#[test]
fn a_cluster_without_secrets_gets_no_folder() {
    let lab = Lab::new(Vec::new());
    assert_eq!(lab.ensure().unwrap(), Vec::<String>::new());
    assert!(!lab.root().join("lab").exists());
}

#[test]
fn nobody_else_may_read_and_rights_that_were_given_are_taken() {
    let lab = Lab::new(secrets());
    // As the renderer, or a clone, leaves it.
    lab.write(".gitignore", "*\n", 0o644, SystemTime::now(), Duration::ZERO);
    fs::set_permissions(lab.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let folders = ["", "db", "db/app", "web", "web/salts", "web/tls"];
    let modes = || (folders.map(|folder| lab.mode(folder)), FILES.map(|file| lab.mode(file)));

    lab.ensure().unwrap();
    assert_eq!(modes(), ([0o700; 6], [0o600; 6]));
    assert_eq!(lab.mode(".gitignore"), 0o644);

    fs::set_permissions(lab.path("web/tls/tls.key"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(lab.path("web/tls"), fs::Permissions::from_mode(0o777)).unwrap();
    assert!(lab.list(SystemTime::now()).contains("open to others (mode 0644)"));
    assert_eq!(lab.ensure().unwrap(), Vec::<String>::new());
    assert_eq!(modes(), ([0o700; 6], [0o600; 6]));
}

#[test]
fn half_a_pair_is_refused_until_it_is_rotated() {
    for (lost, left) in [("web/tls/tls.crt", "web/tls/tls.key"), ("web/tls/tls.key", "web/tls/tls.crt")] {
        let lab = Lab::new(secrets());
        lab.ensure().unwrap();
        fs::remove_file(lab.path(lost)).unwrap();
        fs::remove_file(lab.path("db/app/password")).unwrap();
        let message =
            format!("ROOT/lab/secrets/{left} is there but ROOT/lab/secrets/{lost} is not, and they belong together");
        assert_eq!(lab.refusal(), message);
        assert!(lab.ensure().unwrap_err().help().contains("`secrets rotate web/tls`"));
        lab.rotate("web/tls").unwrap();
        assert_eq!(lab.ensure().unwrap(), ["db/app", "web/app"]);
    }
}

#[test]
fn links_are_refused() {
    for link in ["..", "", "db", "db/app", "db/app/password", ".lock"] {
        let lab = Lab::new(secrets());
        let elsewhere = TempDir::new().unwrap();
        let path = lab.path(link);
        // Neither `..` nor a slash at the end, which would follow the link.
        let path = Utf8Path::new(path.as_str().trim_end_matches("/secrets/..").trim_end_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(elsewhere.path(), path).unwrap();
        let message = lab.ensure().unwrap_err().to_string();
        assert_eq!(message, format!("{path} is a symbolic link"));
        assert_eq!(lab.rotate("db/app").unwrap_err().to_string(), message);
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0, "{link}");
    }
}

#[test]
fn what_is_neither_file_nor_folder_is_left_alone() {
    let lab = Lab::new(secrets());
    fs::create_dir_all(lab.path("db/app/password")).unwrap();
    assert_eq!(lab.refusal(), "ROOT/lab/secrets/db/app/password is not a file");
    let lab = Lab::new(secrets());
    lab.write("db/app", "", 0o600, SystemTime::now(), Duration::ZERO);
    assert_eq!(lab.refusal(), "ROOT/lab/secrets/db/app is not a folder");
}

#[test]
fn contradicting_declarations_are_refused() {
    let key = |name: &str, file: &str, material| Key { name: name.to_owned(), file: file.into(), material };
    let secret = |keys| SecretSpec { keys, ..SecretSpec::new("db", "app", []) };
    let certificate = || Material::Certificate { hosts: vec!["example.com".to_owned()], days: 365 };
    let key_pair = "secret db/app does not hold one certificate with its one private key";
    let cases = [
        (
            vec![key("a", "db/a", Material::Password), key("b", "db/a", Material::Salt)],
            "two secrets name db/a but not the same material",
        ),
        (
            vec![
                key("a", "db/a", certificate()),
                key("b", "db/b", Material::CertificateKey),
                key("c", "db/b", Material::Salt),
            ],
            "two secrets name db/b but not the same material",
        ),
        (vec![key("a", "db/a", certificate())], key_pair),
        (vec![key("a", "db/a", Material::CertificateKey)], key_pair),
        (
            vec![
                key("a", "db/a", certificate()),
                key("b", "db/b", certificate()),
                key("c", "db/c", Material::CertificateKey),
            ],
            key_pair,
        ),
        (vec![key("a", "../a", Material::Salt)], "secret db/app names `../a`, which cannot hold material"),
        (vec![key("a", "/db/a", Material::Salt)], "secret db/app names `/db/a`, which cannot hold material"),
        (vec![key("a", ".gitignore", Material::Salt)], "secret db/app names `.gitignore`, which cannot hold material"),
        (vec![key("a", "db/a~", Material::Salt)], "secret db/app names `db/a~`, which cannot hold material"),
    ];
    for (keys, message) in cases {
        assert_eq!(Lab::new(vec![secret(keys)]).refusal(), message);
    }
}

#[test]
fn a_certificate_that_cannot_be_made_leaves_nothing_behind() {
    let tls = |host: &str, days| SecretSpec::self_signed("web", "tls", vec![host.to_owned()], days);
    let lab = Lab::new(vec![SecretSpec::login("db", "app", "shop"), tls("example.com", 0)]);
    assert_eq!(lab.refusal(), "a certificate is to be valid for 0 days");
    let long = format!("{}.com", "a".repeat(64));
    for host in [
        "",
        "-a.com",
        "a-.com",
        "a..com",
        "a.com.",
        "a b.com",
        "a_b.com",
        "*",
        "*.com",
        "a.*.com",
        "192.168.56.300",
        "b\u{fc}cher.de",
        "a.com\n",
        "a,CN=b",
        &long,
    ] {
        let lab = Lab::new(vec![SecretSpec::login("db", "app", "shop"), tls(host, 365)]);
        assert_eq!(lab.refusal(), format!("`{}` is not a host that a certificate can name", host.escape_debug()));
    }
    let lab = Lab::new(vec![SecretSpec::self_signed("web", "tls", Vec::new(), 365)]);
    assert_eq!(lab.refusal(), "a certificate names no host");
}

#[test]
fn runs_at_once_make_each_secret_once() {
    for _ in 0..10 {
        let lab = Lab::new(secrets());
        let runs: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| lab.ensure().unwrap())).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let mut made = runs.concat();
        made.sort();
        assert_eq!(made, ["db/app", "web/app", "web/salts", "web/tls"]);
        assert!(!lab.list(SystemTime::now()).contains("another's"));
        assert_eq!(super::Folder::of(lab.root(), &lab.cluster).files().unwrap(), FILES.map(Utf8PathBuf::from));
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_all_as_it_was() {
    let lab = Lab::new(secrets());
    let blocked = lab.path("web/tls/tls.crt~");
    fs::create_dir_all(&blocked).unwrap();
    let message = lab.refusal();
    assert!(message.starts_with("ROOT/lab/secrets/web/tls/tls.crt~ cannot be written: "), "{message}");

    fs::remove_dir(&blocked).unwrap();
    lab.ensure().unwrap();
    fs::create_dir(&blocked).unwrap();
    let before = FILES.map(|file| lab.read(file));
    lab.rotate("tls").unwrap_err();
    assert_eq!(FILES.map(|file| lab.read(file)), before);
    assert_eq!(super::Folder::of(lab.root(), &lab.cluster).files().unwrap(), FILES.map(Utf8PathBuf::from));
}

#[test]
fn what_a_killed_run_left_is_cleared_by_the_next() {
    let lab = Lab::new(secrets());
    let left = |file: &str| lab.write(file, "half of one", 0o600, SystemTime::now(), Duration::ZERO);
    for _ in ["before it was made", "and after"] {
        left("db/app/password~");
        lab.ensure().unwrap();
        assert_eq!(super::Folder::of(lab.root(), &lab.cluster).files().unwrap(), FILES.map(Utf8PathBuf::from));
        assert_eq!(lab.read("db/app/password").len(), 32);
    }
}
