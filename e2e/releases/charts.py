"""Charts that bring a kind each, and a proxy that has them for every host."""

import contextlib
import http.server
import json
import subprocess
import threading
import urllib.parse

# The groups that the charts bring, with the only kind of each.
BROUGHT = {"authority": ("pki.example", "Certificate"), "renewal": ("renewal.example", "Renewal")}


def package(helm, folder):
    """A repository of charts that define a kind each, and make one more object than that."""
    for chart, (group, kind) in BROUGHT.items():
        plural = f"{kind.lower()}s"
        schema = {"type": "object", "properties": {"spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}
        definition = {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{plural}.{group}"},
            "spec": {
                "group": group,
                "scope": "Namespaced",
                "names": {"kind": kind, "plural": plural},
                "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}],
            },
        }
        files = {
            "Chart.yaml": {"apiVersion": "v2", "name": chart, "version": "1.0.0"},
            "crds/definition.yaml": definition,
            "templates/settings.yaml": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"{chart}-settings"}},
        }
        for path, content in files.items():
            (folder / chart / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / chart / path).write_text(json.dumps(content))
        subprocess.run([helm, "package", chart], cwd=folder, stdout=subprocess.PIPE, check=True)
    subprocess.run([helm, "repo", "index", "."], cwd=folder, check=True)


@contextlib.contextmanager
def proxy(folder):
    """An HTTP proxy on loopback that has the files of a folder for every host."""

    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=folder)

        def translate_path(self, path):
            return super().translate_path(urllib.parse.urlsplit(path).path)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
