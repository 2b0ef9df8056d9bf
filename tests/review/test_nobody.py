"""Whose names a report may say nowhere is kept in the process: whatever it rests on changes, it is another at once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.agenda.models import Session
from eventapp.floor.models import Statement
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.record.notes.models import Note, Revision
from eventapp.review.reports.models import Report
from eventapp.review.versions.nobody import queries
from eventapp.review.versions.nobody.queries import nobody_in
from tests import make, make_review

SAID = "Aru Tabai and Ben Okoro said so."


@pytest.fixture
def report(app: Flask) -> Report:
    """One note that may name its speaker, and one that may not."""
    queries.KNOWN.clear()  # of another test, whose rows had these numbers
    session = make.session(make.meeting())
    make_review.note(session, speaker="Aru Tabai", organization="ITU", ceiling="person")
    make_review.note(session, speaker="Ben Okoro", organization="ITU", ceiling="category")
    found = make_review.report(session.meeting)
    with transaction():
        found.policy = "person"
    return found


def unnamed(report: Report) -> list[str]:
    return nobody_in(report)[0].found_in(SAID)


def plainly(statement: object) -> None:
    with transaction():
        db.session.execute(statement)  # type: ignore[call-overload]  # any statement
    db.session.expire_all()


def revised(whose: str, **facts: object) -> None:
    """What they said, revised as every change of a note is: a revision that is there never changes."""
    note = db.session.scalars(select(Note).join(Note.current).where(Revision.speaker == whose)).one()
    said = {name: getattr(note.current, name) for name in ("speaker", "organization", "ceiling")}
    make_review.revise(note, **{**said, **facts})
    db.session.expire_all()


CHANGES: dict[str, Callable[[], object]] = {
    "the speaker of a note": lambda: revised("Ben Okoro", speaker="Bo Li"),
    "a ceiling": lambda: revised("Ben Okoro", ceiling="person"),
    "the rule of a session": lambda: update(Session).values(rule="chatham"),
    "a note that is deleted": lambda: (
        update(Note).where(Note.number == make_review.FIRST + 1).values(deleted_at=make.TODAY)
    ),
    "a note off the record": lambda: revised("Aru Tabai", off_record=True),
    "the policy": lambda: update(Report).values(policy="organization"),
}


def test_whoever_takes_the_floor_meanwhile_is_known(report: Report) -> None:
    """Without a note: the policy names organizations, and nothing lets the report name them."""
    with transaction():
        report.policy = "organization"
    said = "Efua Mensah opened the day."
    assert nobody_in(report)[1].found_in(said) == []
    session = db.session.scalars(select(Session)).one()
    turn = make.kept(Statement(session_id=session.id, name="Efua Mensah", asked_at=make.TODAY, place=1, pauses=[]))
    assert nobody_in(report)[1].found_in(said) == []
    with transaction():
        turn.started_at = make.TODAY
    assert nobody_in(report)[1].found_in(said) == ["Efua Mensah"]


@pytest.mark.parametrize("change", CHANGES)
def test_what_it_rests_on_is_asked_each_time(report: Report, change: str) -> None:
    before = unnamed(report)
    assert before == ["Ben Okoro"]
    statement = CHANGES[change]()
    if statement is not None:
        plainly(statement)
    now = unnamed(report)
    queries.KNOWN.clear()
    assert now == unnamed(report) != before


def test_voices_are_read_once_while_nothing_changes(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    first = nobody_in(report)
    monkeypatch.setattr(queries, "one_of_each_voice", None)  # it is not asked
    assert nobody_in(report) is first


def test_few_reports_are_kept(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_KNOWN", 1)
    other = make_review.report(make.meeting())
    nobody_in(report)
    nobody_in(other)
    assert list(queries.KNOWN) == [other.id]


def test_somebody_who_is_erased_after_one_who_was_asked_for_later_is_known(report: Report) -> None:
    """Two erasures are decided in any order: of the second one the number is the smaller."""
    for number in (6, 5):
        first = nobody_in(report)
        make.kept(Entry(at=make.TODAY, verb="erased somebody", thing="erasure", thing_id=number, by_name="", detail={}))
        assert nobody_in(report) is not first
