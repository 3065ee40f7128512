//! What the stacks render, held still: `cargo insta review` shows what a change does to it.

use stackwright::{Cluster, Stack};
use stackwright_stacks::clusters;

/// A snapshot in the repository's `snapshots/`, with nothing in it but the text.
fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
