"""Chromium without a screen, by the WebDriver protocol."""

import base64
import json
import subprocess
import urllib.error
import urllib.request

from claims import within

DRIVER = "http://127.0.0.1:9515"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # W3C WebDriver, web element identifier


class Browser:
    """One window."""

    def __init__(self, home):
        home.mkdir()
        with open(home / "log", "wb") as log:
            # What it leaves behind when it is killed goes with this folder.
            environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": "/usr/bin:/bin"}
            subprocess.Popen(["chromedriver", "--port=9515"], stdout=log, stderr=log, env=environment)
        within(20, self._is_up)
        # It runs as root, and nothing in its network but our own pages.
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
        session = _ask("POST", f"{DRIVER}/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"{DRIVER}/session/{session['sessionId']}"

    def _is_up(self):
        try:
            return _ask("GET", f"{DRIVER}/status")["ready"]
        except OSError:
            return False

    def _do(self, what, **body):
        return _ask("POST", f"{self._session}/{what}", body)

    def open(self, address):
        """Opens a page, and waits until it is there."""
        self._do("url", url=address)

    def type(self, selector, text):
        """Puts a text in the place of what a field has."""
        element = self._element(selector)
        self._do(f"element/{element[ELEMENT]}/clear")
        self._do(f"element/{element[ELEMENT]}/value", text=text)

    def click(self, selector):
        """Clicks."""
        self._do(f"element/{self._element(selector)[ELEMENT]}/click")

    def text(self):
        """What a person reads."""
        return self.script("return document.body.innerText")

    def shows(self, words):
        """Whether a person reads this now or in a moment, on this page or on the one that it leads to."""

        def there():
            try:
                return words in self.text()
            except AssertionError:
                # Between two pages there is none.
                return False

        try:
            return within(10, there)
        except AssertionError:
            return False

    def script(self, code, *arguments):
        """What a script returns; a promise is waited for."""
        return self._do("execute/sync", script=code, args=list(arguments))

    def text_in_frame(self):
        """What a person reads in the page's only frame."""
        self._do("frame", id=self._element("iframe"))
        text = self.text()
        self._do("frame", id=None)
        return text

    def problems(self):
        """What its console got since the last question: warnings and errors."""
        return [f"{entry['level']}: {entry['message']}" for entry in self._do("se/log", type="browser") if entry["level"] != "INFO"]

    def looks_like(self, width, height, scheme):
        """Makes the window as large as a device's, with a person's choice of light or dark."""
        self._command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=width < 600)
        self._command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path):
        """Writes what the window shows."""
        path.write_bytes(base64.b64decode(_ask("GET", f"{self._session}/screenshot")))

    def _element(self, selector):
        return self._do("element", using="css selector", value=selector)

    def _command(self, command, **parameters):
        return self._do("goog/cdp/execute", cmd=command, params=parameters)


def _ask(method, address, body=None):
    request = urllib.request.Request(address, None if body is None else json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as refused:
        raise AssertionError(f"{method} {address}: {json.load(refused)['value']['message']}") from None
