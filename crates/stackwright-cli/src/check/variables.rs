//! Values that nobody knows before something else replaces their variables, as Flux and `envsubst` do.

use std::collections::BTreeSet;

use stackwright::yaml::{Node, Value, is_unknown};

/// Fields whose words are a shell's, a chart's or a file's: what looks like a variable there may stay.
const OF_OTHERS: [&str; 7] = ["args", "binaryData", "command", "data", "stringData", "values", "valuesContent"];

/// What a variable begins with.
const MARK: &str = "${";

/// How many variables are named.
const MOST: usize = 4;

/// Whether a text may have one: most have none, and their objects needn't be looked at.
pub fn may_be_in(text: &str) -> bool {
    text.contains(MARK)
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
        Value::String(text) if text.contains(MARK) && !text.contains('\n') && is_unknown(text) => {
            names.extend(variables(text));
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Map(entries) => {
            let known = entries.iter().filter(|entry| !OF_OTHERS.contains(&entry.key.as_str()));
            known.for_each(|entry| collect(&entry.value, names));
        }
        _ => {}
    }
}

/// The variables of a text such as `app.${DOMAIN:=example.org}`; `$${NAME}` stays as it is.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    let places = text.match_indices(MARK).filter(|(place, _)| !text[..*place].ends_with('$'));
    places.filter_map(|(place, _)| {
        let length = text[place..].find('}')? + 1;
        Some(&text[place..place + length])
    })
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
        let named = "values with ${DOMAIN:=a.b}, ${IP}, which something replaces before they are applied";
        assert_eq!(of(text).as_deref(), Some(named));
        let text = "- ${A}\n- ${B}\n- ${C}\n- ${D}\n- ${E}\n- ${F}\n";
        let named = "values with ${A}, ${B}, ${C}, ${D} and 2 more, which something replaces before they are applied";
        assert_eq!(of(text).as_deref(), Some(named));
    }

    #[test]
    fn what_stays_is_no_variable() {
        let text = "data:\n  run.sh: echo ${A}\nargs: ['${B}']\ntext: $${C}\njson: \"{\\n ${D}}\"\n";
        assert_eq!(of(text), None);
    }
}
