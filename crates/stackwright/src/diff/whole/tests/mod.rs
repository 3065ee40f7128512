mod capacity;
mod pods;
mod reachability;
mod rights;

use super::shifts;
use crate::check::{Index, Input};
use crate::yaml;

/// What is told of a change, each with its word.
fn told(before: &str, after: &str) -> Vec<String> {
    let [before, after] = [before, after].map(|text| yaml::objects(text).expect("manifests"));
    let (before, after) = (Index::new(Input::new(&before)), Index::new(Input::new(&after)));
    shifts(&after, &before).iter().map(|shift| format!("{}: {}", shift.word(), shift.fact)).collect()
}

/// Manifests, and the same with a text replaced.
fn replaced(manifests: &str, from: &str, to: &str) -> Vec<String> {
    assert!(manifests.contains(from), "{from}");
    assert!(told(manifests, manifests).is_empty());
    told(manifests, &manifests.replace(from, to))
}

fn pod(name: &str, labels: &str, spec: &str) -> String {
    let metadata = format!("{{name: {name}, namespace: shop, labels: {{{labels}}}}}");
    format!("apiVersion: v1\nkind: Pod\nmetadata: {metadata}\nspec: {{{spec}}}\n---\n")
}
