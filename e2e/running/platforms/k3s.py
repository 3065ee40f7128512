"""K3s v1.36.1+k3s1 as the rendered files have it: the firewall, Flannel by VXLAN, and what it brings beside Kubernetes.

K3s itself cannot be built: the Go module proxy refuses its module. What it would start is started here as it starts it
(pkg/daemons/agent/agent.go, manifests/ and Flannel's backend/vxlan at its tag).
"""

import json

import yaml

from lab import HERE, manifest
from overlay import Overlay
from storage import Storage

# manifests/coredns.yaml; the hosts that it knows by itself are left out.
COREFILE = """
.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    cache 30
    loop
    reload
    loadbalance
    forward . /etc/resolv.conf
}
"""

# The keys that this stand-in follows, or that are a matter of K3s' own: the join of its nodes and its kubeconfig.
FOLLOWED = {"node-name", "node-ip", "node-label", "flannel-iface", "cluster-cidr", "service-cidr", "disable"}
OF_K3S = {"server", "token-file", "agent-token-file", "tls-san", "write-kubeconfig-mode", "secrets-encryption"}


class K3s:
    """What differs from other installers on the machines of one lab."""

    proxy_mode = "iptables"
    control_plane_label = "node-role.kubernetes.io/control-plane=true"
    # Its server applies them as it starts, which agents join later: its one CoreDNS is not on a node that may be lost.
    addons_come_first = True
    controller_manager = ()
    # K3s names thresholds of disks only, and so takes away the kubelet's own of memory.
    memory_kept_free = None
    mtu = Overlay.MTU
    # The topology's cores are not here: pods ask for a quarter of what they are rendered with, and a machine offers a quarter.
    cpu = 0.25
    # That is theirs before anyone else's on this machine: with less, the autoscaler would not see the load that there is.
    cpu_weight = 8

    def __init__(self, lab):
        self.lab = lab
        self.cluster_dns = self.pods_dns = str(lab.services[10])
        self.server = self._config(lab.control_plane)
        networks = self.server["cluster-cidr"], self.server["service-cidr"]
        assert networks == ([str(lab.pods)], [str(lab.services)]), f"not the networks that are listed: {networks}"
        for machine in lab.workers:
            self._config(machine)
        # Who exports a folder has the volumes there.
        self.storage = Storage(lab) if (lab.folder / "machines/exports").exists() else None

    def _config(self, machine):
        """A node's configuration. A key that is not known here is refused, so that none is passed over in silence."""
        path = self.lab.folder / f"machines/k3s/{machine.name}.yaml"
        config = yaml.safe_load(path.read_text())
        assert not (unknown := set(config) - FOLLOWED - OF_K3S), f"{path}: the lab's stand-in for K3s does not know {unknown}"
        assert (config["node-name"], config["node-ip"]) == (machine.name, [machine.address]), f"{path} is not {machine.name}'s"
        return config

    def node_labels(self, machine):
        """What a kubelet says of its node."""
        return self._config(machine).get("node-label", [])

    def manifests(self):
        """The files with objects of its own."""
        return [HERE / "manifests" / name for name in ("dns.yaml", "metrics-server.yaml", "local-storage.yaml")]

    def start(self):
        """What has to be there before the first node."""
        if self.storage:
            self.storage.start()
        self.lab.apply(manifest("cpus.yaml", millicores=str(1000 * self.cpu)))

    def boot(self, machine):
        """What a node starts when it is turned on, for the first time or again."""
        rules = self.lab.folder / f"machines/firewall-{machine.name}.nft"
        # Where people come through the computer alone, its forwards are the firewall.
        if rules.exists():
            machine("nft", "--check", "--file", str(rules))
            machine("nft", "--file", str(rules))
        if self.storage:
            self.storage.give_clients(machine)
        self.lab.kubernetes.start_node(machine)

    def connect(self, machine):
        """Flannel's network on a machine."""
        Overlay(self.lab, "flannel.1", number=1, port=8472, by=self._config(machine)["flannel-iface"]).connect(machine)
        # pkg/trafficmngr/iptables: pods leave the cluster by their node's address, and who comes from elsewhere takes Flannel's.
        pods, own = self.lab.pods, self.lab.pods_of(machine)
        rules = [
            f"ip saddr {pods} ip daddr {pods} return",
            f"ip saddr {pods} ip daddr != 224.0.0.0/4 masquerade fully-random",
            f"ip saddr != {pods} ip daddr {own} return",
            f"ip saddr != {pods} ip daddr {pods} masquerade fully-random",
        ]
        chain = "type nat hook postrouting priority srcnat; " + "; ".join(rules)
        machine("nft", f"table ip flannel {{ chain postrouting {{ {chain}; }}; }}")

    def start_addons(self):
        """What it applies to a cluster that has nodes, but for what it is told to leave out."""
        packaged = {
            "coredns": manifest("dns.yaml", corefile=json.dumps(COREFILE), service="kube-dns", dns=self.cluster_dns, replicas="1", memory="170Mi"),
            "metrics-server": manifest("metrics-server.yaml", resources="{requests: {cpu: 100m, memory: 70Mi}}"),
            "local-storage": manifest("local-storage.yaml", namespace="kube-system", folder="/var/lib/rancher/k3s/storage"),
        }
        not_here = {"traefik", "servicelb"} - set(self.server["disable"])
        assert not not_here, f"the lab has no {', '.join(not_here)}"
        for name, objects in packaged.items():
            if name not in self.server["disable"]:
                self.lab.apply(objects)
