"""kubespray v2.31 as the rendered variables have it: Calico's network, DNS on two levels, and the addons that are asked for."""

import json
from pathlib import Path

import yaml

from lab import HERE, manifest
from overlay import Overlay
from storage import Storage

# The node's own DNS cache has an address of its own, which pods ask.
NODE_DNS = "169.254.25.10"

# roles/kubernetes-apps/ansible/templates/nodelocaldns-config.yml.j2 in kubespray v2.31. The program there is node-cache, which is CoreDNS
# with a network card that it makes for itself; here it is CoreDNS, and the card is made before.
NODE_CACHE = """
cluster.local:53 {{
  errors
  cache {{
    success 9984 30
    denial 9984 5
  }}
  reload
  bind {node}
  forward . {dns} {{
    force_tcp
  }}
}}
in-addr.arpa:53 {{
  errors
  cache 30
  bind {node}
  forward . {dns} {{
    force_tcp
  }}
}}
.:53 {{
  errors
  cache 30
  bind {node}
  forward . {outside}
}}
"""


# roles/kubernetes-apps/ansible/templates/coredns-config.yml.j2
COREFILE = """
.:53 {
  errors
  health {
    lameduck 5s
  }
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    pods insecure
    fallthrough in-addr.arpa ip6.arpa
  }
  prometheus :9153
  forward . /etc/resolv.conf {
    prefer_udp
    max_concurrent 1000
  }
  loop
  reload
  loadbalance
  cache 30
}
"""


class Kubespray:
    """What differs from other installers on the machines of one lab."""

    pods_dns = NODE_DNS
    control_plane_label = "node-role.kubernetes.io/control-plane="
    addons_come_first = False
    # Its only difference for nodes that are away.
    controller_manager = ("--node-monitor-grace-period=40s",)
    memory_kept_free = "100Mi"
    mtu = Overlay.MTU
    # A CPU of the topology is one here.
    cpu = 1
    cpu_weight = 1

    def __init__(self, lab):
        self.lab = lab
        variables = lambda name: yaml.safe_load((lab.folder / f"machines/inventory/group_vars/k8s_cluster/{name}.yml").read_text())
        self.proxy_mode = variables("k8s-cluster")["kube_proxy_mode"]
        self.addons = variables("addons")
        # Who exports a folder has the volumes there.
        self.storage = Storage(lab) if (lab.folder / "machines/exports").exists() else None
        # The third address of the Services' network.
        self.cluster_dns = str(lab.services[3])

    def node_labels(self, machine):
        """What a kubelet says of its node."""
        own = self.lab.folder / f"machines/inventory/host_vars/{machine.name}.yml"
        labels = yaml.safe_load(own.read_text()).get("node_labels", {}) if own.exists() else {}
        return [f"{key}={value}" for key, value in labels.items()]

    def manifests(self):
        """The files with objects of its own."""
        files = [HERE / "manifests/dns.yaml"]
        if self.addons["metrics_server_enabled"]:
            files.append(HERE / "manifests/metrics-server.yaml")
        if self.addons["metallb_enabled"]:
            files.append(Path(self.lab.program("metallb-native.yaml")))
        if self._has_local_volumes():
            files.append(HERE / "manifests/local-storage.yaml")
        return files

    def _has_local_volumes(self):
        return self.addons.get("local_path_provisioner_enabled", False)

    def start(self):
        """What has to be there before the first node."""
        if self.storage:
            self.storage.start()

    def boot(self, machine):
        """What a node starts when it is turned on, for the first time or again."""
        if self.storage:
            self.storage.give_clients(machine)
        self.lab.kubernetes.start_node(machine)
        path = machine.folder / "node-cache"
        path.write_text(NODE_CACHE.format(node=NODE_DNS, dns=self.cluster_dns, outside=self.lab.own_address))
        machine.start_program("node-cache", self.lab.program("coredns"), "-conf", str(path))

    def connect(self, machine):
        """Calico's network on a machine, as roles/network_plugin/calico_defaults has it unless it is told otherwise."""
        Overlay(self.lab, "vxlan.calico", number=4096, port=4789, by=machine.card).connect(machine)
        # What leaves the cluster comes from the machine, as with Calico's natOutgoing.
        pods = self.lab.pods
        chain = f"type nat hook postrouting priority srcnat; ip saddr {pods} ip daddr != {pods} masquerade;"
        machine("nft", f"table ip outgoing {{ chain postrouting {{ {chain} }}; }}")
        # Not every kernel has the kind of network card that node-cache makes for its address.
        machine("ip", "address", "add", f"{NODE_DNS}/32", "dev", "lo")

    def start_addons(self):
        """What it applies to a cluster that has nodes."""
        values = {"corefile": json.dumps(COREFILE), "service": "coredns", "dns": self.cluster_dns, "replicas": "2", "memory": "300Mi"}
        self.lab.apply(manifest("dns.yaml", **values))
        if self.addons["metallb_enabled"]:
            self._start_load_balancers()
        if self._has_local_volumes():
            self.lab.apply(manifest("local-storage.yaml", namespace="local-path-storage", folder="/opt/local-path-provisioner/"))
        if self.addons["metrics_server_enabled"]:
            sizes = "{limits: {cpu: 100m, memory: 200Mi}, requests: {cpu: 100m, memory: 200Mi}}"
            self.lab.apply(manifest("metrics-server.yaml", resources=sizes))

    def _start_load_balancers(self):
        """MetalLB in layer 2 mode, with the pool that the rendered variables name; without one, the pool is among the cluster's objects."""
        config = self.addons.get("metallb_config")
        self.lab.kubectl("apply", "--server-side", f"--filename={self.lab.program('metallb-native.yaml')}")
        objects = _pools(config) if config else [_pool("any", ["192.0.2.1/32"], False)]
        # Its webhooks judge them, once they are up.
        options = ["--server-side", "--filename=-", *([] if config else ["--dry-run=server"])]
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
        applied = lambda: self.lab.kubectl.run("apply", *options, stdin=text).returncode == 0
        self.lab.wait("MetalLB takes pools", applied, 180)


def _pools(config):
    """Its pools as kubespray makes them of its variables, and that they are announced."""
    pools = [_pool(name, pool["ip_range"], pool["auto_assign"]) for name, pool in config["address_pools"].items()]
    announced = {
        "apiVersion": "metallb.io/v1beta1",
        "kind": "L2Advertisement",
        "metadata": {"name": "layer2", "namespace": "metallb-system"},
        "spec": {"ipAddressPools": config["layer2"]},
    }
    return [*pools, announced]


def _pool(name, addresses, auto_assign):
    return {
        "apiVersion": "metallb.io/v1beta1",
        "kind": "IPAddressPool",
        "metadata": {"name": name, "namespace": "metallb-system"},
        "spec": {"addresses": addresses, "autoAssign": auto_assign},
    }
