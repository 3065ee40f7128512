use super::Style::{self, Double, Literal, Plain, Single};
use super::style;

/// One line per rule: what it is about, the style, and strings of which each must get it.
const RULES: &[(&str, Style, &[&str])] = &[
    (
        "ordinary text",
        Plain,
        &[
            "web",
            "nginx:1.29",
            "https://a.example/b?c=d#e",
            "a b",
            "-c",
            "--flag=x:y",
            "a,b",
            "a[0]",
            "say \"x\"",
            "it's",
            "~/bin",
            "=x",
            "<a>",
            "C:\\x",
            "漢字",
        ],
    ),
    (
        "numbers with a unit, versions, addresses",
        Plain,
        &[
            "100m",
            "256Mi",
            "1.5Gi",
            "8.4.11",
            "10.0.0.1",
            "192.168.56.0/20",
            "192.168.56.200-192.168.56.209",
            "5m30s",
            "..",
            "./x",
            "0.1-rc",
        ],
    ),
    ("booleans of YAML 1.1", Double, &["y", "Y", "n", "yes", "Yes", "NO", "on", "Off", "oFF", "true", "FALSE"]),
    ("null", Double, &["null", "Null", "NULL", "~", ""]),
    (
        "integers",
        Double,
        &[
            "0", "-1", "+1", "012", "09", "0o7", "0O7", "0x1F", "0X1f", "-0x1f", "0b11", "1_000", "0_7", "1,000",
            "0_x1F", "0_b1", "-_1", "0b-1", "0o+7", "0x-1",
        ],
    ),
    (
        "floats",
        Double,
        &[
            "1.5",
            "1.",
            ".5",
            "-.5",
            "1e3",
            "1E+3",
            "1.5e-3",
            "1_0.5",
            "1e_+3",
            "-_.5e_-_1",
            ".",
            "-.",
            ".inf",
            "-.INF",
            "+.Inf",
            ".NaN",
        ],
    ),
    ("base 60", Double, &["1:30", "12:30:00", "-1:30", "190:20:30.5", "80:30080"]),
    ("dates and times", Double, &["2026-11-21", "2026-1-1", "2026-11-21T09:30:00Z", "2026-11-21 09:30:00.5 +01:00"]),
    ("merge and value keys", Double, &["<<", "="]),
    (
        "an indicator in front",
        Double,
        &[
            "- a",
            "-",
            "?",
            "? a",
            ":a",
            ",a",
            "[a",
            "]",
            "{a",
            "}",
            "#a",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "'a'",
            "%a",
            "@a",
            "`a",
            "---",
            "--- a",
            "-----BEGIN",
            "...",
            "... a",
        ],
    ),
    ("a colon or a hash that ends the text", Double, &["a: b", "a:", "a #b"]),
    ("white space at an end, tabs", Double, &[" a", "a ", " ", "\ta", "a\tb", "a\t"]),
    ("quotes and backslashes, when quotes are needed", Single, &["{\"a\": 1}", "\"a\"", "[^\\.]+", "a\\b: c"]),
    (
        "what readers refuse, drop or take for a line break",
        Double,
        &[
            "\0",
            "\x1b[0m",
            "\x7f",
            "a\u{85}b",
            "a\u{9f}",
            "\u{2028}",
            "\u{2029}",
            "\u{feff}a",
            "\u{fffe}",
            "a\rb",
            "a\r\nb\n",
        ],
    ),
    ("what reorders the line in a review", Double, &["\u{202e}a", "a\u{2066}b\n"]),
    (
        "text of more than one line",
        Literal,
        &[
            "a\nb",
            "a\nb\n",
            "a\n\n\n",
            "\na\n",
            "  a\nb\n",
            " \ta\nb\n",
            "\n\ta\nb\n",
            "a\n\tb\n",
            "a \nb\n",
            "# a\n",
            "---\na\n",
            "yes\n",
            "漢\n",
        ],
    ),
    ("blocks that kustomize writes and cannot read again", Double, &["\ta\nb\n", "\t\ta\n", "\t\na"]),
    ("nothing but line breaks and spaces", Double, &["\n", "\n\n", " \n ", "\t\n"]),
];

#[test]
fn each_rule_decides_the_style() {
    for (rule, expected, texts) in RULES {
        for text in *texts {
            assert_eq!(style(text), *expected, "{rule}: {text:?}");
        }
    }
}

#[test]
fn a_key_is_never_a_block() {
    assert_eq!(super::key_style("a\nb\n"), Double);
}

#[test]
fn escapes_are_the_shortest_that_every_reader_knows() {
    let mut out = String::new();
    super::write_double_quoted(&mut out, "a\"\\\n\t\r\0\u{85}\u{2028}é");
    assert_eq!(out, r#""a\"\\\n\t\r\x00\x85\u2028é""#);
}

#[test]
fn single_quotes_are_doubled() {
    let mut out = String::new();
    super::write_single_quoted(&mut out, "'a''\"");
    assert_eq!(out, "'''a''''\"'");
}

#[test]
fn the_header_of_a_block_says_what_its_lines_cannot() {
    for (text, block) in [
        ("a\nb", "|-\n  a\n  b\n"),
        ("a\n", "|\n  a\n"),
        ("a\n\n\n", "|+\n  a\n\n\n"),
        ("\na", "|-\n\n  a\n"),
        (" a\nb\n", "|2\n   a\n  b\n"),
        ("\n\ta\n\n", "|2+\n\n  \ta\n\n"),
    ] {
        let mut out = String::new();
        super::write_literal(&mut out, text, 2);
        assert_eq!(out, block, "{text:?}");
    }
}
