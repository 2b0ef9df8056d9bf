"""A live change is worked out from the last version before the lock: it is the same version, and never an older one."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release, session_at
from eventapp.agenda.releases.content import digest_of
from eventapp.agenda.releases.live import Prepared, prepared
from eventapp.ground.db import transaction
from eventapp.ground.db.apart import TRIES
from eventapp.ground.refusal import Refused
from eventapp.live.late import at_once
from eventapp.live.late.actions import Press
from eventapp.live.late.queries import lateness
from eventapp.meetings.models import Meeting
from tests import make
from tests.make_agenda import NINE, published

WORDS = "Réseaux · شبكات"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring")
    room = make.room(meeting, name="Hall")
    make.session(meeting, code="S2", title=WORDS, starts_at=NINE, room_id=room.id)
    make.session(meeting, code="S1", title="First", starts_at=NINE, room_id=room.id)
    published(meeting)
    return meeting


def press(meeting: Meeting) -> None:
    session = session_named(meeting, "S1")
    late = lateness(session, 10, everywhere=False, at=NINE)
    at_once.let_run_late(session, Press(10, late.seen), by=None, at=NINE)


def session_named(meeting: Meeting, code: str) -> Session:
    session = session_at(meeting, code)
    assert session is not None
    return session


def titled_anew(meeting: Meeting, number: int) -> None:
    """Another title, published."""
    with transaction():
        session_named(meeting, "S2").title = f"Title {number}"
    published(meeting, at=NINE)


def with_somebody_between(times: int) -> Callable[[Meeting], Prepared | None]:
    """As `prepared`, with another version right after it, so many times."""
    left = list(range(times))

    def read(meeting: Meeting) -> Prepared | None:
        ready = prepared(meeting)
        if left:
            titled_anew(meeting, left.pop())
        return ready

    return read


def test_what_is_put_together_from_pieces_has_the_digest_of_the_whole(meeting: Meeting) -> None:
    press(meeting)
    last = newest_release(meeting)
    assert last is not None
    assert (last.number, last.digest) == (2, digest_of(last.content))
    assert {one["title"] for one in last.content["sessions"]} == {WORDS, "First"}


def test_a_version_that_comes_meanwhile_is_in_it(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "prepared", with_somebody_between(1))
    press(meeting)
    last = newest_release(meeting)
    assert last is not None
    assert last.number == 3
    assert "Title 0" in [one["title"] for one in last.content["sessions"]]


def test_where_versions_never_cease_it_says_so(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "prepared", with_somebody_between(TRIES))
    with pytest.raises(Refused, match="published again meanwhile"):
        press(meeting)
