"""A version is worked out with nothing held: what anybody changes meanwhile is in it, or it is not published."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Release, Session, SpeakingRole
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases import actions as releasing
from eventapp.agenda.releases.actions import draft_difference, publish, release
from eventapp.agenda.releases.content import digest_of
from eventapp.agenda.releases.drafted import Drafted, draft_content
from eventapp.ground.db import db, lock, transaction
from eventapp.ground.db.apart import TRIES
from eventapp.ground.refusal import Refused
from eventapp.mail.models import Letter
from eventapp.meetings.models import Body, Meeting, Room, SessionKind
from eventapp.meetings.wordings.models import Wording
from eventapp.people.models import Person
from tests import make
from tests.make import TODAY
from tests.make_agenda import NINE, published
from tests.slowly import slowly

pytestmark = pytest.mark.usefixtures("app")

HOUR = timedelta(hours=1)
Act = Callable[[], None]


def clock() -> datetime:
    return TODAY + HOUR


@pytest.fixture
def meeting() -> Meeting:
    """Two sessions of a body in the hall; Ada speaks in the first. Published, and then the first was moved."""
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, code="A", name="Hall")
    body = make.kept(Body(meeting_id=meeting.id, code="COM", name="Committee"))
    make.kept(SessionKind(meeting_id=meeting.id, code="own", name="Dialogue", colour="#004d6e", shape="disc"))
    ada = make.person("Ada", email="ada@example.org")
    for number, hours in ((1, 0), (2, 2)):
        at = NINE + hours * HOUR
        make.session(
            meeting, code=f"S{number}", title=f"Title {number}", room_id=hall.id, body_id=body.id, starts_at=at
        )
    make.role(the("S1"), name="Ada", person_id=ada.id)
    published(meeting)
    with transaction():
        one = the("S1")
        one.starts_at, one.ends_at, one.changed_at = one.starts_at + HOUR, one.ends_at + HOUR, TODAY
    return meeting


def the(code: str) -> Session:
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def change_meanwhile(monkeypatch: pytest.MonkeyPatch, act: Act, times: int = 1) -> list[Drafted]:
    """Let somebody do this after a version was worked out and before it is written. Returns each that was."""
    return slowly(monkeypatch, releasing, "drafted", act, times)


def rename() -> None:
    the("S2").title += " again"


def answer() -> None:
    db.session.scalars(select(SpeakingRole)).one().name = "Ada Lovelace"


def end_part() -> None:
    db.session.scalars(select(SpeakingRole)).one().ended_at = TODAY


def add_session() -> None:
    old = the("S2")
    facts = {name: getattr(old, name) for name in ("meeting_id", "kind", "starts_at", "ends_at", "interpretation")}
    db.session.add(Session(code="S3", title="Third", uid="third@example.org", changed_at=TODAY, **facts))


def rename_room() -> None:
    db.session.scalars(select(Room)).one().name = "Great hall"


def rename_body() -> None:
    db.session.scalars(select(Body)).one().name = "Commission"


def rename_kind() -> None:
    db.session.scalars(select(SessionKind)).one().name = "Talk"


def rename_meeting() -> None:
    db.session.scalars(select(Meeting)).one().title = "Autumn review"


CHANGES: list[Act] = [rename, answer, end_part, add_session, rename_room, rename_body, rename_kind, rename_meeting]


@pytest.mark.parametrize("act", CHANGES, ids=lambda act: act.__name__)
def test_what_is_changed_meanwhile_is_in_the_version(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    worked_out = change_meanwhile(monkeypatch, act)
    assert publish(meeting, by=None, clock=clock) == 2
    assert [one.last for one in worked_out] == [1, 1]
    assert kept(meeting) == would_be_kept(meeting)


@pytest.mark.parametrize("act", CHANGES, ids=lambda act: act.__name__)
def test_without_the_proof_it_would_be_lost(meeting: Meeting, monkeypatch: pytest.MonkeyPatch, act: Act) -> None:
    """The control: the same where nobody looks whether anything changed."""
    worked_out = change_meanwhile(monkeypatch, act)
    monkeypatch.setattr(releasing, "prove", lambda meeting, _ready: lock(meeting))
    publish(meeting, by=None, clock=clock)
    assert [one.last for one in worked_out] == [1]
    assert kept(meeting) != would_be_kept(meeting)


def kept(meeting: Meeting) -> object:
    db.session.rollback()
    last = newest_release(meeting)
    assert last
    assert last.digest == digest_of(last.content)
    return last.content


def would_be_kept(meeting: Meeting) -> object:
    """What a version made now would keep, as the one before the last is compared with it."""
    before = db.session.scalars(select(Release).where(Release.number == 1)).one()
    return draft_content(meeting, before)


def test_a_letter_goes_to_the_newest_address(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    def move_on() -> None:
        db.session.scalars(select(Person).where(Person.name == "Ada")).one().email = "lovelace@example.org"

    worked_out = change_meanwhile(monkeypatch, move_on)
    publish(meeting, by=None, clock=clock)
    assert [one.last for one in worked_out] == [1, 1]
    assert [one.to for one in letters()] == ["lovelace@example.org"]


def test_a_letter_is_in_the_newest_words_of_the_meeting(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    number = meeting.id

    def reword() -> None:
        facts = {"letter": "sessions_changed", "language": "en", "changed_at": TODAY}
        db.session.add(Wording(meeting_id=number, subject="Look again", text="Dear {name}: {changes}", **facts))

    worked_out = change_meanwhile(monkeypatch, reword)
    publish(meeting, by=None, clock=clock)
    assert [one.last for one in worked_out] == [1, 1]
    assert [one.subject for one in letters()] == ["Look again"]


def letters() -> list[Letter]:
    query = select(Letter).where(Letter.about.like("person:%")).order_by(Letter.id)
    return list(db.session.scalars(query))


def test_it_is_refused_where_the_draft_changes_each_time(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out = change_meanwhile(monkeypatch, rename, times=TRIES)
    with pytest.raises(Refused, match="again and again"):
        publish(meeting, by=None, clock=clock)
    assert [one.last for one in worked_out] == [1] * TRIES
    assert list(db.session.scalars(select(Release.number))) == [1]
    assert letters() == []
    monkeypatch.undo()
    assert publish(meeting, by=None, clock=clock) == 2


def test_both_roads_keep_and_send_the_same(meeting: Meeting) -> None:
    publish(meeting, by=None, clock=clock, remark="Moved")
    apart, told = newest_release(meeting), [(one.to, one.subject, one.text) for one in letters()]
    assert apart
    found = (apart.content, apart.digest, apart.difference, apart.released_at, apart.remark)
    with transaction():
        for letter in letters():
            db.session.delete(letter)
        db.session.delete(apart)
    with transaction():
        inside = release(meeting, by=None, at=clock(), remark="Moved")
    assert (inside.content, inside.digest, inside.difference, inside.released_at, inside.remark) == found
    assert [(one.to, one.subject, one.text) for one in letters()] == told
    assert len(told) == 1
    assert draft_difference(meeting) == []


def test_who_saw_an_older_version_is_told(meeting: Meeting) -> None:
    assert publish(meeting, by=None, clock=clock, seen="1") == 2
    assert publish(meeting, by=None, clock=clock, seen="1") == 2  # pressed twice
    with transaction():
        rename()
    with pytest.raises(Refused, match="Somebody published the agenda meanwhile"):
        publish(meeting, by=None, clock=clock, seen="1")
    assert publish(meeting, by=None, clock=clock, seen="2") == 3


def test_nothing_is_published_where_nothing_changed(app: Flask, meeting: Meeting) -> None:
    publish(meeting, by=None, clock=clock)
    with pytest.raises(Refused, match="Nothing has changed since version 2"):
        publish(meeting, by=None, clock=clock)
    told = app.test_cli_runner().invoke(args=["agenda", "release", "spring"])
    assert told.exit_code == 1
    assert "Nothing has changed" in told.output
