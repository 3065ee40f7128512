"""Kubernetes' own programs on the machines: the control plane, and on each machine a container runtime, a kubelet and a proxy.

They are processes of the machines, not pods, and run with the settings that the cluster's installer gives them where these matter for
what a workload sees.
"""

import json
import shutil
import subprocess

CONTAINERD = "/run/containerd/containerd.sock"
PAUSE = "registry.k8s.io/pause:3.10"

CONTAINERD_CONFIG = f"""
version = 2
[grpc]
address = "{CONTAINERD}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{PAUSE}"
disable_apparmor = true
# A process of a namespace may not make itself less likely to be killed.
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
"""

# Every pod is a wire of its own to its machine, as Calico has it, so that no packet evades the machine's policies.
NETWORK_CONFIG = {
    "cniVersion": "0.4.0",
    "name": "pods",
    "plugins": [
        {"type": "ptp", "ipMasq": False, "ipam": {"type": "host-local", "routes": [{"dst": "0.0.0.0/0"}]}},
        {"type": "portmap", "capabilities": {"portMappings": True}},
    ],
}


class Kubernetes:
    """The programs of one cluster."""

    def __init__(self, lab):
        self.lab = lab
        self.program = lab.program
        self.credentials = lab.credentials

    def start_control_plane(self):
        machine, secret = self.lab.control_plane, self.credentials.path
        (machine.folder / "etcd").mkdir(mode=0o700)
        machine.start_program(
            "etcd",
            self.program("etcd"),
            f"--data-dir={machine.folder}/etcd",
            "--listen-client-urls=http://127.0.0.1:2379",
            "--advertise-client-urls=http://127.0.0.1:2379",
            "--listen-peer-urls=http://127.0.0.1:2380",
            "--initial-advertise-peer-urls=http://127.0.0.1:2380",
            "--initial-cluster=default=http://127.0.0.1:2380",
            "--unsafe-no-fsync",
        )
        machine.start_program(
            "kube-apiserver",
            self.program("kube-apiserver"),
            "--etcd-servers=http://127.0.0.1:2379",
            f"--bind-address={machine.address}",
            f"--advertise-address={machine.address}",
            f"--tls-cert-file={secret('apiserver.crt')}",
            f"--tls-private-key-file={secret('apiserver.key')}",
            f"--client-ca-file={secret('ca.crt')}",
            f"--token-auth-file={secret('tokens.csv')}",
            f"--kubelet-client-certificate={secret('apiserver-kubelet-client.crt')}",
            f"--kubelet-client-key={secret('apiserver-kubelet-client.key')}",
            "--kubelet-preferred-address-types=InternalIP",
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
            f"--service-account-key-file={secret('service-accounts.key')}",
            f"--service-account-signing-key-file={secret('service-accounts.key')}",
            f"--service-cluster-ip-range={self.lab.services}",
            "--allow-privileged=true",
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            # With these a lab can have fewer CPUs than its topology.
            "--feature-gates=MutatingAdmissionPolicy=true",
            "--runtime-config=admissionregistration.k8s.io/v1beta1=true",
            # The aggregation layer, through which metrics-server answers.
            f"--requestheader-client-ca-file={secret('front-proxy-ca.crt')}",
            "--requestheader-allowed-names=front-proxy-client",
            "--requestheader-extra-headers-prefix=X-Remote-Extra-",
            "--requestheader-group-headers=X-Remote-Group",
            "--requestheader-username-headers=X-Remote-User",
            f"--proxy-client-cert-file={secret('front-proxy-client.crt')}",
            f"--proxy-client-key-file={secret('front-proxy-client.key')}",
            "--enable-aggregator-routing=true",
        )
        self.lab.await_answer("/readyz", 120)
        machine.start_program(
            "kube-scheduler",
            self.program("kube-scheduler"),
            f"--kubeconfig={self.credentials.kubeconfig('system:kube-scheduler')}",
            "--leader-elect=false",
            "--secure-port=0",
        )
        machine.start_program(
            "kube-controller-manager",
            self.program("kube-controller-manager"),
            f"--kubeconfig={self.credentials.kubeconfig('system:kube-controller-manager')}",
            "--use-service-account-credentials=true",
            f"--service-account-private-key-file={secret('service-accounts.key')}",
            f"--root-ca-file={secret('ca.crt')}",
            f"--cluster-signing-cert-file={secret('ca.crt')}",
            f"--cluster-signing-key-file={secret('ca.key')}",
            "--leader-elect=false",
            "--secure-port=0",
            *self.lab.platform.controller_manager,
        )

    def start_node(self, machine):
        """Everything that makes a machine a node, but for what needs to know the node."""
        self._write_network(machine)
        (machine.folder / "containerd.toml").write_text(CONTAINERD_CONFIG)
        machine.start_program("containerd", "containerd", f"--config={machine.folder}/containerd.toml")
        machine.await_success("ctr", f"--address={CONTAINERD}", "version")
        self.start_kubelet(machine)
        self._start_proxy(machine)

    def enforce_policies(self, machine):
        """NetworkPolicies on a node that the API server knows already."""
        machine.start_program(
            "kube-router",
            self.program("kube-router"),
            "--run-router=false",
            "--run-firewall=true",
            "--run-service-proxy=false",
            "--enable-cni=false",
            "--enable-ipv6=false",
            f"--kubeconfig={self.credentials.kubeconfig('kube-router')}",
            f"--hostname-override={machine.name}",
            f"--service-cluster-ip-range={self.lab.services}",
            "--iptables-sync-period=1m",
        )

    def give_images(self, machine, images):
        """A store of images that was filled before: blobs and layers are never written to, so that links to them will do."""
        store = machine.folder / "var/lib/containerd"
        subprocess.run(["cp", "--archive", "--link", f"{images}/.", store], check=True)
        for database in store.rglob("*.db"):
            own = database.with_suffix(".own")
            shutil.copy2(database, own)
            own.replace(database)

    def _write_network(self, machine):
        config = json.loads(json.dumps(NETWORK_CONFIG))
        config["plugins"][0]["mtu"] = self.lab.platform.mtu
        config["plugins"][0]["ipam"]["ranges"] = [[{"subnet": str(self.lab.pods_of(machine))}]]
        (machine.folder / "etc/cni/net.d/10-pods.conflist").write_text(json.dumps(config))
        self.lab.platform.connect(machine)

    def start_kubelet(self, machine):
        config = {
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "address": machine.address,
            "authentication": {
                "anonymous": {"enabled": False},
                "webhook": {"enabled": True},
                "x509": {"clientCAFile": self.credentials.path("ca.crt")},
            },
            "authorization": {"mode": "Webhook"},
            "serverTLSBootstrap": False,
            "cgroupDriver": "cgroupfs",
            "cgroupRoot": f"/{self.lab.cgroup}/{machine.name}",
            "failCgroupV1": False,
            "failSwapOn": False,
            "clusterDNS": [self.lab.platform.pods_dns],
            "clusterDomain": "cluster.local",
            "containerRuntimeEndpoint": f"unix://{CONTAINERD}",
            "resolvConf": f"{machine.folder}/resolv.conf",
            "healthzBindAddress": "127.0.0.1",
            "readOnlyPort": 0,
            # This machine's disk is no matter of the cluster's.
            "imageGCHighThresholdPercent": 100,
            "evictionHard": {"nodefs.available": "0%", "imagefs.available": "0%"},
            "systemReserved": self._reserved(machine),
            "serializeImagePulls": False,
        }
        if kept := self.lab.platform.memory_kept_free:
            config["evictionHard"]["memory.available"] = kept
        if machine.taints:
            config["registerWithTaints"] = machine.taints
        path = machine.folder / "kubelet.json"
        path.write_text(json.dumps(config))
        machine.start_program(
            "kubelet",
            self.program("kubelet"),
            f"--config={path}",
            f"--kubeconfig={self.credentials.kubeconfig('system:node:' + machine.name)}",
            f"--hostname-override={machine.name}",
            f"--node-ip={machine.address}",
            *(f"--node-labels={label}" for label in self.lab.platform.node_labels(machine)),
            # It ends where containerd answers, and is not ready for it yet.
            again=True,
        )

    def _reserved(self, machine):
        """What leaves to pods what the topology's machine would, of the memory and CPUs that this one has."""
        keeps, platform = self.lab.listed["provided"]["kubelet"], self.lab.platform
        memory_here = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal")) // 1024
        # The kernel's own share of a machine is a twentieth; the eviction threshold is part of what is kept.
        for_pods = machine.memory * 19 // 20 - _mebibytes(keeps["memory"])
        cpus_here = len([line for line in open("/proc/cpuinfo") if line.startswith("processor")])
        for_pods_cpu = int((machine.cpus * 1000 - _millicores(keeps["cpu"])) * platform.cpu)
        memory = memory_here - for_pods - _mebibytes(platform.memory_kept_free or "0")
        return {"memory": f"{memory}Mi", "cpu": f"{max(0, cpus_here * 1000 - for_pods_cpu)}m"}

    def _start_proxy(self, machine):
        config = {
            "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
            "kind": "KubeProxyConfiguration",
            "mode": self.lab.platform.proxy_mode,
            "clusterCIDR": str(self.lab.pods),
            "hostnameOverride": machine.name,
            "healthzBindAddress": "127.0.0.1:10256",
            "metricsBindAddress": "127.0.0.1:10249",
            "clientConnection": {"kubeconfig": self.credentials.kubeconfig("system:kube-proxy")},
            # A table of the whole kernel's, not of a namespace's.
            "conntrack": {"maxPerCore": 0},
        }
        path = machine.folder / "kube-proxy.json"
        path.write_text(json.dumps(config))
        machine.start_program("kube-proxy", self.program("kube-proxy"), f"--config={path}")


def _mebibytes(quantity):
    assert quantity == "0" or quantity.endswith("Mi"), quantity
    return int(quantity.removesuffix("Mi"))


def _millicores(quantity):
    return int(quantity[:-1]) if quantity.endswith("m") else int(float(quantity) * 1000)
