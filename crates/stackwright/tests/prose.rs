//! Sentences that people read are short: no more than 30 words, in README.md and in the book.

use std::fs;
use std::path::{Path, PathBuf};

const MOST_WORDS: usize = 30;

#[test]
fn sentences_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pages = ["README.md".into(), "docs".into(), "docs/checks".into()].map(|path: PathBuf| root.join(path));
    let long: Vec<_> = pages.iter().flat_map(|path| markdown(path)).flat_map(|page| long_sentences(&page)).collect();
    assert!(long.is_empty(), "sentences of more than {MOST_WORDS} words:\n{}", long.join("\n"));
}

#[test]
fn a_long_sentence_is_found() {
    let words = |number| vec!["word"; number].join(" ");
    let page = format!("# {}\n\n- {}.\n- {}. End.\n\n```sh\n{}\n```\n", words(31), words(31), words(30), words(31));
    assert_eq!(sentences(&page).iter().filter(|sentence| is_long(sentence)).count(), 1);
}

/// A file of Markdown, or those of a folder.
fn markdown(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("a folder can be read");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}

fn long_sentences(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a page can be read");
    let long = sentences(&text).into_iter().filter(|sentence| is_long(sentence));
    long.map(|sentence| format!("{}: {sentence}", path.display())).collect()
}

fn is_long(sentence: &str) -> bool {
    sentence.split_whitespace().count() > MOST_WORDS
}

/// The sentences of a page's paragraphs and lists, without blocks of code, tables and headings. What stands between backticks is one word.
fn sentences(page: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut is_code = false;
    for line in page.lines().map(str::trim) {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        let is_apart = line.is_empty() || line.starts_with(['#', '|', '<']) || is_fence;
        if is_code || is_apart || line.starts_with("- ") {
            sentences.push(String::new());
        }
        if is_code || is_apart {
            continue;
        }
        // Every second part is code.
        let parts = line.split('`').enumerate().map(|(number, part)| if number % 2 == 1 { "code" } else { part });
        for word in parts.collect::<String>().trim_start_matches("- ").split_whitespace() {
            let last = sentences.last_mut().expect("there is one");
            last.push_str(word);
            last.push(' ');
            if word.trim_end_matches(['"', '\'', ')', '*']).ends_with(['.', '!', '?']) {
                sentences.push(String::new());
            }
        }
    }
    sentences
}
