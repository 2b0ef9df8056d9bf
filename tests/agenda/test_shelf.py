import gzip
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event, Lock, Thread
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from config import TestConfig
from eventapp import create_app
from eventapp.agenda.models import Session
from eventapp.agenda.releases.newest import Newest, Watch
from eventapp.agenda.releases.page_cache import Front
from eventapp.ground.db import db, transaction
from eventapp.ground.web.requests.shared_caches import SHARED
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import published

PAGE = "/meetings/spring/agenda"
PATIENCE = 60  # seconds: nobody waits for what comes
EVERY = (
    PAGE,
    f"{PAGE}?view=table",
    f"{PAGE}.ics",
    f"{PAGE}.json",
    "/meetings/spring/sessions/S1",
    "/meetings/spring/sessions/S1.ics",
)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Trends of the year")
    published(meeting)
    return meeting


@contextmanager
def queries() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    said: list[str] = []

    def listen(*args: Any) -> None:
        said.append(args[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    yield said
    event.remove(db.engine, "before_cursor_execute", listen)


def retitle(meeting: Meeting, title: str) -> None:
    """The title of the session in the draft."""
    with transaction():
        db.session.query(Session).filter_by(meeting_id=meeting.id).one().title = title


@pytest.mark.parametrize("address", EVERY)
def test_a_page_in_cache_costs_no_query(client: PageClient, meeting: Meeting, address: str) -> None:
    first = client.get(address)
    with queries() as said:
        second = client.get(address)
    assert (second.data, second.headers["ETag"]) == (first.data, first.headers["ETag"])
    most = 0 if db.engine.dialect.name == "sqlite" else 1  # docs/decisions/0009
    assert len([words for words in said if words.startswith("SELECT")]) == most


@pytest.mark.parametrize("address", EVERY)
def test_a_known_page_costs_a_304(client: PageClient, meeting: Meeting, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    assert tag.startswith('"') and tag.endswith('"')
    for asked in (tag, f'W/{tag}, "other"', "*"):
        again = client.get(address, headers={"If-None-Match": asked})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == SHARED
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", EVERY)
def test_a_new_release_is_seen_at_once(client: PageClient, meeting: Meeting, address: str) -> None:
    before = client.get(address)
    retitle(meeting, "Another title")
    assert client.get(address).data == before.data  # the draft is not the agenda
    published(meeting)
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, "Another title" in after.text) == (200, True)


def test_a_new_release_is_seen_by_another_process_at_once(
    app: Flask, client: PageClient, meeting: Meeting, database: str
) -> None:
    """Two applications on one database stand for two processes: each has a shelf and connections of its own."""
    other = create_app(TestConfig(database))
    visitor = other.test_client()
    assert "Trends of the year" in visitor.get(PAGE).text
    for number in range(10):
        retitle(meeting, f"Title {number}")
        published(meeting)
        assert f"Title {number}" in visitor.get(PAGE).text
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def test_without_the_question_the_other_process_shows_the_old_agenda(
    client: PageClient, meeting: Meeting, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the test above would see it."""
    monkeypatch.setattr(Newest, "mark_of", lambda *_names: "1.1")
    client.get(PAGE)
    retitle(meeting, "Another title")
    published(meeting)
    assert "Another title" not in client.get(PAGE).text


def test_a_change_of_the_meeting_is_seen(client: PageClient, meeting: Meeting) -> None:
    client.get(PAGE)
    with transaction():
        meeting.short_title, meeting.version = "Autumn review", meeting.version + 1
    assert "Autumn review" in client.get(PAGE).text


def test_bodies_are_small_and_whole(client: PageClient, meeting: Meeting) -> None:
    plain = client.get(PAGE)
    client.lint = False
    small = client.get(PAGE, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (small.headers["Content-Encoding"], brotli.decompress(small.data)) == ("br", plain.data)
    zipped = client.get(PAGE, headers={"Accept-Encoding": "gzip, br;q=0"})
    assert (zipped.headers["Content-Encoding"], gzip.decompress(zipped.data)) == ("gzip", plain.data)
    assert len({answer.headers["ETag"] for answer in (plain, small, zipped)}) == 3
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= {
        word.strip() for word in small.headers["Vary"].split(",")
    }


def test_a_head_is_a_page_without_its_body(client: PageClient, meeting: Meeting) -> None:
    page = client.get(PAGE)
    head = client.head(PAGE)
    assert (head.data, head.headers["ETag"], head.headers["Content-Length"]) == (
        b"",
        page.headers["ETag"],
        str(len(page.data)),
    )


def test_each_reader_gets_their_language(client: PageClient, meeting: Meeting) -> None:
    def lang(**headers: str) -> str:
        return client.get(PAGE, headers=headers).headers["Content-Language"]

    assert (lang(), lang(**{"Accept-Language": "fr-CH, en;q=0.5"}), lang(**{"Accept-Language": "ar"}), lang()) == (
        "en",
        "fr",
        "ar",
        "en",
    )
    client.get(f"{PAGE}?language=fr")  # remembered in a cookie
    assert lang() == "fr"


def test_who_is_signed_in_gets_a_page_of_their_own(client: PageClient, meeting: Meeting) -> None:
    visitor = client.get(PAGE)
    somebody = make.person("Ada Byron")
    client.sign_in(somebody)
    mine = client.get(PAGE)
    assert ("Ada Byron" in mine.text, mine.headers["Cache-Control"]) == (True, "private, no-cache")
    assert mine.headers["ETag"] not in (visitor.headers["ETag"], "") and not mine.headers["ETag"].startswith("W/")
    again = client.get(PAGE, headers={"If-None-Match": mine.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.application.test_client().get(PAGE).data == visitor.data
    assert client.get(f"{PAGE}.ics").headers["Cache-Control"] == SHARED


def test_a_visitor_with_a_session_gets_the_page_of_visitors(client: PageClient, meeting: Meeting) -> None:
    visitor = client.get(PAGE)
    with client.session_transaction() as session:
        session["csrf_token"] = "a" * 40
    assert client.get(PAGE).headers["ETag"] == visitor.headers["ETag"]
    with client.session_transaction() as session:
        session["long"] = "words " * 100  # this one is squeezed
    assert client.get(PAGE).headers["ETag"] == visitor.headers["ETag"]


def test_a_cookie_that_cannot_be_read_is_left_to_the_session(client: PageClient, meeting: Meeting) -> None:
    for strange in ("nonsense!", ".nonsense", "é"):
        client.set_cookie("session", strange)
        assert client.get(PAGE).status_code == 200


def test_readers_see_one_version_or_the_next_and_never_a_mix(app: Flask, meeting: Meeting, database: str) -> None:
    other = create_app(TestConfig(database))
    seen: list[list[str]] = [[] for _ in range(3)]
    done = Event()

    def read(mine: list[str]) -> None:
        visitor = other.test_client()
        while not done.is_set():
            mine.append(visitor.get(PAGE).headers["ETag"])

    readers = [Thread(target=read, args=(mine,)) for mine in seen]
    for reader in readers:
        reader.start()
    versions = [app.test_client().get(PAGE).headers["ETag"]]
    for number in range(8):
        retitle(meeting, f"Title {number}")
        published(meeting)
        versions.append(app.test_client().get(PAGE).headers["ETag"])
    done.set()
    for reader in readers:
        reader.join(30)
    for mine in seen:
        order = [versions.index(tag) for tag in mine]  # nothing that was never published
        assert order == sorted(order)  # and never back
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("address", [*EVERY, f"{PAGE}?zone=UTC", f"{PAGE}?language=fr", "/meetings/nowhere/agenda"])
def test_the_mark_never_leaves_the_house(client: PageClient, meeting: Meeting, address: str) -> None:
    def clean(answer: TestResponse) -> bool:
        return "X-Shelf" not in answer.headers

    assert [clean(client.get(address)), clean(client.get(address))] == [True, True]
    client.sign_in(make.person())
    assert clean(client.get(address))


def test_kept_pages_have_every_header_of_a_page(client: PageClient, meeting: Meeting) -> None:
    client.get(PAGE)
    kept, other = client.get(PAGE).headers, client.get("/privacy").headers
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        assert kept[name] == other[name]


def test_the_watch_sees_what_others_commit(app: Flask, meeting: Meeting) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    watch = Watch(str(db.engine.url.database))
    first = watch.version()
    assert watch.version() == first
    retitle(meeting, "Other")
    assert watch.version() != first


def drawn_by_crowd(app: Flask, front: Front, readers: int, *, patience: float = 0.2) -> int:
    """How often the page is drawn when so many ask for it at once. Who draws waits as long for another who does, in seconds."""
    drawn, through, start, several = list[str](), front.app, Barrier(readers), Event()

    def slow(environ: Any, start_response: Any) -> Any:
        drawn.append(environ["PATH_INFO"])
        if len(drawn) > 1:
            several.set()
        several.wait(patience)
        return through(environ, start_response)

    def read() -> None:
        start.wait()
        FlaskClient(app, app.response_class).get(f"{PAGE}.ics")

    front.app = slow
    crowd = [Thread(target=read) for _ in range(readers)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    return len(drawn)


def shelf_of(app: Flask) -> Front:
    """The shelf among what stands before the application."""
    stands: Any = app.wsgi_app
    while not isinstance(stands, Front):
        stands = stands.app
    return stands


def test_a_crowd_has_a_page_drawn_once(app: Flask, meeting: Meeting) -> None:
    assert drawn_by_crowd(app, shelf_of(app), 6) == 1


def test_without_the_guard_everybody_draws(app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_of(app), "lock_of", lambda _key: nullcontext())
    assert drawn_by_crowd(app, shelf_of(app), 6, patience=PATIENCE) > 1


def drawn_together(app: Flask, front: Front, *, patience: float) -> bool:
    """Whether two pages that nobody has drawn yet are drawn at the same moment: one waits so many seconds for the other."""
    both, through, met = Barrier(2), front.app, []

    def wait(environ: Any, start_response: Any) -> Any:
        with suppress(BrokenBarrierError):
            both.wait(patience)
            met.append(environ["PATH_INFO"])
        return through(environ, start_response)

    front.app = wait
    readers = [
        Thread(target=FlaskClient(app, app.response_class).get, args=(f"{PAGE}{ending}",))
        for ending in (".ics", ".json")
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return len(met) == len(readers)


def test_another_page_is_drawn_meanwhile(app: Flask, meeting: Meeting) -> None:
    assert drawn_together(app, shelf_of(app), patience=PATIENCE)


def test_with_one_lock_for_all_pages_it_waits(app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Lock()
    monkeypatch.setattr(shelf_of(app), "lock_of", lambda _key: one)
    assert not drawn_together(app, shelf_of(app), patience=1)


def test_where_the_clock_is_moved_files_are_kept_and_pages_say_the_day(
    app: Flask, meeting: Meeting, database: str
) -> None:
    config = TestConfig(database)
    config.ENVIRONMENT, config.DEVELOPMENT, config.CLOCK_OFFSET = "development", True, timedelta(days=-3650)
    other = create_app(config)
    moved = other.test_client()

    file = moved.get(f"{PAGE}.ics")
    assert moved.get(f"{PAGE}.ics", headers={"If-None-Match": file.headers["ETag"]}).status_code == 304
    page = moved.get(PAGE)
    assert (page.status_code, "ETag" in page.headers, "X-Shelf" in page.headers) == (200, False, False)
    assert "the clock is moved" in page.text
    with other.app_context():
        db.session.remove()
        db.engine.dispose()
