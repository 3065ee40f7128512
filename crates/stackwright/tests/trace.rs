//! The way of a request, on manifests: each `tests/trace/*.yaml` is asked for what its first line says, `# request: URL` or
//! `# request: kind/namespace/name -> host:port`, and `snapshots/trace/` has the way as people read it.
//!
//! A second line `# cluster: NAME` puts the objects on one of the clusters of the checks' tests, and `# closed` says that they are all
//! that there is. A case whose name begins with `good` gets through, and no other does.
//!
//! ```sh
//! INSTA_UPDATE=always cargo test -p stackwright --test trace
//! ```

#[allow(dead_code, reason = "the checks' tests have more clusters than are asked about here")]
mod clusters;

use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{fs, panic};

use stackwright::check::{Index, Input};
use stackwright::trace::{End, Request, Trace, mermaid, text, trace};
use stackwright::{Cluster, kubernetes, yaml};

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trace");
    let entries = fs::read_dir(folder).expect("the folder of cases is there");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("cases can be listed").path()).collect();
    cases.sort();
    let failed: Vec<_> = cases.iter().filter(|case| panic::catch_unwind(|| run(case)).is_err()).collect();
    assert!(!cases.is_empty() && failed.is_empty(), "{} failed: {failed:#?}", failed.len());
}

fn run(case: &Path) {
    let name = case.file_stem().expect("a case has a name").to_string_lossy().into_owned();
    let source = fs::read_to_string(case).expect("a case can be read");
    let read = yaml::objects(&source).expect("a case has objects");
    let cluster = headed(&source, "# cluster: ").map(clusters::cluster);
    let trace = asked(&source, &read, cluster.as_ref());
    let shown = text(&trace, |place| {
        let node = read[place.index].node.at(&place.path);
        Some(format!("line {}", node.unwrap_or_else(|| panic!("{} leads nowhere", place.path)).span.line))
    });

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../snapshots/trace"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.clone(), shown));
    let gets_through = matches!(trace.end(), End::Reached | End::Open);
    assert_eq!(gets_through, name.starts_with("good"), "{name}");
    assert!(mermaid(&trace).lines().count() > trace.hops.len(), "{name}");
}

fn asked(source: &str, read: &[yaml::Located], cluster: Option<&Cluster>) -> Trace {
    let request = headed(source, "# request: ").expect("a case begins with its request");
    let words: Vec<_> = request.split(" -> ").collect();
    let request = Request::parse(&words).expect("it is one");
    let index = Index::new(Input {
        cluster,
        kubernetes: cluster.and_then(|cluster| kubernetes::minor(&cluster.kubernetes).ok()),
        closed: cluster.is_some() || source.lines().any(|line| line == "# closed"),
        ..Input::new(read)
    });
    trace(&index, &request).expect("whoever asks is there")
}

/// What follows a word in one of the lines at the top.
fn headed<'t>(source: &'t str, word: &str) -> Option<&'t str> {
    source.lines().take_while(|line| line.starts_with('#')).find_map(|line| line.strip_prefix(word))
}

/// A workload, its Service, its Ingress and its policies, 2,500 times.
#[test]
fn ten_thousand_objects_are_asked_in_no_time() {
    use std::fmt::Write as _;
    let mut source = String::new();
    for number in 0..2500 {
        _ = write!(
            source,
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web{number}, namespace: n{}}}\nspec: {{selector: {{matchLabels: {{app: w{number}}}}}, template: {{metadata: {{labels: {{app: w{number}}}}}, spec: {{containers: [{{name: web, image: web, env: [{{name: NEXT_URL, value: \"http://web{}\"}}], ports: [{{name: http, containerPort: 8080}}]}}]}}}}}}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: web{number}, namespace: n{}}}\nspec: {{selector: {{app: w{number}}}, ports: [{{port: 80, targetPort: http}}]}}\n---\n\
             apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: web{number}, namespace: n{}}}\nspec: {{ingressClassName: nginx, rules: [{{host: w{number}.example, http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web{number}, port: {{number: 80}}}}}}}}]}}}}]}}\n---\n\
             apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: web{number}, namespace: n{}}}\nspec: {{podSelector: {{matchLabels: {{app: w{number}}}}}, policyTypes: [Ingress], ingress: [{{from: [{{namespaceSelector: {{}}}}], ports: [{{port: http}}]}}]}}\n---\n",
            number / 50,
            number + 1,
            number / 50,
            number / 50,
            number / 50,
        );
    }
    let read = yaml::objects(&source).expect("objects");
    assert_eq!(read.len(), 10_000);
    let index = Index::new(Input::new(&read));
    for words in [&["http://w1234.example/"][..], &["deployment/n3/web170", "web171:80"], &["http://nobody.example/"]] {
        let request = Request::parse(words).expect("a request");
        let start = Instant::now();
        let hops = trace(&index, &request).expect("whoever asks is there").hops.len();
        let taken = start.elapsed();
        println!("{request}: {hops} hops in {taken:?}");
        // Without optimisation, and beside other tests, it takes a multiple.
        let most = if cfg!(debug_assertions) { 2000 } else { 50 };
        assert!(taken.as_millis() < most, "{request}: {taken:?}");
    }
}
