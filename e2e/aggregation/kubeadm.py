"""A real kubeadm on a master that was given certificates before: what it makes, and what it takes as it is."""

import base64
import json
import subprocess
from pathlib import Path

import yaml

from machine import FOLDER, NODES, fail, same

LAYER = ("--requestheader-", "--proxy-client-", "--enable-aggregator-routing")


def kubeadm(machine, *arguments):
    done = subprocess.run([machine.built / "kubeadm", *arguments], env=machine.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        fail(f"kubeadm {' '.join(map(str, arguments))}: {done.stdout}")
    return done.stdout


def configuration(machine):
    """What kubespray v2.31.0 writes of our variables that matters here: roles/kubernetes/control-plane/templates/kubeadm-config.v1beta4.yaml.j2."""
    variables = yaml.safe_load((machine.tree / "machines/inventory/group_vars/k8s_cluster/k8s-cluster.yml").read_text())
    routing = str(variables.get("kube_api_aggregator_routing", False))
    documents = [
        {"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "InitConfiguration", "localAPIEndpoint": {"advertiseAddress": NODES["kmaster1"]}, "nodeRegistration": {"criSocket": "unix:///run/containerd.sock", "name": "kmaster1"}},
        {
            "apiVersion": "kubeadm.k8s.io/v1beta4",
            "kind": "ClusterConfiguration",
            "kubernetesVersion": f"v{variables['kube_version']}",
            "certificatesDir": FOLDER,
            "networking": {"serviceSubnet": variables["kube_service_addresses"], "podSubnet": variables["kube_pods_subnet"]},
            "controlPlaneEndpoint": "127.0.0.1:6443",
            "apiServer": {"extraArgs": [{"name": "enable-aggregator-routing", "value": routing}]},
        },
    ]
    path = Path("/etc/kubernetes/kubeadm-config.yaml")
    path.write_text(yaml.safe_dump_all(documents))
    return f"--config={path}"


def flags(machine):
    """Those of the aggregation layer, as kubeadm writes them into the API server's manifest."""
    config = configuration(machine)
    before = {path: path.read_bytes() for path in Path(FOLDER).iterdir() if path.is_file()}
    said = kubeadm(machine, "init", "phase", "certs", "all", config)
    for line in ("Using existing front-proxy-ca certificate authority", "Using existing front-proxy-client certificate and key on disk"):
        same(line, True, line in said)
    same("what was there before", before, {path: path.read_bytes() for path in before})
    same("an authority of the cluster's users", True, Path(f"{FOLDER}/ca.crt").exists())
    # As an upgrade does, and kubespray's timer: the later one is left as it is.
    kubeadm(machine, "certs", "renew", "front-proxy-client", config, f"--cert-dir={FOLDER}")
    renewed = {path for path, text in before.items() if path.read_bytes() != text}
    same("what kubeadm renews", {"front-proxy-client.crt", "front-proxy-client.key"}, {path.name for path in renewed})
    same("after kubeadm", (0, ""), machine.give())
    for path in renewed:
        path.unlink()
    same("the declared one again", (0, "".join(f"changed: {FOLDER}/front-proxy-client.{end}\n" for end in ("key", "crt"))), machine.give())
    kubeadm(machine, "init", "phase", "control-plane", "apiserver", config)
    manifest = yaml.safe_load(Path("/etc/kubernetes/manifests/kube-apiserver.yaml").read_text())
    return [word for word in manifest["spec"]["containers"][0]["command"] if word.startswith(LAYER)]


def joins(machine, server):
    """A second master, as `kubeadm join` has it: what the first one uploads, and what the second one then makes of it and of what it was given."""
    config, admin = configuration(machine), "--kubeconfig=/etc/kubernetes/admin.conf"
    # Where the API server is, which is not at 6443 here.
    path = Path(config.partition("=")[2])
    path.write_text(path.read_text().replace("127.0.0.1:6443", f"127.0.0.1:{server.port}"))
    kubeadm(machine, "init", "phase", "upload-config", "all", config, admin)
    # Whoever joins asks for what it makes public.
    kubeadm(machine, "init", "phase", "bootstrap-token", config, admin)
    said = kubeadm(machine, "init", "phase", "upload-certs", "--upload-certs", config, admin)
    stored = json.loads(server.kubectl("get", "--namespace=kube-system", "--output=json", "secret", "kubeadm-certs"))["data"]
    same("what is uploaded", True, all(base64.b64decode(stored[f"front-proxy-ca.{end}"]) for end in ("crt", "key")))
    before = {path.name: path.read_bytes() for path in Path(FOLDER).glob("front-proxy-*")}
    script = Path(machine.work / "join")
    join = {
        "apiVersion": "kubeadm.k8s.io/v1beta4",
        "kind": "JoinConfiguration",
        "discovery": {"file": {"kubeConfigPath": "/etc/kubernetes/admin.conf"}},
        "nodeRegistration": {"criSocket": "unix:///run/containerd.sock", "name": "kmaster2"},
        "controlPlane": {"certificateKey": said.split()[-1], "localAPIEndpoint": {"advertiseAddress": NODES["kmaster2"]}},
    }
    Path("/etc/kubernetes/kubeadm-controlplane.yaml").write_text(yaml.safe_dump(join))
    # What it was given by the step `hosts`, and nothing else.
    script.write_text(
        "set -euo pipefail\n"
        f"mkdir \"$1\" && cp {FOLDER}/front-proxy-* \"$1\"\n"
        f"mount --bind \"$1\" {FOLDER}\n"
        "for phase in download-certs certs; do\n"
        "  \"$2\" join phase control-plane-prepare $phase --config=/etc/kubernetes/kubeadm-controlplane.yaml\n"
        "done\n"
        f"cat {FOLDER}/apiserver.crt >/dev/null\n"
    )
    second = machine.work / "joined"
    done = subprocess.run(["unshare", "--mount", "bash", script, second, machine.built / "kubeadm"], env=machine.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        fail(f"a second master can't join: {done.stdout}")
    same("the second master's", before, {path.name: path.read_bytes() for path in second.glob("front-proxy-*")})
    print("a second master joins by kubeadm with the certificate that it was given")
