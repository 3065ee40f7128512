"""A Kubernetes control plane of real programs on loopback, in a folder of its own, for as long as a `with` block lasts."""

import contextlib
import ctypes
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from kubectl import Kubectl, Refused, path_of

START_SECONDS = 120


class ControlPlane:
    """etcd and kube-apiserver, and what else `start` adds to them. `with` starts them, and ends and removes them whatever happens."""

    is_ours_alone = True

    def __init__(self, service_addresses="10.96.0.0/12", admission_off=(), every_version=False, more_flags=()):
        self.service_addresses = service_addresses
        self.admission_off = admission_off
        self.every_version = every_version
        self.more_flags = more_flags
        self.processes = {}

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="control-plane-"))
        try:
            self._start_all()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def _start_all(self):
        began = time.monotonic()
        # A socket in the folder, which is ours alone, needs neither a port nor certificates.
        self.start(
            "etcd",
            "--data-dir=data",
            "--listen-client-urls=unix://etcd:0",
            "--advertise-client-urls=unix://etcd:0",
            "--listen-peer-urls=unix://peer:0",
            "--initial-advertise-peer-urls=unix://peer:0",
            "--initial-cluster=default=unix://peer:0",
            "--unsafe-no-fsync",
        )
        self._write_credentials()
        self.port = free_port()
        self.start_api_server(self.port, *self.more_flags)
        self.kubectl = Kubectl(self._kubeconfig("admin"), self.folder)
        self._await_readiness()
        self.version = self.client().expect("GET", "/version")["gitVersion"]
        self.start_seconds = time.monotonic() - began

    def start_api_server(self, port, *more_flags, name="kube-apiserver"):
        """One more that has the same store and certificate needs a name of its own."""
        self.start(
            "kube-apiserver",
            "--etcd-servers=unix://etcd:0",
            "--bind-address=127.0.0.1",
            f"--secure-port={port}",
            # No node could reach this server, so it is not announced as Service default/kubernetes' endpoint.
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--cert-dir=certificates",
            "--token-auth-file=tokens.csv",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=service-accounts.key",
            "--service-account-signing-key-file=service-accounts.key",
            f"--service-cluster-ip-range={self.service_addresses}",
            # As kubeadm has it, and with it every installer on top.
            "--allow-privileged=true",
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            f"--disable-admission-plugins={','.join(self.admission_off)}",
            f"--runtime-config={'api/all=true' if self.every_version else ''}",
            *more_flags,
            name=name,
        )

    def start(self, program, *arguments, name=None):
        """Starts a program in the folder; its output goes to a file there."""
        name = name or program
        log = open(self.folder / f"{name}.log", "wb")
        self.processes[name] = subprocess.Popen(
            [path_of(program), *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        log.close()

    def start_scheduler(self):
        """Starts kube-scheduler; it looks again at a pod that fits nowhere after two seconds at the latest, not ten."""
        config = {
            "apiVersion": "kubescheduler.config.k8s.io/v1",
            "kind": "KubeSchedulerConfiguration",
            "clientConnection": {"kubeconfig": self._kubeconfig("system:kube-scheduler"), "qps": 1000, "burst": 1000},
            "leaderElection": {"leaderElect": False},
            "podMaxBackoffSeconds": 2,
        }
        (self.folder / "kube-scheduler.json").write_text(json.dumps(config))
        self.start("kube-scheduler", "--config=kube-scheduler.json", "--secure-port=0")

    def start_controllers(self, controllers):
        """Starts kube-controller-manager with these controllers only."""
        self.start(
            "kube-controller-manager",
            f"--kubeconfig={self._kubeconfig('system:kube-controller-manager')}",
            f"--controllers={','.join(controllers)}",
            # Each controller is then who the built-in roles mean.
            "--use-service-account-credentials=true",
            "--service-account-private-key-file=service-accounts.key",
            "--leader-elect=false",
            "--kube-api-qps=1000",
            "--kube-api-burst=1000",
            # A claim whose volume came first is looked at again after this, not after 15 seconds.
            "--pvclaimbinder-sync-period=1s",
            "--secure-port=0",
        )

    def _write_credentials(self):
        self.tokens = {
            user: secrets.token_hex(32) for user in ("admin", "system:kube-scheduler", "system:kube-controller-manager")
        }
        groups = {"admin": "system:masters"}
        with open(self.folder / "tokens.csv", "w", opener=_for_owner_only) as file:
            for user, token in self.tokens.items():
                file.write(f'{token},{user},{user},"{groups.get(user, "")}"\n')
        subprocess.run(
            ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "service-accounts.key"],
            cwd=self.folder,
            check=True,
        )

    def _kubeconfig(self, user):
        path = self.folder / f"{user.removeprefix('system:')}.kubeconfig"
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "it",
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}],
            "clusters": [{"name": "it", "cluster": {"server": f"https://127.0.0.1:{self.port}", "certificate-authority": self._certificate()}}],
            "users": [{"name": "it", "user": {"token": self.tokens[user]}}],
        }
        with open(path, "w", opener=_for_owner_only) as file:
            json.dump(config, file)
        return str(path)

    def _certificate(self):
        return str(self.folder / "certificates/apiserver.crt")

    def _await_readiness(self):
        deadline = time.monotonic() + START_SECONDS
        state = "no answer"
        while time.monotonic() < deadline:
            self.check_alive()
            # The server writes its certificate when it starts and listens a while later.
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, body = self.client().request("GET", "/readyz?verbose")
                if status == 200:
                    return
                state = body
            time.sleep(0.05)
        raise Refused(f"the API server was not ready after {START_SECONDS} s: {state}")

    def check_alive(self):
        """Raises if a program has ended by itself."""
        for program, process in self.processes.items():
            if process.poll() is not None:
                raise Refused(f"{program} ended with {process.returncode}: {self._log_end(program)}")

    def client(self):
        """A connection as an administrator."""
        return Client(self.port, self._certificate(), self.tokens["admin"])

    def borrow(self, source, stdin=None):
        """Nothing to promise: the control plane goes with everything in it."""

    def cost(self):
        """What it is, how long it took to start, and the most memory that each program has had."""
        memory = [f"{program} {_peak_memory(process.pid)} MiB" for program, process in self.processes.items()]
        return f"Kubernetes {self.version} ready in {self.start_seconds:.1f} s, {', '.join(memory)}"

    def __exit__(self, kind, error, trace):
        # In the order of their dependence: a server that has lost its store waits for it.
        for process in reversed(self.processes.values()):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if kind is None:
            shutil.rmtree(self.folder)
            return
        logs = self.folder.with_name(self.folder.name + "-logs")
        logs.mkdir(mode=0o700)
        for log in self.folder.glob("*.log"):
            log.rename(logs / log.name)
        shutil.rmtree(self.folder)
        print(f"the programs' logs are kept in {logs}", file=sys.stderr)

    def _log_end(self, program):
        lines = (self.folder / f"{program}.log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-8:])


class Client:
    """The API over one connection that is kept while it is used."""

    # Seconds. The API server closes one that nothing came over for 90: `IdleTimeout` in apiserver/pkg/server/secure_serving.go.
    KEPT = 30

    def __init__(self, port, certificate, token):
        context = ssl.create_default_context(cafile=certificate)
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=60)
        self.token = token
        self.used = time.monotonic()

    def request(self, method, path, body=None, content_type="application/json"):
        """The answer's status, and its body as data or, if it is not JSON, as text."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = content_type
            if not isinstance(body, bytes):
                body = json.dumps(body).encode()
        if time.monotonic() - self.used > self.KEPT:
            # The next request opens one.
            self.connection.close()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self.used = time.monotonic()
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, text.decode(errors="replace")

    def expect(self, method, path, body=None, also=None, content_type="application/json"):
        """The body of an answer that has to be a success, or the one other status that is as good."""
        status, answer = self.request(method, path, body, content_type)
        if status >= 300 and status != also:
            raise Refused(f"{method} {path} is answered with {status}: {answer}")
        return answer


def free_port():
    """A TCP port of loopback that nothing listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _for_owner_only(path, flags):
    return os.open(path, flags, 0o600)


def _end_with_parent():
    # A proof that is killed leaves nothing running behind it.
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _peak_memory(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024
