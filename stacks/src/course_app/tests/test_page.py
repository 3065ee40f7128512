"""What a visitor reads, and what the visitor's browser is told to allow."""

import re

import pytest
from course.load import Load
from course.pod import Pod, pod
from course.web import application
from fastapi.testclient import TestClient


def visitor(**environment):
    return TestClient(application(pod(environment)))


def text(answer):
    """The page without its markup."""
    body = answer.text.partition("<body>")[2]
    return " ".join(re.sub("<[^>]*>", " ", body).split())


def policy(answer):
    directives = (directive.split() for directive in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def test_the_page_says_which_node_and_pod_answer_and_counts():
    client = TestClient(application(Pod(node="server", name="test-6d4cf56db6-x2x7f", load=Load(1))))
    for number in (1, 2, 3):
        page = text(client.get("/"))
        assert "Node server" in page and "Pod test-6d4cf56db6-x2x7f" in page and f"Visitor number {number} " in page


def test_every_visit_is_a_connection_of_its_own():
    assert visitor().get("/").headers["Connection"] == "close"


def test_pods_count_apart():
    assert "Visitor number 1 " in text(visitor().get("/"))
    assert "Visitor number 1 " in text(visitor().get("/"))


def test_no_value_is_markup():
    hostile = "<script>alert(1)</script>\"'&$pod"
    client = TestClient(application(Pod(node=hostile, name=hostile, load=Load(1))))
    page = client.get("/").text
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;$pod") == 4


def test_without_a_panel_nothing_may_be_framed():
    answer = visitor().get("/")
    assert "<iframe" not in answer.text
    assert policy(answer)["default-src"] == ["'none'"] and "frame-src" not in policy(answer)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://192.168.56.11:30090/d-solo/a/b?orgId=1&panelId=1", "http://192.168.56.11:30090"),
        ("https://grafana.example/d-solo/a?from=now-15m&refresh=10s", "https://grafana.example"),
    ],
)
def test_the_panel_and_only_its_origin_may_be_framed(address, origin):
    answer = visitor(GRAFANA_PANEL_URL=address).get("/")
    assert f'<iframe src="{address.replace("&", "&amp;")}"' in answer.text
    assert policy(answer)["frame-src"] == [origin]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//grafana.example/d-solo",
        "http://grafana.example",
        "http:///d-solo",
        "http://grafana.example; script-src *;/d-solo",
        "http://*/d-solo",
        "http://user:password@grafana.example/d-solo",
        "http://[2001:db8::1]:30090/d-solo",
        "http://grafana.example/d-solo\n",
        "http://grafana.example/a b",
    ],
)
def test_what_is_no_address_of_a_panel_is_refused(address):
    with pytest.raises(ValueError, match="GRAFANA_PANEL_URL is .* give an address such as"):
        pod({"GRAFANA_PANEL_URL": address})


@pytest.mark.parametrize("cores", ["0", "-1", "x", "1.5", "65", "1\n", " 1", "٣", ""])
def test_what_is_no_number_of_cores_is_refused(cores):
    with pytest.raises(ValueError, match="LOAD_CORES is .* give a number from 1 to 64"):
        pod({"LOAD_CORES": cores})


def test_no_page_of_the_frameworks_is_there():
    client = visitor()
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


def test_answers_are_counted_by_path_and_status():
    client = visitor()
    for path in ("/", "/", "/healthz", "/wp-login.php", "/.env"):
        client.get(path)
    client.post("/load", data={"duration": "soon"})
    counted = [line for line in client.get("/metrics").text.splitlines() if line.startswith("http_requests_total{")]
    assert counted == [
        'http_requests_total{path="/",status="200"} 2.0',
        'http_requests_total{path="/healthz",status="200"} 1.0',
        'http_requests_total{path="other",status="404"} 2.0',
        'http_requests_total{path="/load",status="422"} 1.0',
    ]
