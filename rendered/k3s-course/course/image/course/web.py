"""What the pod answers."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, ProcessCollector, disable_created_metrics, generate_latest

SHORTEST, LONGEST, USUAL = 1, 300, 60

HERE = Path(__file__).parent
PAGE = Template((HERE / "page.html").read_text())
PANEL = Template((HERE / "panel.html").read_text())
STYLE = (HERE / "style.css").read_text()


def application(pod):
    """The pod's web application."""
    # The longest form is `duration=300`; nobody may have us keep more than that. Pages of FastAPI's own would load scripts from elsewhere.
    app = FastAPI(openapi_url=None, max_body_size=1024)
    registry = _metrics(app, pod)

    @app.get("/")
    async def front():
        pod.visitors += 1
        left = pod.load.seconds_left()
        return _page(pod, f"This pod is under load for another {left} s." if left else "")

    # Not in a thread of its own: between the question and the start nobody else can get in.
    @app.post("/load")
    async def load(duration: Annotated[int, Form(ge=SHORTEST, le=LONGEST)]):
        if pod.ends:
            return _page(pod, "This pod ends. Try again: another one will answer.", 503)
        if left := pod.load.seconds_left():
            return _page(pod, f"This pod is under load already, for another {left} s.", 409, {"Retry-After": str(left)})
        pod.load.start(duration)
        return _page(pod, f"This pod is under load for {duration} s.", 202)

    # Whoever asks for the address of a page that a form led to.
    @app.get("/load")
    async def no_load():
        return RedirectResponse("/", 303)

    @app.exception_handler(RequestValidationError)
    async def wrong(_request, _error):
        return _page(pod, f"The duration must be a whole number of seconds from {SHORTEST} to {LONGEST}.", 422)

    @app.get("/healthz")
    async def healthy():
        return PlainTextResponse("ok\n")

    @app.get("/readyz")
    async def ready():
        return PlainTextResponse("ending\n", 503) if pod.ends else PlainTextResponse("ok\n")

    @app.get("/metrics")
    async def metrics():
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return app


def _metrics(app, pod):
    """A registry in which every answer of the application is counted from now on."""
    disable_created_metrics()
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    Gauge("course_load_running", "Whether this pod is under load.", registry=registry).set_function(lambda: pod.load.seconds_left() > 0)
    requests = Counter("http_requests", "Answered requests, by the path that they are for and the status.", ["path", "status"], registry=registry)

    @app.middleware("http")
    async def count(request: Request, call_next):
        status = 500
        try:
            response = await call_next(request)
            status = response.status_code
            return response
        finally:
            # One series for whatever else is asked for: visitors could think of any number of paths.
            route = request.scope.get("route")
            requests.labels(route.path if route else "other", status).inc()

    return registry


def _page(pod, notice, status=200, headers=None):
    """The one page, with a notice. Every value is escaped; only our own files are markup."""

    def filled(template, markup=None, **values):
        return template.substitute({name: escape(str(value)) for name, value in values.items()}, **(markup or {}))

    content = filled(
        PAGE,
        {"style": STYLE, "panel": filled(PANEL, address=pod.panel.address) if pod.panel else ""},
        node=pod.node,
        pod=pod.name,
        visitor=pod.visitors,
        notice=notice,
        cores="a core" if pod.load.cores == 1 else f"{pod.load.cores} cores",
        shortest=SHORTEST,
        longest=LONGEST,
        usual=USUAL,
    )
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "img-src data:",
        *([f"frame-src {pod.panel.origin}"] if pod.panel else []),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    always = {
        # A Service picks a pod for each connection: whoever comes back may meet another one, and nobody holds on to one that ends.
        "Connection": "close",
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(content, status, always | (headers or {}))
