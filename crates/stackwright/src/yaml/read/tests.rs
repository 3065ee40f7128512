use serde_json::{Value, json};

use super::super::reader::{DEEPEST, LONGEST_SCALAR};
use super::read;

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
    assert_eq!(data("a: [\u{a0}b: 1, {\u{e9}: 2}]\n"), [json!({"a": [{"\u{a0}b": 1}, {"\u{e9}": 2}]})]);
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
    assert_eq!(
        problems("a: .inf"),
        ["1:4: .inf is no number that Kubernetes knows (write \".inf\" if the text is meant)"]
    );
    assert_eq!(data("a: |\n  no break at the end"), [json!({"a": "no break at the end\n"})]);
    assert_eq!(data("1.10: a\n.5: b\n8e6: c\n.inf: d"), [json!({"1.1": "a", "0.5": "b", "8e+06": "c", ".inf": "d"})]);
    assert_eq!(
        data("[[a:], {b:, c: 1}, ['d':], [e:f:, g], [on:, !h i, !j 'k', ! l], {1.10:}]"),
        [json!([["a:"], {"b:": null, "c": 1}, [{"d": null}], ["e:f:", "g"], ["on:", "i", "k", "l"], {"1.10:": null}])]
    );
    assert_eq!(data("a: !vault {b: !cloud 1}\nc: !!binary aGk=\n"), [json!({"a": {"b": "1"}, "c": "hi"})]);
    assert_eq!(data("a: {b: c}# d\ne: 'f'# g"), [json!({"a": {"b": "c"}, "e": "f"})]);
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
    // What kubectl's reader does: the last one counts, of several maps the first.
    assert_eq!(data("a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n")[0]["b"], json!({"x": 1}));
    assert_eq!(
        data("a: &a {x: 1, z: 1}\nb:\n  <<: [*a, {x: 2}]\n  x: 3\n  <<: {z: 2}\n")[0]["b"],
        json!({"x": 3, "z": 2})
    );
}

#[test]
fn a_key_that_stands_twice_is_reported_wherever_it_is() {
    assert_eq!(
        problems("kind: Service\nspec: {ports: [\n  {name: a,\n    port: 1,\n    name: b}]}\nkind: Service\n"),
        [
            "5:5: spec.ports[0].name: the key stands here and in line 3 (remove one of them: kubectl takes the last one without a word)",
            "6:1: kind: the key stands here and in line 1 (remove one of them: kubectl takes the last one without a word)"
        ]
    );
    assert_eq!(problems("? [a]\n: 1\n"), ["1:3: the key of a map must be a string"]);
    let many = (0..40).fold(String::new(), |text, key| format!("{text}key{}: {key}\n", key % 39));
    assert_eq!(problems(&many).len(), 1);
}

#[test]
fn a_stream_has_the_documents_that_kubectl_finds() {
    assert_eq!(data("{\"a\": 1}{\"b\": 2}\n {\"c\": 3}"), [json!({"a": 1}), json!({"b": 2}), json!({"c": 3})]);
    assert_eq!(data("{\"a\": 1}\n---\nb: 2\n"), [json!({"a": 1}), json!({"b": 2})]);
    assert_eq!(data("a: 1\n---# no space\nb: 2\n---\t\n"), [json!({"a": 1}), json!({"b": 2})]);
    let refused = [
        ("{\"a\": 1}{\"b\": 2}\n---\nc: 3\n", "1:17: after JSON objects in a row kubectl reads only JSON"),
        ("a: 1\n...\nb: 2\n", "3:1: kubectl reads nothing here, after the end of a document"),
        ("a: 1\n--- {b: 2}\n", "2:5: nothing but a space and a comment can follow --- in its line for kubectl"),
        ("a: 1\n------\nb: 2\n", "2:4: nothing but a space and a comment can follow --- in its line for kubectl"),
        ("%YAML 1.1\n---\na: 1\n", "2:1: "),
        ("{a: 1}\nb: 2\n", "2:1: "),
        ("---#\na: 1\n", "1:4: nothing but a space and a comment can follow --- in its line for kubectl"),
        ("...\na: 1\n", "1:1: ... ends a document, and none has begun"),
        ("a: 1\n---\n# c\n...\n", "4:1: ... ends a document, and none has begun"),
        ("a:\n  b: 'x\n...\ny'\n", "2:6: the quote that begins here is not closed"),
        ("a: &b.c 1\n", "1:4: kubectl refuses the name &b.c"),
        ("a: &b[1]\n", "1:4: kubectl refuses the name &b"),
        ("a: {b\n  c: 1}\n", "1:5: kubectl asks for a key and its colon in one line"),
        ("a: [!b, c]\n", "1:7: kubectl takes what follows a tag without a space for a part of the tag"),
        ("a: [b?c]\n", "1:5: kubectl takes a question mark between brackets for the sign of a key"),
        ("a: \"x \u{2028}y\"\n", "1:7: the character U+2028 is a line break to kubectl, and text to other readers"),
        ("\"a\u{2029}b\": 1\n", "1:3: the character U+2029 is a line break to kubectl, and text to other readers"),
        ("a: x\u{2028}y\n", "1:5: the character U+2028 is a line break to kubectl, and text to other readers"),
        ("a:\n  b: 1\n\t\nc: 1\n", "3:1: a tab is no indentation in YAML"),
        ("a:\n-\tb\n", "2:2: a tab is no indentation in YAML"),
        ("a: |\n  \tb\n", "2:3: a tab begins the first line of the block, where kubectl looks for its indentation"),
    ];
    for (text, expected) in refused {
        let problems = problems(text);
        assert!(problems[0].starts_with(expected), "{text:?}: {}", problems[0]);
    }
    assert_eq!(
        data("a: b\t\n \t\nc:\td # e\t\n{f:\tg}: [\t]\n".split("{f").next().unwrap()),
        [json!({"a": "b", "c": "d"})]
    );
}

#[test]
fn what_kubectl_reads_otherwise_than_others_is_in_doubt() {
    let doubts = |text: &str| -> Vec<String> {
        let document = super::documents(text).documents.pop().unwrap();
        document.doubts.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        doubts("a: on\nb: [012, 1_000, 0b11, 0X1f]\ny: 1\nc: &c {x: 1}\nd: {x: 2, <<: *c}\n"),
        [
            "1:4: kubectl reads on as true (write true, or \"on\" if that text is meant)",
            "2:5: kubectl reads 012 as 10 (write 10, or \"012\" if that text is meant)",
            "2:10: kubectl reads 1_000 as 1000 (write 1000, or \"1_000\" if that text is meant)",
            "2:17: kubectl reads 0b11 as 3 (write 3, or \"0b11\" if that text is meant)",
            "2:23: kubectl reads 0X1f as 31 (write 31, or \"0X1f\" if that text is meant)",
            "3:1: kubectl makes the key \"true\" of y (put it in quotes: \"y\")",
            "5:11: kubectl takes x from <<, other readers the x that stands here (write << before the map's own keys)",
        ]
    );
    assert_eq!(
        doubts("a: !vault x\nb: !c {d: !e/f [1]}\ng: !!set {h: 1}\n"),
        [
            "1:11: kubectl drops the tag !vault (write what the program that knows the tag would make of the value)",
            "2:7: kubectl drops the tag !c (write what the program that knows the tag would make of the value)",
            "2:16: kubectl drops the tag !e/f (write what the program that knows the tag would make of the value)",
            "3:10: kubectl drops the tag !!set (write what the program that knows the tag would make of the value)",
        ]
    );
    assert_eq!(doubts("a: !!str 1\nb: ! 2\nc: !!map {d: !!seq [!!binary aGk=]}\n"), [""; 0]);
    assert_eq!(
        doubts("a: x\u{85}b: \u{feff}c\r\r\n"),
        [
            "1:9: kubectl takes the byte order mark (U+FEFF) for a part of the text (remove it: files were joined there)",
            "1:5: kubectl takes the character U+0085 for a line break, and other readers for text (write \"\\u0085\", or remove it)",
        ]
    );
    assert_eq!(
        doubts("a: x\r\r\n"),
        [
            "1:5: kubectl takes two carriage returns and a line feed for one line break, and other readers for two (end lines with the line feed alone)"
        ]
    );
    assert_eq!(
        doubts("a: [true, False, 0x1F, 0o17, 12:30, 2026-11-21, 0, 1e3, -7, 'on', ~, 0.5, 09, nope]\n80: {c: 1}\n"),
        [""; 0]
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
fn lines_break_where_kubectl_breaks_them() {
    assert_eq!(data("a: 'x\ry'\rb: |\r  z\r"), [json!({"a": "x y", "b": "z\n"})]);
    assert_eq!(data("a: |+\r\r\n  x\r\r\n  y\r\r\r\nb: 1\r"), [json!({"a": "x\ny\n\n", "b": 1})]);
    assert_eq!(data("a: |\n  x\u{85}  y\nb: 'c\u{85}d'# e\u{85}f: 1"), [json!({"a": "x\ny\n", "b": "c d", "f": 1})]);
    assert_eq!(data("a: \"x\u{2028}y\"\nb: ['\u{2029}z']\n"), [json!({"a": "x\u{2028}y", "b": ["\u{2029}z"]})]);
    assert_eq!(data("a: 1\n--- # b\rc: 2\u{85}d: 3\re\r\r\nf: 4\n"), [json!({"a": 1}), json!({"f": 4})]);
    let last = read("a: 'x\u{85}\r\r\ny'\nbé: 1").unwrap().documents[0].at("bé").unwrap().span;
    assert_eq!((last.line, last.column, last.end - last.start), (3, 5, 1));
}

#[test]
fn a_byte_order_mark_is_text_but_where_a_document_begins() {
    assert_eq!(data("a: 1\n---\n\u{feff}b: 2\nc: 3\n"), [json!({"a": 1}), json!({"b": 2, "c": 3})]);
    assert_eq!(
        data("---\n\u{feff}b: \u{feff}c\nd: [\u{feff}]\n"),
        [json!({"\u{feff}b": "\u{feff}c", "d": ["\u{feff}"]})]
    );
    assert_eq!(data("{\"a\": 1}\n\u{feff}b: 2\n"), [json!({"a": 1}), json!({"b": 2})]);
    assert_eq!(read("a: b # \u{feff}c\n").unwrap().comments[0].text, "\u{feff}c");
}

#[test]
fn keys_of_json_can_be_long() {
    let key = "k".repeat(4000);
    assert_eq!(data(&format!("{{\"a\": {{\"{key}\": 1}}}}"))[0]["a"][&key], json!(1));
    assert!(read(&format!("a:\n  {key}: 1\n")).is_err());
}

#[test]
fn quoted_texts_are_mended_all_at_once() {
    let texts = "- a: 'x\ny'\n  b: \"it\\'s\nhere\"\n  c: |\n    d: 'e\n  \"f\": &g 'x\n\tz'\n".repeat(5000);
    let expected = json!({"a": "x y", "b": "it's here", "c": "d: 'e\n", "f": "x z"});
    assert_eq!(data(&texts.replace("'x\ny'", "!!str 'x\ny'"))[0][4999], expected);
    // What only looks like a quoted text stays as it was.
    assert_eq!(
        data("a:\n  b: 'x\ny'\n  c: >- # d\n    e: 'f\n    g: h'\n  i: 'j\nk'\n"),
        [json!({"a": {"b": "x y", "c": "e: 'f g: h'", "i": "j k"}})]
    );
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
    assert!(problems(&format!("a: [{}]\n", "{b: 'c'# d\n},".repeat(2000)))[0].contains("white space is missing"));
    assert!(problems(&format!("a: [{}]\n", "'x'# c\n,".repeat(2000)))[0].contains("white space is missing"));
    assert!(problems(&"x".repeat(LONGEST_SCALAR + 1))[0].contains("3 MiB"));
    assert_eq!(problems("a: &a [*a]"), ["1:8: an alias inside what it stands for"]);
    assert_eq!(problems("a: 'x\ny'\n'b").len(), 1);
}
