"""What holds of the image and its container. Runs in namespaces of its own, as process 1: what is left over ends with it."""

import http.server
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from browser import Browser
from claims import holds, within
from containers import MEMORY, Container, Containerd, Work, running
from podman import podman

HERE = Path(__file__).resolve().parent
POD = "test-6d4cf56db6-x2x7f"
PANEL = "http://127.0.0.1:30090/d-solo/course/course?orgId=1&refresh=10s&theme=light&panelId=1"


def main(work, sources, pictures, base, registry, rules):
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["hostname", POD], check=True)
    # In memory: images are thousands of files, written and removed.
    for folder in (work, "/run"):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
    containerd = Containerd(work / "containerd")
    image = image_comes_to_nodes(work, sources, base, registry, containerd)
    container = Container(containerd, "agent", image, work, NODE_NAME="k3s-agent", LOAD_CORES="2")
    is_confined_and_answers(container)
    works_for_as_long_as_asked(container)
    ends_in_good_order(container)
    browser = Browser(work / "home")
    container = Container(containerd, "agent", image, work, NODE_NAME="k3s-server", GRAFANA_PANEL_URL=PANEL)
    is_used_with_a_browser(container, browser, pictures, rules)
    is_killed(container)


def image_comes_to_nodes(work, sources, base, registry, containerd):
    """build-image.sh as it is, with a real Podman and a real containerd; ssh and sudo are stand-ins. The answer is the image's name."""
    environment = podman(work, base, sources) | {"CONTAINERD": containerd.socket, "PATH": f"{HERE}/stubs:{os.environ['PATH']}"}

    def build(*arguments, folder=sources, **other):
        return subprocess.run([folder / "build-image.sh", *arguments], env=environment | other, capture_output=True, text=True)

    done = build("--print")
    image = done.stdout.strip()
    holds(f"the image is named by what it is made of: {image}", image.startswith("localhost/course-app:"), done)
    asked = [path.name for path in sources.parent.glob("deployment-*.yaml") if f"image: {image}\n" in path.read_text()]
    holds("a rendered Deployment asks for it", len(asked) == 1, asked)
    copy = work / "elsewhere"
    shutil.copytree(sources, copy)
    (copy / "course/__pycache__").mkdir(exist_ok=True)
    (copy / "course/__pycache__/pod.cpython-313.pyc").write_text("")
    same = build("--print", folder=copy, LC_ALL="C.UTF-8").stdout.strip()
    (copy / "course/style.css").open("a").write("\n")
    other = build("--print", folder=copy).stdout.strip()
    holds("the same sources have that name elsewhere, and others have another", same == image != other, same, other)

    done = build("admin@server", "off", "agent", "locked")
    said = f"exit {done.returncode}\n{done.stdout}{done.stderr}"
    took = {node for node in ("server", "agent", "locked") if image in containerd.images(node)}
    holds("Podman builds the Dockerfile, and the nodes that can be reached get the image", took == {"server", "agent"}, said)
    explained = "No route to host" in done.stderr and "a password is required" in done.stderr and "run it again for off locked" in done.stderr
    holds("the others are named, with what is wrong", done.returncode == 1 and explained, said)
    pinned = "io.cri-containerd.pinned=pinned"
    holds("the kubelet will not remove it", pinned in containerd.images("agent")[image], containerd.images("agent"))

    subprocess.run([*containerd.ctr("agent"), "images", "label", image, "io.cri-containerd.pinned="], check=True, stdout=subprocess.PIPE)
    done = build("admin@server", "agent")
    said = f"server has {image}" in done.stdout and f"agent got {image}" in done.stdout and pinned in containerd.images("agent")[image]
    holds("run again, it leaves a node alone that has it, and finishes what it had not on another", done.returncode == 0 and said, done)
    mine = {"x86_64": "linux/amd64", "aarch64": "linux/arm64"}[platform.machine()]
    done = build("--tag", "mine", "--platform", mine, "agent")
    holds("a tag of one's own is brought", done.returncode == 0 and "localhost/course-app:mine" in containerd.images("agent"), done)

    serve_registry(work, registry)
    repository = "127.0.0.1:5000/school/course-app"
    done = build("--push", repository)
    pushed = get(5000, "/v2/school/course-app/tags/list")
    tag = image.rpartition(":")[2]
    holds(f"or it pushes to a registry: {repository}:{tag}", done.returncode == 0 and json.loads(pushed.text)["tags"] == [tag], done, pushed.text)
    done = build("--push", "127.0.0.1:5000/school/")
    holds("what is no repository is an error that says so", done.returncode == 1 and "podman could not build" in done.stderr, done)
    return image


def serve_registry(work, root):
    """Docker's registry, which forgets everything with this folder."""
    config = 'version: 0.1\nstorage: {filesystem: {rootdirectory: /data}}\nhttp: {addr: "127.0.0.1:5000"}\nlog: {level: warn}\n'
    top = work / "registry"
    for name in ("upper", "work", "root"):
        (top / name).mkdir(parents=True)
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", f"lowerdir={root},upperdir={top}/upper,workdir={top}/work", top / "root"], check=True)
    (top / "root/config.yml").write_text(config)
    with open(work / "registry.log", "wb") as log:
        subprocess.Popen(["chroot", top / "root", "docker-registry", "serve", "/config.yml"], stdout=log, stderr=log)
    within(20, lambda: get(5000, "/v2/").status == 200)


def is_ready(container):
    """Asked as a readiness probe does."""
    while get(8080, "/readyz").status != 200 and container.process.poll() is None and time.monotonic() < container.began + 30:
        time.sleep(0.05)
    took = time.monotonic() - container.began
    holds(f"the container is ready {took:.1f} s after its start", container.process.poll() is None and took < 30, container.log.read_text())


def is_confined_and_answers(container):
    """As a pod that Pod Security's `restricted` lets in."""
    is_ready(container)
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{container.pid}/status").read_text().splitlines())
    users, capabilities = set(status["Uid"].split() + status["Gid"].split()), {status[name] for name in ("CapEff", "CapPrm", "CapBnd")}
    confined = users == {"65532"} and capabilities == {"0" * 16} and status["NoNewPrivs"] == "1" and status["NSpid"].split()[-1] == "1"
    holds("it is user 65532 without capabilities, and the container's first process", confined, status)
    written = [container.run("python", "-c", f"open('{path}', 'w')") for path in ("/app/x", "/tmp/x", "/x")]
    holds("it can write nowhere", all("Read-only file system" in done.stderr for done in written), *written)

    pages = get(8080, "/"), get(8080, "/", host="[::1]")
    named = all(page.status == 200 and "k3s-agent" in page.text and POD in page.text for page in pages)
    holds("it answers over IPv4 and IPv6, with node and pod", named, *(page.text for page in pages))


def works_for_as_long_as_asked(container):
    """One load, of two cores, from its start to its own end."""
    server = Work(container.pid)
    time.sleep(2)
    (ran, _), memory = server.shares(), container.memory()
    holds(f"at rest it has {memory} MiB and {ran * 1000:.0f}m of CPU", memory < 80 and ran < 0.1)

    # Looking takes longer than its 1.6 s where others want the processors, too.
    first, second = post(8080, "/load", "duration=15"), post(8080, "/load", "duration=300")
    holds("a load is taken, and a second one refused", (first.status, second.status) == (202, 409), first.text, second.text)
    burning = container.processes()[1:]
    holds("two processes work on it", len(burning) == 2, burning)
    loads, server = [Work(process) for process in burning], Work(container.pid)
    slowest = most = 0
    for _ in range(16):
        asked = time.monotonic()
        assert get(8080, "/healthz").status == 200
        slowest, most = max(slowest, time.monotonic() - asked), max(most, container.memory())
        time.sleep(0.1)
    (ran, wanted), (served, _) = map(min, zip(*(load.shares() for load in loads))), server.shares()
    holds(f"each wants all of a core ({wanted:.0%}, and got {ran:.0%} of this machine's)", wanted > 0.9 and ran > 0.01)
    holds(f"the server itself stays idle ({served:.0%}), and well (within {slowest * 1000:.0f} ms)", served < 0.2 and slowest < 1)
    holds(f"together they have {most} MiB, of {MEMORY >> 20} that they may have", most < 100)

    metrics = get(8080, "/metrics").text
    counted = ['http_requests_total{path="/",status="200"} 2.0', 'http_requests_total{path="/load",status="202"} 1.0', "course_load_running 1.0"]
    holds("its metrics say so", all(line in metrics.splitlines() for line in counted), metrics)
    within(30, lambda: "course_load_running 0.0" in get(8080, "/metrics").text)
    holds("the load ends by itself", container.processes() == [container.pid], container.processes())


def ends_in_good_order(container):
    """Its pod is deleted while it is under load."""
    post(8080, "/load", "duration=300")
    burning = container.processes()[1:]
    told = time.monotonic()
    container.signal("SIGTERM")
    within(4, lambda: get(8080, "/readyz").status == 503)
    page, load = get(8080, "/"), post(8080, "/load", "duration=1")
    holds("told to end under load, it is not ready, and still answers", len(burning) == 2 and (page.status, load.status) == (200, 503), page, load)
    holds("the load is gone at once", container.processes() == [container.pid], container.processes())
    code = container.process.wait(30)
    took = time.monotonic() - told
    holds(f"it is gone after {took:.1f} s with exit code {code}", code == 0 and 4 < took < 20, container.log.read_text())


def is_used_with_a_browser(container, browser, pictures, rules):
    """A person reads, sees Grafana's panel, starts a load, and another one."""
    asked = serve_panel()
    is_ready(container)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)

    browser.open("http://127.0.0.1:8080/")
    text = browser.text()
    holds("Chromium shows node, pod and visitor", all(word in text for word in ("k3s-server", POD, "Visitor number\n1")), text)
    shown = within(10, browser.text_in_frame)
    holds("and Grafana's panel, asked for as it is addressed", "CPU of the pods" in shown and asked == [PANEL.partition("30090")[2]], shown, asked)

    views = {"desktop": (1280, 900, "light"), "phone": (390, 844, "light"), "phone-dark": (390, 844, "dark"), "narrow": (320, 640, "light")}
    browser.script(rules.read_text())
    for name, view in views.items():
        browser.looks_like(*view)
        browser.picture(pictures / f"{name}.png")
        wide = browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = browser.script("return axe.run({iframes: false}).then(found => found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))")
        holds(f"{name}: nothing is cut off, and axe-core finds nothing to mend", wide <= 0 and found == [], wide, *found)

    browser.looks_like(*views["desktop"])
    browser.type("#duration", "301")
    browser.click("button")
    refused = browser.script("return document.querySelector('#duration').validity.rangeOverflow && location.pathname")
    holds("the form refuses 301 seconds by itself", refused == "/", refused)
    browser.type("#duration", "60")
    browser.click("button")
    holds("60 seconds are taken", browser.shows("This pod is under load for 60 s."), browser.text())
    browser.picture(pictures / "load.png")
    problems = browser.problems()
    holds("until now its console has no warning and no error", problems == [], *problems)

    browser.click("button")
    holds("a load more is refused in words", browser.shows("under load already"), browser.text())
    browser.script("document.body.append(Object.assign(document.createElement('iframe'), {src: 'http://127.0.0.1:8080/'}))")
    blocked = within(10, lambda: [line for line in browser.problems() if "frame-src http://127.0.0.1:30090" in line])
    holds("another origin in a frame is blocked, and its console says so", len(blocked) == 1, *blocked)


def is_killed(container):
    """Without a word, and still under the load that the person started."""
    processes = container.processes()
    container.signal("SIGKILL")
    container.process.wait(20)
    holds("killed, it takes its load with it", len(processes) == 2 and not set(processes) & set(running()), processes)


def serve_panel():
    """Stands in for Grafana. The answer is a list that grows: what it was asked for."""
    asked = []

    class Panel(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            look = "font: 1rem sans-serif; color: #111; background: #f4f5f5"
            body = f"<!doctype html><html lang=en><title>Panel</title><body style='{look}'><h2>CPU of the pods</h2>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    threading.Thread(target=http.server.ThreadingHTTPServer(("127.0.0.1", 30090), Panel).serve_forever, daemon=True).start()
    return asked


class Answer:
    """Status and text of an answer; the status is None where nobody answered."""

    def __init__(self, status, text):
        self.status, self.text = status, text


def get(port, path, host="127.0.0.1", body=None):
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{path}", body, timeout=5) as answer:
            return Answer(answer.status, answer.read().decode())
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, refused.read().decode())
    except OSError as nobody:
        return Answer(None, str(nobody))


def post(port, path, form):
    return get(port, path, body=form.encode())


main(*map(Path, sys.argv[1:]))
