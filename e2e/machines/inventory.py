"""Does Ansible read the inventory as the cluster is listed? inventory.py INVENTORY.json <MACHINES

The first is what `ansible-inventory --list` prints, the second a line for each machine: its name, its address, and what it is.
"""

import json
import pathlib
import sys

listed = [line.split() for line in sys.stdin]
addresses = {name: address for name, address, role in listed if role != "host"}
control_planes = [name for name, _, role in listed if role == "server"]
inventory = json.loads(pathlib.Path(sys.argv[1]).read_text())
hosts = inventory["_meta"]["hostvars"]

wrong = []
if hosts.keys() != addresses.keys():
    wrong.append(f"hosts {sorted(hosts)} but nodes {sorted(addresses)}")
for name, host in hosts.items():
    if not host["ansible_host"] == host["ip"] == addresses.get(name):
        wrong.append(f"{name} is at {addresses.get(name)}, in the inventory at {host['ansible_host']} and {host['ip']}")
if inventory["kube_control_plane"]["hosts"] != control_planes:
    wrong.append(f"the control planes are {control_planes}, in the inventory {inventory['kube_control_plane']['hosts']}")
local = [name for name, host in hosts.items() if host.get("ansible_connection") == "local"]
if local != control_planes[:1]:
    wrong.append(f"Ansible runs on {local}, not on {control_planes[0]}")
if inventory["etcd"]["children"] != ["kube_control_plane"]:
    wrong.append("etcd is not on the control plane")
sys.exit("\n".join(wrong) if wrong else print(f"inventory: {len(hosts)} nodes, as they are listed"))
