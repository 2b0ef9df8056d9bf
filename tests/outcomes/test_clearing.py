from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import RAPPORTEUR
from eventapp.outcomes.actions import revise
from eventapp.outcomes.clearing import (
    approve,
    ask_to_confirm,
    confirm,
    end_link,
    object_to,
    publish,
    send_back,
    submit_session,
    token_of,
)
from eventapp.outcomes.draft import draft_from
from eventapp.outcomes.queries import approved_notes, notes_to_confirm, public_notes, record_of, texts_kept
from eventapp.refusal import Refused
from tests import make
from tests.make import TODAY
from tests.make_outcomes import draft, note

LATER = TODAY + timedelta(hours=1)


def handed_in(session: Session) -> None:
    with transaction():
        submit_session(session, "Media came first.", by=None, at=TODAY, despite="Time was short.")


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.subject).order_by(Letter.id)))


def test_handing_in_moves_every_draft(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session)
    handed_in(session)

    assert made.state == "submitted"
    record = record_of(session)
    assert record is not None
    assert (record.summary, record.submitted_at) == ("Media came first.", TODAY)


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


def test_a_moderator_confirms_what_was_on_their_page(app: Flask) -> None:
    session = make.session(make.meeting(), code="S3")
    made = note(session)
    role = make.role(session, "moderator", person_id=make.person("Grace Hopper").id)
    handed_in(session)
    with transaction():
        asked = ask_to_confirm(session, role, by=None, at=TODAY)
    assert letters() == ["Please confirm the notes of session S3"]
    assert token_of(asked) in db.session.scalars(select(Letter.text)).one()

    with transaction():
        count = confirm(asked, {made.id: 1}, {}, at=LATER)
    assert (count, made.state, asked.answer) == (1, "confirmed", "confirmed")


def test_a_speaker_sees_their_own_words_only(app: Flask) -> None:
    session = make.session(make.meeting())
    speaker = make.role(session, person_id=make.person().id)
    mine = note(session, role_id=speaker.id)
    note(session, "Somebody else's words.")
    note(session, "Between us.", role_id=speaker.id, off_record=True)
    handed_in(session)
    assert notes_to_confirm(session, speaker) == [mine]


def test_what_changed_meanwhile_is_not_confirmed_unread(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session)
    role = make.role(session, "moderator", person_id=make.person().id)
    handed_in(session)
    with transaction():
        asked = ask_to_confirm(session, role, by=None, at=TODAY)
        revise(made, draft("Other words."), base=1, by=None, at=TODAY)
    with pytest.raises(Refused), transaction():
        confirm(asked, {made.id: 1}, {}, at=LATER)
    assert made.state == "submitted"


def test_a_correction_is_a_proposal_to_decide_on(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session, "Two per cent.")
    role = make.role(session, "moderator", person_id=make.person().id)
    handed_in(session)
    with transaction():
        asked = ask_to_confirm(session, role, by=None, at=TODAY)
    with transaction():
        confirm(asked, {made.id: 1}, {made.id: "Three per cent."}, at=LATER)
    assert (made.state, made.current.text) == ("submitted", "Two per cent.")
    assert [draft_from(kept.content).text for kept in texts_kept(made)] == ["Three per cent."]


@pytest.mark.parametrize("late", [timedelta(hours=24), timedelta(days=3)])
def test_the_link_is_good_for_a_day(app: Flask, late: timedelta) -> None:
    session = make.session(make.meeting())
    note(session)
    role = make.role(session, "moderator", person_id=make.person().id)
    handed_in(session)
    with transaction():
        asked = ask_to_confirm(session, role, by=None, at=TODAY)
    with pytest.raises(Refused), transaction():
        confirm(asked, {}, {}, at=TODAY + late)
    with pytest.raises(Refused), transaction():
        object_to(asked, "Not what I said.", at=TODAY + late)


def test_a_link_is_answered_once_and_can_be_ended(app: Flask) -> None:
    session = make.session(make.meeting())
    note(session)
    role = make.role(session, "moderator", person_id=make.person().id)
    handed_in(session)
    with transaction():
        first = ask_to_confirm(session, role, by=None, at=TODAY)
    with transaction():
        second = ask_to_confirm(session, role, by=None, at=TODAY)
    assert (first.is_open(LATER), second.is_open(LATER)) == (False, True)
    with transaction():
        object_to(second, "Not what I said.", at=LATER)
    with pytest.raises(Refused), transaction():
        object_to(second, "Again.", at=LATER)
    with transaction():
        third = ask_to_confirm(session, role, by=None, at=TODAY)
    with transaction():
        end_link(third, by=None, at=TODAY)
    assert not third.is_open(TODAY)


def test_nobody_is_asked_without_an_address_or_without_notes(app: Flask) -> None:
    session = make.session(make.meeting())
    with pytest.raises(Refused, match="No e-mail address"), transaction():
        ask_to_confirm(session, make.role(session, "moderator"), by=None, at=TODAY)
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
    assert (made.state, approved_notes(meeting)) == ("approved", [made])


def test_drafts_and_what_is_off_the_record_are_not_approved(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    for made in (note(session), note(session, off_record=True, state="submitted")):
        with pytest.raises(Refused), transaction():
            approve(made, by=None, at=LATER)
    assert approved_notes(meeting) == []


def test_off_the_record_leaves_by_no_road(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    note(session, off_record=True, state="approved")
    note(session, off_record=True, state="published")
    assert (approved_notes(meeting), public_notes(session)) == ([], [])


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
        publish(made, by=None, at=LATER)
    with transaction():
        approve(made, by=None, at=LATER)
        publish(made, by=None, at=LATER)
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
