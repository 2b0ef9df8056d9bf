"""What fits among published notes: the database finds what the page says of each, and no more than may be told."""

from itertools import product
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Meeting
from eventapp.record.extras.indexing import index_note
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.attribution import attribution
from eventapp.record.notes.content import ALLOWED
from eventapp.record.notes.filter import NoteFilter
from eventapp.record.notes.models import Note
from eventapp.record.published.fitting import fitting, published_notes
from eventapp.record.published.queries import found_at
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_record

SOURCES = (
    {"speaker": "Quill Ada", "organization": "Ink Union", "stakeholder_type": "government"},
    {"speaker": "Quill Ada", "organization": "", "stakeholder_type": "government"},
    {"speaker": "", "organization": "Ink Union", "stakeholder_type": "civil-society"},
    {"speaker": "", "organization": "", "stakeholder_type": "government"},
    {"speaker": "", "organization": "", "stakeholder_type": ""},
)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A note of each source under each ceiling, in a session of each rule and of one that nobody knows."""
    meeting = make.meeting(slug="spring")
    for place, rule in enumerate((*ALLOWED, "unheard-of")):
        session = make.session(meeting, code=f"P{place}")
        for ceiling, source in product(CEILINGS, SOURCES):
            said = make_record.note(session, "Pens were praised.", state="published")
            with transaction():
                for name, value in {**source, "ceiling": ceiling}.items():
                    setattr(said.current, name, value)
                session.rule = rule
                index_note(said)
    return meeting


def read(meeting: Meeting, **asked: Any) -> list[Note]:
    """The notes that fit, as the pages find them."""
    fits = fitting(meeting, NoteFilter(**asked))
    return [db.session.get_one(Note, row[0]) for row in db.session.execute(published_notes(meeting, fits, Note.id))]


@pytest.mark.parametrize(
    "words", ["quill", "ink", "quill ink", "union praised", "government", "civil", "governm pens", "p0-03", "nobody"]
)
def test_a_word_is_found_in_what_the_page_says_of_a_note(meeting: Meeting, words: str) -> None:
    every = db.session.query(Note).join(Session).filter(Session.meeting_id == meeting.id)
    told = {
        one.id
        for one in every
        if all(
            word in search_key(one.current.title, one.current.text, one.reference, attribution(one))
            for word in words.split()
        )
    }
    assert {one.id for one in read(meeting, words=words)} == told
    assert (len(told) > 0) == (words != "nobody")
    assert len(told) < len(ALLOWED) * len(CEILINGS) * len(SOURCES)


def test_a_translation_is_found_too_and_nothing_of_a_note_that_is_not_published(app: Flask) -> None:
    meeting = make.meeting(slug="autumn", languages=["en", "fr"])
    session = make.session(meeting)
    shown = make_record.note(session, "Reefs grow.", state="published", action_lines=("C2",), goals=(9,))
    make_record.note(session, "Reefs are drafted.", action_lines=("C2",), goals=(9,))
    make_record.note(session, "Reefs off the record.", state="published", off_record=True)
    make_record.note(make.session(make.meeting()), "Reefs elsewhere.", state="published")
    with transaction():
        translate(shown, Rendering("fr", "Les récifs croissent."), base=0, by=None, at=make.TODAY)
    for asked in (
        {"words": "recifs"},
        {"words": "reefs"},
        {"line": "C2"},
        {"goal": "9"},
        {"line": "C2", "words": "grow"},
    ):
        assert [one.id for one in read(meeting, **asked)] == [shown.id]
    for asked in ({"words": "reefs récifs nothing"}, {"line": "C1"}, {"goal": "1"}):
        assert read(meeting, **asked) == []


def test_what_fits_is_counted_and_shown_page_by_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventapp.record.published.queries.A_PAGE", 2)
    meeting = make.meeting(slug="autumn")
    for code in ("B1", "A1"):
        session = make.session(meeting, code=code)
        for number in range(3):
            make_record.note(session, f"Reef {number}.", kind="trend", state="published")
            make_record.note(session, f"Pen {number}.", kind="recommendation", state="published")
    pages = [found_at(meeting, NoteFilter(words="reef", kind="trend"), str(number)) for number in (1, 2, 3)]
    shown = [[note.reference for group in page.groups for note in group.notes] for page in pages]
    assert shown == [["A1-01", "A1-03"], ["A1-05", "B1-01"], ["B1-03", "B1-05"]]
    assert {(page.total, page.page.count, page.page.pages) for page in pages} == {(12, 6, 3)}
