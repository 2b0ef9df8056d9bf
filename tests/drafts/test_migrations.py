"""What was typed before there was one table of drafts is in it, and in its old places again after a downgrade."""

from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from config import ROOT
from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from tests import make, make_inputs, make_practices, make_review
from tests.make import TODAY

MIGRATIONS = str(ROOT / "migrations")
KEPT = "SELECT part, note_id IS NULL, client_key, settled_at IS NULL FROM kept_text ORDER BY client_key"
TYPED = "SELECT number, text FROM typed_paragraph"
STARTED = "SELECT after_id IS NULL, text FROM started_paragraph ORDER BY 1"


def rows(sql: str) -> list[Any]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


def drafted(kind: str, scope: int, target: int | None = None, **facts: Any) -> None:
    make.kept(Draft(kind=kind, scope_id=scope, target_id=target, created_at=TODAY, updated_at=TODAY, **facts))


def everything() -> list[tuple[Any, ...]]:
    db.session.rollback()
    found = db.session.scalars(sa.select(Draft).order_by(Draft.kind, Draft.scope_id, Draft.target_id, Draft.version))
    return [
        (one.kind, one.scope_id, one.target_id, one.person_id, one.key, one.version, one.mark, one.content,
         one.is_second, one.is_open)
        for one in found
    ]  # fmt: skip


def test_down_and_up_again_keeps_every_draft(app: Flask) -> None:
    meeting, person = make.meeting(), make.person()
    session = make.session(meeting, kind="trends")
    make_inputs.call(meeting)
    make_inputs.sent(meeting)
    make_practices.sent(session)
    note = make_review.note(session, text="Prices fall.")
    report = make_review.report(meeting)
    chapter = report.chapters[0]
    paragraph = make_review.paragraphs(report)[-1]
    own: dict[str, Any] = {"person_id": person.id, "mark": f"{30 * 'a'}.1"}
    drafted("note", session.id, key="k1", content={"text": "Half"}, **own)
    drafted("change", session.id, note.id, key="k2", content={"text": "Change"}, settled_at=TODAY, **own)
    drafted("change", session.id, note.id, key="k3", content={"text": "Second"}, is_second=True, **own)
    drafted("summary", session.id, key="k4", content={"discussion": "Half"}, **own)
    drafted("passage", session.id, key="k5", content={"text": "Of an input"}, **own)
    drafted("over", report.id, paragraph.id, version=3, content={"text": "Typed"}, base=1, **own)
    drafted("after", report.id, paragraph.id, content={"text": "Behind"}, **own)
    drafted("head", report.id, chapter.id, content={"text": "Head"}, **own)
    before, numbers = everything(), (session.id, person.id)
    db.session.remove()

    flask_migrate.downgrade(directory=MIGRATIONS, revision="0039")
    assert rows(KEPT) == [
        ("note", 1, "k1", 1), ("change", 0, "k2", 0), ("note", 0, "k3", 1), ("summing", 1, "k4", 1),
        ("passage", 1, "k5", 1),
    ]  # fmt: skip
    assert (rows(TYPED), rows(STARTED)) == ([(3, "Typed")], [(0, "Behind"), (1, "Head")])
    assert [rows(f"SELECT version FROM {table}") for table in ("written_input", "practice_card")] == [[(1,)], [(1,)]]

    flask_migrate.upgrade(directory=MIGRATIONS)
    assert everything() == before
    drafted("note", numbers[0], key="new", content={"text": "After it"}, person_id=numbers[1])  # numbers go on
