//! What ConfigMaps and Secrets hold.

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::tree::Value;

pub(super) const RULES: &[TypeRules] = &[("ConfigMap", &[("", By(config_map))]), ("Secret", &[("", By(secret))])];

/// The most that ConfigMaps and Secrets can hold: a mebibyte.
const MOST_DATA: usize = 1 << 20;

fn keys(map: Value<'_>, faults: &mut Faults) {
    for value in map.items() {
        if let Some(why) = syntax::data_key(value.key()) {
            faults.add(VALUE, map, format!("has the key {:?}", value.key()), why);
        }
    }
}

/// How many bytes base64 stands for.
fn decoded(text: &str) -> usize {
    text.trim_end_matches('=').len() * 3 / 4
}

fn too_large(object: Value<'_>, bytes: usize, faults: &mut Faults) {
    if bytes > MOST_DATA {
        let kind = object.type_name();
        faults.add(
            "object-too-large",
            object,
            format!("its data is {bytes} bytes long"),
            format!("a {kind} holds {MOST_DATA} bytes at most"),
        );
    }
}

fn config_map(map: Value<'_>, faults: &mut Faults) {
    let (data, binary) = (map.get("data"), map.get("binaryData"));
    keys(data, faults);
    keys(binary, faults);
    for value in data.items() {
        if binary.get(value.key()).is_set() {
            faults.forbidden(value, "beside the same key in binaryData");
        }
    }
    let bytes = data.items().map(|value| value.text().len()).sum::<usize>()
        + binary.items().map(|value| decoded(value.text())).sum::<usize>();
    too_large(map, bytes, faults);
}

fn secret(secret: Value<'_>, faults: &mut Faults) {
    let (data, text) = (secret.get("data"), secret.get("stringData"));
    keys(data, faults);
    keys(text, faults);
    let plain = text.items().map(|value| value.text().len()).sum::<usize>();
    let replaced = |value: &Value<'_>| text.get(value.key()).is_set();
    let encoded = data.items().filter(|value| !replaced(value)).map(|value| decoded(value.text())).sum::<usize>();
    too_large(secret, plain + encoded, faults);
    super::super::secret::contents(data, text, |id, value, fact, help| faults.add(id, value, fact, help));

    // What of a type's keys is not there at all is the finding of secret-type-mismatch.
    let has = |key: &str| data.get(key).is_set() || text.get(key).is_set();
    let kind = secret.get("type").text();
    match kind {
        "kubernetes.io/dockercfg" => docker_configuration(data.get(".dockercfg"), text.get(".dockercfg"), faults),
        "kubernetes.io/dockerconfigjson" => {
            docker_configuration(data.get(".dockerconfigjson"), text.get(".dockerconfigjson"), faults);
        }
        "kubernetes.io/ssh-auth" => {
            let key = data.get("ssh-privatekey");
            if has("ssh-privatekey") && key.is_blank() && text.get("ssh-privatekey").is_blank() {
                faults.add(VALUE, secret, "has an empty ssh-privatekey", "write the key, or change the type");
            }
        }
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => {
            faults.missing(secret, "data.username or data.password", "with its type");
        }
        _ => {}
    }
    if kind == "kubernetes.io/service-account-token"
        && secret.at("metadata.annotations").get("kubernetes.io/service-account.name").is_blank()
    {
        faults.missing(secret, "the annotation kubernetes.io/service-account.name", "with its type");
    }
}

fn docker_configuration(data: Value<'_>, text: Value<'_>, faults: &mut Faults) {
    let place = if text.is_set() { text } else { data };
    if !place.is_set() {
        return;
    }
    let bytes = if text.is_set() {
        text.text().as_bytes().to_vec()
    } else {
        super::super::secret::bytes(data.text()).unwrap_or_default()
    };
    let is_object =
        serde_json::from_slice::<serde_json::Value>(&bytes).is_ok_and(|json| json.is_object() || json.is_null());
    if !is_object {
        faults.add(VALUE, place, "is no JSON object", "write {\"auths\": {...}}");
    }
}
