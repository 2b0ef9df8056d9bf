"""Before the site stands a shared cache, and two people and a visitor come through it: nobody gets a byte of another's."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.releases import page_cache
from eventapp.ground.db import db, transaction
from eventapp.ground.web.requests.shared_caches import SHARED
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.shared_cache import Browser, SharedCache, serve
from tests.browser.site import Plug
from tests.browserless import PageClient
from tests.make_agenda import published

AGENDA, SESSION = "/meetings/spring/agenda", "/meetings/spring/sessions/S1"
DONE = "/meetings/spring/registration/done"
KEPT = (AGENDA, f"{AGENDA}?view=table", SESSION, DONE)
OTHERS = (
    "/",
    "/meetings",
    "/meetings/spring",
    "/meetings/spring/documents",
    "/meetings/spring/me",
    "/account",
    "/account/devices",
    "/sign-in",
    f"{AGENDA}?view=my",
    f"{AGENDA}.ics",
    f"{AGENDA}.json",
    "/api/meetings",
)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Trends of the year")
    published(meeting)
    return meeting


@pytest.fixture
def cache(app: Flask, meeting: Meeting) -> Iterator[SharedCache]:
    plug = Plug(app)
    plug.start()
    yield SharedCache(plug.port)
    plug.stop()


@pytest.fixture
def port(cache: SharedCache) -> Iterator[int]:
    server = serve(cache)
    yield server.server_port
    server.shutdown()
    server.server_close()


def people(app: Flask, port: int) -> dict[str, Browser]:
    """Two people who are signed in and a visitor, by the name that only their pages have."""
    found = {"": Browser(port, {})}
    for name in ("Anong Suksawat", "Ben Okafor"):
        client = PageClient(app, app.response_class).sign_in(make.person(name))
        session = client.get_cookie("session")
        assert session
        found[name] = Browser(port, {"session": session.value})
    return found


def strangers_words(app: Flask, port: int, cache: SharedCache) -> list[tuple[str, str, str]]:
    """Everybody asks for every page in every order of who comes first: what anybody got of somebody else."""
    leaks = []
    everybody = people(app, port)
    for order in permutations(everybody):
        cache.kept.clear()
        for path in (*KEPT, *OTHERS):
            for name in (*order, *order):
                _status, lines, page = everybody[name].get(path)
                others = [one for one in everybody if one and one != name]
                leaks += [(path, name, one) for one in others if one in page or one in str(lines)]
                sealed = {other: browser.cookies.get("session", "") for other, browser in everybody.items()}
                del sealed[name]
                leaks += [(path, name, other) for other, word in sealed.items() if word and word in str(lines)]
    return leaks


def test_nobody_gets_a_byte_of_another(app: Flask, port: int, cache: SharedCache) -> None:
    assert strangers_words(app, port, cache) == []
    assert cache.hits


def test_the_test_sees_a_leak(app: Flask, port: int, cache: SharedCache) -> None:
    """The control: answers to people who are signed in say that anybody may have them, and no Vary tells them apart."""
    cache.looks_at_vary = False
    inner: Any = app.wsgi_app

    def careless(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, lines: list[tuple[str, str]], *more: Any) -> Any:
            kept = [line for line in lines if line[0].lower() != "cache-control"]
            return start_response(status, [*kept, ("Cache-Control", SHARED)], *more)

        return inner(environ, start)

    app.wsgi_app = careless  # type: ignore[method-assign]
    try:
        assert strangers_words(app, port, cache)
    finally:
        app.wsgi_app = inner  # type: ignore[method-assign]


@pytest.mark.parametrize("path", [*KEPT, f"{AGENDA}.ics", f"{AGENDA}.json"])
def test_visitors_share_and_the_version_is_in_the_tag(port: int, cache: SharedCache, path: str) -> None:
    first, second = Browser(port, {}), Browser(port, {})
    _status, lines, page = first.get(path)
    assert lines["cache-control"] == SHARED and "set-cookie" not in lines
    assert lines["etag"].split("-")[0].strip('"').replace(".", "").isdigit()
    assert (second.get(path)[2], cache.hits, cache.passed) == (page, [path], [path])


@pytest.mark.parametrize("path", KEPT)
def test_who_has_a_session_gets_private_pages(app: Flask, port: int, cache: SharedCache, path: str) -> None:
    for name, browser in people(app, port).items():
        _status, lines, _page = browser.get(path)
        assert ("private" in lines["cache-control"]) == bool(name)
    client = PageClient(app, app.response_class).sign_in(make.person("Chen Li"))
    ended = Browser(port, {"session": getattr(client.get_cookie("session"), "value", "")})
    client.post("/sign-out")
    assert "private" in ended.get(path)[1]["cache-control"]  # the cookie names somebody, though nobody is signed in


def test_each_language_is_kept_apart(port: int, cache: SharedCache) -> None:
    for language in ("en", "fr", "ar", "en", "fr", "ar"):
        for path in KEPT:
            page = Browser(port, {}, language).get(path)[2]
            assert f'<html lang="{language}"' in page
    assert len(cache.hits) == 3 * len(KEPT)


def test_a_new_release_is_there_when_the_old_one_is_stale(port: int, cache: SharedCache, meeting: Meeting) -> None:
    visitor = Browser(port, {})
    before = visitor.get(AGENDA)
    with transaction():
        db.session.query(Session).filter_by(meeting_id=meeting.id).one().title = "Another title"
    published(meeting)
    cache.now = 29
    assert visitor.get(AGENDA)[2] == before[2]
    cache.now = 31
    assert visitor.get(AGENDA)[2] == before[2]  # stale, while the cache asks
    after = visitor.get(AGENDA)
    assert "Another title" in after[2] and after[1]["etag"] != before[1]["etag"]
    cache.now = 200
    passed = len(cache.passed)
    assert visitor.get(AGENDA)[2] == after[2]
    assert len(cache.passed) == passed + 1  # asked, and it was the same


def test_an_answer_that_hands_out_a_cookie_is_for_one() -> None:
    told: list[list[tuple[str, str]]] = []

    def begun(_status: str, lines: list[tuple[str, str]], *_more: object) -> Any:
        told.append(lines)

    start = page_cache.unkept(begun)
    start("200 OK", [("Cache-Control", "public, no-cache"), ("X-Shelf", "1.2"), ("Set-Cookie", "session=x")])
    assert told == [[("Cache-Control", "private, no-cache"), ("Set-Cookie", "session=x")]]
