//! What kustomize knows of the fields of Kubernetes' kinds.

use std::sync::LazyLock;

/// The lines of the table, each as its words.
static TABLE: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("kustomize_fields.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(' ').collect::<Vec<_>>()).filter(|words| words.len() > 1).collect()
});

/// Where names of other objects stand in an object of a kind: whose, and the field.
pub fn names(kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().filter_map(move |line| match line[..] {
        ["name", known, target, field] if known == kind => Some((target, field)),
        _ => None,
    })
}

/// The selectors of an object of a kind that get labels where they have some already.
pub fn labelled(kind: &str, group: &str) -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter_map(move |line| match line[..] {
        ["label", known, field] => {
            let is_of = known.split_once('.').map_or(known == kind, |known| known == (kind, group));
            is_of.then_some(field)
        }
        _ => None,
    })
}

/// The keys on the way to a field, as kustomize writes it.
pub fn steps(field: &str) -> Vec<String> {
    // What no key has stands for a slash in one.
    field.replace("\\/", "\0").split('/').map(|key| key.replace('\0', "/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_says_something() {
        for line in TABLE.iter() {
            assert!(matches!(line[..], ["label", _, _] | ["name", _, _, _]), "kustomize_fields.txt: {line:?}");
        }
        let accounts = names("CronJob").filter(|(target, _)| *target == "ServiceAccount").map(|(_, field)| field);
        assert_eq!(accounts.collect::<Vec<_>>(), ["spec/jobTemplate/spec/template/spec/serviceAccountName"]);
        assert_eq!((labelled("Deployment", "apps").count(), labelled("Deployment", "example.org").count()), (5, 0));
        assert_eq!(
            steps("metadata/annotations/example.org\\/secret"),
            ["metadata", "annotations", "example.org/secret"]
        );
    }
}
