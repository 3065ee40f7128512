"""Prints a line per host of each Ingress of a rendered tree: host, certificate's file and key's file, separated by tabs.

A proxy in front of the cluster may take TLS for a host: its certificate is an authority's. Exits with an error if an Ingress has another host
without TLS, or its certificate is not one that is made with the tree, or there is none."""

import pathlib
import re
import sys

import yaml


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text(encoding="utf-8")) if document]


def certificates(cluster):
    """The files of each TLS secret that is made with the tree, by namespace and name."""
    kustomization = cluster / "secrets" / "kustomization.yaml"
    generated = yaml.safe_load(kustomization.read_text(encoding="utf-8"))["secretGenerator"] if kustomization.exists() else []
    return {
        (secret["namespace"], secret["name"]): dict(file.split("=", 1) for file in secret["files"])
        for secret in generated
        if secret.get("type") == "kubernetes.io/tls"
    }


def proxied(cluster):
    """The names that sites of the cluster's proxy answer for by TLS."""
    sites = [site for path in cluster.glob("machines/nginx/conf.d/*.conf") for site in re.split(r"^server \{$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)]
    by_tls = [site for site in sites if re.search(r"^    listen \S+ ssl\b", site, re.MULTILINE) and "ssl_certificate " in site]
    return {name for site in by_tls for names in re.findall(r"^    server_name (.*);$", site, re.MULTILINE) for name in names.split()}


lines = []
for cluster in sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_dir()):
    known, others = certificates(cluster), proxied(cluster)
    for path in sorted(cluster.glob("*/ingress-*.yaml")):
        for ingress in documents(path):
            namespace, spec = ingress["metadata"]["namespace"], ingress["spec"]
            secrets = {host: entry["secretName"] for entry in spec.get("tls", []) for host in entry["hosts"]}
            # One for any host is asked for by an address, which has no certificate.
            named = {rule["host"] for rule in spec["rules"] if "host" in rule}
            for host in (named - others) | set(secrets):
                files = known.get((namespace, secrets.get(host)))
                if not files:
                    sys.exit(f"{path}: {host} has no certificate that is made with the tree")
                folder = cluster / "secrets"
                # A wildcard stands for any one label.
                lines.append((host.replace("*", "any"), folder / files["tls.crt"], folder / files["tls.key"]))
if not lines:
    sys.exit("no Ingress has TLS: there is nothing to try")
for line in sorted(lines):
    print(*line, sep="\t")
