"""What answers as a kubelet: it lets in who may read metrics of nodes, by the API server's word, as a kubelet with webhooks does."""

import http.client
import http.server
import socket
import ssl
import subprocess
import threading


def metrics():
    return "kubelet_stand_in 1\n"


PAGES = {"/metrics": metrics, "/metrics/cadvisor": metrics}


def serve(address, folder, client, pages=PAGES):
    """At port 10250 of this address, with a certificate that it signs itself: what a function says, by its path."""
    certificate, key = folder / "kubelet.crt", folder / "kubelet.key"
    if not certificate.exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=kubelet", "-keyout", key, "-out", certificate],
            check=True,
            stderr=subprocess.DEVNULL,
        )

    class Kubelet(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            try:
                may = self.path in pages and may_read(client(), self.headers.get("Authorization", ""))
            except (OSError, http.client.HTTPException):
                # At the end the API server is gone before those who ask.
                self.send_error(503)
                return
            body = pages[self.path]().encode() if may else b"no\n"
            self.send_response(200 if may else 403)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer((address, 10250), Kubelet)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def may_read(client, authorization):
    """Whose token it is, and whether they may `get` the metrics of nodes."""
    token = authorization.removeprefix("Bearer ")
    review = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": token}}
    who = client.expect("POST", "/apis/authentication.k8s.io/v1/tokenreviews", review)["status"]
    if not who.get("authenticated"):
        return False
    spec = {
        "user": who["user"]["username"],
        "groups": who["user"].get("groups", []),
        "resourceAttributes": {"verb": "get", "resource": "nodes", "subresource": "metrics"},
    }
    review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec}
    return client.expect("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", review)["status"]["allowed"]


def forward(address, port, to):
    """Connections to an address lead to a port of loopback, as kube-proxy leads them to an API server."""
    listener = socket.create_server((address, port))

    def pump(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def accept():
        while True:
            near, _ = listener.accept()
            try:
                far = socket.create_connection(("127.0.0.1", to))
            except OSError:
                # As long as nothing listens there, nobody is connected.
                near.close()
                continue
            for ends in ((near, far), (far, near)):
                threading.Thread(target=pump, args=ends, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
