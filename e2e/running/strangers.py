"""Those who try to get in: connections from addresses that one has, and packets that claim to be of Flannel's network."""

import socket
import subprocess
import sys
import time
from pathlib import Path

VXLAN = Path(__file__).with_name("vxlan.py")


def connects(address, port, source):
    """Whether a TCP connection from one of this computer's own addresses is made."""
    try:
        socket.create_connection((address, port), timeout=2, source_address=(source, 0)).close()
        return True
    except OSError:
        return False


def hears(machine, nic, card, sources, node):
    """Who of them is heard in a machine's overlay network: those with an address of this computer's own, and at last a node."""
    listener = subprocess.Popen(
        machine.inside(sys.executable, VXLAN, "listen", nic), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        assert listener.stdout.readline() == "ready\n"
        for who, source in sources.items():
            subprocess.run([sys.executable, VXLAN, "send", source, machine.address, card, who], check=True)
        # Who is let in at all would have been heard by now: what is sent last comes last.
        time.sleep(0.5)
        node(sys.executable, str(VXLAN), "send", node.address, machine.address, card, "a node")
        heard = set()
        while "a node" not in heard:
            line = listener.stdout.readline()
            assert line, "who listens has ended"
            heard.add(line.strip())
        return heard
    finally:
        listener.kill()
        listener.wait()
