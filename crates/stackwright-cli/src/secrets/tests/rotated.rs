//! Rotating secrets, and the list of them.

use super::*;

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
    assert_eq!(crate::secrets::Folder::of(lab.root(), &lab.cluster).files().unwrap(), FILES.map(Utf8PathBuf::from));
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
lab      web/old    web/old/tls.crt      present  31 days  EXPIRED 2024-10-03, does not name old.example.com, its key is another's: replace it: `secrets rotate web/old`, nobody reads it
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
