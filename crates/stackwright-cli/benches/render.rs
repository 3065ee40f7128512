//! A whole render, a file per object, beside the same files written by nothing but the standard library; and what a change of it does:
//! `cargo bench -p stackwright-cli`. Files are written where `TMPDIR` says. `docs/performance.md` has the figures.

#[path = "../../stackwright/examples/fleet/application.rs"]
mod application;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, fs, process};

use divan::counter::ItemsCount;
use divan::{Bencher, Divan};
use k8s_openapi::api::apps::v1::Deployment;
use stackwright::{Cluster, render};

/// Objects; an application has four here.
const SIZES: [usize; 4] = [12, 1_000, 10_000, 100_000];

fn main() -> ExitCode {
    // The program that renders is this one.
    if let Some(objects) = env::var("FLEET").ok().and_then(|objects| objects.parse().ok()) {
        let fleet = if env::var_os("CHANGED").is_some() { changed(objects) } else { fleet(objects) };
        return stackwright_cli::run(Ok(vec![fleet]));
    }
    Divan::from_args().sample_count(5).sample_size(1).max_time(Duration::from_secs(30)).run_benches();
    ExitCode::SUCCESS
}

/// Applications without an Ingress: to make a certificate for each takes longer than all else.
fn fleet(objects: usize) -> Cluster {
    let mut fleet = application::fleet(objects / 4).expect("a valid cluster");
    for stack in &mut fleet.stacks {
        stack.objects.retain(|object| object.kind() != "Ingress");
        stack.secrets.clear();
    }
    fleet
}

/// The same, where every hundredth application has another image.
fn changed(objects: usize) -> Cluster {
    let mut fleet = fleet(objects);
    let deployments =
        fleet.stacks.iter_mut().flat_map(|stack| &mut stack.objects).filter(|object| object.kind() == "Deployment");
    for object in deployments.step_by(100) {
        let mut web = object.get::<Deployment>().expect("it is a Deployment").clone();
        web.spec.template.spec.iter_mut().for_each(|pod| pod.containers[0].image = Some("nginx:1.31".into()));
        *object = web.into();
    }
    fleet
}

fn root() -> PathBuf {
    env::temp_dir().join(format!("stackwright-bench-{}", process::id()))
}

/// Takes the tree away; before the first run there is none.
fn empty(root: &Path) {
    _ = fs::remove_dir_all(root);
}

/// A command of the program whose cluster has so many objects.
fn program(objects: usize) -> Command {
    let mut program = Command::new(env::current_exe().expect("this program knows where it is"));
    program.env("FLEET", objects.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
    program
}

fn run(command: &mut Command) {
    assert!(command.status().expect("it starts").success());
}

fn render_into(root: &Path, objects: usize) {
    run(program(objects).args(["render", "--out"]).arg(root));
}

/// The file system's own cost: folders and files, written anew by nothing but the standard library.
#[divan::bench(args = SIZES)]
fn plain_files(bencher: Bencher<'_, '_>, objects: usize) {
    let (root, tree) = (root(), render::render(&fleet(objects)).expect("a tree"));
    bencher.counter(ItemsCount::new(objects)).with_inputs(|| empty(&root)).bench_local_values(|()| {
        for (path, file) in &tree {
            let path = root.join(path);
            let folder = path.parent().expect("a folder");
            if !folder.exists() {
                fs::create_dir_all(folder).expect("a folder");
            }
            fs::write(&path, &file.text).expect("a file");
        }
    });
    empty(&root);
}

/// The whole command in an empty folder: build, check, render, and write each file as a whole.
#[divan::bench(args = SIZES)]
fn first_render(bencher: Bencher<'_, '_>, objects: usize) {
    let root = root();
    bencher
        .counter(ItemsCount::new(objects))
        .with_inputs(|| empty(&root))
        .bench_local_values(|()| render_into(&root, objects));
    empty(&root);
}

/// The same command again: every file is read, and none is written.
#[divan::bench(args = SIZES)]
fn second_render(bencher: Bencher<'_, '_>, objects: usize) {
    let root = root();
    render_into(&root, objects);
    bencher.counter(ItemsCount::new(objects)).bench_local(|| render_into(&root, objects));
    empty(&root);
}

/// What the code changes of the tree that it once rendered.
#[divan::bench(args = SIZES)]
fn diff_of_code(bencher: Bencher<'_, '_>, objects: usize) {
    let root = root();
    render_into(&root, objects);
    let diff = || run(program(objects).env("CHANGED", "yes").arg("diff").arg(&root));
    bencher.counter(ItemsCount::new(objects)).bench_local(diff);
    empty(&root);
}

/// What two trees differ in.
#[divan::bench(args = SIZES)]
fn diff_of_trees(bencher: Bencher<'_, '_>, objects: usize) {
    let root = root();
    let (before, after) = (root.join("before"), root.join("after"));
    render_into(&before, objects);
    run(program(objects).env("CHANGED", "yes").args(["render", "--out"]).arg(&after));
    bencher.counter(ItemsCount::new(objects)).bench_local(|| run(program(objects).arg("diff").args([&before, &after])));
    empty(&root);
}

/// What two streams differ in, each with all objects.
#[divan::bench(args = SIZES)]
fn diff_of_streams(bencher: Bencher<'_, '_>, objects: usize) {
    let root = root();
    fs::create_dir_all(&root).expect("a folder");
    let sides = [("before.yaml", fleet(objects)), ("after.yaml", changed(objects))].map(|(name, fleet)| {
        let file = root.join(name);
        fs::write(&file, render::stream(&fleet, None).expect("a stream")).expect("a file");
        file
    });
    bencher.counter(ItemsCount::new(objects)).bench_local(|| run(program(objects).arg("diff").args(&sides)));
    empty(&root);
}
