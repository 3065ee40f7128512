//! Documents that two sides have in common: they are read once, and are one object in memory, by which a comparison knows them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use stackwright::yaml::{Located, Span};

use super::Manifests;
use crate::input::Source;

/// The objects of documents by the documents' text.
#[derive(Default)]
pub struct Documents<'m>(HashMap<&'m str, Vec<&'m Arc<Located>>>);

impl<'m> Documents<'m> {
    /// Those of manifests that nothing is wrong with.
    pub fn of(manifests: &'m Manifests) -> Self {
        let (mut objects, mut problems) = (manifests.objects.iter().peekable(), manifests.problems.iter().peekable());
        let mut documents = HashMap::new();
        for (number, Source { text, .. }) in manifests.sources.iter().enumerate() {
            for bytes in documents_of(text) {
                let is_in = |source: usize, span: Span| source == number && bytes.contains(&span.start);
                let next = || objects.next_if(|(source, located)| is_in(*source, located.node.span));
                let found: Vec<_> = iter::from_fn(next).map(|(_, located)| located).collect();
                let next = || problems.next_if(|(source, problem)| is_in(*source, problem.span));
                let is_wrong = iter::from_fn(next).count() > 0;
                let is_right = |located: &&Arc<Located>| located.problems.is_empty() && located.doubts.is_empty();
                if !is_wrong && !found.is_empty() && found.iter().all(is_right) {
                    documents.insert(&text[bytes], found);
                }
            }
        }
        // What doesn't stand where it is looked for is read again.
        if objects.next().is_some() || problems.next().is_some() { Self::default() } else { Self(documents) }
    }

    /// What is left to read of a text, at its old places, and what is not: the objects of known documents, each with the place of its document.
    pub fn taken<'t>(&self, text: &'t str) -> (Cow<'t, str>, Vec<(usize, Arc<Located>)>) {
        if self.0.is_empty() {
            return (text.into(), Vec::new());
        }
        let (mut left, mut taken) = (String::with_capacity(text.len()), Vec::new());
        for bytes in documents_of(text) {
            let document = &text[bytes.clone()];
            let Some(found) = self.0.get(document) else {
                left.push_str(document);
                continue;
            };
            taken.extend(found.iter().map(|located| (bytes.start, Arc::clone(located))));
            // The line that ends the document before stays.
            let begin = if document.starts_with("---") { document.find('\n').unwrap_or(document.len()) } else { 0 };
            left.push_str(&document[..begin]);
            left.extend(document[begin..].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
        (left.into(), taken)
    }
}

/// The documents of a text, each with the line `---` before it. JSON may be several in a row, and is taken as one.
fn documents_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_json = text.trim_start().starts_with('{');
    let ends = text.match_indices("\n---").map(|(at, _)| at + 1).filter(move |_| !is_json).chain([text.len()]);
    ends.scan(0, |begin, end| Some(std::mem::replace(begin, end)..end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::input::Inputs;

    /// Documents with what could make one of them another where its neighbours are not read.
    const DOCUMENTS: [&str; 10] = [
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}\ndata:\n  text: |+\n    the last lines stay\n\n",
        "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: plain}\n",
        "--- # A comment\napiVersion: v1\nkind: Secret\nmetadata: {name: comment}\n",
        "---\napiVersion: v1\nkind: List\nitems:\n- &one {apiVersion: v1, kind: ConfigMap, metadata: {name: one}}\n- *one\n",
        "---\r\napiVersion: v1\r\nkind: Pod\r\nmetadata: {name: returns}\r\n",
        "---\napiVersion: v1\nkind: Service\nmetadata: {nam: wrong}\n",
        "---\n\"broken\n",
        "---\n# Nothing\n",
        "---\n",
        "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: café, labels: {a: \"ü\"}}\n",
    ];

    fn manifests(text: &str, known: &Documents<'_>) -> Manifests {
        Manifests::beside(Inputs::of_texts("test", [("web.yaml".to_owned(), text.to_owned())]), known)
    }

    /// The objects, what is wrong in each, and what is wrong beside them.
    fn of(manifests: &Manifests) -> (Vec<String>, Vec<String>) {
        let objects = manifests.objects.iter().map(|(_, located)| {
            let mut text = format!("{:?}\n", located.problems);
            located.object.write_yaml(&mut text).expect("it can be written");
            text
        });
        let problems = manifests.problems.iter().map(|(_, problem)| format!("{problem:?}"));
        (objects.collect(), problems.collect())
    }

    proptest! {
        /// What was read beside another text is what would have been read alone.
        #[test]
        fn is_read_as_it_would_be_alone(
            before in prop::collection::vec(select(&DOCUMENTS[..]), 0..8),
            after in prop::collection::vec(select(&DOCUMENTS[..]), 0..8),
            skipped in 0_usize..6,
        ) {
            let (before, after) = (before.concat(), after.concat());
            // It may begin without a line `---`.
            let before = before.get(skipped..).unwrap_or_default();
            let after = manifests(&after, &Documents::default());
            let (alone, beside) = (manifests(before, &Documents::default()), manifests(before, &Documents::of(&after)));
            prop_assert_eq!(of(&alone), of(&beside));
        }
    }

    #[test]
    fn what_two_sides_have_is_one_object() {
        let after = manifests(&DOCUMENTS[..5].concat(), &Documents::default());
        let before = manifests(&DOCUMENTS[2..].concat(), &Documents::of(&after));
        let shared =
            |(_, located): &(usize, Arc<Located>)| after.objects.iter().any(|(_, other)| Arc::ptr_eq(located, other));
        assert_eq!(before.objects.iter().filter(|one| shared(one)).count(), 4);
    }
}
