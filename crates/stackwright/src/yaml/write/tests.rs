use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::to_string;

fn yaml(value: impl Serialize) -> String {
    to_string(&value).unwrap()
}

#[test]
fn lists_stand_under_their_key_and_maps_two_columns_in() {
    let value = json!({"ports": [{"name": "http", "port": 80}, {"name": "https", "tags": ["a", "b"]}], "empty": [], "none": {}, "rows": [[1, 2], [], [{"a": {"b": 3}}]]});
    insta::assert_snapshot!(yaml(value), @r"
    ports:
    - name: http
      port: 80
    - name: https
      tags:
      - a
      - b
    empty: []
    none: {}
    rows:
    - - 1
      - 2
    - []
    - - a:
          b: 3
    ");
}

#[test]
fn every_kind_of_value_is_itself() {
    #[derive(Serialize)]
    struct Newtype(u8);
    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    enum Kind {
        Plain,
        Text(&'static str),
        Pair(u8, u8),
        Fields { a: u8 },
    }
    #[derive(Serialize)]
    struct All {
        null: Option<u8>,
        some: Option<bool>,
        newtype: Newtype,
        unit: Unit,
        integers: (i8, u64, i128),
        floats: [f64; 7],
        single: f32,
        character: char,
        kinds: [Kind; 4],
        last: u8,
    }
    let value = All {
        null: None,
        some: Some(true),
        newtype: Newtype(7),
        unit: Unit,
        integers: (-1, u64::MAX, i128::MIN),
        floats: [1.0, 0.1, 1e300, 1e-7, f64::NAN, f64::INFINITY, f64::NEG_INFINITY],
        single: 0.1,
        character: 'y',
        kinds: [Kind::Plain, Kind::Text("a\nb\n"), Kind::Pair(1, 2), Kind::Fields { a: 1 }],
        last: 1,
    };
    insta::assert_snapshot!(yaml(value), @r#"
    "null": null
    some: true
    newtype: 7
    unit: null
    integers:
    - -1
    - 18446744073709551615
    - -170141183460469231731687303715884105728
    floats:
    - 1.0
    - 0.1
    - 1.0e+300
    - 1.0e-7
    - .nan
    - .inf
    - -.inf
    single: 0.1
    character: "y"
    kinds:
    - Plain
    - Text: |
        a
        b
    - Pair:
      - 1
      - 2
    - Fields:
        a: 1
    last: 1
    "#);
}

#[test]
fn keys_are_quoted_like_values_and_numbers_stay_numbers() {
    assert_eq!(yaml(BTreeMap::from([("on", 1), ("a\nb", 2)])), "\"a\\nb\": 2\n\"on\": 1\n");
    assert_eq!(yaml(BTreeMap::from([(80, "web")])), "80: web\n");
    assert_eq!(yaml(BTreeMap::from([(true, 'x')])), "true: x\n");
}

#[test]
fn a_key_that_is_too_long_for_a_reader_is_marked_as_a_key() {
    let long = "k".repeat(1100);
    assert_eq!(yaml(json!({ &long: {"a": [1]}, "b": 2 })), format!("? {long}\n:\n  a:\n  - 1\nb: 2\n"));
}

#[test]
fn bytes_and_keys_that_no_reader_accepts_are_refused() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(b"\xff")
        }
    }
    let refusal = |value: Result<String, super::Error>| value.unwrap_err().to_string();
    assert_eq!(refusal(to_string(&Bytes)), "YAML that Kubernetes reads has no bytes: write them as a base64 string");
    assert_eq!(refusal(to_string(&BTreeMap::from([((1, 2), 3)]))), "a list can't be the key of a map: use a string");
}

#[test]
fn metadata_stands_at_the_top_of_an_object() {
    use k8s_openapi::api::core::v1::ConfigMap;
    let mut map = ConfigMap { data: Some(BTreeMap::from([("a".into(), "b".into())])), ..ConfigMap::default() };
    map.metadata.name = Some("m".into());
    assert_eq!(yaml(&map), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  a: b\n");
}
