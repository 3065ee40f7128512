//! The reader never panics and never grows out of bounds, what it reports stands in the text, and what `format` writes is
//! the data that was read and its own canonical form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stackwright::yaml::{self, Node, Problem};

fuzz_target!(|text: &str| {
    let yaml::Readable { objects, problems } = yaml::readable(text);
    for problem in objects.iter().flat_map(|located| located.problems.iter().chain(&located.doubts)).chain(&problems) {
        check(problem, text);
    }
    if let Ok(stream) = yaml::read(text) {
        stream.documents.iter().for_each(|document| written(document));
    }
    match yaml::format(text) {
        Ok(formatted) => {
            let before: Vec<_> = objects.iter().map(|located| json(&located.node)).collect();
            let again = yaml::objects(&formatted.text).expect("the canonical form is valid");
            assert_eq!(again.iter().map(|located| json(&located.node)).collect::<Vec<_>>(), before, "data was lost");
            let again = yaml::format(&formatted.text).expect("the canonical form is valid");
            assert_eq!(again.text, formatted.text, "the form of the form is another");
        }
        Err(problems) => assert!(!problems.is_empty(), "refused for no reason"),
    }
});

/// What a document says survives the emitter.
fn written(document: &Node) {
    let text = yaml::to_string(document).expect("what was read can be written");
    let again = yaml::read(&text).expect("what was written can be read");
    assert_eq!(again.documents.iter().map(json).collect::<Vec<_>>(), [json(document)]);
}

fn json(node: &Node) -> serde_json::Value {
    serde_json::to_value(node).expect("JSON")
}

fn check(problem: &Problem, text: &str) {
    let span = problem.span;
    assert!(text.get(span.start..span.end.max(span.start)).is_some(), "{problem} stands outside of the text");
    assert!(!problem.message.is_empty());
}
