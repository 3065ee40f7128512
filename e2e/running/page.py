"""The page of the K3s course, as its visitors have it."""

import dataclasses
import html
import http.client
import itertools
import re
import urllib.parse


@dataclasses.dataclass(frozen=True)
class View:
    """What the page says to one visitor."""

    node: str
    pod: str
    visitor: int


@dataclasses.dataclass(frozen=True)
class Form:
    """The page's form: where it leads, its one field, and the most that may be in it."""

    action: str
    field: str
    longest: int


class Page:
    """The page by the addresses of nodes, at one port."""

    def __init__(self, nodes, port):
        self.nodes = nodes
        self.port = port
        self.turns = itertools.cycle(nodes)

    def by(self, node):
        """The page by one node only."""
        return Page({node: self.nodes[node]}, self.port)

    def request(self, node, method, path, form=None):
        """The status and the text of an answer."""
        connection = http.client.HTTPConnection(self.nodes[node], self.port, timeout=5)
        try:
            body, headers = (urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}) if form else (None, {})
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def get(self, node):
        """What the page says."""
        status, text = self.request(node, "GET", "/")
        assert status == 200, f"{status}: {text}"
        return view(text)

    def answers_at(self, node):
        """Whether the page comes by a node."""
        try:
            return self.request(node, "GET", "/")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def answers(self):
        """Whether the page comes, by each node in turn."""
        return self.answers_at(next(self.turns))

    def form(self):
        """The form that a visitor sees."""
        _, text = self.request(next(self.turns), "GET", "/")
        action = re.search(r'<form action="([^"]+)" method="post">', text)[1]
        field = re.search(r'<input [^>]*name="([^"]+)"[^>]* max="(\d+)"', text)
        return Form(action, field[1], int(field[2]))

    def load(self, form, seconds):
        """Sends the form. Returns the pod that takes the load, in a set: none, if whoever answered had one already."""
        status, text = self.request(next(self.turns), "POST", form.action, {form.field: seconds})
        assert status in (202, 409), f"{status}: {text}"
        return {view(text).pod} if status == 202 else set()


def view(text):
    """What a page says, read from its markup."""
    said = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]*)</dd>", text))
    return View(html.unescape(said["Node"]), html.unescape(said["Pod"]), int(said["Visitor number"]))
