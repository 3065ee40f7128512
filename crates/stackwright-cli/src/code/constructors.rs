//! The constructors of the prelude, where one makes exactly what is there: each is called, and what it makes is compared.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{ContainerPort, Service};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use stackwright::{App, prelude};

use super::expression::{Code, quoted};
use super::literal::Writer;
use super::objects::changes;
use super::types::{Shape, Struct, Type};

mod pods;
mod workloads;

use pods::{all_of, bind_volumes, mount, probe, secret, source, variable, volume};
pub use workloads::object;

/// An expression, and the JSON of what it makes.
pub struct Base {
    pub code: Code,
    pub value: Value,
}

/// What a value is, as its type.
pub fn typed<T: DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    serde_json::from_value(value?.clone()).ok()
}

/// What a constructor made, if everything in it is in the value as well.
fn within(made: &impl Serialize, value: &Value) -> Option<Value> {
    let made = serde_json::to_value(made).ok()?;
    let is_same = |(key, part): (&String, &Value)| value.get(key) == Some(part);
    made.as_object()?
        .iter()
        .filter(|(key, _)| !["apiVersion", "kind"].contains(&key.as_str()))
        .all(is_same)
        .then_some(made)
}

/// The expression that a struct's other fields are from.
pub fn base(writer: &mut Writer<'_>, kind: &Struct, value: &Value, path: &str) -> Option<Base> {
    // One of another crate may be called the same.
    kind.feature.is_none().then_some(())?;
    let text = |field: &str| value.get(field).and_then(Value::as_str);
    let plain = |name: &str, arguments: &[&str]| {
        Code::call(name, arguments.iter().map(|argument| Code::text(argument)).collect())
    };
    let (code, value) = match kind.name() {
        "ObjectMeta" => return metadata(writer, value, path),
        "EnvVar" => return variable(writer, value, path),
        "EnvVarSource" => return source(writer, value, path),
        "EnvFromSource" => return all_of(writer, value, path),
        "Volume" => return volume(writer, value, path),
        "VolumeMount" => return mount(writer, value),
        "Probe" => return probe(writer, value, path),
        "PodSpec" => {
            bind_volumes(writer, value, path)?;
            return None;
        }
        "ContainerPort" => {
            let (name, number) = (text("name")?, value.get("containerPort")?.as_u64()?.try_into().ok()?);
            let made = within(&prelude::container_port(name, number), value)?;
            let name = writer.port(name, &format!("{path}/name")).unwrap_or_else(|| quoted(name));
            (Code::call("container_port", vec![Code::plain(name), Code::plain(number.to_string())]), made)
        }
        "ResourceRequirements" => {
            let pair = |field: &str| amounts(value.get(field)?.as_object()?);
            let (requests, limits) = (pair("requests")?, pair("limits")?);
            let made = within(&prelude::resources(requests, limits), value)?;
            let pair = |(cpu, memory): (&str, &str)| Code::pair(Code::text(cpu), Code::text(memory));
            (Code::call("resources", vec![pair(requests), pair(limits)]), made)
        }
        "SecurityContext" => (plain("restricted_container", &[]), within(&prelude::restricted_container(), value)?),
        "PodSecurityContext" => {
            let user = value.get("runAsUser")?.as_i64()?;
            let made = within(&prelude::restricted_pod(user), value)?;
            (Code::call("restricted_pod", vec![Code::plain(user.to_string())]), made)
        }
        "LabelSelector" => return selector(writer, value),
        "PolicyRule" => return rule(value),
        "TopologySpreadConstraint" => {
            let labels: LabelSelector = typed(value.get("labelSelector"))?;
            let made = within(&prelude::spread_over_nodes(labels), value)?;
            let Base { code, .. } = selector(writer, value.get("labelSelector")?)?;
            (Code::call("spread_over_nodes", vec![code]), made)
        }
        "PersistentVolumeClaim" => {
            let name = value.pointer("/metadata/name")?.as_str()?;
            let (access, size) = access_and_size(value)?;
            let made = prelude::claim_template(name, access.1, size);
            (within(&made, value)?.get("spec") == value.get("spec")).then_some(())?;
            (
                Code::call("claim_template", vec![Code::text(name), Code::plain(access.0), Code::text(size)]),
                within(&made, value)?,
            )
        }
        _ => return network(writer, kind, value, path),
    };
    Some(Base { code, value })
}

/// The same for what leads to pods, or counts them.
fn network(writer: &mut Writer<'_>, kind: &Struct, value: &Value, path: &str) -> Option<Base> {
    let text = |field: &str| value.get(field).and_then(Value::as_str);
    let (code, value) = match kind.name() {
        "NetworkPolicyPort" => match value.get("port")? {
            Value::String(name) => {
                let made = within(&prelude::tcp_named(name), value)?;
                let name = writer.port(name, &format!("{path}/port")).unwrap_or_else(|| quoted(name));
                (Code::call("tcp_named", vec![Code::plain(name)]), made)
            }
            number => {
                let number: u16 = number.as_u64()?.try_into().ok()?;
                (Code::call("tcp", vec![Code::plain(number.to_string())]), within(&prelude::tcp(number), value)?)
            }
        },
        "MetricSpec" => {
            let percent = value.pointer("/resource/target/averageUtilization")?.as_i64()?.try_into().ok()?;
            let made = within(&prelude::cpu_utilization(percent), value)?;
            (Code::call("cpu_utilization", vec![Code::plain(percent.to_string())]), made)
        }
        "CrossVersionObjectReference" => {
            // The constructor makes that of one version.
            kind.path.contains("::autoscaling::v2::").then_some(())?;
            let bound = writer.referred(&format!("{path}/name"))?;
            let api_version = match text("kind")? {
                "Deployment" | "StatefulSet" => "apps/v1",
                _ => return None,
            };
            (text("apiVersion")? == api_version).then_some(())?;
            writer.recover(&format!("{path}/name"));
            (Code::call("scale_target", vec![Code::plain(bound.argument())]), value.clone())
        }
        "IngressBackend" => {
            let bound = writer.referred(&format!("{path}/service/name"))?;
            let port = value.pointer("/service/port/name")?.as_str()?;
            let service: Service = named(value.pointer("/service/name")?.as_str()?);
            let made = within(&prelude::backend(&service, port), value)?;
            writer.recover(&format!("{path}/service/name"));
            let port = writer.port(port, &format!("{path}/service/port/name")).unwrap_or_else(|| quoted(port));
            (Code::call("backend", vec![Code::plain(bound.argument()), Code::plain(port)]), made)
        }
        "IngressTLS" => {
            let hosts: Vec<String> = typed(value.get("hosts"))?;
            let secret = secret(writer, text("secretName")?, &format!("{path}/secretName"));
            let hosts = Code::array(hosts.iter().map(|host| Code::text(host).into()).collect());
            (Code::call("ingress_tls", vec![hosts, secret]), value.clone())
        }
        _ => return None,
    };
    Some(Base { code, value })
}

/// A map that has a word of its own.
pub fn map(writer: &mut Writer<'_>, inner: Type, entries: &Map<String, Value>, path: &str) -> Option<Code> {
    if matches!(inner.shape(), Shape::Leaf("Quantity")) {
        let (cpu, memory) = amounts(entries)?;
        return Some(Code::call("amounts", vec![Code::text(cpu), Code::text(memory)]));
    }
    let is_labels = path.ends_with("/labels") || path.ends_with("/matchLabels") || path == "/spec/selector";
    let labels: BTreeMap<String, String> = typed(Some(&Value::Object(entries.clone())).filter(|_| is_labels))?;
    let variable = writer.scope.apps.labelled(&labels).filter(|_| !labels.is_empty())?.to_owned();
    if path == "/spec/selector" {
        writer.recover(path);
    }
    Some(Code::Plain(format!("{variable}.labels.clone()")))
}

/// The CPU and memory of a map that has nothing else.
fn amounts(entries: &Map<String, Value>) -> Option<(&str, &str)> {
    let amount = |name| entries.get(name).and_then(Value::as_str);
    (entries.len() == 2).then_some((amount("cpu")?, amount("memory")?))
}

/// An object of which nothing but its name is known.
fn named<T: k8s_openapi::Metadata<Ty = ObjectMeta> + Default>(name: &str) -> T {
    let mut object = T::default();
    object.metadata_mut().name = Some(name.to_owned());
    object
}

fn metadata(writer: &Writer<'_>, value: &Value, path: &str) -> Option<Base> {
    if path != "/metadata" {
        return None;
    }
    let name = value.get("name")?.as_str()?;
    let labels = typed(value.get("labels"))?;
    let namespace = value.get("namespace").and_then(Value::as_str);
    let (variable, app) = writer.scope.apps.labelled_in(namespace, labels)?;
    let (code, made) = match namespace {
        Some(_) if app.name == name => (format!("{variable}.metadata()"), app.metadata()),
        Some(_) => (format!("{variable}.named({})", quoted(name)), app.named(name)),
        None => (format!("{variable}.cluster_wide({})", quoted(name)), app.cluster_wide(name)),
    };
    Some(Base { code: Code::Plain(code), value: within(&made, value)? })
}

/// A selector by labels alone.
pub fn selector(writer: &Writer<'_>, value: &Value) -> Option<Base> {
    let selector: LabelSelector = typed(Some(value))?;
    if let Some(variable) = writer.scope.apps.selecting(&selector) {
        return Some(Base { code: Code::Plain(format!("{variable}.selector()")), value: value.clone() });
    }
    let labels = selector.match_labels.filter(|labels| !labels.is_empty() && selector.match_expressions.is_none())?;
    let pairs = labels.iter().map(|(key, value)| Code::pair(Code::text(key), Code::text(value)).into()).collect();
    Some(Base { code: Code::call("labels_selector", vec![Code::array(pairs)]), value: value.clone() })
}

fn rule(value: &Value) -> Option<Base> {
    let texts = |field: &str| typed::<Vec<String>>(value.get(field));
    let (groups, resources, verbs) = (texts("apiGroups")?, texts("resources")?, texts("verbs")?);
    let [group] = &groups[..] else { return None };
    let mut made = serde_json::to_value(prelude::rbac::rule(group, [], [])).ok()?;
    made["resources"] = serde_json::to_value(&resources).ok()?;
    made["verbs"] = serde_json::to_value(&verbs).ok()?;
    let made = within(&made, value)?;
    let list = |words: &[String]| Code::array(words.iter().map(|word| Code::text(word).into()).collect());
    Some(Base { code: Code::call("rbac::rule", vec![Code::text(group), list(&resources), list(&verbs)]), value: made })
}

/// The access of a claim, as code and as a value, and its size.
fn access_and_size(claim: &Value) -> Option<((&'static str, prelude::Access), &str)> {
    let modes = claim.pointer("/spec/accessModes")?.as_array()?;
    let access = match modes.first()?.as_str()? {
        "ReadWriteOnce" => ("Access::OneNode", prelude::Access::OneNode),
        "ReadWriteMany" => ("Access::AnyNode", prelude::Access::AnyNode),
        _ => return None,
    };
    Some((access, claim.pointer("/spec/resources/requests/storage")?.as_str()?))
}

/// The app that an object is called as, and from which it needs the fewest changes.
fn of_app<T: Serialize>(
    writer: &Writer<'_>,
    kind: &'static Struct,
    made: impl Fn(&App) -> T,
) -> Option<(String, Value)> {
    nearest(&writer.scope.apps.called(writer.given), &writer.given.value, kind, made)
}

/// The same for what has a name of its own.
fn of_any_app<T: Serialize>(
    writer: &Writer<'_>,
    kind: &'static Struct,
    made: impl Fn(&App) -> T,
) -> Option<(String, Value)> {
    nearest(&writer.scope.apps.near(writer.given), &writer.given.value, kind, made)
}

fn nearest<T: Serialize>(
    apps: &[&(String, App)],
    value: &Value,
    kind: &'static Struct,
    made: impl Fn(&App) -> T,
) -> Option<(String, Value)> {
    let made = apps.iter().filter_map(|(variable, app)| {
        let made = serde_json::to_value(made(app)).ok()?;
        Some((changes(kind, &made, value)?, variable.clone(), made))
    });
    let (_, variable, made) = made.min_by_key(|(changes, ..)| *changes)?;
    Some((variable, made))
}

/// The ports of a container, as code.
fn ports(writer: &mut Writer<'_>, ports: &[ContainerPort]) -> Code {
    let port = |port: &ContainerPort| {
        let name = port.name.as_deref().unwrap_or_default();
        let name = writer.needs.constants.port(name).map_or_else(|| quoted(name), str::to_owned);
        Code::call("container_port", vec![Code::plain(name), Code::plain(port.container_port.to_string())]).into()
    };
    Code::array(ports.iter().map(port).collect())
}
