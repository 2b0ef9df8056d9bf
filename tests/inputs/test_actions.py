from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.drafts import actions as drafts
from eventapp.drafts.actions import Sent
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.inputs.actions import (
    Invited,
    begin,
    deal_with,
    end_links,
    invite,
    keep,
    open_call,
    send,
    show_publicly,
    withdraw,
)
from eventapp.inputs.content import Contribution, contribution_from
from eventapp.inputs.entry import own_token
from eventapp.inputs.models import LINK, Input
from eventapp.inputs.passages import note_from
from eventapp.inputs.queries import STATES, InputFilter, call_of, numbers_found, public_inputs, said_by, state_of
from eventapp.links.queries import behind
from eventapp.mail.models import Letter
from eventapp.registration.entry import OWN, replace_link
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY
from tests.make_inputs import CLOSES, RADIO, begun, call, said, sent
from tests.make_record import draft

WINDOW, OTHER_WINDOW = 30 * "a", 30 * "b"
LATER = TODAY + timedelta(hours=1)


def link_of(written: Input, registration: Registration) -> str:
    with transaction():
        return own_token(written, registration, at=TODAY)


def opened_by(token: str) -> Input | None:
    """The input that this link opens now."""
    found = behind(LINK, token)
    return found[1] if found and found[0].is_open(TODAY) else None


def test_inputs_close_after_they_open(app: Flask) -> None:
    meeting = make.meeting()
    with pytest.raises(Refused), transaction():
        open_call(meeting, opens_at=TODAY, closes_at=TODAY, words="", by=None, at=TODAY)
    call(meeting)
    call(meeting, words="Write more.")
    found = call_of(meeting)
    assert found is not None
    assert (found.words, found.is_open(CLOSES - timedelta(seconds=1)), found.is_open(CLOSES)) == (
        "Write more.",
        True,
        False,
    )


def test_a_participant_begins_one_input_for_the_delegation(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    sender = make.delegation(meeting, "Bhutan", is_state=True, country="BTN")
    written, registration = begun(meeting, delegation=sender)
    assert (written.reference, written.content["behalf"], written.content["country"]) == ("IN-01", "delegation", "BTN")
    with transaction():
        assert begin(registration, at=LATER) is written
    assert opened_by(link_of(written, registration)) is written


@pytest.mark.parametrize("state", ["unconfirmed", "declined", "withdrawn"])
def test_only_who_is_registered_begins(app: Flask, state: str) -> None:
    meeting = make.meeting()
    call(meeting)
    registration = make.registration(meeting, state=state)
    with pytest.raises(Refused, match="registered"), transaction():
        begin(registration, at=TODAY)


@pytest.mark.parametrize("at", [TODAY - timedelta(days=2), CLOSES])
def test_nothing_is_taken_outside_the_dates(app: Flask, at: object) -> None:
    meeting = make.meeting()
    call(meeting)
    written, _registration = begun(meeting)
    for act in (
        lambda: begin(make.registration(meeting), at=at),  # type: ignore[arg-type]
        lambda: keep(written, said(), Sent(0), at=at),  # type: ignore[arg-type]
        lambda: send(written, said(), Sent(0), at=at, public=False, token=""),  # type: ignore[arg-type]
        lambda: withdraw(written, at=at),  # type: ignore[arg-type]
    ):
        with pytest.raises(Refused, match="not taken"):
            act()
        db.session.rollback()


def test_a_sent_input_is_acknowledged_and_corrected_and_every_text_stays(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    written = sent(meeting)
    letter = db.session.scalars(select(Letter).where(Letter.kind == "inputs/mail/received.txt")).one()
    assert "IN-01" in letter.subject and "Radio Network" in letter.text
    with transaction():
        deal_with(written, done=True, by=None, at=LATER)
    with transaction():
        send(written, said(overview="Four."), Sent(1), at=LATER, public=False, token="")
    assert (said_by(written).overview, written.head, written.dealt_at, written.public_since) == (
        "Four.",
        2,
        None,
        TODAY,
    )


def test_a_newer_text_is_never_written_over(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    written, _registration = begun(meeting)
    with transaction():
        keep(written, said(overview="First."), Sent(0), at=TODAY)
    with pytest.raises(Refused, match="another window"), transaction():
        keep(written, said(overview="Second."), Sent(0), at=TODAY)
    assert written.content["overview"] == "First."
    with transaction():
        keep(written, said(overview="Second."), Sent(1, over=True), at=TODAY)
    assert (written.content["overview"], written.head) == ("Second.", 1)


def kept_at_closing(app: Flask, mark: str) -> Input:
    """A text on its way when its window closes, and the last words of it, which knew no answer."""
    meeting = make.meeting()
    call(meeting)
    written, _registration = begun(meeting)
    with transaction():
        keep(written, said(overview="Half a"), Sent(0, f"{WINDOW}.1"), at=TODAY)
    with transaction():
        keep(written, said(overview="Half a sentence"), Sent(0, mark), at=TODAY)
    return written


def test_a_window_that_closes_before_it_is_answered_loses_nothing(app: Flask) -> None:
    written = kept_at_closing(app, f"{WINDOW}.2")
    assert (written.content["overview"], written.version, written.head) == ("Half a sentence", 2, 0)
    with transaction():
        keep(written, said(overview="Half a"), Sent(0, f"{WINDOW}.1"), at=TODAY)  # it came late
    assert written.content["overview"] == "Half a sentence"


@pytest.mark.parametrize("mark", ["", f"{OTHER_WINDOW}.2", "x.2"])
def test_no_other_window_writes_over_it_so(app: Flask, mark: str) -> None:
    with pytest.raises(Refused, match="another window"):
        kept_at_closing(app, mark)


def test_without_its_guard_another_window_would(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "follows", lambda *_all: True)
    assert kept_at_closing(app, f"{OTHER_WINDOW}.2").content["overview"] == "Half a sentence"


def test_a_window_whose_text_another_one_went_on_with_is_told(app: Flask) -> None:
    written = kept_at_closing(app, f"{WINDOW}.2")
    with transaction():
        keep(written, said(overview="Another"), Sent(2, f"{OTHER_WINDOW}.1"), at=TODAY)
    with pytest.raises(Refused, match="another window"), transaction():
        keep(written, said(overview="Half a sentence, ended"), Sent(2, f"{WINDOW}.3"), at=TODAY)
    assert written.content["overview"] == "Another"


@pytest.mark.parametrize(
    "fault", [{"overview": "", "passages": {}}, {"organization": ""}, {"passages": {"C9": "w " * 751}}]
)
def test_an_input_that_says_nothing_or_too_much_is_not_sent(app: Flask, fault: dict[str, object]) -> None:
    meeting = make.meeting()
    call(meeting)
    written, _registration = begun(meeting)
    with pytest.raises(Refused), transaction():
        send(written, said(**fault), Sent(0), at=TODAY, public=False, token="")
    assert written.sent_at is None


def test_an_input_that_was_taken_back_is_nobodys_source(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    call(meeting)
    written = sent(meeting)
    assert db.session.scalars(public_inputs(meeting)).all() == [written]
    with transaction():
        withdraw(written, at=LATER)
    assert (db.session.scalars(public_inputs(meeting)).all(), state_of(written)) == ([], "withdrawn")
    with pytest.raises(Refused), transaction():
        note_from(written, session, "C9", draft(), by=None, at=LATER, key="1")
    with pytest.raises(Refused), transaction():
        deal_with(written, done=True, by=None, at=LATER)


def test_what_is_public_is_the_senders_to_say_even_after_the_deadline(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    written = sent(meeting)
    with transaction():
        show_publicly(written, yes=False, at=CLOSES + timedelta(days=30))
    assert db.session.scalars(public_inputs(meeting)).all() == []


def test_an_open_window_does_not_say_again_that_it_is_public(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    written = sent(meeting)
    with transaction():
        show_publicly(written, yes=False, at=LATER)
    with transaction():
        send(written, said(overview="Four."), Sent(1), at=LATER, public=True, token="")
    assert (written.content["overview"], db.session.scalars(public_inputs(meeting)).all()) == ("Four.", [])
    with transaction():
        withdraw(written, at=LATER)
    with transaction():
        send(written, said(), Sent(2), at=LATER, public=True, token="")
    assert db.session.scalars(public_inputs(meeting)).all() == [written]


def test_many_notes_come_of_one_input_and_each_knows_its_source(app: Flask) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S3")
    call(meeting)
    written = sent(meeting)
    with transaction():
        first = note_from(written, session, "C9", draft("Radio reaches."), by=None, at=LATER, key="1")
        again = note_from(written, session, "C9", draft("Radio reaches."), by=None, at=LATER, key="1")
        second = note_from(written, session, "", draft("Three things."), by=None, at=LATER, key="2")
    assert first is again
    assert [(one.note.reference, one.part, one.revision) for one in written.notes] == [
        ("S3-01", "C9", 1),
        ("S3-02", "", 1),
    ]
    assert {first.origin, second.origin} == {"input:1"}


def test_an_invited_body_writes_by_a_link_that_can_be_ended(app: Flask) -> None:
    meeting = make.meeting()
    body = Invited("Mele Kalsakau", "mele@example.org", "TRBR", "VUT")
    with pytest.raises(Refused, match="from when"), transaction():
        invite(meeting, body, by=None, at=TODAY)
    call(meeting)
    with transaction():
        written, token = invite(meeting, body, by=None, at=TODAY)
    assert f"/inputs/{token}" in db.session.scalars(select(Letter.text)).one()
    assert opened_by(token) is written
    with pytest.raises(Refused, match="IN-01"), transaction():
        invite(meeting, body, by=None, at=TODAY)
    with transaction():
        end_links(written, by=None, at=TODAY)
    assert opened_by(token) is None


def test_the_own_link_ends_with_the_link_to_the_registration(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    written, registration = begun(meeting)
    token = link_of(written, registration)
    assert opened_by(token) is written
    with transaction():
        replace_link(OWN, registration, at=TODAY)
    assert opened_by(token) is None


def test_what_is_looked_for(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    written = sent(meeting, passages={"C9": "إذاعة المجتمع"})
    for wish in (InputFilter(line="C9", words="إذاعة", state="new"), InputFilter(words="radio network"), InputFilter()):
        assert numbers_found(meeting, wish) == [written.id]
    for wish in (InputFilter(line="C2"), InputFilter(words="nothing of it"), InputFilter(state="dealt")):
        assert numbers_found(meeting, wish) == []
    assert numbers_found(meeting, InputFilter(state="no such state")) == []


def test_an_input_survives_its_keeping(app: Flask) -> None:
    whole = said(passages={"C9": RADIO})
    assert contribution_from(whole.content()) == whole
    assert contribution_from({"passages": {"C9": ""}, "more": 1}) == Contribution()


def test_the_database_knows_where_each_input_stands(app: Flask) -> None:
    meeting = make.meeting()
    call(meeting)
    rows = [sent(meeting) for _one in range(3)] + [begun(meeting)[0]]
    with transaction():
        rows[1].dealt_at, rows[2].withdrawn_at = TODAY, TODAY
        rows[2].dealt_at = TODAY
    for one in rows:
        assert numbers_found(meeting, InputFilter(state=state_of(one))) == [one.id]
    assert {state_of(one) for one in rows} == {*STATES}
