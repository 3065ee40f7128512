//! What the tests of this crate share.
#![allow(dead_code, reason = "each of them takes what it needs")]

use std::fmt::Write as _;

use stackwright::prelude::*;
use stackwright_hosts::Access;

/// Quotes, substitutions of shells and of Ruby, a backslash before a quote, a line break and what looks like an option.
pub const HOSTILE: &str = include_str!("../hostile.txt");

pub fn subnet(cidr: &str) -> Subnet {
    Subnet::new(cidr).expect("a subnet")
}

/// Notes why a value is refused.
pub fn note<T>(refusals: &mut String, what: &str, value: &str, outcome: Result<T, Error>) {
    let Err(error) = outcome else { panic!("{what} {value:?} is taken") };
    writeln!(refusals, "{what} {value:?}\n  {error}\n  {}", error.help()).expect("a string takes any text");
}

pub fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/hosts"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The part of `bootstrap.sh` that holds the values.
pub fn values(bootstrap: &str) -> &str {
    bootstrap.split("readonly STEPS=").next().unwrap_or_default()
}

/// The files of a cluster that its values change.
pub fn files_with_values(stack: &Stack) -> String {
    let is_fixed = |file: &&&File| {
        let name = file.path.file_name().unwrap_or_default();
        file.path.starts_with("machines/remote")
            || (file.path.starts_with("machines/steps") && !["hosts.sh", "access.sh"].contains(&name))
    };
    let texts = stack.all_files().into_iter().filter(|file| !is_fixed(&file)).map(|file| match file.path.file_name() {
        Some("bootstrap.sh") => format!("# {}\n{}", file.path, values(&file.text)),
        _ => format!("# {}\n{}", file.path, file.text),
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// What a provider of instances needs, and its files as far as values change them.
pub fn files_of_instances(access: &Access) -> String {
    let values = |text: &str, before: &str| text.split(before).next().unwrap_or_default().to_owned();
    let texts = [&access.script].into_iter().chain(&access.files).map(|file| {
        let text = match file.path.file_name() {
            Some("instances.sh") => values(&file.text, "usage()"),
            Some("access.sh") => {
                let own = file.text.split("its disk is deleted\"; }\n").nth(1).unwrap_or_default();
                values(&file.text, "machines()") + &values(own, "access_prerequisites()")
            }
            _ => file.text.clone(),
        };
        format!("# {}\n{text}", file.path)
    });
    format!("{:#?}\n{}", access.needs, texts.collect::<Vec<_>>().join("\n"))
}
