"""What is around a home: a router with a public address that changes, a DNS provider's API, sources that say who asks, an authority."""

import ipaddress
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "ddns"), str(HERE.parent / "edge/acme")]

import pebble
import stand_ins

# Who reads an address of a documentation's network does not take it for a public one, so the router's are others.
FIRST, SECOND = "1.2.3.4", "1.2.3.5"


class Internet:
    """Everything out there has an address of its own, of a network for documentation. This process is the home's router, too."""

    ADDRESS, AUTHORITY, VISITOR = "198.51.100.80", "198.51.100.81", "198.51.100.7"
    API, DIRECTORY = "api.cloudflare.com", "acme-v02.api.letsencrypt.org"

    def __init__(self, lab, name, zone, token, sources):
        self.lab = lab
        self.name = name
        self.folder = lab.work / "internet"
        self.hosts = {self.API: self.ADDRESS, self.DIRECTORY: self.AUTHORITY, **dict.fromkeys(sources, self.ADDRESS)}
        record = stand_ins.record("A", name=name, zone_id=zone, content=FIRST, proxied=False)
        self.world = stand_ins.World(records=[record], sources=dict.fromkeys(sources, {"A": tells_who_asks}))
        self.world.host, self.world.zone, self.world.token = self.API, zone, token
        self.public = None

    def start(self):
        self.folder.mkdir()
        for address in (self.ADDRESS, self.AUTHORITY, self.VISITOR):
            subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
        stand_ins.make_certificates(self.folder, [*self.hosts, "127.0.0.1"])
        self.authorities = self.folder / "trusted.crt"
        self.gets_address(FIRST)
        # Bound as IPv6 has it, by which the server tells families apart.
        stand_ins.Internet(self.folder, self.world, f"::ffff:{self.ADDRESS}")
        root = pebble.start(
            self.lab.programs, self.folder, f"{self.AUTHORITY}:443", self.folder / "good.crt", self.folder / "hosts.key", self.authorities, FIRST
        )
        # What visitors trust.
        self.root = self.folder / "root.crt"
        self.root.write_bytes(root)

    def gets_address(self, public):
        """The provider gives the router an address, in place of the one that it had. Its forwards are those that the README lists."""
        for verb, address in (("del", self.public), ("add", public)):
            if address:
                subprocess.run(["ip", "address", verb, f"{address}/32", "dev", "lo"], check=True)
        self.public = public
        forwards = re.findall(r"^\| router, port (\d+)/TCP \| (\S+):(\d+) ", (self.lab.folder / "README.md").read_text(), re.MULTILINE)
        assert forwards, "the README has no forwards of the router"
        visitors = "\n".join(f"ip daddr {public} tcp dport {port} dnat to {address}:{at}" for port, address, at in forwards)
        home = ", ".join(str(switch.network) for switch in self.lab.switches)
        rules = f"""
            table ip router
            delete table ip router
            table ip router {{
              chain visitors {{
                type nat hook output priority -100;
                {visitors}
              }}
              chain home {{
                type nat hook input priority 100;
                ip saddr {{ {home} }} ip daddr {{ {self.ADDRESS}, {self.AUTHORITY} }} snat to {public}
              }}
            }}
        """
        subprocess.run(["nft", "--file", "-"], input=rules, text=True, check=True)

    def leads_to(self):
        """The address that DNS has for the name."""
        [record] = self.world.records
        return record["content"]


def tells_who_asks(handler):
    """What a source answers: from where it was asked."""
    asks = ipaddress.ip_address(handler.client_address[0])
    handler.say(200, f"{asks.ipv4_mapped or asks}\n", "text/plain")
