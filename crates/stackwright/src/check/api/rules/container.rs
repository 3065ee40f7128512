use std::collections::{HashMap, HashSet};

use super::Rule::*;
use super::{Faults, TypeRules, VALUE, in_range, syntax};
use crate::check::api::tree::Value;

const PULL: &[&str] = &["Always", "IfNotPresent", "Never"];
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];
const HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "grpc", "sleep"];
const SOURCES: &[&str] = &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

pub(super) const RULES: &[TypeRules] = &[
    (
        "Container",
        &[
            ("name", Must(syntax::dns_label)),
            ("image", By(image)),
            ("imagePullPolicy", OneOf(PULL)),
            ("terminationMessagePolicy", OneOf(&["File", "FallbackToLogsOnError"])),
            ("restartPolicy", OneOfIfSet(&["Always", "OnFailure", "Never"])),
            ("env", By(variables)),
            ("ports", By(ports)),
            ("volumeMounts", By(mounts)),
            ("volumeDevices", Unique("name")),
            ("volumeDevices", Unique("devicePath")),
            ("resizePolicy", Unique("resourceName")),
            ("livenessProbe", By(once)),
            ("startupProbe", By(once)),
            ("readinessProbe", By(readiness)),
            ("", By(kind_of_container)),
        ],
    ),
    (
        "ContainerResizePolicy",
        &[
            ("resourceName", Required),
            ("resourceName", OneOf(&["cpu", "memory"])),
            ("restartPolicy", Required),
            ("restartPolicy", OneOf(&["NotRequired", "RestartContainer"])),
        ],
    ),
    ("ContainerRestartRule", &[("action", OneOfIfSet(&["Restart", "RestartAllContainers"])), ("exitCodes", Required)]),
    ("ContainerRestartRuleOnExitCodes", &[("operator", OneOfIfSet(&["In", "NotIn"])), ("values", AtMost(255))]),
    (
        "ContainerPort",
        &[("containerPort", Port), ("hostPort", PortOrNone), ("name", By(port_name)), ("protocol", OneOf(PROTOCOLS))],
    ),
    ("EnvVar", &[("name", Must(syntax::variable_name)), ("", By(one_value))]),
    ("EnvVarSource", &[("", ExactlyOne(SOURCES))]),
    ("EnvFromSource", &[("prefix", Is(syntax::variable_name)), ("", ExactlyOne(&["configMapRef", "secretRef"]))]),
    ("ConfigMapEnvSource", &[("name", Must(name_prefix))]),
    ("SecretEnvSource", &[("name", Must(name_prefix))]),
    ("ConfigMapKeySelector", &[("name", Must(syntax::dns_name)), ("key", Must(syntax::data_key))]),
    ("SecretKeySelector", &[("name", By(secret_name)), ("key", By(secret_key))]),
    (
        "FileKeySelector",
        &[
            ("key", Must(syntax::variable_name)),
            ("volumeName", Must(syntax::dns_label)),
            ("path", Must(syntax::without_backsteps)),
        ],
    ),
    ("ObjectFieldSelector", &[("fieldPath", By(field_path))]),
    ("ResourceFieldSelector", &[("resource", By(resource_field)), ("divisor", By(divisor))]),
    (
        "VolumeMount",
        &[
            ("name", Required),
            ("mountPath", Required),
            ("subPath", Is(syntax::relative_path)),
            ("subPathExpr", Is(syntax::relative_path)),
            ("mountPropagation", OneOfIfSet(&["None", "HostToContainer", "Bidirectional"])),
            ("recursiveReadOnly", OneOfIfSet(&["Disabled", "IfPossible", "Enabled"])),
            ("", By(mount)),
        ],
    ),
    ("VolumeDevice", &[("name", Required), ("devicePath", Must(syntax::without_backsteps))]),
    (
        "Probe",
        &[
            ("", By(probe)),
            ("initialDelaySeconds", By(not_negative)),
            ("timeoutSeconds", By(not_negative)),
            ("periodSeconds", By(not_negative)),
            ("successThreshold", By(not_negative)),
            ("failureThreshold", By(not_negative)),
            ("terminationGracePeriodSeconds", By(positive)),
        ],
    ),
    ("LifecycleHandler", &[("", By(handler))]),
    ("Lifecycle", &[("stopSignal", By(stop_signal))]),
    ("SleepAction", &[("seconds", By(sleep))]),
    ("ExecAction", &[("command", Required)]),
    ("HTTPGetAction", &[("port", PortOrName), ("scheme", OneOf(&["HTTP", "HTTPS"]))]),
    ("HTTPHeader", &[("name", By(header))]),
    ("TCPSocketAction", &[("port", PortOrName)]),
    ("GRPCAction", &[("port", Port)]),
    (
        "SecurityContext",
        &[
            ("runAsUser", Range(0, i32::MAX as i64)),
            ("runAsGroup", Range(0, i32::MAX as i64)),
            ("procMount", OneOfIfSet(&["Default", "Unmasked"])),
            ("", By(escalation)),
        ],
    ),
    (
        "SeccompProfile",
        &[("type", Required), ("type", OneOf(&["Localhost", "RuntimeDefault", "Unconfined"])), ("", By(profile))],
    ),
    (
        "AppArmorProfile",
        &[("type", Required), ("type", OneOf(&["Localhost", "RuntimeDefault", "Unconfined"])), ("", By(profile))],
    ),
];

fn image(image: Value<'_>, faults: &mut Faults) {
    if image.text().is_empty() {
        faults.missing(image.parent(), "image", "");
    }
    // Templates of controllers are taken as they are; the pods that they make are refused.
    if image.root().type_name() == "Pod" && image.text().trim() != image.text() {
        faults.add(VALUE, image, format!("is {image}, with white space around it"), "remove the white space");
    }
}

fn kind_of_container(container: Value<'_>, faults: &mut Faults) {
    let is_init = container.parent().key() == "initContainers";
    let is_sidecar = container.get("restartPolicy").text() == "Always";
    if is_init && !is_sidecar {
        for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if container.get(field).is_set() {
                faults.forbidden(container.get(field), "on an init container without restartPolicy: Always");
            }
        }
    }
    let rules = container.get("restartPolicyRules");
    if !rules.is_blank() && !container.get("restartPolicy").is_set() {
        faults.missing(container, "restartPolicy", "beside restartPolicyRules");
    }
}

/// `NAME` that `$(NAME)` in a text stands for, unless it is escaped as `$$(NAME)`.
pub(super) fn variables_in(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('$')?;
            let after = &rest[at + 1..];
            if let Some(escaped) = after.strip_prefix('$') {
                rest = escaped;
            } else if let Some((name, behind)) = after.strip_prefix('(').and_then(|name| name.split_once(')')) {
                rest = behind;
                return Some(name);
            } else {
                rest = after;
            }
        }
    })
}

fn variables(env: Value<'_>, faults: &mut Faults) {
    let mut known = HashSet::new();
    let from_elsewhere = !env.parent().get("envFrom").is_blank();
    for variable in env.items() {
        let name = variable.get("name");
        for used in variables_in(variable.get("value").text()) {
            let is_service = used.contains("_SERVICE_") || used.contains("_PORT") || used.starts_with("KUBERNETES_");
            let is_name = !used.is_empty() && used.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if is_name && !known.contains(used) && !from_elsewhere && !is_service {
                let later = env.items().any(|other| other.get("name").text() == used);
                let why = if later { "which is set only after it" } else { "which is not set" };
                let help = if later {
                    format!("move {used} in front of it")
                } else {
                    format!("set {used}, or write $$({used}) for the text itself")
                };
                faults.add("env-undefined-var", variable.get("value"), format!("uses $({used}), {why}"), help);
            }
        }
        if !name.text().is_empty() && !known.insert(name.text()) {
            faults.add(
                "env-duplicate",
                name,
                format!("is {name} a second time"),
                "remove one of them: the last one counts",
            );
        }
    }
}

fn ports(ports: Value<'_>, faults: &mut Faults) {
    let mut names = HashSet::new();
    let mut numbers = HashMap::new();
    for port in ports.items() {
        let name = port.get("name");
        if !name.is_blank() && !names.insert(name.text()) {
            faults.add(
                "port-name",
                name,
                format!("is {name}, as an earlier port is"),
                "port names are unique in a container",
            );
        }
        let protocol = port.get("protocol").text();
        let key = (
            port.get("containerPort").int(),
            if protocol.is_empty() { "TCP" } else { protocol },
            port.get("hostIP").text(),
            port.get("hostPort").int(),
        );
        if let Some(first) = numbers.insert(key, name) {
            let number = port.get("containerPort");
            let help = if first.is_blank() || name.is_blank() {
                "remove one of them".to_owned()
            } else {
                format!("{first} and {name} are one port: remove one of them, or correct its number")
            };
            faults.warn("port-duplicate", number, format!("is {number} a second time"), help);
        }
    }
}

fn port_name(name: Value<'_>, faults: &mut Faults) {
    if !name.text().is_empty()
        && let Some(why) = syntax::port_name(name.text())
    {
        faults.add("port-name", name, format!("is {name}"), why);
    }
}

/// As the server has it, a name that is only begun: it may end with `-`.
fn name_prefix(name: &str) -> Option<&'static str> {
    syntax::dns_name(name.strip_suffix('-').unwrap_or(name))
}

fn one_value(variable: Value<'_>, faults: &mut Faults) {
    let (value, source) = (variable.get("value"), variable.get("valueFrom"));
    if !value.text().is_empty() && source.is_set() {
        faults.forbidden(source, "beside value");
    }
}

fn secret_name(name: Value<'_>, faults: &mut Faults) {
    // A CSI driver's or flex volume's reference shares the type's name but has no key: only this one is a key selector.
    match name.text() {
        "" => faults.missing(name.parent(), "name", ""),
        _ => faults.malformed(name, syntax::dns_name),
    }
}

fn secret_key(key: Value<'_>, faults: &mut Faults) {
    match key.text() {
        "" => faults.missing(key.parent(), "key", ""),
        _ => faults.malformed(key, syntax::data_key),
    }
}

fn field_path(path: Value<'_>, faults: &mut Faults) {
    const VARIABLE: &[&str] = &[
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    ];
    const FILE: &[&str] =
        &["metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations"];
    let selector = path.parent();
    let known = if selector.parent().type_name() == "DownwardAPIVolumeFile" { FILE } else { VARIABLE };
    let text = path.text();
    let subscript = text.strip_suffix("']").and_then(|text| text.split_once("['"));
    match subscript {
        Some(("metadata.labels", key)) if syntax::qualified_name(key).is_none() => {}
        Some(("metadata.annotations", key)) if syntax::qualified_name(&key.to_ascii_lowercase()).is_none() => {}
        None if known.contains(&text) => {}
        _ => faults.unknown(path, known),
    }
    if !matches!(selector.get("apiVersion").text(), "" | "v1") {
        faults.unknown(selector.get("apiVersion"), &["v1"]);
    }
}

fn resource_field(resource: Value<'_>, faults: &mut Faults) {
    const KNOWN: &[&str] = &[
        "limits.cpu",
        "limits.memory",
        "limits.ephemeral-storage",
        "requests.cpu",
        "requests.memory",
        "requests.ephemeral-storage",
    ];
    let text = resource.text();
    let is_huge = text.starts_with("limits.hugepages-") || text.starts_with("requests.hugepages-");
    if !is_huge && !KNOWN.contains(&text) {
        faults.unknown(resource, KNOWN);
    }
    let selector = resource.parent();
    if selector.parent().type_name() == "DownwardAPIVolumeFile" && selector.get("containerName").is_blank() {
        faults.missing(selector, "containerName", "in a volume");
    }
}

fn divisor(divisor: Value<'_>, faults: &mut Faults) {
    const CPU: &[&str] = &["1", "1m"];
    const BYTES: &[&str] = &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
    let known =
        if matches!(divisor.parent().get("resource").text(), "limits.cpu" | "requests.cpu") { CPU } else { BYTES };
    let amount = crate::Quantity::parse(divisor.text()).filter(|amount| *amount != crate::Quantity::default());
    let is_known = amount.is_none_or(|amount| known.iter().any(|known| crate::Quantity::parse(known) == Some(amount)));
    if divisor.is_set() && !is_known {
        faults.unknown(divisor, known);
    }
}

fn mounts(mounts: Value<'_>, faults: &mut Faults) {
    let mut paths = HashMap::new();
    for mount in mounts.items() {
        let path = mount.get("mountPath");
        if path.is_blank() {
            continue;
        }
        if let Some(first) = paths.insert(path.text(), mount.get("name")) {
            let fact = format!("is {path}, where volume {first} is mounted too");
            faults.add("mount-path-duplicate", path, fact, "mount it at another path, or remove one of them");
        }
    }
}

fn mount(mount: Value<'_>, faults: &mut Faults) {
    let (path, expression) = (mount.get("subPath"), mount.get("subPathExpr"));
    if !path.is_blank() && !expression.is_blank() {
        faults.forbidden(expression, "beside subPath");
    }
    let is_privileged = mount.parent().parent().at("securityContext.privileged").is_true();
    let propagation = mount.get("mountPropagation");
    if propagation.text() == "Bidirectional" && !is_privileged {
        faults.forbidden(propagation, "to Bidirectional on a container that is not privileged");
    }
    let recursive = mount.get("recursiveReadOnly");
    if matches!(recursive.text(), "IfPossible" | "Enabled") {
        if !mount.get("readOnly").is_true() {
            faults.forbidden(recursive, "without readOnly: true");
        }
        if !matches!(propagation.text(), "" | "None") {
            faults.forbidden(recursive, "beside mountPropagation");
        }
    }
}

fn not_negative(value: Value<'_>, faults: &mut Faults) {
    if let Some(number) = value.int().filter(|number| *number < 0) {
        faults.add("probe-invalid", value, format!("is {number}"), "0 is the least");
    }
}

fn positive(value: Value<'_>, faults: &mut Faults) {
    if let Some(number) = value.int().filter(|number| *number < 1) {
        faults.add("probe-invalid", value, format!("is {number}"), "1 is the least");
    }
}

fn probe(probe: Value<'_>, faults: &mut Faults) {
    handlers(probe, "probe-invalid", faults);
}

fn handler(handler: Value<'_>, faults: &mut Faults) {
    handlers(handler, VALUE, faults);
}

fn handlers(holder: Value<'_>, id: &'static str, faults: &mut Faults) {
    let set: Vec<_> = HANDLERS.iter().copied().filter(|handler| holder.get(handler).is_set()).collect();
    match set[..] {
        [_] => {}
        [] => faults.add(id, holder, "asks nothing", "set one of exec, httpGet, tcpSocket and grpc"),
        [first, second, ..] => faults.add(id, holder, format!("has {first} and {second}"), "keep one of them"),
    }
}

/// Liveness and startup are decided by one success.
fn once(probe: Value<'_>, faults: &mut Faults) {
    let threshold = probe.get("successThreshold");
    if threshold.int().is_some_and(|number| !(0..=1).contains(&number)) {
        faults.add("probe-invalid", threshold, format!("is {threshold}; here only 1 is allowed"), "remove it");
    }
}

fn readiness(probe: Value<'_>, faults: &mut Faults) {
    let period = probe.get("terminationGracePeriodSeconds");
    if period.is_set() {
        faults.add("probe-invalid", period, "can't be set on a readiness probe, which ends nothing", "remove it");
    }
}

fn header(name: Value<'_>, faults: &mut Faults) {
    if let Some(why) = syntax::header_name(name.text()) {
        faults.add(VALUE, name, format!("is {name}"), why);
    }
}

/// The spec of the pod that a value is in.
pub(super) fn pod_spec(value: Value<'_>) -> Value<'_> {
    let mut holder = value;
    while holder.type_name() != "PodSpec" && holder.is_set() && !holder.path().is_empty() {
        holder = holder.parent();
    }
    holder
}

fn sleep(seconds: Value<'_>, faults: &mut Faults) {
    let most = pod_spec(seconds).get("terminationGracePeriodSeconds").int().unwrap_or(30);
    in_range(seconds, 0, most, faults);
}

fn stop_signal(signal: Value<'_>, faults: &mut Faults) {
    if signal.is_set() && pod_spec(signal).at("os.name").is_blank() {
        // The server drops it, unless a feature of it is switched on that then refuses it.
        faults.warn(VALUE, signal, "has no effect without os.name of the pod", "set os.name, or remove it");
    }
}

fn escalation(context: Value<'_>, faults: &mut Faults) {
    let mount = context.get("procMount");
    let users = pod_spec(context).get("hostUsers");
    if mount.text() == "Unmasked" && (!users.is_set() || users.is_true()) {
        faults.forbidden(mount, "to Unmasked without hostUsers: false");
    }
    let escalation = context.get("allowPrivilegeEscalation");
    let is_refused = escalation.is_set() && !escalation.is_true();
    let added = context.at("capabilities.add");
    if is_refused && context.get("privileged").is_true() {
        faults.add(VALUE, escalation, "is false on a privileged container", "remove one of the two");
    }
    if is_refused && added.items().any(|capability| capability.text() == "CAP_SYS_ADMIN") {
        faults.add(VALUE, escalation, "is false beside the capability CAP_SYS_ADMIN", "remove one of the two");
    }
}

fn profile(profile: Value<'_>, faults: &mut Faults) {
    let path = profile.get("localhostProfile");
    match profile.get("type").text() {
        "Localhost" if !path.is_set() || path.text().trim().is_empty() && profile.type_name() == "AppArmorProfile" => {
            faults.missing(profile, "localhostProfile", "with type Localhost");
        }
        "Localhost" if profile.type_name() == "SeccompProfile" => faults.malformed(path, syntax::relative_path),
        "Localhost" => {}
        _ if path.is_set() => faults.forbidden(path, "with a type other than Localhost"),
        _ => {}
    }
}
