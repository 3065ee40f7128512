use serde_json::{Value, json};

use super::{DEEPEST, LONGEST_SCALAR, read};

fn data(text: &str) -> Vec<Value> {
    let documents = read(text).unwrap_or_else(|problems| panic!("{text:?}: {}", problems[0])).documents;
    documents.iter().map(|node| serde_json::to_value(node).unwrap()).collect()
}

fn problems(text: &str) -> Vec<String> {
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn streams_comments_and_empty_documents() {
    let stream = read("# one\na: 1 # two\n---\n---\nb: |  # three\n  # text\n...\n---\n# four\n").unwrap();
    assert_eq!(stream.documents.len(), 2);
    let comments: Vec<_> = stream.comments.iter().map(|comment| (comment.span.line, comment.text.as_str())).collect();
    assert_eq!(comments, [(1, "one"), (2, "two"), (5, "three"), (9, "four")]);
    assert_eq!(data(""), Vec::<Value>::new());
}

#[test]
fn json_with_tabs_a_byte_order_mark_and_line_breaks_of_windows() {
    assert_eq!(
        data("{\n\t\"a\": 1,\n\t\"b\":[\"\\ud83d\\ude00\\/\", null]\n}"),
        [json!({"a": 1, "b": ["\u{1f600}/", null]})]
    );
    assert_eq!(data("\u{feff}a: 1\n"), [json!({"a": 1})]);
    assert_eq!(data("a: |\r\n  x\r\n  y\r\nb: 'q\r\n  r'\r\n"), [json!({"a": "x\ny\n", "b": "q r"})]);
}

#[test]
fn scalars_are_those_of_kubectl() {
    let text =
        "[yes, 'yes', 0x1F, 010, 0o17, 1_000, 1e3, .5, 12:30, 2026-11-21, ~, ! 1, !!str 1, !!float 1, 09, .5_0, ._5]";
    let expected =
        json!([true, "yes", 31, 8, 15, 1000, 1e3, 0.5, "12:30", "2026-11-21", null, "1", "1", 1, 9.0, 0.5, "._5"]);
    assert_eq!(data(text), [expected]);
    assert_eq!(data("on: 1\n80: 2\n"), [json!({"true": 1, "80": 2})]);
    assert_eq!(problems("a: .inf"), ["1:4: .inf is no number that Kubernetes knows"]);
    assert_eq!(data("a: |\n  no break at the end"), [json!({"a": "no break at the end"})]);
}

#[test]
fn anchors_and_merge_keys() {
    assert_eq!(
        data("a: &a {x: 1, z: 2}\nb:\n  <<: *a\n  z: 3\n"),
        [json!({"a": {"x": 1, "z": 2}, "b": {"z": 3, "x": 1}})]
    );
    assert_eq!(data("a: &a {x: 1}\nb: {<<: [*a, {x: 2, z: 3}]}\n")[0]["b"], json!({"x": 1, "z": 3}));
    assert_eq!(data("'<<': 1"), [json!({"<<": 1})]);
    assert_eq!(problems("<<: 1"), ["1:5: << merges maps, or a list of maps"]);
    assert_eq!(
        problems("a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n"),
        ["4:3: b.x: << stands after x, which it has too: readers disagree (write << first)"]
    );
}

#[test]
fn a_key_that_stands_twice_is_reported_wherever_it_is() {
    assert_eq!(
        problems("spec:\n  ports:\n  - name: a\n    port: 1\n    name: b\nspec: 1\n"),
        [
            "5:5: spec.ports[0].name: the key stands twice, first in line 3 (remove one of them)",
            "6:1: spec: the key stands twice, first in line 1 (remove one of them)"
        ]
    );
    assert_eq!(problems("? [a]\n: 1\n"), ["1:3: the key of a map must be a string"]);
    assert_eq!(
        problems("1.10: a\n"),
        ["1:1: the key is a number with a fraction, which readers write in different ways (put it in quotes)"]
    );
    assert_eq!(
        problems("a: !cloud x\n"),
        ["1:11: the tag !cloud doesn't fit a value that Kubernetes knows (write the value without a tag)"]
    );
}

#[test]
fn every_node_knows_its_place() {
    let text = "é: [1, 'two']\nspec:\n  - name:   caf\u{e9}\n    text: |\n      a\n      b\n    flow: {x: \"y\"}\n";
    let document = &read(text).unwrap().documents[0];
    let source = |path: &str| {
        let span = document.at(path).unwrap().span;
        (span.line, span.column, &text[span.start..span.end])
    };
    assert_eq!(source("spec[0].name"), (3, 13, "caf\u{e9}"));
    assert_eq!(source("[\"é\"][1]"), (1, 8, "'two'"));
    assert_eq!(source("spec[0].flow"), (7, 11, "{x: \"y\"}"));
    assert_eq!(source("spec[0].flow.x"), (7, 15, "\"y\""));
    assert_eq!(source("spec").2, text[text.find("- name").unwrap()..].trim_end());
    assert_eq!(document.entries()[1].key_span.line, 2);
}

#[test]
fn quoted_lines_need_no_indentation_and_places_after_them_are_right() {
    let text = "a:\n  m: 'one\n  two\n\n  three' # c\n  o: \"\\\"\n  four\"\nb: [x\n]\nc: 1\n";
    assert_eq!(data(text), [json!({"a": {"m": "one two\nthree", "o": "\" four"}, "b": ["x"], "c": 1})]);
    let stream = read(text).unwrap();
    assert_eq!((stream.comments[0].span.line, &text[stream.comments[0].span.start..][..3]), (5, "# c"));
    let last = stream.documents[0].at("c").unwrap().span;
    assert_eq!((last.line, last.column, &text[last.start..last.end]), (10, 4, "1"));
}

#[test]
fn texts_that_would_grow_out_of_bounds_are_refused() {
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        let last = n - 1;
        format!("{text}a{n}: &a{n} [*a{last}, *a{last}, *a{last}, *a{last}]\n")
    });
    assert!(problems(&bomb)[0].contains("grow out of bounds"));
    let chain = (1..200).fold("a0: &a0 [x]\n".to_owned(), |text, n| format!("{text}a{n}: &a{n} [*a{}]\n", n - 1));
    assert!(problems(&chain)[0].contains("grow out of bounds"));
    assert!(problems(&"[".repeat(100_000))[0].contains(&format!("more than {DEEPEST} maps and lists")));
    let nested = (0..1000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n");
    assert!(problems(&nested)[0].contains(&format!("more than {DEEPEST} maps and lists")));
    assert!(problems(&"x".repeat(LONGEST_SCALAR + 1))[0].contains("3 MiB"));
    assert_eq!(problems("a: &a [*a]"), ["1:8: an alias inside what it stands for"]);
    assert_eq!(problems("a: 'x\ny'\n'b").len(), 1);
}
