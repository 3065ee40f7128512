use camino::Utf8Path;
use serde_json::Value;
use stackwright::yaml::Document;

use super::{Walked, walk};

/// What a walk of one of `tests/gitops` finds to be applied to its only cluster.
fn walked(name: &str) -> Walked {
    let folder = format!("{}/tests/gitops/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut walk = walk(Utf8Path::new(&folder)).expect("Flux or Argo CD applies it");
    assert_eq!(walk.clusters.len(), 1, "{:?}", walk.notes);
    walk.clusters.remove(0)
}

/// What tells an object from others.
fn name(object: &Value) -> String {
    let text = |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    format!("{} {}/{}", text("/kind"), text("/metadata/namespace"), text("/metadata/name"))
}

fn lines(documents: &[Document]) -> Vec<Value> {
    let mut lines: Vec<_> =
        documents.iter().map(|document| serde_json::to_value(&document.node).expect("it is data")).collect();
    lines.sort_by_key(name);
    lines
}

/// e2e/gitops/run writes the file by Flux' code, and compares it with what is committed.
#[test]
fn what_is_applied_is_what_the_code_of_flux_makes() {
    let walked = walked("flux");
    assert_eq!(walked.problems, []);
    assert!(!walked.is_part);
    let golden = include_str!("../../tests/gitops/flux.jsonl");
    let mut wanted: Vec<Value> =
        golden.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    wanted.sort_by_key(name);
    // What is no variable stays marked as none.
    let unmarked =
        |line: Value| serde_json::from_str(&line.to_string().replace("$${", "${")).expect("it is JSON still");
    let mut found: Vec<Value> = lines(&walked.documents).into_iter().map(unmarked).collect();
    found.sort_by_key(name);
    assert_eq!(found, wanted);
}

#[test]
fn argo_cd_applies_what_its_applications_name() {
    let walked = walked("argo");
    let names: Vec<_> = lines(&walked.documents).iter().map(name).collect();
    let wanted = [
        "Pod web/web-lab",
        "Service web/web-lab",
        "Pod plain/plain",
        "ConfigMap plain/plian",
        "Application argocd/web",
    ];
    for wanted in wanted {
        assert!(names.iter().any(|known| known == wanted), "{wanted} is not among {names:?}");
    }
    assert!(!names.iter().any(|name| name.ends_with("/below")));
}
