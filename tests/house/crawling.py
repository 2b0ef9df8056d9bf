"""Following links as a person does, and what they lead to."""

import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect
from werkzeug.test import TestResponse

from tests.browserless import PageClient

LINKS = re.compile(r'<(?:a|area)\b[^>]*?\bhref="([^"]*)"|<form method="get" action="([^"]*)"')
MOST_OF_EACH = 2  # addresses of a page that ask the same and are opened; all others are still looked up
ANSWERS = (200, 304)


@dataclass
class Walk:
    """What somebody found by following links from one page: pages reached, and links that lead nowhere."""

    app: Flask
    client: PageClient
    may_open: Callable[[str], bool]  # by the name of a page
    reached: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    opened: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))

    @property
    def roads(self) -> MapAdapter:
        return self.app.url_map.bind("localhost")

    def follow(self, start: str) -> "Walk":
        """Open this page and all that it leads to."""
        seen, waiting = {start}, deque([(start, "")])
        while waiting:
            address, source = waiting.popleft()
            for found in self.look(address, source):
                if found not in seen:
                    seen.add(found)
                    waiting.append((found, address))
        return self

    def look(self, address: str, source: str) -> list[str]:
        """The links of one page; it is opened where few like it were."""
        page = self.page_at(address)
        if page is None:
            self.dead.append(f"{source} -> {address}")
            return []
        if not self.may_open(page):
            self.closed.append(f"{source} -> {address}")
            return []
        self.reached.add(page)
        parts = urlsplit(address)
        word = parts.path.rstrip("/").rpartition("/")[2]
        kind = (page, word if word.isalpha() else "", *sorted(parse_qs(parts.query)))
        self.opened[kind] += 1
        if self.opened[kind] > MOST_OF_EACH:
            return []
        answer = self.client.get(address)
        if answer.status_code in (301, 302, 303, 307, 308):
            return [inside(urljoin(address, answer.location))]
        if answer.status_code not in ANSWERS:
            self.dead.append(f"{source} -> {address}: {answer.status_code}")
            return []
        return links_of(address, answer)

    def page_at(self, address: str) -> str | None:
        """The name of the page at an address, None where there is none."""
        try:
            return str(self.roads.match(urlsplit(address).path, method="GET")[0])
        except RequestRedirect as redirect:
            return self.page_at(inside(redirect.new_url))
        except HTTPException:
            return None


def links_of(address: str, answer: TestResponse) -> list[str]:
    """Where a page leads within the site, each once."""
    if answer.mimetype != "text/html":
        return []
    found = (unescape(one or other) for one, other in LINKS.findall(answer.text))
    ways = (urljoin(address, one) for one in found)
    return list(dict.fromkeys(inside(way) for way in ways if is_ours(way)))


def is_ours(way: str) -> bool:
    parts = urlsplit(way)
    return parts.scheme in ("", "http") and parts.netloc in ("", "localhost") and not parts.path.startswith("/static/")


def inside(way: str) -> str:
    """An address without its host and the place on the page."""
    parts = urlsplit(way)
    return parts.path + (f"?{parts.query}" if parts.query else "")
