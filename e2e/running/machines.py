"""The machines of a cluster, as namespaces of this one: each has its own network, processes, mounts and name.

This process stands for the person's own computer, or for a router at home: it has a switch for each network, and that network's first
address. Where there are several, it is the way between them. A computer that virtual machines run on has the addresses and the names of
cards that the topology gives it.
"""

import ipaddress
import os
import pathlib
import signal
import subprocess
import time

# What each machine has of its own, beside /run: everything that its programs write to.
FOLDERS = (
    "/var/lib/kubelet",
    "/var/lib/containerd",
    "/var/lib/cni",
    "/var/lib/nfs",
    "/var/log/pods",
    "/var/log/containers",
    "/var/lib/rancher",
    "/opt",
    "/etc/cni/net.d",
)

# The first process of a machine: it buries what other processes leave behind.
FIRST_PROCESS = "while :; do sleep 3600 & wait $!; done"

SETUP = """
set -eu
name=$1 address=$2 folder=$3
hostname "$name"
ip link set lo up
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/lock /run/netns
for own in {folders}; do
  mkdir -p "$own" "$folder$own"
  mount --bind "$folder$own" "$own"
done
printf '127.0.0.1 localhost\\n%s %s\\n' "$address" "$name" >"$folder/hosts"
mount --bind "$folder/hosts" /etc/hosts
mount --bind "$folder/resolv.conf" "$(readlink -f /etc/resolv.conf)"
# What the kubelet mounts has to show in the containers that it starts.
mount --make-rshared /
sysctl -qw net.ipv4.ip_forward=1
"""


class Switch:
    """A network that machines are on."""

    def __init__(self, name, network, own_address=None):
        self.name = name
        self.network = ipaddress.ip_network(network)
        self.own_address = own_address or str(self.network[1])

    def start(self):
        _ip("link", "set", "lo", "up")
        _ip("link", "add", self.name, "type", "bridge")
        _ip("address", "add", f"{self.own_address}/{self.network.prefixlen}", "dev", self.name)
        _ip("link", "set", self.name, "up")
        # The person's computer is the machines' way out, and leads nowhere.
        subprocess.run(["sysctl", "-qw", "net.ipv4.ip_forward=1"], check=True)


class Machine:
    """One machine, as the topology has it; most are nodes of Kubernetes."""

    def __init__(self, host, work, switches, node=None):
        self.name = host["name"]
        [nic] = host["nics"]
        [self.address] = nic["addresses"]
        self.switch = switches[nic["network"]]
        self.card = nic["interface"] or "eth1"
        self.memory = host["memory"]
        self.cpus = host["cpus"]
        self.folder = pathlib.Path(work, "machines", self.name)
        if node:
            assert node["address"] == self.address, f"{self.name} is not known by its one address"
            self.is_control_plane = node["control_plane"]
            self.taints = node["taints"]

    def start(self, dns):
        """Turns it on: an empty disk, one network card. Names it asks at the address of a DNS server."""
        self.folder.mkdir(parents=True)
        (self.folder / "resolv.conf").write_text(f"nameserver {dns}\n")
        self._boot()

    def _boot(self):
        log = open(self.folder / "console.log", "ab")
        unshare = subprocess.Popen(
            ["unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", FIRST_PROCESS],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        children = pathlib.Path(f"/proc/{unshare.pid}/task/{unshare.pid}/children")
        while not children.read_text().split():
            time.sleep(0.01)
        self.pid = int(children.read_text().split()[0])
        # Its namespaces are there once it has become bash.
        while pathlib.Path(f"/proc/{self.pid}/comm").read_text().strip() != "bash":
            time.sleep(0.01)
        # For a person who wants to look around there.
        (self.folder / "pid").write_text(str(self.pid))

        _ip("link", "add", self._plug, "type", "veth", "peer", "name", self.card, "netns", str(self.pid))
        _ip("link", "set", self._plug, "master", self.switch.name, "up")
        setup = SETUP.format(folders=" ".join(FOLDERS))
        self("bash", "-c", setup, "setup", self.name, self.address, str(self.folder))
        self("ip", "address", "add", f"{self.address}/{self.switch.network.prefixlen}", "dev", self.card)
        self("ip", "link", "set", self.card, "up")
        self("ip", "route", "add", "default", "via", self.switch.own_address)

    @property
    def _plug(self):
        # A network card's name has 15 characters.
        return f"{self.switch.name}-{self.address.rsplit('.', 1)[1]}"

    def inside(self, *command):
        """The words that run a command there."""
        return ["nsenter", f"--target={self.pid}", "--net", "--mount", "--uts", "--ipc", "--pid", "--", *command]

    def run(self, *command, stdin=None):
        """A finished run there, whatever its exit code."""
        return subprocess.run(self.inside(*command), input=stdin, capture_output=True, text=True)

    def __call__(self, *command, stdin=None):
        """The output of a command there that has to succeed."""
        run = self.run(*command, stdin=stdin)
        if run.returncode != 0:
            raise RuntimeError(f"{self.name}: {' '.join(command)}\nexits with {run.returncode}: {run.stdout}{run.stderr}")
        return run.stdout

    def start_program(self, label, *command, again=False):
        """Starts a program in the background; what it says is in LABEL.log. One that ends is started again, if its unit has it so."""
        run = 'while :; do "$@"; echo "ended with $?: started again"; sleep 1; done' if again else 'exec "$@"'
        with open(self.folder / f"{label}.log", "ab") as log:
            subprocess.Popen(
                self.inside("sh", "-c", f'echo $$ >"$0"; {run}', str(self.folder / f"{label}.pid"), *command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end_program(self, label, signal="TERM"):
        """Ends a program that was started here, and waits for its end."""
        pid = (self.folder / f"{label}.pid").read_text().strip()
        self("kill", f"-{signal}", pid)
        while self.run("kill", "-0", pid).returncode == 0:
            time.sleep(0.05)

    def ended_programs(self):
        """The programs that were started here and do not run any more."""
        labels = [path.stem for path in self.folder.glob("*.pid")]
        return [label for label in labels if self.run("kill", "-0", (self.folder / f"{label}.pid").read_text().strip()).returncode != 0]

    def await_success(self, *command, seconds=60):
        """Runs a command there until it succeeds."""
        deadline = time.monotonic() + seconds
        while (run := self.run(*command)).returncode != 0:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name}: {' '.join(command)} still fails after {seconds} s: {run.stderr}")
            time.sleep(0.1)

    def power_off(self):
        """Cuts its power: nothing that ran there runs on, and its disk stays as it is."""
        os.kill(self.pid, signal.SIGKILL)
        # Its network card goes with the last of its processes.
        while subprocess.run(["ip", "link", "show", self._plug], capture_output=True).returncode == 0:
            time.sleep(0.1)

    def power_on(self):
        """Turns it on again, with the disk that it had."""
        self._boot()

    def unplug(self):
        """Pulls its network cable."""
        _ip("link", "set", self._plug, "down")

    def plug_in(self):
        """Puts its network cable back."""
        _ip("link", "set", self._plug, "up")


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def machines(listed, work):
    """The switches of a cluster as `list --format json` has it, its nodes, and its other hosts."""
    # A computer that virtual machines run on is this process.
    computers = {node["host"]["runs_on"] for node in listed["nodes"]}
    own = {nic["network"]: nic for host in listed["hosts"] if host["name"] in computers for nic in host["nics"]}
    switches = {network["name"]: _switch(f"switch{number}", network, own) for number, network in enumerate(listed["networks"])}
    nodes = [Machine(node["host"], work, switches, node) for node in listed["nodes"]]
    others = [Machine(host, work, switches) for host in listed["hosts"] if host["name"] not in computers]
    return list(switches.values()), nodes, others


def _switch(name, network, own):
    """A network's switch, by the computer's own card on it if that has a name."""
    nic = own.get(network["name"])
    if nic and nic["interface"]:
        return Switch(nic["interface"], network["subnets"][0], *nic["addresses"])
    return Switch(name, network["subnets"][0])
