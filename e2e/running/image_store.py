"""The images that images/build made, as a store of containerd's that is filled once and then linked into every node."""

import fnmatch
import hashlib
import json
import pathlib
import shutil
import subprocess


class Images:
    """The archives in a folder, by the names that they serve, and others that serve one name each."""

    def __init__(self, folder, others):
        self.folder = pathlib.Path(folder)
        self.listed = json.loads((self.folder / "images.json").read_text())
        for name, archive in others.items():
            repository, tag = name.rsplit(":", 1)
            self.listed.append({"archive": archive, "image": name, "repository": repository, "tags": tag})

    def store(self, names):
        """A folder with containerd's store that has all of these names; made once, and kept for as long as nothing changes."""
        wanted = {}
        for name in sorted(names):
            image = self._serving(full_name(name))
            wanted.setdefault(image["archive"], (image["image"], set()))[1].add(full_name(name))
        what = json.dumps({archive: [name, *sorted(names)] for archive, (name, names) in wanted.items()})
        store = self.folder / f"store-{hashlib.sha256(what.encode()).hexdigest()[:12]}"
        if not store.exists():
            _fill(store, [(self.folder / archive, *names) for archive, names in wanted.items()])
        return store

    def _serving(self, name):
        repository, tag = name.rsplit(":", 1)
        for image in self.listed:
            if image["repository"] == repository and fnmatch.fnmatch(tag, image["tags"]):
                return image
        raise AssertionError(f"no image serves {name}: images/build has {', '.join(image['repository'] for image in self.listed)}")


def full_name(name):
    """An image's name as containerd has it."""
    parts = name.split("/")
    if len(parts) == 1:
        parts = ["docker.io", "library", *parts]
    elif not {".", ":"} & set(parts[0]) and parts[0] != "localhost":
        parts = ["docker.io", *parts]
    elif parts[0] == "docker.io" and len(parts) == 2:
        parts = ["docker.io", "library", parts[1]]
    return "/".join(parts)


def _fill(store, archives):
    new = store.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    config, socket = new.with_suffix(".toml"), f"{new}.sock"
    settings = ["version = 2", f'root = "{new}"', 'state = "/run/filling"', 'disabled_plugins = ["io.containerd.grpc.v1.cri"]']
    config.write_text("\n".join([*settings, "[grpc]", f'address = "{socket}"']) + "\n")
    with open(new.with_suffix(".log"), "wb") as log:
        server = subprocess.Popen(["containerd", f"--config={config}"], stdout=log, stderr=log)
    ctr = ["ctr", f"--address={socket}", "--namespace=k8s.io"]
    try:
        subprocess.run(["bash", "-c", f"until {' '.join(ctr)} version; do sleep 0.1; done"], check=True, capture_output=True, timeout=30)
        for archive, name, wanted in archives:
            # Unpacked here once, and not by each node.
            subprocess.run([*ctr, "images", "import", "--snapshotter=overlayfs", archive], check=True, stdout=subprocess.PIPE)
            for other in sorted(wanted - {name}):
                subprocess.run([*ctr, "images", "tag", name, other], check=True, stdout=subprocess.PIPE)
    finally:
        server.terminate()
        server.wait()
    new.rename(store)
