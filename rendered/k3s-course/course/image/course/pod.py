"""The pod: what its environment says of it, and what it has done since it started."""

import re
import socket
from dataclasses import dataclass

from .load import Load

# A policy names hosts and IPv4 addresses; for IPv6 addresses its grammar has no form (Content Security Policy Level 3, host-source).
ADDRESS = re.compile(r"(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/[!-~]*")


@dataclass(frozen=True)
class Panel:
    """A panel of Grafana's: its address, and the origin that the page may show in a frame."""

    address: str
    origin: str


@dataclass
class Pod:
    """One of the application's pods."""

    node: str
    name: str
    load: Load
    panel: Panel | None = None
    visitors: int = 0
    ends: bool = False

    def end(self):
        """Takes nothing on from now, and lets go of what runs."""
        self.ends = True
        self.load.end()


def pod(environment):
    """This pod. A variable that makes no sense is a ValueError, which says what would."""
    return Pod(
        node=environment.get("NODE_NAME", "unknown"),
        # Kubernetes gives a pod its name as its host name.
        name=socket.gethostname(),
        load=Load(number(environment, "LOAD_CORES", usual=1, most=64)),
        panel=_panel(environment.get("GRAFANA_PANEL_URL", "")),
    )


def number(environment, name, usual, most):
    """A variable that is a number; one that makes no sense is a ValueError."""
    text = environment.get(name, str(usual))
    if not re.fullmatch("[1-9][0-9]*", text) or int(text) > most:
        raise ValueError(f"{name} is {text!r}: give a number from 1 to {most}")
    return int(text)


def _panel(address):
    if not address:
        return None
    found = ADDRESS.fullmatch(address)
    if not found:
        raise ValueError(f"GRAFANA_PANEL_URL is {address!r}: give an address such as http://grafana.example:30090/d-solo/...")
    return Panel(address, found[1])
