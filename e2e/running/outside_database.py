"""The host with a database outside Kubernetes: Debian's MariaDB, set up by the rendered step."""

from given_host import GivenHost
from lab import HERE

FOLDERS = ("/etc/mysql", "/etc/systemd/system")


class DatabaseHost(GivenHost):
    """One such host, with systemd as e2e/databases has it."""

    def start(self):
        """What Debian's package makes of a host: an empty server, that is not started."""
        machine, folder = self.machine, self.machine.folder
        state, log = folder / "mysql", folder / "mysql.log"
        state.mkdir()
        # Beside the other logs, in which secrets are looked for.
        (state / "server.log").symlink_to(log)
        log.touch()
        self.prepare(FOLDERS, f'#!/bin/sh\nSTATE={state} exec {HERE.parent}/databases/systemctl "$@"\n')
        machine("install", "-d", "-o", "mysql", "-g", "mysql", f"{folder}/var/lib/mysql", "/run/mysqld")
        machine("mkdir", "-p", "/var/lib/mysql")
        machine("mount", "--bind", f"{folder}/var/lib/mysql", "/var/lib/mysql")
        machine("mariadb-install-db", "--user=mysql", "--auth-root-authentication-method=socket", "--skip-test-db")

    def listening(self, port):
        """At which addresses somebody listens at a port."""
        lines = self.machine("ss", "--listening", "--tcp", "--numeric", "--no-header").splitlines()
        at = [line.split()[3].rsplit(":", 1) for line in lines]
        return {address for address, number in at if number == str(port)}
