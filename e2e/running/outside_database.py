"""The host with a database outside Kubernetes: MySQL, of the same image as the pods', set up by the rendered step."""

from pathlib import Path

from given_host import GivenHost

IMAGE = "/run/mysql"

# What a package of Ubuntu makes of a host: programs, settings that read a folder, and a server that lets root in by its socket.
PROGRAM = f"""#!/bin/sh
exec {IMAGE}/usr/lib64/ld-linux-x86-64.so.2 --library-path {IMAGE}/usr/lib/x86_64-linux-gnu {IMAGE}/usr/%s "$@"
"""
SETTINGS = f"""[mysqld]
basedir = {IMAGE}/usr
plugin_dir = {IMAGE}/usr/lib/mysql/plugin
plugin_load_add = auth_socket.so
init_file = /etc/mysql/root.sql
secure_file_priv = NULL
!includedir /etc/mysql/mysql.conf.d/
"""
ROOT = "ALTER USER root@localhost IDENTIFIED WITH auth_socket;\n"
USER = {"passwd": "mysql:x:999:999::/nonexistent:/bin/false\n", "group": "mysql:x:999:\n"}

SYSTEMCTL = """#!/bin/sh
# What stands for systemd, which no namespace has: it knows mysql.service.
runs() { kill -0 "$(cat /run/mysqld/mysqld.pid 2>/dev/null)" 2>/dev/null; }
case "$*" in
  daemon-reload | "enable --quiet mysql.service") ;;
  "is-active --quiet mysql.service") runs ;;
  "restart mysql.service")
    runs && kill "$(cat /run/mysqld/mysqld.pid)"
    while runs; do sleep 0.1; done
    setsid mysqld --user=mysql --pid-file=/run/mysqld/mysqld.pid </dev/null >>LOG 2>&1 &
    for _ in $(seq 300); do runs && test -S /run/mysqld/mysqld.sock && exit; sleep 0.1; done
    exit 1
    ;;
  *) exit 64 ;;
esac
"""


class DatabaseHost(GivenHost):
    """One such host. Its server's log is with those of its other programs."""

    def start(self):
        """What is there before the step: the package, and no server that runs."""
        machine = self.machine
        self.prepare(["/etc/systemd/system"], SYSTEMCTL.replace("LOG", f"{machine.folder}/mysqld.log"))
        # The nodes have the image unpacked.
        store = self.lab.control_plane.folder / "var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots"
        [unpacked] = store.glob("*/fs/usr/sbin/mysqld")
        machine("mkdir", IMAGE)
        machine("mount", "--bind", str(unpacked.parents[2]), IMAGE)
        for program in ("sbin/mysqld", "bin/mysql"):
            self.stand_in(Path(program).name, PROGRAM % program)
        self.stand_in("dpkg-query", "#!/bin/sh\necho installed\n")
        for name, line in USER.items():
            own = machine.folder / "etc" / name
            # The first of a number gives it its name.
            own.write_text(line + Path("/etc", name).read_text())
            machine("mount", "--bind", str(own), f"/etc/{name}")
        settings = self.own("/etc/mysql")
        (settings / "mysql.conf.d").mkdir()
        (settings / "my.cnf").write_text(SETTINGS)
        (settings / "root.sql").write_text(ROOT)
        self.own("/var/lib/mysql")
        machine("install", "-d", "-o", "mysql", "-g", "mysql", "/var/lib/mysql", "/run/mysqld")
        machine("/run/bin/mysqld", "--no-defaults", f"--basedir={IMAGE}/usr", "--initialize-insecure", "--user=mysql")

    def version(self):
        return self.machine("/run/bin/mysqld", "--version").split("Ver ")[1].split()[0]

    def listening(self, port):
        """At which addresses somebody listens at a port."""
        lines = self.machine("ss", "--listening", "--tcp", "--numeric", "--no-header").splitlines()
        at = [line.split()[3].rsplit(":", 1) for line in lines]
        return {address for address, number in at if number == str(port)}
