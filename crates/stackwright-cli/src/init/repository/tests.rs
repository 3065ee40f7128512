//! What holds for every cluster, and what stacks are with other values than any cluster's.

use stackwright::prelude::*;
use stackwright::render;

use crate::clusters::clusters;
use crate::hello;

#[test]
fn nothing_is_wrong_with_any_cluster() {
    for cluster in clusters().expect("every cluster can be described") {
        assert_eq!(stackwright::check(&cluster), []);
    }
}

/// `rendered/` shows stacks with the values that clusters have, and this with others.
/// `cargo insta review` shows what changed, and accepts it.
#[test]
fn the_page_with_other_values() {
    let hello = hello::stack(&hello::Config {
        namespace: "elsewhere",
        host: "elsewhere.example",
        ingress_class: "another",
        replicas: 1,
    });
    let cluster = Cluster {
        stacks: vec![hello],
        ..Cluster::existing("elsewhere", "1.36")
    };
    let objects = render::stream(&cluster, None).expect("every object can be written");
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("hello", objects);
    });
}
