import re
import socket
import subprocess
import time

from hostile import controls, is_name, marked

from . import comment

PATH = "nginx.conf"


def unsaid(text):
    return marked(text) or controls(text) or "$" in text or len(text) > 3900


PLACES = [
    {"name": "body", "source": "location = /NUMBER {\n  return 200 {{ value }};\n}\n", "refused": unsaid},
    {"name": "header", "source": "location = /NUMBER {\n  add_header X-Value {{ value }};\n  return 204;\n}\n", "refused": unsaid},
    {"name": "variable", "source": "set $value_NUMBER {{ value }}; location = /NUMBER { return 200 $value_NUMBER; }\n", "refused": unsaid},
    {"name": "in an argument", "source": "location = /NUMBER { return 200 x{{ value }}; }\n", "refused": lambda text: unsaid(text) or not is_name(text)},
    {"name": "quoted", "source": "location = /NUMBER { return 200 'x{{ value }}'; }\n", "refused": lambda text: unsaid(text) or not is_name(text)},
    {"name": "location", "source": "location = /NUMBER/{{ value }} { return 200 1; }\nlocation = /NUMBER { return 200 1; }\n", "expected": "1", "refused": lambda text: unsaid(text) or not is_name(text)},
    {"name": "comment", "source": "location = /NUMBER { # {{ value }}\n  return 200 1;\n}\n", "expected": "1", "refused": lambda text: comment(text) or unsaid(text)},
]
MAIN = """daemon off; error_log error.log; pid nginx.pid; worker_processes 1;
events {}
http {
  access_log off; client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  default_type text/plain; variables_hash_max_size 8192;
  server {
    listen unix:socket;
%s  }
}
"""


def read(folder, place, filled):
    (folder / PATH).write_text(MAIN % "".join(text for _, text in filled), encoding="utf-8", newline="")
    with open(folder / "said", "w+") as said:
        server = subprocess.Popen(["nginx", "-p", folder, "-c", PATH], stderr=said, cwd=folder)
        try:
            return list(answers(folder, place, filled))
        finally:
            server.terminate()
            server.wait()


def answers(folder, place, filled):
    for number, text in filled:
        response = get(str(folder / "socket"), number)
        head, _, body = response.partition(b"\r\n\r\n")
        if place["name"] == "header":
            # A header that would be empty is not sent.
            found = re.search(rb"^X-Value: ([^\r\n]*)\r$", head + b"\r", re.MULTILINE)
            yield found.group(1).decode() if found else ""
        else:
            body = body.decode()
            yield body[1:] if place["name"] in ["in an argument", "quoted"] else body


def get(path, number):
    for _ in range(100):
        try:
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(path)
            break
        except OSError:
            time.sleep(0.05)
    else:
        raise SystemExit("nginx does not answer: " + open(path.replace("socket", "said")).read()[:2000])
    with connection:
        connection.sendall(f"GET /{number} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))
