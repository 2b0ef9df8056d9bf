"""A plan of which nothing changed since it was published: the version, as large as the meeting, is not read again."""

import pytest
from flask import Flask
from sqlalchemy import update

from eventapp.agenda.models import SpeakingRole
from eventapp.agenda.queries import newest_release, released
from eventapp.agenda.releases import manage
from eventapp.agenda.releases.actions import changed_since, draft_difference
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_agenda import NINE, published

PAGE = "/meetings/spring/manage/agenda/releases"


def test_the_version_is_read_once_for_each_process(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, code="S1", starts_at=NINE)
    assert changed_since(meeting, published(meeting, at=session.changed_at)) == []
    db.session.expire_all()
    with counted() as sent:
        last = newest_release(meeting)
        assert last is not None
        assert changed_since(meeting, last) == []
    assert not [one for one in sent if "release.content" in one]
    with transaction():
        session.title = "Another title"
        session.changed_at = session.changed_at.replace(microsecond=1)
    last = newest_release(meeting)
    assert last is not None
    assert [one.code for one in changed_since(meeting, last)] == ["S1"]


def test_the_agenda_is_read_once_and_called_as_its_room_is_now(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    hall = make.room(meeting, name="Hall")
    make.session(meeting, code="S1", starts_at=NINE, room_id=hall.id)
    published(meeting)

    def shown() -> tuple[list[str], list[str]]:
        """What the agenda calls its rooms, and the columns of versions that were read for it."""
        db.session.expire_all()
        with counted() as sent:
            agenda = released(meeting)
        assert agenda is not None
        large = [one for one in ("content", "difference") if f"release.{one}" in " ".join(sent)]
        return [one.name for one in agenda.rooms], large

    assert shown()[0] == ["Hall"]
    assert shown() == (["Hall"], [])
    with transaction():
        hall.name = "Great hall"
    assert shown() == (["Great hall"], ["content"])
    assert shown() == (["Great hall"], [])


def test_a_name_that_was_erased_in_a_part_waits_for_the_next_version(app: Flask) -> None:
    """Erasing fills names of parts by one statement, and touches no session."""
    meeting = make.meeting(slug="spring")
    role = make.role(make.session(meeting, code="S1", starts_at=NINE), name="Ada", state="confirmed")
    make.role(make.session(meeting, code="S2", starts_at=NINE), name="Ben", state="confirmed")
    last = published(meeting, at=role.session.changed_at)
    assert draft_difference(meeting) == []
    with transaction():
        db.session.execute(update(SpeakingRole).where(SpeakingRole.id == role.id).values(name="a participant"))
    db.session.expire_all()
    assert changed_since(meeting, last) == []
    assert [(one.code, set(one.fields)) for one in draft_difference(meeting)] == [("S1", {"people"})]


def test_a_room_that_has_another_code_waits_for_the_next_version(app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    first = make.session(meeting, code="S1", starts_at=NINE, room=make.room(meeting, code="A"))
    make.session(meeting, code="S2", starts_at=NINE, room=make.room(meeting, code="B"))
    published(meeting, at=first.changed_at)
    assert first.room is not None
    with transaction():
        first.room.code = "C"
    assert [(one.code, set(one.fields)) for one in draft_difference(meeting)] == [("S1", {"room"})]


def test_the_page_of_versions_shows_ten_and_reads_none_of_them_whole(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "SESSIONS", 1)
    meeting = make.meeting(slug="spring")
    sessions = [make.session(meeting, code=code, starts_at=NINE) for code in ("S1", "S2", "S3")]
    for number in range(12):
        with transaction():
            for session in sessions:
                session.title = f"Title {number}"
        published(meeting)
    client.sign_in(make.staff(meeting, ORGANIZER))
    with counted() as sent:
        page = client.get(PAGE).text
    assert ">Version 12<" in page and ">Version 3<" in page and ">Version 2<" not in page
    assert "2 more." in page
    assert len([one for one in sent if one.startswith("SELECT release.content")]) == 1
    assert ">Version 1<" in client.get(f"{PAGE}?page=2").text
