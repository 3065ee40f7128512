"""The images of the running cluster: under which names, and what each is made of."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import debian
import wordpress

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Image:
    """One image. Its tags are a pattern: a repository may have several images, and an image may serve several repositories."""

    name: str
    repository: str
    made_of: str
    # Of the image with this name that everyone pulls: is it made of the same program? In what is it not the same?
    real: bool
    differs: str
    # As an OCI image has it: Entrypoint, Cmd, User, Env, WorkingDir, ...
    config: dict
    assemble: Callable[[Path], None]
    tags: str = "*"
    also: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    # A program of the given folder, and where the image has it.
    program: str | None = None
    program_path: str | None = None
    # Of files, as bits: see capabilities(7).
    capabilities: dict[str, int] = field(default_factory=dict)


PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def _pause(root: Path) -> None:
    subprocess.run(["cc", "-Os", "-static", "-s", "-o", root / "pause", HERE / "pause.c"], check=True)


def _client(root: Path) -> None:
    debian.users(root)
    busybox = root / "usr/bin/busybox"
    debian.drop(root, ["usr/bin/openssl"])
    for applet in subprocess.run([busybox, "--list"], check=True, stdout=subprocess.PIPE, text=True).stdout.split():
        link = root / "usr/bin" / applet
        if not link.exists():
            link.symlink_to("busybox")
    debian.drop_unused_libraries(root)


MYSQL = 999


def _mysql(root: Path) -> None:
    """docker-library/mysql, 9.7/Dockerfile.oracle: user, folders that any user may write to, where the socket is."""
    debian.users(root, ("mysql", MYSQL, "/var/lib/mysql"))
    for folder in ("etc/mysql/conf.d", "docker-entrypoint-initdb.d"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    # The last is where a server reads and writes files for SQL, unless it is told otherwise.
    for folder, mode in (("var/lib/mysql", 0o1777), ("run/mysqld", 0o1777), ("var/lib/mysql-files", 0o750)):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder).chmod(mode)
        shutil.chown(root / folder, MYSQL, MYSQL)
    (root / "etc/my.cnf").write_text(
        "[mysqld]\nsocket=/var/run/mysqld/mysqld.sock\n[client]\nsocket=/var/run/mysqld/mysqld.sock\n!includedir /etc/mysql/conf.d/\n"
    )
    # As in Oracle Linux.
    (root / "usr/bin/sh").symlink_to("bash")
    # Tools for a server's files, which no pod uses, and plugins for clouds and groups. Each is a copy of the client's library.
    debian.drop(root, (
        "usr/bin/ibd2sdi", "usr/bin/innochecksum", "usr/bin/my_print_defaults", "usr/bin/myisam*", "usr/bin/mysql_*", "usr/bin/mysqlbinlog",
        "usr/bin/mysqlimport", "usr/bin/mysqlshow", "usr/bin/mysqlslap", "usr/bin/perror", "usr/lib/mysql/plugin/*telemetry*",
        "usr/lib/mysql/plugin/authentication_*", "usr/lib/mysql/plugin/*group_replication*", "usr/share/mysql/*/errmsg.sys.old",
    ))
    debian.drop_unused_libraries(root)


def _of_debian(program: str, path: str) -> Callable[[Path], None]:
    """A program of Debian's at the path that its own image has."""

    def assemble(root: Path) -> None:
        debian.users(root)
        inside = root / path.lstrip("/")
        inside.parent.mkdir(parents=True, exist_ok=True)
        inside.symlink_to(program)
        debian.drop_unused_libraries(root)

    return assemble


def _java(root: Path) -> None:
    """Debian's Java without what no server's answer needs: pictures, smart cards, texts, archives of classes for larger heaps."""
    debian.users(root)
    debian.drop(root, (
        "usr/lib/debug", "usr/lib/jvm/*/docs", "usr/lib/jvm/*/legal", "usr/lib/jvm/*/lib/libj2pcsc.so", "usr/lib/jvm/*/lib/libjavajpeg.so",
        "usr/lib/jvm/*/lib/liblcms.so", "usr/lib/jvm/*/lib/server/classes_*.jsa", "usr/lib/jvm/*/man", "usr/share/gcc", "usr/share/java",
    ))
    debian.drop_unused_libraries(root)


def _apache(root: Path) -> None:
    wordpress.assemble(root, HERE / "wordpress")


def _program(
    name: str, repository: str, path: str, *, user: str = "", real: bool = True, differs: str = "", capabilities: int = 0
) -> Image:
    """An image of one static program, with what distroless' `static` has: users, and a folder for anything.

    It has no certificates of public authorities and no time zones: a cluster without the internet has no use for them.
    """

    def assemble(root: Path) -> None:
        debian.users(root, ("nonroot", 65532, "/home/nonroot"))
        (root / "tmp").mkdir()
        (root / "tmp").chmod(0o1777)

    return Image(
        name=name,
        repository=repository,
        made_of=f"the program {name} of the given folder",
        real=real,
        differs=differs,
        config={"Entrypoint": [path], "Env": [PATH], "WorkingDir": "/", **({"User": user} if user else {})},
        assemble=assemble,
        program=name,
        program_path=path,
        capabilities={path.lstrip("/"): capabilities} if capabilities else {},
    )


CAP_NET_BIND_SERVICE = 1 << 10

IMAGES = (
    Image(
        name="pause",
        repository="registry.k8s.io/pause",
        made_of="pause.c",
        real=False,
        differs="a program of our own that does the same: waits, reaps, ends on SIGTERM",
        # kubernetes/kubernetes, build/pause/CHANGELOG.md: not root since 3.5.
        config={"Entrypoint": ["/pause"], "User": "65535:65535"},
        assemble=_pause,
    ),
    Image(
        name="client",
        repository="localhost/client",
        also=("docker.io/library/busybox",),
        made_of="Debian's busybox-static and curl",
        real=True,
        differs="an image of our own, for the pods that the proofs ask from",
        config={"Cmd": ["sh"], "Env": [PATH]},
        assemble=_client,
        packages=("busybox-static", "curl", "ca-certificates"),
        without=("debconf", "perl.*"),
    ),
    Image(
        name="mysql",
        repository="docker.io/library/mysql",
        made_of="Debian's mysql-server-core and mysql-client-core",
        real=True,
        differs="Debian's build of the newest 9.7; no docker-entrypoint.sh, MySQL Shell, gosu; a few tools and plugins are left out",
        config={
            "Cmd": ["mysqld"],
            "Env": [PATH],
            "ExposedPorts": {"3306/tcp": {}, "33060/tcp": {}},
            "Volumes": {"/var/lib/mysql": {}},
        },
        assemble=_mysql,
        packages=("mysql-server-core", "mysql-client-core", "bash", "coreutils", "findutils", "grep", "gzip", "mawk", "sed"),
        without=("perl.*", "libperl.*", "debconf"),
    ),
    Image(
        name="wordpress",
        repository="docker.io/library/wordpress",
        tags="*-apache",
        made_of="Debian's apache2, PHP, wordpress and wordpress-theme-twentytwentyfive",
        real=False,
        differs="Debian's WordPress and newest PHP, whatever version the tag says; entry point and wp-config-docker.php are our own; "
        "no imagick, sodium as Debian builds it, no pdo_sqlite; one theme, no Hello Dolly; wp-content is the same otherwise",
        config={
            "Entrypoint": ["docker-entrypoint.sh"],
            "Cmd": ["apache2-foreground"],
            "Env": [PATH, "PHP_INI_DIR=/usr/local/etc/php", "APACHE_CONFDIR=/etc/apache2", "APACHE_ENVVARS=/etc/apache2/envvars"],
            "WorkingDir": "/var/www/html",
            "ExposedPorts": {"80/tcp": {}},
            "Volumes": {"/var/www/html": {}},
            "StopSignal": "SIGWINCH",
        },
        assemble=_apache,
        packages=wordpress.PACKAGES,
        without=wordpress.WITHOUT,
    ),
    Image(
        name="backend",
        repository="registry.example.com/wwwm-spring-be",
        also=("registry.example.com/springboot",),
        made_of="Debian's default-jre-headless and the program backend.jar of the given folder",
        real=False,
        differs="an application of our own, on the real Spring Boot: it tells what it sees of a request, and its code is compiled quickly, not well",
        # The quick compiler alone: a pod starts with half of the CPU time, and none here lives long enough to want it back.
        config={
            "Entrypoint": ["/usr/lib/jvm/default-java/bin/java", "-XX:TieredStopAtLevel=1", "-jar", "/backend.jar"],
            "Env": [PATH],
            "User": "65532:65532",
        },
        assemble=_java,
        packages=("default-jre-headless",),
        without=("ca-certificates.*", "debconf", "libpam.*", "libssl.*", "openssl.*", "util-linux"),
        program="backend.jar",
        program_path="/backend.jar",
    ),
    # prometheus/prometheus, Dockerfile.
    Image(
        name="prometheus",
        repository="quay.io/prometheus/prometheus",
        made_of="Debian's prometheus",
        real=True,
        differs="Debian's build of 3.5, without pages",
        config={"Entrypoint": ["/usr/local/bin/prometheus"], "Env": [PATH], "User": "65534", "WorkingDir": "/"},
        assemble=_of_debian("/usr/bin/prometheus", "/usr/local/bin/prometheus"),
        packages=("prometheus",),
        without=("debconf", "perl.*", "adduser", "passwd", "promtool", "prometheus-node-exporter"),
    ),
    # prometheus/alertmanager, Dockerfile.
    Image(
        name="alertmanager",
        repository="quay.io/prometheus/alertmanager",
        made_of="Debian's prometheus-alertmanager",
        real=True,
        differs="Debian's build of 0.33, without pages",
        config={
            "Entrypoint": ["/bin/alertmanager"],
            "Cmd": ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"],
            "Env": [PATH],
            "User": "65534",
            "WorkingDir": "/alertmanager",
        },
        assemble=_of_debian("/usr/bin/prometheus-alertmanager", "/bin/alertmanager"),
        packages=("prometheus-alertmanager",),
        without=("debconf", "perl.*", "adduser", "passwd", "amtool"),
    ),
    # prometheus/node_exporter, Dockerfile.
    Image(
        name="node-exporter",
        repository="quay.io/prometheus/node-exporter",
        made_of="Debian's prometheus-node-exporter",
        real=True,
        differs="Debian's build",
        config={"Entrypoint": ["/usr/local/bin/node_exporter"], "Env": [PATH], "User": "65534"},
        assemble=_of_debian("/usr/bin/prometheus-node-exporter", "/usr/local/bin/node_exporter"),
        packages=("prometheus-node-exporter",),
        without=("debconf", "perl.*", "adduser", "passwd"),
    ),
    # prometheus/blackbox_exporter, Dockerfile: its own file of probes is where it looks for one.
    Image(
        name="blackbox-exporter",
        repository="quay.io/prometheus/blackbox-exporter",
        made_of="Debian's prometheus-blackbox-exporter",
        real=True,
        differs="Debian's build of 0.23 and its file of probes, not root",
        config={"Entrypoint": ["/bin/blackbox_exporter"], "Cmd": ["--config.file=/etc/prometheus/blackbox.yml"], "Env": [PATH], "User": "65534"},
        assemble=_of_debian("/usr/bin/prometheus-blackbox-exporter", "/bin/blackbox_exporter"),
        packages=("prometheus-blackbox-exporter",),
        without=("debconf", "perl.*", "adduser", "passwd", "libcap2-bin"),
    ),
    # coredns/coredns, Dockerfile.
    _program("coredns", "registry.k8s.io/coredns/coredns", "/coredns", user="65532:65532", capabilities=CAP_NET_BIND_SERVICE),
    # kubernetes-sigs/nfs-subdir-external-provisioner, Dockerfile.
    _program(
        "nfs-subdir-external-provisioner",
        "registry.k8s.io/sig-storage/nfs-subdir-external-provisioner",
        "/nfs-subdir-external-provisioner",
        real=False,
        differs="a program of our own that does the same: the module is not to be had",
    ),
    # traefik/traefik-library-image, v3.7/alpine.
    _program(
        "traefik",
        "docker.io/library/traefik",
        "/usr/local/bin/traefik",
        differs="no shell: the entry point is the program, and takes flags",
    ),
    # kubernetes-sigs/metrics-server, Dockerfile.
    _program("metrics-server", "registry.k8s.io/metrics-server/metrics-server", "/metrics-server", user="65534"),
    # metallb/metallb, controller/Dockerfile and speaker/Dockerfile.
    _program("metallb-controller", "quay.io/metallb/controller", "/controller"),
    _program("metallb-speaker", "quay.io/metallb/speaker", "/speaker", differs="without the tools for FRR"),
    # rancher/local-path-provisioner, package/Dockerfile.
    _program("local-path-provisioner", "docker.io/rancher/local-path-provisioner", "/usr/bin/local-path-provisioner"),
    # prometheus-operator/prometheus-operator, Dockerfile and cmd/prometheus-config-reloader/Dockerfile.
    _program("prometheus-operator", "quay.io/prometheus-operator/prometheus-operator", "/bin/operator", user="65534"),
    _program("prometheus-config-reloader", "quay.io/prometheus-operator/prometheus-config-reloader", "/bin/prometheus-config-reloader", user="65534"),
    # grafana/grafana, Dockerfile: the user.
    _program(
        "grafana",
        "docker.io/grafana/grafana",
        "/grafana",
        user="472",
        real=False,
        differs="a program of our own in its place, with its rule about Origin and Host: its pages are not to be had",
    ),
    # kubernetes/kube-state-metrics, Dockerfile.
    _program("kube-state-metrics", "registry.k8s.io/kube-state-metrics/kube-state-metrics", "/kube-state-metrics", user="65534"),
)
