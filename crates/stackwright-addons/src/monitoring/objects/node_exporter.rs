//! node-exporter: what each node's kernel tells, in a namespace of its own. It shares the host's network, processes and file systems, which
//! is what it measures; so nothing else has to be in a namespace that lets pods do that.

use k8s_openapi::api::core::v1::{HostPathVolumeSource, PodSecurityContext, SecurityContext, Toleration};
use stackwright::prelude::*;

use super::{HTTP, image};
use crate::monitoring::Size;
use crate::monitoring::node_exporter::WITHOUT_PODS_VOLUMES;
use crate::monitoring::volumes::PROMETHEUS_USER;

const NAME: &str = "node-exporter";
const PORT: u16 = 9100;

/// The exporters of monitoring in this namespace.
pub(super) fn app(namespace: &str) -> App {
    App::new(NAME, format!("{namespace}-nodes"))
}

pub(super) fn objects(app: &App, size: Size) -> Vec<Object> {
    let [root, sys] = [("root", "/"), ("sys", "/sys")].map(|(name, path)| Volume {
        name: name.into(),
        host_path: Some(HostPathVolumeSource { path: path.into(), type_: None }),
        ..default()
    });
    let exporter = daemon_set(
        app,
        PodSpec {
            host_network: Some(true),
            host_pid: Some(true),
            automount_service_account_token: Some(false),
            // It is wanted most where a node is in trouble. As kube-prometheus has it, it goes before what can run elsewhere, too.
            priority_class_name: Some("system-cluster-critical".into()),
            tolerations: Some(vec![Toleration { operator: Some("Exists".into()), ..default() }]),
            security_context: Some(PodSecurityContext { fs_group: None, ..restricted_pod(PROMETHEUS_USER) }),
            containers: vec![container(&root, &sys, size)],
            volumes: Some(vec![root, sys]),
            ..default()
        },
    );
    vec![
        namespace(&app.namespace, PodSecurity::Privileged).into(),
        default_deny(&app.namespace).into(),
        exporter.into(),
    ]
}

fn container(root: &Volume, sys: &Volume, size: Size) -> Container {
    let below = |volume: &Volume, path: &str| VolumeMount {
        mount_propagation: Some("HostToContainer".into()),
        ..mount_read_only(volume, path)
    };
    Container {
        name: NAME.into(),
        image: Some(image(NAME)),
        // At the node's own address: it may have others, which strangers reach.
        args: Some(vec![
            format!("--web.listen-address=[$(NODE_ADDRESS)]:{PORT}"),
            "--path.procfs=/host/root/proc".into(),
            "--path.sysfs=/host/sys".into(),
            "--path.rootfs=/host/root".into(),
            "--path.udev.data=/host/root/run/udev/data".into(),
            "--no-collector.wifi".into(),
            "--no-collector.hwmon".into(),
            "--no-collector.btrfs".into(),
            WITHOUT_PODS_VOLUMES.into(),
            // The cards of pods, which come and go.
            "--collector.netclass.ignored-devices=^(veth.*|cali.*|[a-f0-9]{15})$".into(),
            "--collector.netdev.device-exclude=^(veth.*|cali.*|[a-f0-9]{15})$".into(),
        ]),
        env: Some(vec![env_var_from("NODE_ADDRESS", pod_field("status.hostIP"))]),
        ports: Some(vec![container_port(HTTP, PORT)]),
        volume_mounts: Some(vec![below(root, "/host/root"), below(sys, "/host/sys")]),
        // kube-prometheus adds SYS_TIME, which sets clocks: to read one takes nothing.
        security_context: Some(SecurityContext { read_only_root_filesystem: Some(true), ..restricted_container() }),
        readiness_probe: Some(http_probe("/", HTTP)),
        resources: Some(size.resources()),
        ..default()
    }
}
