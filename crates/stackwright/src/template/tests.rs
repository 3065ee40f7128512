use std::collections::BTreeMap;

use super::template;

/// What a value becomes in a file of that name.
fn written(path: &str, value: &str) -> Result<String, String> {
    let values = BTreeMap::from([("value", value)]);
    template(path, "{{ value }}", &values).map(|file| file.text).map_err(|error| error.to_string())
}

#[track_caller]
fn assert_written(path: &str, cases: &[(&str, &str)]) {
    for (value, expected) in cases {
        assert_eq!(written(path, value).as_deref(), Ok(*expected), "{value:?} in {path}");
    }
}

#[track_caller]
fn assert_refused(path: &str, values: &[&str]) {
    for value in values {
        assert!(written(path, value).is_err(), "{value:?} in {path} is not refused");
    }
}

#[test]
fn a_shell_reads_each_value_as_one_inert_word() {
    assert_written(
        "run.sh",
        &[
            ("kube-node1", "kube-node1"),
            ("192.168.56.0/24", "192.168.56.0/24"),
            ("", "''"),
            ("two words", "'two words'"),
            ("$(reboot)", "'$(reboot)'"),
            ("`reboot`", "'`reboot`'"),
            ("$HOME", "'$HOME'"),
            ("it's", r"'it'\''s'"),
            ("a\nb", "'a\nb'"),
            ("*", "'*'"),
            ("A=b", "'A=b'"),
            ("~root", "'~root'"),
        ],
    );
    assert_refused("run.sh", &["-rf", "--help", "a\0b"]);
}

#[test]
fn ruby_reads_each_value_as_one_string() {
    assert_written(
        "machines/Vagrantfile",
        &[
            ("kube-node1", "\"kube-node1\""),
            ("", "\"\""),
            ("it's", "\"it's\""),
            ("#{reboot}", "'#{reboot}'"),
            ("say \"hi\"", "'say \"hi\"'"),
            (r"C:\temp", r"'C:\\temp'"),
            ("\"it's\"", r#"'"it\'s"'"#),
            ("a\nb", "'a\nb'"),
            ("-rf", "\"-rf\""),
        ],
    );
    assert_refused("x.rb", &["a\0b"]);
}

#[test]
fn formats_without_quoting_take_plain_words_only() {
    for path in ["inventory.ini", "exports", "hosts"] {
        assert_written(path, &[("kube-node1", "kube-node1"), ("192.168.56.0/24", "192.168.56.0/24")]);
        assert_refused(path, &["", "two words", "a\nb", "$(reboot)", "it's", "#x", "-x", "{{ x }}", "[group]"]);
    }
}

#[test]
fn a_name_without_a_value_is_an_error() {
    let none: BTreeMap<&str, &str> = BTreeMap::new();
    let error = template("run.sh", "#!/bin/sh\necho {{ missing }}\n", &none).unwrap_err();
    assert!(error.to_string().starts_with("template of `run.sh` line 2"), "{error}");
}

#[test]
fn a_list_is_not_one_value() {
    let values = BTreeMap::from([("value", vec!["a"])]);
    assert!(template("run.sh", "{{ value }}", &values).is_err());
}
