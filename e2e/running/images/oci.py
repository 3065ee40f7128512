"""An OCI image of one layer in one archive, as `ctr images import` takes it. The same folder gives the same bytes."""

import hashlib
import io
import json
import os
import stat
import tarfile
from pathlib import Path

# Everything in an image has this time: 1 January 2026. tar calls the first hours of 1970 implausible.
TIME = 1767225600


def write(root: Path, archive: Path, name: str, config: dict, capabilities: dict[str, int]) -> str:
    """Writes the folder as the image of that name; the answer is the digest of its manifest. Capabilities are of files, as bits."""
    layer = archive.with_suffix(f".{os.getpid()}.layer")
    with tarfile.open(layer, "w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root).as_posix()
            mode = path.lstat().st_mode
            if stat.S_ISSOCK(mode):
                continue
            entry = tar.gettarinfo(path, arcname=inside)
            entry.mtime, entry.uname, entry.gname = TIME, "", ""
            if inside in capabilities:
                entry.pax_headers["SCHILY.xattr.security.capability"] = _capability(capabilities[inside])
            with path.open("rb") if entry.isreg() else io.BytesIO() as content:
                tar.addfile(entry, content)

    blobs: dict[str, bytes] = {}

    def blob(value: dict) -> dict:
        data = json.dumps(value, sort_keys=True).encode()
        digest = hashlib.sha256(data).hexdigest()
        blobs[digest] = data
        return {"digest": f"sha256:{digest}", "size": len(data)}

    with layer.open("rb") as content:
        layer_digest = hashlib.file_digest(content, "sha256").hexdigest()
    settings = blob({
        "architecture": _architecture(),
        "os": "linux",
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer_digest}"]},
    })
    manifest = blob({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **settings},
        "layers": [{
            "mediaType": "application/vnd.oci.image.layer.v1.tar",
            "digest": f"sha256:{layer_digest}",
            "size": layer.stat().st_size,
        }],
    })
    index = {
        "schemaVersion": 2,
        "manifests": [{
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "annotations": {"io.containerd.image.name": name, "org.opencontainers.image.ref.name": name.rpartition(":")[2]},
            **manifest,
        }],
    }

    unfinished = archive.with_suffix(f".{os.getpid()}.unfinished")
    with tarfile.open(unfinished, "w") as tar:
        _add(tar, "oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
        _add(tar, "index.json", json.dumps(index, sort_keys=True).encode())
        for digest, data in sorted(blobs.items()):
            _add(tar, f"blobs/sha256/{digest}", data)
        entry = tarfile.TarInfo(f"blobs/sha256/{layer_digest}")
        entry.size, entry.mtime = layer.stat().st_size, TIME
        with layer.open("rb") as content:
            tar.addfile(entry, content)
    layer.unlink()
    unfinished.rename(archive)
    return manifest["digest"]


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(data), TIME
    tar.addfile(entry, io.BytesIO(data))


def _architecture() -> str:
    """As Go names it, and OCI with it."""
    return {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]


def _capability(bits: int) -> str:
    """What setcap NAME=+ep writes: struct vfs_cap_data of revision 2 with the effective bit, see capabilities(7)."""
    words = [0x02000001, bits & 0xFFFFFFFF, 0, bits >> 32, 0]
    return b"".join(word.to_bytes(4, "little") for word in words).decode("latin-1")
