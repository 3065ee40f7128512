//! Which files of a repository Flux takes, and which it leaves out: by `.sourceignore`, the `ignore` of a GitRepository, or its own list.
//!
//! Read in fluxcd/pkg, sourceignore and artifact/storage/archive.go, on 2026-11-28.

use camino::Utf8Path;
use regex_lite::Regex;

/// The file that says what is left out, of the folder that it lies in.
pub const FILE: &str = ".sourceignore";

/// The patterns of Flux' own that are left out always, or by default.
fn of_flux(when: &'static str) -> impl Iterator<Item = Pattern> {
    let lines = include_str!("flux_ignored.txt").lines();
    let patterns = lines.filter_map(move |line| line.split_once(' ').filter(|(word, _)| *word == when));
    patterns.map(|(_, pattern)| Pattern::of(pattern, Utf8Path::new("")))
}

/// Patterns of files; the last one that matches decides.
#[derive(Default)]
pub struct Ignored(Vec<Pattern>);

impl Ignored {
    /// Those of texts, each with the folder that it is for; of a later one win.
    pub fn of<'t>(texts: impl IntoIterator<Item = (&'t Utf8Path, &'t str)>) -> Self {
        let mut own = Vec::new();
        for (folder, text) in texts {
            let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
            own.extend(lines.map(|line| Pattern::of(line, folder)));
        }
        let mut all: Vec<_> = of_flux("always").collect();
        if own.is_empty() {
            all.extend(of_flux("default"));
        }
        all.extend(own);
        Self(all)
    }

    /// Whether a file is left out.
    pub fn has(&self, file: &Utf8Path) -> bool {
        let path: Vec<_> = file.components().map(|part| part.as_str()).collect();
        self.0.iter().rev().find(|pattern| pattern.matches(&path)).is_some_and(|pattern| !pattern.includes)
    }
}

/// A line of gitignore's.
struct Pattern {
    /// The names on the way to the folder that it is for.
    folder: Vec<String>,
    steps: Vec<Step>,
    includes: bool,
    is_of_folders: bool,
}

/// What a name on the way has to be.
enum Step {
    /// Nothing, at the beginning of a path from the folder itself.
    Here,
    /// Any names, and any number of them.
    Deep,
    Name(String),
    /// A name that ends so: what most patterns are, and a regular expression is slow for.
    End(String),
    Like(Regex),
    /// What is no pattern matches nothing.
    Never,
}

impl Step {
    fn of(text: &str) -> Self {
        let special = ['*', '?', '[', '\\'];
        match text {
            "" => Self::Here,
            "**" => Self::Deep,
            _ if text.contains("**") => Self::Never,
            _ if !text.contains(special) => Self::Name(text.to_owned()),
            _ if text.starts_with('*') && !text[1..].contains(special) => Self::End(text[1..].to_owned()),
            _ => {
                let mut pattern = "^".to_owned();
                let mut letters = text.chars();
                let mut is_class = false;
                while let Some(letter) = letters.next() {
                    is_class = letter == '[' || is_class && letter != ']';
                    match letter {
                        _ if is_class => pattern.push(letter),
                        '*' => pattern.push_str(".*"),
                        '?' => pattern.push('.'),
                        ']' => pattern.push(letter),
                        '\\' => pattern.push_str(&regex_lite::escape(&letters.next().unwrap_or('\\').to_string())),
                        _ => pattern.push_str(&regex_lite::escape(&letter.to_string())),
                    }
                }
                Regex::new(&(pattern + "$")).map_or(Self::Never, Self::Like)
            }
        }
    }

    fn is(&self, name: &str) -> bool {
        match self {
            Self::Name(known) => known == name,
            Self::End(end) => name.ends_with(end),
            Self::Like(pattern) => pattern.is_match(name),
            Self::Here | Self::Deep | Self::Never => false,
        }
    }
}

impl Pattern {
    fn of(line: &str, folder: &Utf8Path) -> Self {
        let (includes, line) = line.strip_prefix('!').map_or((false, line), |line| (true, line));
        let line = if line.ends_with("\\ ") { line } else { line.trim_end_matches(' ') };
        let (is_of_folders, line) = line.strip_suffix('/').map_or((false, line), |line| (true, line));
        let folder = folder.components().map(|part| part.as_str().to_owned()).collect();
        Self { folder, steps: line.split('/').map(Step::of).collect(), includes, is_of_folders }
    }

    /// Whether it is for a file, or for a folder above it.
    fn matches(&self, path: &[&str]) -> bool {
        let depth = self.folder.len();
        if path.len() <= depth || self.folder.iter().zip(path).any(|(own, name)| own != name) {
            return false;
        }
        let path = &path[depth..];
        match self.steps.as_slice() {
            [name] => match path.iter().position(|part| name.is(part)) {
                Some(at) => !self.is_of_folders || at + 1 < path.len(),
                None => false,
            },
            steps => self.leads(steps, path),
        }
    }

    fn leads(&self, steps: &[Step], mut path: &[&str]) -> bool {
        let mut matched = false;
        let mut deep = false;
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Here => deep = false,
                Step::Deep if number + 1 == steps.len() => break,
                Step::Deep => deep = true,
                _ => {
                    let at = if deep { path.iter().position(|name| step.is(name)) } else { Some(0) };
                    let found = at.filter(|at| path.get(*at).is_some_and(|name| step.is(name)));
                    let Some(at) = found else { return false };
                    (path, matched, deep) = (&path[at + 1..], true, false);
                }
            }
        }
        matched && !(self.is_of_folders && path.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the matcher of fluxcd/pkg/sourceignore answers: `e2e/gitops/run` asks it the same.
    #[test]
    fn files_are_left_out_as_by_flux() {
        for line in include_str!("../../tests/gitops/ignored.txt").lines() {
            let (rules, rest) = line.split_once(" => ").expect("a line has rules and a file");
            let (file, answer) = rest.split_once(' ').expect("a file has an answer");
            let rules = rules.trim_start_matches('-').replace(';', "\n");
            let ignored = Ignored::of([("".into(), rules.as_str())]);
            assert_eq!(ignored.has(file.into()), answer == "ignored", "{line}");
        }
    }

    #[test]
    fn a_file_says_it_of_its_folder() {
        let ignored = Ignored::of([("apps".into(), "/*.yaml\n!/kept.yaml")]);
        let has = |file: &str| ignored.has(file.into());
        assert_eq!(
            [has("apps/a.yaml"), has("apps/kept.yaml"), has("a.yaml"), has("apps/web/a.yaml"), has("x.png")],
            [true, false, false, false, false]
        );
    }
}
