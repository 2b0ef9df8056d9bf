"""A long version is kept compressed, all but what is new before anything is held, and is known by its digest."""

import hashlib
import json
import re

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

from config import ROOT
from eventapp.ground.db import OPEN, compressed, db, in_runs, transaction
from eventapp.ground.db.in_runs import Runs, digest_by_runs, plain, words_in
from eventapp.record.notes.models import Note
from eventapp.review.compilation.actions import compile_report
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Report, Snapshot
from eventapp.review.versions.snapshots import (
    KEPT,
    draft_lines,
    newest_of,
    read,
    save_version,
    snapshots_of,
    take_snapshot,
    tells_new,
)
from tests import make, make_review
from tests.make_review import paragraphs

MIGRATIONS = str(ROOT / "migrations")


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every version be a long one, of runs of one paragraph."""
    monkeypatch.setattr(compressed, "LONG", 1)
    monkeypatch.setattr(in_runs, "RUN", 1)


@pytest.fixture
def report(app: Flask) -> Report:
    session = make.session(make.meeting())
    for line in ("C1", "C2", "C3", "C4"):
        make_review.note(session, text="Le haut débit progresse: ασφάλεια, 数字.", action_lines=[line])
    return make_review.report(session.meeting)


def newest(report: Report) -> Snapshot:
    return snapshots_of(report)[0]


def change(report: Report) -> None:
    with transaction():
        paragraphs(report)[-1].text += " Again."


def add_note(line: str) -> None:
    session = db.session.scalars(sa.select(Note).order_by(Note.id)).first()
    assert session
    make_review.note(session.session, text="Trust grows.", action_lines=[line])


@pytest.mark.parametrize("run", [1, 2, 3, 50])
@pytest.mark.parametrize("many", [0, 1, 2, 3, 4, 7, 100])
def test_what_is_read_is_what_was_kept(monkeypatch: pytest.MonkeyPatch, run: int, many: int) -> None:
    monkeypatch.setattr(in_runs, "RUN", run)
    monkeypatch.setattr(in_runs, "MOST_OPEN", 1)
    values = [{"text": f"数字 {one}"} for one in range(many)]
    parts, whole = [json.dumps(one) for one in values], json.dumps(values)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    for unknown in [set[int](), {0}, {many - 1}, {2, 3}, set(range(many))]:
        runs = Runs(["" if place in unknown else one for place, one in enumerate(parts)])
        assert runs.digest == (None if unknown & set(range(many)) else digest)
        made = runs.filled(parts)
        assert (words_in(made.packed) if made.packed else made.written, made.digest) == (whole, digest)
    assert plain(parts) == in_runs.Stored(whole, None, digest)
    assert digest_by_runs(values) == digest


def test_one_that_is_hardly_known_before_is_written_as_it_is() -> None:
    """To compress all of it under the lock would take longer than to write it."""
    parts = ["1", "2", "3", "4"]
    assert Runs(["1", "2", "3", ""]).filled(parts).packed
    assert Runs(["1", "2", "", ""]).filled(parts).packed is None


def test_a_short_one_is_json_that_the_database_can_read(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "LONG", 1_000_000)
    change(report)
    save_version(report, "", by=None, at=make.TODAY)
    assert newest(report).packed is None and "progresse" in str(newest(report).lines)


def test_what_is_saved_compiled_or_published_reads_as_the_draft(report: Report) -> None:
    """A release before finds no words in it, which is no fault."""
    for act, line in ((compile_report, "C5"), (save, "C6"), (publish, "C7")):
        change(report)
        add_note(line)
        act(report, by=None, at=make.TODAY)
        row = newest(report)
        assert read(row) == draft_lines(report)
        assert (row.lines, row.digest) == ([], plain([json.dumps(vars(one)) for one in draft_lines(report)]).digest)
        assert row.packed and "progresse" in words_in(row.packed)


def save(report: Report, **by: object) -> None:
    save_version(report, "", by=None, at=make.TODAY)


def compressed_while_held(report: Report, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Compile the report with a note that is new. Says of each run whether it was compressed under the lock."""
    held: list[bool] = []
    pack = in_runs._packed

    def look(run: str) -> bytes:
        held.append(OPEN.get() is not None)
        return pack(run)

    monkeypatch.setattr(in_runs, "_packed", look)
    add_note("C5")
    compile_report(report, by=None, at=make.TODAY)
    return held


def test_only_what_is_new_is_compressed_under_the_lock(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {one.id for one in paragraphs(report)}
    held = compressed_while_held(report, monkeypatch)
    assert held.count(True) == len({one.id for one in paragraphs(report)} - before) > 0
    assert held.count(False) > held.count(True)


def test_control_where_nothing_is_ready_all_of_it_is(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = Runs.filled
    monkeypatch.setattr(Runs, "filled", lambda _runs, parts: filled(Runs(parts), parts))
    held = compressed_while_held(report, monkeypatch)
    assert held.count(True) == len(draft_lines(report))


def test_what_is_kept_under_the_lock_is_not_compressed_there(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    change(report)
    monkeypatch.setattr(in_runs, "_packed", None)
    with transaction():
        row = take_snapshot(report, KEPT, by=None, at=make.TODAY)
    assert row and read(row) == draft_lines(report)


def test_what_a_release_before_kept_is_known_by_its_words(report: Report) -> None:
    change(report)
    with transaction():
        take_snapshot(report, KEPT, by=None, at=make.TODAY)
    lines = draft_lines(report)
    mine = plain([json.dumps(vars(one)) for one in lines]).digest
    for digest in (mine, None):
        with transaction():
            newest(report).digest = digest
        db.session.expire_all()
        assert not tells_new(lines, mine, newest_of(report), KEPT)
        assert tells_new(lines[1:], "0" * 64, newest_of(report), KEPT)


def test_versions_get_their_digest_and_have_their_words_on_the_way_back(report: Report) -> None:
    [migration] = (ROOT / "migrations/versions").glob("*_know_kept_versions_by_a_digest.py")
    [before] = re.findall(r'down_revision = "(\d+)"', migration.read_text())
    change(report)
    save_version(report, "", by=None, at=make.TODAY)
    lines, facts = draft_lines(report), [(one.id, one.digest) for one in snapshots_of(report)]
    assert newest(report).packed and all(digest for _number, digest in facts)
    db.session.remove()
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before)
    flask_migrate.upgrade(directory=MIGRATIONS)
    there = snapshots_of(report)
    assert [(one.id, one.digest) for one in there] == facts
    assert (read(there[0]), there[0].packed) == (lines, None)
