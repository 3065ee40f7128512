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
            env_from: Some(secrets.iter().map(|secret| all_secret_keys(secret)).collect()),
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

#[test]
fn rotation_replaces_what_is_generated_and_says_what_is_left_to_do() {
    let lab = Lab::new(secrets());
    lab.ensure().unwrap();
    let before = FILES.map(|file| lab.read(file));
    let message = lab.rotate("app").unwrap().replace(lab.root().as_str(), "ROOT");
    assert_eq!(
        message,
        "replaced ROOT/lab/secrets/db/app/password\n\
         web/app has the same material, and so changes too\n\
         next: carry it into the cluster: `kubectl apply -k ROOT/lab`\n\
         then: restart StatefulSet db/db, whose pods read it when they start: `kubectl --namespace db rollout restart statefulset/db`\n\
         then: wait until all pods of StatefulSet db/db are new: `kubectl --namespace db rollout status --timeout=10m statefulset/db`\n\
         then: restart Deployment web/web, whose pods read it when they start: `kubectl --namespace web rollout restart deployment/web`\n\
         then: wait until all pods of Deployment web/web are new: `kubectl --namespace web rollout status --timeout=10m deployment/web`\n"
    );
    let after = FILES.map(|file| lab.read(file));
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1..], before[1..]);
    assert_eq!(lab.mode("db/app/password"), 0o600);

    lab.rotate("web/tls").unwrap();
    lab.rotate("salts").unwrap();
    let last = FILES.map(|file| lab.read(file));
    assert_eq!(last[..2], after[..2]);
    assert!((2..6).all(|index| last[index] != after[index]));
    assert!(!lab.list(SystemTime::now()).contains("another's"));
    assert_eq!(super::Folder::of(lab.root(), &lab.cluster).files().unwrap(), FILES.map(Utf8PathBuf::from));
}

#[test]
fn rotation_makes_what_was_never_made() {
    let lab = Lab::new(secrets());
    lab.rotate("db/app").unwrap();
    assert_eq!((lab.read("db/app/username").as_str(), lab.read("db/app/password").len()), ("shop", 32));
    assert_eq!(lab.ensure().unwrap(), ["web/salts", "web/tls"]);

    let lab = Lab::new(vec![SecretSpec::new("db", "names", [("user", Material::Text("shop".to_owned()))])]);
    lab.ensure().unwrap();
    assert_eq!(
        lab.rotate("names").unwrap(),
        "db/names holds only text that the code declares: there is nothing to replace\n"
    );
}

#[test]
fn names_that_mean_no_secret_or_several_are_refused() {
    let lab = Lab::new([secrets(), vec![SecretSpec::login("db", "salts", "root")]].concat());
    let refusal = |name: &str| {
        let error = lab.rotate(name).unwrap_err();
        (error.to_string(), error.help().to_owned())
    };
    let all = "it has db/app, db/salts, web/app, web/salts, web/tls";
    assert_eq!(
        refusal("web/tsl"),
        ("lab has no secret `web/tsl`".to_owned(), format!("did you mean `web/tls`? {all}"))
    );
    assert_eq!(refusal("quite\nelse"), ("lab has no secret `quite\\nelse`".to_owned(), all.to_owned()));
    assert_eq!(
        refusal("salts"),
        ("`salts` is the name of several secrets of lab".to_owned(), "say which: db/salts, web/salts".to_owned())
    );
    assert!(!lab.root().join("lab").exists());
}

#[test]
fn the_list_tells_state_age_and_what_is_wrong() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 20_000 + 12); // 2024-10-04
    let day = Duration::from_hours(24);
    let lab = Lab::new(
        [secrets(), vec![SecretSpec::self_signed("web", "old", vec!["old.example.com".to_owned()], 365)]].concat(),
    );
    let pair = self_signed(&WEB_HOSTS.map(str::to_owned), 365, now - day * 5).unwrap();
    lab.write("web/tls/tls.crt", &pair.certificate, 0o600, now, day * 5);
    lab.write("web/tls/tls.key", &pair.key, 0o644, now, day * 5);
    let expired = self_signed(&["other.example.com".to_owned()], 30, now - day * 31).unwrap();
    lab.write("web/old/tls.crt", &expired.certificate, 0o600, now, day * 31);
    lab.write("web/old/tls.key", &pair.key, 0o600, now, day);
    lab.write("db/app/username", "somebody", 0o600, now, Duration::from_hours(1));
    lab.write("db/app/password", "hunter2", 0o600, now, Duration::from_mins(30));
    lab.write("db/gone/password", "hunter3", 0o600, now, day);
    lab.write("kustomization.yaml", "", 0o644, now, day);
    let table = "\
CLUSTER  SECRET     FILE                 STATE    AGE      NOTE
lab      db/app     db/app/password      present  0 hours
lab      db/app     db/app/username      present  1 hour   not what is declared: delete it and render again
lab      web/app    db/app/password      present  0 hours
lab      web/app    db/app/username      present  1 hour   not what is declared: delete it and render again
lab      web/old    web/old/tls.crt      present  31 days  EXPIRED 2024-10-03, does not name old.example.com: rotate it, its key is another's: rotate it, nobody reads it
lab      web/old    web/old/tls.key      present  1 day    nobody reads it
lab      web/salts  web/salts/AUTH_KEY   missing  -        `render --out` makes it
lab      web/salts  web/salts/AUTH_SALT  missing  -        `render --out` makes it
lab      web/tls    web/tls/tls.crt      present  5 days   until 2025-09-29, 360 days left
lab      web/tls    web/tls/tls.key      present  5 days   open to others (mode 0644)
lab      -          db/gone/password     stale    -        nothing declares it: delete it if nothing needs it
";
    assert_eq!(lab.list(now), table);
}

#[test]
fn no_value_is_shown() {
    let lab = Lab::new(secrets());
    let mut shown = lab.ensure().unwrap().concat();
    let mut values = FILES.map(|file| lab.read(file)).to_vec();
    for secret in ["app", "salts", "tls"] {
        shown += &lab.rotate(secret).unwrap();
        shown += &lab.list(SystemTime::now());
    }
    values.extend(FILES.map(|file| lab.read(file)));
    for line in values.iter().flat_map(|value| value.lines()).filter(|line| *line != "shop") {
        assert!(!shown.contains(line));
    }
}

/// Two hosts that are given the same token, beside the cluster's own secrets.
fn with_hosts() -> Lab {
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
        "What is yours to give, you write there.",
        "| yours to give: a token of the DNS provider |",
        "key is yours to give: the mail service's key",
    ] {
        assert!(readme.contains(part), "{readme}");
    }
}
