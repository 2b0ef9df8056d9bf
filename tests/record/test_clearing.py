from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.mail.models import Letter
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.clearing.actions import approve, publish, send_back, submit_session
from eventapp.record.confirmations.actions import ask_to_confirm
from eventapp.record.confirmations.queries import notes_to_confirm
from eventapp.record.notes.models import Note
from eventapp.record.published.queries import public_notes
from eventapp.record.sessions.queries import record_of
from tests import make
from tests.make import TODAY
from tests.make_floor import asked, begun
from tests.make_record import note

LATER = TODAY + timedelta(hours=1)


def handed_in(session: Session) -> None:
    with transaction():
        submit_session(session, by=None, at=TODAY, despite="Time was short.")


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.subject).order_by(Letter.id)))


def test_handing_in_moves_every_draft(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session)
    handed_in(session)

    assert made.state == "submitted"
    record = record_of(session)
    assert record is not None
    assert record.submitted_at == TODAY


def test_an_empty_session_is_not_handed_in(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session, off_record=True)
    with pytest.raises(Refused):
        handed_in(session)


def test_a_note_without_a_line_stops_the_handing_in(app: Flask) -> None:
    session = make.session(make.meeting(), code="S3")
    note(session, action_lines=())
    with pytest.raises(Refused, match="S3-01"):
        handed_in(session)


def test_what_is_off_the_record_stays_a_draft(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session)
    quiet = note(session, off_record=True)
    handed_in(session)
    assert quiet.state == "draft"


def test_a_speaker_sees_their_own_words_only(app: Flask) -> None:
    session = make.session(make.meeting())
    speaker = make.role(session, person_id=make.person().id)
    mine = note(session, role_id=speaker.id)
    note(session, "Somebody else's words.")
    note(session, "Between us.", role_id=speaker.id, off_record=True)
    handed_in(session)
    assert notes_to_confirm(session, speaker) == [mine]


def test_nobody_is_asked_without_an_address_or_without_notes(app: Flask) -> None:
    session = make.session(make.meeting())
    unknown = make.role(session, "moderator")
    with pytest.raises(Refused, match="No e-mail address"), transaction():
        ask_to_confirm(session, unknown, by=None, at=TODAY)
    known = make.role(session, "moderator", person_id=make.person().id)
    with pytest.raises(Refused, match="No submitted note"), transaction():
        ask_to_confirm(session, known, by=None, at=TODAY)
    assert letters() == []


@pytest.mark.parametrize("state", ["submitted", "confirmed"])
def test_an_organizer_approves(app: Flask, state: str) -> None:
    meeting = make.meeting()
    made = note(make.session(meeting), state=state)
    with transaction():
        approve(made, by=None, at=LATER)
    assert made.state == "approved"


def test_drafts_and_what_is_off_the_record_are_not_approved(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    for made in (note(session), note(session, off_record=True, state="submitted")):
        with pytest.raises(Refused), transaction():
            approve(made, by=None, at=LATER)
    assert set(db.session.scalars(select(Note.state))) == {"draft", "submitted"}


def test_off_the_record_leaves_by_no_road(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    note(session, off_record=True, state="approved")
    note(session, off_record=True, state="published")
    assert public_notes(session) == []


def test_a_note_goes_back_with_the_reason(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S3")
    made = note(session, by=make.staff(meeting, RAPPORTEUR), state="confirmed")
    with transaction():
        send_back(made, "Which year?", by=None, at=LATER)
    assert (made.state, made.returned_for, letters()) == ("draft", "Which year?", ["Note S3-01 needs a change"])

    handed_in(session)
    assert (made.state, made.returned_for) == ("submitted", "")


def test_only_approved_notes_are_published_and_then_everybody_reads_them(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session, state="submitted")
    with pytest.raises(Refused), transaction():
        publish([made], by=None, at=LATER)
    with transaction():
        approve(made, by=None, at=LATER)
        publish([made], by=None, at=LATER)
    assert public_notes(session) == [made]


def test_nobody_is_asked_without_end(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session)
    role = make.role(session, "moderator", person_id=make.person().id)
    handed_in(session)
    for _ in range(4):
        with transaction():
            ask_to_confirm(session, role, by=None, at=TODAY)
    with pytest.raises(Refused, match="several times"), transaction():
        ask_to_confirm(session, role, by=None, at=TODAY + timedelta(minutes=59))
    with transaction():
        ask_to_confirm(session, role, by=None, at=TODAY + timedelta(minutes=61))


def test_the_clock_of_the_floor_stops_when_the_session_is_handed_in(app: Flask) -> None:
    """It ran on afterwards, to 25 minutes and more."""
    session = make.session(make.meeting())
    note(session)
    speaking = begun(asked(session))
    handed_in(session)
    assert speaking.ended_at == TODAY
