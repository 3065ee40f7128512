"""What kubespray brings beside Kubernetes itself: DNS on two levels, addresses for load balancers, metrics."""

import json
import string

import yaml

from kubernetes import NODE_DNS
from lab import HERE

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


def dns_address(lab):
    """The third address of the Services' network, which is where kubespray has it."""
    return str(lab.services[3])


def manifest(name, **values):
    """The objects of a file of ours, with values in it."""
    text = (HERE / "manifests" / name).read_text()
    return [thing for thing in yaml.safe_load_all(string.Template(text).substitute(values)) if thing]


def start_dns(lab):
    lab.apply(manifest("dns.yaml", dns=dns_address(lab)))


def start_node_cache(lab, machine):
    """The DNS that the pods of a node ask, on the node itself."""
    path = machine.folder / "node-cache"
    path.write_text(NODE_CACHE.format(node=NODE_DNS, dns=dns_address(lab), outside=lab.switch.own_address))
    machine.start_program("node-cache", lab.program("coredns"), "-conf", str(path))


def boot(lab, machine):
    """What a node starts when it is turned on, for the first time or again."""
    lab.storage.give_clients(machine)
    lab.kubernetes.start_node(machine)
    start_node_cache(lab, machine)


def start_metrics(lab):
    lab.apply(manifest("metrics-server.yaml"))


def start_load_balancers(lab):
    """MetalLB with the pool that the rendered variables name, in layer 2 mode."""
    addons = yaml.safe_load((lab.folder / "machines/inventory/group_vars/k8s_cluster/addons.yml").read_text())
    config = addons["metallb_config"]
    lab.kubectl("apply", "--server-side", f"--filename={lab.program('metallb-native.yaml')}")
    pools = [
        {
            "apiVersion": "metallb.io/v1beta1",
            "kind": "IPAddressPool",
            "metadata": {"name": name, "namespace": "metallb-system"},
            "spec": {"addresses": pool["ip_range"], "autoAssign": pool["auto_assign"]},
        }
        for name, pool in config["address_pools"].items()
    ]
    announced = {
        "apiVersion": "metallb.io/v1beta1",
        "kind": "L2Advertisement",
        "metadata": {"name": "layer2", "namespace": "metallb-system"},
        "spec": {"ipAddressPools": config["layer2"]},
    }
    objects = json.dumps({"apiVersion": "v1", "kind": "List", "items": [*pools, announced]})
    # Its webhooks judge them, once they are up.
    lab.wait("MetalLB takes its pools", lambda: lab.kubectl.run("apply", "--server-side", "--filename=-", stdin=objects).returncode == 0, 180)
