"""A person at a page of the running portal, without a browser: cookies, forms, answers, and how long they took."""

from __future__ import annotations

import re
from http.cookiejar import CookieJar
from time import monotonic
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.config.faults.hands import PASSWORD


class _NoWay(HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Reader:
    """``page`` is the text of the last answer, ``seconds`` what it took."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.page, self.seconds = "", 0.0
        self._jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar), _NoWay)

    def sign_in(self, email: str) -> Reader:
        self.open("/accounts/login/")
        assert self.post("/accounts/login/", login=email, password=PASSWORD) == 302, self.page
        return self

    def open(self, path: str) -> int:
        """The status of a page."""
        return self._ask(Request(self.url + path))

    def post(self, path: str, **fields: str) -> int:
        """Send a form with the hidden fields of the page last read."""
        hidden = dict(re.findall(r'name="(revision|base_version)" value="([^"]*)"', self.page))
        token = next(cookie.value or "" for cookie in self._jar if cookie.name == "csrftoken")
        body = urlencode({**hidden, "csrfmiddlewaretoken": token, **fields})
        return self._ask(Request(self.url + path, data=body.encode()))

    def _ask(self, request: Request) -> int:
        began = monotonic()
        try:
            answer: IO[bytes] | Any = self._opener.open(request)
        except HTTPError as other:
            answer = other
        with answer:
            self.page = answer.read().decode()
        self.seconds = monotonic() - began
        return int(answer.status)
