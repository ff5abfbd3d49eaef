"""A small browser for the smoke walk: cookies, forms with their token, JSON. Loopback only, no proxy."""

import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

SECONDS = 30
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back: status, body, entity tag, and the address after redirects."""

    status: int
    text: str
    tag: str
    url: str

    def json(self) -> Any:
        """The body as JSON; an empty object when it is none."""
        try:
            return json.loads(self.text)
        except ValueError:
            return {}


@dataclass
class Browser:
    """One visitor with a session of their own."""

    base: str
    token: str = ""
    cookies: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str, **query: object) -> Answer:
        """GET; a form's token on the page is remembered for the next post."""
        asked = f"?{urllib.parse.urlencode(query)}" if query else ""
        answer = self._send(urllib.request.Request(self._url(path) + asked))  # noqa: S310 - http on loopback
        found = FORM_TOKEN.search(answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post_json(self, path: str, body: object) -> Answer:
        """POST JSON as a page's script does."""
        return self._post(path, json.dumps(body).encode(), "application/json")

    def post_form(self, path: str, **fields: str) -> Answer:
        """POST a form, and follow where it leads."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        return self._post(path, body, "application/x-www-form-urlencoded")

    def _post(self, path: str, body: bytes, kind: str) -> Answer:
        # The token changes when somebody signs in; the cookie is then newer than the form.
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), None) or self.token
        headers = {"Content-Type": kind, "X-CSRFToken": token, "Referer": self.base}
        return self._send(urllib.request.Request(self._url(path), body, headers))  # noqa: S310 - http on loopback

    def _url(self, path: str) -> str:
        return path if path.startswith(self.base) else self.base + urllib.parse.quote(path, safe="/%?=&")

    def _send(self, request: urllib.request.Request) -> Answer:
        handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies))
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=SECONDS) as reply:
                return _read(reply, reply.url)
        except urllib.error.HTTPError as refused:
            with refused:
                return _read(refused, request.full_url)


def _read(reply: http.client.HTTPResponse | urllib.error.HTTPError, url: str) -> Answer:
    text = reply.read().decode("utf-8", errors="replace")
    return Answer(reply.status or 0, text, reply.headers.get("ETag", "").strip('W/"'), url)
