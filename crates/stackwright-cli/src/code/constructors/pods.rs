//! Parts of pods: environment, volumes and their mounts, probes.

use k8s_openapi::api::core::v1::{ConfigMap, EnvVarSource, PersistentVolumeClaim, PodSpec, Volume};
use serde_json::Value;
use stackwright::prelude;

use super::{Base, named, typed, within};
use crate::code::expression::{Code, quoted};
use crate::code::literal::Writer;
use crate::code::types::{self, Shape};

/// A variable of a container's environment.
pub fn variable(writer: &mut Writer<'_>, value: &Value, path: &str) -> Option<Base> {
    let name = value.get("name")?.as_str()?;
    if let Some(source) = value.get("valueFrom").filter(|_| value.get("value").is_none()) {
        let Base { code, value: made } = self::source(writer, source, &format!("{path}/valueFrom"))?;
        (made == *source).then_some(())?;
        return Some(Base { code: Code::call("env_var_from", vec![Code::text(name), code]), value: value.clone() });
    }
    let text = value.get("value")?.as_str()?;
    let made = within(&prelude::env_var(name, text), value)?;
    let text = writer.text(text, &format!("{path}/value"), "");
    Some(Base { code: Code::call("env_var", vec![Code::text(name), text]), value: made })
}

/// Where a variable's value is from.
pub fn source(writer: &mut Writer<'_>, value: &Value, path: &str) -> Option<Base> {
    let source: EnvVarSource = typed(Some(value))?;
    if let Some(field) = &source.field_ref {
        let made = within(&prelude::pod_field(&field.field_path), value)?;
        return Some(Base { code: Code::call("pod_field", vec![Code::text(&field.field_path)]), value: made });
    }
    let key = source.secret_key_ref.as_ref().filter(|key| key.optional.is_none())?;
    let secret = secret(writer, &key.name, &format!("{path}/secretKeyRef/name"));
    let code = Code::call("secret_key", vec![secret, Code::text(&key.key)]);
    Some(Base { code, value: value.clone() })
}

/// Every key of a ConfigMap or Secret.
pub fn all_of(writer: &mut Writer<'_>, value: &Value, path: &str) -> Option<Base> {
    if let Some(name) = value.pointer("/secretRef/name").and_then(Value::as_str) {
        let made = within(&prelude::all_secret_keys(name), value)?;
        let secret = secret(writer, name, &format!("{path}/secretRef/name"));
        return Some(Base { code: Code::call("all_secret_keys", vec![secret]), value: made });
    }
    let name = value.pointer("/configMapRef/name")?.as_str()?;
    let place = format!("{path}/configMapRef/name");
    let bound = writer.referred(&place)?;
    let made = within(&prelude::all_keys(&named::<ConfigMap>(name)), value)?;
    writer.recover(&place);
    Some(Base { code: Code::call("all_keys", vec![Code::plain(bound.argument())]), value: made })
}

/// A Secret as an argument: by its variable, or by the name of one that something else makes.
pub fn secret(writer: &mut Writer<'_>, name: &str, path: &str) -> Code {
    let Some(bound) = writer.referred(path) else { return Code::text(name) };
    writer.recover(path);
    Code::plain(bound.argument())
}

/// A volume: the variable that holds it, or a constructor.
pub fn volume(writer: &mut Writer<'_>, value: &Value, path: &str) -> Option<Base> {
    let name = value.get("name")?.as_str()?;
    if let Some(variable) = writer.volumes.get(name).filter(|variable| !variable.starts_with("claim ")) {
        return Some(Base { code: Code::plain(variable.clone()), value: value.clone() });
    }
    let volume: Volume = typed(Some(value))?;
    for (call, made) in [("empty_volume", prelude::empty_volume(name)), ("memory_volume", prelude::memory_volume(name))]
    {
        if made == volume {
            return Some(Base { code: Code::call(call, vec![Code::text(name)]), value: value.clone() });
        }
    }
    let (call, place, made) = if let Some(source) = &volume.config_map {
        ("config_volume", "configMap/name", prelude::config_volume(&named(&source.name)))
    } else if let Some(name) = volume.secret.as_ref().and_then(|source| source.secret_name.as_deref()) {
        ("secret_volume", "secret/secretName", prelude::secret_volume(name))
    } else {
        let claim: PersistentVolumeClaim = named(&volume.persistent_volume_claim.as_ref()?.claim_name);
        ("claim_volume", "persistentVolumeClaim/claimName", prelude::claim_volume(&claim))
    };
    // Its own name may be another one: that is said beside.
    let mut made = serde_json::to_value(made).ok()?;
    let own = made.as_object_mut()?.remove("name");
    within(&made, value)?;
    if own.as_ref() == value.get("name") {
        made = value.clone();
    }
    let place = format!("{path}/{place}");
    let argument = if let Some(name) = volume.secret.as_ref().and_then(|source| source.secret_name.as_deref()) {
        secret(writer, name, &place)
    } else {
        let bound = writer.referred(&place)?;
        writer.recover(&place);
        Code::plain(bound.argument())
    };
    Some(Base { code: Code::call(call, vec![argument]), value: made })
}

/// A mount of a volume that is bound.
pub fn mount(writer: &Writer<'_>, value: &Value) -> Option<Base> {
    let (name, path) = (value.get("name")?.as_str()?, value.get("mountPath")?.as_str()?);
    let variable = writer.volumes.get(name)?;
    let (call, variable) = match variable.strip_prefix("claim ") {
        Some(template) => ("mount_claim", template),
        None => ("mount", variable.as_str()),
    };
    let volume = Volume { name: name.to_owned(), ..Volume::default() };
    let arguments = vec![Code::Plain(format!("&{variable}")), Code::text(path)];
    if call == "mount"
        && let Some(made) = within(&prelude::mount_read_only(&volume, path), value)
    {
        return Some(Base { code: Code::call("mount_read_only", arguments), value: made });
    }
    Some(Base { code: Code::call(call, arguments), value: within(&prelude::mount(&volume, path), value)? })
}

/// A probe by a named port, or by a command.
pub fn probe(writer: &mut Writer<'_>, value: &Value, path: &str) -> Option<Base> {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
    if let (Some(page), Some(port)) = (text("/httpGet/path"), text("/httpGet/port")) {
        let made = within(&prelude::http_probe(page, port), value)?;
        let port = writer.port(port, &format!("{path}/httpGet/port")).unwrap_or_else(|| quoted(port));
        return Some(Base { code: Code::call("http_probe", vec![Code::text(page), Code::plain(port)]), value: made });
    }
    if let Some(port) = text("/tcpSocket/port") {
        let made = within(&prelude::tcp_probe(port), value)?;
        let port = writer.port(port, &format!("{path}/tcpSocket/port")).unwrap_or_else(|| quoted(port));
        return Some(Base { code: Code::call("tcp_probe", vec![Code::plain(port)]), value: made });
    }
    let command: Vec<String> = typed(value.pointer("/exec/command"))?;
    if command.iter().any(|word| crate::code::files::Files::is_long(word)) {
        return None;
    }
    let mut made = serde_json::to_value(prelude::exec_probe([])).ok()?;
    made["exec"]["command"] = serde_json::to_value(&command).ok()?;
    let made = within(&made, value)?;
    let words = Code::array(command.iter().map(|word| Code::text(word).into()).collect());
    Some(Base { code: Code::call("exec_probe", vec![words]), value: made })
}

/// The volumes of a pod as variables, those that its containers mount.
pub fn bind_volumes(writer: &mut Writer<'_>, pod: &Value, path: &str) -> Option<()> {
    writer.volumes.retain(|_, variable| variable.starts_with("claim "));
    let lists = ["containers", "initContainers"].iter().filter_map(|list| pod.get(*list)?.as_array()).flatten();
    let mounts = lists.filter_map(|container| container.get("volumeMounts")?.as_array()).flatten();
    let mounted: Vec<_> = mounts.filter_map(|mount| mount.get("name")?.as_str()).collect();
    let volumes = pod.get("volumes").and_then(Value::as_array);
    let kind = types::object("v1", "Pod")?.field("spec")?.kind;
    let Shape::Option(kind) = kind.shape() else { return None };
    let Shape::Struct(kind) = kind.shape() else { return None };
    let Shape::Option(list) = kind.field("volumes")?.kind.shape() else { return None };
    let Shape::List(item) = list.shape() else { return None };
    let mut bound = Vec::new();
    for (number, volume) in volumes.into_iter().flatten().enumerate() {
        let name = volume.get("name")?.as_str()?;
        if mounted.contains(&name) && !writer.volumes.contains_key(name) && bound.iter().all(|(other, _)| other != name)
        {
            let code = writer.value(item, volume, &format!("{path}/volumes/{number}"))?;
            let variable = writer.scope.names.name([name, &format!("{name} vol")]);
            writer.lets.push((variable.clone(), code));
            bound.push((name.to_owned(), variable));
        }
    }
    writer.volumes.extend(bound);
    Some(())
}

/// A pod's spec as code, and as what it is.
pub fn pod(writer: &mut Writer<'_>, value: &Value, path: &str) -> Option<(Code, PodSpec)> {
    let kind = types::object("v1", "Pod")?.field("spec")?.kind;
    let Shape::Option(kind) = kind.shape() else { return None };
    let spec = typed(Some(value))?;
    Some((writer.value(kind, value, path)?, spec))
}
