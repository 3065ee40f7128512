use camino::Utf8Path;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde_json::Value;
use stackwright::prelude::*;
use stackwright::yaml::Document;

use super::{Walked, walk};
use crate::flags::OUT;

/// What a walk of one of `tests/gitops` finds to be applied to its only cluster.
fn walked(name: &str) -> Walked {
    let folder = format!("{}/tests/gitops/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut walk = walk(Utf8Path::new(&folder), None).expect("Flux or Argo CD applies it");
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

/// What is wrong in a walked fixture, in words.
fn problems(walked: &Walked) -> Vec<&str> {
    walked.problems.iter().map(|problem| problem.message.as_str()).collect()
}

#[test]
fn patches_and_replacements_may_be_for_what_is_not_fetched() {
    // What the folder beside it lacks is no excuse for a patch.
    let walked = walked("remote");
    assert_eq!(problems(&walked), ["a patch is for ConfigMap gone, which is not among the resources"]);
    // The objects that are there are looked at as ever.
    assert!(!walked.is_part);
}

#[test]
fn a_remote_component_may_change_everything() {
    let walked = walked("remote-component");
    assert!(problems(&walked).is_empty() && walked.is_part, "{:?}", problems(&walked));
}

#[test]
fn a_kustomization_that_is_left_out_is_no_beginning() {
    let walked = walked("switched-off");
    assert_eq!(walked.problems, []);
    let names: Vec<_> = lines(&walked.documents).iter().map(name).collect();
    assert_eq!(names, ["ConfigMap web/web", "Kustomization flux-system/apps", "Kustomization flux-system/web"]);
}

#[test]
fn the_root_of_another_repository_is_not_that_of_this_one() {
    for (fixture, applied) in
        [("others-flux", "Kustomization flux-system/web"), ("others-argo", "Application argocd/web")]
    {
        let walked = walked(fixture);
        assert_eq!(walked.problems, [], "{fixture}");
        let names: Vec<_> = lines(&walked.documents).iter().map(name).collect();
        assert!(names.iter().any(|name| name == applied), "{fixture}: {names:?}");
        assert_eq!(names.iter().filter(|name| *name == "ConfigMap web/web").count(), 1, "{fixture}: {names:?}");
        assert!(!names.iter().any(|name| name == "ConfigMap web/old"), "{fixture}: {names:?}");
    }
}

#[test]
fn git_knows_the_address_of_this_repository() {
    let source = |name: &str, url: &str| {
        format!(
            "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {{name: {name}, namespace: flux-system}}\n\
             spec: {{interval: 1h, url: '{url}'}}\n---\n\
             apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: {name}, namespace: flux-system}}\n\
             spec: {{interval: 1h, prune: true, path: ./, sourceRef: {{kind: GitRepository, name: {name}}}}}\n"
        )
    };
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let root = Utf8Path::from_path(folder.path()).expect("its path is text");
    let both = [source("home", "https://git.example/me/home"), source("other", "https://git.example/you/other")];
    std::fs::write(root.join("both.yaml"), both.join("---\n")).expect("a file can be written");
    let notes = || walk(root, None).expect("Flux applies it").notes;
    assert!(notes().is_empty(), "{:?}", notes());

    for arguments in [&["init", "--quiet"][..], &["remote", "add", "origin", "ssh://git@git.example:2222/me/home.git"]]
    {
        let done = std::process::Command::new("git").args(arguments).current_dir(root).status();
        assert!(done.is_ok_and(|status| status.success()), "{arguments:?}");
    }
    let other = "not walked: Kustomization other, of GitRepository other, which is not this repository";
    assert_eq!(notes().into_iter().collect::<Vec<_>>(), [other]);
}

/// A cluster with objects that wait for a definition and for a release, delivered by Flux or Argo CD.
fn delivered(delivery: Delivery) -> Cluster {
    const CHART: Chart = Chart { repository: "https://charts.example", name: "watch", version: "1.0.0", digest: None };
    let object = |api_version, kind, name: &str| {
        let metadata = ObjectMeta { name: Some(name.into()), namespace: Some("web".into()), ..default() };
        Object::custom(api_version, kind, metadata, [("spec", serde_json::json!({}))])
    };
    let web = deployment(&App::new("web", "web"), default());
    let objects =
        [namespace("web", PodSecurity::Restricted).into(), web.into(), object("watch.example/v1", "Watch", "web")];
    let release = Release {
        brings: vec!["watch.example".into()],
        ..Release::new("watch", "web", CHART, &serde_json::json!({ "text": "${NAME} and $$" }))
    };
    let stack = Stack { releases: vec![release], ..Stack::new("web", objects) };
    Cluster { delivery, stacks: vec![stack], ..Cluster::existing("lab", "1.36.2") }
}

#[test]
fn what_is_rendered_for_flux_or_argo_cd_is_walked_whole_and_once() {
    let repository = || Repository::new("https://git.example/lab.git", OUT);
    let helm = ["HelmRelease web/watch", "HelmRepository web/watch"];
    let flux = [
        "GitRepository flux-system/lab",
        "Kustomization flux-system/lab",
        "Kustomization flux-system/lab-after-watch",
        "Kustomization flux-system/lab-objects",
        "Kustomization flux-system/lab-release-watch",
    ];
    let argo =
        ["lab", "lab-after-watch", "lab-objects", "lab-release-watch"].map(|name| format!("Application argocd/{name}"));
    let own = ["Deployment web/web", "Namespace /web", "Watch web/web"].map(str::to_owned);
    let of_flux = flux.iter().chain(&helm).map(|name| (*name).to_owned());
    for (delivery, appliers, notes) in [
        (Delivery::Flux(Flux::new(repository())), of_flux.collect::<Vec<_>>(), 0),
        (Delivery::ArgoCd(repository()), argo.to_vec(), 1),
    ] {
        let cluster = delivered(delivery);
        let root = tempfile::tempdir().expect("there is a folder for temporary files");
        let root = Utf8Path::from_path(root.path()).expect("its path is text");
        std::fs::create_dir(root.join(".git")).expect("a folder can be made");
        for file in stackwright::render::render(&cluster).expect("it is rendered").into_values() {
            let place = root.join(OUT).join(file.path);
            std::fs::create_dir_all(place.parent().expect("it is in a folder")).expect("a folder can be made");
            std::fs::write(place, file.text).expect("a file can be written");
        }
        let mut walk = walk(&root.join(OUT), None).expect("it is to be applied");
        assert_eq!((walk.clusters.len(), walk.notes.len()), (1, notes), "{:?}", walk.notes);
        let walked = walk.clusters.remove(0);
        assert_eq!(walked.problems, []);
        let mut wanted: Vec<_> = own.iter().chain(&appliers).cloned().collect();
        wanted.sort();
        assert_eq!(lines(&walked.documents).iter().map(name).collect::<Vec<_>>(), wanted);
        // What is no variable of Flux stays as it is.
        if notes == 0 {
            let values =
                lines(&walked.documents).into_iter().find_map(|line| line.pointer("/spec/values/text").cloned());
            assert_eq!(values, Some("${NAME} and $$".into()));
        }
    }
}
