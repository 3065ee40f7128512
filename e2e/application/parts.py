"""What the proof is made of, from Debian, PyPI and npm: made once, and kept in the user's cache for as long as nothing changes."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "running/images"))

import debian

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stackwright" / "application"
WEEK = 7 * 24 * 3600
AXE = "axe-core@4.14.1"


def kept(name, made_of, make):
    """A file or folder of the cache. `make` is called with where it shall be, if nothing was made of the same yet."""
    path = CACHE / f"{name}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        new = CACHE / f"{path.name}.{os.getpid()}"
        began = time.monotonic()
        make(new)
        new.rename(path)
        print(f"{name}: made in {time.monotonic() - began:.1f} s", file=sys.stderr)
    os.utime(path)
    for other in CACHE.glob(f"{name}-*"):
        if time.time() - other.lstat().st_mtime > WEEK:
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    return path


def python_with_tests(sources):
    """A Python that has what the tests import, and exactly that."""
    requirements = sources / "tests/requirements.txt"

    def make(folder):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
        subprocess.run([folder / "bin/python", *install, "--requirement", requirements], check=True)

    return kept("venv", sys.version + requirements.read_text(), make) / "bin/python"


def base_image(sources):
    """A root folder as an archive that stands in for python:3.13-slim: Debian's Python and pip where the image has them, and the wheels.

    The wheels are those of requirements.txt, in their folder with an index switched off: a build needs no network. The rest of what the
    official image does is in docker-library/python, Dockerfile-linux.template.
    """
    packages, without = ["python3.13", "python3-pip-whl", "ca-certificates", "dash"], ("debconf", "perl.*", "openssl")
    try:
        archives = debian.archives(packages, without)
    except subprocess.CalledProcessError:
        print("Debian has no python3.13: its python3 stands in", file=sys.stderr)
        packages[0] = "python3"
        archives = debian.archives(packages, without)
    requirements = sources / "requirements.txt"

    def make(archive):
        root = archive.with_suffix(".root")
        debian.unpack(root, packages, without)
        interpreter = next(path for path in (root / "usr/bin").glob("python3.*") if "-" not in path.name)
        version = interpreter.name.removeprefix("python")
        # Debian keeps pip away from what its packages own; the image has no such packages.
        (root / f"usr/lib/python{version}/EXTERNALLY-MANAGED").unlink(missing_ok=True)
        modules = root / f"usr/local/lib/python{version}/dist-packages"
        modules.mkdir(parents=True)
        (root / "usr/local/bin").mkdir()
        with zipfile.ZipFile(next((root / "usr/share/python-wheels").glob("pip-*.whl"))) as wheel:
            wheel.extractall(modules)
        shutil.rmtree(root / "usr/share/python-wheels")
        pip = root / "usr/local/bin/pip"
        pip.write_text("#!/usr/local/bin/python\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n")
        pip.chmod(0o755)
        (root / "usr/local/bin/python").symlink_to(f"/usr/bin/{interpreter.name}")
        tags = [f"--platform={tag}_{platform.machine()}" for tag in ("manylinux2014", "manylinux_2_17")]
        download = ["download", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:", f"--python-version={version}"]
        subprocess.run([sys.executable, "-m", "pip", *download, *tags, "--dest", root / "wheels", "--requirement", requirements], check=True)
        with tarfile.open(archive, "w") as tar:
            tar.add(root, ".")
        shutil.rmtree(root)

    return kept("base", archives + requirements.read_text() + Path(__file__).read_text(), make)


def registry():
    """A root folder with a registry: the one that Docker's own image `registry` was, as Debian builds it."""
    packages, without = ("docker-registry",), ("systemd",)
    return kept("registry", debian.archives(packages, without), lambda folder: debian.unpack(folder, packages, without))


def accessibility_rules():
    """A script that finds what makes a page hard to use: axe-core, from npm."""
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", AXE, "--prefix"]
    return kept("axe", AXE, lambda folder: subprocess.run([*install, folder], check=True)) / "node_modules/axe-core/axe.min.js"
