//! The controls of Kubernetes' Pod Security Standards, as data.
//!
//! See <https://kubernetes.io/docs/concepts/security/pod-security-standards/>: the standards of release 1.34, which later ones keep.
//! A workload's annotations are not read: the one control that had any, AppArmor, has had fields since 1.30.

use std::fmt;

use k8s_openapi::api::core::v1::{Container, PodSecurityContext, SecurityContext, Volume};

use crate::check::{Item, Pods};

/// A level of the standards; each contains the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Baseline,
    Restricted,
}

/// The label by which a namespace enforces a level.
pub(crate) const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

impl Level {
    /// The level that a namespace enforces; none where that is `privileged`, or it says nothing.
    pub(crate) fn enforced(namespace: Item<'_>) -> Option<Self> {
        match namespace.object.metadata().labels.as_ref()?.get(ENFORCE)?.as_str() {
            "baseline" => Some(Self::Baseline),
            "restricted" => Some(Self::Restricted),
            _ => None,
        }
    }
}

/// As it is written in the label.
impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if *self == Self::Baseline { "baseline" } else { "restricted" })
    }
}

/// A field that a level refuses, or the lack of one that it asks for.
pub(crate) struct Violation {
    /// The field, or the container that lacks it.
    pub(crate) path: String,
    /// What is wrong with it.
    pub(crate) what: String,
    /// The level that refuses it.
    pub(crate) level: Level,
}

/// Everything about pods that a level refuses, in the order of the standards.
pub(crate) fn violations(pods: &Pods<'_>, level: Level) -> Vec<Violation> {
    let mut violations = Vec::new();
    let windows = pods.spec.os.as_ref().is_some_and(|os| os.name == "windows");
    for control in CONTROLS.iter().filter(|control| control.level <= level && !(windows && control.linux_only)) {
        let mut refuse = |path: String, what: String| violations.push(Violation { path, what, level: control.level });
        match control.of {
            Of::Pod(check) => check(pods, &mut refuse),
            Of::Container(check) => {
                for (path, container) in pods.containers() {
                    if let Some((field, what)) = check(container) {
                        let path = if field.is_empty() { path.into() } else { format!("{path}.{field}") };
                        refuse(path, format!("{what} in container \"{}\"", container.name));
                    }
                }
            }
            Of::Context(check) => {
                let contexts = contexts(pods);
                for (path, context) in contexts {
                    if let Some((field, what)) = check(&context) {
                        refuse(format!("{path}.{field}"), what);
                    }
                }
            }
        }
    }
    violations
}

struct Control {
    level: Level,
    linux_only: bool,
    of: Of,
}

type Refuse<'r> = &'r mut dyn FnMut(String, String);
/// The field and what is wrong with it.
type Wrong = Option<(String, String)>;

/// What a control looks at.
#[derive(Clone, Copy)]
enum Of {
    /// The pod, where its containers inherit or override something, or it has no containers' part.
    Pod(fn(&Pods<'_>, Refuse<'_>)),
    /// Each container.
    Container(fn(&Container) -> Wrong),
    /// The security contexts of the pod and of each container: fields that both have.
    Context(fn(&Context<'_>) -> Wrong),
}

const fn baseline(of: Of) -> Control {
    Control { level: Level::Baseline, linux_only: false, of }
}

const fn restricted(linux_only: bool, of: Of) -> Control {
    Control { level: Level::Restricted, linux_only, of }
}

const CONTROLS: [Control; 18] = [
    baseline(Of::Context(host_process)),
    baseline(Of::Pod(host_namespaces)),
    baseline(Of::Container(privileged)),
    baseline(Of::Container(capabilities)),
    baseline(Of::Pod(host_paths)),
    baseline(Of::Container(host_ports)),
    baseline(Of::Container(probe_hosts)),
    baseline(Of::Context(app_armor)),
    baseline(Of::Context(se_linux)),
    baseline(Of::Pod(proc_mount)),
    baseline(Of::Context(seccomp)),
    baseline(Of::Pod(sysctls)),
    restricted(false, Of::Pod(volumes)),
    restricted(true, Of::Container(privilege_escalation)),
    restricted(false, Of::Pod(non_root)),
    restricted(false, Of::Pod(root_user)),
    restricted(true, Of::Pod(seccomp_profile)),
    restricted(true, Of::Container(dropped_capabilities)),
];

const CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

const SYSCTLS: [&str; 12] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

const SE_LINUX_TYPES: [&str; 5] = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/// A security context of a pod or of a container, as far as both have the same fields.
enum Context<'a> {
    Pod(&'a PodSecurityContext),
    Container(&'a SecurityContext),
}

/// The security contexts of pods, with their paths.
fn contexts<'a>(pods: &Pods<'a>) -> Vec<(String, Context<'a>)> {
    let pod = pods.spec.security_context.as_ref();
    let pod = pod.map(|context| (pods.spec_path("securityContext"), Context::Pod(context)));
    let containers = pods.containers().filter_map(|(path, container)| {
        Some((format!("{path}.securityContext"), Context::Container(container.security_context.as_ref()?)))
    });
    pod.into_iter().chain(containers).collect()
}

macro_rules! field {
    ($context:expr, $field:ident) => {
        match $context {
            Context::Pod(context) => context.$field.as_ref(),
            Context::Container(context) => context.$field.as_ref(),
        }
    };
}

fn host_process(context: &Context<'_>) -> Wrong {
    let options = field!(context, windows_options)?;
    (options.host_process == Some(true)).then(|| wrong("windowsOptions.hostProcess", "hostProcess is true"))
}

fn app_armor(context: &Context<'_>) -> Wrong {
    let kind = &field!(context, app_armor_profile)?.type_;
    let known = ["RuntimeDefault", "Localhost"].contains(&kind.as_str());
    (!known).then(|| wrong("appArmorProfile.type", format!("the AppArmor profile is {kind}")))
}

fn se_linux(context: &Context<'_>) -> Wrong {
    let options = field!(context, se_linux_options)?;
    if let Some(kind) = options.type_.as_deref().filter(|kind| !SE_LINUX_TYPES.contains(kind)) {
        return Some(wrong("seLinuxOptions.type", format!("the SELinux type is {kind}")));
    }
    let fields = [("user", &options.user), ("role", &options.role)];
    let (field, _) = fields.into_iter().find(|(_, value)| value.as_ref().is_some_and(|value| !value.is_empty()))?;
    Some(wrong(format!("seLinuxOptions.{field}"), format!("an SELinux {field} is set")))
}

fn seccomp(context: &Context<'_>) -> Wrong {
    let kind = &field!(context, seccomp_profile)?.type_;
    (kind == "Unconfined").then(|| wrong("seccompProfile.type", "the seccomp profile is Unconfined"))
}

fn host_namespaces(pods: &Pods<'_>, refuse: Refuse<'_>) {
    let spec = pods.spec;
    for (field, set) in [("hostNetwork", spec.host_network), ("hostPID", spec.host_pid), ("hostIPC", spec.host_ipc)] {
        if set == Some(true) {
            refuse(pods.spec_path(field), format!("{field} is true"));
        }
    }
}

fn privileged(container: &Container) -> Wrong {
    let context = container.security_context.as_ref()?;
    (context.privileged == Some(true)).then(|| wrong("securityContext.privileged", "privileged is true"))
}

fn capabilities(container: &Container) -> Wrong {
    let added = container.security_context.as_ref()?.capabilities.as_ref()?.add.as_ref()?;
    let extra: Vec<_> =
        added.iter().filter(|name| !CAPABILITIES.contains(&name.as_str())).map(String::as_str).collect();
    (!extra.is_empty())
        .then(|| wrong("securityContext.capabilities.add", format!("capabilities add {}", extra.join(", "))))
}

fn host_paths(pods: &Pods<'_>, refuse: Refuse<'_>) {
    for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
        if volume.host_path.is_some() {
            let path = pods.spec_path(&format!("volumes[{number}].hostPath"));
            refuse(path, format!("volume \"{}\" is a hostPath", volume.name));
        }
    }
}

fn host_ports(container: &Container) -> Wrong {
    let ports = container.ports.iter().flatten().enumerate();
    let (number, port) =
        ports.filter_map(|(number, port)| Some((number, port.host_port?))).find(|(_, port)| *port != 0)?;
    Some(wrong(format!("ports[{number}].hostPort"), format!("hostPort is {port}")))
}

fn probe_hosts(container: &Container) -> Wrong {
    let probes = [
        ("livenessProbe", &container.liveness_probe),
        ("readinessProbe", &container.readiness_probe),
        ("startupProbe", &container.startup_probe),
    ];
    let probes = probes.into_iter().filter_map(|(field, probe)| {
        let probe = probe.as_ref()?;
        Some((field, probe.http_get.as_ref(), probe.tcp_socket.as_ref()))
    });
    let lifecycle = container.lifecycle.as_ref();
    let hooks = [
        ("lifecycle.postStart", lifecycle.and_then(|lifecycle| lifecycle.post_start.as_ref())),
        ("lifecycle.preStop", lifecycle.and_then(|lifecycle| lifecycle.pre_stop.as_ref())),
    ];
    let hooks = hooks.into_iter().filter_map(|(field, hook)| {
        let hook = hook?;
        Some((field, hook.http_get.as_ref(), hook.tcp_socket.as_ref()))
    });
    let mut asked = probes.chain(hooks).flat_map(|(field, http, tcp)| {
        let http = http.and_then(|http| Some((format!("{field}.httpGet.host"), http.host.as_ref()?)));
        let tcp = tcp.and_then(|tcp| Some((format!("{field}.tcpSocket.host"), tcp.host.as_ref()?)));
        [http, tcp].into_iter().flatten()
    });
    let (path, host) = asked.find(|(_, host)| !host.is_empty())?;
    Some(wrong(path, format!("a probe or hook asks host {host}")))
}

fn proc_mount(pods: &Pods<'_>, refuse: Refuse<'_>) {
    // In a user namespace of its own, a pod may see all of /proc.
    if pods.spec.host_users == Some(false) {
        return;
    }
    for (path, container) in pods.containers() {
        let mount = container.security_context.as_ref().and_then(|context| context.proc_mount.as_deref());
        if let Some(mount) = mount.filter(|mount| *mount != "Default") {
            refuse(
                format!("{path}.securityContext.procMount"),
                format!("procMount of container \"{}\" is {mount}", container.name),
            );
        }
    }
}

fn sysctls(pods: &Pods<'_>, refuse: Refuse<'_>) {
    let set = pods.spec.security_context.iter().flat_map(|context| context.sysctls.iter().flatten());
    for (number, sysctl) in set.enumerate().filter(|(_, sysctl)| !SYSCTLS.contains(&sysctl.name.as_str())) {
        let path = pods.spec_path(&format!("securityContext.sysctls[{number}].name"));
        refuse(path, format!("sysctl {} is set", sysctl.name));
    }
}

fn volumes(pods: &Pods<'_>, refuse: Refuse<'_>) {
    for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
        // A hostPath is refused by the baseline already.
        if volume.host_path.is_none() && !is_plain(volume) {
            let path = pods.spec_path(&format!("volumes[{number}]"));
            refuse(
                path,
                format!("volume \"{}\" is of a kind that is mounted by the node; a claim is not", volume.name),
            );
        }
    }
}

/// Whether a volume is of a kind that the restricted level allows. One without any kind is an empty folder.
fn is_plain(volume: &Volume) -> bool {
    let plain = Volume {
        name: volume.name.clone(),
        config_map: volume.config_map.clone(),
        csi: volume.csi.clone(),
        downward_api: volume.downward_api.clone(),
        empty_dir: volume.empty_dir.clone(),
        ephemeral: volume.ephemeral.clone(),
        image: volume.image.clone(),
        persistent_volume_claim: volume.persistent_volume_claim.clone(),
        projected: volume.projected.clone(),
        secret: volume.secret.clone(),
        ..Volume::default()
    };
    plain == *volume
}

fn privilege_escalation(container: &Container) -> Wrong {
    let context = container.security_context.as_ref();
    match context.and_then(|context| context.allow_privilege_escalation) {
        Some(false) => None,
        Some(true) => Some(wrong("securityContext.allowPrivilegeEscalation", "allowPrivilegeEscalation is true")),
        None => Some(wrong(context.map_or("", |_| "securityContext"), "allowPrivilegeEscalation: false is missing")),
    }
}

fn non_root(pods: &Pods<'_>, refuse: Refuse<'_>) {
    // Root of a user namespace is nobody on the node.
    if pods.spec.host_users == Some(false) {
        return;
    }
    let pod = pods.spec.security_context.as_ref().and_then(|context| context.run_as_non_root);
    for (path, container) in pods.containers() {
        let context = container.security_context.as_ref();
        let own = context.and_then(|context| context.run_as_non_root);
        let name = &container.name;
        match (own, pod) {
            (Some(true), _) | (None, Some(true)) => {}
            (Some(false), _) => {
                let path = format!("{path}.securityContext.runAsNonRoot");
                refuse(path, format!("runAsNonRoot of container \"{name}\" is false"));
            }
            (None, Some(false)) => {
                refuse(pods.spec_path("securityContext.runAsNonRoot"), "runAsNonRoot of the pod is false".to_owned());
            }
            (None, None) => {
                refuse(path.into(), format!("runAsNonRoot: true is missing in container \"{name}\" and in the pod"));
            }
        }
    }
}

fn root_user(pods: &Pods<'_>, refuse: Refuse<'_>) {
    if pods.spec.host_users == Some(false) {
        return;
    }
    for (path, context) in contexts(pods) {
        if field!(&context, run_as_user) == Some(&0) {
            refuse(format!("{path}.runAsUser"), "runAsUser is 0".to_owned());
        }
    }
}

fn seccomp_profile(pods: &Pods<'_>, refuse: Refuse<'_>) {
    let pod = pods.spec.security_context.as_ref().is_some_and(|context| context.seccomp_profile.is_some());
    for (path, container) in pods.containers() {
        let own = container.security_context.as_ref().is_some_and(|context| context.seccomp_profile.is_some());
        if !pod && !own {
            let what = format!("seccompProfile is missing in container \"{}\" and in the pod", container.name);
            refuse(path.into(), what);
        }
    }
}

fn dropped_capabilities(container: &Container) -> Wrong {
    let context = container.security_context.as_ref();
    let capabilities = context.and_then(|context| context.capabilities.as_ref());
    let dropped = capabilities.and_then(|capabilities| capabilities.drop.as_ref());
    if !dropped.is_some_and(|dropped| dropped.iter().any(|name| name == "ALL")) {
        let field = if dropped.is_some() {
            "securityContext.capabilities.drop"
        } else if context.is_some() {
            "securityContext"
        } else {
            ""
        };
        return Some(wrong(field, "capabilities.drop: [ALL] is missing"));
    }
    let added = capabilities.and_then(|capabilities| capabilities.add.as_ref()).into_iter().flatten();
    // What even the baseline refuses is told there.
    let extra = added.map(String::as_str).find(|name| CAPABILITIES.contains(name) && *name != "NET_BIND_SERVICE")?;
    Some(wrong("securityContext.capabilities.add", format!("capabilities add {extra}")))
}

fn wrong(field: impl Into<String>, what: impl Into<String>) -> (String, String) {
    (field.into(), what.into())
}
