"""A text that was taken back while it was on its way is one note in the end, whatever became of the sending."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.db import transaction
from eventapp.meetings.models import RAPPORTEUR
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from eventapp.record.revisions import actions
from eventapp.record.revisions.actions import record_again, record_note, revise
from eventapp.record.revisions.history import delete
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_record import draft

LATER = TODAY + timedelta(minutes=1)
Desk = tuple[Session, Person]


@pytest.fixture
def desk(app: Flask) -> Desk:
    meeting = make.meeting(slug="spring")
    return make.session(meeting, code="S3"), make.staff(meeting, RAPPORTEUR)


def sent(desk: Desk, text: str, key: str = "k") -> Note:
    with transaction():
        return record_note(desk[0], draft(text), by=desk[1], at=TODAY, key=key)


def again(desk: Desk, text: str, *, key: str = "k", taken_back: str = "k", by: Person | None = None) -> Note | Draft:
    with transaction():
        return record_again(desk[0], draft(text), taken_back=taken_back, by=by or desk[1], at=LATER, key=key)


def texts(desk: Desk) -> list[str]:
    return [note.current.text for note in notes_of(desk[0])]


def taken_back_too_late(desk: Desk) -> list[str]:
    sent(desk, "Half a thought.")
    again(desk, "A whole thought.")
    return texts(desk)


def test_what_had_arrived_is_changed(desk: Desk) -> None:
    assert taken_back_too_late(desk) == ["A whole thought."]
    [note] = notes_of(desk[0])
    assert [one.text for one in note.revisions] == ["Half a thought.", "A whole thought."]


def test_without_its_guard_there_would_be_two(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "note_sent_as", lambda _sent: None)
    assert taken_back_too_late(desk) == ["A whole thought.", "Half a thought."]


def test_what_had_not_arrived_is_a_new_note_once(desk: Desk) -> None:
    for _sending in range(2):
        again(desk, "A whole thought.", key="laptop.2")
    assert texts(desk) == ["A whole thought."]
    again(desk, "And taken back once more.", key="laptop.3")
    assert texts(desk) == ["And taken back once more."]


def test_what_is_sent_again_as_it_was_changes_nothing(desk: Desk) -> None:
    note = sent(desk, "A thought.")
    assert again(desk, "A thought.") is note
    assert (note.head, texts(desk)) == (1, ["A thought."])


def test_what_somebody_else_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    note, other = sent(desk, "Half a thought."), make.person("Ann")
    with transaction():
        revise(note, draft("Ann's words."), base=1, by=other, at=LATER)
    kept = again(desk, "A whole thought.")
    assert isinstance(kept, Draft)
    assert (kept.target_id, kept.content["text"], texts(desk)) == (note.id, "A whole thought.", ["Ann's words."])


def test_what_was_deleted_meanwhile_is_decided_on(desk: Desk) -> None:
    note = sent(desk, "Half a thought.")
    with transaction():
        delete(note, base=1, by=desk[1], at=LATER)
    assert isinstance(again(desk, "A whole thought."), Draft)


def test_the_key_of_somebody_else_or_of_another_session_leads_to_no_note(desk: Desk) -> None:
    sent(desk, "Half a thought.")
    elsewhere = (make.session(desk[0].meeting), desk[1])
    again(elsewhere, "Elsewhere.")
    again(desk, "By another.", by=make.person("Ann"))
    again(desk, "Under another key.", key="x", taken_back="x")
    assert texts(desk) == ["Under another key.", "By another.", "Half a thought."]
    assert texts(elsewhere) == ["Elsewhere."]


def test_the_form_that_was_taken_back_changes_the_note_or_leads_to_both_texts(client: PageClient, desk: Desk) -> None:
    client.sign_in(desk[1])
    address, form = "/meetings/spring/record/S3", {"kind": "trend", "ceiling": "organization", "language": "en"}
    client.post(address, data={**form, "key": "k", "text": "Half a thought."})
    client.post(address, data={**form, "key": "k", "again": "k", "text": "A whole thought."})
    assert texts(desk) == ["A whole thought."]
    [note], ann = notes_of(desk[0]), make.person("Ann")
    with transaction():
        revise(note, draft("Ann's words."), base=2, by=ann, at=LATER)
    answer = client.post(address, data={**form, "key": "k", "again": "k", "text": "A third thought."})
    assert answer.status_code == 303
    assert "A third thought." in client.get(answer.location).text


def gone_on_with_elsewhere(client: PageClient, desk: Desk, taken_back: str) -> list[str]:
    """Taken back on one device, though it arrived, and typed on; then saved on another, where the page opens with it."""
    client.sign_in(desk[1])
    address, form = "/meetings/spring/record/S3", {"kind": "trend", "ceiling": "organization", "language": "en"}
    client.post(address, data={**form, "key": "k", "text": "Half a thought."})
    typing = {**form, "key": "k", "again": taken_back, "text": "A whole thought", "mark": "w.1"}
    client.post(f"{address}/typing", data=typing)
    held = dict(re.findall(r'name="(key|over|again)" type="hidden" value="([^"]*)"', client.get(address).text))
    client.post(address, data={**form, **held, "text": "A whole thought."})
    return texts(desk)


def test_what_was_taken_back_is_known_on_another_device(client: PageClient, desk: Desk) -> None:
    assert gone_on_with_elsewhere(client, desk, "k") == ["A whole thought."]


def test_what_was_not_is_a_note_of_its_own(client: PageClient, desk: Desk) -> None:
    assert gone_on_with_elsewhere(client, desk, "") == ["A whole thought.", "Half a thought."]
