//! What a render is made of, at four sizes: `cargo bench -p stackwright`. `docs/performance.md` has the figures.

#[path = "../examples/fleet/application.rs"]
mod application;
mod teams;

use std::hint::black_box;
use std::time::Duration;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, Divan};
use stackwright::check::Index;
use stackwright::{Cluster, check, render, shifts, yaml};

/// Objects; an application has five.
const SIZES: [usize; 4] = [10, 1_000, 10_000, 100_000];

fn main() {
    Divan::from_args().sample_count(10).max_time(Duration::from_secs(5)).run_benches();
}

fn fleet(objects: usize) -> Cluster {
    application::fleet(objects / 5).expect("a valid cluster")
}

fn stream(objects: usize) -> String {
    render::stream(&fleet(objects), None).expect("a stream")
}

/// The constructors alone.
#[divan::bench(args = SIZES)]
fn build(bencher: Bencher<'_, '_>, objects: usize) {
    bencher.counter(ItemsCount::new(objects)).bench(|| fleet(objects));
}

/// Every check of a built cluster.
#[divan::bench(args = SIZES)]
fn checked(bencher: Bencher<'_, '_>, objects: usize) {
    let fleet = fleet(objects);
    bencher.counter(ItemsCount::new(objects)).bench(|| check(&fleet));
}

/// Every check of a cluster of many kinds of objects, with machines: twenty-one objects for each team.
#[divan::bench(args = SIZES)]
fn checked_teams(bencher: Bencher<'_, '_>, objects: usize) {
    let teams = teams::teams(objects.div_ceil(21)).expect("a valid cluster");
    bencher.counter(ItemsCount::new(objects)).bench(|| check(&teams));
}

/// What is otherwise for the whole of such a cluster, where a team's policies and roles go.
#[divan::bench(args = SIZES)]
fn shifted_teams(bencher: Bencher<'_, '_>, objects: usize) {
    let (before, after) = (teams::teams(objects.div_ceil(21)), teams::teams(objects.div_ceil(21)));
    let (before, mut after) = (before.expect("a valid cluster"), after.expect("a valid cluster"));
    let first = after.stacks.first_mut().expect("a stack");
    first.objects.retain(|object| !["NetworkPolicy", "Role"].contains(&object.kind()));
    let indices = || (Index::of(&after), Index::of(&before));
    bencher
        .counter(ItemsCount::new(objects))
        .with_inputs(indices)
        .bench_local_refs(|(after, before)| shifts(after, before).len());
}

/// Objects to YAML.
#[divan::bench(args = SIZES)]
fn serialise(bencher: Bencher<'_, '_>, objects: usize) {
    let fleet = fleet(objects);
    let mut out = String::new();
    bencher.counter(ItemsCount::new(objects)).bench_local(|| {
        out.clear();
        for object in fleet.stacks.iter().flat_map(|stack| &stack.objects) {
            object.write_yaml(&mut out).expect("YAML");
        }
        black_box(out.len())
    });
}

/// The same structs to JSON by serde_json, as a yardstick.
#[divan::bench(args = SIZES)]
fn serialise_as_json(bencher: Bencher<'_, '_>, objects: usize) {
    use k8s_openapi::api::{apps::v1::Deployment, autoscaling::v2::HorizontalPodAutoscaler};
    use k8s_openapi::api::{core::v1::ConfigMap, core::v1::Service, networking::v1::Ingress};

    let fleet = fleet(objects);
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(objects)).bench_local(|| {
        out.clear();
        for object in fleet.stacks.iter().flat_map(|stack| &stack.objects) {
            match object.kind() {
                "ConfigMap" => serde_json::to_writer(&mut out, &object.get::<ConfigMap>()),
                "Deployment" => serde_json::to_writer(&mut out, &object.get::<Deployment>()),
                "Service" => serde_json::to_writer(&mut out, &object.get::<Service>()),
                "Ingress" => serde_json::to_writer(&mut out, &object.get::<Ingress>()),
                _ => serde_json::to_writer(&mut out, &object.get::<HorizontalPodAutoscaler>()),
            }
            .expect("JSON");
        }
        black_box(out.len())
    });
}

/// YAML to nodes with places.
#[divan::bench(args = SIZES, sample_count = 3)]
fn read(bencher: Bencher<'_, '_>, objects: usize) {
    let text = stream(objects);
    bencher.counter(BytesCount::of_str(&text)).bench(|| yaml::read(&text).expect("nodes").documents.len());
}

/// YAML to typed objects.
#[divan::bench(args = SIZES, sample_count = 3)]
fn read_and_decode(bencher: Bencher<'_, '_>, objects: usize) {
    let text = stream(objects);
    bencher.counter(BytesCount::of_str(&text)).bench(|| yaml::objects(&text).expect("objects").len());
}

/// The whole tree, a file per object, in memory.
#[divan::bench(args = SIZES)]
fn render_to_memory(bencher: Bencher<'_, '_>, objects: usize) {
    let fleet = fleet(objects);
    bencher.counter(ItemsCount::new(objects)).bench(|| render::render(&fleet).expect("a tree"));
}
