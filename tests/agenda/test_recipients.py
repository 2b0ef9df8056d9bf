"""Before a version is published its page says who gets a letter and who has not accepted; publishing writes to just these."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.queries import session_at
from eventapp.agenda.releases import manage
from eventapp.agenda.releases.actions import draft_difference
from eventapp.agenda.roles import queries
from eventapp.agenda.roles.queries import recipients_of, unanswered
from eventapp.agenda.sessions.actions import cancel_session, move
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, Meeting
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_agenda import NINE, published

HOUR = timedelta(hours=1)
BEFORE = NINE - timedelta(days=3)
PAGE = "/meetings/spring/manage/agenda/releases"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Ada chairs and speaks in S1 and speaks in S2, Ben was invited to S2, Cleo declined it; S3 has Dan. Published."""
    monkeypatch.setattr(manage, "now", lambda: BEFORE)
    meeting = make.meeting(slug="spring")
    people = {name: make.person(name, email=f"{name}@example.org") for name in ("Ada", "Ben", "Cleo", "Dan")}
    for number, parts in enumerate(
        (
            "Ada moderator confirmed|Ada speaker confirmed",
            "Ada speaker confirmed|Ben speaker invited|Cleo speaker declined",
            "Dan speaker confirmed",
        )
    ):
        planned = make.session(meeting, code=f"S{number + 1}", starts_at=NINE + 2 * number * HOUR)
        for name, role, state in (one.split() for one in parts.split("|")):
            make.role(planned, person_id=people[name].id, name=name, role=role, state=state)
    make.role(session(meeting, "S2"), name="Eve", state="invited")
    published(meeting, at=BEFORE)
    return meeting


def session(meeting: Meeting, code: str) -> Session:
    found = session_at(meeting, code)
    assert found is not None
    return found


def hears(meeting: Meeting, at: datetime = BEFORE) -> dict[str, list[str]]:
    found = recipients_of(meeting, draft_difference(meeting), at=at)
    return {person.name: [one.code for one in theirs] for person, theirs in found.items()}


def later(meeting: Meeting, *codes: str) -> None:
    for code in codes:
        one = session(meeting, code)
        starts_at, ends_at = one.starts_at + HOUR / 4, one.ends_at + HOUR / 4
        with transaction():
            move(one, starts_at=starts_at, ends_at=ends_at, room_id=one.room_id, by=None, at=BEFORE)


def test_who_is_named_gets_the_letter_and_nobody_else(client: PageClient, meeting: Meeting) -> None:
    later(meeting, "S1", "S2")
    assert hears(meeting) == {"Ada": ["S1", "S2"], "Ben": ["S2"]}
    client.sign_in(make.staff(meeting, ORGANIZER, make.person("Lucia Fong")))
    page = client.get(PAGE).text
    assert "2 people get a letter" in page
    assert client.post(PAGE, data={"seen": "1", "remark": ""}).status_code == 303
    written = db.session.scalars(select(Letter.to).where(Letter.kind == "agenda/mail/sessions_changed.txt"))
    assert sorted(written) == ["Ada@example.org", "Ben@example.org"]


def test_what_is_over_or_has_only_another_title_is_told_to_nobody(client: PageClient, meeting: Meeting) -> None:
    with transaction():
        session(meeting, "S3").title = "Another title"
    assert hears(meeting) == {}
    client.sign_in(make.staff(meeting, ORGANIZER, make.person("Lucia Fong")))
    assert "Publishing writes to nobody." in client.get(PAGE).text
    with transaction():
        cancel_session(session(meeting, "S3"), by=None, at=BEFORE)
    assert hears(meeting) == {"Dan": ["S3"]}
    assert hears(meeting, at=NINE + 9 * HOUR) == {}


def test_parts_that_nobody_accepted_are_listed_and_the_rest_counted(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(meeting, "S1")
    assert [one.name for one in unanswered(meeting).parts] == ["Ben", "Eve"]
    client.sign_in(make.staff(meeting, ORGANIZER, make.person("Lucia Fong")))
    page = client.get(PAGE).text
    assert "2 parts are not accepted yet" in page and "no email address" in page
    monkeypatch.setattr(queries, "MOST", 1)
    assert [len(unanswered(meeting).parts), unanswered(meeting).total] == [1, 2]
    with transaction():
        cancel_session(session(meeting, "S2"), by=None, at=BEFORE)
    assert unanswered(meeting).total == 0


def test_the_number_of_queries_is_that_of_one_person(meeting: Meeting) -> None:
    later(meeting, "S1", "S2")
    found = draft_difference(meeting)
    with counted() as queries:
        recipients_of(meeting, found, at=BEFORE)
    assert len(queries) == 1
