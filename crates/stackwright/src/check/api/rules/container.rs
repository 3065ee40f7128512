use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::api::tree::Value;
use crate::check::{HashMap, HashSet};

const PULL: &[&str] = &["Always", "IfNotPresent", "Never"];
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];

pub(super) const RULES: &[TypeRules] = &[
    (
        "Container",
        &[
            ("name", Must(syntax::dns_label)),
            ("image", By(image)),
            ("imagePullPolicy", OneOf(PULL)),
            ("terminationMessagePolicy", OneOf(&["File", "FallbackToLogsOnError"])),
            ("restartPolicy", OneOfIfSet(&["Always", "OnFailure", "Never"])),
            ("ports", By(ports)),
            ("volumeMounts", By(mounts)),
            ("volumeDevices", Unique("name")),
            ("volumeDevices", Unique("devicePath")),
            ("resizePolicy", Unique("resourceName")),
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

fn ports(ports: Value<'_>, faults: &mut Faults) {
    let mut names = HashSet::default();
    let mut numbers = HashMap::default();
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

fn mounts(mounts: Value<'_>, faults: &mut Faults) {
    let mut paths = HashMap::default();
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

/// The spec of the pod that a value is in.
pub(super) fn pod_spec(value: Value<'_>) -> Value<'_> {
    let mut holder = value;
    while holder.type_name() != "PodSpec" && holder.is_set() && !holder.path().is_empty() {
        holder = holder.parent();
    }
    holder
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

/// An AppArmor profile by the annotation of before 1.30 is that of the field, which holds for the container or for all of its pod.
pub(super) fn app_armor(spec: Value<'_>, faults: &mut Faults) {
    const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";
    if spec.at("os.name").text() == "windows" {
        return;
    }
    for annotation in spec.parent().at("metadata.annotations").items() {
        let Some(name) = annotation.key().strip_prefix(ANNOTATION) else { continue };
        let Some(container) = super::pod::containers(spec).find(|it| it.get("name").text() == name) else { continue };
        let own = container.at("securityContext.appArmorProfile");
        let profile = if own.is_set() { own } else { spec.at("securityContext.appArmorProfile") };
        let same = match profile.get("type").text() {
            "Unconfined" => "unconfined".to_owned(),
            "RuntimeDefault" => "runtime/default".to_owned(),
            "Localhost" => format!("localhost/{}", profile.get("localhostProfile").text()),
            _ => continue,
        };
        if annotation.text() != same {
            let fact = format!("is {annotation}, where appArmorProfile says {same}");
            faults.add(VALUE, annotation, fact, "remove the annotation: the field is enough");
        }
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
