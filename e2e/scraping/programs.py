"""Programs in the place of containers: with the arguments, environment, files and user of a pod, in a root that they share."""

import os
import shutil
import subprocess
import sys

ACCOUNT = "run/secrets/kubernetes.io/serviceaccount"


class Programs:
    """Ends all of them at the end, and shows the log of one that ended before."""

    def __init__(self, root):
        self.root, self.started = root, []

    def __enter__(self):
        (self.root / "var").mkdir(exist_ok=True)
        if not (self.root / "var/run").is_symlink():
            shutil.rmtree(self.root / "var/run", ignore_errors=True)
            (self.root / "var/run").symlink_to("/run")
        for folder in (ACCOUNT, "tmp", "etc"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind, *_):
        for name, process, log in self.started:
            if kind is not None and (process.poll() is not None or name == "prometheus"):
                print(f"-- {name}\n{log.read_text(errors='replace')[-3000:]}", file=sys.stderr)
        for _, process, _ in reversed(self.started):
            process.terminate()
            process.wait()

    def resolve(self, names):
        """What the cluster's DNS and its Services would lead to."""
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n" + "".join(f"{address} {name}\n" for name, address in names.items()))
        (self.root / "etc/nsswitch.conf").write_text("hosts: files\n")

    def copy(self, program):
        """Where it is in the root."""
        shutil.copy(program, self.root / "usr/bin")
        return f"/usr/bin/{program.name}"

    def start(self, spec, program, *more):
        pod = spec["pod"]["spec"]
        container = pod["containers"][0]
        user = pod["securityContext"]["runAsUser"]
        mounts = []
        for mount in container.get("volumeMounts", []):
            mounts += self._mounted(spec, mount, user)
        mounts += [(self._account(spec), self.root / ACCOUNT, "ro")] if spec["token"] else []
        environment = {"KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443"}
        for variable in container.get("env", []):
            source = variable.get("valueFrom", {})
            address = spec["pod"]["status"]["hostIP"] if "fieldRef" in source else None
            environment[variable["name"]] = variable.get("value") or address or "given"
        arguments = [argument.replace("$(NODE_ADDRESS)", environment.get("NODE_ADDRESS", "")) for argument in container.get("args", [])]
        # Mounts of its own, as a container has; then its user, who can become no other.
        script = 'while [ "$1" != -- ]; do mount --bind "$1" "$2"; mount -o "remount,bind,$3" "$2"; shift 3; done; shift; exec "$@"'
        words = [str(word) for mount in mounts for word in mount]
        user_and_root = ["setpriv", "--no-new-privs", "chroot", f"--userspec={user}:{user}", "--groups=", str(self.root)]
        command = ["unshare", "--mount", "sh", "-euc", script, "sh", *words, "--", *user_and_root, program, *arguments, *more]
        name = spec["pod"]["metadata"]["labels"]["app.kubernetes.io/name"]
        log = self.root.parent / f"{spec['pod']['metadata']['name']}.log"
        with log.open("w") as file:
            self.started.append((name, subprocess.Popen(command, env=environment | {"PATH": os.environ["PATH"]}, stdout=file, stderr=file), log))

    def _mounted(self, spec, mount, user):
        """What is mounted where, and how: files of a ConfigMap, a directory of the node, or a folder of the pod's own."""
        name, inside = mount["name"], self.root / mount["mountPath"].lstrip("/")
        if mount["mountPath"].startswith("/var/run/secrets"):
            return []
        inside.mkdir(parents=True, exist_ok=True)
        if name in spec["files"]:
            for file, text in spec["files"][name].items():
                (inside / file).write_text(text)
            return []
        if name in spec["folders"]:
            path = spec["folders"][name]
            how = "ro" if mount.get("readOnly") else "rw"
            if how == "rw":
                return [(self.root / path.lstrip("/"), inside, how)]
            # The host's root has its processes' files as a mount below.
            return [(path, inside, how)] + ([("/proc", inside / "proc", "ro")] if path == "/" else [])
        os.chown(inside, user, user)
        return []

    def _account(self, spec):
        folder = self.root.parent / f"account-{spec['pod']['metadata']['name']}"
        folder.mkdir()
        (folder / "token").write_text(spec["token"])
        (folder / "ca.crt").write_text(spec["ca"])
        return folder
