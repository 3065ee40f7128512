//! Which objects a patch is for: names and kinds by regular expressions, labels and annotations by selectors.

use stackwright::yaml::Node;

use super::kustomize::Built;
use super::node::text_at;

/// Whether an object is one that a patch's `target` names, now or before it was renamed.
pub fn selects(target: &Node, built: &Built) -> bool {
    let is = |field: &str, value: &str| text_at(target, field).is_none_or(|pattern| matches(pattern, value));
    let (group, version) = built.group_version();
    let map = |field: &str| built.document.node.at(field).map(super::node::pairs).unwrap_or_default();
    is("group", group)
        && is("version", version)
        && is("kind", built.kind())
        && built.ids().any(|(_, name)| is("name", name))
        && built.ids().any(|(namespace, _)| is("namespace", if namespace.is_empty() { "default" } else { namespace }))
        && text_at(target, "labelSelector").is_none_or(|selector| carries(selector, &map("metadata.labels")))
        && text_at(target, "annotationSelector").is_none_or(|selector| carries(selector, &map("metadata.annotations")))
}

/// Whether labels fulfil a selector as kubectl takes it: `a=b,c!=d,e in (f,g),h,!i`.
fn carries(selector: &str, labels: &[(&str, String, stackwright::yaml::Span)]) -> bool {
    let value =
        |key: &str| labels.iter().find(|(known, _, _)| *known == key.trim()).map(|(_, value, _)| value.as_str());
    let mut depth = 0;
    let parts = selector.split(|letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth == 0
    });
    let among = |list: &str, value: &str| {
        list.trim().trim_start_matches('(').trim_end_matches(')').split(',').any(|one| one.trim() == value)
    };
    parts.map(str::trim).filter(|part| !part.is_empty()).all(|part| {
        if let Some((key, list)) = part.split_once(" notin ") {
            value(key).is_none_or(|value| !among(list, value))
        } else if let Some((key, list)) = part.split_once(" in ") {
            value(key).is_some_and(|value| among(list, value))
        } else if let Some((key, wanted)) = part.split_once("!=") {
            value(key) != Some(wanted.trim())
        } else if let Some((key, wanted)) = part.split_once("==").or_else(|| part.split_once('=')) {
            value(key) == Some(wanted.trim())
        } else if let Some(key) = part.strip_prefix('!') {
            value(key).is_none()
        } else {
            value(part).is_some()
        }
    })
}

/// Whether a regular expression, as people write them for names, matches all of a text: letters, `.`, classes, groups, `|`, `*`, `+`, `?`.
/// Anything else in it matches nothing.
fn matches(pattern: &str, text: &str) -> bool {
    if pattern == text {
        return true;
    }
    let letters: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    let Some(tree) = alternatives(&letters, &mut at).filter(|_| at == letters.len()) else { return false };
    let text: Vec<char> = text.chars().collect();
    tree.ends(&text, &[0]).contains(&text.len())
}

enum Tree {
    Any,
    Start,
    End,
    Class { negated: bool, ranges: Vec<(char, char)> },
    Repeated { tree: Box<Tree>, least: usize, once: bool },
    Sequence(Vec<Tree>),
    Alternatives(Vec<Tree>),
}

impl Tree {
    /// Where it may end when it begins at one of these places.
    fn ends(&self, text: &[char], starts: &[usize]) -> Vec<usize> {
        let mut ends = match self {
            Self::Any => starts.iter().filter(|at| **at < text.len()).map(|at| at + 1).collect(),
            Self::Start => starts.iter().copied().filter(|at| *at == 0).collect(),
            Self::End => starts.iter().copied().filter(|at| *at == text.len()).collect(),
            Self::Class { negated, ranges } => {
                let is_in = |letter: char| ranges.iter().any(|(from, to)| (*from..=*to).contains(&letter)) != *negated;
                starts
                    .iter()
                    .filter(|at| text.get(**at).is_some_and(|letter| is_in(*letter)))
                    .map(|at| at + 1)
                    .collect()
            }
            Self::Sequence(trees) => trees.iter().fold(starts.to_vec(), |at, tree| tree.ends(text, &at)),
            Self::Alternatives(trees) => trees.iter().flat_map(|tree| tree.ends(text, starts)).collect(),
            Self::Repeated { tree, least, once } => {
                let mut ends: Vec<_> = if *least == 0 { starts.to_vec() } else { Vec::new() };
                let mut new = starts.to_vec();
                while !new.is_empty() {
                    new = tree.ends(text, &new).into_iter().filter(|end| !ends.contains(end)).collect();
                    ends.extend(&new);
                    if *once {
                        break;
                    }
                }
                ends
            }
        };
        ends.sort_unstable();
        ends.dedup();
        ends
    }
}

fn alternatives(letters: &[char], at: &mut usize) -> Option<Tree> {
    let mut all = vec![sequence(letters, at)?];
    while letters.get(*at) == Some(&'|') {
        *at += 1;
        all.push(sequence(letters, at)?);
    }
    Some(Tree::Alternatives(all))
}

fn sequence(letters: &[char], at: &mut usize) -> Option<Tree> {
    let mut all = Vec::new();
    while let Some(letter) = letters.get(*at).filter(|letter| !matches!(letter, '|' | ')')) {
        *at += 1;
        let tree = match letter {
            '.' => Tree::Any,
            '^' => Tree::Start,
            '$' => Tree::End,
            '(' => {
                if letters.get(*at) == Some(&'?') {
                    // Only the group that isn't remembered is known of those.
                    *at += 1;
                    (letters.get(*at) == Some(&':')).then_some(())?;
                    *at += 1;
                }
                let tree = alternatives(letters, at)?;
                (letters.get(*at) == Some(&')')).then_some(())?;
                *at += 1;
                tree
            }
            '[' => class(letters, at)?,
            '\\' => {
                let letter = *letters.get(*at)?;
                *at += 1;
                escaped(letter)?
            }
            '*' | '+' | '?' | '{' => return None,
            letter => one(*letter),
        };
        let (least, once) = match letters.get(*at) {
            Some('*') => (0, false),
            Some('+') => (1, false),
            Some('?') => (0, true),
            _ => {
                all.push(tree);
                continue;
            }
        };
        *at += 1;
        if letters.get(*at) == Some(&'?') {
            *at += 1;
        }
        all.push(Tree::Repeated { tree: Box::new(tree), least, once });
    }
    Some(Tree::Sequence(all))
}

fn one(letter: char) -> Tree {
    Tree::Class { negated: false, ranges: vec![(letter, letter)] }
}

fn escaped(letter: char) -> Option<Tree> {
    let ranges = match letter.to_ascii_lowercase() {
        'd' => vec![('0', '9')],
        'w' => vec![('0', '9'), ('a', 'z'), ('A', 'Z'), ('_', '_')],
        's' => vec![(' ', ' '), ('\t', '\t'), ('\n', '\n')],
        other if other.is_ascii_alphanumeric() => return None,
        _ => return Some(one(letter)),
    };
    Some(Tree::Class { negated: letter.is_ascii_uppercase(), ranges })
}

fn class(letters: &[char], at: &mut usize) -> Option<Tree> {
    let negated = letters.get(*at) == Some(&'^');
    *at += usize::from(negated);
    let mut ranges = Vec::new();
    loop {
        let mut from = *letters.get(*at)?;
        *at += 1;
        match from {
            ']' if !ranges.is_empty() => return Some(Tree::Class { negated, ranges }),
            '\\' => {
                from = *letters.get(*at)?;
                *at += 1;
            }
            _ => {}
        }
        let to = letters.get(*at + 1).filter(|to| letters.get(*at) == Some(&'-') && **to != ']');
        ranges.push((from, to.copied().unwrap_or(from)));
        *at += if to.is_some() { 2 } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use stackwright::yaml::Span;

    use super::{carries, matches};

    #[test]
    fn names_match_as_in_go() {
        for (pattern, text, is_match) in [
            (".*", "anything", true),
            ("app|web", "web", true),
            ("app|web", "webs", false),
            ("cluster-(apps|infra)", "cluster-infra", true),
            ("^(?:a+b?)[0-9]*$", "aab42", true),
            ("[^a-c]\\d", "d7", true),
            ("[^a-c]\\d", "a7", false),
            ("a{2}", "aa", false),
            ("(a*)*", "aaab", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), is_match, "{pattern} {text}");
        }
    }

    #[test]
    fn labels_are_selected_as_by_kubectl() {
        let labels = [("app", "web".to_owned(), Span::default()), ("tier", "front".to_owned(), Span::default())];
        for (selector, is_selected) in [
            ("app=web", true),
            ("app==web,tier!=back", true),
            ("app in (api, web),!other", true),
            ("app notin (api, web)", false),
            ("tier,app=api", false),
        ] {
            assert_eq!(carries(selector, &labels), is_selected, "{selector}");
        }
    }
}
