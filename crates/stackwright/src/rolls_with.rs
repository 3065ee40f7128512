use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::ConfigMap;
use sha2::{Digest as _, Sha256};

use crate::workload::Workload;

/// The annotation of pods that holds what they roll with: `NAME=DIGEST`, by name, with spaces between.
pub const ROLLS_WITH: &str = "stackwright.dev/rolls-with";

/// Makes new pods of a workload follow a change of these ConfigMaps: what applies the change replaces the pods, as its strategy says.
///
/// A variable or a `subPath` never changes in a pod that runs. A mounted file does, but hardly a program reads its configuration twice. So
/// the pods carry a digest of what is in the ConfigMaps, and a new digest is a new template. A ConfigMap that is handed in again
/// replaces what was there of its name; others stay.
///
/// Secrets are not taken: a render knows no material, and its digest in git would help to guess it. `secrets rotate` prints the restarts.
///
/// ```
/// use stackwright::prelude::*;
///
/// let app = App::new("web", "shop");
/// let settings = config_map(&app, "settings", [("COLOUR", "green")]);
/// let container = Container { name: "web".into(), env_from: Some(vec![all_keys(&settings)]), ..default() };
/// let mut web = deployment(&app, PodSpec { containers: vec![container], ..default() });
/// rolls_with(&mut web, [&settings]);
/// let annotations = web.spec.template.metadata.and_then(|metadata| metadata.annotations).unwrap_or_default();
/// assert_eq!(annotations["stackwright.dev/rolls-with"], "settings=76f0aebd1a969f47");
/// ```
pub fn rolls_with<'c>(workload: &mut impl Workload, configs: impl IntoIterator<Item = &'c ConfigMap>) {
    let metadata = workload.template_mut().metadata.get_or_insert_default();
    let annotation = metadata.annotations.get_or_insert_default().entry(ROLLS_WITH.to_owned()).or_default();
    let before = annotation.split(' ').filter_map(|part| part.split_once('='));
    let mut digests: BTreeMap<_, _> = before.map(|(name, digest)| (name.to_owned(), digest.to_owned())).collect();
    digests
        .extend(configs.into_iter().map(|config| (config.metadata.name.clone().unwrap_or_default(), digest(config))));
    let parts: Vec<_> = digests.iter().map(|(name, digest)| format!("{name}={digest}")).collect();
    *annotation = parts.join(" ");
}

/// 64 bits of the SHA-256 of what a ConfigMap holds: enough to tell one version from the next.
fn digest(config: &ConfigMap) -> String {
    let text = config.data.iter().flatten().map(|(key, value)| (key, 0_u8, value.as_bytes()));
    let binary = config.binary_data.iter().flatten().map(|(key, value)| (key, 1_u8, value.0.as_slice()));
    let mut hash = Sha256::new();
    for (key, kind, value) in text.chain(binary) {
        // With their lengths, no two lists of keys and values are the same bytes.
        hash.update([kind]);
        for part in [key.as_bytes(), value] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::ROLLS_WITH;
    use crate::prelude::*;

    fn config(name: &str, data: &[(&str, &str)]) -> ConfigMap {
        config_map(&App::new("web", "shop"), name, data.iter().copied())
    }

    fn annotation(workload: &impl Workload) -> String {
        let metadata = workload.template().metadata.as_ref().unwrap();
        metadata.annotations.as_ref().unwrap()[ROLLS_WITH].clone()
    }

    fn rolled(configs: &[ConfigMap]) -> String {
        let mut web = deployment(&App::new("web", "shop"), PodSpec::default());
        rolls_with(&mut web, configs);
        annotation(&web)
    }

    #[test]
    fn each_change_of_what_is_in_it_is_another_digest() {
        let bytes = |text: &str| k8s_openapi::ByteString(text.into());
        let binary = ConfigMap { binary_data: Some([("a".into(), bytes("b"))].into()), ..config("it", &[]) };
        let all = [
            config("it", &[]),
            config("it", &[("a", "b")]),
            config("it", &[("a", "c")]),
            config("it", &[("ab", "")]),
            config("it", &[("a", ""), ("b", "")]),
            binary,
        ];
        let digests: std::collections::BTreeSet<_> = all.iter().map(|one| rolled(std::slice::from_ref(one))).collect();
        assert_eq!(digests.len(), all.len());
        // Its labels are no reason for new pods.
        let mut labelled = all[1].clone();
        labelled.metadata.labels = None;
        assert_eq!(rolled(&[labelled]), rolled(&all[1..2]));
    }

    #[test]
    fn several_calls_add_up_in_any_order() {
        let (one, two) = (config("one", &[("a", "1")]), config("two", &[("a", "2")]));
        let both = rolled(&[one.clone(), two.clone()]);
        let mut set = stateful_set(
            &App::new("web", "shop"),
            &headless_service(&App::new("web", "shop"), &[]),
            PodSpec::default(),
            Vec::new(),
        );
        rolls_with(&mut set, [&two]);
        rolls_with(&mut set, [&one]);
        rolls_with(&mut set, [&one]);
        assert_eq!(annotation(&set), both);
        let mut agents = daemon_set(&App::new("web", "shop"), PodSpec::default());
        rolls_with(&mut agents, [&config("one", &[("a", "3")])]);
        rolls_with(&mut agents, [&one, &two]);
        assert_eq!(annotation(&agents), both);
    }
}
