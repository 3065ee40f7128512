"""A Podman with a store of its own, which builds without a container runtime, and in which the base image is there."""

import os
import subprocess


def podman(folder, base, sources):
    """The environment of whoever calls it. Wants to be called in mounts of its own, where /run is empty."""
    store, registries = folder / "storage.conf", folder / "registries.conf"
    store.write_text(f'[storage]\ndriver = "overlay"\ngraphroot = "{folder}/podman"\nrunroot = "/run/podman"\n')
    # Nothing is pulled: what has a registry's name is there, or is an error.
    registries.write_text('short-name-mode = "disabled"\nunqualified-search-registries = ["docker.io"]\n[[registry]]\nlocation = "127.0.0.1:5000"\ninsecure = true\n')
    # One that stands in for Docker, or serves it elsewhere, is not meant.
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("DOCKER_", "CONTAINER"))}
    environment = outside | {"CONTAINERS_STORAGE_CONF": str(store), "CONTAINERS_REGISTRIES_CONF": str(registries), "BUILDAH_ISOLATION": "chroot"}
    name = next(line.split()[1] for line in (sources / "Dockerfile").read_text().splitlines() if line.startswith("FROM "))
    changes = [f"--change=ENV {setting}" for setting in ("PATH=/usr/local/bin:/usr/bin:/bin", "PIP_NO_INDEX=1", "PIP_FIND_LINKS=/wheels")]
    subprocess.run(["podman", "import", "--quiet", *changes, base, f"docker.io/library/{name}"], check=True, env=environment, stdout=subprocess.PIPE)
    return environment
