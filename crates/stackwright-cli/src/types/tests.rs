//! What types are made of which schema, and that a schema which is none ends in an error or in open types.

use proptest::prelude::*;

use super::*;

const HEAD: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: example.org
  scope: Cluster
  names: {kind: Thing, plural: things}
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
";

fn file(text: &str) -> Source {
    Source { name: "crd.yaml".to_owned(), text: text.to_owned() }
}

fn indented(text: &str, by: &str) -> String {
    format!("{by}{}", text.replace('\n', &format!("\n{by}")))
}

fn definition(schema: &str) -> String {
    format!("{HEAD}{}\n", indented(schema, "        "))
}

/// The fields of the spec of a kind whose spec has these properties, and what comes after it.
fn spec(properties: &str) -> String {
    let properties = indented(properties, "      ");
    let schema = format!("type: object\nproperties:\n  spec:\n    type: object\n    properties:\n{properties}");
    let (code, notes) = source(&[file(&definition(&schema))], Docs::None, false).expect("it is a CRD");
    assert!(notes.is_empty(), "{notes:?}");
    let (_, after) = code.split_once("pub struct ThingSpec {\n").expect("it has a spec");
    let lines = after.lines().map(|line| line.strip_prefix("        ").unwrap_or(line));
    let plain = "    #[serde(skip_serializing_if = \"Option::is_none\")]";
    let lines = lines.take_while(|line| *line != "    }").filter(|line| *line != plain);
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn texts_of_a_list_are_an_enum_that_begins_with_its_default() {
    let code = spec("mode: {type: string, enum: [http/1.1, '', '!='], default: ''}");
    let expected = "
    pub mode: Option<ThingMode>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThingMode {
    #[serde(rename = \"http/1.1\")]
    Http1_1,
    #[default]
    #[serde(rename = \"\")]
    Empty,
    #[serde(rename = \"!=\")]
    NotEqual,
}
";
    assert_eq!(code, &expected[1..]);
}

#[test]
fn what_is_open_stays_open() {
    let code = spec(
        "values: {x-kubernetes-preserve-unknown-fields: true}
labels: {type: object, additionalProperties: {type: string}}
template: {type: object, x-kubernetes-embedded-resource: true, properties: {kind: {type: string}}}
any: {type: array}
nothing: {type: object}",
    );
    let expected = "
    pub values: Option<serde_json::Value>,
    pub labels: Option<BTreeMap<String, String>>,
    pub template: Option<ThingTemplate>,
    pub any: Option<Vec<serde_json::Value>>,
    pub nothing: Option<BTreeMap<String, serde_json::Value>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = \"camelCase\")]
pub struct ThingTemplate {
    pub kind: Option<String>,
    /// What else is in it: its schema names no more.
    #[serde(flatten)]
    pub rest: BTreeMap<String, serde_json::Value>,
}
";
    assert_eq!(code, &expected[1..]);
}

#[test]
fn an_affinity_is_that_of_k8s_openapi_where_it_has_all_its_fields() {
    let affinity = |term: &str| {
        let terms = format!("requiredDuringSchedulingIgnoredDuringExecution: {{type: array, items: {term}}}");
        let pods = format!("podAffinity: {{type: object, properties: {{{terms}}}}}");
        let others = "nodeAffinity: {type: object}, podAntiAffinity: {type: object}";
        spec(&format!("affinity: {{type: object, properties: {{{pods}, {others}}}}}"))
    };
    let newest = affinity("{type: object, properties: {matchLabelKeys: {type: array}, topologyKey: {type: string}}}");
    assert_eq!(newest, "    pub affinity: Option<Affinity>,\n}\n");
    let older = affinity("{type: object, properties: {topologyKey: {type: string}}}");
    assert!(older.starts_with("    pub affinity: Option<ThingAffinity>,\n}\n"), "{older}");
}

#[test]
fn names_are_those_of_rust_and_no_two_alike() {
    let code = spec(
        "type: {type: string}
clusterIPs: {type: array, items: {type: string}}
HTTPRoute: {type: integer, format: int32}
a-b: {type: boolean}
a_b: {type: number}
a.b: {x-kubernetes-int-or-string: true}
spec: {type: object, properties: {x: {type: string}}}",
    );
    let expected = "
    pub type_: Option<String>,
    #[serde(rename = \"clusterIPs\", skip_serializing_if = \"Option::is_none\")]
    pub cluster_ips: Option<Vec<String>>,
    #[serde(rename = \"HTTPRoute\", skip_serializing_if = \"Option::is_none\")]
    pub http_route: Option<i32>,
    #[serde(rename = \"a-b\", skip_serializing_if = \"Option::is_none\")]
    pub a_b: Option<bool>,
    #[serde(rename = \"a_b\", skip_serializing_if = \"Option::is_none\")]
    pub a_b2: Option<f64>,
    #[serde(rename = \"a.b\", skip_serializing_if = \"Option::is_none\")]
    pub a_b3: Option<IntOrString>,
    pub spec: Option<ThingSpec2>,
}
";
    assert!(code.starts_with(&expected[1..]), "{code}");
}

#[test]
fn what_is_broken_names_its_place() {
    let message = |text: &str| source(&[file(text)], Docs::Full, false).expect_err("it is broken").to_string();
    assert_eq!(
        message(&definition("type: object\nproperties: [a]")),
        "crd.yaml:12:21: properties of a schema are no map"
    );
    assert_eq!(message(&definition("properties: {a: {type: 1}}")), "crd.yaml:11:32: type of a schema is no text");
    assert_eq!(message(&definition("properties: {spec: 1}")), "crd.yaml:11:28: the schema of spec is no map");
    let nameless = "kind: CustomResourceDefinition\nspec:\n  names: {kind: A}\n  version: v1\n";
    assert_eq!(message(nameless), "crd.yaml:3:3: spec.group is not there, or no text");
    assert_eq!(message("kind: ConfigMap\n"), "there is no CustomResourceDefinition in what was named");
}

#[test]
fn no_description_is_an_example() {
    let lines = doc::lines("  Runs:\n\n    let it = go;\n```\ncode\n```\nuse ~~~ or ```\n```yaml\nopen");
    assert_eq!(lines, ["Runs:", "", "let it = go;", "```text", "code", "```", "use ~ or `", "```text", "open", "```"]);
}

#[test]
fn versions_are_ordered_as_clients_prefer_them() {
    let versions =
        "[{name: v1beta1}, {name: old}, {name: v1}, {name: v2alpha1}, {name: v10, served: false}, {name: v2}]";
    let text = format!(
        "kind: CustomResourceDefinition\nspec: {{group: a.b, names: {{kind: A, plural: as}}, versions: {versions}}}"
    );
    let found = definition::definitions(&file(&text)).expect("it is a CRD");
    let names: Vec<_> = found.definitions[0].versions.iter().map(|version| version.name.as_str()).collect();
    assert_eq!(names, ["v2", "v1", "v1beta1", "v2alpha1", "old"]);
}

/// Schemas of the words that there are, with values that need not be theirs.
fn schemas() -> impl Strategy<Value = serde_json::Value> {
    let word = prop::sample::select(vec![
        "type",
        "properties",
        "items",
        "additionalProperties",
        "enum",
        "required",
        "format",
        "pattern",
        "default",
        "nullable",
        "oneOf",
        "spec",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-int-or-string",
        "description",
        "é",
        "",
        "self",
    ]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        prop::sample::select(vec!["object", "array", "string", "integer", "int64", "", "```", "\u{85}\"\\"])
            .prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map(word.clone(), inner, 0..6).prop_map(|map| {
                map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_schema_stops_the_program(schema in schemas()) {
        let version = serde_json::json!({"name": "v1", "schema": {"openAPIV3Schema": schema}});
        let names = serde_json::json!({"kind": "Thing", "plural": "things"});
        let spec = serde_json::json!({"group": "example.org", "names": names, "versions": [version]});
        let text = serde_json::json!({"kind": CRD, "spec": spec}).to_string();
        if let Ok((code, _)) = source(&[file(&text)], Docs::Full, false) {
            prop_assert_eq!(code.matches(['{', '(']).count(), code.matches(['}', ')']).count());
        }
    }
}
