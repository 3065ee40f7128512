"""Pebble, the authority that Let's Encrypt tests its clients with, and a DNS server that says what it is told."""

import json
import os
import ssl
import subprocess
import time
import urllib.request

# Where the DNS server is told what to say.
NAMES = "http://127.0.0.1:8055"


def start(programs, work, listens, certificate, key, ca, address):
    """Starts both. The authority's own API is at `listens`; each name has the address, where port 80 has to answer for it.

    Gives the root of what it issues, as PEM: another at each start. `certificate` has to be of 127.0.0.1 too, by the authority `ca`.
    """
    config = {
        "listenAddress": listens,
        "managementListenAddress": "127.0.0.1:15000",
        "certificate": str(certificate),
        "privateKey": str(key),
        "httpPort": 80,
        "tlsPort": 443,
    }
    (work / "pebble.json").write_text(json.dumps({"pebble": config}))
    log = open(work / "pebble.log", "w")
    names = [f"{programs}/pebble-challtestsrv", "-defaultIPv4", address, "-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""]
    subprocess.Popen([*names, "-doh", "", "-dnsserver", "127.0.0.1:8053", "-management", "127.0.0.1:8055"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    subprocess.Popen(
        [f"{programs}/pebble", "-config", work / "pebble.json", "-dnsserver", "127.0.0.1:8053"],
        env={**os.environ, "PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0", "PEBBLE_AUTHZREUSE": "0"},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    context = ssl.create_default_context(cafile=ca)
    deadline = time.monotonic() + 20
    while True:
        try:
            return urllib.request.urlopen("https://127.0.0.1:15000/roots/0", context=context, timeout=5).read()
        except OSError:
            if time.monotonic() > deadline:
                raise RuntimeError("the authority does not start: " + (work / "pebble.log").read_text()) from None
            time.sleep(0.1)


def lead(name, address):
    """From now on a name leads to an address."""
    body = json.dumps({"host": f"{name}.", "addresses": [address]}).encode()
    urllib.request.urlopen(f"{NAMES}/add-a", data=body, timeout=10).read()
