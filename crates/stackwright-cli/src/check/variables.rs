//! Values that nobody knows before something else replaces their variables, as Flux, `envsubst` and templates do.

use std::collections::BTreeSet;

use stackwright::yaml::{Node, Value, is_unknown};

/// Fields whose words are a shell's, or a file's of any kind: what looks like a variable there may stay.
const OF_OTHERS: [&str; 5] = ["args", "binaryData", "command", "data", "stringData"];

/// What a variable stands between.
const MARKS: [(&str, &str); 2] = [("${", "}"), ("{{", "}}")];

/// How many variables are named.
const MOST: usize = 4;

/// Whether a text may have one: most have none, and their objects needn't be looked at.
pub fn may_be_in(text: &str) -> bool {
    MARKS.iter().any(|(start, _)| text.contains(start))
}

/// Those in some objects, in words that follow "not checked:".
pub fn unchecked<'n>(objects: impl Iterator<Item = &'n Node>) -> Option<String> {
    let mut names = BTreeSet::new();
    objects.for_each(|object| collect(object, &mut names));
    let shown: Vec<_> = names.iter().take(MOST).copied().collect();
    let more = match names.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty())
        .then(|| format!("values with {}{more}, which something replaces before they are applied", shown.join(", ")))
}

fn collect<'n>(node: &'n Node, names: &mut BTreeSet<&'n str>) {
    match &node.value {
        Value::String(text) if text.contains('{') && is_unknown(text) => names.extend(variables(text)),
        Value::List(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Map(entries) => {
            let known = entries.iter().filter(|entry| !OF_OTHERS.contains(&entry.key.as_str()));
            known.for_each(|entry| collect(&entry.value, names));
        }
        _ => {}
    }
}

/// The variables of a text such as `app.${DOMAIN:=example.org}`, and of one for a template. Scripts have spaces and lines.
fn variables(text: &str) -> Vec<&str> {
    let of_marks = MARKS.iter().flat_map(|(start, end)| {
        let places = text.match_indices(start).filter(|(place, _)| !text[..*place].ends_with('$'));
        places.filter_map(move |(place, _)| {
            let length = text[place..].find(end)? + end.len();
            Some(&text[place..place + length])
        })
    });
    let is_one = |variable: &&str| !variable.trim_matches(['{', '}', ' ']).contains(char::is_whitespace);
    of_marks.filter(is_one).collect()
}

#[cfg(test)]
mod tests {
    use stackwright::yaml;

    use super::unchecked;

    fn of(text: &str) -> Option<String> {
        unchecked(yaml::read(text).expect("nodes").documents.iter())
    }

    #[test]
    fn variables_are_named_once() {
        let text = "host: app.${DOMAIN:=a.b}\nip: ${IP}\nalso: '${IP}'\nname: \"{{ name }}\"\n";
        let named = "values with ${DOMAIN:=a.b}, ${IP}, {{ name }}, which something replaces before they are applied";
        assert_eq!(of(text).as_deref(), Some(named));
        let text = "[${A}, ${B}, ${C}, ${D}, ${E}, ${F}]";
        assert_eq!(
            of(text).as_deref(),
            Some("values with ${A}, ${B}, ${C}, ${D} and 2 more, which something replaces before they are applied")
        );
    }

    #[test]
    fn what_stays_is_no_variable() {
        assert_eq!(
            of("data:\n  run.sh: echo ${A}\nargs: ['${B}']\ntext: $${C}\nkey: ENC[AES256_GCM,data:a,type:str]\n"),
            None
        );
    }
}
