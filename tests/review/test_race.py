"""Editors write in a report while others compile it: no word that was taken is lost. And the same without the lock."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.record.notes.models import Note
from eventapp.review.compilation import actions, drafting
from eventapp.review.compiling.plan import planned
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Paragraph, Report
from tests import make, make_review

pytestmark = pytest.mark.usefixtures("_apart")

EDITORS, COMPILERS = 12, 4


@pytest.fixture(autouse=True)
def _slow_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiler has read the paragraphs and thinks for a moment, so that whoever is not held back writes in between."""

    def slow(*values: Any, **more: Any) -> Any:
        plan = planned(*values, **more)
        time.sleep(0.1)
        return plan

    monkeypatch.setattr(drafting, "planned", slow)


def report_with_new_sources() -> tuple[int, list[int]]:
    """A compiled report, half of whose sources were revised since, and its paragraphs: numbers of rows."""
    meeting = make.meeting()
    session = make.session(meeting)
    notes = [make_review.note(session, text=f"Trend {n} grows.", goals=[n + 1]).id for n in range(EDITORS)]
    report = make_review.report(meeting)
    paragraphs = [one.id for one in make_review.paragraphs(report) if one.source_key.startswith("note:")]
    for number in notes[::2]:
        make_review.revise(db.session.get_one(Note, number), text=f"Trend {number} grows faster.")
    assert len(paragraphs) == EDITORS
    return report.id, paragraphs


def in_a_thread(app: Flask, act: Callable[[], object]) -> Callable[[], str]:
    """The same as a view does, in a thread of its own."""

    def run() -> str:
        with app.app_context():
            try:
                act()
            except Refused:
                return "refused"
            except DBAPIError:
                return "failed"
            finally:
                db.session.remove()
        return "done"

    return run


def rewrite(number: int, version: int) -> Callable[[], None]:
    def act() -> None:
        with transaction():
            paragraph = db.session.get_one(Paragraph, number)
            editing.rewrite(paragraph, words_for(number), version=version, by=None, at=make.TODAY)

    return act


def compile_anew(number: int) -> Callable[[], None]:
    def act() -> None:
        actions.compile_report(db.session.get_one(Report, number), by=None, at=make.TODAY)

    return act


def words_for(number: int) -> str:
    return f"The editor's own words for paragraph {number}."


def at_once(acts: Sequence[Callable[[], str]]) -> list[str]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(lambda act: act(), acts))


def edits_lost(
    app: Flask,
    report: int,
    paragraphs: list[int],
    turn: Callable[[Callable[[], str]], Callable[[], str]] = lambda act: act,
) -> tuple[Counter[str], list[str]]:
    """Everybody at once: what each was told, and the words that stand where those of an acknowledged edit should."""
    versions = {number: db.session.get_one(Paragraph, number).version for number in paragraphs}
    db.session.rollback()
    writing = [turn(in_a_thread(app, rewrite(number, versions[number]))) for number in paragraphs]
    compiling = [in_a_thread(app, compile_anew(report)) for _compiler in range(COMPILERS)]
    said = at_once([*compiling, *writing])

    db.session.rollback()
    taken = [number for number, answer in zip(paragraphs, said[COMPILERS:], strict=True) if answer == "done"]
    stands = {number: db.session.get_one(Paragraph, number).text for number in taken}
    return Counter(said), [text for number, text in stands.items() if text != words_for(number)]


def test_an_edit_that_was_taken_is_not_lost_to_a_compilation(app: Flask) -> None:
    said, lost = edits_lost(app, *report_with_new_sources())

    assert lost == []
    # an edit is refused only where a compilation wrote the paragraph anew before it, a compilation where all write at once
    assert said["done"] >= EDITORS // 2
    assert said["done"] + said["refused"] == COMPILERS + EDITORS


def test_without_the_stand_the_same_race_loses_edits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiler has read, the editors write one after the other, and it writes what it has worked out."""
    report, paragraphs = report_with_new_sources()
    has_read, all_wrote, one_by_one, wrote = Event(), Event(), Lock(), list[str]()

    def slow(*values: Any, **more: Any) -> Any:
        plan = planned(*values, **more)
        has_read.set()
        all_wrote.wait(30)
        return plan

    def in_between(act: Callable[[], str]) -> Callable[[], str]:
        def run() -> str:
            has_read.wait(30)
            with one_by_one:
                wrote.append(act())
                if len(wrote) == EDITORS:
                    all_wrote.set()
                return wrote[-1]

        return run

    monkeypatch.setattr(drafting, "planned", slow)
    monkeypatch.setitem(globals(), "COMPILERS", 1)
    monkeypatch.setattr(actions, "held_stand", lambda *_asked: "")

    said, lost = edits_lost(app, report, paragraphs, in_between)

    assert lost != [], said
