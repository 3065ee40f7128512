"""What `apply` and `status` are held to, in the order in which it is done; each case leaves the shop as it was applied first."""

import base64
import contextlib
import dataclasses
import json
import os
import random
import signal
import socket
import time

from control_plane import ControlPlane, free_port
from kubelet import Kubelet
from program import Program
from shop import DEFINITION, IMAGE, changed, named, shop
from state import State

# How many runs are killed, and in how many stages at least: so many take minutes, and CI has fewer.
KILLS, STAGES = (50, 6) if os.environ.get("WHOLE") else (14, 4)
# Namespace, definition, what workloads need, workloads, custom objects.
STEPS = 5
INTERRUPTS = 5


@dataclasses.dataclass
class Scene:
    """Who plays."""

    program: Program
    state: State
    kubelet: Kubelet
    server: ControlPlane


def from_nothing(scene):
    """From nothing: shown, asked for, applied in order, and written down."""
    program, state = scene.program, scene.state
    program.render(shop())
    program.expect("apply", "--dry-run", says=["added: Deployment shop/web", "13 added"])
    program.expect("apply", code=2, says=["nobody can be asked here", "--yes"])
    assert state.get("namespace", "shop") is None, "it was applied without a yes"
    program.expect("status", code=1, says=["nothing was applied yet"])
    code, shown = program.on_terminal("n", "apply")
    assert code == 1 and f"apply to context it, https://127.0.0.1:{scene.server.port}? [y/N]" in shown, shown
    assert state.get("namespace", "shop") is None, "it was applied after a no"
    code, shown = program.on_terminal("y", "apply")
    assert code == 0 and "13 objects applied, and ready" in shown, shown
    state.exact(shop())
    program.expect("status", says=["nothing changes"])
    # kubectl takes the inventory for an ApplySet, and leaves one alone that isn't its own.
    set_of = ["apply", "--prune", "--applyset=configmap/stackwright-shop", "-n", "kube-system", "-f", "-"]
    thing = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "namespace": "kube-system"}})
    refused = scene.server.kubectl.run(*set_of, stdin=thing, environment={"KUBECTL_APPLYSET": "true"})
    assert "stackwright" in refused.stderr and "tooling" in refused.stderr, refused.stderr


def again(scene):
    """Again: nothing changes, and nothing is written."""
    before = scene.state.versions()
    scene.program.apply(says=["nothing changes", "and ready"])
    after = scene.state.versions()
    assert before == after, f"{before} became {after}"


def changes(scene):
    """A change of each class: each is said before, and is there afterwards."""
    program, state = scene.program, scene.state
    objects = shop()
    field = "spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/days"
    for together in [
        [
            ("in-place", ("ServiceAccount", "web", "metadata/labels", {"team": "shop"})),
            ("restart", ("Deployment", "web", IMAGE, "web:2")),
            ("outage", ("StatefulSet", "db", IMAGE, "db:2")),
            ("by-hand", ("ConfigMap", "settings", "data/COLOUR", "blue")),
            ("unknown", ("Sale", "summer", "spec/percent", 30)),
        ],
        [
            # What was set and isn't any more is taken back. A definition changes together with what it defines.
            ("in-place", ("ServiceAccount", "web", "metadata/labels", {})),
            ("removed", ("ConfigMap", "left-over")),
            ("in-place", ("CustomResourceDefinition", "sales.shop.example", field, {"type": "integer"})),
            ("unknown", ("Sale", "summer", "spec/days", 7)),
        ],
    ]:
        for _, change in together:
            objects = changed(objects, *change)
        program.render(objects)
        run = program.apply(says=["and ready"])
        for word, (kind, name, *_) in together:
            assert f"{word}: {kind} {'' if kind == DEFINITION['kind'] else 'shop/'}{name}" in run.stdout, run.stdout
        state.exact(objects)
    assert "team" not in state.get("serviceaccount", "web")["metadata"]["labels"], "a label is left that the code no longer has"

    program.render(shop())
    program.expect("status", code=1, says=["added: ConfigMap shop/left-over", "restart: Deployment shop/web"])
    program.apply(says=["added: ConfigMap shop/left-over", "and ready"])
    state.exact(shop())

    # A render refuses it as long as the file stands for what is applied.
    (program.folder / "rendered/shop/shop/deployment-web.yaml").unlink()
    program.render(_other_selector(shop()))
    before = state.versions()
    program.apply(code=1, says=["spec.selector", "nothing was applied"])
    assert state.versions() == before, "something was applied beside what is refused"
    (program.folder / "rendered/shop/shop/deployment-web.yaml").unlink()
    program.render(shop())


def _other_selector(objects):
    labels = {"app.kubernetes.io/name": "web", "tier": "front"}
    objects = changed(objects, "Deployment", "web", "spec/selector/matchLabels", labels)
    return changed(objects, "Deployment", "web", "spec/template/metadata/labels", labels)


def data(scene):
    """What holds data is kept until it is named."""
    program, state = scene.program, scene.state
    less = changed(shop(), "PersistentVolumeClaim", "data")
    program.render(less)
    flag = "--delete-data PersistentVolumeClaim/shop/data"
    program.apply(says=["kept: PersistentVolumeClaim shop/data", flag])
    state.exact(less, more=[("PersistentVolumeClaim", "data")])
    program.expect("status", code=1, says=["kept: PersistentVolumeClaim shop/data"])
    program.apply("--delete-data", "PersistentVolumeClaim/shop/else", code=2, says=["names nothing"])
    program.apply(*flag.split(), says=["data-loss"])
    state.exact(less)

    fewer = changed(less, "StatefulSet", "queue", "spec/replicas", 1)
    program.render(fewer)
    before = state.versions()
    program.apply(code=1, says=["data-loss: StatefulSet shop/queue", "its change deletes data", "--delete-data StatefulSet/shop/queue"])
    assert state.versions() == before, "data went that nobody had named"
    program.apply("--delete-data", "StatefulSet/shop/queue", says=["and ready"])
    state.exact(fewer)
    program.render(shop())
    program.apply()
    state.exact(shop())


def conflict(scene):
    """What was edited by hand is said, and overwritten only if asked for."""
    program, state = scene.program, scene.state
    program.render(shop())
    edit = ["patch", "deployment", "web", "-n", "shop", "--type=merge", "--field-manager=kubectl-edit", "-p", '{"spec":{"replicas":3}}']
    scene.server.kubectl(*edit)
    program.expect("status", code=1, says=["spec.replicas changes from 3 to 2"])
    program.apply(code=1, says=[".spec.replicas was changed by kubectl-edit", "--force-conflicts", "nothing was applied"])
    assert state.get("deployment", "web")["spec"]["replicas"] == 3
    program.apply("--force-conflicts", says=["and ready"])
    state.exact(shop())


def unreachable(scene):
    """A server that can't be reached, and a cluster that is another one."""
    program = scene.program
    config = json.loads(open(scene.server.kubectl.kubeconfig).read())
    config["clusters"][0]["cluster"]["server"] = f"https://127.0.0.1:{free_port()}"
    other = program.folder / "unreachable"
    other.write_text(json.dumps(config))
    program.apply(code=2, says=["the API server can't be asked"], KUBECONFIG=str(other))
    program.apply("--context", "elsewhere", code=2, says=["kubectl has no context `elsewhere`", "it has it"])
    program.render(shop(), NODES="alpha,beta")
    program.apply(code=2, says=["isn't cluster shop", "control, worker", "alpha, beta"])
    program.render(shop(), NODES="control,worker")


def rights(scene):
    """A right that lacks is said before anything is applied."""
    program, state, kubectl = scene.program, scene.state, scene.server.kubectl
    verbs = ["get", "list", "create", "patch", "update", "delete"]
    everything = {"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list"]}
    some = {"apiGroups": ["*"], "resources": [kind for kind in EDITED if kind != "configmaps"], "verbs": verbs}
    inventory = {"apiGroups": [""], "resources": ["configmaps"], "verbs": verbs}
    subject = [{"kind": "ServiceAccount", "name": "deployer", "namespace": "kube-system"}]
    rbac = "rbac.authorization.k8s.io"
    role = {"apiVersion": f"{rbac}/v1", "kind": "ClusterRole", "metadata": {"name": "deployer"}, "rules": [everything, some]}
    local = {"apiVersion": f"{rbac}/v1", "kind": "Role", "metadata": {"name": "deployer", "namespace": "kube-system"}, "rules": [inventory]}
    things = [{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "deployer", "namespace": "kube-system"}}]
    for thing in (role, local):
        kind, metadata = thing["kind"], thing["metadata"]
        binding = {"apiVersion": f"{rbac}/v1", "kind": f"{kind}Binding", "metadata": metadata, "subjects": subject}
        things += [thing, binding | {"roleRef": {"apiGroup": rbac, "kind": kind, "name": "deployer"}}]
    kubectl("create", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": things}))
    config = json.loads(open(kubectl.kubeconfig).read())
    config["users"][0]["user"] = {"token": kubectl("create", "token", "deployer", "-n", "kube-system").strip()}
    less = program.folder / "less"
    less.write_text(json.dumps(config))
    before = state.versions()
    program.render(changed(changed(shop(), "ConfigMap", "settings", "data/COLOUR", "red"), "Deployment", "web", IMAGE, "web:3"))
    program.apply(code=1, says=['cannot patch resource "configmaps"', "the verb patch for configmaps", "nothing was applied"], KUBECONFIG=str(less))
    assert state.versions() == before, "something was applied without all rights"
    program.render(shop())


EDITED = ["namespaces", "customresourcedefinitions", "serviceaccounts", "configmaps", "secrets", "persistentvolumeclaims", "services", "deployments", "statefulsets", "sales", "leases"]


def webhook(scene):
    """A webhook that hangs is named before anything is applied."""
    program, state, kubectl = scene.program, scene.state, scene.server.kubectl
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        hook = {
            "name": "slow.shop.example",
            "clientConfig": {"url": f"https://127.0.0.1:{silent.getsockname()[1]}/"},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["configmaps"]}],
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}},
            "timeoutSeconds": 1,
            "sideEffects": "None",
            "admissionReviewVersions": ["v1"],
        }
        configuration = {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "slow"}, "webhooks": [hook]}
        kubectl("create", "-f", "-", stdin=json.dumps(configuration))
        before = state.versions()
        program.render(changed(changed(shop(), "ConfigMap", "settings", "data/COLOUR", "red"), "Deployment", "web", IMAGE, "web:3"))
        # The server hears of it a moment later.
        deadline = time.monotonic() + 20
        probe = ["create", "configmap", "probe", "-n", "shop", "--dry-run=server"]
        while (run := kubectl.run(*probe)).returncode == 0 and time.monotonic() < deadline:
            time.sleep(0.5)
        program.apply(code=1, says=["failed calling webhook", "slow.shop.example", "nothing was applied"])
        assert state.versions() == before, f"something was applied beside a webhook that hangs: {run.stderr}"
        kubectl("delete", "validatingwebhookconfiguration", "slow")
    program.render(shop())


def webhooks_of_the_tree(scene):
    """A webhook of the tree comes when the pods that answer it are ready, and not before."""
    program, state = scene.program, scene.state
    hook = {
        "name": "web.shop.example",
        "clientConfig": {"service": {"name": "web", "namespace": "shop", "port": 80}},
        "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}],
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-public"}},
        "sideEffects": "None",
        "admissionReviewVersions": ["v1"],
    }
    configuration = {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "web"}, "webhooks": [hook]}
    objects = [*changed(shop(), "Deployment", "web", IMAGE, "web:8"), configuration]
    program.render(objects)
    scene.kubelet.pause()
    run = program.start("apply", "--yes")
    deadline = time.monotonic() + 60
    while state.get("deployment", "web")["spec"]["template"]["spec"]["containers"][0]["image"] != "web:8":
        assert time.monotonic() < deadline and run.poll() is None, run.communicate()
        time.sleep(0.2)
    time.sleep(2)
    assert state.get("validatingwebhookconfiguration", "web") is None, "it was there before its pods"
    scene.kubelet.resume()
    said = run.communicate(timeout=120)
    assert run.returncode == 0 and "waiting for Deployment shop/web" in said[1], said
    state.exact(objects)
    program.render(shop())
    program.apply()
    state.exact(shop())


def reasons(scene):
    """What doesn't become ready says why."""
    program, kubectl = scene.program, scene.server.kubectl
    broken = changed(changed(shop(), "Deployment", "web", IMAGE, "missing:1"), "StatefulSet", "db", IMAGE, "crash:1")
    program.render(broken)
    words = ["image missing:1 can't be pulled: ErrImagePull: manifest unknown", "see that the image is there", "ends with exit code 7 (Error), 3 restarts", "kubectl logs -n shop"]
    program.apply("--timeout", "4s", code=1, says=["Deployment shop/web isn't ready", "StatefulSet shop/db isn't ready", *words])
    program.expect("status", code=1, says=["not ready: Deployment shop/web", *words])
    # It warns of the pods that are there.
    kubectl.run("label", "namespace", "shop", "pod-security.kubernetes.io/enforce=restricted")
    program.render(changed(broken, "Deployment", "web", IMAGE, "web:4"))
    program.apply("--timeout", "4s", code=1, says=["its pods are refused", "violates PodSecurity", "pod-security.kubernetes.io/enforce"])
    kubectl("label", "namespace", "shop", "pod-security.kubernetes.io/enforce-")
    # What is mended in the code isn't yet in the cluster.
    program.render(shop())
    program.apply("--timeout", "4s", code=1, says=["doesn't replace a pod that isn't ready", "kubectl delete pod -n shop db-0"])
    kubectl("delete", "pod", "-n", "shop", "db-0", "--wait=false")
    program.apply(says=["and ready"])


def two_at_once(scene):
    """Two at once: the second waits for the first, and both are done."""
    program, state = scene.program, scene.state
    program.render(changed(shop(), "Deployment", "web", IMAGE, "web:5"))
    scene.kubelet.pause()
    first = program.start("apply", "--yes")
    deadline = time.monotonic() + 60
    while not json.loads(scene.server.kubectl("get", "lease", "stackwright-shop", "-n", "kube-system", "-o", "json"))["spec"].get("holderIdentity"):
        assert time.monotonic() < deadline and first.poll() is None, "the first one takes no lease"
        time.sleep(0.1)
    second = program.start("apply", "--yes")
    time.sleep(3)
    scene.kubelet.resume()
    said = [run.communicate(timeout=120) for run in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert "is applying: this waits" in said[1][1], said[1]
    assert f"ada@" in said[1][1] and f"/{first.pid}" in said[1][1], said[1]
    program.render(shop())
    program.apply()
    state.exact(shop())


def kills(scene):
    """Killed at random points: the inventory always knows all, and the next run ends it."""
    program, state = scene.program, scene.state
    chance = random.Random(3659)
    longest = whole(scene, numbered(0))
    reached = []
    for number in range(KILLS):
        program.render(numbered(number))
        log = program.folder / "log"
        with log.open("w") as stderr:
            run = program.start("apply", "--yes", stderr=stderr)
        # Each step has its turn, however fast this machine is; where in the step is left to chance.
        after = number % (STEPS + 2) - 1
        while run.poll() is None and steps(log) < after:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, longest / STEPS))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        if run.returncode == -signal.SIGKILL:
            reached.append(steps(log))
        state.covered()
        if number % 10 == 9:
            longest = whole(scene, numbered(number))
    counts = {stage: reached.count(stage) for stage in sorted(set(reached))}
    print(f"of {KILLS} runs {len(reached)} were still at work, after so many steps (-1: before a word): {counts}")
    assert len(reached) > KILLS / 2 and len(counts) >= STAGES, "the runs were not ended everywhere"
    for number in range(INTERRUPTS):
        program.render(numbered(number))
        run = program.start("apply", "--yes")
        time.sleep(chance.uniform(0.1, longest))
        # As a terminal does at Ctrl-C: kubectl hears of it, too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGINT)
        run.communicate()
        state.covered()
    program.render(shop())
    program.apply(says=["and ready"])
    state.exact(shop())


def numbered(number):
    """The shop, with something in each step that no other number has, and two objects that every second one lacks."""
    objects = changed(shop(), "Namespace", "shop", "metadata/labels", {"number": f"{number}"})
    objects = changed(objects, "CustomResourceDefinition", DEFINITION["metadata"]["name"], "metadata/labels", {"number": f"{number}"})
    objects = changed(objects, "ConfigMap", "settings", "data/COLOUR", f"{number}")
    objects = changed(objects, "Deployment", "web", IMAGE, f"web:{number + 10}")
    objects = changed(objects, "Sale", "summer", "spec/percent", number)
    return changed(changed(objects, "ConfigMap", "left-over"), "Service", "db") if number % 2 else objects


def steps(log):
    """How many steps a run has said that it applied; -1 before it said a word."""
    said = log.read_text()
    return said.count("applied ") if said else -1


def whole(scene, objects):
    """How long a whole run takes that leaves exactly these objects."""
    scene.program.render(objects)
    began = time.monotonic()
    scene.program.apply(says=["and ready"])
    took = time.monotonic() - began
    scene.state.exact(objects)
    return took


def releases(scene):
    """A release by the real Helm comes before what it defines, once, and again when its values change."""
    program, state = scene.program, scene.state
    signed = [*shop(), named("pki.example/v1", "Certificate", "web", spec={"host": "shop.example"})]
    program.render(signed, RELEASE="yes", SIZE="1")
    state.paths.append("/apis/pki.example/v1/certificates")
    program.apply(says=["releases/pki.yaml", "it is installed", "release pki: Helm installs it", "and ready"])
    state.exact(signed)
    program.apply(says=["nothing changes"])
    program.render(signed, SIZE="2")
    program.apply(says=["its values change", "release pki: Helm installs it"])
    program.apply(says=["nothing changes"])
    # What a chart made may be data: a person takes it away.
    program.render(shop(), RELEASE="")
    program.apply(says=["release shop/pki stays", "`helm uninstall pki --namespace shop`"])
    program.expect("status", code=1, says=["release shop/pki stays"])
    program.helm("uninstall", "pki", "--namespace", "shop")
    assert "pki" not in program.apply().stderr
    assert "stackwright.dev/releases" not in state.parent()["annotations"]
    state.exact(shop())


def secrets(scene):
    """No value of a Secret is ever printed, also when it changes."""
    program = scene.program
    password = program.folder / "rendered/shop/secrets/shop/login/password"
    said = program.apply().stderr
    values = [password.read_text()]
    program.expect("secrets", "rotate", "login")
    values.append(password.read_text())
    run = program.apply(says=["Secret shop/login", "changes"])
    said += run.stdout + run.stderr
    values += [base64.b64encode(value.encode()).decode() for value in values]
    assert not [value for value in values if value in said], "a value was printed"


CASES = [from_nothing, again, changes, data, conflict, unreachable, rights, webhook, webhooks_of_the_tree, reasons, two_at_once, kills, releases, secrets]
