"""Root folders of Debian's packages, as small as their programs allow."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

UNPACK = Path(__file__).resolve().parents[2] / "debian" / "unpack"

# What no program of ours opens: texts for people, and what Debian's own tools keep about packages.
TEXTS = (
    "etc/apparmor.d", "etc/apt", "etc/cron.*", "etc/dpkg", "etc/init.d", "etc/logrotate.d", "etc/rc*.d", "etc/rmt",
    "usr/games", "usr/include", "usr/share/bash-completion", "usr/share/bug", "usr/share/doc", "usr/share/doc-base",
    "usr/share/gdb", "usr/share/info", "usr/share/lintian", "usr/share/locale", "usr/share/man", "usr/share/menu",
    "usr/lib/systemd", "usr/lib/*-linux-gnu/gconv", "usr/lib/*-linux-gnu/perl*", "usr/share/zoneinfo/localtime", "usr/share/zoneinfo/right",
    "var/cache",
)


def archives(packages: Iterable[str], without: Iterable[str]) -> str:
    """The packages' archives and those that they need, with their versions."""
    return _unpack("--list", packages, without)


def unpack(root: Path, packages: Iterable[str], without: Iterable[str]) -> None:
    """Unpacks them into the folder, and does what their scripts would have done for any program."""
    _unpack(str(root), packages, without)
    drop(root, TEXTS)
    for folder in ("proc", "sys", "dev", "run", "root", "tmp", "var/tmp"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for folder in ("tmp", "var/tmp"):
        (root / folder).chmod(0o1777)
    (root / "run/lock").mkdir(exist_ok=True)
    for folder, target in (("var/run", "/run"), ("var/lock", "/run/lock")):
        shutil.rmtree(root / folder, ignore_errors=True)
        (root / folder).symlink_to(target)
    (root / "etc/nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files dns\n")
    if (mawk := root / "usr/bin/mawk").exists():
        (mawk.parent / "awk").symlink_to("mawk")
    if authorities := sorted((root / "usr/share/ca-certificates").rglob("*.crt")):
        bundle = root / "etc/ssl/certs/ca-certificates.crt"
        bundle.parent.mkdir(parents=True, exist_ok=True)
        bundle.write_bytes(b"".join(certificate.read_bytes() for certificate in authorities))


def users(root: Path, *named: tuple[str, int, str]) -> None:
    """root, nobody, and the named: name, number of user and group, home."""
    lines = [("root", 0, "/root"), *named, ("nobody", 65534, "/nonexistent")]
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/passwd").write_text("".join(f"{name}:x:{number}:{number}:{name}:{home}:/bin/sh\n" for name, number, home in lines))
    (root / "etc/group").write_text("".join(f"{name}:x:{number}:\n" for name, number, _ in lines))


def drop(root: Path, patterns: Iterable[str]) -> None:
    """Removes what matches."""
    for pattern in patterns:
        for path in root.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def drop_unused_libraries(root: Path) -> None:
    """Removes the shared libraries that nothing in the folder loads, and fails where one is missing.

    A program may also load by name what its headers do not say: name services and the unwinder of the C library are kept.
    """
    (libraries,) = root.glob("usr/lib/*-linux-gnu")
    (loader,) = root.glob("usr/lib*/ld-linux*.so.*")
    used = {path.resolve() for pattern in ("libnss_*", "libgcc_s.so*", "libresolv.so*", "ld-linux*") for path in libraries.glob(pattern)}
    for path in sorted(root.rglob("*")):
        if path.parent == libraries or path.is_symlink() or not path.is_file() or not _loads_libraries(path):
            continue
        listed = subprocess.run(
            ["chroot", root, f"/{loader.relative_to(root)}", "--list", f"/{path.relative_to(root)}"], capture_output=True, text=True, check=False
        )
        for line in listed.stdout.splitlines():
            if "not found" in line:
                raise RuntimeError(f"/{path.relative_to(root)}: {line.strip()}: add the package that has it, or drop the program")
            if " => " in line:
                used.add((root / line.split(" => ")[1].split(" (")[0].lstrip("/")).resolve())
    for library in libraries.glob("*.so*"):
        if library.resolve() not in used:
            library.unlink()
    drop(root, [f"{libraries.relative_to(root)}/*.a"])


def _loads_libraries(path: Path) -> bool:
    """Is it ELF, of a program or a library?"""
    with path.open("rb") as content:
        header = content.read(18)
    return header[:4] == b"\x7fELF" and header[16] in (2, 3)


def _unpack(where: str, packages: Iterable[str], without: Iterable[str]) -> str:
    without = list(without)
    command = [UNPACK, where, *packages, *(["--without", *without] if without else [])]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
