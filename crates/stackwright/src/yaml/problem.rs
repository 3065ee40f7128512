use std::fmt;

use super::Span;

/// Something wrong in YAML that was read: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub span: Span,
    /// The field, such as `spec.ports[0].name`; empty where the text isn't even YAML.
    pub path: String,
    /// The fact.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// `12:5: spec.replicas: expected i32, found string "three"`: a file's name and a colon in front make it a place that
/// editors can jump to.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: ", self.span.line, self.span.column)?;
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(formatter, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// The name that was probably meant: another case, or at most two slips away (one in a short name).
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = if name.len() < 5 { 1 } else { 2 };
    let slips = known.into_iter().map(|candidate| (slips(name, candidate), candidate));
    slips.filter(|(slips, _)| *slips <= most).min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour to make one name of the other.
fn slips(from: &str, to: &str) -> usize {
    let from = from.to_ascii_lowercase().into_bytes();
    let to = to.to_ascii_lowercase().into_bytes();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut fewest = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row.push(fewest);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_with_a_slip_are_found() {
        let known = ["name", "namespace", "containerPort", "spec", "status"];
        let near = |name| nearest(name, known);
        assert_eq!(
            [near("sepc"), near("containerport"), near("Names"), near("namepsaces")],
            [Some("spec"), Some("containerPort"), Some("name"), Some("namespace")]
        );
        assert_eq!([near("x"), near("stat"), near("label")], [None; 3]);
    }
}
