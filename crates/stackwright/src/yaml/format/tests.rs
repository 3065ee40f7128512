use super::super::read;
use super::format;

fn formatted(text: &str) -> String {
    let first = format(text).unwrap_or_else(|problems| panic!("{}", problems[0])).text;
    assert_eq!(format(&first).unwrap().text, first, "not the identity on its own output");
    first
}

#[test]
fn fields_stand_in_the_order_of_the_api_and_values_as_they_were() {
    let text = r#"{"spec": {"template": {"spec": {"containers": [{"resources": {"limits": {"memory": "1Gi", "cpu": 1}}, "image": "y", "name": "web"}]},
        "metadata": {"creationTimestamp": null, "labels": {"b": "2", "a": "1"}}}, "replicas": 3.0}, "metadata": {"name": "web"}, "kind": "Deployment", "apiVersion": "apps/v1"}"#;
    insta::assert_snapshot!(formatted(text), @r#"
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 3.0
      template:
        metadata:
          labels:
            a: "1"
            b: "2"
          creationTimestamp: null
        spec:
          containers:
          - image: "y"
            name: web
            resources:
              limits:
                cpu: 1
                memory: 1Gi
    "#);
}

#[test]
fn custom_resources_keep_the_order_of_their_author() {
    let text = "spec:\n  b: [2, 1]\n  a: off\nkind: Pool\nmetadata: {namespace: lab, name: p}\napiVersion: example.com/v1\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: lab}}\n";
    insta::assert_snapshot!(formatted(text), @r"
    apiVersion: example.com/v1
    kind: Pool
    metadata:
      name: p
      namespace: lab
    spec:
      b:
      - 2
      - 1
      a: false
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: lab
    ");
}

#[test]
fn lost_comments_are_reported() {
    let formatted = format("# why\napiVersion: v1\nkind: Namespace # what\n").unwrap();
    let comments: Vec<_> = formatted.lost_comments.iter().map(|comment| (comment.span.line, &*comment.text)).collect();
    assert_eq!(comments, [(1, "why"), (3, "what")]);
}

#[test]
fn what_the_types_do_not_have_a_place_for_stays() {
    let text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  a: |\n    aGVs\n    bG8=\n";
    assert_eq!(formatted(text), text);
    assert_eq!(read(&formatted(text)).unwrap().documents[0].at("data.a").unwrap().text(), Some("aGVs\nbG8=\n"));
}
