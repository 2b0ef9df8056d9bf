"""A visitor: follows what it is led to, keeps cookies, fills in the form of a page with its hidden fields."""

import http.cookiejar
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SECONDS = 90


@dataclass(frozen=True)
class Answer:
    """What came, at the address that was come to."""

    status: int
    url: str
    headers: Message
    text: str


class Browser:
    """One person's."""

    def __init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, url: str, data: bytes | None = None) -> Answer:
        try:
            with self.opener.open(url, data, timeout=30) as found:
                return Answer(found.status, found.url, found.headers, found.read().decode(errors="replace"))
        except HTTPError as refused:
            return Answer(refused.code, refused.url or url, refused.headers, refused.read().decode(errors="replace"))

    def send(self, url: str, **fields: str) -> Answer:
        """Open the page with a form and send it, as it was given, with these fields."""
        found = TOKEN.search(self.get(url).text)
        assert found, f"there is no form at {url}"
        return self.get(url, urlencode({"csrf_token": found[1], **fields}).encode())


def tries_until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; an AssertionError, or what it raised last, where that takes too long."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            if holds():
                return
        except OSError:
            if time.monotonic() > until:
                raise
        if time.monotonic() > until:
            raise AssertionError(f"it does not come true within {SECONDS} seconds")
        time.sleep(0.3)
