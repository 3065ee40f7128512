"""Keys, certificates and kubeconfigs of a cluster that lives for one proof."""

import json
import os
import pathlib
import secrets
import subprocess

# Everyone but the nodes who talks to the API server, and the group that gives them their rights.
USERS = {
    "admin": "system:masters",
    "system:kube-scheduler": "",
    "system:kube-controller-manager": "",
    "system:kube-proxy": "",
    "kube-router": "system:masters",
}


class Credentials:
    """A certificate authority for the servers, and a token for each user."""

    def __init__(self, folder, server, service_address, nodes):
        self.folder = pathlib.Path(folder)
        self.server = server
        self.service_address = service_address
        self.users = {**USERS, **{f"system:node:{node}": "system:nodes" for node in nodes}}

    def make(self):
        """Makes all of them."""
        self.folder.mkdir(mode=0o700)
        self._key("service-accounts")
        for authority in ("ca", "front-proxy-ca"):
            self._key(authority)
            self._openssl("req", "-x509", "-new", "-key", f"{authority}.key", "-days", "2", "-subj", f"/CN={authority}", "-out", f"{authority}.crt")
        names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"]
        addresses = [self.server, self.service_address, "127.0.0.1"]
        subject = ",".join([f"DNS:{name}" for name in names] + [f"IP:{address}" for address in addresses])
        self._certificate("apiserver", "/CN=kube-apiserver", "ca", subject)
        self._certificate("apiserver-kubelet-client", "/O=system:masters/CN=kube-apiserver-kubelet-client", "ca")
        self._certificate("front-proxy-client", "/CN=front-proxy-client", "front-proxy-ca")
        tokens = {user: secrets.token_hex(32) for user in self.users}
        lines = [f'{token},{user},{user},"{self.users[user]}"\n' for user, token in tokens.items()]
        self._write("tokens.csv", "".join(lines))
        for user, token in tokens.items():
            self._write(f"{user.replace(':', '-')}.kubeconfig", json.dumps(self._kubeconfig(token)))

    def path(self, name):
        return str(self.folder / name)

    def kubeconfig(self, user):
        """The file with which a user finds the API server and is known there."""
        return self.path(f"{user.replace(':', '-')}.kubeconfig")

    def _kubeconfig(self, token):
        return {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "it",
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}],
            "clusters": [{"name": "it", "cluster": {"server": f"https://{self.server}:6443", "certificate-authority": self.path("ca.crt")}}],
            "users": [{"name": "it", "user": {"token": token}}],
        }

    def _key(self, name):
        self._openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")

    def _certificate(self, name, subject, authority, alternatives=""):
        self._key(name)
        self._openssl("req", "-new", "-key", f"{name}.key", "-subj", subject, "-out", f"{name}.csr")
        self._write("extensions", "extendedKeyUsage=serverAuth,clientAuth\n" + (f"subjectAltName={alternatives}\n" if alternatives else ""))
        authority = ["-CA", f"{authority}.crt", "-CAkey", f"{authority}.key", "-CAcreateserial"]
        self._openssl("x509", "-req", "-in", f"{name}.csr", *authority, "-days", "2", "-extfile", "extensions", "-out", f"{name}.crt")

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def _write(self, name, text):
        with open(self.folder / name, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(text)
