"""Whom no outlet may name is known from who spoke in the notes, as if each note were read for it."""

import pytest
from flask import Flask

from eventapp.outlets.groups import cleared, unnamed_at
from eventapp.record.notes.models import Note, Revision
from eventapp.review.language.attribution import never_named
from eventapp.review.reports.noted import cleared_voices
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_review
from tests.counting import loaded


@pytest.mark.parametrize("policy", CEILINGS)
def test_they_are_the_same_as_by_every_note_and_none_is_read(app: Flask, policy: str) -> None:
    meeting = make.meeting()
    session = make.session(meeting, code="S1")
    chatham = make.session(meeting, code="S2", rule="chatham")
    closed = make.session(meeting, code="S3", rule="closed")
    role = make.role(
        session, name="Amina Haddad", name_own="أمينة حداد", organization="Ministry of Posts", country="TUN"
    )
    told = [make_review.note(session, role_id=role.id, ceiling=one) for one in ("person", "category")]
    told += [make_review.note(session, speaker="Li Wenjing", organization="ITU", ceiling=one) for one in CEILINGS]
    told += [make_review.note(chatham, speaker="Ravi Kumar", organization="India", country="IND", ceiling="category")]
    told += [make_review.note(session, speaker="Fiji", ceiling="organization")]
    for number in range(2):
        told.append(make_review.note(session, speaker="Anong Suksawat", ceiling="nobody", title=f"Notes {number}"))
    make_review.note(session, speaker="Nobody Yet", state="draft")
    make_review.note(session, speaker="Nobody Kept", deleted=True)
    make_review.note(session, speaker="Nobody Said", off_record=True)
    make_review.note(closed, speaker="Nobody Heard")
    make_review.revise(make_review.note(session, speaker="Nobody Now"), speaker="Somebody Now")
    make_review.note(make.session(make.meeting(slug="other")), speaker="Nobody Here", ceiling="nobody")
    expected = never_named([note.current for note in cleared(meeting)], policy)
    with loaded(Note, Revision) as rows:
        found = unnamed_at(meeting, policy)
    assert rows == {}
    assert (found.people, found.allowed.starting, found.allowed.having) == (
        expected.people,
        expected.allowed.starting,
        expected.allowed.having,
    )
    assert len(cleared_voices(meeting)) == len(told)  # those of Anong Suksawat are one, Somebody Now is another
