//! What is wrong with a text that isn't YAML, in words for who wrote it.

use granit_parser::ScanError;

use super::problem::Problem;
use super::spaced::Spaced;

pub(super) fn problem(error: &ScanError, text: &Spaced<'_>, _scanned: usize) -> Problem {
    let at = error.marker().byte_offset().unwrap_or_default();
    Problem::new(text.span(at, at), error.info())
}
