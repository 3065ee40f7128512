"""MongoDB's script on a host that is a folder: what it installs, by which key, and the accounts that it makes twice."""

import json
import secrets
import subprocess
from pathlib import Path

from machine import output, same

# Stands in for the commands that would change this machine or ask the internet. It notes how it is called.
STUB = """#!/bin/bash
name=${0##*/}
printf '%s\\n' "$name $*" >>"$STATE/log"
case "$name $*" in
  dpkg-query*) [[ ! -e $STATE/installed ]] || echo installed ;;
  'apt-get '*' install --yes mongodb-org') touch "$STATE/installed" ;;
  curl*) while [[ $1 != --output ]]; do shift; done; cp "$STATE/key.asc" "$2" ;;
  'systemctl is-active '*) [[ -e $STATE/runs ]] ;;
  'systemctl restart mongod.service') touch "$STATE/runs" ;;
  'uname -m') echo x86_64 ;;
esac
"""
FILES = {
    "/etc/mongod.conf": 0o644,
    "/etc/stackwright/mongodb/tls.crt": 0o644,
    "/etc/stackwright/mongodb/server.pem": 0o640,
    "/etc/systemd/system/mongod.service.d/stackwright.conf": 0o644,
}
STARTED = "started: mongod.service\n"
COMES_IN = "".join(f"{user} comes into {user} from 10.120.52.0/24, by TLS\n" for user in ("shop", "shop_reports"))


class Folder:
    def __init__(self, folder, here):
        self.folder, self.state, self.root = folder, folder / "state", folder / "root"
        for each in (folder / "bin", self.state, self.root / "etc", folder / "keys"):
            each.mkdir(parents=True)
        for name in ("apt-get", "curl", "dpkg-query", "systemctl", "uname"):
            (folder / "bin" / name).write_text(STUB)
            (folder / "bin" / name).chmod(0o755)
        (folder / "bin/mongosh").symlink_to(here / "mongosh")
        (self.state / "users.json").write_text("{}")
        (self.state / "cpuinfo").write_text("flags : fpu avx avx2\n")
        self.is_of("ubuntu", "noble")
        self.environment = {
            "PATH": f"{folder}/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "STATE": str(self.state),
            "ROOT": str(self.root),
            "CPUINFO": str(self.state / "cpuinfo"),
            "PATIENCE": "20",
            "GNUPGHOME": str(folder / "keys"),
        }
        (folder / "keys").chmod(0o700)
        self.given = folder / "machines"
        self.secrets = self.given / "secrets"
        for user in ("shop", "shop_reports"):
            self.write(f"shop/{user}/password", secrets.token_hex(16))
        self.write("databases/nfs/mongodb/administrator", secrets.token_hex(16))
        self.write("databases/nfs/mongodb/tls.crt", "-----BEGIN CERTIFICATE-----\n")
        self.write("databases/nfs/mongodb/tls.key", "the key\n")
        # The makers' key is theirs: one of our own takes its place in the list.
        self.pin(self.new_key("one"))

    def write(self, name, text):
        (self.secrets / name).parent.mkdir(parents=True, exist_ok=True)
        (self.secrets / name).write_text(text)

    def is_of(self, distribution, codename):
        (self.root / "etc/os-release").write_text(f"ID={distribution}\nVERSION_CODENAME={codename}\n")

    def new_key(self, name):
        output("gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", f"{name}@example.com", "ed25519", "sign", env=self.environment)
        listed = output("gpg", "--list-keys", "--with-colons", f"{name}@example.com", env=self.environment)
        return next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))

    def serve(self, *names):
        (self.state / "key.asc").write_text(output("gpg", "--armor", "--export", *(f"{name}@example.com" for name in names), env=self.environment))

    def pin(self, fingerprint):
        listed = self.given / "databases/mongodb-repositories"
        lines = [line.rsplit("|", 1)[0] for line in listed.read_text().splitlines()]
        listed.write_text("".join(f"{line}|{fingerprint}\n" for line in lines))

    def give(self):
        arguments = (self.folder / "arguments").read_text().split("\n")[:-1]
        done = subprocess.run(["bash", "remote/mongodb.sh", *arguments], cwd=self.given, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        shown = done.stdout + (self.state / "log").read_text()
        for file in self.secrets.rglob("*"):
            if file.is_file() and file.name in ("password", "administrator") and file.read_text().strip() in shown:
                raise SystemExit(f"databases: {file} is shown: {shown}")
        return done.returncode, done.stdout

    def users(self):
        return json.loads((self.state / "users.json").read_text())


def sets_up_mongodb(folder, here):
    output("groupadd", "--force", "mongodb")
    machine = Folder(folder, here)
    is_refused(machine)

    machine.serve("one")
    everything = "".join(f"changed: {file}\n" for file in FILES)
    same("MongoDB, the first run", (0, everything + STARTED + "made administrator\n" + COMES_IN), machine.give())
    for file, mode in FILES.items():
        same(file, mode, (machine.root / file[1:]).stat().st_mode & 0o7777)
    same("the server's file", "the key\n-----BEGIN CERTIFICATE-----\n", (machine.root / "etc/stackwright/mongodb/server.pem").read_text())
    source = (machine.root / "etc/apt/sources.list.d/mongodb.list").read_text()
    same("where its packages are from", "deb [signed-by=/etc/apt/keyrings/mongodb.asc] https://repo.mongodb.org/apt/ubuntu noble/mongodb-org/8.0 multiverse\n", source)
    users = machine.users()
    same("its users", ["admin.administrator", "shop.shop", "shop_reports.shop_reports"], sorted(users))
    same("what one may do", [{"role": "readWrite", "db": "shop"}, {"role": "dbAdmin", "db": "shop"}], users["shop.shop"]["roles"])
    same("from where", [{"clientSource": ["10.120.52.0/24"]}], users["shop.shop"]["authenticationRestrictions"])

    same("MongoDB, the second run", (0, COMES_IN), machine.give())
    same("its users after it", users, machine.users())

    # With what an editor puts at the end, and what a shell would run.
    for file, user in (("databases/nfs/mongodb/administrator", "admin.administrator"), ("shop/shop/password", "shop.shop")):
        machine.write(file, "it's \"new\" $(touch /pwned) \\ %s\n")
        said = "administrator has another password\n" if user.startswith("admin") else ""
        same(f"MongoDB, another password of {user}", (0, said + COMES_IN), machine.give())
        same(f"the password of {user}", "it's \"new\" $(touch /pwned) \\ %s", machine.users()[user]["pwd"])
    same("MongoDB, again", (0, COMES_IN), machine.give())
    changed = {**machine.users(), "shop.shop": {**machine.users()["shop.shop"], "roles": [{"role": "root", "db": "admin"}]}}
    (machine.state / "users.json").write_text(json.dumps(changed))
    same("MongoDB, after another hand", (0, COMES_IN), machine.give())
    same("what it gave", users["shop.shop"]["roles"], machine.users()["shop.shop"]["roles"])

    # An administrator whose password nobody knows any more.
    (machine.root / "etc/stackwright/mongodb/administrator").write_text("lost")
    machine.write("databases/nfs/mongodb/administrator", "lost too, as it was never told")
    code, said = machine.give()
    same("MongoDB, a lost password", (1, "mongodb: administrator can neither come in nor be made: Unauthorized\n"), (code, said.split("mongodb: not all")[0]))
    if Path("/pwned").exists():
        raise SystemExit("databases: a password was run")


def is_refused(machine):
    """Before anything is changed."""
    (machine.state / "log").touch()
    (machine.state / "cpuinfo").write_text("flags : fpu sse2 avx512_not\n")
    refusal = "mongodb: this processor has no AVX, without which mongod ends at once\n  give the virtual machine the processor of its host\n"
    same("a processor without AVX", (1, refusal), machine.give())
    (machine.state / "cpuinfo").write_text("flags : fpu avx avx2\n")
    machine.is_of("debian", "trixie")
    refusal = "mongodb: MongoDB's makers have no packages for debian trixie\n  take one of: ubuntu noble,ubuntu jammy,debian bookworm\n"
    same("a distribution without packages", (1, refusal), machine.give())
    machine.is_of("ubuntu", "noble")
    machine.new_key("two")
    for names in (["two"], ["one", "two"], ["two", "one"]):
        machine.serve(*names)
        code, said = machine.give()
        same(f"keys {names}", (1, True), (code, "is not the key that is pinned" in said))
    same("what is there after that", ["etc/os-release"], [str(path.relative_to(machine.root)) for path in machine.root.rglob("*") if path.is_file()])
