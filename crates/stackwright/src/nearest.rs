/// The name that was probably meant: another case, or at most two slips away (one in a short name).
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = if name.len() < 5 { 1 } else { 2 };
    let slips = known.into_iter().map(|candidate| (slips(name.as_bytes(), candidate.as_bytes(), most), candidate));
    slips.filter(|(slips, _)| *slips <= most).min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour to make one name of the other;
/// where it is more than `most`, some number above that: of thousands of names few come near.
fn slips(from: &[u8], to: &[u8], most: usize) -> usize {
    if from.len().abs_diff(to.len()) > most {
        return most + 1;
    }
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let start = from.iter().zip(to).take_while(same).count();
    let (from, to) = (&from[start..], &to[start..]);
    let end = from.iter().rev().zip(to.iter().rev()).take_while(same).count();
    let (from, to) = (&from[..from.len() - end], &to[..to.len() - end]);

    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let differ = usize::from(!a.eq_ignore_ascii_case(b));
            let mut fewest = (above[j] + differ).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a.eq_ignore_ascii_case(&to[j - 1]) && from[i - 1].eq_ignore_ascii_case(b) {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row.push(fewest);
        }
        // What follows is made of these two rows.
        if above.iter().chain(&row).all(|slips| *slips > most) {
            return most + 1;
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
