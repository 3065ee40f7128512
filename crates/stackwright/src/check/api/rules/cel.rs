//! Expressions of CEL in objects.

use super::{Faults, VALUE};
use crate::check::api::cel::{self, Names, Type};
use crate::check::api::tree::Value;

/// Reports what is wrong with an expression of these variables, which has to come to one of these types.
pub(super) fn check(expression: Value<'_>, names: &[&str], wanted: &[Type], faults: &mut Faults) {
    check_with(expression, names, &[], wanted, faults);
}

/// The same where values have names: `variables.images`. Returns what it comes to.
pub(super) fn check_with(
    expression: Value<'_>,
    names: &[&str],
    variables: &[(&str, Type)],
    wanted: &[Type],
    faults: &mut Faults,
) -> Type {
    let all = [names, if variables.is_empty() { &[] } else { &["variables"] }].concat();
    let field = |path: &[&str]| match path {
        ["variables", name] => variables.iter().find(|(known, _)| known == name).map(|(_, found)| *found),
        _ => Some(Type::Unknown),
    };
    let names = Names { variables: &all, field: &field };
    check_fields(expression, &names, wanted, faults);
    cel::type_of(expression.text(), &names).unwrap_or(Type::Unknown)
}

/// The same where it is known which fields the variables have.
pub(super) fn check_fields(expression: Value<'_>, names: &Names<'_>, wanted: &[Type], faults: &mut Faults) {
    if expression.text().trim().is_empty() {
        let field = if expression.is_set() { expression.key() } else { "expression" };
        faults.missing(expression.parent(), field, "");
    } else if let Some(why) = cel::fault(expression.text(), names, wanted) {
        faults.add(VALUE, expression, format!("is {expression}"), why);
    }
}
