"""The forwards of a computer to its instances, by real connections between network namespaces: forwards.py CLUSTER-FOLDER

The cluster is that of the crate's example. The computer has its network at home, the bridge and the rules of Multipass, those of Docker with a
container, and what its script gives it. An instance has two NICs: by Multipass' it gets out, as in reality, and by the other one it is reached.
stubs/systemctl runs what the units say, and a real systemd starts with them once. Needs Debian with root.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PREFIX = f"mp{os.getpid()}-"

COMPUTER = "192.168.50.27"
INSTANCES = {"node1": "10.120.52.23", "node2": "10.120.52.24", "node3": "10.120.52.25", "ops": "10.120.52.31"}
# Who else there is, with the bridge that each is attached to and its gateway.
OTHERS = {"visitor": ("192.168.50.9", "home"), "stranger": ("10.9.9.2", "far"), "container": ("172.17.0.2", "docker0")}
# What listens, and says its name and who asks.
LISTENING = {
    "node1": ["tcp,30060", "tcp,30080"],
    "node2": ["tcp,30080"],
    "node3": ["tcp,30080"],
    "ops": ["tcp,8080", "tcp,3306", "udp,5514"],
    "visitor": ["tcp,9000"],
    "container": ["tcp,80"],
}
INSIDE = "10.120.52.1"

# From whom, what: who answers, and whom it sees. None where nobody does.
CLAIMS = {
    ("visitor", f"tcp,{COMPUTER},30060"): ("node1", INSIDE),
    ("stranger", f"tcp,{COMPUTER},30060"): ("node1", INSIDE),
    ("visitor", f"tcp,{COMPUTER},8080"): ("ops", INSIDE),
    ("stranger", f"tcp,{COMPUTER},8080"): None,  # for those at home
    ("visitor", f"udp,{COMPUTER},514"): ("ops", INSIDE),
    ("visitor", f"tcp,{COMPUTER},3306"): None,  # nobody forwards it
    ("computer", f"tcp,{COMPUTER},30060"): ("node1", INSIDE),
    ("node1", f"tcp,{COMPUTER},30060"): ("node1", INSIDE),
    ("node2", f"tcp,{COMPUTER},30060"): ("node1", INSIDE),
    ("container", f"tcp,{COMPUTER},30060"): ("node1", INSIDE),
    # The router at home knows the way to them, as anybody may tell it.
    ("visitor", f"tcp,{INSTANCES['ops']},3306"): None,
    ("container", f"tcp,{INSTANCES['ops']},3306"): None,
    ("computer", f"tcp,{INSTANCES['ops']},3306"): ("ops", INSIDE),
    ("node1", f"tcp,{INSTANCES['ops']},3306"): ("ops", INSTANCES["node1"]),
    # What others do goes on.
    ("visitor", f"tcp,{COMPUTER},8081"): ("container", "192.168.50.9"),
    ("node1", "tcp,192.168.50.9,9000"): ("visitor", COMPUTER),
    ("container", "tcp,192.168.50.9,9000"): ("visitor", COMPUTER),
}
OUTSIDE = ("visitor", "stranger")
FORWARDED = [claim for claim, answer in CLAIMS.items() if answer and claim[1].split(",")[1] == COMPUTER and "8081" not in claim[1]]

# As src/platform/backends/qemu/linux/firewall_config.cpp of Multipass has it make them, in that order.
MULTIPASS = """
-t filter -I INPUT -i mpqemubr0 -p udp --dport 67 -j ACCEPT
-t filter -I OUTPUT -o mpqemubr0 -p udp --sport 67 -j ACCEPT
-t nat -I POSTROUTING -s 10.97.0.0/24 -d 224.0.0.0/24 -j RETURN
-t nat -I POSTROUTING -s 10.97.0.0/24 ! -d 10.97.0.0/24 -p tcp -j MASQUERADE --to-ports 1024-65535
-t nat -I POSTROUTING -s 10.97.0.0/24 ! -d 10.97.0.0/24 -j MASQUERADE
-t filter -I FORWARD -d 10.97.0.0/24 -o mpqemubr0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-t filter -I FORWARD -s 10.97.0.0/24 -i mpqemubr0 -j ACCEPT
-t filter -I FORWARD -i mpqemubr0 -o mpqemubr0 -j ACCEPT
-t filter -A FORWARD -i mpqemubr0 -j REJECT --reject-with icmp-port-unreachable
-t filter -A FORWARD -o mpqemubr0 -j REJECT --reject-with icmp-port-unreachable
"""
# A container whose port 80 is published at 8081, as Docker does it.
DOCKER = """
-t nat -N DOCKER
-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-t nat -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-t nat -A DOCKER ! -i docker0 -p tcp --dport 8081 -j DNAT --to-destination 172.17.0.2:80
-t filter -N DOCKER-FORWARD
-t filter -I FORWARD -j DOCKER-FORWARD
-t filter -A DOCKER-FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-t filter -A DOCKER-FORWARD -i docker0 -j ACCEPT
-t filter -A DOCKER-FORWARD -d 172.17.0.2 ! -i docker0 -o docker0 -p tcp --dport 80 -j ACCEPT
-t filter -A DOCKER-FORWARD -o docker0 -j DROP
"""

LISTENER = """
import selectors, socket, sys
name, selector = sys.argv[1], selectors.DefaultSelector()
for word in sys.argv[2:]:
    kind, port = word.split(",")
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("0.0.0.0", int(port)))
    if kind == "tcp":
        made.listen(64)
    selector.register(made, selectors.EVENT_READ)
print("ready", flush=True)
while True:
    for key, _ in selector.select():
        if key.fileobj.type == socket.SOCK_STREAM:
            connection, client = key.fileobj.accept()
            connection.sendall(f"{name} {client[0]}".encode())
            connection.close()
        else:
            _, client = key.fileobj.recvfrom(64)
            key.fileobj.sendto(f"{name} {client[0]}".encode(), client)
"""

# ASKER FROM WORD...: from one of the asker's addresses, or whichever.
ASKER = """
import concurrent.futures, socket, sys
def answer(word):
    kind, address, port, *own = word.split(",")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM) as asking:
        asking.settimeout(2)
        try:
            if own:
                asking.bind((own[0], 0))
            asking.connect((address, int(port)))
            if kind == "udp":
                asking.send(b"?")
            return asking.recv(64).decode() or "-"
        except OSError:
            return "-"
with concurrent.futures.ThreadPoolExecutor(32) as pool:
    for word, said in zip(sys.argv[1:], pool.map(answer, sys.argv[1:])):
        print(word, said)
"""


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def within(name, *command, **options):
    return run("ip", "netns", "exec", PREFIX + name, *command, **options)


def output(name, *command):
    return within(name, *command, stdout=subprocess.PIPE).stdout


def fail(message):
    sys.exit(f"forwards: {message}")


def attach(name, nic, address, where, bridge):
    """A cable from a namespace to a bridge in another one."""
    port = f"{name}-{nic}"[:15]
    run("ip", "link", "add", nic, "netns", PREFIX + name, "type", "veth", "peer", "name", port, "netns", PREFIX + where)
    within(where, "ip", "link", "set", port, "master", bridge, "up")
    within(name, "ip", "address", "add", address, "dev", nic)
    within(name, "ip", "link", "set", nic, "up")


def bridge(where, name, address):
    within(where, "ip", "link", "add", name, "type", "bridge")
    within(where, "ip", "address", "add", address, "dev", name)
    within(where, "ip", "link", "set", name, "up")


def build():
    for name in ["router", "computer", *OTHERS, *INSTANCES]:
        run("ip", "netns", "add", PREFIX + name)
        within(name, "ip", "link", "set", "lo", "up")
    bridge("router", "home", "192.168.50.1/24")
    bridge("router", "far", "10.9.9.1/24")
    within("router", "sysctl", "--quiet", "-w", "net.ipv4.ip_forward=1")
    attach("computer", "enp3s0", f"{COMPUTER}/24", "router", "home")
    within("computer", "ip", "route", "add", "default", "via", "192.168.50.1")
    within("router", "ip", "route", "add", "10.120.52.0/24", "via", COMPUTER)
    bridge("computer", "mpqemubr0", "10.97.0.1/24")
    bridge("computer", "docker0", "172.17.0.1/16")
    for name, (address, where) in OTHERS.items():
        prefix = 16 if where == "docker0" else 24
        attach(name, "eth0", f"{address}/{prefix}", "computer" if where == "docker0" else "router", where)
        within(name, "ip", "route", "add", "default", "via", f"{address.rsplit('.', 1)[0]}.1")
    # Visitors of as many addresses.
    for number in range(40, 72):
        within("visitor", "ip", "address", "add", f"192.168.50.{number}/24", "dev", "eth0")
    for name, address in INSTANCES.items():
        attach(name, "eth0", f"10.97.0.{address.rsplit('.', 1)[1]}/24", "computer", "mpqemubr0")
        within(name, "ip", "route", "add", "default", "via", "10.97.0.1")
    for rule in (MULTIPASS + DOCKER).strip().splitlines():
        comment = ("-m", "comment", "--comment", "generated for Multipass network mpqemubr0") if rule in MULTIPASS.splitlines() else ()
        if rule:
            within("computer", "iptables-nft", "--wait", *rule.split(), *comment)


def plug_in():
    """What Multipass does with an instance's NIC once the bridge is there."""
    for name, address in INSTANCES.items():
        subprocess.run(["ip", "-n", PREFIX + name, "link", "delete", "lab0"], check=False, stderr=subprocess.DEVNULL)
        attach(name, "lab0", f"{address}/24", "computer", "lab0")


@contextlib.contextmanager
def listening():
    programs = [
        subprocess.Popen(["ip", "netns", "exec", PREFIX + name, sys.executable, "-c", LISTENER, name, *words], stdout=subprocess.PIPE, text=True)
        for name, words in LISTENING.items()
    ]
    try:
        for program in programs:
            assert program.stdout.readline() == "ready\n"
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def asked(who, words):
    lines = output(who, sys.executable, "-c", ASKER, *words).splitlines()
    return {word: None if said == "-" else tuple(said.split()) for word, said in (line.split(" ", 1) for line in lines)}


def answers():
    found = {}
    for who in sorted({who for who, _ in CLAIMS}):
        words = [word for asker, word in CLAIMS if asker == who]
        found.update({(who, word): answer for word, answer in asked(who, words).items()})
    return found


def hold(what, right, patience=15):
    """Bridges need a moment before they forward."""
    deadline = time.monotonic() + patience
    wrong = ["not asked yet"]
    while wrong and time.monotonic() < deadline:
        found = answers()
        wrong = [f"{who} asks {word}: {found[who, word]}, not {answer}" for (who, word), answer in right.items() if found[who, word] != answer]
    if wrong:
        fail(f"{what}: " + "; ".join(wrong))


def foreign():
    """Every table but ours."""
    tables = output("computer", "nft", "list", "tables").splitlines()
    names = [table.removeprefix("table ") for table in tables if "stackwright" not in table]
    assert names == ["ip filter", "ip nat"], names
    return [listed(name) for name in names]


def listed(table):
    """nft warns of tables that are iptables'."""
    return within("computer", "nft", "--stateless", "list", "table", *table.split(), capture_output=True).stdout


def own():
    return listed("inet stackwright-forwards")


def without(pattern):
    """Our table without a part."""
    changed, count = re.subn(pattern, "", RULES, flags=re.DOTALL)
    assert count == 1, pattern
    within("computer", "nft", "--file", "-", input=changed)


def prove(machines, folder):
    root = folder / "root"
    (folder / "bin").mkdir()
    (folder / "bin/systemctl").symlink_to(HERE / "stubs/systemctl")
    (folder / "bin/dpkg-query").write_text("#!/bin/sh\necho installed\n")
    (folder / "bin/dpkg-query").chmod(0o755)
    root.mkdir()
    environment = {**os.environ, "ROOT": str(root), "PATH": f"{folder}/bin:{os.environ['PATH']}"}

    def script():
        return within("computer", "bash", str(machines / "multipass/computer.sh"), env=environment, capture_output=True)

    def systemctl(*words):
        within("computer", "systemctl", *words, env=environment)

    # As on the computer that this began with: Multipass had chosen the same subnet.
    within("computer", "ip", "address", "add", "10.120.52.9/24", "dev", "mpqemubr0")
    refused = subprocess.run(
        ["ip", "netns", "exec", PREFIX + "computer", "bash", str(machines / "multipass/computer.sh")], env=environment, capture_output=True, text=True
    )
    if refused.returncode == 0 or "mpqemubr0 has an address of the subnet of 10.120.52.1/24" not in refused.stderr:
        fail(f"a subnet that is taken is not refused: {refused.stderr}")
    within("computer", "ip", "address", "delete", "10.120.52.9/24", "dev", "mpqemubr0")
    within("computer", "nft", "delete", "table", "inet", "stackwright-forwards")
    shutil.rmtree(root)
    root.mkdir()

    others = foreign()
    within("computer", "sysctl", "--quiet", "-w", "net.ipv4.ip_forward=0")
    first = script()
    if "drops what this computer forwards" in first.stderr:
        fail(f"nothing drops, and it says so: {first.stderr}")
    rules, unit = own(), (root / "etc/systemd/system/instances-network.service").read_text()
    log = (root / "log").read_text()
    script()
    again = (root / "log").read_text().removeprefix(log)
    if own() != rules or unit != (root / "etc/systemd/system/instances-network.service").read_text() or "restart instances-network" in again:
        fail("a second run changes something")
    run("systemd-analyze", "verify", *(str(path) for path in (root / "etc/systemd/system").glob("*.service")), stdout=subprocess.DEVNULL)
    run(HERE / "start.sh", root)
    plug_in()
    hold("with the forwards", CLAIMS)
    if foreign() != others:
        fail("another's table is not what it was")

    # Visitors are spread, and each stays where it is.
    words = [f"tcp,{COMPUTER},80,192.168.50.{number}" for number in range(40, 72)]
    spread = asked("visitor", words)
    if {answer and answer[0] for answer in spread.values()} != {"node1", "node2", "node3"} or asked("visitor", words) != spread:
        fail(f"visitors of port 80 are not spread: {spread}")

    # Loaded again while it is in use, and after a start of the computer, which loses all of it.
    systemctl("reload-or-restart", "forwards-firewall.service")
    hold("reloaded", CLAIMS)
    within("computer", "nft", "delete", "table", "inet", "stackwright-forwards")
    within("computer", "ip", "link", "delete", "lab0")
    shutil.rmtree(root / "active")
    if any(asked("visitor", [f"tcp,{COMPUTER},30060"]).values()):
        fail("without the forwards they are there")
    # In this order: rules of an interface that is not there yet.
    systemctl("start", "forwards-firewall.service")
    systemctl("start", "instances-network.service")
    plug_in()
    hold("after a start", CLAIMS)
    if (own(), foreign()) != (rules, others):
        fail("after a start, the rules are not the same")

    # Whoever drops what is forwarded can't be overruled. It is told.
    within("computer", "iptables-nft", "--policy", "FORWARD", "DROP")
    if "table ip filter drops what this computer forwards" not in script().stderr:
        fail("nothing says who drops what is forwarded")
    # Multipass and Docker let out what is theirs. Where bridges pass by iptables, instances reach each other no more.
    dropped = {claim: None for claim in FORWARDED if claim[0] in OUTSIDE}
    hold("where Docker drops", {claim: answer for claim, answer in {**CLAIMS, **dropped}.items() if claim != ("node1", f"tcp,{INSTANCES['ops']},3306")})
    within("computer", "iptables-nft", "--policy", "FORWARD", "ACCEPT")

    # Each part is needed.
    without(r"    ip daddr \{ [0-9.,]+ \} ct status dnat masquerade\n")
    itself = {("computer", f"tcp,{COMPUTER},30060"): ("node1", COMPUTER)}
    hold("without the computer's own address", {**CLAIMS, **itself, **{claim: None for claim in FORWARDED if claim[0] in OUTSIDE}})
    without(r"    counter reject\n")
    hold("without the end of the way through", {**CLAIMS, ("container", f"tcp,{INSTANCES['ops']},3306"): ("ops", INSIDE)})
    within("computer", "nft", "--file", "-", input=RULES)
    hold("with all of it", CLAIMS)


def main():
    global RULES
    started = time.monotonic()
    machines = Path(sys.argv[1]).resolve() / "machines"
    RULES = (machines / "forwards-computer.nft").read_text()
    try:
        build()
        with listening(), tempfile.TemporaryDirectory(prefix="forwards-") as folder:
            prove(machines, Path(folder))
    finally:
        for name in ["router", "computer", *OTHERS, *INSTANCES]:
            subprocess.run(["ip", "netns", "delete", PREFIX + name], check=False, stderr=subprocess.DEVNULL)
    print(f"forwards: {len(CLAIMS)} questions answered as they are to be, reloaded and after a start, in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
