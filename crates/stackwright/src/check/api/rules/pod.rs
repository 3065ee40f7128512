use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::Quantity;
use crate::check::HashSet;
use crate::check::api::tree::Value;

pub(super) const RULES: &[TypeRules] = &[
    ("Pod", &[("spec", Required), ("", By(new_pod))]),
    ("PodTemplateSpec", &[("spec", Required)]),
    (
        "PodSpec",
        &[
            ("containers", Required),
            ("", By(names)),
            ("", By(host)),
            ("", By(dns)),
            ("", By(tokens)),
            ("restartPolicy", OneOf(&["Always", "OnFailure", "Never"])),
            ("dnsPolicy", OneOf(&["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"])),
            ("nodeSelector", Labels),
            ("schedulingGates", Unique("name")),
            ("resourceClaims", Unique("name")),
            ("", By(claims)),
            ("", By(super::container::app_armor)),
            ("", By(block_devices)),
            ("resources", By(pod_resources)),
            ("serviceAccountName", Is(syntax::dns_name)),
            ("nodeName", Is(syntax::dns_name)),
            ("activeDeadlineSeconds", Range(1, i32::MAX as i64)),
            ("hostname", Is(syntax::dns_label)),
            ("hostnameOverride", Is(syntax::dns_name)),
            ("subdomain", Is(syntax::dns_label)),
            ("priorityClassName", Is(syntax::dns_name)),
            ("runtimeClassName", IsIfSet(syntax::dns_name)),
            ("preemptionPolicy", OneOfIfSet(&["PreemptLowerPriority", "Never"])),
            ("overhead", Amounts),
        ],
    ),
    ("PodOS", &[("name", Required), ("name", OneOf(&["linux", "windows"]))]),
    ("PodReadinessGate", &[("conditionType", Must(syntax::qualified_name))]),
    (
        "PodResourceClaim",
        &[
            ("name", Must(syntax::dns_label)),
            ("resourceClaimName", IsIfSet(syntax::dns_name)),
            ("resourceClaimTemplateName", IsIfSet(syntax::dns_name)),
            ("", ExactlyOne(&["resourceClaimName", "resourceClaimTemplateName"])),
        ],
    ),
    ("PodSchedulingGate", &[("name", Must(syntax::qualified_name))]),
    (
        "PodDNSConfig",
        &[
            ("nameservers", AtMost(3)),
            ("nameservers", EachMust(syntax::ip_address)),
            ("searches", AtMost(32)),
            ("searches", EachMust(syntax::search_domain)),
        ],
    ),
    ("PodDNSConfigOption", &[("name", Required)]),
    ("HostAlias", &[("ip", Must(syntax::ip_address)), ("hostnames", EachMust(syntax::dns_name))]),
    (
        "PodSecurityContext",
        &[
            ("runAsUser", Range(0, i32::MAX as i64)),
            ("runAsGroup", Range(0, i32::MAX as i64)),
            ("fsGroup", Range(0, i32::MAX as i64)),
            ("supplementalGroups", By(groups)),
            ("fsGroupChangePolicy", OneOfIfSet(&["OnRootMismatch", "Always"])),
            ("supplementalGroupsPolicy", OneOfIfSet(&["Merge", "Strict"])),
            ("seLinuxChangePolicy", OneOfIfSet(&["MountOption", "Recursive"])),
            ("sysctls", Unique("name")),
        ],
    ),
    ("Sysctl", &[("name", By(sysctl))]),
];

/// All containers of a pod.
pub(super) fn containers(spec: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    ["initContainers", "containers", "ephemeralContainers"].into_iter().flat_map(move |list| spec.get(list).items())
}

fn names(spec: Value<'_>, faults: &mut Faults) {
    let mut names = HashSet::default();
    for container in containers(spec) {
        let name = container.get("name");
        if !name.is_blank() && !names.insert(name.text()) {
            faults.add(
                VALUE,
                name,
                format!("is {name}, as an earlier container is"),
                "containers of a pod have different names",
            );
        }
    }
    let mut volumes = HashSet::default();
    for volume in spec.get("volumes").items() {
        let name = volume.get("name");
        if !name.is_blank() && !volumes.insert(name.text()) {
            faults.add(
                VALUE,
                name,
                format!("is {name}, as an earlier volume is"),
                "volumes of a pod have different names",
            );
        }
    }
}

/// A volume is a file system or a block device to a container; block devices are claims'.
fn block_devices(spec: Value<'_>, faults: &mut Faults) {
    for container in containers(spec) {
        for device in container.get("volumeDevices").items().map(|device| device.get("name")) {
            let volume = spec.get("volumes").items().find(|volume| volume.get("name").text() == device.text());
            if container.get("volumeMounts").items().any(|mount| mount.get("name").text() == device.text()) {
                faults.forbidden(device, "beside the same volume in volumeMounts");
            }
            let is_claim =
                |volume: Value<'_>| volume.get("persistentVolumeClaim").is_set() || volume.get("ephemeral").is_set();
            if volume.is_some_and(|volume| !is_claim(volume)) {
                faults.add(
                    VALUE,
                    device,
                    format!("is {device}, which is no claim"),
                    "a block device is a persistentVolumeClaim or ephemeral",
                );
            }
        }
    }
}

/// A container uses claims of its pod: each once, or requests of it.
fn claims(spec: Value<'_>, faults: &mut Faults) {
    let known: HashSet<_> = spec.get("resourceClaims").items().map(|claim| claim.get("name").text()).collect();
    for container in containers(spec) {
        let mut used = HashSet::default();
        for claim in container.at("resources.claims").items() {
            let (name, request) = (claim.get("name"), claim.get("request"));
            Is(syntax::dns_label).check(request, claim, "request", faults);
            if name.is_blank() {
                faults.missing(claim, "name", "");
            } else if !known.contains(name.text()) {
                faults.add(
                    VALUE,
                    name,
                    format!("is {name}, which the pod does not claim"),
                    "name one of spec.resourceClaims",
                );
            }
            let is_whole = request.is_blank() && used.iter().any(|(other, _)| *other == name.text());
            if !name.is_blank()
                && (!used.insert((name.text(), request.text()))
                    || is_whole
                    || used.contains(&(name.text(), "")) && !request.is_blank())
            {
                faults.add(VALUE, claim, format!("uses the claim {name} again"), "remove one of them");
            }
        }
    }
}

/// What a pod requests as a whole is enough for its containers.
fn pod_resources(resources: Value<'_>, faults: &mut Faults) {
    for amount in resources.get("requests").items() {
        let key = amount.key();
        let requested = |container: Value<'_>| {
            let resources = container.get("resources");
            let own = resources.get("requests").get(key);
            Quantity::parse(if own.is_set() { own } else { resources.get("limits").get(key) }.text())
                .unwrap_or_default()
        };
        let sum = resources
            .parent()
            .get("containers")
            .items()
            .fold(0, |sum, container| sum + requested(container).thousandths());
        if Quantity::parse(amount.text()).unwrap_or_default().thousandths() < sum {
            faults.add(
                "request-exceeds-limit",
                amount,
                format!("is {amount}, less than its containers request"),
                "request as much as they do together, or more",
            );
        }
    }
}

fn host(spec: Value<'_>, faults: &mut Faults) {
    let is_pod = spec.root().type_name() == "Pod";
    let on_host = spec.get("hostNetwork").is_true();
    for list in ["containers", "initContainers"] {
        let mut taken = HashSet::default();
        for port in spec.get(list).items().flat_map(|container| container.get("ports").items()) {
            let (host, own) = (port.get("hostPort"), port.get("containerPort"));
            let number = host.int().unwrap_or_default();
            // The server fills in the host's port where the pod is on the host.
            if on_host && list == "containers" && number != 0 && Some(number) != own.int() {
                let fact = format!("is {number} and containerPort is {own} on hostNetwork, where they are one port");
                faults.add(VALUE, host, fact, "remove hostPort, or make both the same");
            }
            let number = if number == 0 && on_host { own.int().unwrap_or_default() } else { number };
            let protocol = port.get("protocol").text();
            let key = (number, if protocol.is_empty() { "TCP" } else { protocol }, port.get("hostIP").text());
            if number != 0 && !taken.insert(key) && (is_pod || host.is_set() || on_host) {
                let place = if host.is_set() { host } else { own };
                faults.add(
                    "port-duplicate",
                    place,
                    format!("takes the host's port {number} a second time"),
                    "use another port",
                );
            }
        }
    }
    let context = spec.get("securityContext");
    if spec.get("shareProcessNamespace").is_true() && spec.get("hostPID").is_true() {
        faults.forbidden(spec.get("shareProcessNamespace"), "beside hostPID");
    }
    let users = spec.get("hostUsers");
    if users.is_set() && !users.is_true() {
        for field in ["hostNetwork", "hostPID", "hostIPC"] {
            if spec.get(field).is_true() {
                faults.forbidden(spec.get(field), "beside hostUsers: false");
            }
        }
    }
    for sysctl in context.get("sysctls").items() {
        let name = sysctl.get("name").text().replace('/', ".");
        let is_shared = on_host && name.starts_with("net.")
            || spec.get("hostIPC").is_true()
                && (name.starts_with("kernel.shm") || name.starts_with("kernel.msg") || name.starts_with("fs.mqueue."));
        if is_shared && is_pod {
            faults.forbidden(sysctl.get("name"), "where the pod shares it with the host");
        }
    }
}

fn dns(spec: Value<'_>, faults: &mut Faults) {
    if spec.get("dnsPolicy").text() == "None" && spec.at("dnsConfig.nameservers").is_blank() {
        faults.missing(spec, "dnsConfig.nameservers", "with dnsPolicy: None");
    }
}

/// What can't be there when a pod is made.
fn new_pod(pod: Value<'_>, faults: &mut Faults) {
    let spec = pod.get("spec");
    if spec.get("ephemeralContainers").len() > 0 {
        faults.forbidden(spec.get("ephemeralContainers"), "on a new pod: kubectl debug adds them");
    }
    if spec.get("schedulingGates").len() > 0 && !spec.get("nodeName").is_blank() {
        faults.forbidden(spec.get("nodeName"), "beside schedulingGates");
    }
}

/// A pod gets a token of its account; one that has none can't.
fn tokens(spec: Value<'_>, faults: &mut Faults) {
    let account = spec.get("serviceAccount");
    let name = spec.get("serviceAccountName");
    if !account.is_blank() && !name.is_blank() && account.text() != name.text() {
        return;
    }
    if name.is_blank() && !account.is_blank() {
        faults.malformed(account, syntax::dns_name);
    }
}

fn groups(groups: Value<'_>, faults: &mut Faults) {
    groups.items().for_each(|group| super::in_range(group, 0, i64::from(i32::MAX), faults));
}

fn sysctl(name: Value<'_>, faults: &mut Faults) {
    let is_part = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        part.starts_with(|c: char| allowed(c as u8))
            && part.ends_with(|c: char| allowed(c as u8))
            && part.bytes().all(|byte| allowed(byte) || byte == b'-' || byte == b'_')
    };
    if name.text().len() > 253 || !name.text().split(['.', '/']).all(is_part) {
        faults.add(VALUE, name, format!("is {name}, which is no sysctl"), "write it as net.ipv4.ip_forward");
    }
}
