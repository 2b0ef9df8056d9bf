"""What is being typed is kept for the person, and no window or device writes over another's."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.drafts import actions
from eventapp.drafts.actions import Sent
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import RAPPORTEUR
from eventapp.people.models import Person
from eventapp.record.drafts.actions import keep_typing
from eventapp.record.drafts.queries import (
    being_changed,
    being_typed,
    conflicts_of,
    second_text,
    second_texts,
    split_notes,
    texts_of,
)
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import record_note, revise
from tests import make
from tests.make import TODAY
from tests.make_record import draft

LATER = TODAY + timedelta(minutes=5)
Desk = tuple[Session, Person]
Kept = Draft | Note | None


@pytest.fixture
def desk(app: Flask) -> Desk:
    meeting = make.meeting()
    return make.session(meeting), make.staff(meeting, RAPPORTEUR)


def typed(desk: Desk, text: str, mark: str, version: int = 0, *, key: str = "k", unchanged: bool = False) -> Kept:
    with transaction():
        return keep_typing(
            desk[0], draft(text), Sent(version, mark, is_unchanged=unchanged), key=key, by=desk[1], at=TODAY
        )


def texts(desk: Desk) -> list[str]:
    found = db.session.scalars(select(Draft).where(Draft.scope_id == desk[0].id).order_by(Draft.id))
    return [str(kept.content["text"]) for kept in found]


def test_one_window_writes_on_its_own_text_though_an_answer_was_lost(desk: Desk) -> None:
    typed(desk, "Half", "laptop.1")
    typed(desk, "Half a thought", "laptop.2")  # it never heard of laptop.1
    assert texts(desk) == ["Half a thought"]


def test_another_device_goes_on_where_the_first_one_stopped(desk: Desk) -> None:
    typed(desk, "Half", "laptop.1")
    typed(desk, "Half a thought", "phone.1", version=1)
    assert texts(desk) == ["Half a thought"]


def two_devices(desk: Desk) -> list[str]:
    typed(desk, "Half", "laptop.1")
    typed(desk, "Half by telephone", "phone.1", version=1)
    typed(desk, "Half by laptop", "laptop.2", version=1)
    return texts(desk)


def test_two_devices_that_go_on_from_one_text_end_with_two(desk: Desk) -> None:
    assert two_devices(desk) == ["Half by telephone", "Half by laptop"]
    assert typed(desk, "Half by laptop, done", "laptop.3", version=1, key="laptop.2")
    assert texts(desk) == ["Half by telephone", "Half by laptop, done"]


def test_without_asking_who_wrote_last_one_of_them_would_be_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "follows", lambda *_all: True)
    assert two_devices(desk) == ["Half by laptop"]


def test_a_text_that_became_a_note_on_another_device_is_kept_beside_it(desk: Desk) -> None:
    typed(desk, "Half", "laptop.1")
    with transaction():
        record_note(desk[0], draft("A whole thought."), by=desk[1], at=LATER, key="k")
    forked = typed(desk, "Half of another", "laptop.2", version=1)
    assert isinstance(forked, Draft)
    assert (forked.key, forked.settled_at) == ("laptop.2", None)
    assert texts(desk) == ["Half", "Half of another"]


def test_a_text_that_is_a_note_already_or_was_left_unchanged_is_not_kept_again(desk: Desk) -> None:
    typed(desk, "A whole", "laptop.1")
    with transaction():
        note = record_note(desk[0], draft("A whole thought."), by=desk[1], at=LATER, key="k")
    assert typed(desk, "A whole thought.", "laptop.2", version=1) == note
    assert typed(desk, "A whole", "other.1", version=1, unchanged=True) is None
    assert texts(desk) == ["A whole"]


def test_a_window_without_a_name_loses_nothing_either(desk: Desk) -> None:
    typed(desk, "Half", "")
    with transaction():
        record_note(desk[0], draft("A whole thought."), by=desk[1], at=LATER, key="k")
    typed(desk, "Half of another", "")
    assert texts(desk) == ["Half", "Half of another"]


def changed(desk: Desk, note: Note, text: str, mark: str, key: str = "c") -> Kept:
    with transaction():
        sent = Sent(mark=mark, base=note.head)
        return keep_typing(desk[0], draft(text), sent, key=key, by=desk[1], at=TODAY, note=note)


@pytest.fixture
def note(desk: Desk) -> Note:
    with transaction():
        return record_note(desk[0], draft("Most cases were large."), by=desk[1], at=TODAY)


def test_what_a_note_is_being_changed_into_is_kept_and_is_no_conflict(desk: Desk, note: Note) -> None:
    changed(desk, note, "Most cases were sm", "w.1")
    kept = changed(desk, note, "Most cases were small", "w.2")
    assert being_changed(note, desk[1]) == kept
    assert isinstance(kept, Draft)
    assert (kept.base, kept.is_unfinished, texts(desk)) == (1, True, ["Most cases were small"])
    assert (conflicts_of(desk[0]), second_texts(note), being_typed(*desk)) == ([], [], None)
    assert split_notes(desk[0].meeting) == set()
    assert second_text(note, kept.id) is None
    assert texts_of(desk[1]) == [kept]


def test_a_change_that_is_saved_is_unfinished_no_more_also_where_somebody_was_faster(desk: Desk, note: Note) -> None:
    changed(desk, note, "Most cases were small", "w.1")
    with transaction():
        revise(note, draft("Most cases were small."), base=1, by=desk[1], at=LATER, key="c")
    assert texts_of(desk[1]) == []
    changed(desk, note, "Some cases", "w.2", key="d")
    with transaction():
        aside = revise(note, draft("Some cases were."), base=1, by=desk[1], at=LATER, key="d")
    assert texts_of(desk[1]) == [aside]
    assert changed(desk, note, "Some cases were.", "w.3", key="d") == note


def test_two_windows_that_change_one_note_keep_both(desk: Desk, note: Note) -> None:
    changed(desk, note, "One", "one.1")
    changed(desk, note, "Other", "other.1")
    assert texts(desk) == ["One", "Other"]
