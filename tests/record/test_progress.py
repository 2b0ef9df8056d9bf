"""How many notes of a session are in which state: the database counts them, and leaves out what is off the record."""

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED
from eventapp.record.progress import NoteCount, notes_by_state
from tests import make, make_review
from tests.counting import counted


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


def test_notes_are_counted_by_state_without_deleted_ones_and_those_off_the_record(meeting: Meeting) -> None:
    session, other, empty = (make.session(meeting, code=code) for code in ("N1", "N2", "N3"))
    for state, number in ((DRAFT, 1), (SUBMITTED, 2), (CONFIRMED, 3), (APPROVED, 4), (PUBLISHED, 5)):
        for _each in range(number):
            make_review.note(session, state=state)
    make_review.note(session, state=APPROVED, deleted=True)
    make_review.note(session, state=APPROVED, off_record=True)
    make_review.note(session, state=DRAFT, off_record=True)
    make_review.note(session, state=PUBLISHED, off_record=True, deleted=True)
    make_review.note(other, state=DRAFT, off_record=True)
    make_review.note(make.session(make.meeting()), state=DRAFT)  # of another meeting
    numbers = session.id, other.id, empty.id
    with counted() as sent:
        found = notes_by_state(meeting)
    assert found == {
        numbers[0]: NoteCount(total=17, on_record=15, drafts=1, waiting=5, cleared=9, published=5),
        numbers[1]: NoteCount(total=1),
    }
    assert len([one for one in sent if "FROM note" in one]) == 1
    assert list(notes_by_state(meeting, Session.id.in_([numbers[1]]))) == [numbers[1]]
