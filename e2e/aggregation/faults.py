"""Faults that the scripts are to find: each is made, found by its words, and mended or refused."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from machine import FOLDER, fail, output, same

AUTHORITY, AUTHORITY_KEY, CERTIFICATE, KEY = (f"{FOLDER}/front-proxy-{name}" for name in ("ca.crt", "ca.key", "client.crt", "client.key"))


def are_found(machine, server):
    """How many there were."""
    mended = in_place(machine)
    count = 0
    for what, (spoil, words) in mended.items():
        spoil()
        finds(what, machine.check(), words)
        code, said = machine.give()
        same(f"after it was mended: {what}", (0, True), (code, "changed: " in said))
        same(f"then: {what}", 0, machine.check()[0])
        count += 1
    for what, (folder, words) in given(machine).items():
        before = {path: path.read_bytes() for path in Path(FOLDER).iterdir() if path.is_file()}
        finds(what, machine.give(folder.parent), words)
        same(f"what is in place after {what}", before, {path: path.read_bytes() for path in Path(FOLDER).iterdir() if path.is_file()})
        count += 1
    same("what ends soon", True, "rotate it soon" in soon(machine))
    count += 1
    finds("another authority on one master", elsewhere(machine), "kmaster2 has another authority than kmaster1")
    machine.share()
    return count + 1 + running(machine, server)


def finds(what, outcome, words):
    code, said = outcome
    if code != 1 or words not in said:
        fail(f"{what}: the script exits with {code}, and does not say {words!r}: {said}")


def in_place(machine):
    """What another hand did on the master."""
    other = machine.certificates("other")

    def copy(name, target):
        return lambda: shutil.copy(other / name, target)

    def pair():
        shutil.copy(other / "client.crt", CERTIFICATE)
        shutil.copy(other / "client.key", KEY)

    return {
        "a key that others can read": (lambda: os.chmod(KEY, 0o644), f"others than root may read {KEY}"),
        "another authority's key": (copy("ca.key", AUTHORITY_KEY), f"{AUTHORITY_KEY} is not the private key of {AUTHORITY}"),
        "an authority's key that others can read": (lambda: os.chmod(AUTHORITY_KEY, 0o640), f"others than root may read {AUTHORITY_KEY}"),
        "no key": (lambda: os.remove(KEY), f"there is no {KEY}"),
        "no authority": (lambda: os.remove(AUTHORITY), f"there is no {AUTHORITY}"),
        "another's key": (copy("client.key", KEY), f"{KEY} is not the private key of {CERTIFICATE}"),
        "another authority's certificate": (pair, f"{CERTIFICATE} is not signed by {AUTHORITY}"),
        "no certificate": (lambda: Path(CERTIFICATE).write_text("hello\n"), f"{CERTIFICATE} is no certificate"),
    }


def given(machine):
    """What is no certificate for an API server, and is put nowhere."""
    made = machine.certificates
    mixed = machine.work / "made/mixed/front-proxy"
    shutil.copytree(made("other"), mixed)
    for name in ("ca.crt", "ca.key"):
        shutil.copy(made("third") / name, mixed / name)
    users = machine.work / "made/users/front-proxy"
    shutil.copytree(made("other"), users)
    request = ["-req", "-in", users / "client.csr", "-CA", f"{FOLDER}/ca.crt", "-CAkey", f"{FOLDER}/ca.key", "-CAcreateserial"]
    output("openssl", "x509", *request, "-out", users / "client.crt")
    for name in ("ca.crt", "ca.key"):
        shutil.copy(f"{FOLDER}/{name}", users / name)
    Path(f"{FOLDER}/ca.srl").unlink(missing_ok=True)
    return {
        "an administrator": (made("masters", "/O=system:masters/CN=front-proxy-client"), "is of system:masters, who may do everything"),
        "somebody else": (made("name", "/CN=admin"), "and not of CN=front-proxy-client alone"),
        "an organization": (made("organization", "/O=shop/CN=front-proxy-client"), "and not of CN=front-proxy-client alone"),
        "one that ended": (made("ended", days=-1), "ended on "),
        "one of another authority": (mixed, "is not signed by"),
        "the cluster's own authority": (users, "is the authority of the cluster's users, too"),
    }


def soon(machine):
    """One that ends in ten days is put in place, and the check wants another."""
    code, said = machine.give(machine.certificates("soon", days=10).parent)
    same("one that ends soon", 0, code)
    finds("one that ends soon", machine.check(), f"{CERTIFICATE} ends on ")
    same("the declared one again", 0, machine.give()[0])
    return said


def elsewhere(machine):
    folder, other = machine.work / "machines/kmaster2", machine.certificates("other")
    for name in ("ca.crt", "ca.key", "client.crt", "client.key"):
        shutil.copy(other / name, folder / f"front-proxy-{name}")
        os.chmod(folder / f"front-proxy-{name}", 0o600)
    return machine.look()


def running(machine, server):
    """The API server's flags, where none runs, or one with others: a stand-in of its name, in processes of its own."""
    process = server.processes["kube-apiserver"].pid
    flags = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")[1:-1]
    program = machine.work / "kube-apiserver"
    shutil.copy("/bin/bash", program)
    finds("no API server", _beside(machine, []), "no kube-apiserver runs here")
    same("an API server with all of them", 0, _beside(machine, [program, "-c", "sleep 60; :", *flags])[0])
    ours = [flag for flag in flags if re.match("--(requestheader|proxy-client|enable-aggregator)", flag)]
    same("flags of the layer", 8, len(ours))
    for flag in ours:
        others = [f"{flag.partition('=')[0]}=other" if word == flag else word for word in flags]
        finds(flag, _beside(machine, [program, "-c", "sleep 60; :", *others]), f"kube-apiserver runs without {flag.replace('True', 'true')}")
    return 1 + len(ours)


def _beside(machine, command):
    """What the script says where only this runs."""
    script = '"${@:2}" & if [[ $# -gt 1 ]]; then while [[ $(cat /proc/$!/comm) != kube-apiserver ]]; do sleep 0.01; done; fi; bash "$1" --check'
    alone = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", script, "bash"]
    return machine._run(*alone, machine.tree / "machines/remote/front-proxy.sh", *map(str, command), cwd=machine.work)
