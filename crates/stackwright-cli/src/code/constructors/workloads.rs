//! Whole objects by the prelude's constructors.

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, StatefulSet};
use k8s_openapi::api::core::v1::{ContainerPort, Namespace, Service, ServiceAccount};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::api::rbac::v1::{ClusterRole, PolicyRule, Role};
use serde_json::Value;
use stackwright::prelude::{self, PodSecurity};

use super::pods::pod;
use super::{Base, access_and_size, named, of_any_app, of_app, ports, typed};
use crate::code::expression::{Code, quoted};
use crate::code::literal::Writer;
use crate::code::objects::changes;
use crate::code::types::Struct;

/// An object as a constructor makes it, and what that is. It may differ in some fields, which are set after.
pub fn object(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    // One of another crate may be called the same.
    kind.feature.is_none().then_some(())?;
    let value = &writer.given.value;
    match kind.name() {
        "Namespace" => namespace(writer, kind),
        "ConfigMap" => config_map(writer, kind),
        "ServiceAccount" => {
            let (app, made) = of_app(writer, kind, prelude::service_account)?;
            Some(Base { code: Code::call("service_account", vec![Code::Plain(format!("&{app}"))]), value: made })
        }
        "PersistentVolumeClaim" => {
            let (access, size) = access_and_size(value)?;
            let name = writer.given.name();
            let (app, made) = of_any_app(writer, kind, |app| prelude::claim(app, name, access.1, size))?;
            let arguments =
                vec![Code::Plain(format!("&{app}")), Code::text(name), Code::plain(access.0), Code::text(size)];
            Some(Base { code: Code::call("claim", arguments), value: made })
        }
        "Role" | "ClusterRole" => role(writer, kind),
        "RoleBinding" | "ClusterRoleBinding" => binding(writer, kind),
        "Deployment" | "DaemonSet" | "Job" => workload(writer, kind),
        "StatefulSet" => stateful_set(writer, kind),
        "CronJob" => cron_job(writer, kind),
        "Service" => service(writer, kind),
        "Ingress" => ingress(writer, kind),
        "PodDisruptionBudget" => budget(writer, kind),
        "HorizontalPodAutoscaler" => autoscaler(writer, kind),
        _ => None,
    }
}

fn fits(writer: &Writer<'_>, kind: &'static Struct, made: impl serde::Serialize) -> Option<Value> {
    let made = serde_json::to_value(made).ok()?;
    changes(kind, &made, &writer.given.value)?;
    Some(made)
}

fn namespace(writer: &Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let name = writer.given.name();
    let level =
        writer.given.value.get("metadata")?.get("labels")?.get("pod-security.kubernetes.io/enforce")?.as_str()?;
    let (level, code) = match level {
        "privileged" => (PodSecurity::Privileged, "PodSecurity::Privileged"),
        "baseline" => (PodSecurity::Baseline, "PodSecurity::Baseline"),
        "restricted" => (PodSecurity::Restricted, "PodSecurity::Restricted"),
        _ => return None,
    };
    let made: Namespace = prelude::namespace(name, level);
    let made = fits(writer, kind, made)?;
    let name = writer.needs.constants.namespace(name).map_or_else(|| quoted(name), str::to_owned);
    Some(Base { code: Code::call("namespace", vec![Code::plain(name), Code::plain(code)]), value: made })
}

fn config_map(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let given = writer.given;
    let data = given.value.get("data")?.as_object().filter(|data| !data.is_empty())?;
    let texts: Vec<(String, String)> =
        data.iter().map(|(key, text)| Some((key.clone(), text.as_str()?.to_owned()))).collect::<Option<_>>()?;
    let (app, made) = of_any_app(writer, kind, |app| prelude::config_map(app, given.name(), texts.clone()))?;
    let pair = |(key, text): &(String, String)| {
        let path = format!("/data/{key}");
        let comments = writer.comments.take(&path);
        let code = Code::pair(Code::text(key), writer.text(text, &path, ""));
        crate::code::expression::Item { comments, code }
    };
    let pairs = Code::array(texts.iter().map(pair).collect());
    let arguments = vec![Code::Plain(format!("&{app}")), Code::text(given.name()), pairs];
    Some(Base { code: Code::call("config_map", arguments), value: made })
}

fn role(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let value = &writer.given.value;
    let rules: Vec<PolicyRule> = typed(value.get("rules"))?;
    let (call, (app, made)) = if kind.name() == "Role" {
        ("rbac::role", of_app(writer, kind, |app| prelude::rbac::role(app, rules.clone()))?)
    } else {
        ("rbac::cluster_role", of_app(writer, kind, |app| prelude::rbac::cluster_role(app, rules.clone()))?)
    };
    let crate::code::types::Shape::Option(list) = kind.field("rules")?.kind.shape() else { return None };
    let rules = writer.value(list, value.get("rules")?, "/rules")?;
    Some(Base { code: Code::call(call, vec![Code::Plain(format!("&{app}")), rules]), value: made })
}

fn binding(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let role = writer.referred("/roleRef/name")?;
    let account = writer.referred("/subjects/0/name")?;
    let value = &writer.given.value;
    let of = |metadata: Option<&Value>| typed(metadata);
    let role_metadata = of(writer.value_of(&role).get("metadata"))?;
    let account_metadata = of(writer.value_of(&account).get("metadata"))?;
    let account_made = ServiceAccount { metadata: account_metadata, ..ServiceAccount::default() };
    let is_cluster_role = value.pointer("/roleRef/kind")?.as_str()? == "ClusterRole";
    let (call, made) = match (kind.name(), is_cluster_role) {
        ("RoleBinding", false) => {
            let role = Role { metadata: role_metadata, rules: None };
            ("rbac::role_binding", serde_json::to_value(prelude::rbac::role_binding(&role, &account_made)).ok()?)
        }
        ("ClusterRoleBinding", true) => {
            let role = ClusterRole { metadata: role_metadata, ..ClusterRole::default() };
            (
                "rbac::cluster_role_binding",
                serde_json::to_value(prelude::rbac::cluster_role_binding(&role, &account_made)).ok()?,
            )
        }
        _ => return None,
    };
    (changes(kind, &made, value)? <= 2 && made.get("subjects") == value.get("subjects")).then_some(())?;
    (made.get("roleRef") == value.get("roleRef")).then_some(())?;
    writer.recover("/roleRef");
    writer.recover("/subjects");
    let arguments = vec![Code::plain(role.argument()), Code::plain(account.argument())];
    Some(Base { code: Code::call(call, arguments), value: made })
}

fn workload(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let path = "/spec/template/spec";
    let spec = writer.given.value.pointer(path)?.clone();
    let pod_spec: k8s_openapi::api::core::v1::PodSpec = typed(Some(&spec))?;
    let (call, (app, made)) = match kind.name() {
        "Deployment" => ("deployment", of_app(writer, kind, |app| prelude::deployment(app, pod_spec.clone()))?),
        "DaemonSet" => ("daemon_set", of_app(writer, kind, |app| prelude::daemon_set(app, pod_spec.clone()))?),
        _ => ("job", of_app(writer, kind, |app| prelude::job(app, pod_spec.clone()))?),
    };
    (made.pointer(path) == Some(&spec)).then_some(())?;
    let (code, _) = pod(writer, &spec, path)?;
    Some(Base { code: Code::call(call, vec![Code::Plain(format!("&{app}")), code]), value: made })
}

fn cron_job(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let path = "/spec/jobTemplate/spec/template/spec";
    let spec = writer.given.value.pointer(path)?.clone();
    let pod_spec: k8s_openapi::api::core::v1::PodSpec = typed(Some(&spec))?;
    let schedule = writer.given.value.pointer("/spec/schedule")?.as_str()?.to_owned();
    let (app, made) = of_app(writer, kind, |app| prelude::cron_job(app, &schedule, pod_spec.clone()))?;
    (made.pointer(path) == Some(&spec)).then_some(())?;
    let (code, _) = pod(writer, &spec, path)?;
    Some(Base {
        code: Code::call("cron_job", vec![Code::Plain(format!("&{app}")), Code::text(&schedule), code]),
        value: made,
    })
}

fn stateful_set(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let path = "/spec/template/spec";
    let value = &writer.given.value;
    let bound = writer.referred("/spec/serviceName")?;
    let service: Service = named(value.pointer("/spec/serviceName")?.as_str()?);
    let spec = value.pointer(path)?.clone();
    let pod_spec: k8s_openapi::api::core::v1::PodSpec = typed(Some(&spec))?;
    let claims = value.pointer("/spec/volumeClaimTemplates").cloned().unwrap_or_else(|| Value::Array(Vec::new()));
    let typed_claims: Vec<k8s_openapi::api::core::v1::PersistentVolumeClaim> = typed(Some(&claims))?;
    let (app, made) =
        of_app(writer, kind, |app| prelude::stateful_set(app, &service, pod_spec.clone(), typed_claims.clone()))?;
    (made.pointer(path) == Some(&spec)).then_some(())?;

    // Claims are variables, so that the pods can mount them by what they are.
    let templates = writer.value_kind("StatefulSetSpec", "volumeClaimTemplates")?;
    let mut items = Vec::new();
    for (number, claim) in claims.as_array()?.iter().enumerate() {
        let code = writer.value(templates, claim, &format!("/spec/volumeClaimTemplates/{number}"))?;
        let name = claim.pointer("/metadata/name")?.as_str()?;
        let variable = writer.scope.names.name([name, &format!("{name} claim")]);
        writer.lets.push((variable.clone(), code));
        writer.volumes.insert(name.to_owned(), format!("claim {variable}"));
        items.push(Code::plain(variable).into());
    }
    let (code, _) = pod(writer, &spec, path)?;
    writer.recover("/spec/serviceName");
    let arguments = vec![Code::Plain(format!("&{app}")), Code::plain(bound.argument()), code, Code::vector(items)];
    Some(Base { code: Code::call("stateful_set", arguments), value: made })
}

fn service(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let value = &writer.given.value;
    if let Some(bound) = writer.selected("/spec/selector") {
        let workload = writer.value_of(&bound);
        let made = match workload.get("kind")?.as_str()? {
            "Deployment" => prelude::service_for(&typed::<Deployment>(Some(workload))?),
            "StatefulSet" => prelude::service_for(&typed::<StatefulSet>(Some(workload))?),
            "DaemonSet" => prelude::service_for(&typed::<DaemonSet>(Some(workload))?),
            _ => return None,
        };
        let made = fits(writer, kind, made)?;
        writer.recover("/spec/selector");
        if made.pointer("/spec/ports") == value.pointer("/spec/ports") {
            writer.recover("/spec/ports");
        }
        let code = Code::call("service_for", vec![Code::plain(bound.argument())]);
        return Some(Base { code, value: made });
    }
    let published: Vec<ContainerPort> = value
        .pointer("/spec/ports")?
        .as_array()?
        .iter()
        .filter_map(|port| {
            Some(prelude::container_port(port.get("name")?.as_str()?, port.get("port")?.as_u64()?.try_into().ok()?))
        })
        .collect();
    (value.pointer("/spec/clusterIP")?.as_str()? == "None" && !published.is_empty()).then_some(())?;
    let (app, made) = of_app(writer, kind, |app| prelude::headless_service(app, &published))?;
    (made.pointer("/spec/selector") == value.pointer("/spec/selector")).then_some(())?;
    writer.recover("/spec/selector");
    if made.pointer("/spec/ports") == value.pointer("/spec/ports") {
        writer.recover("/spec/ports");
    }
    let ports = ports(writer, &published);
    let Code::List { items, .. } = ports else { return None };
    let ports = Code::List { open: "&[".to_owned(), items, close: "]" };
    Some(Base { code: Code::call("headless_service", vec![Code::Plain(format!("&{app}")), ports]), value: made })
}

fn ingress(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let value = writer.given.value.clone();
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
    let (class, host) = (text("/spec/ingressClassName")?, text("/spec/rules/0/host")?);
    let path = "/spec/rules/0/http/paths/0/backend";
    let backend: k8s_openapi::api::networking::v1::IngressBackend = typed(value.pointer(path))?;
    let (app, made) = of_app(writer, kind, |app| prelude::ingress(app, class, host, backend.clone()))?;
    (made.pointer("/spec/rules") == value.pointer("/spec/rules")).then_some(())?;
    let backend_kind = writer.value_kind("HTTPIngressPath", "backend")?;
    let code = writer.value(backend_kind, value.pointer(path)?, path)?;
    let class = writer.reference("/spec/ingressClassName", false).map_or_else(
        || Code::text(class),
        |code| code.flat().map_or_else(|| Code::text(class), |code| Code::Plain(format!("&{code}"))),
    );
    Some(Base {
        code: Code::call("ingress", vec![Code::Plain(format!("&{app}")), class, Code::text(host), code]),
        value: made,
    })
}

fn budget(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let bound = writer.selected("/spec/selector")?;
    let most = writer.given.value.pointer("/spec/maxUnavailable")?.as_i64()?.try_into().ok()?;
    let workload = writer.value_of(&bound);
    let made: PodDisruptionBudget = match workload.get("kind")?.as_str()? {
        "Deployment" => prelude::disruption_budget(&typed::<Deployment>(Some(workload))?, most),
        "StatefulSet" => prelude::disruption_budget(&typed::<StatefulSet>(Some(workload))?, most),
        "DaemonSet" => prelude::disruption_budget(&typed::<DaemonSet>(Some(workload))?, most),
        _ => return None,
    };
    let made = fits(writer, kind, made)?;
    writer.recover("/spec/selector");
    let arguments = vec![Code::plain(bound.argument()), Code::plain(most.to_string())];
    Some(Base { code: Code::call("disruption_budget", arguments), value: made })
}

fn autoscaler(writer: &mut Writer<'_>, kind: &'static Struct) -> Option<Base> {
    let value = writer.given.value.clone();
    (writer.given.api_version == "autoscaling/v2").then_some(())?;
    let number = |field: &str| value.get("spec")?.get(field)?.as_i64()?.try_into().ok();
    let (least, most): (i32, i32) = (number("minReplicas")?, number("maxReplicas")?);
    let target: k8s_openapi::api::autoscaling::v2::CrossVersionObjectReference =
        typed(value.pointer("/spec/scaleTargetRef"))?;
    let metric: k8s_openapi::api::autoscaling::v2::MetricSpec = typed(value.pointer("/spec/metrics/0"))?;
    let (app, made) =
        of_app(writer, kind, |app| prelude::autoscaler(app, target.clone(), least..=most, metric.clone()))?;
    (made.pointer("/spec/metrics") == value.pointer("/spec/metrics")).then_some(())?;
    let spec = "HorizontalPodAutoscalerSpec";
    let (target_kind, metric_kind) = (writer.value_kind(spec, "scaleTargetRef")?, writer.value_kind(spec, "metrics")?);
    let target = writer.value(target_kind, value.pointer("/spec/scaleTargetRef")?, "/spec/scaleTargetRef")?;
    let metric = writer.value(metric_kind, value.pointer("/spec/metrics/0")?, "/spec/metrics/0")?;
    let arguments = vec![Code::Plain(format!("&{app}")), target, Code::plain(format!("{least}..={most}")), metric];
    Some(Base { code: Code::call("autoscaler", arguments), value: made })
}
