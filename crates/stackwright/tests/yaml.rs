//! What holds for any value: what is written is read back, by a parser that knows nothing of the emitter.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec};
use k8s_openapi::api::core::v1::{ConfigMap, Container, EnvVar, Pod, PodSpec, PodTemplateSpec, Secret};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::Value;
use stackwright::yaml;

/// Strings of what YAML's grammars and scalars are made of, besides any characters at all.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "y",
        "N",
        "on",
        "true",
        "null",
        "~",
        "0",
        "7",
        "1e3",
        "0x1F",
        "0o7",
        "1_000",
        ".",
        "..",
        "...",
        "---",
        "-",
        "- ",
        "? ",
        ":",
        ": ",
        "#",
        " #",
        "<<",
        "=",
        "|",
        ">",
        "&a",
        "*a",
        "!a",
        "%",
        "@",
        "`",
        "'",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\n ",
        "\n\t",
        "\r",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{a0}",
        "\u{202e}",
        "\0",
        "\u{1b}",
        "é",
        "漢",
        "\u{1f600}",
        "2026-11-21",
        "12:30",
        ".inf",
        ".NaN",
        "a",
        "web",
        "1Gi",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..5).prop_map(Value::from_iter),
        ]
    })
}

/// An object of a kind without a struct, so that anything can stand in it.
fn custom_resource() -> impl Strategy<Value = Value> {
    (value(), text()).prop_map(
        |(spec, key)| serde_json::json!({"spec": spec, key: 1, "apiVersion": "example.com/v1", "kind": "Anything", "metadata": {"name": "a"}}),
    )
}

fn pod() -> impl Strategy<Value = Pod> {
    let labels = || prop::option::of(prop::collection::btree_map(text(), text(), 0..4));
    let env = (text(), prop::option::of(text())).prop_map(|(name, value)| EnvVar { name, value, value_from: None });
    let container = (text(), prop::option::of(prop::collection::vec(text(), 0..4)), prop::collection::vec(env, 0..4))
        .prop_map(|(name, command, env)| Container { name, command, env: Some(env), ..Container::default() });
    (labels(), labels(), prop::collection::vec(container, 0..3)).prop_map(|(labels, annotations, containers)| Pod {
        metadata: ObjectMeta { labels, annotations, ..ObjectMeta::default() },
        spec: Some(PodSpec { containers, ..PodSpec::default() }),
        status: None,
    })
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn read(text: &str) -> Value {
    let documents = yaml::read(text).unwrap_or_else(|problems| panic!("{text:?}: {}", problems[0])).documents;
    let [document] = documents.as_slice() else { panic!("{} documents in {text:?}", documents.len()) };
    serde_json::to_value(document).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_value_is_read_as_it_was_written(value in value()) {
        let wrapped = serde_json::json!({"value": value, "end": [1]});
        prop_assert_eq!(read(&yaml::to_string(&wrapped).unwrap()), wrapped);
    }

    #[test]
    fn any_typed_object_is_read_as_it_was_written(pod in pod(), data in prop::collection::btree_map(text(), text(), 1..4)) {
        let map = ConfigMap { data: Some(data), ..ConfigMap::default() };
        let mut stream = yaml::to_string(&pod).unwrap();
        stream.push_str("---\n");
        yaml::write(&mut stream, &map).unwrap();
        let objects = yaml::objects(&stream).unwrap();
        prop_assert_eq!(objects[0].object.get::<Pod>(), Some(&pod));
        prop_assert_eq!(objects[1].object.get::<ConfigMap>(), Some(&map));
    }

    #[test]
    fn format_keeps_whole_objects(pod in pod(), data in prop::collection::btree_map(text(), text(), 1..4), bytes in any::<Vec<u8>>()) {
        let config: ConfigMap = ConfigMap { data: Some(data.clone()), ..ConfigMap::default() };
        let secret = Secret {
            data: Some(data.keys().map(|key| (key.clone(), ByteString(bytes.clone()))).collect()),
            string_data: Some(data),
            ..Secret::default()
        };
        let template = PodTemplateSpec { metadata: Some(pod.metadata.clone()), spec: pod.spec.clone() };
        let selector = LabelSelector { match_labels: pod.metadata.labels.clone(), ..LabelSelector::default() };
        let deployment = Deployment {
            metadata: pod.metadata.clone(),
            spec: DeploymentSpec { replicas: Some(3), selector, template, ..DeploymentSpec::default() },
            status: None,
        };
        let objects = [json(&pod), json(&config), json(&secret), json(&deployment)];
        // JSON in a row, as `kubectl get -o json` in a loop prints it, comes out as YAML with the same data.
        let stream: String = objects.iter().map(Value::to_string).collect();
        let formatted = yaml::format(&stream).unwrap().text;
        let read: Vec<_> = yaml::read(&formatted).unwrap().documents.iter().map(json).collect();
        prop_assert_eq!(&read[..], &objects[..]);
        prop_assert_eq!(&yaml::format(&formatted).unwrap().text, &formatted);
        // And the list of them is them.
        let list = serde_json::json!({"apiVersion": "v1", "kind": "List", "items": objects});
        prop_assert_eq!(&yaml::format(&list.to_string()).unwrap().text, &formatted);
    }

    #[test]
    fn format_keeps_the_data_and_its_own_output(object in custom_resource()) {
        let formatted = yaml::format(&object.to_string()).unwrap().text;
        prop_assert_eq!(read(&formatted), object);
        prop_assert_eq!(&yaml::format(&formatted).unwrap().text, &formatted);
    }

    #[test]
    fn the_reader_never_panics_and_places_lie_in_the_text(pieces in prop::collection::vec(text(), 0..12)) {
        let text = pieces.concat();
        match yaml::objects(&text) {
            Ok(_) => {}
            Err(problems) => {
                for problem in problems {
                    prop_assert!(text.is_char_boundary(problem.span.start), "{:?} {}", text, problem);
                    prop_assert!(problem.span.line <= text.lines().count().max(1) + 1);
                }
            }
        }
    }

    #[test]
    fn maps_of_numbers_and_flags_keep_their_keys(numbers in prop::collection::btree_map(any::<i32>(), text(), 0..4)) {
        let keys: BTreeMap<String, String> = numbers.iter().map(|(key, value)| (key.to_string(), value.clone())).collect();
        prop_assert_eq!(read(&yaml::to_string(&numbers).unwrap()), serde_json::to_value(keys).unwrap());
    }
}
