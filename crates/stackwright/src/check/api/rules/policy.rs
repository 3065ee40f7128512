//! Policies that the API server itself judges objects by.

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, cel, syntax};
use crate::check::api::cel::{RESERVED, Type};
use crate::check::api::tree::Value;

const MATCHED: &[(&str, super::Rule)] = &[("matchPolicy", OneOfIfSet(&["Exact", "Equivalent"]))];

pub(super) const RULES: &[TypeRules] = &[
    ("ValidatingAdmissionPolicy", &[("spec", Required)]),
    (
        "ValidatingAdmissionPolicySpec",
        &[
            ("failurePolicy", OneOfIfSet(&["Fail", "Ignore"])),
            ("matchConditions", Unique("name")),
            ("matchConditions", AtMost(64)),
            ("auditAnnotations", Unique("key")),
            ("auditAnnotations", AtMost(20)),
            ("", By(something)),
            ("", By(expressions)),
        ],
    ),
    ("ParamKind", &[("apiVersion", Must(version)), ("kind", Must(kind))]),
    ("MatchResources", MATCHED),
    ("NamedRuleWithOperations", super::admission::RULE),
    ("NamedRuleWithOperations", &[("resourceNames", EachMust(syntax::path_segment)), ("resourceNames", Unique(""))]),
    ("Variable", &[("name", By(variable))]),
    (
        "Validation",
        &[
            ("reason", OneOfIfSet(&["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"])),
            ("message", By(message)),
        ],
    ),
    ("AuditAnnotation", &[("key", By(annotation))]),
    ("ValidatingAdmissionPolicyBinding", &[("spec", Required)]),
    (
        "ValidatingAdmissionPolicyBindingSpec",
        &[
            ("policyName", Must(syntax::dns_name)),
            ("validationActions", Required),
            ("validationActions", EachOneOf(&["Deny", "Warn", "Audit"])),
            ("validationActions", Unique("")),
            ("validationActions", By(actions)),
        ],
    ),
    (
        "ParamRef",
        &[
            ("name", Is(syntax::path_segment)),
            ("parameterNotFoundAction", Required),
            ("parameterNotFoundAction", OneOf(&["Allow", "Deny"])),
            ("", By(parameters)),
        ],
    ),
];

fn something(spec: Value<'_>, faults: &mut Faults) {
    if spec.get("validations").len() + spec.get("auditAnnotations").len() == 0 {
        faults.missing(spec, "validations or auditAnnotations", "");
    }
    if spec.at("matchConstraints.resourceRules").len() == 0 {
        faults.missing(spec, "matchConstraints.resourceRules", "");
    }
}

/// All of a policy's expressions, each with what it may use.
fn expressions(spec: Value<'_>, faults: &mut Faults) {
    let mut names = vec!["object", "oldObject", "request", "namespaceObject"];
    if spec.get("paramKind").is_set() {
        names.push("params");
    }
    let without_authorizer = names.clone();
    names.push("authorizer");
    for condition in spec.get("matchConditions").items() {
        cel::check(condition.get("expression"), &names, &[Type::Bool], faults);
    }
    let mut variables = Vec::new();
    for variable in spec.get("variables").items() {
        let found = cel::check_with(variable.get("expression"), &names, &variables, &[], faults);
        variables.push((variable.get("name").text(), found));
    }
    for validation in spec.get("validations").items() {
        cel::check_with(validation.get("expression"), &names, &variables, &[Type::Bool], faults);
        let message = validation.get("messageExpression");
        if !message.text().is_empty() {
            cel::check_with(message, &without_authorizer, &variables, &[Type::String], faults);
        }
    }
    for annotation in spec.get("auditAnnotations").items() {
        let value = annotation.get("valueExpression");
        cel::check_with(value, &names, &variables, &[Type::String, Type::Null], faults);
    }
}

fn version(version: &str) -> Option<&'static str> {
    let (group, version) = version.rsplit_once('/').unwrap_or(("", version));
    let group = if group.is_empty() { None } else { syntax::dns_name(group) };
    group.or_else(|| syntax::dns_1035_label(version))
}

fn kind(kind: &str) -> Option<&'static str> {
    syntax::dns_1035_label(&kind.to_ascii_lowercase())
}

fn variable(name: Value<'_>, faults: &mut Faults) {
    let text = name.text();
    let is_identifier = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !RESERVED.contains(&text);
    if text.trim().is_empty() {
        faults.missing(name.parent(), "name", "");
    } else if !is_identifier {
        faults.add(VALUE, name, format!("is {name}"), "write a name of letters, digits and _ that CEL does not use");
    }
}

fn message(message: Value<'_>, faults: &mut Faults) {
    let text = message.text();
    if !text.is_empty() && text.trim().is_empty() {
        faults.add(VALUE, message, "is empty", "say what is wrong, or remove it");
    } else if text.trim().contains(['\n', '\r']) {
        faults.add(VALUE, message, "has a line break", "write it on one line");
    }
}

/// The annotation is of the policy's name.
fn annotation(key: Value<'_>, faults: &mut Faults) {
    let policy = key.root().at("metadata.name").text();
    match syntax::qualified_name(&format!("{policy}/{}", key.text())) {
        _ if key.text().is_empty() => faults.missing(key.parent(), "key", ""),
        Some(why) => faults.add(VALUE, key, format!("is {key}, of the policy {policy}"), why),
        None => {}
    }
}

fn actions(actions: Value<'_>, faults: &mut Faults) {
    let has = |action: &str| actions.items().any(|item| item.text() == action);
    if has("Deny") && has("Warn") {
        faults.add(VALUE, actions, "has Deny and Warn, which say the same twice", "keep one of them");
    }
}

fn parameters(reference: Value<'_>, faults: &mut Faults) {
    let (name, selector) = (reference.get("name"), reference.get("selector"));
    if !name.is_blank() && selector.is_set() {
        faults.forbidden(selector, "beside name");
    } else if name.is_blank() && !selector.is_set() {
        faults.missing(reference, "name or selector", "");
    }
}
