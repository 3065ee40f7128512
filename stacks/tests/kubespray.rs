//! The rendered variables of kubespray.

/// A variable that the release does not define is ignored in silence, as `ingress_nginx_enabled` is since v2.31.
/// `e2e/machines/known_variables.py` refreshes the list.
#[test]
fn every_variable_is_one_that_the_release_defines() {
    let known: Vec<_> = include_str!("../../e2e/machines/kubespray-v2.31.0.txt").lines().collect();
    assert!(!known.contains(&"ingress_nginx_enabled"));
    let clusters = stackwright_stacks::clusters().expect("every cluster can be described");
    let files = clusters.iter().flat_map(|cluster| &cluster.stacks).flat_map(|stack| &stack.files);
    let mut count = 0;
    for file in files.filter(|file| file.path.as_str().contains("/group_vars/")) {
        for entry in stackwright::yaml::read(&file.text).expect("YAML").documents[0].entries() {
            assert!(known.contains(&entry.key.as_str()), "{} sets {}, which is no variable", file.path, entry.key);
            count += 1;
        }
    }
    assert!(count > 10, "{count} variables");
}
