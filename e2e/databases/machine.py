"""A host with Debian's MariaDB, a node and a stranger, each in a network of its own."""

import os
import re
import secrets
import subprocess
from pathlib import Path

# Every log that could show a password.
LOGS = """[mysqld]
general_log = ON
general_log_file = /var/lib/mysql/general.log
slow_query_log = ON
slow_query_log_file = /var/lib/mysql/slow.log
long_query_time = 0
log_bin = /var/lib/mysql/binlog
"""
NETWORKS = {"node": ("10.120.52.40/24", "10.120.52.21/24"), "stranger": ("192.168.50.27/24", "192.168.50.9/24")}


def fail(message):
    # The other threads end with it.
    print(f"databases: {message}", flush=True)
    os._exit(1)


def same(what, expected, found):
    if expected != found:
        fail(f"{what} is not as expected:\n  expected {expected!r}\n  found    {found!r}")


def output(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode:
        fail(f"{' '.join(map(str, command))}: {done.stdout}")
    return done.stdout


class Machine:
    def __init__(self, folder, here):
        self.folder = folder
        self.state = folder / "state"
        (folder / "bin").mkdir()
        self.state.mkdir()
        self.log = self.state / "server.log"
        self.log.touch()
        (folder / "bin/systemctl").symlink_to(here / "systemctl")
        self.environment = {"PATH": f"{folder}/bin:/usr/sbin:/usr/bin:/sbin:/bin", "STATE": str(self.state), "HOME": str(folder), "PATIENCE": "60"}
        self.own_files()
        self.networks()
        self.ever, self.passwords = set(), {}
        for user in ("shop", "shop_reports"):
            self.write(user, secrets.token_hex(16))
        self.certify()

    def own_files(self):
        """What is written there is seen here alone."""
        layers = self.folder / "layers"
        layers.mkdir()
        output("mount", "-t", "tmpfs", "tmpfs", layers)
        for name in ("upper", "work"):
            (layers / name).mkdir()
        output("mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/etc,upperdir={layers}/upper,workdir={layers}/work", "/etc")
        output("mount", "-t", "tmpfs", "tmpfs", "/run")
        output("install", "-d", "-o", "mysql", "/run/mysqld")
        output("mount", "-t", "tmpfs", "tmpfs", "/var/lib/mysql")
        output("chown", "mysql:mysql", "/var/lib/mysql")
        # As Debian's package makes it.
        output("mariadb-install-db", "--user=mysql", "--auth-root-authentication-method=socket", "--skip-test-db", env={**self.environment})
        Path("/etc/mysql/mariadb.conf.d/60-logs.cnf").write_text(LOGS)
        Path("/etc/hosts").write_text("127.0.0.1 localhost\n10.120.52.40 mysql.shop.svc\n")

    def networks(self):
        output("ip", "link", "set", "lo", "up")
        for name, (own, other) in NETWORKS.items():
            output("ip", "netns", "add", name)
            output("ip", "link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
            output("ip", "address", "add", own, "dev", f"to-{name}")
            output("ip", "link", "set", f"to-{name}", "up")
            for command in (["link", "set", "lo", "up"], ["address", "add", other, "dev", "eth0"], ["link", "set", "eth0", "up"], ["route", "add", "default", "via", own.split("/")[0]]):
                output("ip", "-n", name, *command)

    def certify(self):
        """As `render` makes them."""
        for name in ("tls.crt", "tls.key"):
            (self.folder / "secrets/databases/nfs/mysql").mkdir(parents=True, exist_ok=True)
        self.openssl(self.folder / "secrets/databases/nfs/mysql/tls.crt", self.folder / "secrets/databases/nfs/mysql/tls.key")

    def openssl(self, certificate, key):
        extensions = ["subjectAltName=DNS:mysql.shop.svc,IP:10.120.52.40", "basicConstraints=CA:FALSE", "extendedKeyUsage=serverAuth"]
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365", "-subj", "/CN=mysql.shop.svc", "-keyout", key, "-out", certificate]
        output(*command, *(word for extension in extensions for word in ("-addext", extension)))

    def other_certificate(self):
        self.openssl(self.folder / "other.crt", self.folder / "other.key")
        return self.folder / "other.crt"

    def write(self, user, password):
        file = self.folder / f"secrets/shop/{user}/password"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(password)
        self.passwords[user] = password.rstrip("\n")
        if len(password) > 8:
            self.ever.add(password.rstrip("\n"))

    def give(self):
        """The exit code of the script, run as `bootstrap.sh` runs it, and what it said."""
        arguments = (self.folder / "arguments").read_text().split("\n")[:-1]
        given = self.folder / "machines"
        secret = given / "secrets"
        if not secret.exists():
            secret.symlink_to(self.folder / "secrets")
        done = subprocess.run(["bash", "remote/mysql.sh", *arguments], cwd=given, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if any(password in done.stdout for password in self.ever):
            fail(f"a password is said: {done.stdout}")
        return done.returncode, done.stdout

    def ask(self, whence, user, statement, host="mysql.shop.svc", password=None, trust=None, tls=None, database=None):
        """The exit code of a client and what it shows; of an error, its number."""
        trust = trust or self.folder / "secrets/databases/nfs/mysql/tls.crt"
        tls = tls or ["--ssl-ca", trust, "--ssl-verify-server-cert"]
        own = self.passwords.get(user, "none") if password is None else password
        options = self.folder / "client.cnf"
        options.write_text('[client]\npassword="{}"\n'.format(own.replace("\\", "\\\\")))
        options.chmod(0o600)
        command = ["ip", "netns", "exec", whence, "mysql", f"--defaults-file={options}", "--protocol=tcp", "--connect-timeout=5", f"--host={host}", f"--user={user}", *tls]
        command += ["--batch", "--skip-column-names", f"--database={user if database is None else database}", "--execute", statement]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment)
        # A client that never came to TLS says by another number what the server said.
        error = re.search(r"Host '[\d.]+' is not allowed", done.stdout) or re.search(r"ERROR \d+ \(\w+\)", done.stdout)
        return done.returncode, error[0] if error else done.stdout

    def root(self, statements):
        return output("mysql", "--no-defaults", "--protocol=socket", "--user=root", "--batch", "--skip-column-names", "--execute", statements)

    def server(self):
        return (self.state / "pid").read_text()

    def stop(self):
        output(self.folder / "bin/systemctl", "stop", "mariadb.service", env=self.environment)

    def listening(self):
        lines = output("ss", "--listening", "--tcp", "--numeric", "--no-header").splitlines()
        return [line.split()[3] for line in lines]

    def version(self):
        return re.search(r"Ver ([\d.]+)", output("mariadbd", "--version"))[1]
