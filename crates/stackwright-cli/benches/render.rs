//! A whole render, a file per object, beside the same files written by nothing but the standard library:
//! `cargo bench -p stackwright-cli`. They are written where `TMPDIR` says. `docs/performance.md` has the figures.

#[path = "../../stackwright/examples/fleet/application.rs"]
mod application;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, fs, process};

use divan::counter::ItemsCount;
use divan::{Bencher, Divan};
use stackwright::{Cluster, render};

/// Objects; an application has four here.
const SIZES: [usize; 4] = [12, 1_000, 10_000, 100_000];

fn main() -> ExitCode {
    // The program that renders is this one.
    if let Some(objects) = env::var("FLEET").ok().and_then(|objects| objects.parse().ok()) {
        return stackwright_cli::run(Ok(vec![fleet(objects)]));
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

fn root() -> PathBuf {
    env::temp_dir().join(format!("stackwright-bench-{}", process::id()))
}

/// Takes the tree away; before the first run there is none.
fn empty(root: &Path) {
    _ = fs::remove_dir_all(root);
}

fn render_into(root: &Path, objects: usize) {
    let this = env::current_exe().expect("this program knows where it is");
    let mut render = Command::new(this);
    render.args(["render", "--out"]).arg(root).env("FLEET", objects.to_string()).stderr(Stdio::null());
    assert!(render.status().expect("it starts").success());
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
