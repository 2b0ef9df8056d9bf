"""The shelf: published pages kept ready, answered before a session, a permission or a row is asked for.

A view that says `X-Shelf: <mark>` on its answer lets it be kept. What is kept is good while the mark is that of the
newest release of the meeting, or the newest edition of the report (eventapp/agenda/releases/newest.py);
docs/decisions/0009-the-shelf.md says why this is sound.
"""

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import brotli
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from eventapp.agenda.releases.newest import Newest, Query, release_at
from eventapp.ground.db import db
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.web.requests.negotiation import coding_of, language_of, names_somebody
from eventapp.ground.web.requests.shared_caches import (
    OF_CODING,
    OF_WHO_ASKS,
    SHARED,
    digest_of,
    for_one,
    hands_out_cookie,
)

Environ = dict[str, Any]  # WSGI: strings, a stream, functions (PEP 3333)
StartResponse = Callable[..., Callable[[bytes], object]]
Key = tuple[str, str, str]  # address, view, language
App = Callable[[Environ, StartResponse], Iterable[bytes]]

MARK = "X-Shelf"
ROOM = 4 * 1024 * 1024  # bytes of bodies, made small, that one process keeps
LARGE = 100_000  # from here on brotli works less hard: ten times the time would win two per cent
NOT_KEPT = {"content-length", "content-encoding", "etag", "vary", "cache-control", MARK.lower()}


@dataclass(frozen=True)
class CachedRoutes:
    """One board of the shelf: which addresses stand there, in which views, and what tells whether they are the newest.

    The groups of `places` are the names that `newest` takes, but for the one called `file`, which is an ending. Files
    are the same in every language unless `files_speak`; then an address may name the language.
    """

    places: re.Pattern[str]
    views: re.Pattern[str]
    newest: Query
    files_speak: bool = False


AGENDA = CachedRoutes(
    re.compile(r"/meetings/([^/]+)/(?:agenda|schedule(?=\.json)|sessions/[^/]+?)(?P<file>\.ics|\.json|\.xml|\.pdf)?"),
    re.compile(r"(view=table)?|(view=table&)?day=\d{4}-\d\d-\d\d"),
    release_at,
    files_speak=True,
)
ASKED_IN = re.compile(f"language=({'|'.join(LANGUAGES)})")


@dataclass
class CachedPage:
    """One answer: its headers, and its body made small, which is ten times less to keep; whole again for who asks."""

    mark: str
    headers: list[tuple[str, str]]
    digest: str
    small: dict[str, bytes]  # by content coding: gzip from the first, br once it was asked for

    @property
    def size(self) -> int:
        """The bytes it takes up as long as nobody asked for br, which is a little less again."""
        return len(self.small["gzip"])

    def in_coding(self, coding: str) -> tuple[str, bytes]:
        """The strong ETag, with the version in it, and the bytes in this content coding ('' for as they are)."""
        if coding == "br" and coding not in self.small:
            self.small[coding] = squeezed(gzip.decompress(self.small["gzip"]))
        body = self.small[coding] if coding else gzip.decompress(self.small["gzip"])
        return f'"{self.mark}-{self.digest}{"-" if coding else ""}{coding}"', body


def squeezed(body: bytes) -> bytes:
    return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5 if len(body) > LARGE else 9))


class PageCache:
    """The extension: stands in front of the whole application."""

    def __init__(self, *boards: CachedRoutes) -> None:
        self.boards = boards

    def init_app(self, app: Flask) -> None:
        """Put the shelf in front. Tests and commands that call no page never open it."""
        with app.app_context():
            newest = Newest(db.engine)
        cookie = app.config["SESSION_COOKIE_NAME"]
        front = Front(app.wsgi_app, newest, cookie, self.boards)
        # A page of a moved clock says what day it is; a file does not.
        front.keeps_pages = not app.config["CLOCK_OFFSET"]
        app.wsgi_app = front  # type: ignore[method-assign]


class Front:
    """The application with the shelf before it."""

    keeps_pages = True

    def __init__(self, app: App, newest: Newest, cookie: str, boards: tuple[CachedRoutes, ...]) -> None:
        self.app, self.newest, self.boards = app, newest, boards
        self.cookie = cookie
        self.kept: OrderedDict[Key, CachedPage] = OrderedDict()
        self.drawing: WeakValueDictionary[Key, Lock] = WeakValueDictionary()  # a lock for each page that is being drawn
        self.size = 0
        self.lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        board, place = self.place_of(environ["PATH_INFO"])
        if place is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.app(environ, unkept(start_response))
        names = place.groupdict()
        is_page = not names.get("file")
        key = self.key_of(environ, board, is_page=is_page) if self.keeps_pages or not is_page else None
        if key is None:
            is_theirs = is_page and names_somebody(environ.get("HTTP_COOKIE", ""), self.cookie)
            return self.app(environ, unkept(start_response, is_theirs=is_theirs))
        try:
            mark = self.newest.mark_of(board.newest, *place.groups()[: place.re.groups - len(names)])
        except (DBAPIError, PoolTimeout):  # the application asks once more, and says 503 where it finds the same
            return self.app(environ, unkept(start_response))
        page = self.kept.get(key) if mark else None
        if page is None or page.mark != mark:
            return self.draw(key, mark, environ, start_response)
        return answer(page, environ, start_response)

    def draw(self, key: Key, mark: str | None, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Have a page made. One thread makes it, and whoever asks for it meanwhile waits and takes what it made."""
        with self.lock_of(key) if mark else nullcontext():
            page = self.kept.get(key) if mark else None
            if page is None or page.mark != mark:
                plain = {name: value for name, value in environ.items() if name not in CONDITIONS}
                body, status, headers = run_wsgi_app(self.app, {**plain, "REQUEST_METHOD": "GET"}, buffered=True)
                page = self.keep(key, headers, b"".join(body)) if MARK in headers and status.startswith("200") else None
                if page is None:
                    unkept(start_response)(status, headers.to_wsgi_list())
                    return [] if environ["REQUEST_METHOD"] == "HEAD" else body
        return answer(page, environ, start_response)

    def lock_of(self, key: Key) -> Lock:
        """What the threads that want this page drawn wait for; other pages are drawn meanwhile."""
        with self.lock:
            found = self.drawing.get(key) or Lock()
            self.drawing[key] = found
            return found

    def place_of(self, path: str) -> tuple[CachedRoutes, re.Match[str] | None]:
        """The board this address stands on, and the names in it."""
        for board in self.boards:
            place = board.places.fullmatch(path)
            if place:
                return board, place
        return self.boards[0], None

    def key_of(self, environ: Environ, board: CachedRoutes, *, is_page: bool) -> Key | None:
        """What the answer depends on: address, view and a page's language. None where it also depends on who asks."""
        path, query, cookies = environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
        if board.files_speak and not is_page and (asked := ASKED_IN.fullmatch(query)):
            return path, "", asked[1]
        if not board.views.fullmatch(query) or (is_page and names_somebody(cookies, self.cookie)):
            return None
        speaks = is_page or board.files_speak
        return path, query, language_of(cookies, environ.get("HTTP_ACCEPT_LANGUAGE", "")) if speaks else ""

    def keep(self, key: Key, headers: Headers, body: bytes) -> CachedPage | None:
        """Put an answer on the shelf; the one longest unused makes room. None where it must not be kept."""
        if "Set-Cookie" in headers:
            return None
        vary = ", ".join((OF_WHO_ASKS if key[2] else ()) + (OF_CODING,))
        lines = [(name, value) for name, value in headers.to_wsgi_list() if name.lower() not in NOT_KEPT]
        page = CachedPage(
            headers[MARK],
            [*lines, ("Cache-Control", SHARED), ("Vary", vary)],
            digest_of(body),
            {"gzip": gzip.compress(body, 6, mtime=0)},
        )
        with self.lock:
            old = self.kept.pop(key, None)
            self.kept[key] = page
            self.size += page.size - (old.size if old else 0)
            while self.size > ROOM and len(self.kept) > 1:
                self.size -= self.kept.popitem(last=False)[1].size
        return page


CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_ACCEPT_ENCODING"}


def answer(page: CachedPage, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The kept answer in the coding this client takes; 304 where it has it already."""
    coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag, body = page.in_coding(coding)
    if is_known(tag, environ.get("HTTP_IF_NONE_MATCH")):
        start_response("304 Not Modified", [("ETag", tag), *(line for line in page.headers if line[0] in STILL_TOLD)])
        return []
    headers = [*page.headers, ("ETag", tag), ("Content-Length", str(len(body)))]
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


STILL_TOLD = {"Cache-Control", "Vary"}  # RFC 9110, 15.4.5: what a 304 repeats


def is_known(tag: str, asked: str | None) -> bool:
    """Whether the client has this body: RFC 9110, 13.1.2 compares without the W/."""
    if not asked:
        return False
    return asked.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in asked.split(",")}


def unkept(start_response: StartResponse, *, is_theirs: bool = False) -> StartResponse:
    """Never let the mark out; nor `public`, where the session names somebody or the answer hands out a cookie."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:  # exc_info
        lines = [line for line in headers if line[0] != MARK]
        if is_theirs or hands_out_cookie(lines):
            lines = for_one(lines)
        return start_response(status, lines, *more)

    return start
