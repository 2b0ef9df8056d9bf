from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Release, Session
from eventapp.agenda.queries import newest_release, released, releases_of
from eventapp.agenda.releases import actions as releasing
from eventapp.agenda.releases import drafted as drafting
from eventapp.agenda.releases.actions import changed_since, draft_difference, release
from eventapp.agenda.releases.content import digest_of, read
from eventapp.agenda.releases.difference import CANCELLED, CHANGED, NEW, changes
from eventapp.agenda.roles.actions import answer_role, give_role
from eventapp.agenda.sessions.actions import cancel_session, change_session, move, restore_session
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.queries import entries_of
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.make import TODAY
from tests.make_agenda import NINE, facts, part, published

pytestmark = pytest.mark.usefixtures("app")

HOUR = timedelta(hours=1)


@pytest.fixture
def meeting() -> Meeting:
    meeting = make.meeting()
    room = make.room(meeting, code="A", name="Hall")
    make.session(meeting, code="S1", title="Trends", room_id=room.id)
    make.session(meeting, code="S2", title="Plans", starts_at=NINE + 2 * HOUR)
    return meeting


def session(code: str) -> Session:
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def test_a_release_keeps_the_agenda_as_it_is(meeting: Meeting) -> None:
    first = published(meeting)
    agenda = released(meeting)
    assert agenda
    assert [(one.code, one.title, one.starts_at) for one in agenda.sessions] == [
        ("S1", "Trends", NINE),
        ("S2", "Plans", NINE + 2 * HOUR),
    ]
    assert (agenda.by_code["S1"].room or agenda.rooms[0]).name == "Hall"
    assert (first.number, first.digest) == (1, digest_of(first.content))
    assert [entry.verb for entry in entries_of(first)] == ["released agenda"]


def test_only_confirmed_parts_are_published(meeting: Meeting) -> None:
    make.role(session("S1"), name="Ada")
    make.role(session("S1"), name="Invited", state="invited")
    make.role(session("S1"), name="Declined", state="declined")
    make.role(session("S1"), name="Ended", ended_at=TODAY)
    published(meeting)
    agenda = released(meeting)
    assert agenda
    assert [role.name for role in agenda.by_code["S1"].roles] == ["Ada"]


def test_a_release_says_what_changed(meeting: Meeting) -> None:
    assert [(one.code, one.what) for one in changes(published(meeting).difference)] == [("S1", NEW), ("S2", NEW)]
    make.session(meeting, code="S3", starts_at=NINE + 4 * HOUR)
    with transaction():
        change_session(session("S1"), facts(title="Trends", kind="trends", starts_at=NINE + HOUR), by=None, at=TODAY)
        cancel_session(session("S2"), by=None, at=TODAY)
    assert [(one.code, one.what) for one in draft_difference(meeting)] == [
        ("S1", CHANGED),
        ("S2", CANCELLED),
        ("S3", NEW),
    ]
    second = published(meeting)
    moved = changes(second.difference)[0]
    assert (second.number, moved.moved) == (2, True)
    assert moved.fields["starts_at"] == (NINE.isoformat(), (NINE + HOUR).isoformat())
    assert moved.fields["room"] == ("A", None)


def test_a_release_never_changes(meeting: Meeting) -> None:
    first = published(meeting).content
    with transaction():
        change_session(session("S1"), facts(title="Other"), by=None, at=TODAY)
    published(meeting)
    assert [one.number for one in releases_of(meeting)] == [2, 1]
    assert read(releases_of(meeting)[1].content) == read(first)


def test_nothing_new_is_not_published(meeting: Meeting) -> None:
    published(meeting)
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        published(meeting)


def test_an_empty_agenda_is_not_published() -> None:
    with pytest.raises(Refused, match="There is no session yet"):
        published(make.meeting())


def test_a_session_cancelled_before_it_was_public_was_never_there(meeting: Meeting) -> None:
    with transaction():
        cancel_session(session("S2"), by=None, at=TODAY)
    published(meeting)
    agenda = released(meeting)
    assert agenda
    assert set(agenda.by_code) == {"S1"}


def test_whose_own_session_moved_hears_of_it_once(meeting: Meeting) -> None:
    for code in ("S1", "S2"):
        with transaction():
            give_role(session(code), part(name="Ada", email="ada@example.org"), by=None, at=TODAY, confirmed=True)
    published(meeting)
    with transaction():
        give_role(session("S1"), part(name="Not moved", email="other@example.org"), by=None, at=TODAY, confirmed=True)
    published(meeting)
    assert letters() == []
    with transaction():
        change_session(session("S1"), facts(title="Trends", starts_at=NINE + HOUR), by=None, at=TODAY)
        cancel_session(session("S2"), by=None, at=TODAY)
    published(meeting)
    assert [letter.to for letter in letters()] == ["ada@example.org", "other@example.org"]
    text = letters()[0].text
    assert "Trends\nMoved\nNow: 16 March 2026, 10:00–11:30 (Bangkok, UTC+7), no room" in text
    assert "Before: 16 March 2026, 09:00–10:30 (Bangkok, UTC+7), Hall" in text
    assert "Plans\nCancelled. It was to be on 16 March 2026, 11:00 (Bangkok, UTC+7)." in text


def test_who_was_told_that_a_session_is_off_is_told_that_it_takes_place(meeting: Meeting) -> None:
    with transaction():
        give_role(session("S1"), part(email="ada@example.org"), by=None, at=TODAY, confirmed=True)
    published(meeting)
    for change in (cancel_session, restore_session):
        with transaction():
            change(session("S1"), by=None, at=TODAY)
        published(meeting)

    off, on = (letter.text for letter in letters())
    assert ("Cancelled." in off, "takes place after all" in off) == (True, False)
    assert "It takes place after all.\nNow: 16 March 2026, 09:00–10:30 (Bangkok, UTC+7)" in on


def letters() -> list[Letter]:
    query = select(Letter).where(Letter.kind == "agenda/mail/sessions_changed.txt").order_by(Letter.id)
    return list(db.session.scalars(query))


def publish_together(app: Flask, meeting: Meeting, publishers: int = 6) -> list[str]:
    """Several organizers publish at once, each with a change of their own. Returns what they were told."""
    told: list[str] = []
    start = Barrier(publishers)
    meeting_id = meeting.id

    def publish(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    mine = db.session.get_one(Meeting, meeting_id)
                    release(mine, by=None, at=TODAY)
            except Refused:
                told.append("nothing new")
            except Exception as error:  # noqa: BLE001 -- told by the test
                told.append(type(error).__name__)
            else:
                told.append("published")
            finally:
                db.session.remove()

    threads = [Thread(target=publish, args=(number,)) for number in range(publishers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.rollback()
    return sorted(told)


def test_of_two_who_publish_at_once_one_does(app: Flask, meeting: Meeting) -> None:
    assert publish_together(app, meeting) == ["nothing new"] * 5 + ["published"]
    assert list(db.session.scalars(select(Release.number))) == [1]


def test_without_the_lock_two_make_the_same_version(
    app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the test above would see it: everybody reads first, and only then does anybody write."""
    read_all = Barrier(6)
    look: Callable[[Meeting], Release | None] = newest_release

    def slow(meeting: Meeting) -> Release | None:
        found = look(meeting)
        read_all.wait(20)
        return found

    monkeypatch.setattr(releasing, "lock", lambda _row: None)
    monkeypatch.setattr(drafting, "newest_release", slow)
    monkeypatch.setitem(globals(), "transaction", careless)
    told = publish_together(app, meeting)
    assert told != ["nothing new"] * 5 + ["published"]


@contextmanager
def careless() -> Iterator[None]:
    """A transaction that does not say beforehand that it will write."""
    db.session.rollback()
    yield
    db.session.commit()


def test_numbers_have_no_gaps(meeting: Meeting) -> None:
    for number in range(4):
        with transaction():
            session("S1").title = f"Title {number}"
        published(meeting)
    with pytest.raises(Refused):
        published(meeting)
    with transaction():
        session("S1").title = "Last"
    assert published(meeting).number == 5


def test_what_changed_since_a_release_is_found_among_what_was_touched(meeting: Meeting) -> None:
    asked = make.role(make.session(meeting, code="S3"), state="invited")
    with transaction():
        last = release(meeting, by=None, at=TODAY)
    later = TODAY + HOUR
    assert changed_since(meeting, last) == []

    session = db.session.scalars(select(Session).where(Session.code == "S1")).one()
    with transaction():
        starts, ends = session.starts_at, session.ends_at + HOUR
        move(session, starts_at=starts, ends_at=ends, room_id=None, by=None, at=later)
        answer_role(asked, accepts=True, at=TODAY - HOUR, by=None)

    assert [one.code for one in changed_since(meeting, last)] == ["S1"]
    with transaction():
        answer_role(asked, accepts=False, at=later, by=None)
        answer_role(asked, accepts=True, at=later, by=None)
    changed = changed_since(meeting, last)
    assert [one.code for one in changed] == ["S1", "S3"]
    assert changed == draft_difference(meeting)


def test_what_many_sessions_have_alike_is_in_memory_once(meeting: Meeting) -> None:
    for code in ("S4", "S5"):
        one = make.session(meeting, code=f"A{code}", starts_at=NINE, ends_at=NINE + timedelta(hours=1))
        make.role(one, name="Ada Byron", organization="Ministry of Posts")
        make.role(one, "moderator", name=f"Li {code}", organization="Ministry of Posts")
    published(meeting)
    agenda = released(meeting)
    assert agenda
    first, second = (agenda.by_code[code] for code in ("AS4", "AS5"))
    assert first.roles[0] is second.roles[0] and first.starts_at is second.starts_at
    assert first.roles[1].organization is second.roles[1].organization
    assert (first.roles[1].name, second.roles[1].name) == ("Li S4", "Li S5")
