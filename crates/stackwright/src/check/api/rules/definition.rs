use super::Rule::*;
use super::json_schema::schema_at;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::tree::Value;

const COLUMN_FORMATS: &[&str] = &["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];

pub(super) const RULES: &[TypeRules] = &[
    ("CustomResourceDefinition", &[("", By(name))]),
    (
        "CustomResourceDefinitionSpec",
        &[
            ("group", Must(group)),
            ("scope", Required),
            ("scope", OneOf(&["Namespaced", "Cluster"])),
            ("versions", Required),
            ("versions", Unique("name")),
            ("versions", By(versions)),
            ("preserveUnknownFields", By(preserve)),
        ],
    ),
    (
        "CustomResourceDefinitionNames",
        &[
            ("plural", Must(syntax::dns_1035_label)),
            ("singular", Is(syntax::dns_1035_label)),
            ("kind", By(kind)),
            ("listKind", By(list_kind)),
            ("shortNames", EachMust(syntax::dns_1035_label)),
            ("categories", EachMust(syntax::dns_1035_label)),
        ],
    ),
    (
        "CustomResourceDefinitionVersion",
        &[
            ("name", Must(syntax::dns_1035_label)),
            ("", By(version)),
            ("deprecationWarning", By(warning)),
            ("selectableFields", AtMost(8)),
            ("selectableFields", Unique("jsonPath")),
        ],
    ),
    (
        "CustomResourceConversion",
        &[("strategy", Required), ("strategy", OneOf(&["None", "Webhook"])), ("", By(conversion))],
    ),
    (
        "WebhookConversion",
        &[
            ("conversionReviewVersions", Required),
            ("conversionReviewVersions", Unique("")),
            ("conversionReviewVersions", EachMust(syntax::dns_1035_label)),
        ],
    ),
    ("SelectableField", &[("jsonPath", By(selectable))]),
    (
        "CustomResourceColumnDefinition",
        &[
            ("name", Required),
            ("type", Required),
            ("type", OneOf(&["integer", "number", "string", "boolean", "date"])),
            ("format", OneOf(COLUMN_FORMATS)),
            ("jsonPath", By(json_path)),
        ],
    ),
    (
        "CustomResourceSubresourceScale",
        &[
            ("specReplicasPath", By(replicas_path)),
            ("statusReplicasPath", By(replicas_path)),
            ("labelSelectorPath", By(selector_path)),
        ],
    ),
    ("CustomResourceSubresources", &[("status", By(no_fields))]),
];

fn group(group: &str) -> Option<&'static str> {
    syntax::dns_name(group).or((!group.contains('.')).then_some("it is a domain with a dot at least"))
}

fn name(definition: Value<'_>, faults: &mut Faults) {
    let (spec, name) = (definition.get("spec"), definition.at("metadata.name"));
    let needed = format!("{}.{}", spec.at("names.plural").text(), spec.get("group").text());
    if name.text() != needed {
        faults.add("name-syntax", name, format!("is {name}"), format!("its plural and group make it {needed}"));
    }
    let group = spec.get("group").text();
    let is_protected =
        ["k8s.io", "kubernetes.io"].iter().any(|own| group == *own || group.ends_with(&format!(".{own}")));
    let approval = definition.at("metadata.annotations").get("api-approved.kubernetes.io").text();
    let is_approved =
        approval.starts_with("https://") || approval.starts_with("http://") || approval.starts_with("unapproved");
    if is_protected && !is_approved {
        faults.missing(definition, "the annotation api-approved.kubernetes.io", "in a group of Kubernetes' own");
    }
}

fn versions(versions: Value<'_>, faults: &mut Faults) {
    let stored = versions.items().filter(|version| version.get("storage").is_true()).count();
    if stored != 1 && versions.len() > 0 {
        faults.add(VALUE, versions, format!("has {stored} versions with storage: true"), "exactly one is stored");
    }
}

fn preserve(preserve: Value<'_>, faults: &mut Faults) {
    if preserve.is_true() {
        faults.forbidden(preserve, "to true: use x-kubernetes-preserve-unknown-fields in the schema");
    }
}

fn caseless_label(name: &str) -> Option<&'static str> {
    syntax::dns_1035_label(&name.to_ascii_lowercase())
}

fn kind(kind: Value<'_>, faults: &mut Faults) {
    Must(caseless_label).check(kind, kind.parent(), "kind", faults);
    let list = kind.parent().get("listKind");
    if list.is_set() && list.text() == kind.text() && !kind.is_blank() {
        faults.add(VALUE, list, format!("is {list}, as the kind"), "write another name");
    }
}

fn list_kind(kind: Value<'_>, faults: &mut Faults) {
    Is(caseless_label).check(kind, kind.parent(), "listKind", faults);
}

fn version(version: Value<'_>, faults: &mut Faults) {
    if !version.at("schema.openAPIV3Schema").is_set() {
        faults.missing(version, "schema.openAPIV3Schema", "");
    }
    let warning = version.get("deprecationWarning");
    if warning.is_set() && !version.get("deprecated").is_true() {
        faults.forbidden(warning, "without deprecated: true");
    }
}

fn conversion(conversion: Value<'_>, faults: &mut Faults) {
    let webhook = conversion.get("webhook");
    match conversion.get("strategy").text() {
        "Webhook" if !webhook.get("clientConfig").is_set() => {
            faults.missing(conversion, "webhook.clientConfig", "with strategy: Webhook");
        }
        "None" if webhook.is_set() => faults.forbidden(webhook, "with strategy: None"),
        _ => {}
    }
}

fn json_path(path: Value<'_>, faults: &mut Faults) {
    if path.text().is_empty() {
        faults.missing(path.parent(), "jsonPath", "");
    } else if !is_json_path(path.text()) {
        faults.add(VALUE, path, format!("is {path}"), "write it as .spec.replicas");
    }
}

/// A path of fields, filters and indexes; brackets must close.
fn is_json_path(text: &str) -> bool {
    let balanced = text.matches('[').count() == text.matches(']').count();
    let has_space = text.split('[').next().is_some_and(|fields| fields.contains(char::is_whitespace));
    text.starts_with(['.', '[']) && balanced && !has_space && !text.contains("...")
}

fn simple_path(path: Value<'_>, root: &str, faults: &mut Faults) {
    let is_simple = path.text().split('.').skip(1).all(|field| {
        !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    });
    if !path.text().starts_with(root) || !is_simple || path.text().len() <= root.len() {
        faults.add(VALUE, path, format!("is {path}"), format!("write it as {root}replicas"));
    }
}

fn no_fields(status: Value<'_>, faults: &mut Faults) {
    if status.is_list() || status.is_leaf() && !status.is_blank() {
        faults.add(VALUE, status, "is no map", "write status: {}");
    }
    if let Some(field) = status.items().next() {
        faults.forbidden(field, "since status: {} has no fields");
    }
}

fn replicas_path(path: Value<'_>, faults: &mut Faults) {
    let (field, root) = if path.key() == "statusReplicasPath" {
        ("statusReplicasPath", ".status.")
    } else {
        ("specReplicasPath", ".spec.")
    };
    match path.text() {
        "" => faults.missing(path.parent(), field, ""),
        _ => simple_path(path, root, faults),
    }
}

fn selector_path(path: Value<'_>, faults: &mut Faults) {
    if !path.text().is_empty() && !path.text().starts_with(".spec.") {
        simple_path(path, ".status.", faults);
    }
}

/// A field that objects can be selected by: a plain one, of the version's own schema.
fn selectable(path: Value<'_>, faults: &mut Faults) {
    let schema = path.parent().parent().parent().at("schema.openAPIV3Schema");
    let found = schema_at(schema, path.text());
    if path.text().is_empty() {
        faults.missing(path.parent(), "jsonPath", "");
    } else if !found.is_some_and(|found| matches!(found.get("type").text(), "string" | "boolean" | "integer"))
        || path.text().starts_with(".metadata")
    {
        let help = "write the path of a string, boolean or integer: .spec.owner";
        faults.add(VALUE, path, format!("is {path}, which is no such field"), help);
    }
}

fn warning(warning: Value<'_>, faults: &mut Faults) {
    if warning.is_set() && warning.text().is_empty()
        || warning.text().len() > 256
        || warning.text().chars().any(char::is_control)
    {
        faults.add(VALUE, warning, "is no line of 256 characters at most", "say it shorter, on one line");
    }
}
