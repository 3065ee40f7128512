//! What a chart says of its values in comments, as helm-docs, Bitnami's generator and people write them.

use std::collections::HashMap;

use stackwright::yaml::Node;

/// The comments of a `values.yaml`.
#[derive(Default)]
pub struct Comments<'t> {
    lines: Vec<&'t str>,
    /// Those that name the value that they are about.
    named: HashMap<&'t str, Vec<String>>,
}

/// More lines than these are a chapter, and no comment of one value.
const MOST_LINES: usize = 6;

impl<'t> Comments<'t> {
    pub fn of(text: &'t str) -> Self {
        let lines: Vec<_> = text.lines().collect();
        let mut named = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            let Some(comment) = comment(line) else { continue };
            let param = comment.strip_prefix("@param ").or_else(|| comment.strip_prefix("@extra "));
            if let Some((path, about)) = param.and_then(|param| param.trim().split_once(' ')) {
                // Behind the path may stand what the generator needs: [object], [default: nil].
                let about = match about.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                    Some((_, about)) => about,
                    None => about,
                };
                named.insert(path, vec![about.trim().to_owned()]);
            } else if let Some((path, about)) = comment.split_once(" -- ")
                && !path.contains(' ')
                && !path.starts_with("--")
            {
                let more = lines[at + 1..].iter().map_while(|line| self::comment(line));
                let more = more.take_while(|line| is_prose(line) && !line.contains(" -- ")).map(str::to_owned);
                named.insert(path, [about.to_owned()].into_iter().chain(more).take(MOST_LINES).collect());
            }
        }
        Self { lines, named }
    }

    /// What is said of a key, by its path and where it stands.
    pub fn about(&self, path: &[String], line: usize, column: usize) -> Vec<String> {
        if let Some(about) = self.named.get(path.join(".").as_str()) {
            return about.clone();
        }
        let Some(at) = line.checked_sub(1).filter(|at| self.is_first(*at, column)) else { return Vec::new() };
        let above = self.lines[..at].iter().rev().map_while(|line| comment(line)).collect::<Vec<_>>();
        let mut above: Vec<_> = above.into_iter().rev().collect();
        // What stands before helm-docs' mark is about something else.
        if let Some(begin) = above.iter().rposition(|line| line.starts_with("-- ")) {
            above.drain(..begin);
        } else if let Some(begin) = above.iter().rposition(|line| line.starts_with('@') || line.contains(" -- ")) {
            above.drain(..=begin);
        }
        let lines = above.iter().map(|line| line.strip_prefix("-- ").unwrap_or(line).trim());
        let lines = lines.skip_while(|line| !is_prose(line)).take_while(|line| is_prose(line));
        lines.take(MOST_LINES).map(str::to_owned).collect()
    }

    /// Whether what stands at a column is the first of its line.
    fn is_first(&self, at: usize, column: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.chars().take(column.saturating_sub(1)).all(|c| c == ' '))
    }
}

/// What a line says that is a comment and nothing else.
fn comment(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim())
}

/// Whether a line of a comment is neither empty, a rule, nor a value that is commented out.
fn is_prose(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let is_yaml = line.starts_with("- ")
        || line.starts_with(['{', '[', '@', '}', ']'])
        || first.ends_with(':') && first.len() == line.len();
    let is_value = first.ends_with(':') && line.split(' ').count() <= 3 && first.starts_with(char::is_lowercase);
    line.contains(char::is_alphabetic) && !is_yaml && !is_value
}

/// Where a key of a node stands: its line and column.
pub fn place(node: Option<&Node>, key: &str) -> (usize, usize) {
    let entry = node.and_then(|node| node.entries().iter().find(|entry| entry.key == key));
    entry.map_or((0, 0), |entry| (entry.key_span.line, entry.key_span.column))
}
