"""Before the whole site stands a shared cache: every public page through it, and why some are never kept."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from eventapp.ground.web.requests.shared_caches import SHARED, is_same_for_visitors
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.operations.permissions import Line, lines
from tests import make
from tests.agenda.shared_cache import Browser, SharedCache, serve
from tests.browser.site import Plug
from tests.browserless import PageClient
from tests.house.test_access import address
from tests.house.world import World

PUBLIC = ("anyone", "see_meeting", "read_list")
ELSEWHERE, A_FORM = "leads elsewhere, by what is there or who asks", "a form with a token of this browser"
MACHINE, OWN_TIME = (
    "for who watches the machine",
    "says itself how long it may be kept: no words of a meeting are in it",
)
BY_WORKER = "how far the worker is, or the file that it made, which goes out in parts"
NAMES = "names of people, which the meeting may close to visitors at any moment"
A_PERSON = "somebody's own page: nobody on the way keeps it once they take it down"
SENT_FILE = "a file that somebody sent: nobody on the way keeps it, and who may open it may change"
OF_NOW = "shows the minute, and what was moved at once"
# Why a public page may not be kept by a shared cache. Every other says `@same_for_visitors`.
NOT_KEPT = {
    "agenda_prints.fetch": BY_WORKER,
    "agenda_prints.show": BY_WORKER,
    "capture.suggesting": OWN_TIME,
    "documents.newest": SENT_FILE,
    "documents.version": SENT_FILE,
    "home.offline_worker": "the worker of a browser, asked about every time so that nobody is left with an old one",
    "information.index": ELSEWHERE,
    "information.picture": SENT_FILE,
    "inputs.mine": ELSEWHERE,
    "official_list.file": NAMES,
    "official_list.index": NAMES,
    "official_list.show": NAMES,
    "official_list_files.show": BY_WORKER,
    "operations.healthz": MACHINE,
    "operations.readyz": MACHINE,
    "operations.security": "says until when it holds, worked out anew for each reader",
    "organizations.suggest": OWN_TIME,
    "people.new": A_FORM,
    "people.sent": A_FORM,
    "personal_papers.show": "the code in its address is its own proof, and it names a person",
    "profiles.calendar": A_PERSON,
    "profiles.picture": A_PERSON,
    "profiles.show": A_PERSON,
    "registration.group_code": A_FORM,
    "registration.lost": A_FORM,
    "registration.new": A_FORM,
    "report_files.show": BY_WORKER,
    "review.place": ELSEWHERE,
    "review.place_asked": ELSEWHERE,
    "screens.door": OF_NOW,
    "screens.hall": OF_NOW,
    "screens.sign": OF_NOW,
    "self_check_in.arrive": "the code of a gate in its address, and a form for who is there",
}
WITHOUT_VERSION = re.compile(
    r"/(|meetings|commitments(\.csv)?|progress(\.csv)?|privacy|accessibility|api/v1/\w+(\.json)?)"
)
# Views of such pages, what is looked for, and pages of one's own.
MORE = (
    "/meetings?when=hidden",
    "/meetings?q=assembly&mine=yes",
    "/meetings/spring/agenda?view=table",
    "/meetings/spring/agenda?view=my",
    "/meetings/spring/agenda?q=Spring",
    "/meetings/spring/outcomes?q=Words",
    "/meetings/spring/search?q=Anong",
    "/meetings/spring/search?q=Ben&in=sessions",
    "/progress?body=BODY",
    "/commitments?q=Words",
    "/meetings/hidden/",
    "/meetings/hidden/agenda",
    "/account",
    "/nowhere",
)
ANONG, BEN, HIDDEN = "Anong Suksawat", "Ben Okafor", "Assembly that nobody knows of"


@dataclass(frozen=True)
class Town:
    """A world with a draft that only Anong sees, the site, and the cache before it."""

    app: Flask
    world: World
    site: int  # the port
    cache: SharedCache
    port: int
    sessions: dict[str, str]  # by the name of who has it

    def address(self, line: Line) -> str:
        return address(line, self.world.of_path(line.path))

    def addresses(self, *, kept: bool | None = None) -> list[str]:
        """Where the public pages are: those that may be kept, those that may not, or both."""
        return [
            self.address(line)
            for line in public(self.app)
            if kept is None or is_same_for_visitors(line.endpoint) == kept
        ]

    def browser(self, name: str, *, straight: bool = False) -> Browser:
        """Somebody who comes through the cache, or straight to the site."""
        cookies = {"session": self.sessions[name]} if name else {}
        return Browser(self.site if straight else self.port, cookies)


def public(app: Flask) -> list[Line]:
    return [line for line in lines(app) if line.method == "GET" and line.rule in PUBLIC]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("cached")
    shutil.copyfile(migrated_file, folder / "town.db")
    app = create_app(TestConfig(f"sqlite:///{folder / 'town.db'}", folder))
    app.test_client_class = PageClient
    with app.app_context():
        world = World()
        make.meeting(slug="hidden", title=HIDDEN, short_title=HIDDEN, published_at=None)
        plug = Plug(app)
        plug.start()
        cache = SharedCache(plug.port)
        server = serve(cache)
        yield Town(app, world, plug.port, cache, server.server_port, sessions_of(app))
        server.shutdown()
        server.server_close()
        plug.stop()
        db.session.remove()
        db.engine.dispose()


def sessions_of(app: Flask) -> dict[str, str]:
    """Anong organizes both meetings, Ben takes part in one."""
    people = {ANONG: make.person(ANONG), BEN: make.person(BEN)}
    spring, hidden = (db.session.query(Meeting).filter_by(slug=slug).one() for slug in ("spring", "hidden"))
    make.staff(spring, ORGANIZER, people[ANONG])
    make.staff(hidden, ORGANIZER, people[ANONG])
    make.registration(spring, person=people[BEN])
    found = {}
    for name, person in people.items():
        cookie = PageClient(app, app.response_class).sign_in(person).get_cookie("session")
        assert cookie
        found[name] = cookie.value
    return found


def test_every_public_page_may_be_kept_or_says_why_not(town: Town) -> None:
    kept = {line.endpoint for line in public(town.app) if is_same_for_visitors(line.endpoint)}
    assert {line.endpoint for line in public(town.app)} == kept | NOT_KEPT.keys()
    assert kept & NOT_KEPT.keys() == set()


def test_no_other_page_says_that_it_may_be_kept(town: Town) -> None:
    marked = [line for line in lines(town.app) if is_same_for_visitors(line.endpoint)]
    assert [line for line in marked if line.rule not in PUBLIC or line.method != "GET"] == []


def leaks(town: Town, paths: list[str]) -> list[tuple[str, str, str]]:
    """Everybody asks for each of these in every order, the first once more: what anybody got of somebody else."""
    everybody, found = ("", ANONG, BEN), []
    straight = {(name, path): town.browser(name, straight=True).get(path) for name in everybody for path in paths}
    for path in paths:
        for order in permutations(everybody):
            town.cache.kept.clear()
            browsers = {name: town.browser(name) for name in everybody}
            for name in (*order, order[0]):
                _status, told, page = browsers[name].get(path)
                own = straight[name, path][2]
                strange = {one for one in (ANONG, BEN, HIDDEN) if one in page + str(told) and one not in own}
                strange |= {one for one in (ANONG, BEN, HIDDEN) if one in own and one not in page}
                sealed = {one: browsers[one].cookies["session"] for one in town.sessions if one != name}
                strange |= {one for one, session in sealed.items() if session in str(told)}
                found += [(path, name, one) for one in strange]
    return found


def test_nobody_gets_a_byte_of_another(town: Town) -> None:
    paths = [*town.addresses(), *MORE]
    town.cache.hits.clear()
    assert leaks(town, paths) == []
    assert {*town.addresses(kept=True)} <= {*town.cache.hits}


def test_the_walk_sees_a_leak(town: Town) -> None:
    """The control: every answer says that anybody may have it, and no Vary tells who asks apart."""
    inner: Any = town.app.wsgi_app

    def careless(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, told: list[tuple[str, str]], *more: Any) -> Any:
            others = [line for line in told if line[0].lower() != "cache-control"]
            return start_response(status, [*others, ("Cache-Control", SHARED)], *more)

        return inner(environ, start)

    town.cache.looks_at_vary = False
    town.app.wsgi_app = careless  # type: ignore[method-assign]
    try:
        found = leaks(town, ["/", "/meetings?when=hidden", "/meetings/spring/", "/account"])
    finally:
        town.app.wsgi_app = inner  # type: ignore[method-assign]
        town.cache.looks_at_vary = True
        town.cache.kept.clear()
    assert {path for path, _name, _one in found} == {"/", "/meetings?when=hidden", "/meetings/spring/", "/account"}
    assert {one for _path, _name, one in found} == {ANONG, BEN, HIDDEN}


def test_visitors_share_what_may_be_kept_and_nothing_else(town: Town) -> None:
    kept_ones = {*town.addresses(kept=True)}
    for path in town.addresses():
        kept = path in kept_ones
        for one in (town.cache.kept, town.cache.hits, town.cache.passed):
            one.clear()
        first, second = town.browser("").get(path), town.browser("").get(path)
        assert ((town.cache.hits, town.cache.passed) == ([path], [path])) == kept, path
        assert ("s-maxage" in first[1]["cache-control"]) == kept, path
        if kept:
            assert (first[0], second[0], second[2]) == (200, 200, first[2]), path
            assert first[1]["cache-control"] == SHARED and not {"set-cookie", "x-request-id"} & first[1].keys()
            has_version = re.match(r'"\d+\.\d+-|"[0-9a-f]{64}', first[1]["etag"])
            assert has_version or WITHOUT_VERSION.fullmatch(path), (path, first[1]["etag"])


def test_what_is_kept_is_the_same_for_every_visitor(town: Town) -> None:
    """Whatever a browser says that `Vary` does not name, and wherever it comes from."""
    client = PageClient(town.app, town.app.response_class)
    client.lint = False
    others = {
        "User-Agent": "Mozilla/5.0 (another)",
        "Referer": "http://localhost/account",
        "X-Fetched-By": "a script",
        "X-Requested-With": "XMLHttpRequest",
        "Sec-Fetch-Site": "cross-site",
        "Origin": "https://elsewhere.example.org",
        "Accept": "application/json",
        "X-Request-Id": "chosen-by-somebody",
        "X-Forwarded-Host": "evil.example.org",
        "X-Forwarded-For": "203.0.113.7",
        "Forwarded": "host=evil.example.org",
    }
    for path in [*town.addresses(kept=True), *[path for path in MORE if path != "/account"]]:
        plain = client.get(path)
        other = client.get(path, headers=others, environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
        told = [[line for line in one.headers if line[0] not in ("Date", "X-Request-Id")] for one in (plain, other)]
        if not path.endswith((".pdf", "/nowhere")):
            assert (plain.data, told[0]) == (other.data, told[1]), path
        assert not client.get_cookie("session"), path


def test_who_has_a_session_never_gets_a_page_that_is_kept(town: Town) -> None:
    """But for files of the agenda, which the page cache has for everybody: those are the same bytes."""
    for path in [*town.addresses(), *MORE]:
        _status, told, page = town.browser(ANONG, straight=True).get(path)
        if "s-maxage" in told.get("cache-control", ""):
            assert ANONG not in page and page == town.browser("", straight=True).get(path)[2], path


def test_what_is_not_there_or_not_understood_is_not_kept(town: Town) -> None:
    for path, status in (
        ("/meetings/nowhere/", 404),
        ("/meetings/hidden/", 404),
        ("/meetings/spring/agenda?named=Nowhere", 422),
        ("/meetings/spring/sessions/none", 404),
        ("/api/v1/meetings/hidden", 404),
        ("/meetings/spring", 308),
    ):
        found, told, _page = town.browser("", straight=True).get(path)
        assert (found, "s-maxage" in told.get("cache-control", "")) == (status, False), path


def test_a_head_says_the_same_and_a_known_page_is_304(town: Town) -> None:
    client = PageClient(town.app, town.app.response_class)
    client.lint = False
    for path in town.addresses(kept=True):
        page, head = client.get(path), client.head(path)
        for name in ("Cache-Control", "ETag", "Vary", "Content-Length"):
            assert page.headers[name] == head.headers[name] or path.endswith(".pdf"), (path, name)
        assert head.data == b""
        known = client.get(path, headers={"If-None-Match": page.headers["ETag"]})
        assert (known.status_code, known.data, known.headers["Cache-Control"]) == (304, b"", SHARED), path
        assert (known.headers["ETag"], known.headers["Vary"]) == (page.headers["ETag"], page.headers["Vary"]), path
