//! The API server's rules about values: data by the name of the API type and the field, and short functions where a rule
//! crosses fields.
//!
//! They say what the server's validation says after it has filled in its defaults: a field that has a default may be missing.

// A table of rules reads as a list of words.
#![allow(clippy::enum_glob_use)]

mod admission;
mod applied;
mod autoscaling;
mod batch;
mod cel;
mod cluster;
mod container;
mod data;
mod definition;
mod devices;
mod endpoints;
mod environment;
mod flowcontrol;
mod json_schema;
mod metadata;
mod network;
mod pod;
mod policy;
mod probe;
mod quantity;
mod rbac;
mod scheduling;
mod service;
mod storage;
mod system;
mod volume;
mod workload;

use std::sync::LazyLock;

use super::syntax::{self, Syntax};
use super::tree::{Field, Tree, Value};
use crate::check::{HashMap, HashSet};
use crate::nearest::nearest;
use crate::{Object, Quantity};

/// A value that the API server refuses, or takes for something that its author can't have meant.
pub struct Fault {
    /// The check that it is a finding of.
    pub id: &'static str,
    /// The nearest value around it that is in the text.
    pub path: String,
    /// What is wrong: a clause about the path that comes before it.
    pub fact: String,
    /// What to do.
    pub help: String,
    /// When the API server takes it in spite of it.
    pub taken: Option<Taken>,
    /// The first minor version whose API server takes it, if one does: it is a fault where an earlier one is known to be meant.
    pub until: Option<u32>,
}

/// When the API server takes a value that its author can't have meant.
pub enum Taken {
    Always,
    /// Where a flag of its own says so.
    WhenTold,
    /// Without the value, of which nothing comes.
    Dropped,
}

/// A rule about a field.
#[derive(Clone, Copy)]
enum Rule {
    /// It is there, and not empty.
    Required,
    /// It is one of these; empty text is as good as none.
    OneOf(&'static [&'static str]),
    /// If it is there, it is one of these.
    OneOfIfSet(&'static [&'static str]),
    /// Each item is one of these.
    EachOneOf(&'static [&'static str]),
    /// A number from the first to the second.
    Range(i64, i64),
    /// A port's number.
    Port,
    /// A port's number, or 0 for none.
    PortOrNone,
    /// A port's number or name.
    PortOrName,
    /// A number that is not negative, or a percentage.
    CountOrPercent,
    /// A text, unless it is empty.
    Is(Syntax),
    /// A text, even if it is empty, unless it is not there.
    IsIfSet(Syntax),
    /// A text that is not empty.
    Must(Syntax),
    /// Each item.
    EachMust(Syntax),
    /// A map of labels.
    Labels,
    /// A map of amounts.
    Amounts,
    /// An amount that is not negative.
    Amount,
    /// An amount that is more than nothing.
    SomeAmount,
    /// The items have different values of this field; none stands for the items themselves.
    Unique(&'static str),
    /// At most so many items.
    AtMost(usize),
    /// No more than one of these fields of it is there.
    AtMostOne(&'static [&'static str]),
    /// One of these fields of it is there, and only one.
    ExactlyOne(&'static [&'static str]),
    /// Whatever the function says about it.
    By(fn(Value<'_>, &mut Faults)),
}

/// The rules about a type: about its fields, or, where the field is empty, about itself.
type TypeRules = (&'static str, &'static [(&'static str, Rule)]);

/// The rules by the name of their type: the field, how it is found, and the rule.
type RulesByType = HashMap<&'static str, Vec<(&'static str, Field<'static>, Rule)>>;

static RULES: LazyLock<RulesByType> = LazyLock::new(|| {
    let all = [
        admission::RULES,
        autoscaling::RULES,
        batch::RULES,
        cluster::RULES,
        container::RULES,
        data::RULES,
        definition::RULES,
        devices::RULES,
        endpoints::RULES,
        environment::RULES,
        flowcontrol::RULES,
        json_schema::RULES,
        metadata::RULES,
        network::RULES,
        pod::RULES,
        policy::RULES,
        probe::RULES,
        quantity::RULES,
        rbac::RULES,
        scheduling::RULES,
        service::RULES,
        storage::RULES,
        system::RULES,
        volume::RULES,
        workload::RULES,
    ];
    let mut by_type: HashMap<_, Vec<_>> = HashMap::default();
    for (name, rules) in all.into_iter().flatten() {
        let rules = rules.iter().map(|(field, rule)| (*field, Field::named(field), *rule));
        by_type.entry(*name).or_default().extend(rules);
    }
    by_type
});

/// What is wrong with an object; `tree` is room to work in.
pub fn faults(object: &Object, tree: &mut Tree) -> Vec<Fault> {
    object.write_tree(tree);
    let mut faults = Faults::default();
    metadata::check(tree.root(), &mut faults);
    walk(tree.root(), &mut faults);
    // What is refused however it is applied needs no advice on how.
    if !faults.all.iter().any(|fault| fault.id == "object-too-large") {
        applied::check(tree, &mut faults);
    }
    faults.all
}

fn walk(value: Value<'_>, faults: &mut Faults) {
    if value.is_leaf() {
        return leaf(value, faults);
    }
    for (name, field, rule) in RULES.get(value.type_name()).into_iter().flatten() {
        let ruled = if name.is_empty() { value } else { value.field(*field) };
        if ruled.is_set() || rule.minds_absence() {
            rule.check(ruled, value, name, faults);
        }
    }
    // The status is the cluster's: but for a node's it is dropped when an object is made.
    let is_written = |item: &Value<'_>| !value.is_root() || item.key() != "status" || value.type_name() == "Node";
    value.items().filter(is_written).for_each(|item| walk(item, faults));
}

fn leaf(value: Value<'_>, faults: &mut Faults) {
    if value.is_amount() && Quantity::parse(value.text()).is_none() {
        let (fact, help) = (format!("is {value}, which is no amount"), super::quantity::help(value.text()));
        match value.text() {
            // A sign alone is nothing to the server.
            "-" | "+" => faults.warn("quantity", value, fact, help),
            _ => faults.add("quantity", value, fact, help),
        }
    }
}

/// What is wrong, in the order in which it was found.
#[derive(Default)]
struct Faults {
    all: Vec<Fault>,
}

/// The id of the rules that have none of their own.
const VALUE: &str = "api-value";

impl Faults {
    fn add(&mut self, id: &'static str, value: Value<'_>, fact: impl Into<String>, help: impl Into<String>) {
        let mut place = value;
        // What is blank need not be in the text: the types hold zeros where nothing was written.
        while place.is_blank() && !place.is_root() {
            place = place.parent();
        }
        let (path, whole) = (place.path(), value.path());
        let field = whole.strip_prefix(&path).unwrap_or(&whole).trim_start_matches('.');
        let fact = fact.into();
        let fact = if field.is_empty() { fact } else { format!("{field} {fact}") };
        let fact = if path.is_empty() { fact } else { format!("{path}: {fact}") };
        self.all.push(Fault { id, path, fact, help: help.into(), taken: None, until: None });
    }

    /// What the API server takes, of a check whose other faults it refuses.
    fn warn(&mut self, id: &'static str, value: Value<'_>, fact: impl Into<String>, help: impl Into<String>) {
        self.add(id, value, fact, help);
        self.last_is_taken(Taken::Always);
    }

    /// When the API server takes the last one.
    fn last_is_taken(&mut self, when: Taken) {
        if let Some(fault) = self.all.last_mut() {
            fault.taken = Some(when);
        }
    }

    /// A value that the API servers refuse before this minor version.
    fn add_until(&mut self, minor: u32, value: Value<'_>, fact: &str, help: impl Into<String>) {
        self.add(VALUE, value, fact, help);
        self.all.iter_mut().rev().take(1).for_each(|fault| fault.until = Some(minor));
    }

    /// A field that has to be there.
    fn missing(&mut self, holder: Value<'_>, field: &str, why: &str) {
        let because = if why.is_empty() { String::new() } else { format!(" {why}") };
        self.add(VALUE, holder, format!("needs {field}{because}"), format!("set {field}"));
    }

    /// A field that must not be there.
    fn forbidden(&mut self, value: Value<'_>, why: &str) {
        self.add(VALUE, value, format!("can't be set {why}"), "remove it");
    }

    /// A text of another form.
    fn malformed(&mut self, value: Value<'_>, syntax: Syntax) {
        if let Some(why) = syntax(value.text()) {
            let id = if is_name(syntax) {
                "name-syntax"
            } else if is_label(syntax) {
                "label-syntax"
            } else {
                VALUE
            };
            self.add(id, value, format!("is {value}"), why);
        }
    }

    /// A text that is none of those that are known.
    fn unknown(&mut self, value: Value<'_>, known: &[&str]) {
        let help = match nearest(value.text(), known.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("it is one of {}", known.join(", ")),
        };
        self.add(VALUE, value, format!("is {value}, which the API does not know"), help);
    }
}

fn same(one: Syntax, other: Syntax) -> bool {
    std::ptr::fn_addr_eq(one, other)
}

fn is_name(syntax: Syntax) -> bool {
    [syntax::dns_label, syntax::dns_1035_label, syntax::dns_name, syntax::path_segment]
        .into_iter()
        .any(|name| same(name, syntax))
}

fn is_label(syntax: Syntax) -> bool {
    [syntax::qualified_name, syntax::label_value].into_iter().any(|label| same(label, syntax))
}

impl Rule {
    /// Whether it may have something to say about what is not there. Most fields are not.
    fn minds_absence(self) -> bool {
        matches!(self, Self::Required | Self::Must(_) | Self::ExactlyOne(_) | Self::By(_))
    }

    fn check(self, value: Value<'_>, holder: Value<'_>, field: &str, faults: &mut Faults) {
        match self {
            Self::Required if value.is_blank() => faults.missing(holder, field, ""),
            Self::OneOf(known) if !value.text().is_empty() && !known.contains(&value.text()) => {
                faults.unknown(value, known);
            }
            Self::OneOfIfSet(known) if value.is_text() && !known.contains(&value.text()) => {
                faults.unknown(value, known);
            }
            Self::EachOneOf(known) => {
                value.items().filter(|item| !known.contains(&item.text())).for_each(|item| faults.unknown(item, known));
            }
            Self::Range(least, most) => in_range(value, least, most, faults),
            Self::Port => port(value, 1, faults),
            Self::PortOrNone => port(value, 0, faults),
            Self::PortOrName => port_or_name(value, faults),
            Self::CountOrPercent => count_or_percent(value, faults),
            Self::Is(syntax) if !value.text().is_empty() => faults.malformed(value, syntax),
            Self::IsIfSet(syntax) if value.is_text() => faults.malformed(value, syntax),
            Self::Must(syntax) => match value.text() {
                "" => faults.missing(holder, field, ""),
                _ => faults.malformed(value, syntax),
            },
            Self::EachMust(syntax) => value.items().for_each(|item| faults.malformed(item, syntax)),
            Self::Labels => labels(value, faults),
            Self::Amounts => value.items().for_each(|amount| least_amount(amount, false, faults)),
            Self::Amount => least_amount(value, false, faults),
            Self::SomeAmount => least_amount(value, true, faults),
            Self::Unique(field) => unique(value, field, VALUE, faults),
            Self::AtMost(most) if value.len() > most => {
                faults.add(VALUE, value, format!("has {} items; {most} is the most", value.len()), "remove some");
            }
            Self::AtMostOne(fields) => _ = union(value, fields, faults),
            Self::ExactlyOne(fields) if union(value, fields, faults) == 0 => {
                faults.add(VALUE, value, format!("has none of {}", fields.join(", ")), "set one of them");
            }
            Self::By(rule) => rule(value, faults),
            _ => {}
        }
    }
}

fn in_range(value: Value<'_>, least: i64, most: i64, faults: &mut Faults) {
    if let Some(number) = value.int().filter(|number| !(least..=most).contains(number)) {
        let help = match most {
            i64::MAX => format!("{least} is the least"),
            _ => format!("it is a number from {least} to {most}"),
        };
        faults.add(VALUE, value, format!("is {number}"), help);
    }
}

fn port(value: Value<'_>, least: i64, faults: &mut Faults) {
    if let Some(number) = value.int().filter(|number| !(least..=65535).contains(number)) {
        faults.add("port-range", value, format!("is {number}, which is no port"), "ports are 1 to 65535");
    }
}

fn port_or_name(value: Value<'_>, faults: &mut Faults) {
    if value.is_text() {
        if let Some(why) = syntax::port_name(value.text()) {
            faults.add("port-name", value, format!("is {value}"), why);
        }
    } else {
        port(value, 1, faults);
    }
}

fn count_or_percent(value: Value<'_>, faults: &mut Faults) {
    if value.is_text() {
        faults.malformed(value, syntax::percent);
    } else {
        in_range(value, 0, i64::MAX, faults);
    }
}

fn labels(map: Value<'_>, faults: &mut Faults) {
    for label in map.items() {
        label_key(label, label.key(), faults);
        if let Some(why) = syntax::label_value(label.text()) {
            faults.add("label-syntax", label, format!("is {label}"), why);
        }
    }
}

fn label_key(place: Value<'_>, key: &str, faults: &mut Faults) {
    if let Some(why) = syntax::qualified_name(key) {
        // The key itself stays out of the path: a key that is no key breaks it.
        faults.add("label-syntax", place.parent(), format!("has the key {key:?}"), why);
    }
}

fn least_amount(value: Value<'_>, more_than_nothing: bool, faults: &mut Faults) {
    // A sign alone is nothing to the server too.
    let is_nothing = value.is_amount() && matches!(value.text(), "" | "-" | "+");
    let Some(amount) = Quantity::parse(value.text()).or(is_nothing.then(Quantity::default)) else { return };
    if amount < Quantity::default() || more_than_nothing && amount == Quantity::default() {
        let help =
            if more_than_nothing { "write an amount above zero" } else { "write an amount that is not negative" };
        faults.add("quantity", value, format!("is {value}"), help);
    }
}

/// Reports items that repeat an earlier one's text: their own or that of one of their fields.
fn unique(list: Value<'_>, field: &str, id: &'static str, faults: &mut Faults) {
    let mut seen = HashSet::default();
    for item in list.items() {
        let value = if field.is_empty() { item } else { item.get(field) };
        if !value.is_blank() && !seen.insert(value.to_string()) {
            faults.add(id, value, format!("is {value}, as an earlier one is"), "remove or rename one of them");
        }
    }
}

/// How many of these fields are set; reports all after the first.
fn union(value: Value<'_>, fields: &[&str], faults: &mut Faults) -> usize {
    let set: Vec<_> = fields.iter().map(|field| value.get(field)).filter(|field| field.is_set()).collect();
    for more in set.iter().skip(1) {
        faults.forbidden(*more, &format!("beside {}", set[0].key()));
    }
    set.len()
}
