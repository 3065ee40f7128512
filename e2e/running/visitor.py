"""A site as its visitors have it: by its name, over HTTPS, with the certificate verified."""

import http.client
import json
import socket
import ssl
import threading
import time
import urllib.parse


class Site:
    """A host name, how its address is found, the certificate that its visitors trust, and the address that they come from, if it matters."""

    def __init__(self, host, find, certificate, comes_from=""):
        self.host = host
        self.find = find
        self.certificate = certificate
        self.comes_from = comes_from

    def request(self, method, path, body=None, headers=(), timeout=5, plain=False, port=None):
        """The answer to one request: its status, its headers and its body."""
        raw = socket.create_connection((self.find(), port or (80 if plain else 443)), timeout=timeout, source_address=(self.comes_from, 0))
        with raw if plain else ssl.create_default_context(cafile=self.certificate).wrap_socket(raw, server_hostname=self.host) as stream:
            connection = http.client.HTTPConnection(self.host)
            connection.sock = stream
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def get(self, path="/", **options):
        return self.request("GET", path, **options)

    def answers(self):
        """Whether the front page comes, without an error."""
        try:
            return self.get()[0] == 200
        except (OSError, http.client.HTTPException):
            return False


class Person:
    """Somebody who logs in to WordPress, or tries to."""

    def __init__(self, site):
        self.site = site
        self.cookies = {}

    def _request(self, method, path, body=None, headers=(), **options):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        status, answered, body = self.site.request(method, path, body, {"Cookie": cookies, **dict(headers)}, timeout=60, **options)
        for line in answered.get_all("Set-Cookie", []):
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return status, answered, body

    def logs_in(self, user, password):
        """Whether WordPress lets this person in."""
        self._request("GET", "/wp-login.php")
        form = urllib.parse.urlencode({"log": user, "pwd": password, "wp-submit": "Log In", "testcookie": "1"})
        status, answered, _ = self._request("POST", "/wp-login.php", form, {"Content-Type": "application/x-www-form-urlencoded"})
        return status == 302 and "/wp-admin/" in answered["Location"]

    def is_known(self):
        """Whether the cookies of the log-in still count."""
        return self._request("GET", "/wp-admin/profile.php")[0] == 200

    def api(self, method, path, body, headers=()):
        """An answer of WordPress' REST API to this person, as data."""
        _, _, nonce = self._request("GET", "/wp-admin/admin-ajax.php?action=rest-nonce")
        status, _, answer = self._request(method, f"/wp-json/wp/v2/{path}", body, {"X-WP-Nonce": nonce.decode(), **dict(headers)})
        assert status in (200, 201), f"{method} {path} is answered with {status}: {answer[:300]}"
        return json.loads(answer)

    def posts(self, title, content):
        """A new post's address, as a path."""
        body = json.dumps({"title": title, "content": content, "status": "publish"})
        link = self.api("POST", "posts", body, {"Content-Type": "application/json"})["link"]
        return urllib.parse.urlsplit(link).path

    def uploads(self, name, content):
        """An uploaded file's address, as a path."""
        headers = {"Content-Type": "text/plain", "Content-Disposition": f'attachment; filename="{name}"'}
        return urllib.parse.urlsplit(self.api("POST", "media", content, headers)["source_url"]).path


class Visitors:
    """Somebody asks for the front page all the time, every so many seconds, and notes how it went."""

    def __init__(self, site, every=1):
        self.site = site
        self.every = every
        self.visits = []
        threading.Thread(target=self._visit, daemon=True).start()

    def _visit(self):
        while True:
            began = time.monotonic()
            threading.Thread(target=self._once, args=(began,), daemon=True).start()
            time.sleep(self.every)

    def _once(self, began):
        self.visits.append((began, self.site.answers(), time.monotonic()))

    def failed(self, began):
        """When those came who came since then and saw an error; those who still wait are not among them."""
        return [visit[0] for visit in list(self.visits) if visit[0] >= began and not visit[1]]

    def since(self, began):
        """In words, what visitors who came since then saw."""
        # Those who wait are waited for.
        time.sleep(5.5)
        visits = [visit for visit in list(self.visits) if visit[0] >= began]
        failed = self.failed(began)
        if not failed:
            return f"none of {len(visits)} requests failed"
        return f"{len(failed)} of {len(visits)} requests failed, within {max(failed) - min(failed) + 1:.0f} s"
