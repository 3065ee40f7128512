//! The book of checks: the pages in docs/checks are written by hand, but for what this test writes into them.
//!
//! A page has a pair of examples: the bad one has exactly one finding, or several of this check, and the good one has none of any check.
//! A block of YAML is the manifest. Where there are two, the first is what is applied already. A first line `# cluster: NAME, ...` puts
//! the objects on a cluster of the library's tests. A block of Rust is one of the functions in clusters/examples.rs there, whose name it
//! has. `<x, 1000 times>` stands for a text of that length. What is found, the head of each page, the list of them and the book's contents are written by
//!
//! ```sh
//! INSTA_UPDATE=always cargo test -p stackwright-cli explain
//! ```

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{env, fs};

use stackwright::Cluster;
use stackwright::check::{Check, Profile, checks};

use super::{head, list};
use crate::check::{Findings, Manifests, Target, text};
use crate::flags::OUT;
use crate::input::{Inputs, Source};
use crate::report::Style;

/// The clusters that examples put their objects on.
#[path = "../../../stackwright/tests/clusters/mod.rs"]
mod clusters;

const CLUSTERS: &str = include_str!("../../../stackwright/tests/clusters/examples.rs");

/// When the examples are checked, as in the library's tests: the beginning of 2026-11-21.
const NOW: Duration = Duration::from_hours(498_672);

#[test]
fn the_pages_are_true() {
    let mut wrong = Vec::new();
    for check in checks() {
        let path = docs().join(format!("checks/{}.md", check.id));
        let written = fs::read_to_string(&path).unwrap_or_default();
        match page(check, &written) {
            Ok(page) => keep(&path, &written, &page, &mut wrong),
            Err(error) => wrong.push(format!("{}: {error}", path.display())),
        }
    }
    // Below these lines stands what is written by this test.
    let lists = [
        ("checks/README.md", "<!-- The rest is written by a test: see the guide. -->\n", index()),
        ("SUMMARY.md", "- [Checks](checks/README.md)\n", chapters()),
    ];
    for (path, last, list) in lists {
        let path = docs().join(path);
        let written = fs::read_to_string(&path).expect("a page can be read");
        let above = written.split_once(last).map_or(written.as_str(), |(above, _)| above);
        keep(&path, &written, &format!("{above}{last}{list}"), &mut wrong);
    }
    assert!(
        wrong.is_empty(),
        "{} pages are wrong; INSTA_UPDATE=always writes what is found:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_page_is_that_of_a_check() {
    for entry in fs::read_dir(docs().join("checks")).expect("the pages can be listed") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name in UTF-8");
        assert!(name == "README" || checks().any(|check| check.id == name), "{} has no check", path.display());
    }
}

#[test]
fn each_check_has_its_page_and_a_line_in_the_list() {
    let checks: Vec<_> = checks().collect();
    let list = list(&checks);
    for check in checks {
        assert!(super::page(check.id).is_some(), "{}", check.id);
        assert!(list.contains(&format!("  {} ", check.id)));
    }
}

/// Writes a page if that is wanted, or notes that it is not as it should be.
fn keep(path: &Path, written: &str, right: &str, wrong: &mut Vec<String>) {
    if written == right {
        return;
    }
    if env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        fs::write(path, right).expect("a page can be written");
    } else {
        let line = written.lines().zip(right.lines()).position(|(written, right)| written != right);
        let line = line.unwrap_or_else(|| written.lines().count().min(right.lines().count()));
        let should_be = right.lines().nth(line).unwrap_or_default();
        wrong.push(format!("{}:{}: should be: {should_be}", path.display(), line + 1));
    }
}

/// The page of a check as it should be, with the parts that are written by hand as they are.
fn page(check: &Check, written: &str) -> Result<String, String> {
    let [why, bad, good] = ["Why it matters", "Bad", "Good"].map(|title| section(written, title));
    let (why, bad, good) = (why?, bad?, good?);
    if !why.contains("](https://") {
        return Err("Why it matters names no source".to_owned());
    }
    let (mut bad, good) = (Example::of(bad)?, Example::of(good)?);
    let found = bad.findings(check);
    if found.found.is_empty() || found.found.iter().any(|found| found.finding.id != check.id) {
        return Err(format!("the bad example should have findings of this check only, not\n{}", shown(&found)));
    }
    let found_in_good = good.findings(check);
    if !found_in_good.found.is_empty() {
        return Err(format!("the good example has findings:\n{}", shown(&found_in_good)));
    }
    bad.blocks.retain(|(language, _)| language != "text");
    let mut found = shown(&found);
    for (short, long) in bad.blocks.iter().flat_map(|(_, text)| long_texts(text)) {
        found = found.replace(&long, short);
    }
    bad.blocks.push(("text".to_owned(), found.trim_end().to_owned()));
    Ok(format!("{}\n## Why it matters\n\n{why}\n\n## Bad\n\n{}\n## Good\n\n{}", head(check), bad.page(), good.page()))
}

/// What stands below a heading, without the empty lines around it.
fn section<'a>(page: &'a str, title: &str) -> Result<&'a str, String> {
    let heading = format!("\n## {title}\n");
    let start = page.find(&heading).ok_or_else(|| format!("there is no heading ## {title}"))? + heading.len();
    let end = page[start..].find("\n## ").map_or(page.len(), |end| start + end);
    Ok(page[start..end].trim())
}

fn shown(findings: &Findings) -> String {
    text(findings, Style::PLAIN)
}

/// What stands below a heading of a page: sentences, and then blocks of a language each.
struct Example {
    prose: String,
    blocks: Vec<(String, String)>,
}

impl Example {
    fn of(section: &str) -> Result<Self, String> {
        let mut parts = section.split("```");
        let prose = parts.next().unwrap_or_default().trim().to_owned();
        let mut blocks = Vec::new();
        while let (Some(block), Some(between)) = (parts.next(), parts.next()) {
            let (language, text) = block.split_once('\n').ok_or("a block has no end")?;
            if !between.trim().is_empty() {
                return Err(format!("there is text between blocks: {between}"));
            }
            let text = if language == "rust" { source(text)? } else { text.trim_end() };
            blocks.push((language.to_owned(), text.to_owned()));
        }
        Ok(Self { prose, blocks })
    }

    fn page(&self) -> String {
        let mut out = String::new();
        if !self.prose.is_empty() {
            _ = write!(out, "{}\n\n", self.prose);
        }
        let blocks = self.blocks.iter().map(|(language, text)| format!("```{language}\n{text}\n```\n"));
        out + &blocks.collect::<Vec<_>>().join("\n")
    }

    fn cluster(&self) -> Option<Cluster> {
        let (language, text) = self.blocks.first()?;
        if language == "rust" {
            return Some(clusters::cluster(&function(text)?.replace('_', "-")));
        }
        let name = text.strip_prefix("# cluster: ")?.split([',', '\n']).next()?;
        Some(clusters::cluster(name))
    }

    /// What the checks that always run find, and the one that the page is about.
    fn findings(&self, check: &Check) -> Findings {
        let manifests = |text: &str| {
            let source = Source { name: "bad.yaml".to_owned(), text: format!("{}\n", whole(text)) };
            let mut inputs = Inputs::default();
            inputs.sources.push(source);
            Manifests::of(inputs)
        };
        let yaml: Vec<_> =
            self.blocks.iter().filter(|(language, _)| language == "yaml").map(|(_, text)| text.as_str()).collect();
        let (previous, applied) = match yaml[..] {
            [previous, applied] => (Some(manifests(previous)), applied),
            [applied] => (None, applied),
            _ => (None, ""),
        };
        let cluster = self.cluster();
        let target = Target {
            closed: cluster.is_some(),
            namespace: "default",
            kubernetes: None,
            cluster: cluster.as_ref(),
            out: OUT.into(),
            previous: previous.as_ref().map(std::slice::from_ref),
            now: SystemTime::UNIX_EPOCH + NOW,
        };
        // All of them run, since what is allowed without need is known only then.
        let mut findings = Findings::of_manifests(manifests(applied), &checks().collect::<Vec<_>>(), &target)
            .expect("an example can be checked");
        let is_advice = |id| checks().any(|other| other.id == id && other.profile == Profile::Lint);
        findings.found.retain(|found| found.finding.id == check.id || !is_advice(found.finding.id));
        findings
    }
}

/// The places in a text that stand for a long one, and what they stand for.
fn long_texts(text: &str) -> Vec<(&str, String)> {
    let places = text.match_indices("<x, ").filter_map(|(start, _)| {
        let place = &text[start..=start + text[start..].find('>')?];
        let times = place.strip_prefix("<x, ")?.strip_suffix(" times>")?.parse().ok()?;
        Some((place, "x".repeat(times)))
    });
    places.collect()
}

fn whole(text: &str) -> String {
    long_texts(text).into_iter().fold(text.to_owned(), |text, (short, long)| text.replace(short, &long))
}

/// The name of the function that a block of Rust is.
fn function(text: &str) -> Option<&str> {
    let (_, name) = text.split_once("fn ")?;
    name.split_once('(').map(|(name, _)| name)
}

/// A function that makes a cluster, as it stands among the clusters of examples.
fn source(block: &str) -> Result<&'static str, String> {
    let name = function(block).ok_or("a block of Rust has no function")?;
    let head = format!("\nfn {name}() -> Cluster {{\n");
    let start = CLUSTERS.find(&head).ok_or_else(|| format!("there is no fn {name} among the clusters of examples"))?;
    let end = CLUSTERS[start..].find("\n}\n").ok_or("the function has no end")?;
    Ok(&CLUSTERS[start + 1..start + end + 2])
}

/// The list of pages by group, as it stands in checks/README.md.
fn index() -> String {
    let mut out = String::new();
    let mut group = None;
    for check in checks() {
        if group.replace(check.group) != Some(check.group) {
            _ = write!(out, "\n## {}\n\n", check.group);
        }
        _ = writeln!(out, "- [{0}]({0}.md): {1}", check.id, super::first_sentence(check));
    }
    out
}

/// The same as chapters of the book.
fn chapters() -> String {
    let mut out = String::new();
    let mut group = None;
    for check in checks() {
        if group.replace(check.group) != Some(check.group) {
            _ = writeln!(out, "  - [{}]()", check.group);
        }
        _ = writeln!(out, "    - [{0}](checks/{0}.md)", check.id);
    }
    out
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}
