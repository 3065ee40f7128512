//! The reader never panics and never grows out of bounds, and what `format` writes is its own canonical form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stackwright::yaml;

fuzz_target!(|text: &str| {
    let _ = yaml::read(text); // an error is an answer
    if let Ok(formatted) = yaml::format(text) {
        let again = yaml::format(&formatted.text).expect("the canonical form is valid");
        assert_eq!(again.text, formatted.text);
    }
});
