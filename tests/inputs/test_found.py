"""Inputs and cards are found with the notes, by who records the meeting, on both databases alike."""

from datetime import timedelta

import flask_migrate
from flask import Flask
from sqlalchemy import select

from config import ROOT
from eventapp.agenda.models import Session
from eventapp.drafts.actions import Sent
from eventapp.ground.db import db, transaction
from eventapp.inputs.actions import send, withdraw
from eventapp.meetings.models import RAPPORTEUR, Meeting
from eventapp.record.search.query import Question, found
from tests import make, make_inputs, make_practices
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import note
from tests.record.test_search import everything


def references(meeting: Meeting, **asked: str) -> list[str]:
    return [row.reference for row in found(meeting, Question(**asked), sessions=None, page=1).rows]


def filled() -> Meeting:
    """A meeting with a note, an input and a card that speak of radio."""
    meeting = make.meeting()
    session = make.session(meeting, code="S1")
    make_inputs.call(meeting)
    make_inputs.sent(meeting, country="NPL", passages={"C9": "Rádio reaches farmers.", "C2": "Towers are shared."})
    make_practices.sent(session, action_lines=("C9", "C7-EAGR"), goals=(2, 9))
    note(session, "Radio first.", action_lines=("C9",), goals=(9,))
    return meeting


def test_inputs_and_cards_are_found_with_the_notes(app: Flask) -> None:
    meeting = filled()
    assert references(meeting, q="radio") == ["S1-01", "GP-01", "IN-01"]
    assert references(meeting, q="towers SHARED") == ["IN-01"]
    assert references(meeting, q="in-01") == ["IN-01"]


def test_they_are_narrowed_down_as_notes_are(app: Flask) -> None:
    meeting = filled()
    for asked, answers in (
        ({"kind": "input"}, ["IN-01"]),
        ({"kind": "card"}, ["GP-01"]),
        ({"kind": "good-practice"}, ["GP-01"]),
        ({"line": "C9"}, ["S1-01", "GP-01", "IN-01"]),
        ({"line": "C2"}, ["IN-01"]),
        ({"goal": "9"}, ["S1-01", "GP-01"]),
        ({"country": "NPL"}, ["IN-01"]),
        ({"country": "BTN"}, ["GP-01"]),
        ({"session": "S1"}, ["S1-01", "GP-01"]),
        ({"speaker": "pema"}, ["GP-01"]),
        ({"speaker": "radio network"}, ["IN-01"]),
        ({"state": "submitted"}, ["GP-01", "IN-01"]),
        ({"state": "draft"}, ["S1-01"]),
    ):
        assert references(meeting, **asked) == answers, asked


def test_what_is_not_sent_or_taken_back_is_not_found(app: Flask) -> None:
    meeting = make.meeting()
    make_inputs.call(meeting)
    written, _registration = make_inputs.begun(meeting)
    make_practices.invited(make.session(meeting))
    assert references(meeting, kind="input") == references(meeting, kind="card") == []
    with transaction():
        send(written, make_inputs.said(), Sent(0), at=TODAY, public=True, token="")
    assert references(meeting, q="radio") == ["IN-01"]
    with transaction():
        withdraw(written, at=TODAY + timedelta(hours=1))
    assert references(meeting, q="radio") == []
    with transaction():
        send(written, make_inputs.said(overview="Television."), Sent(written.version), at=TODAY, public=True, token="")
    assert references(meeting, q="television") == ["IN-01"]


def test_who_records_one_session_finds_no_cards_and_no_inputs(client: PageClient) -> None:
    """They could not open them; whoever records the meeting finds them and can."""
    meeting, me = filled(), make.person("Arjun Prasad")
    session = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id)).one()
    make.role(session, "rapporteur", person_id=me.id)
    address = f"/meetings/{meeting.slug}/record/search?q=radio"

    mine = client.sign_in(me).get(address).text
    assert ("S1-01" in mine, "GP-01" in mine, "IN-01" in mine) == (True, False, False)

    page = client.sign_in(make.staff(meeting, RAPPORTEUR)).get(address).text
    for place in ("manage/practices/1", "manage/inputs/1", "record/S1/1"):
        assert f'href="/meetings/{meeting.slug}/{place}"' in page
        assert client.get(f"/meetings/{meeting.slug}/{place}").status_code == 200


def test_what_was_sent_before_they_could_be_found_is_found_too(app: Flask) -> None:
    filled()
    before = everything()
    [migration] = (ROOT / "migrations/versions").glob("*_find_inputs_and_cards.py")
    number = int(migration.name.split("_")[0])

    db.session.remove()
    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision=f"{number - 1:04d}")
    assert len(everything()) == 1
    db.session.remove()
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))

    assert everything() == before
    assert len(before) == 3
