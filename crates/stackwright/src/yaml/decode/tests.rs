use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{ConfigMap, Pod, Secret, Service};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use serde::Deserialize;

use super::super::read;
use super::decode;

fn decoded<T: for<'n> Deserialize<'n>>(text: &str) -> T {
    decode(&read(text).unwrap().documents[0]).unwrap_or_else(|problems| panic!("{}", problems[0]))
}

fn problems<T: for<'n> Deserialize<'n> + std::fmt::Debug>(text: &str) -> Vec<String> {
    let problems = decode::<T>(&read(text).unwrap().documents[0]).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn unknown_fields_are_all_reported_with_the_nearest_name() {
    let text = "spec:\n  template:\n    spec:\n      Containers: []\n      containers:\n      - nam: web\n        command: [a]\n        x: {y: 1}\n";
    assert_eq!(
        problems::<Deployment>(text),
        [
            "4:7: spec.template.spec.Containers: unknown field (did you mean containers?)",
            "6:9: spec.template.spec.containers[0].nam: unknown field (did you mean name?)",
            "8:9: spec.template.spec.containers[0].x: unknown field (see Container in the Kubernetes API reference, and whether the line is indented as it should be)"
        ]
    );
    let nested = "spec:\n  versions:\n  - schema:\n      openAPIV3Schema:\n        items:\n          tipe: string\n";
    assert_eq!(
        problems::<CustomResourceDefinition>(nested),
        ["6:11: spec.versions[0].schema.openAPIV3Schema.items.tipe: unknown field"]
    );
}

#[test]
fn a_wrong_type_is_reported_where_it_stands_and_never_quoted() {
    assert_eq!(
        problems::<ConfigMap>("data:\n  a.b/c: on\n"),
        ["2:10: data[\"a.b/c\"]: expected a string, found a boolean (put it in quotes)"]
    );
    assert_eq!(
        problems::<Deployment>("spec:\n  replicas: three\n"),
        ["2:13: spec.replicas: expected an integer, found a string"]
    );
    let expected = [
        ("spec: [1]", "1:7: spec: expected the fields of PodSpec, found a list (remove the - in front of the fields)"),
        ("spec: {priority: 5000000000}", "1:18: spec.priority: the integer is out of the range of 32 bits"),
        ("spec: {priority: \"5\"}", "1:18: spec.priority: expected an integer, found a string (remove the quotes)"),
        ("spec: {priority: 1.5}", "1:18: spec.priority: expected an integer, found a number"),
        (
            "spec: {hostNetwork: \"true\"}",
            "1:21: spec.hostNetwork: expected true or false, found a string (remove the quotes)",
        ),
        (
            "spec: {hostNetwork: 1}",
            "1:21: spec.hostNetwork: expected true or false, found an integer (write true or false)",
        ),
        (
            "spec: {tolerations: {key: a}}",
            "1:21: spec.tolerations: expected a list, found a map (write each item in a line of its own that begins with -)",
        ),
        (
            "spec: {nodeSelector: [a]}",
            "1:22: spec.nodeSelector: expected a map, found a list (remove the - in front of the fields)",
        ),
        ("spec: {os: {nam: linux}}", "1:13: spec.os.nam: unknown field (did you mean name?)"),
        ("spec: {os: {version: 1}}", "1:13: spec.os.version: unknown field (PodOS has name)"),
    ];
    for (text, expected) in expected {
        assert_eq!(problems::<Pod>(text), [expected]);
    }
    assert_eq!(
        problems::<Secret>("data:\n  a: s3cret!\n"),
        ["2:6: data.a: expected a base64-encoded string (write plain text under stringData)"]
    );
}

#[test]
fn what_the_api_server_reads_is_read() {
    let pod: Pod = decoded(
        "spec:\n  containers:\n  - name: a\n    resources: {limits: {cpu: 1, memory: 0.5}}\n    ports: [{containerPort: 80.0}]\n",
    );
    let container = &pod.spec.unwrap().containers[0];
    let limits = container.resources.as_ref().unwrap().limits.as_ref().unwrap();
    assert_eq!((limits["cpu"].0.as_str(), limits["memory"].0.as_str()), ("1", "0.5"));
    assert_eq!(container.ports.as_ref().unwrap()[0].container_port, 80);

    let secret: Secret =
        decoded("data:\n  a: |\n    aGVs\n    bG8=\nmetadata:\n  creationTimestamp: null\n  annotations: {a: }\n");
    assert_eq!(secret.data.unwrap()["a"].0, b"hello");
    assert_eq!(secret.metadata.annotations.unwrap()["a"], "");

    let service: Service = decoded("spec: {ports: [{port: 80, targetPort: 8080}, {port: 81, targetPort: http}]}");
    assert_eq!(service.spec.unwrap().ports.unwrap().len(), 2);
}

#[test]
fn enums_of_your_own_are_read_too() {
    #[derive(Debug, PartialEq, Deserialize)]
    enum Source {
        Any,
        Address(String),
    }
    assert_eq!(decoded::<Vec<Source>>("[Any, {Address: a}]"), [Source::Any, Source::Address("a".to_owned())]);
}

#[test]
fn the_deepest_schema_that_can_be_read_can_be_decoded() {
    let schema = (0..61).fold("{type: string}".to_owned(), |schema, _| format!("{{properties: {{a: {schema}}}}}"));
    let text = format!("{{spec: {{versions: [{{schema: {{openAPIV3Schema: {schema}}}}}]}}}}");
    let definition: CustomResourceDefinition = decoded(&text);
    assert_eq!(definition.spec.versions.len(), 1);
    assert!(super::super::to_string(&definition).unwrap().contains("type: string"));
}
