//! Secrets: the code declares them, and holds nothing of what is in them.

use serde_json::Value;

use super::Given;
use super::expression::{Code, quoted};
use super::needs::Needs;
use super::objects::statement;

/// Whether an object is a Secret with something in it. One that is empty is filled by somebody else, and is an object as any other.
pub fn is_declared(given: &Given) -> bool {
    given.kind == "Secret" && given.api_version == "v1" && keys(given).next().is_some()
}

/// The keys of a Secret, each once.
pub fn keys(given: &Given) -> impl Iterator<Item = &str> {
    let entries = |field: &str| given.value.get(field).and_then(Value::as_object);
    let texts = entries("stringData");
    let data = entries("data").into_iter().flat_map(|data| data.keys());
    let data = data.filter(move |key| texts.is_none_or(|texts| !texts.contains_key(key.as_str())));
    data.chain(texts.into_iter().flat_map(|texts| texts.keys())).map(String::as_str)
}

/// Writes the line that declares a secret.
pub fn declare(out: &mut String, variable: &str, given: &Given, needs: &Needs) {
    let namespace =
        needs.constants.namespace(given.namespace()).map_or_else(|| quoted(given.namespace()), str::to_owned);
    let key = |key: &str| {
        let place = given.place.rsplit('/').next().unwrap_or_default();
        let from = quoted(&format!("`{key}` of {}, as in {place}", given.name()));
        Code::pair(Code::text(key), Code::call("Material::Given", vec![Code::Plain(format!("{from}.into()"))])).into()
    };
    let keys = Code::array(keys(given).map(key).collect());
    let spec = Code::call("SecretSpec::new", vec![Code::plain(namespace), Code::text(given.name()), keys]);
    let type_ = given.value.get("type").and_then(Value::as_str).filter(|type_| *type_ != "Opaque");
    let spec = match type_ {
        Some(type_) => Code::Struct {
            name: "SecretSpec".to_owned(),
            fields: vec![("type_".to_owned(), Code::Plain(format!("{}.into()", quoted(type_))).into())],
            base: Some(Box::new(spec)),
        },
        None => spec,
    };
    statement(out, &format!("let {variable}"), &spec);
}
