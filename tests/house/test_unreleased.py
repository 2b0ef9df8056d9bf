"""What no release holds is read by those who plan it: every address open to anybody, and to registered people, is read for it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.releases.actions import release
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.operations.permissions import Line, lines
from eventapp.people.models import Person
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.summaries.models import SummaryRevision
from eventapp.registration.entry import calendar_token, own_token
from eventapp.registration.queries import registration_of
from tests import make, make_record
from tests.browserless import PageClient
from tests.house.world import PARTICIPANT, VISITOR, World

CANARY = "Zanzibarquetzal"
DRAFT, CHANGED = "S77", "S8"  # in no release; released, and planned anew since
NEW_TIME = re.compile(r"\b(12:23|05:23)\b")  # of both, where the meeting is and in UTC
PUBLIC = ("anyone", "see_meeting")
# Whoever holds one of these links was asked by letter about this very session, or to read a report before it is out.
ASKED_ABOUT_IT = (
    "/roles/",
    "/practices/",
    "/confirmations/",
    "/clearances/",
    "/inputs/",
    "/focal-points/",
    "/invitations/",
    "/sign-in/",
    "/first-administrator/",
    "/unsubscribe/",
)


@pytest.fixture
def world(app: Flask) -> World:
    """A released meeting, then a new session and another one changed; both have a published note and a summary."""
    world, at = World(), make.TODAY
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == "spring")).one()
    with transaction():
        release(meeting, by=None, at=at)
    room = make.room(meeting, code="CANARY", name=CANARY)
    starts = meeting.registration_closes_at.replace(hour=5, minute=23) + timedelta(days=7)
    draft = make.session(meeting, code=DRAFT)
    make_record.note(draft, state="published")
    make.kept(SessionRecord(session_id=draft.id, summary_head=1, approved_head=1, submitted_at=at))
    changed = db.session.scalars(select(Session).where(Session.code == CHANGED)).one()
    for session in (draft, changed):
        role = make.role(session, name=f"{CANARY} Ada", organization=CANARY)
        content = {"discussion": "Words.", "presentations": [[role.id, "She showed radios."]]}
        with transaction():
            db.session.add(SummaryRevision(session_id=session.id, number=9, at=at, content=content))
            record = db.session.scalars(select(SessionRecord).where(SessionRecord.session_id == session.id)).one()
            record.summary_head = record.approved_head = 9
            session.title, session.summary, session.agenda_item = f"{CANARY} title", CANARY, "77"
            session.room_id, session.starts_at, session.ends_at = room.id, starts, starts + timedelta(hours=1)
    return world


def addresses(app: Flask, world: World) -> Iterator[str]:
    meeting_id = db.session.scalars(select(Meeting.id).where(Meeting.slug == "spring")).one()
    registration = registration_of(world.people[PARTICIPANT], meeting_id)
    assert registration is not None
    for line in lines(app):
        if line.method == "GET" and is_read(line):
            token = calendar_token(registration) if line.path.startswith("/calendars/") else own_token(registration)
            for code in (DRAFT, CHANGED, "S9"):
                yield filled(line, {**world.of_path(line.path), "code": code, "token": token})
    yield from (f"/meetings/spring/outcomes?q={word}" for word in ("radio", "S77"))
    yield "/commitments?q=radio"


def is_read(line: Line) -> bool:
    return line.rule in PUBLIC or (line.rule == "hold_link" and not line.path.startswith(ASKED_ABOUT_IT))


def filled(line: Line, samples: dict[str, object]) -> str:
    return re.sub(r"<([^>]+)>", lambda found: str(samples[found.group(1).split(":")[-1]]), line.path)


def leaks(app: Flask, world: World) -> set[str]:
    """The addresses that say anything of what was not released."""
    found = set()
    for role in (VISITOR, PARTICIPANT):
        client = app.test_client()
        assert isinstance(client, PageClient)
        client.lint = False
        if role != VISITOR:
            client.sign_in(db.session.get_one(Person, world.people[role]))
        for path in dict.fromkeys(addresses(app, world)):
            answer = client.get(path)
            words = answer.data.decode("utf-8", errors="replace")
            assert answer.status_code < 500, path
            if CANARY in words or NEW_TIME.search(words):
                found.add(path)
    return found


def test_what_no_release_holds_is_read_by_nobody_else(app: Flask, world: World) -> None:
    assert leaks(app, world) == set()
    client = app.test_client()
    assert client.get(f"/meetings/spring/sessions/{DRAFT}/notes").status_code == 404
    assert "Session " in client.get(f"/meetings/spring/sessions/{CHANGED}/notes").text  # as it was released


def test_once_it_is_released_it_is_read_in_many_places(app: Flask, world: World) -> None:
    """The positive control: a walk that reads nothing would find nothing either."""
    with transaction():
        release(db.session.scalars(select(Meeting).where(Meeting.slug == "spring")).one(), by=None, at=make.TODAY)
    below = {
        "agenda", "agenda.ics", "agenda.json", "agenda.xml", "agenda.csv", "schedule.json", "agenda/changes", "agenda/changes.atom",
        "outcomes",
        *(f"sessions/{code}{ending}" for code in (DRAFT, CHANGED) for ending in ("", ".ics", "/notes")),
    }  # fmt: skip
    found = leaks(app, world)
    assert {f"/meetings/spring/{one}" for one in below} <= found
    assert {path for path in found if path.startswith(("/registrations/", "/calendars/", "/api/v1/"))}
