//! What node-exporter is told, whoever installs it.

/// As kube-prometheus-stack has it: each volume of each pod would be a file system.
pub(super) const WITHOUT_PODS_VOLUMES: &str = "--collector.filesystem.mount-points-exclude=\
     ^/(dev|proc|sys|run/containerd/.+|var/lib/docker/.+|var/lib/kubelet/.+)($|/)";
