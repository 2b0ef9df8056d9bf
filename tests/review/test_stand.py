"""What a report rests on is another as soon as anything is written to its paragraphs, sessions or parts in them."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db, table_of, transaction
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.stand.queries import stand_of
from tests import make, make_review

Marked = Session | SpeakingRole | Paragraph
KEYS = {"id", "mark", "meeting_id", "session_id", "chapter_id", "person_id", "body_id", "room_id", "edited_by_id"}


@pytest.fixture
def report(app: Flask) -> Report:
    session = make.session(make.meeting())
    make.role(session)
    make_review.note(session, text="Prices fell in two districts.")
    return make_review.report(session.meeting)


def another(value: object) -> object:
    """Return a value that the same column may have as well."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime):
        return value + timedelta(minutes=1)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dict):
        return {**value, "fr": {"title": "Autre"}}
    return [*value, "x"] if isinstance(value, list) else f"{value or ''}x"


def empty(name: str) -> object:
    """Return a value for a column that has none."""
    return make.TODAY if name.endswith(("_at", "_until")) else 1


@pytest.mark.parametrize("how", ["an object", "a statement"])
@pytest.mark.parametrize("model", [Session, SpeakingRole, Paragraph])
def test_each_write_leaves_another(report: Report, model: type[Marked], how: str) -> None:
    number, meeting = report.id, report.meeting_id
    unseen = []
    for name in [one.name for one in table_of(model).c if one.name not in KEYS]:
        [row] = db.session.scalars(select(model).order_by(table_of(model).c.id).limit(1)).all()
        assert isinstance(row, Marked)
        value, before = getattr(row, name), stand_of(number, meeting)
        value = empty(name) if value is None else another(value)
        with transaction():
            if how == "an object":
                setattr(row, name, value)
            else:
                db.session.execute(update(model).where(table_of(model).c.id == row.id).values({name: value}))
        after = stand_of(number, meeting)
        unseen += [name] * (after == before or after != stand_of(number, meeting))
    assert unseen == []


def test_without_a_new_mark_it_is_not_seen(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: by the mark alone it is told."""
    monkeypatch.setattr(table_of(Session).c.mark, "onupdate", None)
    before = stand_of(report.id, report.meeting_id)
    with transaction():
        db.session.execute(update(Session).values(title="Otherwise"))
    assert stand_of(report.id, report.meeting_id) == before
