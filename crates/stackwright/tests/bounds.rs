//! Texts made to break readers: each is refused, or read, within the memory of an ordinary text of its size.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;

use stackwright::yaml;

/// What the reader may use at most: 64 MiB, and 64 bytes for each byte of the text.
const MOST: fn(usize) -> usize = |length| (64 << 20) + 64 * length;

/// All in one test: the memory is that of the process.
#[test]
fn memory_is_bounded() {
    let aliases = |width: usize, depth: usize| {
        let first = format!("a0: &a0 [{}]\n", vec!["x"; width].join(", "));
        (1..depth).fold(first, |text, n| {
            let items = vec![format!("*a{}", n - 1); width].join(", ");
            format!("{text}a{n}: &a{n} [{items}]\n")
        })
    };
    let merges = (1..40).fold("a0: &a0 {k0: x}\n".to_owned(), |text, n| {
        format!("{text}a{n}: &a{n}\n  k{n}: {{<<: [*a{0}, *a{0}], x: *a{0}}}\n", n - 1)
    });
    let (mut nested, mut anchors) = (String::new(), String::new());
    (0..2000).for_each(|depth| _ = writeln!(nested, "{}a:", " ".repeat(depth)));
    (0..12_000).for_each(|n| _ = writeln!(anchors, "k{n}: &k{n} x"));
    let cases = [
        ("aliases of aliases", aliases(9, 9), "grow out of bounds"),
        ("a chain of aliases", aliases(1, 300), "grow out of bounds"),
        (
            "a long list aliased often",
            format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(30_000), "*a, ".repeat(30_000)),
            "grow out of bounds",
        ),
        ("merges of merges", merges, "grow out of bounds"),
        ("a scalar of 4 MiB", format!("a: {}\n", "x".repeat(4 << 20)), "3 MiB"),
        ("a block of 4 MiB", format!("a: |\n{}", "  xxxxxxxxxxxx\n".repeat(300_000)), "3 MiB"),
        ("brackets", "[".repeat(1 << 20), "128"),
        ("braces", "{a: ".repeat(1 << 18), "128"),
        ("JSON in JSON", format!("{{\"a\": {}", "[".repeat(1 << 20)), "128"),
        ("items of items", "- ".repeat(1 << 18), "128"),
        ("blocks in blocks", nested, "128"),
        ("question marks", "? ".repeat(1 << 18), "128"),
        ("a key very often", "key: x\n".repeat(25_000), "the key stands"),
        ("no end of a quote", format!("a: \"{}", "x ".repeat(1 << 20)), "not closed"),
        ("tags", "!a ".repeat(1 << 18), ""),
        ("documents", "---\na: 1\n".repeat(25_000), ""),
        ("ends of documents", "...\n".repeat(1 << 18), "none has begun"),
        ("lines without indentation", format!("a:\n  b: 'c\n{}'\n", "d\n".repeat(1 << 20)), ""),
        ("texts without indentation", format!("a:\n{}", "- b: 'c\nd'\n".repeat(1 << 16)), ""),
        ("line breaks of old Macintoshes", format!("a: |\n  {}", "\r".repeat(1 << 20)), ""),
        ("comments", "# c\n".repeat(1 << 16), ""),
        ("empty lists", format!("a: [{}]\n", "[],".repeat(75_000)), ""),
        ("JSON objects in a row", "{\"a\": 1}".repeat(25_000), ""),
        ("one long line", format!("{{\"a\": [{}0]}}", "0,".repeat(125_000)), ""),
        ("anchors", anchors, ""),
    ];
    for (name, text, expected) in cases {
        let before = memory("VmRSS");
        fs::write("/proc/self/clear_refs", "5").expect("the peak can be forgotten");
        let problems = yaml::read(&text).err().unwrap_or_default();
        let peak = memory("VmHWM").saturating_sub(before);
        let found = problems.first().map(ToString::to_string).unwrap_or_default();
        println!("{name}: {} KiB, peak {} KiB, {found}", text.len() >> 10, peak >> 10);
        assert!(found.contains(expected), "{name}: {found}");
        assert!(peak < MOST(text.len()), "{name}: {peak} bytes for {}", text.len());
    }
}

/// A figure of this process, in bytes.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("Linux says what a process uses");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a known figure");
    line.split_whitespace().find_map(|word| word.parse::<usize>().ok()).expect("a number of KiB") << 10
}
